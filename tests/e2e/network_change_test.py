#!/usr/bin/env python3
"""A call of real programs whose addresses and interfaces change."""

import contextlib
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from kept_call import KeptCall, run_in  # noqa: E402

BIN = sys.argv.pop(1)


class OtherNetworks(KeptCall):
    bin_dir = BIN

    def test_the_address_of_a_host_changes(self):
        for old, new, name in ((10, 20, "a"), (10, 20, "b"), (20, 10, "a")):
            lan = self.homes[name]["hosts"][0]["addresses"][0].rsplit(".", 1)[0]
            network = self.town.laboratory.network(name)
            with self.gap(700, f"{name} has another address, the old one is gone"):
                run_in(network, "ip", "-batch", "-", text=f"addr del {lan}.{old}/24 dev eth0\naddr add {lan}.{new}/24 dev eth0\n"
                       f"route replace default via {lan}.1\n")
                self.wait_sound()
            self.wait_path("direct_ipv4")

    def test_from_one_interface_to_another_and_back(self):
        lan = self.homes["a"]["hosts"][0]["addresses"][0].rsplit(".", 1)[0]
        router, network = self.homes["a"]["routers"][0]["network"], self.town.laboratory.network("a")
        run_in(router, "ip", "link", "add", "to-a-eth1", "master", "lan", "type", "veth", "peer", "name", "eth1", "netns", network)
        run_in(router, "ip", "link", "set", "to-a-eth1", "up")

        def back():
            run_in(network, "ip", "-batch", "-", text=f"link del eth1\nroute replace default via {lan}.1 dev eth0\n")

        with contextlib.ExitStack() as undone:
            undone.callback(back)
            self.move(network, lan)
            undone.pop_all()
        with self.gap(700, "that interface is gone"):
            back()
            self.wait_sound()
        self.wait_path("direct_ipv4")

    def move(self, network, lan):
        with self.gap(60, "a has a second interface, and its way out leads over it"):
            run_in(network, "ip", "-batch", "-", text=f"link set eth1 up\naddr add {lan}.30/24 dev eth1\n"
                   f"route replace default via {lan}.1 dev eth1 src {lan}.30\n")
            self.wait_sound()
        self.wait_path("direct_ipv4")


if __name__ == "__main__":
    unittest.main()

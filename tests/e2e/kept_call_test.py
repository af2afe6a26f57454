#!/usr/bin/env python3
"""A call of real programs whose ways are cut, whose relay is gone and whose NATs forget."""

import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import SLOWDOWN  # noqa: E402
from kept_call import KeptCall, flush_connections, run_in  # noqa: E402
from lab_programs import deadline  # noqa: E402

BIN = sys.argv.pop(1)


class CutWays(KeptCall):
    bin_dir = BIN

    def test_the_direct_way_is_cut_and_comes_back(self):
        with self.gap(300, "direct way cut"):
            self.cut(self.between_homes())
            self.wait_path("relay")
            self.wait_sound()
        with self.gap(60, "and whole again"):
            self.heal()
            self.wait_path("direct_ipv4")
            self.wait_sound()

    def test_one_half_of_the_direct_way_is_cut(self):
        for half in (0, 1):
            with self.gap(300, f"half {half + 1} of the direct way cut"):
                self.cut(self.between_homes()[half:half + 1])
                self.wait_path("relay")
                self.wait_sound()
            self.heal()
            self.wait_path("direct_ipv4")

    def test_the_relay_is_gone_and_comes_back(self):
        with self.gap(60, "relay gone"):
            self.cut(self.to_relay())
            for _ in deadline(60 * SLOWDOWN, "both notice that their relay is gone"):
                if not any(person.is_connected() for person in (self.a, self.b)):
                    break
            self.wait_sound(150)
        with self.gap(60, "relay back"):
            self.heal()
            for _ in deadline(60 * SLOWDOWN, "both are in the lobby again"):
                if all(person.is_connected() for person in (self.a, self.b)):
                    break
            self.wait_sound()
        # Both may have come back by TCP first. What the relay then says of UDP is good for another call.
        self.town.end("a", "b", self.call)
        for _ in deadline(120 * SLOWDOWN, "both are with the relay by UDP again"):
            if all(person.carrier() == "udp" for person in (self.a, self.b)):
                break
        call, _ = self.town.call("a", "b")
        self.addCleanup(self.town.end, "a", "b", call)
        self.call = call
        self.wait_path("direct_ipv4")

    def rebind(self, name, translation):
        """The router of that home forgets, and takes outside ports otherwise from now on."""
        router = self.homes[name]["routers"][0]["network"]
        run_in(router, "nft", "-f", "-", text="flush chain inet filter postrouting\n"
               f'add rule inet filter postrouting oifname "wan" meta nfproto ipv4 {translation}\n')
        flush_connections(router)

    def test_each_router_forgets_and_takes_another_port(self):
        for port, name in enumerate("ab", 45000):
            outside = self.homes[name]["outside"][0]
            with self.gap(300, f"{name}'s router takes another port"):
                self.rebind(name, f"meta l4proto udp snat ip to {outside}:{port}")
                self.wait_sound()
            self.wait_path("direct_ipv4")
        for name in "ab":
            with self.gap(300, f"{name}'s router takes the first port again"):
                self.rebind(name, "masquerade")
                self.wait_sound()
            self.wait_path("direct_ipv4")

    def test_thirty_seconds_of_nothing(self):
        self.cut(self.between_homes() + self.to_relay())
        began = time.monotonic()
        while time.monotonic() < began + 30:
            for person in (self.a, self.b):
                self.assertEqual(person.call_state(self.call), "active")
            time.sleep(0.2)
        self.heal()
        healed = time.monotonic()
        self.wait_sound(1)
        print(f"after {healed - began:.0f} s of nothing both hear each other {1000 * (time.monotonic() - healed):.0f} ms after the ways are whole", flush=True)
        self.wait_path("direct_ipv4")


if __name__ == "__main__":
    unittest.main()

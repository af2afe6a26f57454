#!/usr/bin/env python3
"""Homes that let nothing out but TCP to port 443: the relay is reached over TLS there, calls are heard both ways, and
UDP is taken up again when the firewall lets it pass."""

import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import SLOWDOWN, wait_until  # noqa: E402
from lab_programs import deadline  # noqa: E402
from nat_pairs import HEARD_DB, RTT_MS, Town  # noqa: E402

BIN = sys.argv.pop(1)
HOMES = ["a=udp-blocked", "b=udp-blocked", "c=port-restricted"]
OPTIONS = ("--rtt", str(RTT_MS), "--relay-option=--tcp=443")
HEARD_MS = 1500 * SLOWDOWN
# UDP is tried again after 5, 10, 20 … 60 s.
UDP_AGAIN_S = 75 * SLOWDOWN
# 20 ms each.
WATCHED_PACKETS = 150


def relay_of(person):
    return person.ask("status")["relays"][0]


class RelayByTcp(unittest.TestCase):
    def nft(self, router, *words):
        done = subprocess.run(["nsenter", f"--net={router['network']}", "nft", *words], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def heard(self, town, caller, callee, call, answered):
        """Until both hear the other; the worse of the two, ms from the answer."""
        waiting = [caller, callee]
        for _ in deadline(15 * SLOWDOWN, f"{caller} and {callee} hear each other"):
            waiting = [name for name in waiting if town.people[name].stats(call)["level_out_db"] <= HEARD_DB]
            if not waiting:
                return 1000 * (time.monotonic() - answered)
        return None

    def packets_come(self, town, caller, callee, call):
        sides = [town.people[caller], town.people[callee]]
        before = [side.stats(call)["rx"]["packets"] for side in sides]
        for _ in deadline(30 * SLOWDOWN, "sound goes on"):
            if all(s.stats(call)["rx"]["packets"] >= b + WATCHED_PACKETS for s, b in zip(sides, before)):
                return

    def watch(self, town, caller, callee, call):
        """Some seconds of sound, without more loss than a hiccup of the machine."""
        self.packets_come(town, caller, callee, call)
        for side in (town.people[caller], town.people[callee]):
            self.assertLess(side.stats(call)["rx"]["loss"], 0.05)
            self.assertEqual(side.stats(call)["path"], "relay")

    def test_a_call_over_tcp_and_back_to_udp(self):
        with Town(BIN, HOMES, ("a", "b", "c"), OPTIONS) as town:
            a, b, c = (town.people[name] for name in "abc")
            for person, carrier in ((a, "tcp"), (b, "tcp"), (c, "udp")):
                wait_until(person.is_connected, f"{person.host} has a relay")
                self.assertEqual(relay_of(person)["carrier"], carrier, person.host)
            self.assertEqual(relay_of(a)["carrier_port"], 443)

            for caller, callee in (("a", "b"), ("a", "c"), ("c", "b")):
                with self.subTest(caller=caller, callee=callee):
                    call, answered = town.call(caller, callee)
                    heard_ms = self.heard(town, caller, callee, call, answered)
                    print(f"{caller} calls {callee}: heard both ways after {heard_ms:.0f} ms", flush=True)
                    self.assertLess(heard_ms, HEARD_MS)
                    self.watch(town, caller, callee, call)
                    town.end(caller, callee, call)

            # The firewall of a opens in the middle of a call: the same call goes on by UDP.
            call, answered = town.call("a", "b")
            self.heard(town, "a", "b", call, answered)
            router = town.laboratory.homes["a"]["routers"][0]
            self.nft(router, "insert", "rule", "inet", "filter", "forward", "iifname", "lan", "accept")
            opened = time.monotonic()
            wait_until(lambda: relay_of(a)["carrier"] == "udp", "UDP is taken up again", UDP_AGAIN_S)
            print(f"UDP again {time.monotonic() - opened:.1f} s after the firewall opened", flush=True)
            self.assertEqual(relay_of(b)["carrier"], "tcp")
            self.watch(town, "a", "b", call)
            self.assertEqual(a.call_state(call), "active")

            # And closes again: over TCP, without hanging up.
            self.nft(router, "insert", "rule", "inet", "filter", "forward", "meta", "l4proto", "udp", "drop")
            closed = time.monotonic()
            wait_until(lambda: relay_of(a)["carrier"] == "tcp", "TCP is back", 20 * SLOWDOWN)
            print(f"TCP {time.monotonic() - closed:.1f} s after it closed", flush=True)
            self.packets_come(town, "a", "b", call)
            self.assertEqual(a.call_state(call), "active")
            town.end("a", "b", call)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""A private call leaks nothing (catalogue B-40): every frame of both hosts, read while it runs."""

import contextlib
import ipaddress
import itertools
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from nat_pairs import Town  # noqa: E402
from packet_capture import Capture  # noqa: E402

BIN = sys.argv.pop(1)
HOMES = ["a=dual-stack,hosts=2,upnp,pmp", "b=dual-stack", "c=open", "d=open"]
# Neighbours could take the LAN, dual stacks both families, public addresses need no hole.
PAIRS = [("a", "b"), ("a", "a2"), ("c", "d")]
# Between a host and its router: link-local, and groups of the own network.
NEARBY = [ipaddress.ip_network(n) for n in ("224.0.0.0/4", "255.255.255.255/32", "fe80::/10", "ff00::/8")]


class PrivateCall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        names = dict.fromkeys(name for pair in PAIRS for name in pair)
        cls.town = cls.enterClassContext(Town(BIN, HOMES, names))
        cls.told = cls.town.laboratory.told

    def addresses_of(self, name):
        """All at which the host can be reached, its router's outside ones included."""
        host = self.town.laboratory.hosts[name]
        return {*host["addresses"], *host["home"]["outside"]}

    def router_of(self, name):
        """The host's router, as it is seen from inside: the first address of each network."""
        host = self.town.laboratory.hosts[name]
        return {str(ipaddress.ip_network(f"{a}/{64 if ':' in a else 24}", strict=False)[1]) for a in host["addresses"]}

    def captured(self, caller, callee, mode, expected, placed="trusted"):
        with contextlib.ExitStack() as stack:
            captures = {name: stack.enter_context(Capture(self.town.laboratory.network(name))) for name in (caller, callee)}
            sides = self.town.run(caller, callee, expected, mode, placed)
        for side in sides:
            self.assertEqual(side.path, expected)
        return captures, sides

    def strangers(self, name, counts):
        """Whom the host has no business with in a private call."""
        known = {*self.told["relay"]["addresses"], *self.router_of(name), *self.town.laboratory.hosts[name]["addresses"]}
        return {other: n for other, n in counts.items()
                if other not in known and not any(ipaddress.ip_address(other) in group for group in NEARBY)}

    def test_no_frame_goes_anywhere_but_to_the_relay(self):
        for (caller, callee), (placed, mode) in itertools.product(PAIRS, (("trusted", "private"), ("private", "trusted"))):
            with self.subTest(caller=caller, callee=callee, placed=placed, answered=mode):
                captures, sides = self.captured(caller, callee, mode, "relay", placed)
                for side in sides:
                    self.assertEqual((side.reason, side.record), ("private", []), "no address was told or tried")
                for name, other in ((caller, callee), (callee, caller)):
                    capture = captures[name]
                    self.assertGreater(sum(capture.sent.get(a, 0) for a in self.told["relay"]["addresses"]), 100, "it saw the call")
                    theirs = self.addresses_of(other) - self.addresses_of(name)
                    self.assertFalse(theirs & {*capture.sent, *capture.received}, name)
                    self.assertFalse(self.strangers(name, capture.sent), name)
                    self.assertFalse(self.strangers(name, capture.received), name)

    def test_the_same_capture_sees_a_call_that_is_not_private(self):
        for (caller, callee), expected in zip(PAIRS, ("direct_ipv6", "lan", "direct_ipv4")):
            with self.subTest(caller=caller, callee=callee):
                captures, sides = self.captured(caller, callee, "trusted", expected)
                for side in sides:
                    self.assertLessEqual({"offered", "peer_offered"}, {row["step"] for row in side.record})
                for name, other in ((caller, callee), (callee, caller)):
                    theirs = self.addresses_of(other) - self.addresses_of(name)
                    self.assertTrue(theirs & {*captures[name].sent}, name)
                    self.assertTrue(self.strangers(name, captures[name].sent), name)


if __name__ == "__main__":
    unittest.main()

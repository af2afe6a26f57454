#!/usr/bin/env python3
"""The relay of one program is seen by another through the real Avahi, in a network of their own."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "packaging"))

from demo_parts import neighbourhood  # noqa: E402
from foyer_programs import Stage, wait_until  # noqa: E402

WHY_NOT = neighbourhood.why_not()
if WHY_NOT is None and not neighbourhood.is_inside():
    neighbourhood.enter()

BIN = sys.argv.pop(1)


@unittest.skipIf(WHY_NOT, f"not run here: {WHY_NOT}")
class Mdns(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="foyer-mdns-")
        self.daemons = []

        def start(_name, command, more):
            self.daemons.append(subprocess.Popen(command, env={**os.environ, **more}, stdin=subprocess.DEVNULL,
                                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            return self.daemons[-1]

        address, why = neighbourhood.settle(self.folder.name, start)
        self.assertIsNotNone(address, why)
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = address

    def tearDown(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
            daemon.wait(10)
        self.folder.cleanup()

    def test_a_hosted_relay_is_discovered_joined_and_gone_when_it_stops(self):
        with Stage(BIN) as stage:
            a, b = stage.foyer("a"), stage.foyer("b")
            hosted = a.ctl("relay-start")
            fingerprint = hosted["link"].rpartition("#")[2]

            def seen():
                return [relay for relay in b.ctl("relays")["discovered"] if relay["fingerprint"] == fingerprint]

            found = wait_until(seen, "the relay in the other's list")[0]
            self.assertTrue(found["name"])
            self.assertIn(neighbourhood.ADDRESS, found["link"])
            # What was found is enough to join.
            b.ctl("connect", found["link"])
            b.wait_connected()
            a.wait_connected()
            a.wait_person(b.ctl("identity")["fingerprint"])
            a.ctl("relay-stop")
            wait_until(lambda: not seen(), "the stopped relay gone from the list")


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/env python3
"""Calls of real programs that leave the relay, and go on when it is gone."""

import pathlib
import signal
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import Stage, has_network, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)


@unittest.skipUnless(has_network(), "this machine has no address but loopback")
class DirectCall(unittest.TestCase):
    def pair(self, stage, wanted=("on", "on")):
        relay = stage.relay()
        both = [stage.foyer(name, "--relay", relay.link) for name in "ab"]
        for side, is_on in zip(both, wanted):
            side.ctl("set", "direct_calls", is_on)
        both[0].wait_person(both[1].ctl("identity")["fingerprint"])
        return relay, *both

    def test_it_leaves_the_relay_and_outlives_it(self):
        with Stage(BIN) as stage:
            relay, a, b = self.pair(stage)
            call = start_call(a, b)
            for side in (a, b):
                wait_until(lambda: side.ctl("stats", call)["path"] == "lan", "the direct way")
                stats = side.ctl("stats", call)
                self.assertEqual((stats["path_detail"], stats["path_reason"]), ("direct over LAN", "none"))
                # How it was found; where everybody is, only for who asks.
                steps = [row["step"] for row in stats["path_record"]]
                for step in ("offered", "peer_offered", "bound", "in_use"):
                    self.assertIn(step, steps)
                shown = [row["address"] for row in side.ctl("stats", call, "addresses")["path_record"] if row["address"]]
                masked = [row["address"] for row in stats["path_record"] if row["address"]]
                self.assertEqual(len(shown), len(masked))
                self.assertFalse(set(shown) & set(masked))
            relay.stop(signal.SIGKILL)
            heard = [side.ctl("stats", call)["rx"]["packets"] for side in (a, b)]
            wait_until(lambda: all(side.ctl("stats", call)["rx"]["packets"] >= before + 250 for side, before in zip((a, b), heard)),
                       "five seconds of sound without a relay")
            for side in (a, b):
                self.assertEqual(side.call_state(call)["state"], "active")
                self.assertFalse(side.call_state(call)["reconnecting"])
                self.assertLess(side.ctl("stats", call)["rx"]["loss"], 0.02)

    def test_private_and_off_stay_on_the_relay(self):
        for wanted, mode in ((("on", "on"), "private"), (("on", "off"), "trusted"), (("off", "on"), "trusted")):
            with self.subTest(wanted=wanted, mode=mode), Stage(BIN) as stage:
                _, a, b = self.pair(stage, wanted)
                call = start_call(a, b, mode)
                wait_until(lambda: all(s.ctl("stats", call)["rx"]["packets"] >= 150 for s in (a, b)), "three seconds of sound")
                for side, is_on in zip((a, b), wanted):
                    stats = side.ctl("stats", call)
                    reason = "private" if mode == "private" else "off" if is_on == "off" else "peer_tells_none"
                    self.assertEqual((stats["path"], stats["path_reason"]), ("relay", reason))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""The relay goes in a private call, which has no other way. It dies, really: SIGKILL, comes back and the call
goes on, or it does not and the call says so. Or the program quits that hosted it, which says goodbye.
direct_call_test.py has a call that goes on without."""

import pathlib
import signal
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import Stage, drained, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)
# A call is given up this long after the last packet; on top of it what two busy cores may cost.
CALL_KEPT_S = 45
# Idle time-out of a connection, then the first reconnects.
NOTICED_S = 40
# A goodbye is a packet; well under the idle time-out.
TOLD_S = 5


class RelayGoneInACall(unittest.TestCase):
    def test_it_comes_back_and_the_call_goes_on_without_ringing(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            call = start_call(a, b, "private")
            codes = a.ctl("sas", call)["digits"]
            drained(a), drained(b)
            relay.stop(signal.SIGKILL)
            relay = stage.relay(port=relay.port)
            seen = {a: [], b: []}
            for side in (a, b):

                def came_back(side=side):
                    seen[side] += drained(side)
                    names = [e["event"] for e in seen[side]]
                    return "relay:lost" in names and "relay:connected" in names[names.index("relay:lost"):]

                wait_until(came_back, "the relay lost and found", NOTICED_S)
            before = {side: side.ctl("stats", call)["rx"]["packets"] for side in (a, b)}
            wait_until(lambda: all(side.ctl("stats", call)["rx"]["packets"] > before[side] + 50 for side in (a, b)),
                       "speech both ways again", NOTICED_S)
            for side in (a, b):
                state = side.call_state(call)
                self.assertEqual(state["state"], "active")
                self.assertFalse(state["reconnecting"])
                self.assertEqual(side.ctl("sas", call)["digits"], codes)
                told = [e["event"] for e in seen[side] + drained(side) if e["event"].startswith("call:")]
                self.assertEqual(told, [])
            a.ctl("hangup", call)
            self.assertEqual(b.wait_call(call, "ended")["reason"], "remote_hangup")

    def test_it_stays_away_and_the_call_ends_as_connection_lost(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            call = start_call(a, b, "private")
            relay.stop(signal.SIGKILL)
            for side in (a, b):
                self.assertEqual(side.wait_call(call, "ended", CALL_KEPT_S + 20)["reason"], "connection_lost")
                self.assertGreaterEqual(side.ctl("status")["relays"][0]["attempt"], 1)
                self.assertFalse(side.ctl("status")["relay"] == "connected")


class TheHostQuits(unittest.TestCase):
    def setUp(self):
        self.stage = self.enterContext(Stage(BIN))
        self.host = self.stage.foyer("host")
        self.host.ctl("relay-start")
        wait_until(lambda: self.host.ctl("relay-status")["phase"] == "serving", "the relay serves")
        self.link = self.host.ctl("relay-status")["link"]

    def test_its_own_call_ends_with_a_goodbye(self):
        guest = self.stage.foyer("guest", "--relay", self.link)
        call = start_call(self.host, guest, "private")
        self.assertEqual(self.host.stop(), 0)
        self.assertEqual(guest.wait_call(call, "ended", TOLD_S)["reason"], "remote_hangup")

    def test_its_guests_are_told(self):
        guest = self.stage.foyer("guest", "--relay", self.link)
        guest.wait_connected()
        drained(guest)
        self.assertEqual(self.host.stop(), 0)
        wait_until(lambda: guest.ctl("status")["relay"] != "connected", "the relay known to be gone", TOLD_S)


if __name__ == "__main__":
    unittest.main(verbosity=2)

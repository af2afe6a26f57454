#!/usr/bin/env python3
"""A person at a real window who is not to be disturbed: no card comes, the call is found as missed, also after the
next start, until the history was looked at."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from foyer_programs import wait_until  # noqa: E402
from window_programs import Theatre, missing  # noqa: E402

BIN = sys.argv.pop(1)


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class History(unittest.TestCase):
    def test_a_call_that_did_not_ring_is_found_until_it_was_looked_at(self):
        with Theatre(BIN) as theatre:
            window, peer = theatre.window("window"), theatre.peer("peer")
            own, name = window.ctl("identity")["fingerprint"], peer.ctl("identity")["alias"]
            peer.wait_person(own)
            call = peer.ctl("call", own)["call"]
            window.wait_call(call, "ringing")
            theatre.wait_shown(window, "Accept")
            # Somebody at the card wants quiet: it goes, and the call goes on unanswered.
            window.ctl("set", "do_not_disturb", "on")
            wait_until(lambda: not theatre.shows(window, "Accept"), "the card is gone")
            theatre.wait_shown(window, "How others see you: Do not disturb")
            wait_until(lambda: peer.wait_person(own)["state"] == "dnd", "the other side sees it")
            peer.ctl("hangup", call)
            window.wait_call(call, "ended")
            theatre.wait_shown(window, f"Missed call from {name}")
            theatre.click(window, "How others see you: Do not disturb")
            theatre.click(window, "Available", role="check box")
            wait_until(lambda: peer.wait_person(own)["state"] == "available", "available again")

            self.assertEqual(window.stop(), 0, window.output())
            window = theatre.again("window", audio_in="default", audio_out="default")
            # The last control to come when a relay is there; it moves the others.
            theatre.wait_shown(window, "Copy the relay’s link")
            theatre.wait_shown(window, f"Missed call from {name}")
            theatre.click(window, "History of calls, missed: 1")
            theatre.wait_shown(window, f"Forget this call with {name}")
            theatre.click(window, "Lobby")
            wait_until(lambda: not theatre.shows(window, f"Missed call from {name}"), "no news any more")
            self.assertEqual([(c["call"], c["seen"], c["reason"]) for c in window.ctl("history")["calls"]], [(call, True, "missed")])
            theatre.click(window, "History of calls")
            theatre.click(window, f"Forget this call with {name}")
            theatre.wait_shown(window, "Calls you make, answer or miss appear here.")
            self.assertEqual(window.ctl("history"), {"calls": []})
            # Who wants nothing remembered still learns of a missed call, but only until the end.
            window.ctl("set", "call_history", "off")
            call = peer.ctl("call", own)["call"]
            window.wait_call(call, "ringing")
            peer.ctl("hangup", call)
            window.wait_call(call, "ended")
            wait_until(lambda: [c["call"] for c in window.ctl("history")["calls"]] == [call], "the missed call")
            self.assertEqual(window.stop(), 0, window.output())
            window = theatre.again("window", audio_in="default", audio_out="default")
            window.wait_connected()
            self.assertEqual(window.ctl("history"), {"calls": []})
            self.assertEqual(window.stop(), 0, window.output())


if __name__ == "__main__":
    unittest.main(verbosity=2)

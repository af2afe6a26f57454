#!/usr/bin/env python3
"""Somebody's computer is new: the same name under another key, between the real programs. A call to
compare words and nothing else, until the words match; and people who are blocked."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import ControlError, Stage, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"
SILENT_DB = -100  # a decoder's silence is -127; the speech clip is far above
REACH_S = 10


def person(program, fingerprint):
    return next((p for p in program.ctl("lobby")["people"] if p["fingerprint"] == fingerprint), None)


class KeyChanged(unittest.TestCase):
    def heard(self, listener, call, seconds=2):
        """Whether anything but silence is played within about a second of packets."""
        start = listener.ctl("stats", call)["rx"]["packets"]
        heard = []
        wait_until(lambda: heard.append((s := listener.ctl("stats", call))["level_out_db"])
                   or s["rx"]["packets"] > start + 50 * seconds, "packets of the other side")
        return max(heard) > SILENT_DB

    def test_a_new_key_under_a_verified_name_compares_words_first(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            old = stage.foyer("old", "--relay", relay.link)
            old.ctl("set", "alias", "Amina Test")
            old_key = old.ctl("identity")["fingerprint"]
            call = start_call(a, old)
            self.assertFalse(a.call_state(call)["compare_only"])
            a.ctl("verify", call, "yes")
            a.ctl("hangup", call)
            self.assertEqual(person(a, old_key)["trust"], "verified")
            self.assertEqual(old.stop(), 0)

            # Installed again: another identity, the same name.
            new = stage.foyer("new", "--relay", relay.link)
            new.ctl("set", "alias", "Amina Test")
            new_key = new.ctl("identity")["fingerprint"]
            self.assertNotEqual(old_key, new_key)
            wait_until(lambda: (p := person(a, new_key)) and p["trust"] == "key_changed", "a changed key in the lobby")
            self.assertFalse(person(a, new_key)["verified"], "verified is not inherited")

            call = start_call(a, new)
            state = a.call_state(call)
            self.assertTrue(state["compare_only"] and state["voice_held"] and state["private"])
            self.assertEqual(state["trust"], "key_changed")
            a.ctl("mute", "off")
            self.assertFalse(self.heard(new, call), "no verb opens the microphone")
            a.ctl("mute", "on")
            with self.assertRaises(ControlError) as refused:
                a.ctl("speak-unverified", call)
            self.assertTrue(a.ctl("status")["muted"], "what was refused changes nothing")
            self.assertEqual(refused.exception.error["code"], "not_held", "not for who placed the call")
            self.assertEqual(a.ctl("sas", call)["words"], new.ctl("sas", call)["words"])
            a.ctl("verify", call, "no")
            a.ctl("mute", "off")
            self.assertFalse(self.heard(new, call))
            self.assertTrue(a.call_state(call)["voice_held"])
            a.ctl("hangup", call)

            # Still changed, now from the other side, and after a restart of this one.
            a_key = a.ctl("identity")["fingerprint"]
            self.assertEqual(a.stop(), 0)
            wait_until(lambda: not person(new, a_key), "the record of the program that ended is gone")
            a = stage.foyer("a", audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            wait_until(lambda: (p := person(a, new_key)) and p["trust"] == "words_differed", "suspect for good")
            call = start_call(new, a)
            self.assertTrue(a.call_state(call)["voice_held"])
            self.assertEqual(a.ctl("speak-unverified", call)["call"], call)
            state = a.call_state(call)
            self.assertTrue(state["compare_only"] and not state["voice_held"])
            a.ctl("verify", call, "yes")
            self.assertFalse(a.call_state(call)["compare_only"])
            a.ctl("hangup", call)
            self.assertEqual(person(a, new_key)["trust"], "verified")
            self.assertEqual(new.stop(), 0)

            # The key that was verified once is not any more: it is the one that changed.
            old = stage.foyer("old")
            wait_until(lambda: (p := person(a, old_key)) and p["trust"] == "key_changed", "the old key in the history")

    def test_who_is_blocked_rings_nowhere_and_sees_nobody_there(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            ids = {side: side.ctl("identity")["fingerprint"] for side in (a, b)}
            a.wait_person(ids[b]), b.wait_person(ids[a])
            # While it rings: it falls silent here and goes on there.
            call = b.ctl("call", ids[a])["call"]
            a.wait_call(call, "ringing")
            self.assertTrue(a.ctl("block", ids[b])["blocked"])
            a.wait_call(call, "ended")
            self.assertEqual(b.call_state(call)["state"], "ringing")
            b.ctl("hangup", call)
            self.assertEqual(person(a, ids[b])["trust"], "blocked")
            call = b.ctl("call", ids[a])["call"]
            self.assertEqual(b.wait_call(call, "ended", REACH_S + 10)["reason"], "unreachable")
            self.assertIsNone(a.call_state(call))
            with self.assertRaises(ControlError) as refused:
                a.ctl("call", ids[b])
            self.assertEqual(refused.exception.error["code"], "blocked")
            a.ctl("unblock", ids[b])
            start_call(b, a)
            for words, code in ((("block", "00" * 16), "not_found"), (("unblock", ids[b]), "not_blocked")):
                with self.assertRaises(ControlError) as refused:
                    a.ctl(*words)
                self.assertEqual(refused.exception.error["code"], code)


if __name__ == "__main__":
    unittest.main(verbosity=2)

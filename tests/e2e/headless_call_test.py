#!/usr/bin/env python3
"""Two real programs, a relay inside one of them, a call with speech both ways, driven by foyerctl."""

import pathlib
import signal
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "packaging"))

import analyse_audio  # noqa: E402
from foyer_programs import ControlError, Stage, wait_until  # noqa: E402

BIN = sys.argv.pop(1)
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"


def similarity(said, heard, speaker, listener):
    return analyse_audio.compare_files(str(said), str(heard), capture_started_ns=speaker["capture_started_ns"],
                                       playout_started_ns=listener["playout_started_ns"])


class HeadlessCall(unittest.TestCase):
    def test_two_programs_talk_through_the_relay_of_one(self):
        with Stage(BIN) as stage:
            a_out, b_out = stage.home / "a.wav", stage.home / "b.wav"
            a = stage.foyer("a", audio_in=f"file:{SPEECH / 'clip_a.wav'}", audio_out=f"file:{a_out}")
            b = stage.foyer("b", audio_in=f"file:{SPEECH / 'clip_b.wav'}", audio_out=f"file:{b_out}")
            hosted = a.ctl("relay-start")
            self.assertEqual(hosted["phase"], "serving")
            self.assertTrue(hosted["link"].startswith("foyer://relay/"))
            b.ctl("connect", hosted["link"])
            a.wait_connected()
            b.wait_connected()
            ids = {side: side.ctl("identity")["fingerprint"] for side in (a, b)}
            a.wait_person(ids[b])
            b.wait_person(ids[a])

            call = a.ctl("call", ids[b])["call"]
            incoming = b.wait_call(call, "ringing")
            self.assertEqual(incoming["direction"], "incoming")
            a.wait_call(call, "ringing")
            b.ctl("answer", call, "trusted")
            a.wait_call(call, "active")
            b.wait_call(call, "active")

            codes = [side.ctl("sas", call) for side in (a, b)]
            self.assertRegex(codes[0]["digits"], r"^\d{3} \d{3}$")
            self.assertEqual(codes[0]["digits"], codes[1]["digits"])
            self.assertEqual(codes[0]["words"], codes[1]["words"])
            a.ctl("verify", call, "yes")
            self.assertTrue(a.ctl("sas", call)["verified"])
            wait_until(lambda: b.ctl("sas", call)["peer_says"], "the peer's click shown")
            self.assertFalse(b.ctl("sas", call)["verified"])

            wait_until(lambda: all(s.ctl("stats", call)["rx"]["packets"] >= 400 for s in (a, b)), "eight seconds of speech")
            figures = {side: side.ctl("stats", call) for side in (a, b)}
            for stats in figures.values():
                self.assertEqual(stats["path"], "relay")
                self.assertEqual(stats["tier"], "good")
                self.assertEqual(stats["rx"]["loss"], 0)
                self.assertIsNotNone(stats["capture_started_ns"])
                self.assertIsNotNone(stats["playout_started_ns"])
                self.assertLess(stats["jitter_buffer_ms"], 100)
            a.ctl("hangup", call)
            self.assertEqual(b.wait_call(call, "ended")["reason"], "remote_hangup")
            self.assertEqual(a.wait_call(call, "ended")["reason"], "local_hangup")
            self.assertEqual(a.stop(), 0)
            self.assertEqual(b.stop(), 0)
            for said, heard, speaker, listener in ((SPEECH / "clip_a.wav", b_out, a, b), (SPEECH / "clip_b.wav", a_out, b, a)):
                match = similarity(said, heard, figures[speaker], figures[listener])
                print(match)
                self.assertTrue(match["heard"], match)
                self.assertLess(match["delay_ms"], 200)
                # The listener's own estimate is near what a listener measures.
                self.assertLess(abs(figures[listener]["mouth_to_ear_ms"] - match["delay_ms"]), 15, figures[listener])

    def test_a_session_that_ends_ends_the_call_with_a_goodbye(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a, b = (stage.foyer(name, "--relay", relay.link) for name in ("a", "b"))
            who = b.ctl("identity")["fingerprint"]
            a.wait_person(who)
            call = a.ctl("call", who)["call"]
            b.wait_call(call, "ringing")
            b.ctl("answer", call, "trusted")
            a.wait_call(call, "active")
            b.wait_call(call, "active")
            self.assertEqual(a.stop(signal.SIGHUP), 0)
            self.assertEqual(b.wait_call(call, "ended")["reason"], "remote_hangup")

    def test_a_relay_alone_carries_a_call_and_ends_in_order(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            target = b.ctl("identity")["fingerprint"]
            a.wait_person(target)
            call = a.ctl("call", target)["call"]
            b.wait_call(call, "ringing")
            b.ctl("answer", call, "private")
            a.wait_call(call, "active")
            b.ctl("mute", "on")
            b.ctl("hangup", call)
            self.assertEqual(a.wait_call(call, "ended")["reason"], "remote_hangup")
            self.assertEqual(relay.stop(), 0)

    def test_the_identity_stays_and_relays_are_remembered(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            a.wait_connected()
            before = a.ctl("identity")
            self.assertEqual(a.stop(signal.SIGTERM), 0)
            again = stage.foyer("a")
            self.assertEqual(again.ctl("identity"), before)
            again.wait_connected()

    def test_errors_are_named(self):
        with Stage(BIN) as stage:
            a = stage.foyer("a")
            for words, stage_name, code in (
                    (("call", "00" * 16), "call", "relay_not_connected"),
                    (("call", "nobody"), "arguments", "malformed"),
                    (("connect", "http://example.org"), "link", None),
                    (("hangup", "00" * 16), "call", "unknown_call"),
                    (("answer", "00" * 16, "trusted"), "call", "unknown_call"),
                    (("stats", "00" * 16), "call", "unknown_call"),
                    (("quality", "00" * 16, "studio64"), "call", "unknown_call"),
                    (("quality", "best"), "arguments", "malformed")):
                with self.assertRaises(ControlError) as caught:
                    a.ctl(*words)
                self.assertEqual(caught.exception.error["stage"], stage_name, words)
                if code:
                    self.assertEqual(caught.exception.error["code"], code, words)
            self.assertEqual(a.ctl("quality", "auto")["quality"], "auto")

    def test_a_second_instance_of_a_profile_is_refused(self):
        with Stage(BIN) as stage:
            stage.foyer("a")
            with self.assertRaisesRegex(AssertionError, "already_running"):
                stage.foyer("a", socket_name="second.sock")


if __name__ == "__main__":
    unittest.main(verbosity=2)

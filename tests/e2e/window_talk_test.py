#!/usr/bin/env python3
"""A person at a real window and a real sound server: the talk key lets them be heard, and they can hear
themselves before a call."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "packaging"))

import analyse_audio  # noqa: E402
from demo_parts.desktop import RATE  # noqa: E402
from foyer_programs import wait_until  # noqa: E402
from window_programs import SPEECH, Theatre, missing  # noqa: E402

BIN = sys.argv.pop(1)
SILENT_DB, HEARD_DB = -70, -45


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class Talk(unittest.TestCase):
    def heard(self, listener, call):
        wait_until(lambda: listener.ctl("stats", call)["level_out_db"] > HEARD_DB, "speech at the other end")

    def silent(self, listener, call):
        """Until a second is silent from end to end: speech pauses for less."""
        since = None

        def holds():
            nonlocal since
            stats = listener.ctl("stats", call)
            if stats["level_out_db"] > SILENT_DB:
                since = None
            elif since is None:
                since = stats["rx"]["packets"]
            return since is not None and stats["rx"]["packets"] > since + 50

        wait_until(holds, "silence at the other end")

    def test_the_talk_key_lets_one_be_heard_while_it_is_held(self):
        with Theatre(BIN) as theatre:
            window = theatre.window("window", audio_in="a_mic", audio_out="a_ear")
            window.ctl("set", "talk_mode", "push")
            peer = theatre.stage.foyer("peer", "--relay", theatre.relay.link)
            own = window.ctl("identity")["fingerprint"]
            peer.wait_person(own)
            call = peer.ctl("call", own)["call"]
            window.wait_call(call, "ringing")
            window.ctl("answer", call, "trusted")
            peer.wait_call(call, "active")
            window.wait_call(call, "active")
            theatre.desktop.start("talking", ["sh", "-c", f"while paplay --device=a_mouth '{SPEECH}/clip_a.wav'; do :; done"])
            wait_until(lambda: window.ctl("stats", call)["level_in_db"] > HEARD_DB, "speech at the microphone")
            wait_until(lambda: peer.ctl("stats", call)["rx"]["packets"] > 100, "two seconds of the call")
            self.silent(peer, call)
            theatre.desktop.run(["xdotool", "windowfocus", "--sync", theatre.desktop.windows_of(window.process)[-1]])
            for _ in range(2):
                theatre.desktop.run(["xdotool", "keydown", "t"])
                self.heard(peer, call)
                theatre.desktop.run(["xdotool", "keyup", "t"])
                self.silent(peer, call)
            self.assertEqual(window.stop(), 0, window.output())

    def test_one_hears_oneself_after_most_of_a_second(self):
        with Theatre(BIN) as theatre:
            window = theatre.window("window", audio_in="a_mic", audio_out="a_ear")
            theatre.click(window, "Settings")
            theatre.click(window, "Hear yourself")
            theatre.wait_shown(window, "Stop hearing yourself")
            wait_until(lambda: theatre.desktop.run(["pactl", "list", "short", "source-outputs"]), "the microphone in use")
            recording = theatre.desktop.record()
            said = theatre.desktop.play("a", str(SPEECH / "clip_a.wav"))
            self.assertEqual(said.wait(60), 0)
            wires = recording.stop()
            match = analyse_audio.compare(wires["a_mouth"], wires["a_ear"], RATE)
            print(match, flush=True)
            self.assertTrue(match["heard"], match)
            # What is kept for, and two devices.
            self.assertGreater(match["delay_ms"], 700)
            self.assertLess(match["delay_ms"], 950)
            theatre.click(window, "Stop hearing yourself")
            theatre.wait_shown(window, "Hear yourself")
            self.assertEqual(window.stop(), 0, window.output())


if __name__ == "__main__":
    unittest.main(verbosity=2)

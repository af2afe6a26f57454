"""The measure of the demo, on sounds whose delay is known."""

import math
import os
import random
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "packaging"))

import analyse_audio  # noqa: E402

RATE = 48000


def speech(path="clip_a.wav", seconds=3):
    channels, rate = analyse_audio.read_wav(os.path.join(ROOT, "resources", "speech", path))
    assert rate == RATE
    return list(channels[0][:seconds * RATE])


def later(samples, milliseconds, gain=1.0, noise=0.0):
    source = random.Random(1)
    copy = [0] * (milliseconds * RATE // 1000) + [int(gain * s) for s in samples]
    return [max(-32768, min(32767, int(s + source.gauss(0, noise)))) for s in copy] if noise else copy


class AnalyseAudio(unittest.TestCase):
    def test_a_quiet_noisy_copy_is_heard_at_its_delay(self):
        original = speech()
        result = analyse_audio.compare(original, later(original, 73, gain=0.3, noise=40), RATE)
        self.assertTrue(result["heard"])
        self.assertEqual(result["delay_ms"], 73)

    def test_the_two_start_times_move_the_delay(self):
        original = speech()
        result = analyse_audio.compare(
            original, later(original, 30), RATE, capture_started_ns=5_000_000_000, playout_started_ns=5_025_000_000
        )
        self.assertEqual(result["delay_ms"], 55)

    def test_a_recording_that_began_before_the_sound_is_found_too(self):
        original = speech()
        result = analyse_audio.compare(
            original, original[40 * 48:], RATE, capture_started_ns=0, playout_started_ns=100_000_000
        )
        self.assertEqual(result["delay_ms"], 60)

    def test_a_playout_that_was_lengthened_by_some_milliseconds_is_followed(self):
        original = speech(seconds=6)
        for cut in (2.1, 3.6):
            at = int(cut * RATE)
            played = original[:at] + original[at - 5 * 48:]
            self.assertGreater(analyse_audio.compare(original, later(played, 40), RATE)["similarity"], 0.95)

    def test_every_other_second_of_other_speech_is_not_followed(self):
        original, other = speech(seconds=6), speech("clip_b.wav", 6)
        mixed = [s for second in range(6)
                 for s in (original if second % 2 else other)[second * RATE:(second + 1) * RATE]]
        self.assertFalse(analyse_audio.compare(original, mixed, RATE)["heard"])

    def test_other_speech_is_not_heard(self):
        self.assertFalse(analyse_audio.compare(speech(), speech("clip_b.wav"), RATE)["heard"])

    def test_silence_is_not_heard(self):
        result = analyse_audio.compare(speech(), [0] * (3 * RATE), RATE)
        self.assertEqual(result, {"heard": False, "delay_ms": None, "similarity": 0.0})

    def test_a_steady_tone_is_not_speech(self):
        tone = [int(8000 * math.sin(i * 0.0576)) for i in range(3 * RATE)]
        self.assertFalse(analyse_audio.compare(speech(), tone, RATE)["heard"])


if __name__ == "__main__":
    unittest.main()

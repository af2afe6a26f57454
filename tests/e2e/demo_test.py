#!/usr/bin/env python3
"""The demo itself: two windows on a private screen, a call by clicks, speech through PulseAudio."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import wave

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "packaging"))
from demo_parts import neighbourhood  # noqa: E402

BIN = sys.argv.pop(1)
DEMO = pathlib.Path(__file__).parents[2] / "packaging" / "demo"
PICTURES = ("first-start", "lobby-empty", "lobby", "relay", "incoming", "call", "call-verified", "ended")


class Demo(unittest.TestCase):
    @unittest.skipIf(any(shutil.which(tool) is None for tool in ("Xvfb", "openbox", "xdotool", "pulseaudio")),
                     "packaging/setup installs what the demo stands on")
    def test_two_windows_call_each_other_and_are_heard(self):
        with tempfile.TemporaryDirectory() as folder:
            output = pathlib.Path(folder) / "demo"
            done = subprocess.run([sys.executable, str(DEMO), "--output", str(output)], text=True, timeout=170,
                                  env=dict(os.environ, FOYER_BIN=BIN), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            logs = "".join(f"--- {p.name}\n{p.read_text(errors='replace')[-2000:]}" for p in sorted((output / "logs").glob("foyer-*")))
            self.assertEqual(done.returncode, 0, done.stdout + logs)
            report = json.loads((output / "report.json").read_text())
            self.assertEqual(set(report), {"ok", "sas_match", "a_to_b", "b_to_a", "set_up_ms", "path", "mdns", "mdns_reason"})
            self.assertTrue(report["ok"] and report["sas_match"])
            # Two windows of one machine are in one LAN, if it has an address beside loopback.
            self.assertIn(report["path"], ("lan", "relay"))
            # Found where Avahi can run; else the report says why not.
            if report["mdns"] is None:
                self.assertIn("Avahi", report["mdns_reason"])
                self.assertIsNotNone(neighbourhood.why_not())
            else:
                self.assertEqual(report["mdns"], {"found": True})
            self.assertGreater(report["set_up_ms"], 0)
            for way in ("a_to_b", "b_to_a"):
                self.assertEqual(set(report[way]), {"heard", "delay_ms", "similarity"})
                self.assertGreaterEqual(report[way]["similarity"], 0.85)
                self.assertGreater(report[way]["delay_ms"], 0)
            for picture in PICTURES:
                self.assertEqual((output / f"{picture}.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
            for side in "ab":
                with wave.open(str(output / f"heard-by-{side}.wav")) as sound:
                    self.assertGreaterEqual(sound.getnframes(), 10 * sound.getframerate())
            print(json.dumps(report))


if __name__ == "__main__":
    unittest.main(verbosity=2)

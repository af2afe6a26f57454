#!/usr/bin/env python3
"""The laboratory's command line: a call over trace files, its outputs and report, its record replayed, and
what is said about a scenario that is wrong."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import wave

BIN = pathlib.Path(sys.argv.pop(1))
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"


def lab(*words):
    return subprocess.run([BIN / "foyer-lab", *map(str, words)], capture_output=True, text=True, timeout=120)


def frames_of(path):
    with wave.open(str(path)) as file:
        return file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes()


class Lab(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="foyer-lab")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def scenario(self, content):
        path = self.folder / "scenario.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def test_a_call_over_traces(self):
        (self.folder / "traces").mkdir()
        (self.folder / "traces/loss.txt").write_text("0\n0\n0\n0\n1\n")
        (self.folder / "traces/delay.txt").write_text("20\n25.5\n20\n")
        scenario = self.scenario({
            "seed": 5, "seconds": 6, "tier": "good",
            "links": {"up": {"delay_ms": 30, "loss_trace": "traces/loss.txt", "max_payload_kbps": 32},
                      "down": {"delay_trace": "traces/delay.txt"}}})
        out, out2, report, record = (self.folder / n for n in ("b.wav", "a.wav", "report.json", "b.record"))
        words = ["call", scenario, "--in", SPEECH / "clip_a.wav", "--in2", SPEECH / "clip_b.wav", "--out", out,
                 "--out2", out2, "--report", report, "--record", record]
        done = lab(*words)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        told = json.loads(report.read_text())
        self.assertEqual(told, json.loads(done.stdout))
        self.assertTrue(told["ok"] and told["sas_match"])
        up, down = told["a_to_b"], told["b_to_a"]
        self.assertAlmostEqual(up["packets_lost"], up["packets"] / 5, delta=1)
        self.assertEqual(down["packets_lost"], 0)
        self.assertLessEqual(up["payload_kbps"], 32)
        for path, way in ((out, up), (out2, down)):
            rate, channels, width, frames = frames_of(path)
            self.assertEqual((rate, channels, width), (48000, 1, 2))
            self.assertAlmostEqual(frames, 48000 * 6 + 48 * way["delay_ms"], delta=1)
        self.assertEqual(lab(*words).stdout, done.stdout, "the same seed, the same report")

        replayed = lab("replay", record)
        self.assertEqual(replayed.returncode, 0, replayed.stderr)
        self.assertIn("Every decision came out the same", replayed.stdout)
        told = json.loads(lab("replay", record, "--json").stdout)
        self.assertTrue(told["exact"])
        lost = [gap for gap in told["gaps"] if gap["cause"] == "lost"]
        self.assertGreater(len(lost), 40)
        self.assertTrue(all(gap["text"].startswith(f"frame {gap['frame']}: lost") for gap in lost))

    def test_what_is_wrong_is_named(self):
        cases = [('{"sed": 1}', "unknown_key", "sed:"),
                 ('{"links": {"up": {"loss": 2}}}', "bad_value", "links.up.loss:"),
                 ('{"links": {"up": {"delay_trace": "gone.txt"}}}', "unreadable", "links.up.delay_trace:"),
                 ('{"steps": [{"at_s": 1, "down": {"x": 1}}]}', "unknown_key", "steps[0].down.x:"),
                 ("{", "malformed", "the file")]
        for content, code, begin in cases:
            done = lab("call", self.scenario(content))
            self.assertEqual(done.returncode, 2, content)
            fault = json.loads(done.stderr)["error"]
            self.assertEqual((fault["stage"], fault["code"]), ("scenario", code))
            self.assertTrue(fault["detail"].startswith(begin), fault["detail"])
        for words in (["call"], ["call", self.scenario("{}"), "--inn", "x"], ["replay", self.scenario("{}")],
                      ["call", self.scenario("{}"), "--in", self.folder / "gone.wav"]):
            done = lab(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn("code", json.loads(done.stderr)["error"])

    def test_a_call_that_cannot_be_is_a_failure(self):
        done = lab("call", self.scenario({"links": {"up": {"loss": 1}}}))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["failed_at"], "ringing")


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/env python3
"""A test in real time gets a second chance only where the machine was not there."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).parents[2]
STOPS_THE_CLOCK = """
import os, signal, time
os.kill(os.getppid(), signal.SIGSTOP)
time.sleep(0.2)
os.kill(os.getppid(), signal.SIGCONT)
time.sleep(0.1)
"""


class Patiently(unittest.TestCase):
    def run_it(self, body, exit_codes):
        """The script notes each run and ends with the next of these codes; (code of the launcher, runs)."""
        with tempfile.TemporaryDirectory() as folder:
            runs = pathlib.Path(folder, "runs")
            script = pathlib.Path(folder, "script.py")
            script.write_text(f"import pathlib, sys\nruns = pathlib.Path({str(runs)!r})\n"
                              "n = len(runs.read_text()) if runs.exists() else 0\nruns.write_text('x' * (n + 1))\n"
                              f"{body}\nsys.exit({exit_codes!r}[n])\n")
            done = subprocess.run([sys.executable, ROOT / "tests/e2e/patiently.py", script], capture_output=True, text=True)
            return done.returncode, len(runs.read_text())

    def test_a_stopped_clock_is_another_chance(self):
        self.assertEqual(self.run_it(STOPS_THE_CLOCK, [1, 0]), (0, 2))

    def test_three_chances_in_all(self):
        self.assertEqual(self.run_it(STOPS_THE_CLOCK, [1, 1, 1, 0]), (1, 3))

    def test_success_is_not_repeated(self):
        self.assertEqual(self.run_it(STOPS_THE_CLOCK, [0, 1]), (0, 1))

    def test_neither_is_what_says_that_it_cannot_run(self):
        self.assertEqual(self.run_it(STOPS_THE_CLOCK, [77, 1]), (77, 1))


if __name__ == "__main__":
    unittest.main()

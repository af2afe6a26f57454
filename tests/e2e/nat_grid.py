#!/usr/bin/env python3
"""The pairs of homes again and again, in both directions: which of them do not always come out the same.

    nat_grid.py BIN_DIR [RUNS]      20 runs by themselves; exit code 1: a cell is flaky or wrong

Where ports are found by chance alone a cell is measured, and neither right nor wrong: it is printed how often it went direct.
"""

import collections
import pathlib
import statistics
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from nat_pairs import CHANCES, HOMES, PAIRS, RTT_MS, Town, figure  # noqa: E402

SKIPPED = 77


class Cell:
    def __init__(self, caller, callee, expected, is_chance=False):
        self.caller, self.callee, self.expected, self.is_chance = caller, callee, expected, is_chance
        self.outcomes = collections.Counter()
        self.heard, self.direct = [], []

    def run(self, town):
        try:
            sides = town.run(self.caller, self.callee, self.expected)
        except AssertionError as error:
            self.outcomes["missed"] += 1
            if not self.is_chance:
                print(f"{self.caller} x {self.callee}: {error}", flush=True)
            return
        self.outcomes["/".join(sorted({side.path for side in sides}))] += 1
        self.heard.append(max(side.heard_ms for side in sides))
        if self.expected != "relay":
            self.direct.append(max(side.way_ms for side in sides))

    def is_steady(self):
        return self.is_chance or set(self.outcomes) == {self.expected}

    def line(self):
        middle = [figure(statistics.median(times) if times else None) for times in (self.heard, self.direct)]
        worst = [figure(max(times, default=None)) for times in (self.heard, self.direct)]
        outcomes = ", ".join(f"{way} {n}" for way, n in self.outcomes.most_common())
        return (f"{self.caller + ' x ' + self.callee:24} {outcomes:36} heard {middle[0]:>5} ms, at most {worst[0]:>5}; "
                f"direct {middle[1]:>5} ms, at most {worst[1]:>5}{'' if self.is_steady() else '   FLAKY'}")


def main():
    bin_dir, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    cells = [Cell(*way, expected, pair in CHANCES) for pair in PAIRS + CHANCES for a, b, expected in [pair] for way in ((a, b), (b, a))]
    names = dict.fromkeys(name for pair in PAIRS + CHANCES for name in pair[:2])
    try:
        for number in range(runs):
            # Profiles, ports and the relay are new each time.
            with Town(bin_dir, HOMES, names, ("--rtt", str(RTT_MS), "--seed", str(number + 1))) as town:
                for cell in cells:
                    cell.run(town)
            print(f"run {number + 1} of {runs}", flush=True)
    except unittest.SkipTest as reason:
        print(f"SKIPPED: {reason}")
        return SKIPPED
    print("\n".join(cell.line() for cell in cells))
    flaky = sum(not cell.is_steady() for cell in cells)
    print(f"{flaky} of {sum(not cell.is_chance for cell in cells)} cells are flaky in {runs} runs")
    return 1 if flaky else 0


if __name__ == "__main__":
    sys.exit(main())

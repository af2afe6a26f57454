#!/usr/bin/env python3
"""A dozen pairs of homes with the real programs: everybody is heard, by the way that the pair allows."""

import pathlib
import statistics
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import SLOWDOWN  # noqa: E402
from nat_pairs import HEAD, HOMES, PAIRS, RTT_MS, Town, line  # noqa: E402

BIN = sys.argv.pop(1)
# The bar is 300 ms. One call may meet a machine that does something else; half of them may not.
HEARD_MS, HEARD_MEDIAN_MS = 1000 * SLOWDOWN, 300 * SLOWDOWN


class Pairs(unittest.TestCase):
    def test_they_hear_each_other_by_the_best_way(self):
        names = dict.fromkeys(name for pair in PAIRS for name in pair[:2])
        kinds = {}
        with Town(BIN, HOMES, names, ("--rtt", str(RTT_MS))) as town:
            for host in town.laboratory.hosts.values():
                kinds[host["name"]] = host["home"]["kind"]
            print("\n" + HEAD)
            heard, direct = [], []
            for caller, callee, expected in PAIRS:
                with self.subTest(caller=caller, callee=callee):
                    sides = town.run(caller, callee, expected)
                    print(line(f"{caller} {kinds[caller]} x {callee} {kinds[callee]}", *sides), flush=True)
                    for side in sides:
                        self.assertEqual(side.path, expected)
                        self.assertLess(side.heard_ms, HEARD_MS)
                    heard.append(max(side.heard_ms for side in sides))
                    if expected != "relay":
                        direct.append(max(side.way_ms for side in sides))
            print(f"median: heard both ways after {statistics.median(heard):.0f} ms, direct after {statistics.median(direct):.0f} ms")
            self.assertLessEqual(statistics.median(heard), HEARD_MEDIAN_MS)


if __name__ == "__main__":
    unittest.main()

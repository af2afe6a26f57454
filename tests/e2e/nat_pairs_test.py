#!/usr/bin/env python3
"""Pairs of homes with the real programs: everybody is heard, by the way that the pair allows."""

import pathlib
import statistics
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import SLOWDOWN  # noqa: E402
from nat_pairs import HEAD, HOMES, PAIRS, RTT_MS, Town, line  # noqa: E402

BIN = sys.argv.pop(1)
# The bars: 300 ms, 1.5 s where UDP is blocked, and three round trips and 60 ms until direct, to both of
# which comes what a busy machine and looking every ten milliseconds add. One call may meet a machine that
# does something else; half of them may not.
BUSY_MS = 120
HEARD_MS, HEARD_MEDIAN_MS, HEARD_TCP_MS = 1000 * SLOWDOWN, (300 + BUSY_MS) * SLOWDOWN, 1500 * SLOWDOWN
DIRECT_MEDIAN_MS = (3 * RTT_MS + 60 + BUSY_MS) * SLOWDOWN
BLOCKED = "udp-blocked"


class Pairs(unittest.TestCase):
    def test_they_hear_each_other_by_the_best_way(self):
        names = dict.fromkeys(name for pair in PAIRS for name in pair[:2])
        heard, direct = [], []
        with Town(BIN, HOMES, names, ("--rtt", str(RTT_MS))) as town:
            kinds = {name: host["home"]["kind"] for name, host in town.laboratory.hosts.items()}
            print("\n" + HEAD)
            for caller, callee, expected in PAIRS:
                with self.subTest(caller=caller, callee=callee):
                    sides = town.run(caller, callee, expected)
                    print(line(f"{caller} {kinds[caller]} x {callee} {kinds[callee]}", *sides), flush=True)
                    is_blocked = BLOCKED in (kinds[caller], kinds[callee])
                    for name, side in zip((caller, callee), sides):
                        self.assertEqual(side.path, expected)
                        self.assertLess(side.heard_ms, HEARD_TCP_MS if is_blocked else HEARD_MS)
                        self.assertEqual(town.people[name].carrier(), "tcp" if kinds[name] == BLOCKED else "udp")
                    if not is_blocked:
                        heard.append(max(side.heard_ms for side in sides))
                    if expected in ("direct_ipv4", "direct_ipv6"):
                        direct.append(max(side.way_ms for side in sides))
        print(f"median: heard both ways after {statistics.median(heard):.0f} ms, direct after {statistics.median(direct):.0f} ms"
              f" (bars: 300 and {3 * RTT_MS + 60} ms)")
        self.assertLessEqual(statistics.median(heard), HEARD_MEDIAN_MS)
        self.assertLessEqual(statistics.median(direct), DIRECT_MEDIAN_MS)


if __name__ == "__main__":
    unittest.main()

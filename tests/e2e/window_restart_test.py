#!/usr/bin/env python3
"""Another display size, chosen in the settings of a program that hosts a relay: it asks, starts anew in the
same process, is larger, and the relay is where the others look for it."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from foyer_programs import wait_until  # noqa: E402
from window_programs import Theatre, missing  # noqa: E402

BIN = sys.argv.pop(1)
SEARCH = "Find a setting"


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class Restart(unittest.TestCase):
    def width(self, theatre, program):
        """Of its window, in the screen's own pixels (accessible extents are those of before the factor)."""
        numbers = theatre.desktop.windows_of(program.process)
        shape = theatre.desktop.run(["xdotool", "getwindowgeometry", "--shell", numbers[-1]]) if numbers else ""
        return int(dict(line.split("=") for line in shape.split()).get("WIDTH", 0))

    def test_the_size_is_another_one_after_a_restart_and_the_relay_comes_back(self):
        with Theatre(BIN) as theatre:
            window = theatre.window("window", "--host-relay")
            wait_until(lambda: window.ctl("relay-status")["phase"] == "serving", "the relay serves")
            link = window.ctl("relay-status")["link"]
            peer = theatre.stage.foyer("peer", "--relay", link)
            wait_until(lambda: window.ctl("relay-status")["clients"] == 2, "the host and its guest")
            theatre.click(window, "Settings")
            theatre.wait_shown(window, SEARCH)
            width = self.width(theatre, window)
            theatre.click(window, SEARCH)
            theatre.desktop.write("display size")
            theatre.wait_shown(window, "Display size", prefix=True)
            self.assertFalse(theatre.shows(window, "Restart now"))
            window.ctl("set", "scale", "150")
            theatre.click(window, "Restart now")
            # The first one is behind the question now.
            theatre.wait_shown(window, "Stay")
            theatre.click(window, "Stay")
            wait_until(lambda: not theatre.shows(window, "Stay"), "nothing is asked any more")
            self.assertEqual(window.ctl("relay-status")["link"], link, "it runs on")
            theatre.click(window, "Restart now")
            theatre.wait_shown(window, "Stay")
            theatre.click(window, "Restart now", last=True)
            wait_until(lambda: not theatre.shows(window, SEARCH), "the window is another one")
            wait_until(lambda: theatre.shows(window, "Settings"), "the lobby of the next run")
            wait_until(lambda: self.width(theatre, window) == width * 3 // 2, "everything is larger")
            self.assertIsNone(window.process.poll(), "it is the same process")
            wait_until(lambda: window.ctl("relay-status").get("link") == link, "the relay is back in its place")
            wait_until(lambda: window.ctl("relay-status")["clients"] == 2, "the guest is back, too")
            self.assertEqual(window.stop(), 0, window.output())


if __name__ == "__main__":
    unittest.main(verbosity=2)

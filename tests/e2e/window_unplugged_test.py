#!/usr/bin/env python3
"""A headset is unplugged in mid-call: the screen says which half is gone, the call goes on with the default
device, and both sides still hear each other."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from foyer_programs import wait_until  # noqa: E402
from window_programs import Theatre, call_with_headset, missing  # noqa: E402

BIN = sys.argv.pop(1)


def packets(program, call):
    return program.ctl("stats", call)["rx"]["packets"]


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class Unplugged(unittest.TestCase):
    def test_is_said_on_the_screen_and_the_call_goes_on(self):
        with Theatre(BIN) as theatre:
            window, peer, call, modules = call_with_headset(theatre)
            for what, module in modules.items():
                took = theatre.unplug(window, what, module)
                print(f"{what}: {1000 * took:.0f} ms", flush=True)
                before = packets(window, call), packets(peer, call)
                wait_until(lambda before=before: packets(window, call) > before[0] + 50 and packets(peer, call) > before[1] + 50,
                           "speech both ways")
                for side in (window, peer):
                    self.assertEqual(side.call_state(call)["state"], "active")
                if theatre.shows(window, "Dismiss"):
                    theatre.click(window, "Dismiss")
            theatre.click(window, "Devices")
            theatre.wait_shown(window, "Microphone: Microphone A", prefix=True)
            theatre.wait_shown(window, "Speakers: Speakers A", prefix=True)
            self.assertEqual(window.stop(), 0, window.output())


if __name__ == "__main__":
    unittest.main(verbosity=2)

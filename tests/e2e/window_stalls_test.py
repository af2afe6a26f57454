#!/usr/bin/env python3
"""What the window waits for may stand still, the window itself never: a relay and a sound server that are
stopped (SIGSTOP) or never answer, while somebody clicks. The event loop is asked all the while."""

import contextlib
import os
import signal
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from foyer_programs import SLOWDOWN, wait_until  # noqa: E402
from window_programs import Theatre, Turns, missing  # noqa: E402

BIN = sys.argv.pop(1)
# A wait for somebody else takes seconds; a turn takes milliseconds, more where the machine is busy.
FROZEN_S = 0.25 * SLOWDOWN
TURNS = 250  # some three seconds


@contextlib.contextmanager
def stopped(pid):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def sound_server(theatre):
    return next(p for p in theatre.desktop.processes if p.args[0] == "pulseaudio").pid


def clock(theatre, window):
    control = theatre.shows(window, "Duration", prefix=True)
    return control.name if control else None


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class TheWindow(unittest.TestCase):
    def assert_moves(self, theatre, window, turns):
        """In a call: the clock on the screen goes on."""
        before = clock(theatre, window)
        self.assertIsNotNone(before)
        wait_until(lambda: clock(theatre, window) not in (None, before), "the next second on the screen")
        turns.wait(TURNS)

    def assert_never_froze(self, turns):
        self.assertGreaterEqual(turns.count, TURNS)
        self.assertLess(turns.longest, FROZEN_S)
        print(f"longest turn {1000 * turns.longest:.0f} ms of {turns.count}", flush=True)

    def call(self, theatre, window, peer):
        own = window.ctl("identity")["fingerprint"]
        peer.wait_person(own)
        window.wait_person(peer.ctl("identity")["fingerprint"])
        call = peer.ctl("call", own)["call"]
        window.wait_call(call, "ringing")
        window.ctl("answer", call, "trusted")
        window.wait_call(call, "active")
        peer.wait_call(call, "active")
        return call

    def test_goes_on_while_the_relay_stands_still(self):
        with Theatre(BIN) as theatre:
            window, peer = theatre.window("window"), theatre.peer("peer")
            name = peer.ctl("identity")["alias"]
            window.wait_person(peer.ctl("identity")["fingerprint"])
            theatre.wait_shown(window, f"Call {name}")
            with Turns(window) as turns, stopped(theatre.relay.process.pid):
                theatre.click(window, f"Call {name}")
                theatre.wait_shown(window, f"Calling {name}")
                turns.wait(TURNS)
                theatre.click(window, "Cancel")
                theatre.wait_shown(window, f"Call {name}")
            self.assert_never_froze(turns)
            call = self.call(theatre, window, peer)
            with Turns(window) as turns, stopped(theatre.relay.process.pid):
                self.assert_moves(theatre, window, turns)
                theatre.click(window, "Mute your microphone")
                theatre.wait_shown(window, "Unmute your microphone")
                theatre.click(window, "End call")
                window.wait_call(call, "ended")
            self.assert_never_froze(turns)
            self.assertEqual(window.stop(), 0, window.output())

    def test_goes_on_while_a_relay_never_answers(self):
        with Theatre(BIN) as theatre, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            window = theatre.window("window")
            link = theatre.relay.link.replace(f":{theatre.relay.port}", f":{silent.getsockname()[1]}")
            with Turns(window) as turns:
                theatre.click(window, "Join a relay by link")
                theatre.wait_shown(window, "Relay link", role="text").type(link)
                theatre.click(window, "Join")
                turns.wait(TURNS)
                theatre.click(window, "Relay on this computer", role="push button")
                theatre.wait_shown(window, "Start the relay")
            self.assert_never_froze(turns)
            self.assertEqual(window.stop(), 0, window.output())

    def test_goes_on_while_the_sound_server_stands_still(self):
        with Theatre(BIN) as theatre:
            window, peer = theatre.window("window"), theatre.peer("peer")
            call = self.call(theatre, window, peer)
            with Turns(window) as turns, stopped(sound_server(theatre)):
                self.assert_moves(theatre, window, turns)
                theatre.click(window, "Mute your microphone")
                theatre.wait_shown(window, "Unmute your microphone")
                theatre.click(window, "Devices")
                window.ctl("set", "audio_in", "b_mic")
                turns.wait(TURNS)
                theatre.click(window, "End call")
                window.wait_call(call, "ended")
                theatre.wait_shown(window, "Play test sound")
                theatre.click(window, "Play test sound")
                turns.wait(TURNS)
                self.assertEqual(window.stop(), 0, window.output())
            self.assert_never_froze(turns)

    def test_opens_although_the_sound_server_stands_still(self):
        with Theatre(BIN) as theatre:
            theatre.window("window").stop()
            with stopped(sound_server(theatre)):
                window = theatre.again("window", audio_in="default", audio_out="default")
                with Turns(window) as turns:
                    theatre.wait_shown(window, "Play test sound")
                    turns.wait(TURNS)
                self.assert_never_froze(turns)
                self.assertEqual(window.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)

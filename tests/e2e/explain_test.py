#!/usr/bin/env python3
"""A live call over a way that loses packets: both sides say what is wrong, in which direction, and that it is
over when it is."""

import os
import pathlib
import random
import select
import socket
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import Stage, start_call, wait_until  # noqa: E402
from window_programs import Theatre, missing  # noqa: E402

BIN = sys.argv.pop(1)
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"


class LossyWay:
    """Between one program and the relay; a share of the datagrams of each direction is dropped."""

    def __init__(self, relay_port):
        self.up = self.down = 0.0
        self._relay = ("127.0.0.1", relay_port)
        self._client = None
        self._near, self._far = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for each in (self._near, self._far):
            each.bind(("127.0.0.1", 0))
        self.port = self._near.getsockname()[1]
        self._chance = random.Random(7)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def _carry(self):
        while not self._ends.is_set():
            for ready in select.select([self._near, self._far], [], [], 0.1)[0]:
                data, source = ready.recvfrom(65536)
                if ready is self._near:
                    self._client = source
                    if self._chance.random() >= self.up:
                        self._far.sendto(data, self._relay)
                elif self._client and self._chance.random() >= self.down:
                    self._near.sendto(data, self._client)

    def close(self):
        self._ends.set()
        self._thread.join()
        self._near.close()
        self._far.close()


class Explain(unittest.TestCase):
    def test_loss_is_said_by_both_sides_and_forgotten_when_it_is_over(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            way = LossyWay(relay.port)
            self.addCleanup(way.close)
            a = stage.foyer("a", "--relay", relay.link.replace(f":{relay.port}", f":{way.port}"),
                            audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            b = stage.foyer("b", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_b.wav'}")
            call = start_call(a, b, "private")  # by the lossy way to the relay alone

            def says(program, cause, affected):
                told = program.ctl("stats", call)["explanation"]
                return told["cause"] == cause and affected in (told["affected"], None)

            wait_until(lambda: all(says(s, "clear", "neither") for s in (a, b)), "a clear call")
            way.down = 0.15
            wait_until(lambda: says(a, "loss", "hear"), "loss on the way to a")
            wait_until(lambda: says(b, "loss", "said"), "loss on the way from b, as a reports it")
            wait_until(lambda: b.ctl("stats", call)["sending"]["copies"] > 0, "copies against it")
            recovered = a.ctl("stats", call)["recovery"]["copies"]
            wait_until(lambda: a.ctl("stats", call)["recovery"]["copies"] > recovered + 10, "frames out of copies")
            way.down, way.up = 0.0, 0.15
            wait_until(lambda: says(a, "loss", "said") and says(b, "loss", "hear"), "the other direction", 30)
            way.up = 0.0
            wait_until(lambda: all(says(s, "clear", "neither") for s in (a, b)), "a clear call again", 40)

    @unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
    def test_the_window_says_it_in_a_sentence(self):
        with Theatre(BIN) as theatre:
            way = LossyWay(theatre.relay.port)
            self.addCleanup(way.close)
            link = theatre.relay.link.replace(f":{theatre.relay.port}", f":{way.port}")
            theatre.stage.foyer("window", "--relay", link).stop()
            window = theatre.again("window", audio_in="default", audio_out="default")
            window.wait_connected()
            # A silent microphone would be worse than the loss, and said instead.
            theatre.desktop.start("talking", ["sh", "-c", f"while paplay --device=a_mouth '{SPEECH}/clip_a.wav'; do :; done"])
            call = start_call(theatre.peer("peer"), window, "private")
            theatre.desktop.run(["xdotool", "windowfocus", "--sync", theatre.desktop.windows_of(window.process)[-1]])
            theatre.desktop.run(["xdotool", "key", "F12"])
            theatre.wait_shown(window, "Curves and figures", prefix=True)
            way.down = 0.2
            wait_until(lambda: window.ctl("stats", call)["explanation"]["cause"] == "loss", "loss noticed")

            def sentence():
                shown = theatre.screen.outline(window.process)
                return "of 100 packets are lost on the way to you" in str(shown)

            wait_until(sentence, "the sentence on the screen")
            pictures = os.environ.get("FOYER_TEST_PICTURES")
            if pictures:
                wait_until(lambda: window.ctl("stats", call)["recovery"]["copies"] > 100, "copies at work")
                theatre.desktop.screenshot(os.path.join(pictures, "diagnostics-in-loss.png"))
            self.assertEqual(window.stop(), 0, window.output())


if __name__ == "__main__":
    unittest.main(verbosity=2)

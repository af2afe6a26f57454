#!/usr/bin/env python3
"""A call is recorded by the real program, exported, and replayed by the laboratory: every decision the same."""

import json
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import ControlError, Stage, start_call, wait_until  # noqa: E402

BIN = pathlib.Path(sys.argv.pop(1))
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"


class Record(unittest.TestCase):
    def refused(self, program, *words):
        with self.assertRaises(ControlError) as caught:
            program.ctl(*words)
        return caught.exception.error["stage"], caught.exception.error["code"]

    def replay(self, path):
        done = subprocess.run([BIN / "foyer-lab", "replay", path, "--json"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def talk(self, a, b, packets):
        call = start_call(a, b)
        wait_until(lambda: all(s.ctl("stats", call)["rx"]["packets"] >= packets for s in (a, b)), "speech both ways")
        return call

    def end(self, a, b, call):
        a.ctl("hangup", call)
        a.wait_call(call, "ended")
        b.wait_call(call, "ended")

    def test_a_recorded_call_replays_bit_for_bit(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            b = stage.foyer("b", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_b.wav'}")
            b.ctl("set", "record_calls", "on")
            call = self.talk(a, b, 250)
            path = stage.home / "b.record"
            self.assertEqual(self.refused(b, "export-record", call, str(path)), ("record", "running"))
            self.assertEqual(self.refused(a, "export-record", call, str(path)), ("record", "none"))
            # A step of the packet time is part of the record.
            a.ctl("quality", call, "low")
            wait_until(lambda: b.ctl("stats", call)["receiving"]["packet_ms"] == 40, "packets of the lower tier")
            self.end(a, b, call)
            self.assertEqual(self.refused(b, "export-record", call, str(stage.home / "none" / "b.record"))[0], "storage")
            self.assertEqual(b.ctl("export-record", call, str(path)), {"call": call, "path": str(path), "cut": False})
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
            told = self.replay(path)
            self.assertTrue(told["exact"])
            self.assertFalse(told["cut"])
            self.assertGreater(told["recovery"]["decoded"], 200)
            content = path.read_bytes()
            for secret in (call, a.ctl("identity")["alias"]):
                self.assertNotIn(secret.encode(), content)
                self.assertNotIn(bytes.fromhex(secret) if secret == call else b"foyer://", content)

            # Off again: the next call leaves the record of this one as it is.
            b.ctl("set", "record_calls", "off")
            later = self.talk(a, b, 20)
            self.assertEqual(b.ctl("export-record", call, str(path))["path"], str(path))
            self.end(a, b, later)
            self.assertEqual(self.refused(b, "export-record", later, str(path)), ("record", "none"))
            self.assertEqual(self.replay(path), told)

    def test_pauses_that_are_not_sent_are_no_loss(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            b = stage.foyer("b", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_b.wav'}")
            b.ctl("set", "record_calls", "on")
            call = self.talk(a, b, 100)
            a.ctl("set", "silence_saving", "on")
            a.ctl("mute", "on")
            wait_until(lambda: b.ctl("stats", call)["level_out_db"] < -60, "silence")
            before = [s.ctl("stats", call)["tx"]["packets"] for s in (a, b)]
            wait_until(lambda: b.ctl("stats", call)["tx"]["packets"] >= before[1] + 200, "four seconds")
            quiet = a.ctl("stats", call)["tx"]["packets"] - before[0]
            self.assertLess(quiet, 80)
            self.assertGreater(quiet, 8, "reports go on, and the call is alive")
            a.ctl("mute", "off")
            wait_until(lambda: b.ctl("stats", call)["level_out_db"] > -40, "speech again")
            heard, said = b.ctl("stats", call), a.ctl("stats", call)
            self.assertEqual((heard["rx"]["loss"], heard["recovery"]["lost"]), (0, 0))
            self.assertEqual((said["sending"]["loss"], said["quality"]["changes"]), (0, 0))
            self.assertLess(heard["recovery"]["plc"], 10)
            self.assertEqual(heard["explanation"]["severity"], "good", heard)
            self.assertNotEqual(heard["explanation"]["cause"], "loss", heard)
            self.end(a, b, call)
            path = stage.home / "b.record"
            b.ctl("export-record", call, str(path))
            told = self.replay(path)
            self.assertTrue(told["exact"])
            self.assertEqual([gap for gap in told["gaps"] if gap["cause"] == "lost"], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)

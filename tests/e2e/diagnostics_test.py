#!/usr/bin/env python3
"""What testers see with the real programs: sending that is made worse arrives worse at the other side, capabilities and
versions come from the program itself, metrics are served where they were asked for, and the bundle has all of it and
nobody's name."""

import json
import os
import pathlib
import re
import socket
import stat
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import ControlError, Stage, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"
CAPABILITIES = ["microphone", "output", "key_ring", "mdns", "ipv6", "port_mapping", "segmentation", "real_time_net",
                "real_time_audio", "dred", "osce"]


def scrape(path, request="GET /metrics HTTP/1.0\r\n\r\n"):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(10)
        client.connect(str(path))
        client.sendall(request.encode())
        answer = b""
        while piece := client.recv(65536):
            answer += piece
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head, body


class Diagnostics(unittest.TestCase):
    def refused(self, code, program, *words):
        with self.assertRaises(ControlError) as caught:
            program.ctl(*words)
        self.assertEqual(caught.exception.error["code"], code, words)

    def test_sending_made_worse_is_heard_by_the_other_side_and_ends(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            b = stage.foyer("b", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_b.wav'}")
            call = start_call(a, b, "private")
            wait_until(lambda: b.ctl("stats", call)["rx"]["packets"] > 100, "a call that runs")
            before = b.ctl("stats", call)["rtt_ms"]
            self.assertFalse(a.ctl("impair")["on"])
            said = a.ctl("impair", "delay", "150", "loss", "12.5")
            self.assertEqual((said["on"], said["delay_ms"], said["jitter_ms"], said["loss_percent"], said["rate_kbps"]),
                             (True, 150, 0, 12.5, None))
            a.wait_event("impairment:changed", on=True, delay_ms=150)
            # b hears the loss and the delay; what b sends arrives at a as before.
            wait_until(lambda: b.ctl("stats", call)["rx"]["loss"] > 0.05, "loss on the way to b", 30)
            wait_until(lambda: b.ctl("stats", call)["rtt_ms"] > before + 120, "the delay in the round trip", 30)
            self.assertLess(a.ctl("stats", call)["rx"]["loss"], 0.02)
            wait_until(lambda: a.ctl("impair")["lost"] > 5, "several lost packets")
            counted = a.ctl("impair")
            self.assertGreater(counted["sent"], counted["lost"])
            self.assertTrue(json.loads(self.bundle(a))["impairment"]["on"])
            self.assertFalse(a.ctl("impair", "off")["on"])
            wait_until(lambda: b.ctl("stats", call)["rx"]["loss"] < 0.02, "no loss any more", 40)
            for words in (["delay"], ["delay", "x"], ["delay", "6000"], ["loss", "101"], ["rate", "3"], ["on"],
                          ["delay", "-1"], ["nonsense", "1"]):
                self.refused("malformed", a, "impair", *words)
            self.assertFalse(a.ctl("impair")["on"])

    def bundle(self, program):
        path = program.home / "bundle.json"
        program.ctl("export", str(path))
        return path.read_text()

    def test_it_is_off_after_a_restart(self):
        with Stage(BIN) as stage:
            a = stage.foyer("a")
            a.ctl("impair", "rate", "64")
            self.assertEqual(a.stop(), 0)
            a = stage.foyer("a")
            self.assertFalse(a.ctl("impair")["on"])

    def test_capabilities_and_versions_come_from_the_program_itself(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            a.wait_connected()
            found = {each["name"]: each for each in a.ctl("capabilities")["capabilities"]}
            self.assertEqual(list(found), CAPABILITIES)
            for each in found.values():
                self.assertIn(each["state"], ("available", "missing", "not_known"))
                self.assertTrue(each["state"] == "available" or each["reason"], each)
            # No key ring, no device and no call here, and no guess about any.
            self.assertEqual((found["key_ring"]["state"], found["key_ring"]["reason"]), ("missing", "switched_off"))
            self.assertEqual((found["microphone"]["state"], found["microphone"]["reason"]),
                             ("available", "not_a_device"))
            self.assertEqual(found["real_time_audio"]["reason"], "not_opened")
            self.assertEqual(found["port_mapping"]["state"], "not_known")
            # What the kernel says of UDP_SEGMENT is what the program says.
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                try:
                    udp.getsockopt(socket.IPPROTO_UDP, 103)
                    has = "available"
                except OSError:
                    has = "missing"
            self.assertEqual(found["segmentation"]["state"], has)
            a.ctl("set", "direct_calls", "off")
            found = {each["name"]: each for each in a.ctl("capabilities")["capabilities"]}
            self.assertEqual(found["port_mapping"]["reason"], "direct_calls_off")

            versions = a.ctl("versions")
            self.assertEqual((versions["protocol"], versions["control"]), (1, 1))
            self.assertRegex(versions["program"], r"^\d+\.\d+\.\d+")
            self.assertIn("commit", versions)
            self.assertEqual([(each["build"], each["connected"], each["own"]) for each in versions["relays"]],
                             [(f"foyer {versions['program']}", True, False)])
            for library in ("Qt", "Opus", "ngtcp2", "GnuTLS", "libsodium"):
                self.assertTrue(versions["libraries"][library], library)

            bundle = self.bundle(a)
            self.assertLessEqual({"versions", "capabilities", "impairment", "log", "relays", "calls"},
                                 set(json.loads(bundle)))
            self.assertIn("relay:connected", {line["event"] for line in json.loads(bundle)["log"]})
            for secret in (relay.link.split("#")[1], a.ctl("identity")["fingerprint"]):
                self.assertNotIn(secret, bundle)
            self.assertIsNone(re.search(r"\d+\.\d+\.\d+\.\d+", bundle))

    def test_metrics_are_served_where_they_were_asked_for_and_nowhere_else(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            a.wait_connected()
            path = a.home / "metrics.sock"
            self.assertIsNone(a.ctl("get", "metrics")["value"], "off by itself")
            for bad in ("0.0.0.0:9464", "localhost:9464", "9464", "unix:relative", "192.168.0.1:80"):
                self.refused("bad_value", a, "set", "metrics", bad)
            a.ctl("set", "metrics", f"unix:{path}")
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            head, body = scrape(path)
            self.assertTrue(head.startswith("HTTP/1.0 200 OK"), head)
            self.assertIn('foyer_relays{state="connected"} 1', body)
            self.assertIn("foyer_impaired 0", body)
            a.ctl("impair", "loss", "1")
            self.assertIn("foyer_impaired 1", scrape(path)[1])
            self.assertTrue(scrape(path, "GET /status HTTP/1.0\r\n\r\n")[0].startswith("HTTP/1.0 404"))
            for secret in (relay.link.split("#")[1], a.ctl("identity")["fingerprint"], a.ctl("identity")["alias"],
                           "127.0.0.1"):
                self.assertNotIn(secret, body)
            # After a restart it is there again; switched off it is gone.
            self.assertEqual(a.stop(), 0)
            a = stage.foyer("a")
            wait_until(lambda: path.exists() and scrape(path)[0].startswith("HTTP/1.0 200"), "metrics again")
            a.ctl("set", "metrics", "")
            wait_until(lambda: not path.exists(), "no socket any more")


if __name__ == "__main__":
    unittest.main(verbosity=2)

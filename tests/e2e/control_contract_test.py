"""The contract of the control socket with the real programs: every verb and field scripts rely on, and refusals by name.

usage: control_contract_test.py BIN_DIR
"""

import json
import os
import pathlib
import stat
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from foyer_programs import ControlError, Foyer, wait_until

BIN_DIR = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else pathlib.Path("build/dev/bin")
NOBODY = "0" * 32


class ControlContractTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="foyer-contract-")
        self.addCleanup(self.folder.cleanup)

    def start(self, name, *arguments, **more):
        foyer = Foyer(BIN_DIR, self.folder.name, name, *arguments, **more)
        self.addCleanup(foyer.stop)
        return foyer

    def assertRefused(self, code, foyer, *words):
        with self.assertRaises(ControlError) as caught:
            foyer.ctl(*words)
        self.assertEqual(caught.exception.error["code"], code, words)
        self.assertEqual(set(caught.exception.error), {"stage", "code", "retryable", "detail"})

    def assertFields(self, names, answer):
        self.assertLessEqual(set(names.split()), set(answer), answer)

    def test_every_field_is_there_from_the_first_moment_to_the_last(self):
        a = self.start("a", "--host-relay")
        a.wait_connected()  # it answers: the socket is as it stays
        self.assertEqual(stat.S_IMODE(os.stat(a.socket).st_mode), 0o600)
        link = a.ctl("relay-status")["link"]
        b = self.start("b")
        nothing = b.ctl("relay-status")
        self.assertEqual((nothing["phase"], nothing["link"], nothing["clients"]), ("idle", None, 0))
        self.assertEqual(b.ctl("status")["relay"], "disconnected")
        self.assertRegex(b.ctl("identity")["fingerprint"], "^[0-9a-f]{32}$")
        b.ctl("connect", link)
        who = a.ctl("identity")["fingerprint"]
        self.assertFields("fingerprint alias state verified relays", b.wait_person(who))
        self.assertFields("fingerprint link state rtt_ms trust", b.ctl("status")["relays"][0])
        a.wait_person(b.ctl("identity")["fingerprint"])
        self.assertIn("relay", b.ctl("invite"))
        me = b.ctl("identity")["fingerprint"]
        for word, state in (("on", "dnd"), ("off", "available")):
            b.ctl("set", "do_not_disturb", word)
            wait_until(lambda: a.wait_person(me)["state"] == state, state)
        # Invisible is in nobody's lobby, and sees the others.
        b.ctl("set", "invisible", "on")
        wait_until(lambda: all(person["fingerprint"] != me for person in a.ctl("lobby")["people"]), "nobody in the lobby")
        b.wait_person(who)
        b.ctl("set", "invisible", "")
        a.wait_person(me)
        for key, good, bad in (("ring_volume", "40", "101"), ("auto_away", "15", "0"), ("tray", "off", "maybe")):
            b.ctl("set", key, good)
            self.assertRefused("bad_value", b, "set", key, bad)
            b.ctl("set", key, "")
        self.assertFalse(b.ctl("status")["away"])
        self.assertFields("inputs outputs", b.ctl("devices"))

        call = b.ctl("call", who)["call"]
        self.assertEqual(b.ctl("sas", call), {"digits": None, "words": None, "verified": False, "peer_says": None})
        early = b.ctl("stats", call)
        fields = ("path path_detail rtt_ms tier tx rx jitter_buffer_ms mouth_to_ear_ms capture_started_ns "
                  "playout_started_ns quality sending receiving recovery mouth_to_ear_parts device explanation")
        self.assertFields(fields, early)
        self.assertIsNone(early["capture_started_ns"])
        self.assertEqual(a.wait_call(call, "ringing")["direction"], "incoming")
        self.assertRefused("malformed", a, "answer", call, "loudly")
        a.ctl("answer", call, "trusted")
        self.assertFields("call peer direction state", b.wait_call(call, "active"))
        late = wait_until(lambda: (s := b.ctl("stats", call))["mouth_to_ear_ms"] and s, "stats of a call")
        self.assertFields(fields, late)
        for direction in ("tx", "rx"):
            self.assertFields("packets bytes bitrate_kbps loss", late[direction])
        self.assertEqual(b.ctl("sas", call)["digits"], a.ctl("sas", call)["digits"])
        self.assertEqual(b.ctl("hold", call, "on"), {"call": call, "held": True})
        wait_until(lambda: a.wait_call(call, "active")["peer_held"] and a.wait_call(call, "active")["peer_muted"], "a hold, told")
        self.assertTrue(b.wait_call(call, "active")["held"])
        self.assertRefused("malformed", b, "hold", call, "perhaps")
        b.ctl("hold", call, "off")
        wait_until(lambda: not a.wait_call(call, "active")["peer_held"], "the end of a hold, told")
        self.assertTrue(b.ctl("mute", "on")["muted"] and b.ctl("status")["muted"])
        self.assertFields("choice tier cause changes changed_ms_ago", late["quality"])
        self.assertFields("copies copy_distance lbrr dred_ms payload_kbps loss burst late_share queueing_ms "
                          "capacity_kbps", late["sending"])
        self.assertFields("codec packet_ms buffer_ms buffer_target_ms jitter_ms", late["receiving"])
        self.assertFields("decoded copies lbrr dred plc late lost discarded accelerated expanded underruns",
                          late["recovery"])
        self.assertFields("cause affected severity", late["explanation"])
        parts = late["mouth_to_ear_parts"]
        self.assertFields("capture_device_ms packet_ms codec_ms network_ms jitter_buffer_ms playout_device_ms", parts)
        self.assertAlmostEqual(sum(parts.values()), late["mouth_to_ear_ms"], 3)

        # One call's quality, and that of all to come.
        self.assertEqual(b.ctl("quality", call, "low"), {"call": call, "quality": "low"})
        wait_until(lambda: b.ctl("stats", call)["tier"] == "low", "the tier of the call")
        self.assertIsNone(b.ctl("get", "quality")["value"], "the next call begins as before")
        self.assertEqual(b.ctl("quality", "studio32")["quality"], "studio32")
        wait_until(lambda: b.ctl("stats", call)["tier"] == "studio32", "the tier of the call")
        self.assertEqual(b.ctl("get", "quality")["value"], "studio32")
        self.assertEqual(b.ctl("quality", "auto")["quality"], "auto")
        self.assertIsNone(b.ctl("get", "quality")["value"])
        # A network paid by volume is said to the peer as well.
        for word in ("off", "on"):
            b.ctl("set", "metered", word)
            self.assertIs(b.ctl("status")["metered"], word == "on")
        self.assertRefused("bad_value", b, "set", "metered", "maybe")
        b.ctl("set", "metered", "")
        self.assertRefused("not_ringing", b, "reject", call)
        b.ctl("hangup", call)
        self.assertEqual(b.wait_call(call, "ended")["reason"], "local_hangup")
        self.assertFields(fields, b.ctl("stats", call))
        self.assertRefused("already_ended", b, "hangup", call)

        wait_until(lambda: not b.ctl("status")["muted"], "the next call begins with the microphone on")

        # It is remembered, on both sides, until it is to be forgotten.
        past = b.ctl("history")["calls"]
        self.assertEqual([(c["call"], c["peer"], c["direction"], c["reason"]) for c in past], [(call, who, "outgoing", "local_hangup")])
        self.assertFields("alias started_at_ms talked_ms rang_ms path quality seen figures", past[0])
        figures = past[0]["figures"]
        self.assertFields("seconds rtt_mean_ms rtt_worst_ms jitter_buffer_mean_ms jitter_buffer_worst_ms loss_heard_mean loss_heard_worst "
                          "loss_sent_mean loss_sent_worst concealed sent_kbps heard_kbps path_seconds tier_seconds tier_changes", figures)
        self.assertGreater(figures["seconds"], 0)
        self.assertEqual(sum(figures["tier_seconds"].values()), figures["seconds"])
        self.assertIn("choice", figures["tier_changes"], "the quality was chosen by hand")
        self.assertGreater(past[0]["talked_ms"], 0)
        a.wait_call(call, "ended")
        self.assertEqual(a.ctl("history")["calls"][0]["direction"], "incoming")
        self.assertRefused("not_found", b, "history-remove", "00" * 16)
        self.assertEqual(b.ctl("history-remove", call), {"removed": 1})
        self.assertEqual(b.ctl("history"), {"calls": []})
        self.assertEqual(a.ctl("history-clear"), {"removed": 1})

        # Leaving and stopping are heard, and heard last.
        b.ctl("disconnect", link.split("#")[1])
        b.wait_event("relay:disconnected", relay=link.split("#")[1])
        self.assertEqual(b.ctl("status")["relays"], [])
        self.assertEqual(a.ctl("relay-start")["link"], link, "one that serves stays")
        a.ctl("relay-stop")
        a.wait_event("relay_host:phase", phase="stopping")
        a.wait_event("relay_host:phase", phase="idle")

    def test_what_makes_no_sense_is_refused_by_name(self):
        a = self.start("a")
        for code, words in (
            ("unknown_key", ["set", "nonsense", "x"]), ("unknown_key", ["get", "nonsense"]),
            ("bad_value", ["set", "theme", "purple"]), ("bad_value", ["set", "relay_port", "70000"]),
            ("bad_value", ["set", "relay_port", "8x"]), ("bad_value", ["set", "host_relay", "maybe"]),
            ("too_long", ["set", "audio_in", "x" * 5000]), ("bad_alias", ["set", "alias", ""]),
            ("unknown_relay", ["disconnect", NOBODY]), ("malformed", ["disconnect", "x"]),
            ("malformed", ["relay-start", "70000"]), ("malformed", ["mute", "maybe"]),
            ("malformed", ["call", "zz"]), ("malformed", ["call", NOBODY, "via"]), ("relay_not_connected", ["call", NOBODY]),
            ("unknown_call", ["hangup", NOBODY]), ("unknown_call", ["sas", NOBODY]), ("unknown_call", ["stats", NOBODY]),
            ("malformed", ["export-record", "zz", "x"]), ("none", ["export-record", NOBODY, "x"]),
            ("bad_value", ["set", "record_calls", "maybe"]),
            ("malformed", ["quality", "foo"]), ("malformed", ["quality", "zz", "low"]),
            ("unknown_call", ["quality", NOBODY, "low"]), ("bad_value", ["set", "quality", "best"]),
            ("bad_value", ["set", "talk_mode", "shout"]), ("bad_value", ["set", "noise_reduction", "much"]), ("not_found", ["export", "/nowhere/at/all"]),
            ("unknown_verb", ["dance"]), ("wrong_count", ["status", "now"]),
        ):
            with self.subTest(words=words):
                self.assertRefused(code, a, *words)
        a.ctl("set", "theme", "dark")
        self.assertEqual(a.ctl("get", "theme")["value"], "dark")
        a.ctl("set", "theme", "")
        self.assertIsNone(a.ctl("get", "theme")["value"])

    def test_paths_are_those_of_the_shell_they_were_typed_in(self):
        before = os.getcwd()
        os.chdir(self.folder.name)
        self.addCleanup(os.chdir, before)
        os.mkdir("elsewhere")
        a = Foyer(BIN_DIR.absolute() if BIN_DIR.is_absolute() else pathlib.Path(before) / BIN_DIR, ".", "a")
        self.addCleanup(a.stop)
        self.assertTrue(stat.S_ISSOCK(os.stat(pathlib.Path(self.folder.name) / "a" / "control.sock").st_mode))
        a.socket = "../" + a.socket
        os.chdir("elsewhere")
        a.ctl("export", "bundle.json")
        self.assertTrue(os.path.exists(pathlib.Path(self.folder.name) / "elsewhere" / "bundle.json"))


    def test_the_network_check_has_every_field_and_no_address_by_itself(self):
        a = self.start("a", "--host-relay")
        a.wait_connected()
        found = a.ctl("netcheck", "--json")
        self.assertFields("state problem calls_work outlook inside_only report relays_connected mapping took_ms ended_ms_ago words codes text", found)
        self.assertEqual((found["state"], found["problem"], found["calls_work"]), ("done", "none", True), found)
        self.assertFields("udp ipv4 ipv6 family translated mapping filtering port_allocation hairpin observers_asked "
                          "observers_answered round_trip_ms", found["report"])
        self.assertFields("state way has_external behind_another verified lifetime_ms reasons", found["mapping"]["ipv4"])
        self.assertTrue(found["inside_only"], found)
        self.assertEqual(set(found["words"]), {"found", "means", "do"})
        self.assertNotRegex(json.dumps(found), r"\d+\.\d+\.\d+\.\d+")
        self.assertFields("ipv4 ipv6 disagreeing", a.ctl("netcheck", "--json", "--addresses")["addresses"])
        self.assertFields("state problem text", a.ctl("netcheck", "--json", "--last"))
        self.assertRefused("malformed", a, "netcheck", "--json", "--fast")
        a.ctl("set", "stun_servers", "stun.example.org, stun:[2001:db8::1]:5000")
        self.assertRefused("bad_value", a, "set", "stun_servers", "http://stun.example.org")
        self.assertRefused("bad_value", a, "set", "port_mapping", "maybe")

if __name__ == "__main__":
    unittest.main()

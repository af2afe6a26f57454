#!/usr/bin/env python3
"""Contacts with the real programs: what is kept of a person outlives a restart, how calls with them go is obeyed whoever
asks for what, and a file carries them to another profile without making anybody verified unasked.

usage: contacts_test.py BIN_DIR
"""

import json
import os
import pathlib
import stat
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from foyer_programs import ControlError, Stage, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)


class Contacts(unittest.TestCase):
    def setUp(self):
        self.stage = self.enterContext(Stage(BIN))
        self.relay = self.stage.relay()
        self.a = self.stage.foyer("a", "--relay", self.relay.link)
        self.b = self.stage.foyer("b", "--relay", self.relay.link)
        self.b.ctl("set", "alias", "Ben Otieno")
        self.ben = self.b.ctl("identity")["fingerprint"]
        wait_until(lambda: self.a.wait_person(self.ben)["alias"] == "Ben Otieno", "the name of b")

    def refused(self, code, program, *words):
        with self.assertRaises(ControlError) as caught:
            program.ctl(*words)
        self.assertEqual(caught.exception.error["code"], code, words)
        return caught.exception.error

    def finished(self, call):
        self.a.ctl("hangup", call)
        for side in (self.a, self.b):
            side.wait_call(call, "ended")

    def test_what_is_kept_of_a_person_outlives_a_restart(self):
        new = self.a.ctl("contact", self.ben)
        self.assertEqual((new["kept"], new["alias"], new["name"], new["policy"]), (False, "Ben Otieno", "", "usual"))
        self.assertEqual(self.a.ctl("contacts")["contacts"], [])
        self.assertEqual(self.a.ctl("contact-set", self.ben, "name", "Ben at work")["kept"], True)
        self.a.ctl("contact-set", self.ben, "note", "First line\nsecond line")
        self.a.ctl("contact-set", self.ben, "favourite", "on")
        self.a.ctl("contact-set", self.ben, "policy", "relay")
        self.a.ctl("contact-set", self.ben, "ring", "silent")
        self.refused("bad_name", self.a, "contact-set", self.ben, "name", "bell \a")
        self.refused("bad_note", self.a, "contact-set", self.ben, "note", "x" * 1001)
        self.assertEqual(self.a.ctl("contact-set", self.ben, "ring", "knock")["ring"], "knock")
        self.a.ctl("contact-set", self.ben, "ring", "silent")
        self.refused("bad_ring", self.a, "contact-set", self.ben, "ring", "trombone")
        self.refused("malformed", self.a, "contact-set", self.ben, "policy", "sometimes")
        self.refused("malformed", self.a, "contact-set", self.ben, "colour", "red")
        self.refused("not_found", self.a, "contact-set", "0" * 32, "favourite", "on")
        here = self.a.wait_person(self.ben)
        self.assertEqual((here["alias"], here["signed_alias"], here["favourite"], here["policy"]),
                         ("Ben at work", "Ben Otieno", True, "relay"))
        kept = self.a.ctl("contact", self.ben)
        self.assertEqual(kept["note"], "First line\nsecond line")
        self.assertIsNone(kept["last_call_ms"], "they were in no call")
        self.assertEqual(self.a.stop(), 0)
        self.a = self.stage.foyer("a")
        after = wait_until(lambda: self.a.ctl("contacts")["contacts"], "contacts after the restart")
        self.assertEqual(after, [{**kept, "alias": "Ben Otieno"}])
        self.assertTrue(self.a.ctl("contact-remove", self.ben)["removed"])
        self.assertEqual(self.a.ctl("contacts")["contacts"], [])
        self.refused("not_found", self.a, "contact-remove", self.ben)

    def test_relay_only_is_obeyed_whatever_a_call_asks_for(self):
        usual = start_call(self.a, self.b)
        self.assertFalse(self.a.call_state(usual)["private"], "without a choice both told their addresses")
        self.finished(usual)
        ann = self.a.ctl("identity")["fingerprint"]
        self.a.ctl("contact-set", self.ben, "policy", "relay")
        for caller, callee, target in ((self.a, self.b, self.ben), (self.b, self.a, ann)):
            callee.wait_person(caller.ctl("identity")["fingerprint"])
            wait_until(lambda: caller.wait_person(target)["state"] == "available", "both are free")
            call = caller.ctl("call", target, "trusted")["call"]
            callee.wait_call(call, "ringing")
            callee.ctl("answer", call, "trusted")
            for side in (caller, callee):
                self.assertTrue(side.wait_call(call, "active")["private"])
                self.assertEqual(wait_until(lambda: side.ctl("stats", call), "figures")["path_reason"], "private")
            self.finished(call)

    def test_ask_wants_to_hear_it_at_each_call(self):
        self.a.ctl("contact-set", self.ben, "policy", "ask")
        self.assertEqual(self.refused("ask_first", self.a, "call", self.ben)["stage"], "call")
        self.assertEqual(self.a.ctl("status")["calls"], [])
        for word, is_private in (("private", True), ("trusted", False)):
            wait_until(lambda: self.a.wait_person(self.ben)["state"] == "available", "b is free")
            call = self.a.ctl("call", self.ben, word)["call"]
            self.b.wait_call(call, "ringing")
            self.b.ctl("answer", call, "trusted")
            self.assertEqual(self.a.wait_call(call, "active")["private"], is_private)
            self.finished(call)

    def test_a_file_carries_contacts_and_believes_only_its_owner(self):
        call = start_call(self.a, self.b)
        wait_until(lambda: self.a.ctl("sas", call)["digits"], "words")
        self.a.ctl("verify", call, "yes")
        self.finished(call)
        self.a.ctl("contact-set", self.ben, "name", "Ben at work")
        path = self.stage.home / "contacts.json"
        self.assertEqual(self.a.ctl("contacts-export", str(path)), {"path": str(path), "contacts": 1})
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(self.refused("exists", self.a, "contacts-export", str(path))["stage"], "contacts")
        self.assertEqual(json.loads(path.read_text())["contacts"][0]["state"], "verified")

        c = self.stage.foyer("c")
        brought = c.ctl("contacts-import", str(path), "own", "trial")
        self.assertEqual((brought["read"], brought["added"], brought["verified"]), (1, 1, 1))
        self.assertEqual(c.ctl("contacts")["contacts"], [], "a trial changes nothing")
        self.assertEqual(c.ctl("contacts-import", str(path))["verified"], 0)
        strangers = c.ctl("contact", self.ben)
        self.assertEqual((strangers["name"], strangers["trust"], strangers["last_call_ms"]),
                         ("Ben at work", "not_verified", None))
        c.ctl("contact-set", self.ben, "name", "My Ben")
        self.assertEqual(c.ctl("contacts-import", str(path), "own")["completed"], 1)
        own = c.ctl("contact", self.ben)
        self.assertEqual((own["name"], own["trust"], own["verified_by_file"]), ("My Ben", "verified", True))
        self.assertEqual(own["verified_at_ms"], self.a.ctl("contact", self.ben)["verified_at_ms"])

        # Under the name of somebody who is verified here, with another key.
        forged = json.loads(path.read_text())
        forged["contacts"][0].update(key="07" * 32, name="my ben")
        del forged["contacts"][0]["fingerprint"]
        path.write_text(json.dumps(forged))
        self.assertEqual(c.ctl("contacts-import", str(path), "own")["conflicts"], 1)
        self.assertEqual(c.ctl("contact", self.ben)["trust"], "verified")
        self.assertEqual(sorted(k["trust"] for k in c.ctl("contacts")["contacts"]), ["key_changed", "verified"])
        path.write_text(json.dumps(forged)[:-3])
        self.refused("not_contacts", c, "contacts-import", str(path))
        self.refused("not_found", c, "contacts-import", str(path) + ".not")
        self.refused("malformed", c, "contacts-import", str(path), "quickly")
        self.assertEqual(len(c.ctl("contacts")["contacts"]), 2)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Two newcomers, from the first start to the end of their first call, by what a screen reader is told alone: roles,
names and states. Counts the clicks, and fails on any control without a name."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from foyer_programs import wait_until  # noqa: E402
from window_programs import BusError, Theatre, missing  # noqa: E402

BIN = sys.argv.pop(1)
# What only holds others together.
CONTAINERS = {"application", "filler", "panel", "layered pane", "invalid"}
CLICKS_TO_A_CALL = 2
CLICKS_TO_ANOTHER_MICROPHONE = 2


class Newcomer:
    """Somebody at a window of a fresh profile."""

    def __init__(self, test, theatre, name, left):
        """`left`: pixels from the screen's edge; what another window covers cannot be clicked."""
        self.test, self.theatre = test, theatre
        self.program = theatre.again(name, "--relay", theatre.relay.link, audio_in="default", audio_out="default")
        self.clicks = 0
        self.sees("Enter the lobby", role="push button")
        theatre.desktop.place(theatre.desktop.windows_of(self.program.process)[-1], left, 0, 780, 900)
        theatre.screen.wait_placed(self.program.process, left)

    def click(self, name, **how):
        self.theatre.click(self.program, name, **how)
        self.clicks += 1

    def sees(self, name, **how):
        control = self.theatre.wait_shown(self.program, name, **how)
        self.assert_named()
        return control

    def assert_named(self):
        """Every control that is on the screen has a name."""
        nameless = []
        for control in self.theatre.screen.programs()[self.program.process.pid].walk():
            try:
                if control.role not in CONTAINERS and control.is_usable and not control.name:
                    nameless.append((control.role, control.extents))
            except BusError:
                continue  # gone meanwhile
        self.test.assertEqual(nameless, [])


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class FirstCall(unittest.TestCase):
    def test_newcomers_are_in_a_call_after_two_clicks_each_and_compare_words(self):
        with Theatre(BIN) as theatre:
            caller, callee = Newcomer(self, theatre, "caller", 0), Newcomer(self, theatre, "callee", 800)
            for person in (caller, callee):
                person.click("Enter the lobby")
                person.sees("Copy the relay’s link", role="push button")  # the last control to come
            names = {person: person.program.ctl("identity")["alias"] for person in (caller, callee)}
            caller.sees(f"Call {names[callee]}", role="push button", prefix=True)
            caller.click(f"Call {names[callee]}", prefix=True)
            callee.sees("Accept", role="push button")
            callee.click("Accept")
            for person in (caller, callee):
                person.sees("They match", role="push button")
            self.assertEqual((caller.clicks, callee.clicks), (CLICKS_TO_A_CALL, CLICKS_TO_A_CALL))
            call = caller.program.ctl("status")["calls"][0]["call"]
            self.assertEqual(caller.program.ctl("sas", call)["digits"], callee.program.ctl("sas", call)["digits"])
            for person, other in ((caller, callee), (callee, caller)):
                person.click("They match")
                wait_until(lambda p=person: p.program.ctl("sas", call)["verified"], "the words are confirmed")
            for person, other in ((caller, callee), (callee, caller)):
                person.sees("Both confirmed")
            before = caller.clicks
            caller.click("Devices")
            caller.click("Microphone B")
            self.assertEqual(caller.clicks - before, CLICKS_TO_ANOTHER_MICROPHONE)
            wait_until(lambda: [d["label"] for d in caller.program.ctl("devices")["inputs"] if d["current"]] == ["Microphone B"],
                       "the other microphone is in use")
            caller.assert_named()
            callee.click("End call")
            for person in (caller, callee):
                person.sees("Copy the relay’s link", role="push button")
            lobby = {p["fingerprint"]: p for p in caller.program.ctl("lobby")["people"]}
            self.assertTrue(lobby[callee.program.ctl("identity")["fingerprint"]]["verified"])
            self.assert_passphrase_is_kept(caller)
            for person in (caller, callee):
                self.assertEqual(person.program.stop(), 0, person.program.output())

    def assert_passphrase_is_kept(self, person):
        """Its field has a name, and gives nobody on the accessibility bus a text to read."""
        desktop = person.theatre.desktop
        desktop.run(["xdotool", "windowfocus", "--sync", desktop.windows_of(person.program.process)[-1]])
        desktop.run(["xdotool", "key", "ctrl+comma"])
        for name in ("Back up your identity", "Encrypted file"):
            person.click(name)
        for name in ("Passphrase", "Repeat the passphrase"):
            field = person.sees(name, role="text")
            self.assertEqual([i for i in field.call("org.a11y.atspi.Accessible", "GetInterfaces")[0]
                              if i.endswith(("Text", "Value"))], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)

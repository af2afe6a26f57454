"""Real programs on several relays: which one a call goes through, leaving one, and coming in by an invite."""
import json
import sys
import tempfile
import unittest

from foyer_programs import ControlError, Foyer, wait_until

BIN_DIR = sys.argv[1]


def relay_of(link):
    return link.split("#")[1]


class RelaysTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="foyer-relays-")
        self.addCleanup(self.folder.cleanup)

    def start(self, name, *arguments):
        foyer = Foyer(BIN_DIR, self.folder.name, name, *arguments)
        self.addCleanup(foyer.stop)
        return foyer

    def on(self, foyer, *relays):
        """The person is connected to all of these."""
        def are_there():
            up = {r["fingerprint"] for r in foyer.ctl("relays")["relays"] if r["state"] == "connected"}
            return up >= set(relays)
        wait_until(are_there, "to be on the relays")

    def refused(self, foyer, code):
        """The relay that it wants does not let it in, and says why."""
        def why():
            fault = foyer.ctl("relays")["relays"][0]["fault"]
            return fault and fault["code"] == code
        wait_until(why, code)

    def test_the_order_is_obeyed_kept_and_a_relay_is_forgotten(self):
        a, b = self.start("a", "--host-relay"), self.start("b", "--host-relay")
        a.wait_connected(), b.wait_connected()
        one, two = a.ctl("relay-status")["link"], b.ctl("relay-status")["link"]
        a.ctl("connect", two)
        b.ctl("connect", one)
        first, second = relay_of(one), relay_of(two)
        for foyer in (a, b):
            self.on(foyer, first, second)
        who = b.ctl("identity")["fingerprint"]
        wait_until(lambda: len(a.wait_person(who)["relays"]) == 2, "to see them on both")
        self.assertEqual([r["fingerprint"] for r in a.ctl("relays")["relays"]], [first, second])

        def through(foyer):
            call = foyer.ctl("call", who)["call"]
            relay = b.wait_call(call, "ringing")["relay"]
            foyer.ctl("hangup", call)
            b.wait_call(call, "ended")
            return relay

        self.assertEqual(through(a), first)
        self.assertEqual(a.ctl("relay-move", second, "up"), {"relays": [second, first]})
        self.assertEqual(through(a), second)
        with self.assertRaises(ControlError) as caught:
            a.ctl("relay-move", "00" * 16, "up")
        self.assertEqual(caught.exception.error["code"], "unknown_relay")
        self.assertEqual(a.ctl("relay-forget", second), {"relays": [first]})
        wait_until(lambda: [r["fingerprint"] for r in a.ctl("relays")["relays"]] == [first], "to have left")
        self.assertEqual(a.wait_person(who)["relays"], [first])

    def test_a_link_that_starts_the_program_is_followed_and_remembered(self):
        host = self.start("host", "--host-relay")
        host.wait_connected()
        link = host.ctl("relay-status")["link"]
        guest = self.start("guest", link)
        self.on(guest, relay_of(link))
        guest.ctl("relay-forget", relay_of(link))
        guest.stop()
        again = self.start("guest")
        self.assertEqual(again.ctl("relays")["relays"], [])
        again.stop()
        settings = json.loads((again.home / "profile" / "settings.json").read_text())
        self.assertIn("joined_before", json.dumps(settings), "no newcomer any more, who is led into a relay")

    def test_the_port_is_kept_and_the_log_says_when_it_ran(self):
        a = self.start("a")
        link = a.ctl("relay-start")["link"]
        port = a.ctl("get", "relay_port")["value"]
        self.assertIn(f":{port}", link)
        a.ctl("relay-stop")
        self.assertEqual(a.ctl("relay-start")["link"], link, "what was given away stays good")
        a.ctl("relay-stop")
        other = a.ctl("relay-start", "0")
        self.assertEqual(other["port"], int(a.ctl("get", "relay_port")["value"]))
        a.stop()
        again = self.start("a")
        self.assertEqual(again.ctl("relay-status")["phase"], "idle", "it was not told to start with Foyer")
        self.assertEqual([r["why"] for r in again.ctl("relay-log")["runs"]], ["quit", "stopped", "stopped"])
        self.assertEqual(again.ctl("relay-start")["link"], other["link"])

    def test_who_has_an_invite_comes_in_until_it_is_over_or_taken_back(self):
        host = self.start("host")
        host.ctl("set", "relay_invite_only", "on")
        plain = host.ctl("relay-start")["link"]
        host.wait_connected()
        self.assertNotIn("invite", plain)
        self.assertTrue(host.ctl("relay-status")["asks_invite"])

        stranger = self.start("stranger")
        stranger.ctl("connect", plain)
        self.refused(stranger, "invite_required")

        kept = host.ctl("relay-invite", "3600")
        self.assertIn("invite=", kept["link"])
        guest = self.start("guest")
        guest.ctl("connect", kept["link"])
        guest.wait_connected()
        host.wait_person(guest.ctl("identity")["fingerprint"])
        self.assertTrue(host.ctl("relay-revoke", str(kept["number"]))["revoked"])
        self.assertEqual(host.ctl("relay-invites")["invites"], [])
        stranger.ctl("connect", kept["link"])
        self.refused(stranger, "invite_wrong")
        self.refused(guest, "invite_revoked")
        self.assertEqual(guest.ctl("relays")["relays"][0]["state"], "disconnected", "and does not try again")
        wait_until(lambda: not host.ctl("lobby")["people"], "nobody to be left in the lobby")

        short = host.ctl("relay-invite", "1")
        wait_until(lambda: host.ctl("relay-invites")["invites"][0]["over"], "the invite to be over")
        stranger.ctl("disconnect")
        wait_until(lambda: not stranger.ctl("relays")["relays"], "to have left")
        stranger.ctl("connect", short["link"])
        self.refused(stranger, "invite_wrong")
        # Whoever runs it gets in at any time, also after a restart: the secret is kept.
        endless = host.ctl("relay-invite")
        host.stop()
        again = self.start("host")
        again.ctl("relay-start")
        again.wait_connected()
        self.assertIn(endless["link"], [i["link"] for i in again.ctl("relay-invites")["invites"]])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])

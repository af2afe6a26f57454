#!/usr/bin/env python3
"""The network check and the port at the router: real programs in homes of the laboratory, with miniupnpd and coturn."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import CTL_DEADLINE_S, Stage, wait_until  # noqa: E402
from lab_programs import Laboratory  # noqa: E402

BIN = sys.argv.pop(1)
CALLS_WORK, CALLS_DO_NOT_WORK = 0, 3
# Sends everybody to a page of its own, whatever they say, until it is ended.
PORTAL = r'''
import socketserver

class Page(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(4096)
        self.request.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n")

with socketserver.ThreadingTCPServer(("0.0.0.0", 0), Page) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
'''


class NetworkCheck(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = cls.enterClassContext(Laboratory(BIN, "pcp=port-restricted,pmp", "igd=symmetric-random,upnp",
                                                   "plain=port-restricted", "random=symmetric-random",
                                                   "blocked=udp-blocked", options=("--relay-option=--tcp=443",)))
        cls.stun = cls.lab.told["turn"]["stun"]

    def person(self, stage, host):
        program = stage.foyer(host, "--relay", self.lab.relay_link, network=self.lab.network(host))
        program.ctl("set", "stun_servers", self.stun)
        program.wait_connected()
        return program

    def headless(self, host, *words, link=None):
        """The program that checks and ends; its exit code and what it said."""
        with tempfile.TemporaryDirectory(prefix="foyer-netcheck-") as folder:
            done = subprocess.run(["nsenter", f"--net={self.lab.network(host)}", f"{BIN}/foyer", "--headless", "--data-dir", folder,
                                   "--audio-in", "null", "--audio-out", "null", "--relay", link or self.lab.relay_link, "netcheck", *words],
                                  capture_output=True, text=True, timeout=CTL_DEADLINE_S, check=False)
        return done.returncode, done.stdout + done.stderr

    def opened(self, host, state="open"):
        """The mapping of that home's program once it is in that state."""
        return wait_until(lambda: (m := host.ctl("netcheck", "--json", "--last")["mapping"]["ipv4"])["state"] == state and m,
                          f"port {state}")

    def ports(self, home):
        """How many ports the home's router has open."""
        router = self.lab.homes[home]["routers"][0]["network"]
        rules = subprocess.run(["nsenter", f"--net={router}", "nft", "list", "ruleset"], capture_output=True, text=True, check=True)
        return sum(" dnat ip to " in line for line in rules.stdout.splitlines())

    def test_a_router_that_opens_a_port_is_found_and_told_to_forget(self):
        with Stage(BIN) as stage:
            home = self.person(stage, "pcp")
            mapping = self.opened(home)
            self.assertEqual((mapping["way"], mapping["behind_another"]), ("pcp", False))
            found = home.ctl("netcheck", "--json")
            self.assertEqual(found["problem"], "none")
            report = found["report"]
            self.assertEqual((report["udp"], report["ipv4"], report["translated"]), ("yes", "yes", "yes"))
            self.assertEqual(report["mapping"], "endpoint_independent")
            self.assertEqual(report["observers_answered"], 2)
            self.assertLessEqual({"port_open", "direct_by_mapping", "nothing_to_do"}, set(found["codes"]))
            self.assertTrue(found["mapping"]["ipv4"]["verified"], found)
            # Addresses are told to who asks for them.
            outside = self.lab.homes["pcp"]["outside"][0]
            self.assertNotIn(outside, json.dumps(found))
            asked = home.ctl("netcheck", "--json", "--addresses")
            self.assertTrue(asked["mapping"]["ipv4"]["external"].startswith(outside + ":"))
            self.assertTrue(asked["addresses"]["ipv4"].startswith(outside + ":"))
            self.assertEqual(self.ports("pcp"), 1)
            self.assertEqual(home.stop(), 0)
            self.assertEqual(self.ports("pcp"), 0)

    def test_the_mapped_address_is_offered_and_makes_a_hard_pair_direct(self):
        with Stage(BIN) as stage:
            mapped, hard = self.person(stage, "igd"), self.person(stage, "random")
            self.assertEqual(self.opened(mapped)["way"], "upnp")
            target = mapped.ctl("identity")["fingerprint"]
            hard.wait_person(target)
            call = hard.ctl("call", target, "trusted")["call"]
            mapped.wait_call(call, "ringing")
            mapped.ctl("answer", call, "trusted")
            for side in (hard, mapped):
                wait_until(lambda: side.ctl("stats", call)["path"] == "direct_ipv4", "the direct way")
            offered = [row for row in mapped.ctl("stats", call)["path_record"] if row["step"] == "offered"]
            self.assertIn("mapped", [row["kind"] for row in offered])
            # Switched off the router forgets at once, and the call goes on.
            mapped.ctl("set", "port_mapping", "off")
            self.opened(mapped, "off")
            wait_until(lambda: self.ports("igd") == 0, "the port closed")
            self.assertEqual(mapped.call_state(call)["state"], "active")

    def test_nats_are_told_apart(self):
        with Stage(BIN) as stage:
            plain, hard = self.person(stage, "plain"), self.person(stage, "random")
            one = plain.ctl("netcheck", "--json")
            self.assertEqual((one["report"]["mapping"], one["report"]["filtering"], one["outlook"]),
                             ("endpoint_independent", "address_and_port_dependent", "direct_with_most"))
            two = hard.ctl("netcheck", "--json")
            self.assertEqual((two["report"]["mapping"], two["report"]["port_allocation"], two["outlook"]),
                             ("address_and_port_dependent", "random", "direct_with_easy"))
            said = subprocess.run([f"{BIN}/foyerctl", "--socket", plain.socket, "netcheck"], capture_output=True, text=True,
                                  timeout=CTL_DEADLINE_S, check=True).stdout
            for heading in ("What was found\n", "What it means for calls\n", "What you can do\n"):
                self.assertIn(heading, said)

    def test_without_a_window_it_says_what_it_found_and_ends(self):
        code, said = self.headless("plain")
        self.assertEqual(code, CALLS_WORK, said)
        self.assertIn("What was found\n  UDP works", said)
        self.assertIn("Only one observer answered", said)
        code, said = self.headless("blocked", "--json")
        found = json.loads(said)
        self.assertEqual((code, found["problem"], found["report"]["udp"]), (CALLS_WORK, "udp_blocked", "no"), said)
        self.assertEqual((found["outlook"], found["relays_connected"]), ("relay_over_tcp", 1))
        # A relay that is nowhere.
        nowhere = re.sub(r"//relay/[^?#]*", "//relay/5.99.0.1:4433", self.lab.relay_link)
        code, said = self.headless("plain", "--json", link=nowhere)
        found = json.loads(said)
        self.assertEqual((code, found["problem"], found["relays_connected"]), (CALLS_DO_NOT_WORK, "nothing_answers", 0), said)

    def test_a_network_that_wants_a_page_visited_first_is_told_from_one_that_is_cut_off(self):
        router = self.lab.homes["blocked"]["routers"][0]["network"]
        inside = ["nsenter", f"--net={router}"]
        portal = self.enterContext(subprocess.Popen([*inside, sys.executable, "-c", PORTAL], stdout=subprocess.PIPE, text=True))
        self.addCleanup(portal.kill)
        port = int(portal.stdout.readline())
        rules = f"table ip portal {{ chain before {{ type nat hook prerouting priority -110; iifname \"lan\" tcp dport 443 redirect to :{port}; }}; }}"
        subprocess.run([*inside, "nft", rules], check=True)
        self.addCleanup(subprocess.run, [*inside, "nft", "delete table ip portal"], check=True)
        code, said = self.headless("blocked", "--json")
        found = json.loads(said)
        self.assertEqual((code, found["problem"], found["relays_connected"]), (CALLS_DO_NOT_WORK, "captive", 0), said)
        self.assertLessEqual({"stranger_answers", "sign_in"}, set(found["codes"]))


if __name__ == "__main__":
    unittest.main()

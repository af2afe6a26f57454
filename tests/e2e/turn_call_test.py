#!/usr/bin/env python3
"""Calls whose only direct way is a TURN server, with real programs, a real coturn and real NATs; and where its password stands."""

import json
import os
import pathlib
import secrets
import shutil
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import ControlError, wait_until  # noqa: E402
from lab_programs import PATIENCE_S, Control, deadline  # noqa: E402
from nat_pairs import Town  # noqa: E402

BIN = sys.argv.pop(1)
# Each NAT takes another random port for every remote: these two cannot meet by themselves.
HOMES = ["a=symmetric-random", "b=symmetric-random"]
ALLOCATED_WITHIN_S = 10
HELD_PACKETS = 150
REST_PORT = 3479
RELAY_PORT = 4434
REALM = "foyer.test"


def ctl(person, secret, *words):
    """As `foyerctl`, with the secret on its standard input."""
    program = person.program
    done = subprocess.run([str(program.bin_dir / "foyerctl"), "--socket", program.socket, *words], input=secret + "\n",
                          capture_output=True, text=True, timeout=40, env=program.environment)
    answer = json.loads(done.stdout)
    if done.returncode != 0:
        raise ControlError(answer["error"])
    return answer


def servers(person):
    return person.ask("turn-list")["servers"]


def listens(network, port):
    """By TCP; coturn opens both."""
    table = subprocess.run(["nsenter", f"--net={network}", "cat", "/proc/net/tcp"], capture_output=True, text=True, check=True).stdout
    return f":{port:04X} 00000000:0000 0A" in table


def command_lines():
    """Of every program of this machine."""
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield (entry / "cmdline").read_bytes()
            except OSError:
                continue


class TurnTown(unittest.TestCase):
    """Two people who cannot meet, and a TURN server."""

    def build(self):
        """A town for this test alone."""
        return self.enterContext(Town(BIN, HOMES, ("a", "b")))

    def setUp(self):
        self.town = self.build()
        self.a, self.b = self.town.people["a"], self.town.people["b"]
        turn = self.town.laboratory.told["turn"]
        self.link, self.link_tcp = turn["link"], turn["link_tcp"]
        self.user, self.password = pathlib.Path(turn["credentials"]).read_text().split()

    def connect(self):
        for person in (self.a, self.b):
            wait_until(person.is_connected, "the relay is reached")

    def call(self, mode="trusted"):
        """The id of a call that was answered, and when. Strangers on a relay of others are private by themselves."""
        for _ in deadline(PATIENCE_S, "the two see each other"):
            if self.a.sees(self.b) and self.b.sees(self.a):
                break
        call = self.a.ask("call", self.b.fingerprint, mode)["call"]
        for _ in deadline(PATIENCE_S, "b rings"):
            if self.b.call_state(call) == "ringing":
                break
        answered = time.monotonic()
        self.b.ask("answer", call, mode)
        return call, answered

    def assert_talk(self, call):
        """Sound goes on both ways."""
        sides = (self.a, self.b)
        before = [side.stats(call)["rx"]["packets"] for side in sides]
        for _ in deadline(PATIENCE_S, "sound both ways"):
            if all(side.stats(call)["rx"]["packets"] >= n + HELD_PACKETS for side, n in zip(sides, before)):
                return

    def wait_path(self, call, path):
        def found():
            return f"both by {path}: " + json.dumps([
                {"path": s.stats(call)["path"], "reason": s.stats(call)["path_reason"], "record": s.stats(call)["path_record"], "servers": servers(s)} for s in (self.a, self.b)])

        for _ in deadline(PATIENCE_S, found):
            if all(side.stats(call)["path"] == path for side in (self.a, self.b)):
                return


class ByTurn(TurnTown):
    """One town for all of them: to build one takes five seconds. Each test begins without servers and calls."""

    @classmethod
    def setUpClass(cls):
        cls.one_town = cls.enterClassContext(Town(BIN, HOMES, ("a", "b")))

    def build(self):
        return self.one_town

    def setUp(self):
        super().setUp()
        for person in (self.a, self.b):
            for call in person.ask("status")["calls"]:
                if call["state"] != "ended":
                    person.ask("hangup", call["call"])
            for server in servers(person):
                person.ask("turn-remove", server["link"])

    def test_one_server_of_one_side_is_enough_and_is_given_back(self):
        self.connect()
        for link in (self.link, self.link_tcp):
            with self.subTest(link=link):
                added = ctl(self.a, self.password, "turn", "add", link, "--user", self.user)
                self.assertTrue(added["has_password"])
                self.assertFalse(added["in_use"], "no call, no address")
                call, _ = self.call()
                self.wait_path(call, "turn")
                self.assertTrue(servers(self.a)[0]["in_use"])
                self.assert_talk(call)
                self.town.end("a", "b", call)
                wait_until(lambda: not servers(self.a)[0]["in_use"], "the address is given back")
                self.a.ask("turn-remove", link)
                self.assertEqual(servers(self.a), [])

    def test_a_private_call_asks_no_server(self):
        self.connect()
        ctl(self.a, self.password, "turn", "add", self.link, "--user", self.user)
        call, _ = self.call("private")
        self.assert_talk(call)
        for side in (self.a, self.b):
            self.assertEqual(side.stats(call)["path"], "relay")
        self.assertFalse(servers(self.a)[0]["in_use"])
        self.town.end("a", "b", call)

    def test_a_server_that_refuses_leaves_the_call_on_its_relay_and_says_why(self):
        self.connect()
        ctl(self.a, "not the password", "turn", "add", self.link, "--user", self.user)
        call, _ = self.call()
        wait_until(lambda: servers(self.a)[0]["fault"], "the fault is told", ALLOCATED_WITHIN_S)
        self.assertEqual((servers(self.a)[0]["fault"]["stage"], servers(self.a)[0]["fault"]["code"]),
                         ("turn_allocate", "wrong_credentials"))
        self.assert_talk(call)
        for side in (self.a, self.b):
            self.assertEqual(side.stats(call)["path"], "relay")
        # The right password, while they speak: the same call goes on by it.
        ctl(self.a, self.password, "turn", "add", self.link, "--user", self.user)
        self.wait_path(call, "turn")
        self.assert_talk(call)
        self.town.end("a", "b", call)

    def test_a_server_is_tested_without_being_kept(self):
        self.connect()
        good = ctl(self.a, self.password, "turn", "test", self.link, "--user", self.user)
        self.assertTrue(good["usable"])
        self.assertIsNone(good["fault"])
        self.assertIsNone(good["words"])
        self.assertGreater(good["rtt_ms"], 0)
        self.assertEqual(servers(self.a), [])
        for words, stage, code in (
                ((self.link, "--user", "nobody"), "turn_allocate", "wrong_credentials"),
                ((self.link_tcp, "--user", "nobody"), "turn_allocate", "wrong_credentials"),
                (("turn:5.2.0.2:9?transport=tcp", "--user", "nobody"), "turn_connect", "refused"),
                # Its plain port: it hangs up on words of TLS.
                (("turns:5.2.0.2:3478", "--user", "nobody"), "turn_connect", None),
                (("turn:nowhere.invalid", "--user", "nobody"), "resolve", None)):
            with self.subTest(words=words):
                bad = ctl(self.a, self.password, "turn", "test", *words)
                self.assertFalse(bad["usable"])
                self.assertEqual(bad["fault"]["stage"], stage)
                if code:
                    self.assertEqual(bad["fault"]["code"], code)
                self.assertRegex(bad["words"], r"^[A-Z].*\. .*\.$", "what happened, and what to do")
        with self.assertRaises(ControlError) as refused:
            ctl(self.a, "", "turn", "test", self.link)
        self.assertEqual(refused.exception.error["code"], "no_user")
        # A kept one is tested with what is kept.
        ctl(self.a, self.password, "turn", "add", self.link, "--user", self.user)
        self.assertTrue(self.a.ask("turn-test", self.link)["usable"])

    def test_the_password_stands_in_the_key_store_and_nowhere_else(self):
        self.connect()
        ctl(self.a, self.password, "turn", "add", self.link, "--user", self.user)
        ctl(self.a, self.password, "turn", "test", self.link, "--user", self.user)
        call, _ = self.call()
        self.wait_path(call, "turn")
        self.assertNotIn(self.password.encode(), b"\n".join(command_lines()))
        bundle = self.town.stage.home / "bundle.json"
        self.a.ask("export", str(bundle))
        said = json.dumps([self.a.ask("turn-list"), self.a.ask("status"), self.a.stats(call)])
        self.town.end("a", "b", call)
        self.assertNotIn(self.password, said)
        for text in (self.password, self.user, "5.2.0.2"):
            self.assertNotIn(text, bundle.read_text(), "the bundle")
        profile = self.a.program.home / "profile"
        holding = [path.name for path in profile.rglob("*") if path.is_file() and self.password.encode() in path.read_bytes()]
        # Without a key ring: one file that its owner alone can read.
        self.assertEqual(len(holding), 1, holding)
        self.assertRegex(holding[0], r"^turn-[0-9a-f]{32}\.password$")
        self.assertEqual((profile / holding[0]).stat().st_mode & 0o777, 0o600)
        for path in (profile / "events.jsonl", self.a.program.home / "log.txt"):
            for text in (self.password, self.user):
                self.assertNotIn(text, path.read_text(errors="replace"), path.name)
        self.a.ask("turn-remove", self.link)
        self.assertEqual(list(profile.glob("turn-*")), [])

    def test_it_is_kept_over_a_restart(self):
        self.connect()
        ctl(self.a, self.password, "turn", "add", self.link, "--user", self.user)
        self.a.close()
        self.a.program.stop()
        self.a.program.log = open(self.a.program.home / "log.txt", "ab")
        self.a.program.start()
        self.a._control = Control(self.a.program.socket)
        self.a.ask = self.a._control.ask
        self.assertTrue(servers(self.a)[0]["has_password"])
        self.connect()
        call, _ = self.call()
        self.wait_path(call, "turn")
        self.town.end("a", "b", call)


class HandedOutByTheRelay(TurnTown):
    """An operator with a relay and a coturn that share a secret; the people know only the relay."""

    def setUp(self):
        super().setUp()
        self.folder = self.town.stage.home / "operator"
        self.folder.mkdir()
        self.secret = secrets.token_urlsafe(24)
        self.running = []
        self.addCleanup(self.end_all)
        self.start_turn()

    def end_all(self):
        for process in self.running:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()

    def start(self, network, *command, **options):
        process = subprocess.Popen(["nsenter", f"--net={network}", *command], **options)
        self.running.append(process)
        return process

    def private_file(self, name, text):
        path = self.folder / name
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
            file.write(text)
        return path

    def start_turn(self):
        config = self.private_file("coturn.conf", "\n".join([
            "listening-ip=5.2.0.2", "relay-ip=5.2.0.2", f"listening-port={REST_PORT}", "use-auth-secret",
            f"static-auth-secret={self.secret}", f"realm={REALM}", "no-cli", "no-tls", "no-dtls", "relay-threads=1", "simple-log",
            "no-rfc5780", f"log-file={self.folder}/coturn.log", f"pidfile={self.folder}/coturn.pid", f"userdb={self.folder}/db", ""]))
        network = self.town.laboratory.told["turn"]["network"]
        self.start(network, shutil.which("turnserver"), "-c", str(config), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: listens(network, REST_PORT), "coturn listens")

    def start_relay(self, lifetime_s=600, links=(f"turn:5.2.0.2:{REST_PORT}",)):
        secret = self.private_file("turn-secret", self.secret + "\n")
        config = self.private_file("relay.json", json.dumps({
            "listen": f":{RELAY_PORT}", "data_dir": str(self.folder / "relay"), "mdns": False,
            "turn": {"links": list(links), "secret_file": str(secret), "lifetime_s": lifetime_s}}))
        relay = self.start(self.town.laboratory.told["relay"]["network"], os.path.join(BIN, "foyer-relay"), "--config", str(config),
                           stdout=subprocess.PIPE, text=True)
        said = json.loads(relay.stdout.readline())
        for person in (self.a, self.b):
            person.ask("disconnect")
            wait_until(lambda: not person.is_connected() and not person.ask("lobby")["people"], "the first relay is left")
        for person in (self.a, self.b):
            person.ask("connect", said["link"])
        self.connect()

    def test_nobody_has_set_anything_and_it_is_used(self):
        self.start_relay()
        call, answered = self.call()
        self.wait_path(call, "turn")
        print(f"by a server of the relay's operator {time.monotonic() - answered:.1f} s after the answer")
        given = [server for side in (self.a, self.b) for server in servers(side) if server["in_use"]]
        self.assertTrue(given)
        for server in given:
            self.assertIsNotNone(server["relay"])
            self.assertGreater(server["good_until_ms"], time.time() * 1000 + 500_000)
        self.assert_talk(call)
        self.assertNotIn(self.secret.encode(), b"\n".join(command_lines()))
        self.town.end("a", "b", call)
        for side in (self.a, self.b):
            wait_until(lambda: not any(server["in_use"] for server in servers(side)), "given back")

    def test_who_does_not_want_it_is_not_given_it(self):
        for side in (self.a, self.b):
            side.ask("set", "turn_from_relays", "off")
        self.start_relay()
        call, _ = self.call()
        self.assert_talk(call)
        for side in (self.a, self.b):
            self.assertEqual(servers(side), [])
            self.assertEqual(side.stats(call)["path"], "relay")
        self.town.end("a", "b", call)

    def test_a_relay_that_points_into_other_networks_is_not_followed(self):
        self.start_relay(links=("turn:192.168.1.1:3478", "turn:127.0.0.1:3478?transport=tcp", "turn:5.2.0.2:22?transport=tcp"))
        call, _ = self.call()
        wait_until(lambda: len([s for s in servers(self.a) if s["fault"]]) == 3, "all refused", ALLOCATED_WITHIN_S)
        for server in servers(self.a):
            self.assertEqual((server["fault"]["stage"], server["fault"]["code"]), ("turn_connect", "not_allowed"))
        self.assert_talk(call)
        self.town.end("a", "b", call)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""What goes wrong in the field, done to the real programs: each fault has its stage and code, nothing
is lost that a person would miss, and nothing leaves that they did not send."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import unittest
import wave

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import ControlError, Stage, drained, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"
# Idle time-out of a connection, then the first reconnects.
NOTICED_S = 40


def relay_of(program):
    relays = program.ctl("status")["relays"]
    return relays[0] if relays else None


def wait_relay(program, deadline_s=20.0, **fields):
    """The first relay, once its state or its fault's code is as asked."""

    def holds():
        relay = relay_of(program)
        if relay is None:
            return None
        fault = relay["fault"] or {}
        seen = {"state": relay["state"], "stage": fault.get("stage"), "code": fault.get("code")}
        return relay if all(seen[k] == v for k, v in fields.items()) else None

    return wait_until(holds, f"relay {fields}, it is {relay_of(program)}", deadline_s)


def logged(program):
    """events.jsonl as objects."""
    text = (program.home / "profile" / "events.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def sockets_of(pid):
    """{(protocol, local port)} of a process, by the inodes of its descriptors."""
    inodes = set()
    for descriptor in os.listdir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(f"/proc/{pid}/fd/{descriptor}")
        except FileNotFoundError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    found = set()
    for protocol in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        path = pathlib.Path(f"/proc/{pid}/net/{protocol}")
        if not path.exists():
            continue
        for line in path.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                found.add((protocol, int(fields[1].rsplit(":", 1)[1], 16)))
    return found


class ReachingARelay(unittest.TestCase):
    def test_a_relay_that_does_not_answer_is_unreachable_and_tried_again(self):
        with Stage(BIN) as stage, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            a = stage.foyer("a")
            a.ctl("connect", f"foyer://relay/127.0.0.1:{silent.getsockname()[1]}#{'ab' * 16}")
            relay = wait_relay(a, 30, stage="connect", code="unreachable")
            self.assertTrue(relay["fault"]["retryable"])
            self.assertGreaterEqual(relay["attempt"], 1)
            self.assertEqual(a.ctl("status")["relay"], relay["state"])
            self.assertNotEqual(relay["state"], "connected")
            a.wait_event("relay:lost", code="unreachable")
            with self.assertRaises(ControlError) as refused:
                a.ctl("call", "cd" * 16)
            self.assertEqual(refused.exception.error["code"], "relay_not_connected")

    def test_a_relay_that_wants_an_invite_says_so_and_a_wrong_one_is_wrong(self):
        token = "Tr0ub4dor-and-3-horses"
        with Stage(BIN) as stage:
            relay = stage.relay(environment={"FOYER_RELAY_INVITE": token})
            bare = relay.link.split("?")[0].split("#")[0]
            a = stage.foyer("a")
            a.ctl("connect", f"{bare}#{relay.fingerprint}")
            shown = wait_relay(a, stage="admission", code="invite_required")
            self.assertFalse(shown["fault"]["retryable"])
            a.ctl("connect", f"{bare}?invite=wrong-{token}#{relay.fingerprint}")
            wait_relay(a, stage="admission", code="invite_wrong")
            a.ctl("connect", f"{bare}?invite={token}#{relay.fingerprint}")
            a.wait_connected()
            self.assertIsNone(relay_of(a)["fault"])
            self.assertEqual(a.stop(), 0)
            for path in (a.home).rglob("*"):
                if path.name.startswith("invite-"):
                    # Where it is kept when there is no key ring, as the seed is.
                    self.assertEqual(path.stat().st_mode & 0o777, 0o600)
                elif path.is_file():
                    self.assertNotIn(token.encode(), path.read_bytes(), path)

    def test_another_relay_on_the_same_port_gets_nothing_and_is_shown(self):
        with Stage(BIN) as stage:
            first = stage.relay(name="first")
            a = stage.foyer("a", "--relay", first.link)
            a.wait_connected()
            first.stop(signal.SIGKILL)
            second = stage.relay(name="second", port=first.port)
            changed = wait_relay(a, NOTICED_S, state="key_changed", stage="connect", code="wrong_key")
            self.assertEqual(changed["changed_to"], second.fingerprint)
            self.assertEqual(changed["fingerprint"], first.fingerprint)
            self.assertFalse(changed["fault"]["retryable"])
            with self.assertRaises(ControlError) as refused:
                a.ctl("call", "cd" * 16)
            self.assertEqual(refused.exception.error["code"], "relay_not_connected")
            self.assertEqual(a.ctl("lobby")["people"], [])
            # Nobody else sees this client there either, and the stored key is the old one (B-46).
            b = stage.foyer("b", "--relay", second.link)
            b.wait_connected()
            self.assertEqual(b.ctl("lobby")["people"], [])
            self.assertEqual(a.stop(), 0)
            again = stage.foyer("a")
            wait_relay(again, state="key_changed")
            self.assertEqual(relay_of(again)["fingerprint"], first.fingerprint)

    def test_a_copy_of_the_profile_takes_over_and_the_older_one_is_told(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            maker = stage.foyer("a", "--relay", relay.link)
            maker.wait_connected()
            self.assertEqual(maker.stop(), 0)
            shutil.copytree(stage.home / "a" / "profile", stage.home / "copy" / "profile")
            older = stage.foyer("a")
            older.wait_connected()
            newer = stage.foyer("copy")
            newer.wait_connected()
            self.assertEqual(newer.ctl("identity")["fingerprint"], older.ctl("identity")["fingerprint"])
            told = wait_relay(older, state="replaced", stage="connection", code="replaced")
            self.assertFalse(told["fault"]["retryable"])
            older.wait_event("relay:replaced")
            self.assertEqual(relay_of(newer)["state"], "connected")


class TheRelayHere(unittest.TestCase):
    def test_a_port_that_is_taken_is_named(self):
        with Stage(BIN) as stage, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as other:
            other.bind(("::", 0))
            port = str(other.getsockname()[1])
            a = stage.foyer("a")
            with self.assertRaises(ControlError) as refused:
                a.ctl("relay-start", port)
            self.assertEqual(refused.exception.error["stage"], "binding")
            self.assertEqual(refused.exception.error["code"], "port_taken")
            self.assertTrue(refused.exception.error["retryable"])
            status = a.ctl("relay-status")
            self.assertEqual(status["phase"], "error")
            self.assertEqual(status["fault"]["code"], "port_taken")
            a.wait_event("relay_host:phase", phase="error", stage="binding", code="port_taken")
            # Another port, and it serves.
            self.assertEqual(a.ctl("relay-start")["phase"], "serving")
            relay = stage.relay(name="alone")
            with self.assertRaises(ControlError) as alone:
                stage.relay(name="second", port=relay.port)
            self.assertEqual(alone.exception.error["code"], "port_taken")

    def test_no_fixed_port_and_no_tcp_is_open_by_default(self):
        low, high = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            start_call(a, b)
            ports = {}
            for side in (a, b):
                found = sockets_of(side.process.pid)
                self.assertTrue(found)
                for protocol, port in found:
                    self.assertIn(protocol, ("udp", "udp6"))
                    self.assertTrue(low <= port <= high, (protocol, port))
                ports[side] = {port for _, port in found}
            self.assertFalse(ports[a] & ports[b])
            before = sockets_of(a.process.pid)
            link = a.ctl("relay-start")["link"]
            served = int(re.search(r":(\d+)[#?,]", link).group(1))
            more = sockets_of(a.process.pid) - before
            self.assertIn(served, {port for _, port in more})
            self.assertTrue(all(protocol.startswith("udp") for protocol, _ in more))


class TheProfile(unittest.TestCase):
    def refused(self, stage, command_prefix, data_dir):
        done = subprocess.run([*command_prefix, str(pathlib.Path(BIN) / "foyer"), "--headless", "--data-dir", str(data_dir),
                               "--control", str(stage.home / "never.sock"), "--audio-in", "null", "--audio-out", "null"],
                              capture_output=True, text=True, timeout=20,
                              env=dict(os.environ, FOYER_KEYRING="off", XDG_RUNTIME_DIR=str(stage.home)))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertFalse((stage.home / "never.sock").exists())
        return json.loads([line for line in done.stderr.splitlines() if line.startswith('{"error"')][0])["error"]

    def test_a_profile_that_cannot_be_written_is_refused_by_name(self):
        with Stage(BIN) as stage:
            (stage.home / "file").write_text("not a folder")
            error = self.refused(stage, [], stage.home / "file" / "profile")
            self.assertEqual((error["stage"], error["code"]), ("profile", "unwritable"))

    def test_a_full_disk_is_named_and_nothing_is_lost(self):
        with Stage(BIN) as stage:
            disk = stage.home / "disk"
            disk.mkdir()
            tried = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(disk)], capture_output=True)
            if tried.returncode != 0:
                self.skipTest("no small disk can be mounted here")
            script = (f'mount -t tmpfs -o size=64k none "{disk}" && head -c 60k /dev/zero > "{disk}/filler"; exec "$@"')
            error = self.refused(stage, ["unshare", "-rm", "sh", "-c", script, "sh"], disk / "profile")
            self.assertEqual(error["code"], "disk_full", error)

    def test_damaged_settings_and_database_are_kept_aside(self):
        with Stage(BIN) as stage:
            a = stage.foyer("a")
            before = a.ctl("identity")
            a.ctl("set", "theme", "dark")
            self.assertEqual(a.stop(), 0)
            profile = a.home / "profile"
            settings = [p for p in profile.iterdir() if p.name == "settings.json"][0]
            database = [p for p in profile.iterdir() if p.suffix in (".db", ".sqlite")][0]
            for extra in profile.glob(database.name + "-*"):
                extra.unlink()
            broken = {settings: b'{"theme": "da', database: b"this was a database once" * 400}
            for path, content in broken.items():
                path.write_bytes(content)
            again = stage.foyer("a")
            self.assertEqual(again.ctl("identity"), before)
            self.assertEqual(again.ctl("get", "theme").get("value") or "", "")
            again.ctl("set", "theme", "light")
            self.assertEqual(again.stop(), 0)
            codes = {e.get("code") for e in logged(again) if e["event"] == "fault"}
            self.assertLessEqual({"settings_corrupt", "database_corrupt"}, codes)
            for path, content in broken.items():
                kept = [p for p in profile.iterdir() if p.name.startswith(path.name) and p.read_bytes() == content]
                self.assertEqual(len(kept), 1, f"{path.name} is kept aside")
                self.assertNotEqual(path.read_bytes(), content)

    def test_a_second_instance_is_refused_and_the_first_goes_on(self):
        with Stage(BIN) as stage:
            a = stage.foyer("a")
            error = self.refused(stage, [], a.home / "profile")
            self.assertEqual((error["stage"], error["code"]), ("profile", "already_running"))
            self.assertEqual(a.ctl("status")["relay"], "disconnected")


class ACallThatIsWatched(unittest.TestCase):
    def test_sigterm_in_a_call_leaves_a_whole_recording_and_says_goodbye(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            out = stage.home / "b.wav"
            a = stage.foyer("a", "--relay", relay.link, audio_in=f"file:{SPEECH / 'clip_a.wav'}")
            b = stage.foyer("b", "--relay", relay.link, audio_out=f"file:{out}")
            call = start_call(a, b)
            wait_until(lambda: b.ctl("stats", call)["rx"]["packets"] > 150, "three seconds of speech")
            self.assertEqual(b.stop(signal.SIGTERM), 0)
            self.assertEqual(a.wait_call(call, "ended", 5)["reason"], "remote_hangup")
            with wave.open(str(out)) as recording:
                self.assertEqual((recording.getframerate(), recording.getnchannels(), recording.getsampwidth()), (48000, 1, 2))
                self.assertGreater(recording.getnframes(), 2 * 48000)
                self.assertEqual(out.stat().st_size, 44 + 2 * recording.getnframes())
                self.assertTrue(any(recording.readframes(recording.getnframes())))

    def test_events_are_a_stream_in_order(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            call = start_call(a, b)
            b.ctl("hangup", call)
            a.wait_call(call, "ended")
            wait_until(lambda: any(e["event"] == "call:ended" for e in list(a.events.queue)), "the end told")
            events = drained(a)
            self.assertEqual([e["event"] for e in events if e.get("call") == call and e["event"].startswith("call:")],
                             ["call:calling", "call:ringing", "call:securing", "call:active", "call:ended"])
            for event in events:
                self.assertIsInstance(event["time_ms"], int)
            sequence = [e["seq"] for e in events]
            self.assertEqual(sequence, sorted(set(sequence)))
            times = [e["time_ms"] for e in events]
            self.assertEqual(times, sorted(times))
            ended = events[[e["event"] for e in events].index("call:ended")]
            self.assertEqual((ended["direction"], ended["reason"]), ("outgoing", "remote_hangup"))

    def test_bundle_and_logs_hold_nothing_that_names_anybody(self):
        token = "a-token-that-nobody-should-see"
        with Stage(BIN) as stage:
            relay = stage.relay(environment={"FOYER_RELAY_INVITE": token})
            link = relay.link if "invite=" in relay.link else relay.link.replace("#", f"?invite={token}#")
            a, b = stage.foyer("a"), stage.foyer("b")
            names = {a: "Wilhelmina Rübezahl", b: "Оксана-Квітка"}
            for side, name in names.items():
                side.ctl("set", "alias", name)
                side.ctl("connect", link)
            # Faults carry details; those must be clean too.
            with self.assertRaises(ControlError):
                a.ctl("connect", "foyer://relay/192.0.2.77:99999#" + "cd" * 16)
            a.wait_connected(), b.wait_connected()
            secrets = [token, *names.values(), "Wilhelmina", "Квітка", relay.fingerprint, str(stage.home)]
            secrets += [side.ctl("identity")["fingerprint"] for side in (a, b)]
            call = start_call(a, b)
            wait_until(lambda: a.ctl("stats", call)["rx"]["packets"] > 50, "a second of call")
            a.ctl("verify", call, "yes")
            secrets += [a.ctl("sas", call)["digits"], call]
            bundles = {}
            for moment in ("call", "after"):
                for side in (a, b):
                    path = stage.home / f"bundle-{side.home.name}-{moment}.json"
                    side.ctl("export", str(path))
                    bundles[path] = path.read_text()
                    json.loads(bundles[path])
                if moment == "call":
                    relay.stop(signal.SIGKILL)  # a transport fault gets into the log as well
                    a.ctl("hangup", call)
            self.assertEqual(a.stop(), 0)
            self.assertEqual(b.stop(), 0)
            for side in (a, b):
                for path in (side.home / "profile" / "events.jsonl", side.home / "log.txt"):
                    bundles[path] = path.read_text()
                self.assertIn("call:active", bundles[side.home / "profile" / "events.jsonl"])
            addresses = re.compile(r"(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])|\[?[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}\]?:\d+|fe80:")
            for path, text in bundles.items():
                for secret in secrets:
                    self.assertNotIn(secret, text, path)
                found = addresses.search(text)
                self.assertIsNone(found, f"{path}: {found}")
                # Keys are 43 characters of base64url or 64 hex digits.
                self.assertIsNone(re.search(r"[0-9A-Za-z_-]{43,}", text), path)


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/env python3
"""An identity leaves one profile and arrives in another, by words and by file, driven by foyerctl; and
the invite of a relay survives a restart."""

import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from foyer_programs import CTL_DEADLINE_S, ControlError, Stage, start_call, wait_until  # noqa: E402

BIN = sys.argv.pop(1)
PASSPHRASE = "six blue doors"
INVITE = "q7Zt1rTokenOfTheRelay0"


def tell(program, secret, *words):
    """foyerctl with `secret` on its standard input."""
    done = subprocess.run([str(program.bin_dir / "foyerctl"), "--socket", program.socket, *words], input=secret,
                          capture_output=True, text=True, timeout=CTL_DEADLINE_S, env=program.environment)
    answer = json.loads(done.stdout)
    if done.returncode != 0:
        raise ControlError(answer["error"])
    return answer


def fingerprint(program):
    return program.ctl("identity")["fingerprint"]


def files_with(folder, needle):
    """The files below `folder` that hold `needle`."""
    return [p.name for p in sorted(folder.rglob("*")) if p.is_file() and needle.encode() in p.read_bytes()]


def restart(program):
    program.stop()
    program.log = open(program.home / "log.txt", "ab")
    os.path.exists(program.socket) and os.unlink(program.socket)
    program.start()


class Refusals(unittest.TestCase):
    def refused(self, code, work, stage="backup"):
        with self.assertRaises(ControlError) as caught:
            work()
        self.assertEqual((caught.exception.error["stage"], caught.exception.error["code"]), (stage, code))
        return caught.exception.error


class IdentityBackup(Refusals):
    def test_words_and_file_bring_the_same_identity_to_another_profile(self):
        with Stage(BIN) as stage:
            a, b, c = (stage.foyer(name) for name in "abc")
            mine = fingerprint(a)
            words = a.ctl("identity-words", "--reveal")["words"]
            self.assertEqual(len(words), 24)
            self.refused("malformed", lambda: a.ctl("identity-words", "--please"), "arguments")

            old = fingerprint(b)
            self.assertNotEqual(old, mine)
            self.assertEqual(tell(b, " ".join(words).upper() + "\n", "identity-restore")["fingerprint"], mine)
            self.assertEqual(fingerprint(b), mine)
            b.wait_event("identity:restored", fingerprint=mine)
            # What was replaced is still there, and says whose it is.
            profile = b.home / "profile"
            record = json.loads((profile / "profile.json.replaced-1").read_text())
            self.assertEqual(record["fingerprint"], old)
            self.assertTrue((profile / "identity.seed.replaced-1").exists())

            file = stage.home / "mine.foyer-backup"
            self.assertEqual(tell(a, PASSPHRASE + "\n", "identity-export", str(file))["path"], str(file))
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
            with tempfile.NamedTemporaryFile("w") as secret:
                secret.write(PASSPHRASE + "\n")
                secret.flush()
                imported = tell(c, "not this", "identity-import", "--secret-file", secret.name, str(file))
            self.assertEqual(imported["fingerprint"], mine)
            for restored in (b, c):
                restart(restored)
                self.assertEqual(fingerprint(restored), mine)
                self.assertEqual(restored.ctl("identity-words", "--reveal")["words"], words)
            # Neither the words nor the passphrase are anywhere on disk.
            for needle in (" ".join(words[:3]), f'"{words[0]}","{words[1]}"', PASSPHRASE):
                self.assertEqual(files_with(stage.home, needle), [])

    def test_everything_that_is_wrong_says_what(self):
        with Stage(BIN) as stage:
            a = stage.foyer("a")
            mine = fingerprint(a)
            words = a.ctl("identity-words", "--reveal")["words"]
            file = stage.home / "mine.foyer-backup"
            tell(a, PASSPHRASE, "identity-export", str(file))

            self.refused("exists", lambda: tell(a, PASSPHRASE, "identity-export", str(file)))
            self.refused("passphrase_short", lambda: tell(a, "short", "identity-export", str(file) + "2"))
            self.refused("not_found", lambda: tell(a, PASSPHRASE, "identity-export", "/nowhere/at/all"))
            self.refused("empty", lambda: tell(a, "", "identity-export", str(file) + "2"), "secret")
            self.refused("wrong_passphrase", lambda: tell(a, "six red doors", "identity-import", str(file)))
            self.refused("not_found", lambda: tell(a, PASSPHRASE, "identity-import", str(file) + "3"))
            damaged = stage.home / "damaged"
            damaged.write_bytes(file.read_bytes()[:-1])
            self.refused("not_a_backup", lambda: tell(a, PASSPHRASE, "identity-import", str(damaged)))

            count = self.refused("wrong_count", lambda: tell(a, " ".join(words[:23]), "identity-restore"))
            self.assertEqual(count["detail"], "23 of 24 words")
            typo = " ".join(words[:6] + ["abandom"] + words[7:])
            self.assertEqual(self.refused("unknown_word", lambda: tell(a, typo, "identity-restore"))["detail"],
                             "word 7: abandom")
            other = "zoo" if words[23] != "zoo" else "abandon"
            self.refused("wrong_checksum", lambda: tell(a, " ".join(words[:23] + [other]), "identity-restore"))
            self.assertEqual(fingerprint(a), mine)
            # What was typed went to the one who typed it and to no event.
            self.assertEqual(files_with(stage.home, "abandom"), [])

    def test_it_goes_on_live_with_the_new_identity_and_asks_before_it_replaces_contacts(self):
        with Stage(BIN) as stage:
            relay = stage.relay()
            a = stage.foyer("a", "--relay", relay.link)
            b = stage.foyer("b", "--relay", relay.link)
            donor = stage.foyer("donor")
            mine, old = fingerprint(donor), fingerprint(a)
            words = " ".join(donor.ctl("identity-words", "--reveal")["words"])
            donor.stop()

            call = start_call(a, b)
            self.refused("in_call", lambda: tell(a, words, "identity-restore", "--replace"))
            a.ctl("hangup", call)
            b.wait_call(call, "ended")
            a.wait_call(call, "ended")
            self.refused("would_replace", lambda: tell(a, words, "identity-restore"))
            self.assertEqual(fingerprint(a), old)
            self.assertEqual(tell(a, words, "identity-restore", "--replace")["fingerprint"], mine)
            a.wait_connected()
            b.wait_person(mine)
            wait_until(lambda: all(p["fingerprint"] != old for p in b.ctl("lobby")["people"]), "the old one gone")
            call = start_call(b, a)
            a.ctl("hangup", call)
            b.wait_call(call, "ended")


class Invite(Refusals):
    def test_the_invite_of_a_relay_survives_a_restart_and_goes_with_the_relay(self):
        with Stage(BIN) as stage:
            config = stage.home / "relay.json"
            config.write_text(json.dumps({"invite_token": INVITE}))
            relay = stage.relay("--config", str(config))
            self.assertIn("invite=" + INVITE, relay.link)
            a = stage.foyer("a")
            a.ctl("connect", relay.link)
            a.wait_connected()
            restart(a)
            a.wait_connected()
            profile = a.home / "profile"
            kept = profile / f"invite-{relay.fingerprint}.token"
            self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
            # Its own place and nowhere else: not the database, the log, the output.
            self.assertEqual(files_with(a.home, INVITE), [kept.name])
            # A link without it does not take it away.
            bare = relay.link.replace("?invite=" + INVITE, "")
            a.ctl("connect", bare)
            restart(a)
            a.wait_connected()

            a.ctl("disconnect", relay.fingerprint)
            wait_until(lambda: not kept.exists(), "the token gone")
            a.ctl("connect", bare)
            refused = a.wait_event("relay:disconnected", stage="admission")
            self.assertEqual(refused["code"], "invite_required")


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The laboratory of namespaces for tests: started by `foyer-lab up`, and programs inside it."""

import contextlib
import json
import pathlib
import signal
import socket
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "app" / "lab" / "laboratory"))

import namespaces  # noqa: E402
from foyer_programs import SLOWDOWN  # noqa: E402

# Reasons why a machine cannot run it; everything else is a failure.
NOT_HERE = {"not_root", "not_permitted", "missing_program"}
PATIENCE_S = 20 * SLOWDOWN


class Laboratory:
    """One `foyer-lab up`; the test is skipped with the reason where a machine cannot have it."""

    def __init__(self, bin_dir, *homes, options=()):
        self.bin_dir = pathlib.Path(bin_dir)
        self.process = subprocess.Popen([str(self.bin_dir / "foyer-lab"), "up", "--json", "--minutes", "10", *options, *homes],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            said = self.process.stderr.read().strip()
            self._close()
            try:
                error = json.loads(said.splitlines()[-1])["error"]
            except (ValueError, IndexError):
                raise AssertionError(f"foyer-lab up: {said}") from None
            if error["code"] in NOT_HERE:
                raise unittest.SkipTest(error["detail"])
            raise AssertionError(f"foyer-lab up: {error}")
        self.told = json.loads(line)
        self.relay_link = self.told["relay"]["link"]
        self.homes = {home["name"]: home for home in self.told["homes"]}
        self.hosts = {host["name"]: host | {"home": home} for home in self.told["homes"] for host in home["hosts"]}

    def network(self, host):
        return self.hosts[host]["network"]

    def udp(self, network, address="0.0.0.0", port=0):
        """A socket in that namespace."""
        with namespaces.inside(network):
            made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        made.bind((address, port))
        made.settimeout(PATIENCE_S)
        return made

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self._close()

    def _close(self):
        try:
            code = self.process.wait(PATIENCE_S)
        finally:
            self.process.stdout.close()
            self.process.stderr.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Control:
    """The control socket of one program, asked without starting foyerctl: an answer takes a millisecond."""

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(path)
        self._socket.settimeout(PATIENCE_S)
        self._lines = self._socket.makefile("rw", encoding="utf-8")
        self._id = 0

    def ask(self, verb, *args, secret=None):
        self._id += 1
        request = {"v": 1, "id": self._id, "verb": verb, "args": list(args)}
        if secret is not None:
            request["secret"] = secret
        self._lines.write(json.dumps(request) + "\n")
        self._lines.flush()
        answer = json.loads(self._lines.readline())
        if "error" in answer:
            raise AssertionError(f"{verb} {args}: {answer['error']}")
        return answer["result"]

    def close(self):
        with contextlib.suppress(OSError):
            self._lines.close()
        self._socket.close()


def deadline(seconds, what):
    """Yields until the time is over, 5 ms apart; then the test has failed. `what` may be a function."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.005)
    raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")

"""One call of real programs to which something is done: how long nothing was heard, and that it never hangs up."""

import contextlib
import socket
import struct
import subprocess
import threading
import time
import unittest

from foyer_programs import SLOWDOWN
from lab_programs import Control, deadline, namespaces
from nat_pairs import RTT_MS, Side, Town, told

WITHIN_S = 20 * SLOWDOWN
# Packets come 20 ms apart and are looked at every 5 ms; the rest is a machine that does something else.
LATE_MS = 60
NETLINK_NETFILTER, CT_DELETE, REQUEST_ACK = 12, 1 << 8 | 2, 5


def flush_connections(network):
    """The router forgets every connection (nfnetlink, IPCTNL_MSG_CT_DELETE without attributes)."""
    with namespaces.inside(network), socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as link:
        link.send(struct.pack("=IHHIIBBH", 20, CT_DELETE, REQUEST_ACK, 1, 0, 0, 0, 0))
        error = struct.unpack_from("=i", link.recv(4096), 16)[0]
        assert error == 0, error


def run_in(network, *command, text=None):
    subprocess.run(["nsenter", f"--net={network}", *command], input=text, text=True, check=True)


class Ear:
    """How long no packet came to one side, at worst since the last question."""

    def __init__(self, person, call):
        self._control, self._call = Control(person.program.socket), call
        self._packets, self._since, self._worst = -1, time.monotonic(), 0.0
        self._lock, self._stops = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self):
        while not self._stops.wait(0.005):
            packets = self._control.ask("stats", self._call)["rx"]["packets"]
            now = time.monotonic()
            with self._lock:
                self._worst = max(self._worst, now - self._since)
                if packets != self._packets:
                    self._packets, self._since = packets, now

    def begin(self):
        with self._lock:
            self._worst = 0.0

    def gap_ms(self):
        with self._lock:
            return 1000 * self._worst

    def close(self):
        self._stops.set()
        self._thread.join()
        self._control.close()


class KeptCall(unittest.TestCase):
    """A direct call from `a` to `b`, in a laboratory of its own; the test that derives from it sets `bin_dir`."""

    bin_dir = None

    @classmethod
    def setUpClass(cls):
        cls.town = cls.enterClassContext(Town(cls.bin_dir, ["a=port-restricted", "b=port-restricted"], ["a", "b"],
                                              ("--rtt", str(RTT_MS)), noise_s=1))
        cls.homes = cls.town.laboratory.homes
        cls.a, cls.b = cls.town.people["a"], cls.town.people["b"]

    def setUp(self):
        self.call, _ = self.town.call("a", "b")
        self.addCleanup(self.town.end, "a", "b", self.call)
        self.wait_path("direct_ipv4")
        self.ears = [Ear(person, self.call) for person in (self.a, self.b)]
        for ear in self.ears:
            self.addCleanup(ear.close)
        self.wait_sound()

    def wait_path(self, path):
        def sides():
            stats = [person.stats(self.call) for person in (self.a, self.b)]
            return f"both by {path}:\n" + told([Side(path=s["path"], reason=s["path_reason"], record=s["path_record"]) for s in stats])

        for _ in deadline(WITHIN_S, sides):
            if all(person.stats(self.call)["path"] == path for person in (self.a, self.b)):
                return

    def wait_sound(self, packets=50):
        """So much more was heard on both sides."""
        before = [person.stats(self.call)["rx"]["packets"] for person in (self.a, self.b)]
        for _ in deadline(WITHIN_S, f"{packets} packets each way"):
            if all(person.stats(self.call)["rx"]["packets"] >= n + packets for person, n in zip((self.a, self.b), before)):
                return

    @contextlib.contextmanager
    def gap(self, most_ms, what):
        for ear in self.ears:
            ear.begin()
        yield
        gaps = [ear.gap_ms() for ear in self.ears]
        print(f"{what}: nothing heard for {gaps[0]:.0f} ms by the caller, {gaps[1]:.0f} ms by the callee, at most {most_ms} wanted", flush=True)
        self.assertLessEqual(max(gaps), (most_ms + LATE_MS) * SLOWDOWN, what)
        for person in (self.a, self.b):
            self.assertEqual(person.call_state(self.call), "active")

    def cut(self, rules):
        """Drops in the middle of the public segment; until heal()."""
        lines = "\n".join(f"    {rule} drop" for rule in rules)
        run_in(self.town.laboratory.told["segment"], "nft", "-f", "-", text=
               f"table inet cut {{\n  chain forward {{\n    type filter hook forward priority 0;\n{lines}\n  }}\n}}\n")

    def heal(self):
        run_in(self.town.laboratory.told["segment"], "nft", "delete", "table", "inet", "cut")

    def between_homes(self):
        a, b = (self.homes[name]["outside"][0] for name in "ab")
        return [f"ip saddr {a} ip daddr {b}", f"ip saddr {b} ip daddr {a}"]

    def to_relay(self):
        return [f"ip {end} {self.town.laboratory.told['relay']['addresses'][0]}" for end in ("saddr", "daddr")]

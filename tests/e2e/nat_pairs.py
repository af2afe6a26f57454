"""Calls between real programs in homes of the laboratory: who heard whom when, and by which way."""

import concurrent.futures
import dataclasses
import pathlib
import random
import tempfile
import time
import wave

from foyer_programs import SLOWDOWN, Stage
from lab_programs import Control, Laboratory, deadline

# Between homes, and between each and the relay.
RTT_MS = 40
HOMES = ["open1=open", "open2=open", "pr1=port-restricted,hosts=2", "pr2=port-restricted",
         "same1=port-restricted,lan=192.168.1", "same2=port-restricted,lan=192.168.1", "double=double-nat",
         "cgn=cgnat+port-restricted", "sym1=symmetric-random", "sym2=symmetric-random", "six=v6-only", "dual=dual-stack",
         "far=port-restricted,delay=60,jitter=10,loss=2"]
# (caller, callee, way)
PAIRS = [
    ("open1", "open2", "direct_ipv4"),
    ("pr1", "pr2", "direct_ipv4"),
    ("pr1", "pr12", "lan"),
    ("same1", "same2", "direct_ipv4"),
    ("double", "pr2", "direct_ipv4"),
    ("cgn", "double", "direct_ipv4"),
    ("sym1", "open1", "direct_ipv4"),
    ("open2", "sym1", "direct_ipv4"),
    ("sym1", "sym2", "relay"),
    ("six", "dual", "direct_ipv6"),
    ("six", "pr2", "relay"),
    ("far", "pr1", "direct_ipv4"),
]

# Noise is sent at about -20 dBFS; silence is -127.
HEARD_DB = -45
NOISE_S = 6
HEARD_WITHIN_S = 15 * SLOWDOWN
DIRECT_WITHIN_S = 20 * SLOWDOWN
STARTED_AT_ONCE = 4
# A call that stays on its relay is watched for so many packets of 20 ms.
HELD_PACKETS = 100


def write_noise(path):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        draw = random.Random(1)
        second = b"".join(draw.randrange(-5000, 5000).to_bytes(2, "little", signed=True) for _ in range(16000))
        file.writeframes(second * NOISE_S)


class Person:
    """One program at a host of the laboratory."""

    def __init__(self, stage, laboratory, host, noise, *arguments):
        self.host = host
        self.program = stage.foyer(host, "--relay", laboratory.relay_link, *arguments, audio_in=f"file:{noise}",
                                   network=laboratory.network(host))
        self._control = Control(self.program.socket)
        self.ask = self._control.ask
        self.ask("set", "direct_calls", "on")
        self.fingerprint = self.ask("identity")["fingerprint"]

    def close(self):
        self._control.close()

    def is_connected(self):
        return self.ask("status")["relay"] == "connected"

    def sees(self, other):
        return any(p["fingerprint"] == other.fingerprint and p["state"] == "available" for p in self.ask("lobby")["people"])

    def call_state(self, call):
        return next((entry["state"] for entry in self.ask("status")["calls"] if entry["call"] == call), None)

    def stats(self, call):
        return self.ask("stats", call)


@dataclasses.dataclass
class Side:
    """What one side of a call noticed; ms from the answer."""
    heard_ms: float | None = None
    way_ms: float | None = None  # since when it goes the expected way
    path: str = ""
    reason: str = ""


class Town:
    """A laboratory with a person at each host that is named; ends all of it."""

    def __init__(self, bin_dir, homes, hosts, options=()):
        self._bin_dir, self._homes, self._hosts, self._options = bin_dir, homes, hosts, options
        self.people = {}

    def __enter__(self):
        self.laboratory = Laboratory(self._bin_dir, *self._homes, options=self._options)
        self.stage = Stage(self._bin_dir)
        try:
            noise = self.stage.home / "noise.wav"
            write_noise(noise)
            with concurrent.futures.ThreadPoolExecutor(STARTED_AT_ONCE) as pool:
                started = [pool.submit(Person, self.stage, self.laboratory, host, noise) for host in self._hosts]
                self.people = {person.host: person for person in (one.result() for one in started)}
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for person in self.people.values():
            person.close()
        self.stage.__exit__()
        self.laboratory.stop()

    def call(self, caller, callee, mode="trusted"):
        """The id of a call that was answered, and when."""
        a, b = self.people[caller], self.people[callee]
        for _ in deadline(HEARD_WITHIN_S, f"{caller} and {callee} see each other"):
            if a.sees(b) and b.sees(a):
                break
        call = a.ask("call", b.fingerprint)["call"]
        for _ in deadline(HEARD_WITHIN_S, f"{callee} rings"):
            if b.call_state(call) == "ringing":
                break
        answered = time.monotonic()
        b.ask("answer", call, mode)
        return call, answered

    def end(self, caller, callee, call):
        self.people[caller].ask("hangup", call)
        for name in (caller, callee):
            for _ in deadline(HEARD_WITHIN_S, f"{name}'s call ends"):
                if self.people[name].call_state(call) in ("ended", None):
                    break

    def run(self, caller, callee, expected, mode="trusted"):
        """A whole call; the sides, caller first. Ends when both heard the other by the expected way; a
        call on the relay is watched a while longer, because it must stay there."""
        call, answered = self.call(caller, callee, mode)
        sides = [(self.people[caller], Side()), (self.people[callee], Side())]
        heard = {}
        within = HEARD_WITHIN_S if expected == "relay" else DIRECT_WITHIN_S
        try:
            for _ in deadline(within, f"{caller} and {callee} hear each other by {expected}; {[side for _, side in sides]}"):
                for person, side in sides:
                    self._look(person, side, call, answered, expected)
                    heard[person.host] = person.stats(call)["rx"]["packets"]
                if all(side.heard_ms is not None and side.way_ms is not None for _, side in sides):
                    break
            if expected == "relay":
                for _ in deadline(within, "sound goes on"):
                    for person, side in sides:
                        self._look(person, side, call, answered, expected)
                    if all(side.path != expected for _, side in sides):
                        break
                    if all(p.stats(call)["rx"]["packets"] >= heard[p.host] + HELD_PACKETS for p, _ in sides):
                        break
        finally:
            self.end(caller, callee, call)
        return [side for _, side in sides]

    @staticmethod
    def _look(person, side, call, answered, expected):
        stats = person.stats(call)
        now = round(1000 * (time.monotonic() - answered), 1)
        side.path, side.reason = stats["path"], stats.get("path_reason", "")
        if side.heard_ms is None and stats["level_out_db"] > HEARD_DB:
            side.heard_ms = now
        if side.path == expected and side.way_ms is None:
            side.way_ms = now
        if side.path != expected:
            side.way_ms = None


def figure(value):
    return "-" if value is None else f"{value:.0f}"


def line(what, caller, callee):
    return (f"{what:52} {caller.path:12} {callee.path:12} {figure(caller.heard_ms):>7} {figure(callee.heard_ms):>7} "
            f"{figure(caller.way_ms):>7} {figure(callee.way_ms):>7}  {caller.reason}")


HEAD = f"{'caller x callee':52} {'caller by':12} {'callee by':12} {'hears':>7} {'hears':>7} {'way':>7} {'way':>7}  (ms from the answer)"

"""Calls between real programs in homes of the laboratory: who heard whom when, and by which way."""

import concurrent.futures
import dataclasses
import pathlib
import random
import time
import wave

from foyer_programs import SLOWDOWN, Stage
from lab_programs import Control, Laboratory, deadline

# Between homes, and between each and the relay.
RTT_MS = 40
HOMES = ["open1=open", "open2=open", "pr1=port-restricted,hosts=2", "pr2=port-restricted",
         "same1=port-restricted,lan=192.168.1", "same2=port-restricted,lan=192.168.1", "double=double-nat",
         "cgn=cgnat+port-restricted", "sym1=symmetric-random", "sym2=symmetric-random", "trn=symmetric-random",
         "seq=symmetric-sequential", "cone=full-cone", "addr=address-restricted",
         "map=symmetric-random,upnp,pmp", "six=v6-only", "dual=dual-stack", "tcp1=udp-blocked", "tcp2=udp-blocked", "low=dual-stack,mtu=1280", "far=port-restricted,delay=60,jitter=10,loss=2"]
# Who has the laboratory's TURN server in their settings.
TURN_USERS = {"trn"}
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
    ("sym1", "cone", "direct_ipv4"),
    ("addr", "sym2", "direct_ipv4"),
    ("sym1", "sym2", "relay"),
    ("seq", "pr2", "direct_ipv4"),
    ("map", "sym1", "direct_ipv4"),
    ("trn", "sym1", "turn"),
    ("six", "dual", "direct_ipv6"),
    ("six", "pr2", "relay"),
    ("low", "dual", "direct_ipv6"),
    ("low", "pr1", "direct_ipv4"),
    ("tcp1", "pr1", "relay"),
    ("tcp1", "tcp2", "relay"),
    ("far", "pr1", "direct_ipv4"),
]

# Ports are guessed, many against many (ADR 0018).
CHANCES = [("sym2", "pr2", "direct_ipv4")]

# Noise is sent at about -20 dBFS; silence is -127.
HEARD_DB = -45
# By itself: longer than it takes to be heard. Longer sound takes longer to load, after the answer.
NOISE_S = 6
HEARD_WITHIN_S = 15 * SLOWDOWN
DIRECT_WITHIN_S = 20 * SLOWDOWN
CHECKED_WITHIN_S = 40 * SLOWDOWN
STARTED_AT_ONCE = 4
# A call that stays on its relay is watched for so many packets of 20 ms.
HELD_PACKETS = 100


def write_noise(path, seconds):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        draw = random.Random(1)
        second = b"".join(draw.randrange(-5000, 5000).to_bytes(2, "little", signed=True) for _ in range(16000))
        file.writeframes(second * seconds)


class Person:
    """One program at a host of the laboratory."""

    def __init__(self, stage, laboratory, host, noise, *arguments):
        self.host = host
        self.program = stage.foyer(host, "--relay", laboratory.relay_link, *arguments, audio_in=f"file:{noise}",
                                   network=laboratory.network(host))
        self._control = Control(self.program.socket)
        self.ask = self._control.ask
        # Several addresses of coturn: what kind of NAT it is shows from two observers on.
        self.ask("set", "stun_servers", ",".join(f"[{a}]:3478" if ":" in a else f"{a}:3478" for a in laboratory.told["turn"]["addresses"]))
        self.fingerprint = self.ask("identity")["fingerprint"]

    def close(self):
        self._control.close()

    def is_connected(self):
        return self.ask("status")["relay"] == "connected"

    def carrier(self):
        """What its packets to the relay go over."""
        return next((relay["carrier"] for relay in self.ask("status")["relays"] if relay["state"] == "connected"), None)

    def knows_its_network(self):
        """The check that runs by itself has ended."""
        return self.ask("netcheck", "--last")["state"] == "done"

    def sees(self, other):
        return any(p["fingerprint"] == other.fingerprint and p["state"] == "available" for p in self.ask("lobby")["people"])

    def call_state(self, call):
        return next((entry["state"] for entry in self.ask("status")["calls"] if entry["call"] == call), None)

    def stats(self, call):
        return self.ask("stats", call, "addresses")


@dataclasses.dataclass
class Side:
    """What one side of a call noticed; ms from the answer."""
    heard_ms: float | None = None
    way_ms: float | None = None  # since when it goes the expected way
    path: str = ""
    reason: str = ""  # why it is on the relay
    record: list = dataclasses.field(default_factory=list)


class Town:
    """A laboratory with a person at each host that is named; ends all of it."""

    def __init__(self, bin_dir, homes, hosts, options=(), noise_s=NOISE_S):
        self._bin_dir, self._homes, self._hosts, self._options, self._noise_s = bin_dir, homes, hosts, options, noise_s
        self.people = {}

    def __enter__(self):
        self.laboratory = Laboratory(self._bin_dir, *self._homes, options=self._options)
        self.stage = Stage(self._bin_dir)
        try:
            noise = self.stage.home / "noise.wav"
            write_noise(noise, self._noise_s)
            with concurrent.futures.ThreadPoolExecutor(STARTED_AT_ONCE) as pool:
                started = [pool.submit(Person, self.stage, self.laboratory, host, noise) for host in self._hosts]
                self.people = {person.host: person for person in (one.result() for one in started)}
            self._add_turn_servers()
            for _ in deadline(CHECKED_WITHIN_S, "everybody's network is checked"):
                if all(person.knows_its_network() for person in self.people.values()):
                    break
        except BaseException:
            self.__exit__()
            raise
        return self

    def _add_turn_servers(self):
        told = self.laboratory.told["turn"]
        user, password = pathlib.Path(told["credentials"]).read_text().split()
        for name in TURN_USERS & set(self.people):
            self.people[name].ask("turn-add", told["link"], "--user", user, secret=password)

    def __exit__(self, *_):
        for person in self.people.values():
            person.close()
        self.stage.__exit__()
        self.laboratory.stop()

    def call(self, caller, callee, mode="trusted", placed="trusted"):
        """The id of a call that was answered, and when. Both say who may learn their addresses."""
        a, b = self.people[caller], self.people[callee]
        def seen():
            return f"{caller} and {callee} see each other:\n" + "\n".join(
                f"{one.host}: {one.carrier()}, {[p['state'] for p in one.ask('lobby')['people'] if p['fingerprint'] == other.fingerprint]}"
                f" {one.ask('status')}" for one, other in ((a, b), (b, a)))

        for _ in deadline(HEARD_WITHIN_S, seen):
            if a.sees(b) and b.sees(a):
                break
        call = a.ask("call", b.fingerprint, placed)["call"]
        for _ in deadline(HEARD_WITHIN_S, f"{callee} rings"):
            if b.call_state(call) == "ringing":
                break
        answered = time.monotonic()
        b.ask("answer", call, mode)
        return call, answered

    def end(self, caller, callee, call):
        if self.people[caller].call_state(call) not in ("ended", None):
            self.people[caller].ask("hangup", call)
        for name in (caller, callee):
            for _ in deadline(HEARD_WITHIN_S, f"{name}'s call ends"):
                if self.people[name].call_state(call) in ("ended", None):
                    break

    def run(self, caller, callee, expected, mode="trusted", placed="trusted"):
        """A whole call; the sides, caller first. Ends when both heard the other by the expected way; a
        call on the relay is watched a while longer, because it must stay there."""
        call, answered = self.call(caller, callee, mode, placed)
        sides = [(self.people[caller], Side()), (self.people[callee], Side())]
        heard = {}
        within = HEARD_WITHIN_S if expected == "relay" else DIRECT_WITHIN_S
        try:
            for _ in deadline(within, lambda: f"{caller} and {callee} hear each other by {expected}:\n{told([side for _, side in sides])}"):
                for person, side in sides:
                    heard[person.host] = self._look(person, side, call, answered, expected)
                if all(side.heard_ms is not None and side.way_ms is not None for _, side in sides):
                    break
            if expected == "relay":
                for _ in deadline(within, "sound goes on"):
                    more = [self._look(person, side, call, answered, expected) - heard[person.host] for person, side in sides]
                    if min(more) >= HELD_PACKETS or all(side.path != expected for _, side in sides):
                        break
        finally:
            self.end(caller, callee, call)
        return [side for _, side in sides]

    @staticmethod
    def _look(person, side, call, answered, expected):
        """Packets heard so far."""
        stats = person.stats(call)
        now = round(1000 * (time.monotonic() - answered), 1)
        side.path, side.reason, side.record = stats["path"], stats["path_reason"], stats["path_record"]
        if side.heard_ms is None and stats["level_out_db"] > HEARD_DB:
            side.heard_ms = now
        if side.path == expected and side.way_ms is None:
            side.way_ms = now
        if side.path != expected:
            side.way_ms = None
        return stats["rx"]["packets"]


def told(sides):
    """All that the sides know, for one who has to find out what went wrong."""
    lines = []
    for side in sides:
        lines.append(f"by {side.path} {side.reason}; heard {figure(side.heard_ms)} ms, way {figure(side.way_ms)} ms")
        lines += [f"  {row['at_ms']:6} {row['step']:14} {row['kind']:10} {row['address'] or '':24} {row['reason']}" for row in side.record]
    return "\n".join(lines)


def figure(value):
    return "-" if value is None else f"{value:.0f}"


def line(what, caller, callee):
    return (f"{what:52} {caller.path:12} {callee.path:12} {figure(caller.heard_ms):>7} {figure(callee.heard_ms):>7} "
            f"{figure(caller.way_ms):>7} {figure(callee.way_ms):>7}  {caller.reason}")


HEAD = f"{'caller x callee':52} {'caller by':12} {'callee by':12} {'hears':>7} {'hears':>7} {'way':>7} {'way':>7}  (ms from the answer)"

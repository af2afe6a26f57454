#!/usr/bin/env python3
"""Figures of the real programs: times of a call, start of the window, memory and CPU.

    program_bench.py BIN_DIR [PART ...]        parts: ring speech files pulse start lobby unplugged resources

Prints one JSON line per figure, as the other benchmarks do. Python's library only; Xvfb and
PulseAudio are started privately and are left out, with a word on stderr, where they are missing.
"""

import array
import contextlib
import json
import math
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import wave

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
sys.path.insert(0, str(ROOT / "packaging"))

import analyse_audio  # noqa: E402
from foyer_programs import Stage, wait_until  # noqa: E402
from window_programs import Theatre, call_with_headset, missing  # noqa: E402

SPEECH = ROOT / "resources" / "speech"
RATE = 48000
# A sample above this is sound; the codec's own noise stays far below.
LOUD = 300


def figure(what, bar, value, met, reference):
    print(json.dumps({"what": what, "bar": bar, "figure": value, "met": met, "reference": reference}), flush=True)


def say(text):
    print("  " + text, file=sys.stderr, flush=True)


def read_mono(path):
    with wave.open(str(path), "rb") as file:
        samples = array.array("h", file.readframes(file.getnframes()))
        return samples[:: file.getnchannels()]


def write_mono(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def spoken(clip, seconds=8):
    """The clip from where somebody speaks, so that its own silence is not measured."""
    samples = read_mono(clip)
    begin = next(i for i, sample in enumerate(samples) if abs(sample) > 1000)
    return samples[begin: begin + seconds * RATE]


class Control:
    """The control socket itself: foyerctl's own start would be part of what is measured."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.file = self.socket.makefile("rb")
        self.id = 0

    def send(self, verb, *args):
        self.id += 1
        line = json.dumps({"v": 1, "id": self.id, "verb": verb, "args": list(args)}) + "\n"
        at = time.monotonic_ns()
        self.socket.sendall(line.encode())
        return at

    def ask(self, verb, *args):
        self.send(verb, *args)
        for line in self.file:
            answer = json.loads(line)
            if answer.get("id") == self.id:
                if "error" in answer:
                    raise RuntimeError(f"{verb}: {answer['error']}")
                return answer["result"]
        raise RuntimeError("the program ended")


def process_cpu(pid):
    """CPU seconds of all threads."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0


def establish(a, b, ids):
    """a calls b; returns the call's id when both have it ringing."""
    a.wait_person(ids[b])
    b.wait_person(ids[a])
    call = a.ctl("call", ids[b])["call"]
    b.wait_call(call, "ringing")
    a.wait_call(call, "ringing")
    return call


def first_sound_ns(recording, started_ns):
    samples = read_mono(recording)
    for i, sample in enumerate(samples):
        if abs(sample) > LOUD:
            return started_ns + i * 1_000_000_000 // RATE
    return None


# ---- call -> ringing -----------------------------------------------------------------------------

def bench_ring(bin_dir, times=9):  # a relay takes ten offers a minute of one person
    rung = {"caller": [], "callee": []}
    with Stage(bin_dir) as stage:
        relay = stage.relay()
        sides = {"caller": stage.foyer("a", "--relay", relay.link), "callee": stage.foyer("b", "--relay", relay.link)}
        ids = {who: side.ctl("identity")["fingerprint"] for who, side in sides.items()}
        sides["caller"].wait_person(ids["callee"])
        sides["callee"].wait_person(ids["caller"])
        control = Control(sides["caller"].socket)
        for _ in range(times):
            at, here = {}, {}

            def watch(who):
                here[who] = sides[who].wait_event("call:ringing")["call"]
                at[who] = time.monotonic_ns()

            watchers = [threading.Thread(target=watch, args=(who,)) for who in sides]
            for watcher in watchers:
                watcher.start()
            pressed = time.monotonic_ns()
            call = control.ask("call", ids["callee"])["call"]
            for watcher in watchers:
                watcher.join()
            if set(here.values()) != {call}:
                raise RuntimeError("another call rang")
            for who in sides:
                rung[who].append((at[who] - pressed) / 1e6)
            control.ask("hangup", call)
            for side in sides.values():
                side.wait_call(call, "ended")
        rtt = sides["caller"].ctl("relays")["relays"][0]["rtt_ms"]
    worst = [max(pair) for pair in zip(*rung.values())]
    middle = statistics.median(worst)
    figure("call -> ringing on both sides, relay on loopback, the later one", "<= 300 ms",
           f"{middle:.0f} ms (median of {times}, {min(worst):.0f}-{max(worst):.0f})", middle <= 300,
           f"at the callee {statistics.median(rung['callee']):.0f} ms, told back to the caller "
           f"{statistics.median(rung['caller']):.0f} ms; with the way of the events through foyerctl; RTT to the relay {rtt:.1f} ms")


# ---- accept -> first speech ---------------------------------------------------------------------

def bench_speech(bin_dir, times=7):
    worse, each = [], []
    for _ in range(times):
        with Stage(bin_dir) as stage:
            for name in ("a", "b"):
                write_mono(stage.home / f"say_{name}.wav", spoken(SPEECH / f"clip_{name}.wav"))
            relay = stage.relay()
            sides = [stage.foyer(name, "--relay", relay.link, audio_in=f"file:{stage.home}/say_{name}.wav",
                                 audio_out=f"file:{stage.home}/heard_{name}.wav") for name in ("a", "b")]
            ids = {side: side.ctl("identity")["fingerprint"] for side in sides}
            call = establish(*sides, ids)
            control = Control(sides[1].socket)
            accepted = control.send("answer", call, "trusted")
            for side in sides:
                side.wait_call(call, "active")
            time.sleep(1.5)
            started = [side.ctl("stats", call)["playout_started_ns"] for side in sides]
            sides[0].ctl("hangup", call)
            for side in sides:
                side.stop()
            heard = [first_sound_ns(stage.home / f"heard_{name}.wav", at) for name, at in zip("ab", started)]
        if None in heard:
            say("a call without sound")
            continue
        ms = [(at - accepted) / 1e6 for at in heard]
        say(f"accept -> heard: caller {ms[0]:.0f} ms, callee {ms[1]:.0f} ms")
        worse.append(max(ms))
        each.append(ms)
    if not worse:
        raise RuntimeError("no call was heard")
    middle = statistics.median(worse)
    figure("accept -> first speech heard, relay on loopback, the worse direction", "<= 150 ms",
           f"{middle:.0f} ms (median of {len(worse)}, {min(worse):.0f}-{max(worse):.0f})", middle <= 150,
           f"heard by the caller {statistics.median(m[0] for m in each):.0f} ms, by the callee "
           f"{statistics.median(m[1] for m in each):.0f} ms; of it one frame of 20 ms and the jitter buffer's 15 ms are "
           "the same in the simulator, see its row at 0 ms")


# ---- mouth to ear, files ------------------------------------------------------------------------

def bench_files(bin_dir):
    with Stage(bin_dir) as stage:
        relay = stage.relay()
        sides = [stage.foyer(name, "--relay", relay.link, audio_in=f"file:{SPEECH}/clip_{name}.wav",
                             audio_out=f"file:{stage.home}/heard_{name}.wav") for name in ("a", "b")]
        ids = {side: side.ctl("identity")["fingerprint"] for side in sides}
        call = establish(*sides, ids)
        sides[1].ctl("answer", call, "trusted")
        wait_until(lambda: all(s.ctl("stats", call)["rx"]["packets"] >= 600 for s in sides), "twelve seconds", 40)
        stats = [side.ctl("stats", call) for side in sides]
        sides[0].ctl("hangup", call)
        for side in sides:
            side.stop()
        matches = [analyse_audio.compare_files(str(SPEECH / f"clip_{said}.wav"), str(stage.home / f"heard_{heard}.wav"),
                                               capture_started_ns=stats[i]["capture_started_ns"],
                                               playout_started_ns=stats[1 - i]["playout_started_ns"])
                   for i, (said, heard) in enumerate((("a", "b"), ("b", "a")))]
    delays = [match["delay_ms"] for match in matches]
    worst = max(delays)
    figure("mouth to ear, files as devices, relay on loopback, 20 ms frames", "<= 70 ms", f"{worst:.0f} ms",
           worst <= 70 and all(match["heard"] for match in matches),
           f"a to b {delays[0]:.0f} ms (similarity {matches[0]['similarity']:.3f}), b to a {delays[1]:.0f} ms "
           f"({matches[1]['similarity']:.3f}); the programs' own estimate {stats[1]['mouth_to_ear_ms']:.1f} and "
           f"{stats[0]['mouth_to_ear_ms']:.1f} ms, of it jitter buffer {stats[1]['jitter_buffer_ms']:.1f} and "
           f"{stats[0]['jitter_buffer_ms']:.1f} ms")


# ---- mouth to ear, PulseAudio -------------------------------------------------------------------

class Pulse:
    """One null sink with four channels as the wire: what is played to and recorded from both people
    lies on one clock in one recording. Channels: feed a, feed b, speaker a, speaker b."""

    CHANNELS = ("front-left", "front-right", "rear-left", "rear-right")
    SINKS = ("feed_a", "feed_b", "speaker_a", "speaker_b")

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.environment = {"PULSE_SERVER": f"unix:{self.folder}/native", "PULSE_RUNTIME_PATH": str(self.folder),
                            "PULSE_STATE_PATH": str(self.folder)}
        channel_map = ",".join(self.CHANNELS)
        modules = [f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native",
                   f"module-null-sink sink_name=wire rate={RATE} channels=4 channel_map={channel_map} norewinds=1"]
        for sink, channel in zip(self.SINKS, self.CHANNELS):
            modules.append(f"module-remap-sink sink_name={sink} master=wire channels=1 master_channel_map={channel} "
                           "channel_map=mono remix=no")
        for person, channel in zip("ab", self.CHANNELS):
            modules.append(f"module-remap-source source_name=mic_{person} master=wire.monitor channels=1 "
                           f"master_channel_map={channel} channel_map=mono remix=no")
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--system=no",
                   f"--log-target=file:{self.folder}/log"]
        for module in modules:
            command += ["-L", module]
        self.process = subprocess.Popen(command, env={**os.environ, **self.environment},
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.run("pactl", "info").returncode == 0, "the sound server", 10)

    def run(self, *words, **options):
        return subprocess.run(words, env={**os.environ, **self.environment}, capture_output=True, text=True, **options)

    def start(self, *words, **options):
        return subprocess.Popen(words, env={**os.environ, **self.environment}, **options)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def read_channels(path, count):
    raw = array.array("h")
    data = pathlib.Path(path).read_bytes()
    raw.frombytes(data[: len(data) // (2 * count) * 2 * count])
    return [raw[i::count] for i in range(count)]


def quiet_spells(samples, step=RATE // 200):
    """Of a steady tone: spells of 5 ms and more at less than a quarter of its level, between its
    first and last loud moment."""
    levels = [math.sqrt(sum(s * s for s in samples[i:i + step]) / step) for i in range(0, len(samples) - step, step)]
    loud = [i for i, level in enumerate(levels) if level > 1000]
    if not loud:
        return None
    inside = levels[loud[0] + 20: loud[-1] - 20]
    usual = statistics.median(inside)
    quiet = [level < usual / 4 for level in inside]
    return sum(1 for i, q in enumerate(quiet) if q and not quiet[i - 1])


def bench_pulse(bin_dir, tone_seconds=60):
    if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
        say("pulse: not run, PulseAudio is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="foyer-pulse-") as folder, Stage(bin_dir) as stage:
        pulse = Pulse(folder)
        try:
            relay = stage.relay()
            sides = [stage.foyer(name, "--relay", relay.link, audio_in=f"mic_{name}", audio_out=f"speaker_{name}",
                                 environment=pulse.environment) for name in ("a", "b")]
            ids = {side: side.ctl("identity")["fingerprint"] for side in sides}
            call = establish(*sides, ids)
            sides[1].ctl("answer", call, "trusted")
            for side in sides:
                side.wait_call(call, "active")
            time.sleep(1)

            def record(seconds, players):
                target = stage.home / "wire.raw"
                with open(target, "wb") as out:
                    recorder = pulse.start("parec", "--device=wire.monitor", "--raw", "--channels=4", f"--rate={RATE}",
                                           "--format=s16le", "--no-remix", "--no-remap",
                                           "--channel-map=" + ",".join(Pulse.CHANNELS), stdout=out)
                    time.sleep(0.3)
                    running = [pulse.start("paplay", f"--device={sink}", str(path)) for sink, path in players]
                    for player in running:
                        player.wait(seconds + 30)
                    time.sleep(0.7)
                    recorder.terminate()
                    recorder.wait()
                return read_channels(target, 4)

            delays, similar = [], []
            for said, feed, heard in ((0, "feed_a", 3), (1, "feed_b", 2)):
                matches = []
                for _ in range(3):
                    channels = record(12, [(feed, SPEECH / f"clip_{'ab'[said]}.wav")])
                    matches.append(analyse_audio.compare(channels[said][: -RATE], channels[heard], RATE, earliest_ms=0,
                                                         latest_ms=1000))
                    say(f"pulse: {matches[-1]}")
                    if matches[-1]["delay_ms"] is None:
                        raise RuntimeError("nothing at all was recorded")
                delays.append(statistics.median(match["delay_ms"] for match in matches))
                similar.append(statistics.median(match["similarity"] for match in matches))
            estimates = [side.ctl("stats", call)["mouth_to_ear_ms"] for side in sides]

            tones = []
            for name, hertz in (("a", 440), ("b", 330)):
                path = stage.home / f"tone_{name}.wav"
                period = array.array("h", (int(8000 * math.sin(2 * math.pi * hertz * i / RATE)) for i in range(RATE)))
                write_mono(path, period * tone_seconds)
                tones.append((f"feed_{name}", path))
            channels = record(tone_seconds, tones)
            spells = [quiet_spells(channel) for channel in channels]
            sides[0].ctl("hangup", call)
        finally:
            pulse.stop()
    worst = max(delays)
    gaps = None if None in spells[2:] else sum(spells[2:])
    figure("mouth to ear through PulseAudio null sinks (norewinds=1)", f"<= 90 ms, no dropout in {tone_seconds} s",
           f"{worst:.0f} ms, {gaps} dropouts", worst <= 90 and gaps == 0 and min(similar) >= 0.85,
           f"a to b {delays[0]:.0f} ms (similarity {similar[0]:.3f}), b to a {delays[1]:.0f} ms ({similar[1]:.3f}), medians of three, both "
           f"wires in one recording; the programs' own estimate {estimates[1]:.1f} and {estimates[0]:.1f} ms; dropouts of the "
           f"same tones on their way in: {sum(s or 0 for s in spells[:2])}")


# ---- the window ---------------------------------------------------------------------------------

@contextlib.contextmanager
def screen():
    """A private X screen; yields the environment, or None when there is none to be had."""
    if shutil.which("Xvfb") is None:
        yield None
        return
    read_end, write_end = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
                              pass_fds=[write_end], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        number = told.readline().strip()
    try:
        yield {"DISPLAY": ":" + number, "QT_QPA_PLATFORM": "xcb", "FOYER_RENDERER": "software", "FOYER_KEYRING": "off",
               "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", "NO_AT_BRIDGE": "1"} if number else None
    finally:
        server.terminate()
        server.wait()


class WindowProgram:
    """`foyer` with a window and a control socket."""

    def __init__(self, bin_dir, home, environment, *arguments):
        self.socket = str(pathlib.Path(home) / "window.sock")
        self.log = open(pathlib.Path(home) / "window.log", "ab")
        self.process = subprocess.Popen(
            [str(pathlib.Path(bin_dir) / "foyer"), "--data-dir", str(pathlib.Path(home) / "profile"), "--control",
             self.socket, *arguments],
            env={**os.environ, **environment, "XDG_RUNTIME_DIR": str(home)}, stdout=self.log, stderr=self.log)
        wait_until(lambda: self.process.poll() is not None or os.path.exists(self.socket), "the window's control socket")
        self.control = Control(self.socket)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


def make_profile(stage, bin_dir, name, *arguments):
    """A profile that has an identity and an alias already; returns its folder's parent."""
    first = stage.foyer(name, *arguments)
    first.ctl("set", "alias", "Bench")
    if arguments:
        first.wait_connected()
    fingerprint = first.ctl("identity")["fingerprint"]
    first.stop()
    return stage.home / name, fingerprint


def first_frames(command, environment, times=10):
    reported, wall = [], []
    for i in range(times + 1):
        begun = time.monotonic()
        done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)
        ended = time.monotonic()
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if not lines:
            raise RuntimeError("no first frame: " + done.stderr[-400:])
        if i > 0:  # the first one warms the disk
            reported.append(json.loads(lines[-1])["first_frame_ms"])
            wall.append(1000 * (ended - begun))
    return reported, wall


def bench_start(bin_dir):
    with screen() as environment, Stage(bin_dir) as stage:
        if environment is None:
            say("start: not run, Xvfb is not installed")
            return
        home, _ = make_profile(stage, bin_dir, "window")
        env = {**environment, "XDG_RUNTIME_DIR": str(home)}
        reported, wall = first_frames(
            [str(pathlib.Path(bin_dir) / "foyer"), "--data-dir", str(home / "profile"), "--screenshot", str(home / "shot.png")],
            env)
        empty = pathlib.Path(bin_dir) / "empty_window"
        reference = "an empty Qt Quick window was not built"
        if empty.exists():
            bare, _ = first_frames([str(empty)], env)
            reference = f"an empty Qt Quick window with one button {statistics.median(bare):.0f} ms ({min(bare)}-{max(bare)})"
    middle = statistics.median(reported)
    figure("start to first drawn lobby, software rendering, median of ten", "<= 300 ms",
           f"{middle:.0f} ms ({min(reported)}-{max(reported)})", middle <= 300,
           f"{reference}; with writing the picture and ending, as seen from outside, {statistics.median(wall):.0f} ms")


# ---- lobby --------------------------------------------------------------------------------------

def bench_lobby(bin_dir, times=5):
    """From exec, with a profile that remembers the relay, until somebody who is there is listed."""
    took = []
    with Stage(bin_dir) as stage:
        relay = stage.relay()
        there = stage.foyer("there", "--relay", relay.link)
        there.wait_connected()
        wanted = there.ctl("identity")["fingerprint"]
        home, _ = make_profile(stage, bin_dir, "comer", "--relay", relay.link)
        for i in range(times):
            path = home / f"again{i}.sock"
            begun = time.monotonic()
            program = subprocess.Popen(
                [str(pathlib.Path(bin_dir) / "foyer"), "--headless", "--data-dir", str(home / "profile"), "--control",
                 str(path), "--audio-in", "null", "--audio-out", "null"],
                env={**os.environ, "FOYER_KEYRING": "off", "XDG_RUNTIME_DIR": str(home)}, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            wait_until(path.exists, "the control socket")
            control = Control(str(path))
            wait_until(lambda: any(p["fingerprint"] == wanted for p in control.ask("lobby")["people"]), "the lobby")
            took.append(1000 * (time.monotonic() - begun))
            program.terminate()
            program.wait(20)
        rtt = there.ctl("status")["relays"][0]["rtt_ms"]
    middle = statistics.median(took)
    figure("lobby filled from a running relay, from exec of the program", "<= 2 s",
           f"{middle / 1000:.2f} s (median of {times}, at most {max(took) / 1000:.2f})", max(took) <= 2000,
           f"headless, remembered relay on loopback (RTT {rtt:.1f} ms); discovery by mDNS is not part of it")


# ---- a device goes away ------------------------------------------------------------------------

def bench_unplugged(bin_dir, times=7):
    """From the removal of the device from the sound server until the sentence is read on the screen."""
    if missing():
        say(f"unplugged: not run, missing: {missing()}")
        return
    took, looks, kept = {"microphone": [], "speakers": []}, [], 0
    for _ in range(times):
        with Theatre(bin_dir) as theatre:
            window, peer, call, modules = call_with_headset(theatre)
            for what, module in modules.items():
                took[what].append(1000 * theatre.unplug(window, what, module))
                before = [side.ctl("stats", call)["rx"]["packets"] for side in (window, peer)]
                wait_until(lambda before=before: all(side.ctl("stats", call)["rx"]["packets"] > count + 25
                                                     for side, count in zip((window, peer), before)), "speech both ways")
                kept += 1
                begun = time.monotonic()
                theatre.shows(window, "nothing of this name")
                looks.append(1000 * (time.monotonic() - begun))
                say(f"{what}: {took[what][-1]:.0f} ms")
                theatre.click(window, "Dismiss")
    worst = max(max(values) for values in took.values())
    middle = statistics.median(took["microphone"] + took["speakers"])
    figure("device unplugged -> said on the screen, call goes on with the default", "<= 1 s",
           f"{middle:.0f} ms (median of {2 * times}, at most {worst:.0f})", worst <= 1000,
           f"microphone {statistics.median(took['microphone']):.0f} ms, speakers {statistics.median(took['speakers']):.0f} ms; "
           f"in {kept} of {2 * times} speech went on both ways; reading the whole screen once takes {statistics.median(looks):.0f} ms")


# ---- memory and CPU -----------------------------------------------------------------------------

def cpu_over(pid, seconds):
    before = process_cpu(pid)
    begun = time.monotonic()
    time.sleep(seconds)
    return 100 * (process_cpu(pid) - before) / (time.monotonic() - begun)


def spin_reference():
    """What one CPU second does here, so that loaded and idle machines can be told apart."""
    begun, cpu = time.monotonic(), time.process_time()
    sum(i * i for i in range(2_000_000))
    return time.process_time() - cpu, time.monotonic() - begun


def talk_of(clip, seconds, folder):
    """A file in which somebody speaks that long: a call in silence costs less than one in which people speak."""
    samples = read_mono(SPEECH / clip)
    path = pathlib.Path(folder) / clip
    write_mono(path, samples * math.ceil(seconds * RATE / len(samples)))
    return path


def bench_resources(bin_dir, idle_seconds=60, call_seconds=60):
    with tempfile.TemporaryDirectory() as folder:
        seconds = call_seconds + 60
        resources_of(bin_dir, idle_seconds, call_seconds, *(talk_of(c, seconds, folder) for c in ("clip_a.wav", "clip_b.wav")))


def resources_of(bin_dir, idle_seconds, call_seconds, own_talk, peer_talk):
    with screen() as environment, Stage(bin_dir) as stage:
        if environment is None:
            say("resources: not run, Xvfb is not installed")
            return
        relay = stage.relay()
        home, own = make_profile(stage, bin_dir, "window", "--relay", relay.link)
        peer = stage.foyer("peer", "--relay", relay.link, audio_in=f"file:{peer_talk}", audio_out="null")
        headless = stage.foyer("headless", "--relay", relay.link)
        window = WindowProgram(bin_dir, home, environment, "--audio-in", f"file:{own_talk}", "--audio-out", "null")
        try:
            pid = window.process.pid
            peer.wait_person(own)
            time.sleep(6)
            idle_rss = resident_mb(pid)
            bare_rss = resident_mb(headless.process.pid)
            say(f"idle: {idle_rss:.1f} MB")
            idle_cpu = cpu_over(pid, idle_seconds)
            bare_cpu = process_cpu(headless.process.pid)
            begun = time.monotonic()
            time.sleep(5)
            bare_cpu = 100 * (process_cpu(headless.process.pid) - bare_cpu) / (time.monotonic() - begun)
            say(f"idle: {idle_cpu:.2f} %")
            call = peer.ctl("call", own)["call"]
            wait_until(lambda: any(c["state"] == "ringing" for c in window.control.ask("status")["calls"]), "ringing")
            window.control.ask("answer", call, "trusted")
            peer.wait_call(call, "active")
            time.sleep(30)
            # Without the file that stands for the microphone.
            call_rss = resident_mb(pid) - own_talk.stat().st_size / 1024**2
            call_cpu = cpu_over(pid, call_seconds)
            peer_cpu = cpu_over(peer.process.pid, 5)
            tier = window.control.ask("stats", call)["tier"]
            say(f"call: {call_rss:.1f} MB, {call_cpu:.2f} %")
            peer.ctl("hangup", call)
        finally:
            window.stop()
    cpu, wall = spin_reference()
    figure("resident memory, idle lobby after 6 s", "<= 90 MB", f"{idle_rss:.1f} MB", idle_rss <= 90,
           f"the same program without a window {bare_rss:.1f} MB")
    figure("resident memory, in a call after 30 s", "<= 120 MB", f"{call_rss:.1f} MB", call_rss <= 120,
           f"idle {idle_rss:.1f} MB")
    figure("CPU of one core, idle lobby with window, 60 s", "<= 0.5 %", f"{idle_cpu:.2f} %", idle_cpu <= 0.5,
           f"without a window {bare_cpu:.2f} %; two million squares in Python cost {cpu:.2f} s of CPU, {wall:.2f} s by the clock")
    figure("CPU of one core, in a call in which both speak, with window, 60 s", "<= 6 %", f"{call_cpu:.2f} %", call_cpu <= 6,
           f"the other side, without a window, {peer_cpu:.2f} %; quality {tier}; the squares {cpu:.2f} s")


PARTS = {"ring": bench_ring, "speech": bench_speech, "files": bench_files, "pulse": bench_pulse, "start": bench_start, "lobby": bench_lobby,
         "unplugged": bench_unplugged, "resources": bench_resources}


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help") or any(word not in PARTS for word in sys.argv[2:]):
        print(__doc__)
        return 0 if "--help" in sys.argv or "-h" in sys.argv else 2
    bin_dir = pathlib.Path(sys.argv[1]).resolve()
    failed = False
    for name in sys.argv[2:] or PARTS:
        print(name, file=sys.stderr, flush=True)
        try:
            PARTS[name](bin_dir)
        except (AssertionError, RuntimeError, OSError, subprocess.SubprocessError, StopIteration) as error:
            say(f"{name} was not measured: {error}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Starts the real programs in folders of their own and drives them through their control sockets.

Everything is waited for by event with a deadline: the first line on stdout, the control socket, an
event of `foyerctl events`, or a state that is asked for until it holds.
"""

import json
import os
import pathlib
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

# How much slower the programs are than usual: 5 where a sanitizer watches them (CMakeLists.txt).
SLOWDOWN = float(os.environ.get("FOYER_TEST_SLOWDOWN", "1"))
DEADLINE_S = 20.0 * SLOWDOWN  # far above what any step takes on two busy cores
CTL_DEADLINE_S = 2 * DEADLINE_S  # of foyerctl, some of whose verbs wait for others


class ControlError(Exception):
    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.error = error


def has_network():
    """An address besides loopback; asking for a route sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return not probe.getsockname()[0].startswith("127.")
        except OSError:
            return False


def wait_until(condition, what, deadline_s=DEADLINE_S):
    """Asks again each 20 ms until `condition` gives something true; returns that."""
    end = time.monotonic() + deadline_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {deadline_s} s: {what}")
        time.sleep(0.02)


class Foyer:
    """One `foyer` with its own profile; headless but where `window` is wanted."""

    def __init__(self, bin_dir, home, name, *arguments, audio_in="null", audio_out="null", environment=None,
                 socket_name="control.sock", window=False, network=None):
        """`network`: the namespace to run in."""
        self.bin_dir = pathlib.Path(bin_dir)
        self.home = pathlib.Path(home) / name
        self.home.mkdir(parents=True, exist_ok=True)
        self.socket = str(self.home / socket_name)
        self.environment = {**os.environ, "FOYER_KEYRING": "off", "XDG_RUNTIME_DIR": str(self.home),
                            **(environment or {})}
        self.command = [*(["nsenter", f"--net={network}"] if network else []), str(self.bin_dir / "foyer"), *([] if window else ["--headless"]), "--data-dir", str(self.home / "profile"),
                        "--control", self.socket, "--audio-in", audio_in, "--audio-out", audio_out, *arguments]
        self.process = None
        self.log = open(self.home / "log.txt", "ab")
        self.events = queue.Queue()
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log, env=self.environment)
        wait_until(lambda: self.process.poll() is not None or os.path.exists(self.socket), "control socket")
        if self.process.poll() is not None:
            self.log.close()
            raise AssertionError("foyer ended: " + self.output())
        self._stream = subprocess.Popen([str(self.bin_dir / "foyerctl"), "--socket", self.socket, "events"],
                                        stdout=subprocess.PIPE, env=self.environment)
        self._reader = threading.Thread(target=self._read_events, args=(self._stream,), daemon=True)
        self._reader.start()

    def _read_events(self, stream):
        for line in stream.stdout:
            self.events.put(json.loads(line))

    def output(self, characters=4000):
        return (self.home / "log.txt").read_text(errors="replace")[-characters:]

    def ctl(self, *words):
        done = subprocess.run([str(self.bin_dir / "foyerctl"), "--socket", self.socket, *words],
                              capture_output=True, text=True, timeout=CTL_DEADLINE_S, env=self.environment)
        answer = json.loads(done.stdout) if done.stdout.strip() else {}
        if done.returncode != 0:
            raise ControlError(answer.get("error", {"stage": "ctl", "code": "no_output", "detail": done.stderr}))
        return answer

    def wait_event(self, name, deadline_s=DEADLINE_S, **about):
        """The next event of that name whose fields equal `about`."""
        end = time.monotonic() + deadline_s
        while True:
            try:
                event = self.events.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no event {name} {about} within {deadline_s} s\n" + self.output()) from None
            if event["event"] == name and all(event.get(k) == v for k, v in about.items()):
                return event

    def call_state(self, call):
        for entry in self.ctl("status")["calls"]:
            if entry["call"] == call:
                return entry
        return None

    def wait_call(self, call, state, deadline_s=DEADLINE_S):
        return wait_until(lambda: (c := self.call_state(call)) and c["state"] == state and c,
                          f"call {state}", deadline_s)

    def wait_person(self, fingerprint, deadline_s=DEADLINE_S):
        return wait_until(lambda: [p for p in self.ctl("lobby")["people"] if p["fingerprint"] == fingerprint],
                          "person in the lobby", deadline_s)[0]

    def wait_connected(self, deadline_s=DEADLINE_S):
        wait_until(lambda: self.ctl("status")["relay"] == "connected", "relay connected", deadline_s)

    def stop(self, how=signal.SIGTERM):
        """Ends the program and returns its exit code."""
        if self.log.closed:
            return self.process.returncode
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(DEADLINE_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("foyer did not end in order\n" + self.output()) from None
        self._stream.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)
        self._stream.stdout.close()
        self.log.close()
        if self.process.returncode != 0:
            print(f"{self.command[0]} ended with {self.process.returncode}:\n{self.output(12000)}", file=sys.stderr)
        return self.process.returncode


class Relay:
    """One `foyer-relay`."""

    def __init__(self, bin_dir, home, *arguments, port=0, environment=None):
        home = pathlib.Path(home)
        home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [str(pathlib.Path(bin_dir) / "foyer-relay"), "--listen", f"127.0.0.1:{port}", "--data-dir", str(home),
             "--no-mdns", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=dict(os.environ, **(environment or {})))
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("foyer-relay ended: " + self.process.stderr.read())
        said = json.loads(line)
        if "error" in said:
            self.process.wait(DEADLINE_S)
            self.process.stdout.close()
            self.process.stderr.close()
            raise ControlError(said["error"])
        self.link, self.port, self.fingerprint = said["link"], said["port"], said["fingerprint"]

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(DEADLINE_S)
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode


def start_call(a, b, mode="trusted"):
    """A call from a to b that both show as active; its id."""
    target = b.ctl("identity")["fingerprint"]
    a.wait_person(target)
    call = a.ctl("call", target)["call"]
    b.wait_call(call, "ringing")
    b.ctl("answer", call, mode)
    a.wait_call(call, "active")
    b.wait_call(call, "active")
    return call


def drained(program):
    """The events that came since the last look."""
    events = []
    while not program.events.empty():
        events.append(program.events.get())
    return events


class Stage:
    """A folder for the test and everything that is started in it; ends all of it."""

    def __init__(self, bin_dir):
        self.bin_dir = bin_dir
        self._folder = tempfile.TemporaryDirectory(prefix="foyer-e2e-")
        self.home = pathlib.Path(self._folder.name)
        self._started = []

    def foyer(self, name, *arguments, **options):
        program = Foyer(self.bin_dir, self.home, name, *arguments, **options)
        self._started.append(program)
        return program

    def relay(self, *arguments, name="relay", **options):
        program = Relay(self.bin_dir, self.home / name, *arguments, **options)
        self._started.append(program)
        return program

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self._started):
            try:
                program.stop()
            except (AssertionError, subprocess.TimeoutExpired):
                program.process.kill()
        self._folder.cleanup()

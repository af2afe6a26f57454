"""The program with its window, on a private desktop, read and used through its accessible names."""

import contextlib
import json
import pathlib
import shutil
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "packaging"))

from demo_parts.accessibility import Accessibility, BusError  # noqa: E402
from demo_parts.desktop import Desktop  # noqa: E402
from foyer_programs import Stage, wait_until  # noqa: E402

NEEDS = ("Xvfb", "openbox", "xdotool", "dbus-daemon", "pulseaudio", "pactl")
SPEECH = pathlib.Path(__file__).parents[2] / "resources" / "speech"
# What a headset brings: a source and a sink of its own on the private sound server.
HEADSET = {
    "microphone": "module-remap-source source_name=headset_mic master=wires.monitor channels=1 channel_map=mono "
                  "master_channel_map=front-left remix=no source_properties=device.description=Headset",
    "speakers": "module-null-sink sink_name=headset_ear rate=48000 norewinds=1 "
                "sink_properties=device.description=Headset",
}
SAID = {"microphone": "Your microphone was unplugged", "speakers": "Your speakers were unplugged"}


def missing():
    """The tools that are not there, for a skip that says why."""
    return [tool for tool in NEEDS if shutil.which(tool) is None]


class Theatre:
    """A desktop, a stage and a relay on it; ends all of it."""

    def __enter__(self):
        self._stack = contextlib.ExitStack()
        logs = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="foyer-logs-"))
        self.desktop = self._stack.enter_context(Desktop(logs))
        self.stage = self._stack.enter_context(Stage(self.bin_dir))
        self.screen = self._stack.enter_context(contextlib.closing(Accessibility(self.desktop)))
        self.relay = self.stage.relay()
        return self

    def __init__(self, bin_dir):
        self.bin_dir = bin_dir

    def __exit__(self, *about):
        return self._stack.__exit__(*about)

    def window(self, name, *arguments, **options):
        """A program with a window in the lobby: its profile has been entered before."""
        options.setdefault("audio_in", "default")
        options.setdefault("audio_out", "default")
        self.stage.foyer(name, "--relay", self.relay.link).stop()
        program = self.again(name, *arguments, **options)
        program.wait_connected()
        # The last control to come when a relay is there; it moves the others.
        self.wait_shown(program, "Copy the relay’s link")
        return program

    def again(self, name, *arguments, **options):
        return self.stage.foyer(name, *arguments, window=True, environment=self.desktop.environment, **options)

    def peer(self, name):
        """Somebody without a window who talks all the time."""
        return self.stage.foyer(name, "--relay", self.relay.link, audio_in=f"file:{SPEECH}/clip_b.wav")

    def shows(self, program, name, **how):
        """The control of that name as it is on the screen now, or None."""
        try:
            return self.screen.find(program.process, name, **how)
        except BusError:
            return None

    def wait_shown(self, program, name, **how):
        return wait_until(lambda: self.shows(program, name, **how), f"“{name}” on the screen")

    def click(self, program, name, **how):
        self.screen.click(program.process, name, 20, **how)

    # A headset ---------------------------------------------------------------------------------

    def plug(self, what):
        """Returns the module's number, for `unplug`."""
        return self.desktop.run(["pactl", "load-module", *HEADSET[what].split(" ", 1)])

    def unplug(self, program, what, number):
        """Seconds from the removal of the device until the screen says so."""
        begun = time.monotonic()
        self.desktop.run(["pactl", "unload-module", number])
        self.wait_shown(program, SAID[what], prefix=True)
        return time.monotonic() - begun


def call_with_headset(theatre):
    """A call between a window that uses the headset and a peer; (window, peer, call, {what: module})."""
    modules = {what: theatre.plug(what) for what in HEADSET}
    window = theatre.window("window", audio_in="headset_mic", audio_out="headset_ear")
    peer = theatre.peer("peer")
    own = window.ctl("identity")["fingerprint"]
    peer.wait_person(own)
    call = peer.ctl("call", own)["call"]
    window.wait_call(call, "ringing")
    window.ctl("answer", call, "trusted")
    peer.wait_call(call, "active")
    window.wait_call(call, "active")
    return window, peer, call, modules


class Turns:
    """Asks a program's control socket, which its UI thread serves, again and again: the longest answer
    is the longest time in which that thread did nothing else either."""

    def __init__(self, program):
        self.longest = 0.0
        self.count = 0
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(60)
        self._socket.connect(program.socket)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def _ask(self):
        file = self._socket.makefile("rb")
        while not self._ends.is_set():
            begun = time.monotonic()
            try:
                self._socket.sendall(json.dumps({"v": 1, "id": self.count, "verb": "status", "args": []}).encode() + b"\n")
                if not file.readline():
                    return
            except OSError:
                self.longest = max(self.longest, time.monotonic() - begun)
                return
            self.longest = max(self.longest, time.monotonic() - begun)
            self.count += 1
            self._ends.wait(0.01)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._thread.join(60)
        self._socket.close()

    def wait(self, more):
        """Until so many more turns have been answered."""
        wanted = self.count + more
        wait_until(lambda: self.count >= wanted, f"{more} turns of the event loop", 60)

"""A private desktop: Xvfb with a window manager, a session bus, the accessibility bus and a
PulseAudio whose devices are four wires. Nothing of the session it is started from is used, and
everything started here ends with it. Python's standard library only.
"""

import array
import atexit
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import wave
import zlib

# One null sink carries every signal of the demo on a channel of its own, so that one recording of
# it holds what was said and what was heard on one clock, to the sample.
WIRES = {
    "a_mouth": "front-left",
    "a_ear": "front-right",
    "b_mouth": "rear-left",
    "b_ear": "rear-right",
}
RATE = 48000


# The windows of the demo stand side by side: titles and borders would only cover them.
WINDOW_MANAGER = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications>
    <application class="*" type="normal"><decor>no</decor></application>
  </applications>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
</openbox_config>
"""


class Trouble(Exception):
    """Something of the surroundings did not work; the text says what a person can do."""


def wait_until(condition, seconds, what):
    """Polls `condition` until it returns something true; the deadline raises Trouble."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Trouble(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.02)


class Desktop:
    """Use it as a context manager; `environment` is what programs on this desktop get."""

    def __init__(self, log_folder, size="1600x1000"):
        self.size = size
        self.log_folder = log_folder
        self.pictures = []  # (path, framebuffer) still to be written
        self.processes = []
        self.folder = tempfile.mkdtemp(prefix="foyer-demo.")
        runtime = os.path.join(self.folder, "run")
        os.mkdir(runtime, 0o700)
        keep = {"PATH", "FOYER_RENDERER", "LANG", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TMPDIR", "USER", "LOGNAME",
                "DBUS_SYSTEM_BUS_ADDRESS"}
        self.environment = {name: value for name, value in os.environ.items() if name in keep}
        self.environment.update(
            HOME=self.folder, XDG_RUNTIME_DIR=runtime, XDG_CONFIG_HOME=os.path.join(self.folder, "config"),
            XDG_DATA_HOME=os.path.join(self.folder, "data"), XDG_CACHE_HOME=os.path.join(self.folder, "cache"),
            LC_ALL="C.UTF-8", LANGUAGE="", TZ="UTC",
            QT_QPA_PLATFORM="xcb", QT_QUICK_BACKEND="software",
            # Qt shows its windows to assistive programs only when asked to, or when one is running.
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_ACCESSIBILITY="1",
            # A key ring of a new session would ask for a password that nobody is there to type.
            FOYER_KEYRING="off",
        )
        atexit.register(self.close)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    def __enter__(self):
        try:
            self.start_screen()
            self.start_bus()
            self.start_sound()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    # Processes ---------------------------------------------------------------------------------

    def start(self, name, command, **options):
        """Starts a program on this desktop; its output goes to LOG_FOLDER/NAME.log."""
        if shutil.which(command[0]) is None:
            raise Trouble(f"{command[0]} is not installed; packaging/setup installs it")
        os.makedirs(self.log_folder, exist_ok=True)
        options.setdefault("stdin", subprocess.DEVNULL)
        environment = {**self.environment, **options.pop("more", {})}
        with open(os.path.join(self.log_folder, name + ".log"), "wb") as log:
            options.setdefault("stdout", log)
            options.setdefault("stderr", log)
            process = subprocess.Popen(command, env=environment, **options)
        self.processes.append(process)
        return process

    def run(self, command, check=True):
        return subprocess.run(
            command, env=self.environment, check=check, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ).stdout.strip()

    def stop(self, process, seconds=5):
        """Asks a program to end, then makes it; returns its exit code."""
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.processes:
            self.processes.remove(process)
        return process.returncode

    def close(self):
        try:
            self.write_pictures()
        finally:
            while self.processes:
                self.stop(self.processes[-1], 3)
            shutil.rmtree(self.folder, ignore_errors=True)

    # Screen ------------------------------------------------------------------------------------

    def start_screen(self):
        read_end, write_end = os.pipe()
        self.framebuffer = os.path.join(self.folder, "Xvfb_screen0")
        screen = self.start(
            "xvfb",
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", self.size + "x24", "-nolisten", "tcp",
             "-fbdir", self.folder, "-dpi", "96"],
            pass_fds=[write_end],
        )
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number or screen.poll() is not None:
            raise Trouble("Xvfb did not start (its log says why)")
        self.environment["DISPLAY"] = ":" + number
        settings = os.path.join(self.folder, "openbox.xml")
        with open(settings, "w", encoding="utf-8") as file:
            file.write(WINDOW_MANAGER)
        self.start("openbox", ["openbox", "--config-file", settings])

    def pixels(self):
        with open(self.framebuffer, "rb") as file:
            return file.read()

    def settle(self, seconds=1.5):
        """Waits until the screen stands still; meters move for ever, so not longer than this."""
        deadline, before = time.monotonic() + seconds, self.pixels()
        while time.monotonic() < deadline:
            time.sleep(0.15)
            now = self.pixels()
            if now == before:
                return
            before = now

    def screenshot(self, path):
        """Keeps what the screen shows; write_pictures, when nobody talks, makes a PNG of it."""
        width, height = self.size.split("x")
        self.run(["xdotool", "mousemove", "--sync", str(int(width) - 1), str(int(height) - 1)], check=False)
        self.settle()
        self.pictures.append((path, self.pixels()))

    def write_pictures(self):
        while self.pictures:
            write_png(*self.pictures.pop(0))

    def click(self, x, y):
        """A real click of the X server's own pointer."""
        self.run(["xdotool", "mousemove", "--sync", str(int(x)), str(int(y)), "click", "1"])

    def write(self, text):
        """Types into what has the focus."""
        self.run(["xdotool", "type", "--delay", "4", text])

    def windows_of(self, process):
        """Ids of the visible windows of a program."""
        found = self.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)], check=False)
        return [line for line in found.splitlines() if line.isdigit()]

    def place(self, window, x, y, width, height):
        self.run(["xdotool", "windowmove", window, str(x), str(y), "windowsize", window, str(width), str(height)])

    # Buses -------------------------------------------------------------------------------------

    def start_bus(self):
        path = os.path.join(self.environment["XDG_RUNTIME_DIR"], "bus")
        address = "unix:path=" + path
        # Set before the bus starts: what it activates inherits its environment.
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self.start(
            "dbus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--nosyslog", "--address=" + address]
        )
        wait_until(lambda: os.path.exists(path), 5, "the start of the session bus")

    # Sound -------------------------------------------------------------------------------------

    def start_sound(self):
        socket = os.path.join(self.environment["XDG_RUNTIME_DIR"], "pulse-demo")
        self.environment.update(
            PULSE_SERVER="unix:" + socket,
            PULSE_RUNTIME_PATH=os.path.join(self.folder, "pulse"),
            PULSE_STATE_PATH=os.path.join(self.folder, "pulse"),
        )
        channels = ",".join(WIRES.values())
        modules = [
            f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
            # A null sink that may rewind drops seconds of sound at an underrun.
            f"module-null-sink sink_name=wires rate={RATE} channels=4 channel_map={channels} norewinds=1",
        ]
        for side in "ab":
            for end, title in (("mouth", "Voice"), ("ear", "Speakers")):
                modules.append(
                    f"module-remap-sink sink_name={side}_{end} master=wires channels=1 channel_map=mono "
                    f"master_channel_map={WIRES[side + '_' + end]} remix=no "
                    f"sink_properties='device.description=\"{title} {side.upper()}\"'"
                )
            modules.append(
                f"module-remap-source source_name={side}_mic master=wires.monitor channels=1 channel_map=mono "
                f"master_channel_map={WIRES[side + '_mouth']} remix=no "
                f"source_properties='device.description=\"Microphone {side.upper()}\"'"
            )
        command = [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--system=no",
            "--realtime=yes", "--high-priority=yes", "--disallow-exit", "--log-target=stderr",
        ]
        for module in modules:
            command += ["-L", module]
        server = self.start("pulseaudio", command)

        def answers():
            if server.poll() is not None:
                raise Trouble("the private PulseAudio ended at once (its log says why)")
            return "b_mic" in self.run(["pactl", "list", "short", "sources"], check=False)

        wait_until(answers, 10, "the start of the private PulseAudio")
        self.run(["pactl", "set-default-sink", "a_ear"])
        self.run(["pactl", "set-default-source", "a_mic"])

    def play(self, side, path):
        """Says a WAV into the microphone of `side`."""
        return self.start(f"play-{side}", ["paplay", f"--device={side}_mouth", "--latency-msec=20", path])

    def record(self):
        """Starts recording all wires; `stop` the returned recording to end it."""
        return Recording(self)


class Recording:
    def __init__(self, desktop):
        self.desktop = desktop
        self.raw = open(os.path.join(desktop.folder, "wires.raw"), "wb")  # noqa: SIM115  (closed in stop)
        self.process = desktop.start(
            "record",
            ["parec", "--device=wires.monitor", "--format=s16le", f"--rate={RATE}", "--channels=4",
             "--channel-map=" + ",".join(WIRES.values()), "--latency-msec=20", "--raw"],
            stdout=self.raw,
        )
        wait_until(lambda: os.path.getsize(self.raw.name) > 0, 5, "the first recorded sample")

    def stop(self):
        """Ends the recording; returns {wire: samples}."""
        self.desktop.stop(self.process)
        self.raw.close()
        with open(self.raw.name, "rb") as file:
            data = file.read()
        os.unlink(self.raw.name)
        samples = array.array("h", data[:len(data) - len(data) % 8])
        if sys.byteorder == "big":
            samples.byteswap()
        return {wire: samples[index::4] for index, wire in enumerate(WIRES)}


def write_png(path, framebuffer):
    """Writes the framebuffer file of Xvfb (an X window dump) as PNG."""
    # X11's XWDFile.h: 25 big-endian words, a window name up to header_size, colours, pixels.
    header = struct.unpack(">25I", framebuffer[:100])
    header_size, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
    little = header[7] == 0
    start = header_size + colours * 12
    rows = bytearray()
    for y in range(height):
        row = framebuffer[start + y * stride:start + y * stride + width * 4]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = (
            (row[2::4], row[1::4], row[0::4]) if little else (row[1::4], row[2::4], row[3::4])
        )
        rows += b"\0" + rgb

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    with open(path, "wb") as file:
        file.write(
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows), 6))
            + chunk(b"IEND", b"")
        )


def write_wav(path, samples):
    """Writes 16-bit samples as mono WAV; the wave module swaps bytes where the machine needs it."""
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())

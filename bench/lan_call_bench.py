#!/usr/bin/env python3
"""From the start of two fresh programs to a call, with nothing configured: a network with Avahi of its own, real
windows, clicks by a script as soon as there is something to click. Once with a relay on the network, once without.

    lan_call_bench.py BIN_DIR [ROUNDS]

Prints one JSON line per figure, as the other benchmarks do. Needs root for the network.
"""

import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
sys.path.insert(0, str(ROOT / "packaging"))

from demo_parts import neighbourhood  # noqa: E402
from demo_parts.accessibility import Accessibility  # noqa: E402
from demo_parts.desktop import Desktop  # noqa: E402
from foyer_programs import Stage, wait_until  # noqa: E402

ENTER, HOST, CALL, ACCEPT = "Enter the lobby", "Start a relay here", "Call ", "Accept"
PATIENCE_S = 30


class Newcomer:
    def __init__(self, stage, desktop, eyes, name, left):
        self.desktop, self.eyes, self.left, self.clicks = desktop, eyes, left, 0
        self.program = stage.foyer(name, window=True, environment=desktop.environment, audio_in="default", audio_out="default")

    def put(self):
        window = wait_until(lambda: self.desktop.windows_of(self.program.process), "the window")[-1]
        self.desktop.place(window, self.left, 0, 780, 900)
        self.eyes.wait_placed(self.program.process, self.left)

    def click(self, name, **how):
        self.eyes.click(self.program.process, name, PATIENCE_S, **how)
        self.clicks += 1

    def is_active(self):
        return any(call["state"] == "active" for call in self.program.ctl("status")["calls"])


def one_round(bin_dir, has_relay):
    """(seconds from the start to the call, clicks of the caller, of the callee)"""
    with contextlib.ExitStack() as stack:
        logs = stack.enter_context(tempfile.TemporaryDirectory(prefix="foyer-logs-"))
        desktop = stack.enter_context(Desktop(logs))
        desktop.environment["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SYSTEM_BUS_ADDRESS"]
        stage = stack.enter_context(Stage(bin_dir))
        eyes = stack.enter_context(contextlib.closing(Accessibility(desktop)))
        if has_relay:
            stage.foyer("host").ctl("relay-start")
        begun = time.monotonic()
        caller, callee = (Newcomer(stage, desktop, eyes, name, left) for name, left in (("caller", 0), ("callee", 800)))
        for person in (caller, callee):
            person.put()
        for person in (caller, callee):
            person.click(ENTER)
        if not has_relay:
            callee.click(HOST)
        own = callee.program.ctl("identity")
        wait_until(lambda: any(p["fingerprint"] == own["fingerprint"] for p in caller.program.ctl("lobby")["people"]), "the other")
        caller.click(CALL + own["alias"], prefix=True)
        callee.click(ACCEPT)
        wait_until(lambda: caller.is_active() and callee.is_active(), "the call")
        return time.monotonic() - begun, caller.clicks, callee.clicks


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        print(__doc__)
        return 0 if sys.argv[1:] in (["-h"], ["--help"]) else 2
    if not neighbourhood.is_inside():
        why = neighbourhood.why_not()
        if why:
            print(f"not measured: {why}", file=sys.stderr)
            return 1
        neighbourhood.enter()
    bin_dir, rounds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="foyer-lan-"))
        daemons = stack.enter_context(contextlib.closing(Daemons()))
        address, why = neighbourhood.settle(folder, daemons.start)
        if not address:
            print(f"not measured: {why}", file=sys.stderr)
            return 1
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = address
        for has_relay, bar in ((True, 6), (False, 9)):
            found = [one_round(bin_dir, has_relay) for _ in range(rounds)]
            times = [seconds for seconds, *_ in found]
            median = statistics.median(times)
            words = "a relay on the network" if has_relay else "no relay: one of the two starts it"
            print(json.dumps({
                "what": f"two newcomers, start of both programs -> call, nothing configured, scripted clicks, {words}",
                "bar": f"<= {bar} s", "figure": f"{median:.1f} s (median of {rounds}, {min(times):.1f}-{max(times):.1f})",
                "met": median <= bar,
                "reference": f"clicks of the caller {found[0][1]}, of the callee {found[0][2]}; both windows on one machine"}), flush=True)
    return 0


class Daemons:
    def __init__(self):
        self.running = []

    def start(self, _name, command, more):
        self.running.append(subprocess.Popen(command, env={**os.environ, **more}, stdin=subprocess.DEVNULL,
                                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return self.running[-1]

    def close(self):
        for process in reversed(self.running):
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    sys.exit(main())

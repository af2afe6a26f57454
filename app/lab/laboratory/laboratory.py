#!/usr/bin/env python3
"""The laboratory with real programs; started by `foyer-lab up`, `foyer-lab down` and `foyer-lab in`.

Everything lives in namespaces of the kernel below one process: when that ends, however it ends,
programs, networks and names are gone. A folder below /run/foyer-lab remains after a crash; the next
`up` or `down` removes it.
"""

import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import pwd
import secrets
import select
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import cables  # noqa: E402
import homes as words  # noqa: E402
import namespaces  # noqa: E402
import servers  # noqa: E402

RUNS = pathlib.Path("/run/foyer-lab")
DEFAULT_MINUTES, MOST_MINUTES = 30, 24 * 60
DEFAULT_HOMES = ["a=port-restricted", "b=symmetric-random"]
FAILED, WRONG = 1, 2
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
STOP_WITHIN_S = 10

HOME_HELP = """Each of HOMES is [NAME=]KIND[,OPTION…], for example a=port-restricted,upnp or symmetric-random,delay=20.
Options: upnp, pmp (NAT-PMP and PCP), hosts=N, lan=A.B.C (its private range), delay=MS (one way),
jitter=MS, loss=PERCENT, mtu=BYTES (each between the home and the public segment). Kinds:
"""


class Refused(Exception):
    """It cannot be done here; a code and a sentence."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


# ---- runs that are there


def held(run):
    """Whether a process still holds that run."""
    try:
        with open(run / "lock", "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def all_runs():
    return sorted(RUNS.iterdir()) if RUNS.is_dir() else []


def remove_dead():
    for run in all_runs():
        if not held(run):
            shutil.rmtree(run, ignore_errors=True)


def read_state(run):
    return json.loads((run / "state.json").read_text())


def down():
    """Ends every laboratory of this machine and removes what crashed ones left."""
    ended = 0
    for run in all_runs():
        with contextlib.suppress(OSError, ValueError, KeyError):
            if held(run):
                os.kill(read_state(run)["supervisor"], signal.SIGTERM)
                ended += 1
    end = time.monotonic() + STOP_WITHIN_S
    while any(held(run) for run in all_runs()):
        if time.monotonic() > end:
            raise Refused("still_running", "A laboratory did not end; its process is named in /run/foyer-lab.")
        time.sleep(0.02)
    remove_dead()
    print("Nothing runs." if ended == 0 else f"Ended: {ended}.")


def enter(name, command, wanted):
    """Replaces this process by the command, in the network of that host."""
    running = [run for run in all_runs() if held(run) and (wanted is None or run.name == wanted)]
    if len(running) != 1:
        raise Refused("not_running" if not running else "which_one",
                      "No laboratory runs: start one with foyer-lab up." if not running else
                      f"Say which one with --lab: {', '.join(run.name for run in running)}.")
    try:
        namespaces.enter(f"/proc/{read_state(running[0])['first']}/root{cables.Cables.path(name)}")
    except FileNotFoundError:
        raise Refused("unknown_host", f"The laboratory has no host {name}.") from None
    become_caller()
    try:
        os.execvp(command[0], command)
    except OSError as error:
        raise Refused("not_started", f"{command[0]}: {error.strerror}") from None


def caller():
    """Whoever asked for root by sudo; None: nobody did."""
    with contextlib.suppress(KeyError, ValueError):
        return pwd.getpwuid(int(os.environ["SUDO_UID"]))
    return None


def become_caller():
    who = caller()
    if who is None or who.pw_uid == 0:
        return
    os.initgroups(who.pw_name, who.pw_gid)
    os.setgid(who.pw_gid)
    os.setuid(who.pw_uid)
    os.environ.update(HOME=who.pw_dir, USER=who.pw_name, LOGNAME=who.pw_name)
    runtime = f"/run/user/{who.pw_uid}"
    if os.path.isdir(runtime):
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)


# ---- the inside: first process of a namespace of processes


def build(options, laid, folder, bin_dir, outside_network):
    """Lays and starts everything; the servers, and what is told about it."""
    net = cables.Cables(options.rtt)
    net.lay_public()
    for home in laid:
        net.lay_home(home)
    net.flush()
    net.check(outside_network)
    running = []
    if net.wires:
        running.append(servers.start_wire(bin_dir, folder, net.wires, options.seed))
    turn, turn_told = servers.start_turn(folder, options.minutes * 60)
    relay, said = servers.start_relay(bin_dir, folder, options.relay_option, turn_told if options.relay_gives_turn else None)
    running += [relay, turn, *(servers.start_mapper(home, folder) for home in laid if home.has_mapper)]
    first = os.readlink("/proc/self")  # as everybody outside sees it

    def path(name):
        return f"/proc/{first}/root{net.path(name)}"

    told = {"folder": folder, "relay": {"link": said["link"], "fingerprint": said["fingerprint"],
                                        "addresses": [cables.RELAY4, cables.RELAY6],
                                        "network": path("relay")},
            "turn": turn_told | {"addresses": [cables.TURN4, cables.TURN4_SECOND, cables.TURN6],
                                 "network": path("turn")}, "segment": path("net"), "homes": []}
    for home in laid:
        hosts = []
        for number, name in enumerate(home.host_names, cables.FIRST_HOST):
            own = [f"{home.lan}.{number}"] * home.kind.ipv4 + [f"{home.lan6}{number}"] * bool(home.kind.ipv6)
            if not home.has_router:
                own = [home.public4]
            hosts.append({"name": name, "network": path(name), "addresses": own})
        outside = [home.public4] * home.kind.ipv4 + [home.public6] * bool(home.kind.ipv6)
        routers = [name for name in net.names if name in (f"{home.name}-router", f"{home.name}-outer")]
        told["homes"].append({"name": home.name, "kind": home.kind_name, "hosts": hosts, "outside": outside, "routers": [
            {"name": name, "network": path(name)} for name in routers]})
    return running, told


def people_folder(folder):
    """Where profiles of testers may be kept; theirs, and gone with the laboratory."""
    people = os.path.join(folder, "people")
    os.mkdir(people, 0o700)
    who = caller()
    if who is not None:
        os.chown(people, who.pw_uid, who.pw_gid)
        os.chown(os.path.join(folder, "turn-credentials"), who.pw_uid, who.pw_gid)
    return people


def describe(told, laid, people, bin_dir, minutes):
    sudo = "sudo " if caller() is not None else ""
    lines = [f"The laboratory runs. Ctrl-C ends it, and so does {sudo}{bin_dir}/foyer-lab down; by itself it ends in {minutes:g} minutes.",
             "Nothing in it reaches any network of this machine.", "",
             f"relay   {told['relay']['link']}",
             f"TURN    {told['turn']['link']}   or over TCP: {told['turn']['link_tcp']}",
             f"        user and password, for this run alone: {told['turn']['credentials']}",
             f"STUN    {told['turn']['stun']}", ""]
    for home, its in zip(laid, told["homes"]):
        wire = f"; {home.delay_ms:g} ms, jitter {home.jitter_ms:g} ms, loss {home.loss_percent:g} %" if home.has_wire else ""
        mapper = "".join(f", {word}" for word in ("upnp", "pmp") if getattr(home, word))
        lines.append(f"{home.name}: {home.kind_name}{mapper}: {home.kind.meaning}{wire}")
        for host in its["hosts"]:
            profile = os.path.join(people, host["name"])
            lines += [f"  {sudo}{bin_dir}/foyer-lab in {host['name']} {bin_dir}/foyer --data-dir {profile} --control {profile}.sock "
                      f"--relay '{told['relay']['link']}'",
                      f"  {bin_dir}/foyerctl --socket {profile}.sock status"]
        lines.append("")
    return "\n".join(lines)


def say_error(code, sentence):
    print(json.dumps({"error": {"stage": "laboratory", "code": code, "retryable": False, "detail": sentence}}, ensure_ascii=False),
          file=sys.stderr, flush=True)


def inside(options, laid, folder, bin_dir, outside_network):
    """Never returns; with this process everything in the laboratory ends."""
    status = FAILED
    try:
        namespaces.unshare(namespaces.CLONE_NEWNET | namespaces.CLONE_NEWNS)
        namespaces.own_names()
        if namespaces.network_of("self") == outside_network:
            raise cables.Unsafe("this is the network of this machine")
        running, told = build(options, laid, folder, bin_dir, outside_network)
        people = people_folder(folder)
        print(json.dumps(told) if options.json else describe(told, laid, people, bin_dir, options.minutes), flush=True)
        by_pid = {server.process.pid: server for server in running}
        while True:
            pid, _ = os.wait()
            if pid in by_pid:
                raise servers.Died(f"{by_pid[pid].name} ended: {by_pid[pid].last_words()}")
    except namespaces.NotPermitted as error:
        say_error("not_permitted", f"This machine does not permit it: {error}.")
    except cables.Unsafe as error:
        say_error("unsafe", f"It would reach outside and was not started: {error}.")
    except servers.Died as error:
        say_error("server", f"{error}.")
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        say_error("failed", f"{error}.")
    finally:
        os._exit(status)


# ---- the outside


def missing_programs(laid, bin_dir):
    wanted = ["ip", "nft", "turnserver"] + ["miniupnpd"] * any(home.has_mapper for home in laid)
    missing = [name for name in wanted if shutil.which(name) is None]
    return missing + [name for name in ("foyer-relay", "foyer-lab") if not os.access(os.path.join(bin_dir, name), os.X_OK)]


def up(options, bin_dir):
    laid = words.parse_homes(options.homes or DEFAULT_HOMES)
    missing = missing_programs(laid, bin_dir)
    if missing:
        raise Refused("missing_program", f"Not installed: {', '.join(missing)}. packaging/setup brings them.")
    remove_dead()
    RUNS.mkdir(mode=0o755, exist_ok=True)
    run = RUNS / secrets.token_hex(4)
    run.mkdir(mode=0o711)
    try:
        with open(run / "lock", "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return supervise(options, laid, run, lock, bin_dir)
    finally:
        shutil.rmtree(run, ignore_errors=True)


def supervise(options, laid, run, lock, bin_dir):
    """Starts the inside and waits for its end, a signal, the time limit or the end of the parent."""
    parent = os.getppid()
    namespaces.end_with_parent(signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS | {signal.SIGCHLD})
    if os.getppid() != parent:
        return 0
    outside_network = namespaces.network_of("self")
    try:
        namespaces.unshare(namespaces.CLONE_NEWPID)
    except namespaces.NotPermitted as error:
        raise Refused("not_permitted", f"This machine does not permit it: {error}.") from None
    reads, writes = os.pipe()
    first = os.fork()
    if first == 0:
        os.close(writes)
        lock.close()
        os.setsid()  # Ctrl-C is the supervisor's
        namespaces.end_with_parent(signal.SIGKILL)
        if select.select([reads], [], [], 0)[0]:
            os._exit(0)  # the supervisor is gone already
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS | {signal.SIGCHLD})
        inside(options, laid, str(run), bin_dir, outside_network)
    os.close(reads)
    (run / "state.json").write_text(json.dumps({"supervisor": os.getpid(), "first": first}))
    end = time.monotonic() + options.minutes * 60
    while True:
        came = signal.sigtimedwait(SIGNALS | {signal.SIGCHLD}, max(0, end - time.monotonic()))
        if came is not None and came.si_signo == signal.SIGCHLD:
            pid, status = os.waitpid(first, os.WNOHANG)
            if pid == first:
                return os.waitstatus_to_exitcode(status) & 0xFF
            continue
        os.kill(first, signal.SIGKILL)
        os.waitpid(first, 0)
        if came is None and not options.json:
            print(f"Ended after {options.minutes:g} minutes.")
        return 0


def minutes(text):
    return words.number_of("--minutes", text, 0.01, MOST_MINUTES)


def milliseconds(text):
    return words.number_of("--rtt", text, 0, words.MOST_DELAY_MS)


def read_options(arguments):
    parser = argparse.ArgumentParser(prog="foyer-lab", formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    kinds = "\n".join(f"  {name:32} {kind.meaning}" for name, kind in words.KINDS.items())
    verb = verbs.add_parser("up", epilog=HOME_HELP + kinds, formatter_class=argparse.RawDescriptionHelpFormatter,
                            help="homes, relay, TURN and STUN in network namespaces, with the real programs; needs root")
    verb.add_argument("homes", nargs="*", metavar="HOMES", help=f"by themselves: {' '.join(DEFAULT_HOMES)}")
    verb.add_argument("--minutes", type=minutes, default=DEFAULT_MINUTES, help="it ends after so long (%(default)s)")
    verb.add_argument("--rtt", type=milliseconds, default=0, metavar="MS", help="round trip between homes, and to the relay (0)")
    verb.add_argument("--seed", type=int, default=1, help="of jitter and loss (1)")
    verb.add_argument("--relay-option", action="append", default=[], metavar="OPTION", help="a further option of foyer-relay; may be repeated")
    verb.add_argument("--relay-gives-turn", action="store_true", help="the relay gives its people credentials for the TURN server")
    verb.add_argument("--json", action="store_true", help="one line of JSON when it runs")
    verbs.add_parser("down", help="ends every laboratory and removes what crashed ones left")
    verb = verbs.add_parser("in", help="runs a command in the network of a host; as the user who called sudo")
    verb.add_argument("--lab", help="which laboratory, where several run: a name in /run/foyer-lab")
    verb.add_argument("host")
    verb.add_argument("command", nargs=argparse.REMAINDER)
    return parser.parse_args(arguments)


def main():
    bin_dir = os.path.abspath(sys.argv[1])
    os.environ["PATH"] = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    try:
        options = read_options(sys.argv[2:])
        if os.geteuid() != 0:
            raise Refused("not_root", "The laboratory makes network namespaces, which only root may: use sudo.")
        if options.verb == "up":
            return up(options, bin_dir)
        if options.verb == "down":
            down()
        elif not options.command:
            raise words.Wrong("foyer-lab in HOST COMMAND…")
        else:
            enter(options.host, options.command, options.lab)
        return 0
    except words.Wrong as error:
        say_error("arguments", f"{error}.")
        return WRONG
    except Refused as refused:
        say_error(refused.code, str(refused))
        return FAILED


if __name__ == "__main__":
    sys.exit(main())

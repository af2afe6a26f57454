"""A network of one's own with the real Avahi in it: a network namespace, a system bus and the daemon.

Needs root, unshare, ip, dbus-daemon and avahi-daemon; why_not() says which is missing. Nothing outside
the namespace is touched. Python's standard library only.
"""

import os
import shutil
import subprocess
import sys
import time

INSIDE = "FOYER_NEIGHBOURHOOD"  # set in the environment of a program that enter() started anew
ADDRESS = "10.77.0.1"
PATIENCE_S = 20

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/system-bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/>
<allow send_type="signal"/><allow send_requested_reply="true" send_type="method_return"/>
<allow send_requested_reply="true" send_type="error"/><allow receive_type="method_call"/>
<allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/>
</policy></busconfig>
"""
AVAHI_CONFIG = """[server]
host-name=foyerdemo
use-ipv4=yes
use-ipv6=yes
enable-dbus=yes
disallow-other-stacks=no
[publish]
publish-workstation=no
publish-hinfo=no
[wide-area]
enable-wide-area=no
"""


def why_not():
    """What keeps this process from having a network with Avahi of its own; None when nothing does."""
    if os.geteuid() != 0:
        return "a network with Avahi of its own needs root"
    for tool in ("unshare", "ip", "mount", "dbus-daemon", "dbus-send", "avahi-daemon"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    if subprocess.run(["unshare", "--net", "--mount", "true"], stderr=subprocess.DEVNULL, check=False).returncode:
        return "network namespaces are not permitted here"
    return None


def is_inside():
    return INSIDE in os.environ


def enter():
    """Starts this very program anew inside a network namespace; does not return."""
    os.environ[INSIDE] = "1"
    sys.stdout.flush()
    os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, *sys.argv])


def settle(folder, start):
    """Inside: makes the interfaces, starts bus and daemon, each by start(name, command, environment).

    Returns (address of the bus, None), or (None, why it did not work).
    """
    def run(*command):
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_S)

    try:
        # The pid file and the socket of the daemon must not meet those of the machine.
        run("mount", "-t", "tmpfs", "tmpfs", "/run")
        os.makedirs("/run/avahi-daemon")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "lan0", "type", "veth", "peer", "name", "lan1")
        run("ip", "addr", "add", ADDRESS + "/24", "dev", "lan0")
        run("ip", "link", "set", "lan0", "up")
        run("ip", "link", "set", "lan1", "up")
    except (subprocess.SubprocessError, OSError) as trouble:
        return None, f"the private network could not be made ({getattr(trouble, 'stderr', '') or trouble})"
    bus, avahi = os.path.join(folder, "system-bus.conf"), os.path.join(folder, "avahi.conf")
    for path, text in ((bus, BUS_CONFIG.format(folder=folder)), (avahi, AVAHI_CONFIG)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    address = f"unix:path={folder}/system-bus"
    environment = {"DBUS_SYSTEM_BUS_ADDRESS": address}
    start("system-bus", ["dbus-daemon", "--config-file=" + bus, "--nofork", "--nopidfile"], environment)
    deadline = time.monotonic() + PATIENCE_S
    while not os.path.exists(os.path.join(folder, "system-bus")):
        if time.monotonic() > deadline:
            return None, "the private system bus did not start"
        time.sleep(0.02)
    daemon = start("avahi", ["avahi-daemon", "-f", avahi, "--no-drop-root", "--no-chroot", "--no-rlimits"], environment)
    while not answers(address):
        if daemon.poll() is not None or time.monotonic() > deadline:
            return None, "avahi-daemon does not run here"
        time.sleep(0.05)
    return address, None


def answers(address):
    return subprocess.run(
        ["dbus-send", "--bus=" + address, "--print-reply", "--dest=org.freedesktop.Avahi", "/",
         "org.freedesktop.Avahi.Server.GetVersionString"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0

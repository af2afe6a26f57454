"""What Linux offers and Python 3.11 does not: namespaces, and ending with one's parent."""

import contextlib
import ctypes
import os
import subprocess

CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET = 0x00020000, 0x20000000, 0x40000000
MS_REC, MS_PRIVATE = 16384, 1 << 18
PR_SET_PDEATHSIG = 1
NAMES = "/run/netns"  # where `ip netns` keeps them

_libc = ctypes.CDLL(None, use_errno=True)


class NotPermitted(Exception):
    pass


def _checked(done, what):
    if done != 0:
        raise NotPermitted(f"{what}: {os.strerror(ctypes.get_errno())}")


def unshare(what):
    _checked(_libc.unshare(what), "namespaces")


def end_with_parent(with_signal):
    """This process gets the signal when the one that started it is gone."""
    _checked(_libc.prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0), "prctl")


def own_names():
    """Mounts of this process are its own from here on, and no namespace has a name: those that it
    names are nobody else's and end with it."""
    os.makedirs(NAMES, exist_ok=True)
    _checked(_libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "mount")
    _checked(_libc.mount(b"tmpfs", NAMES.encode(), b"tmpfs", 0, None), "mount")


def enter(path):
    """This process is in the network namespace at `path` from here on."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _checked(_libc.setns(fd, CLONE_NEWNET), "setns")
    finally:
        os.close(fd)


@contextlib.contextmanager
def inside(path):
    """In the network namespace at `path` for a while: sockets that are opened stay in it."""
    before = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        enter(path)
        yield
    finally:
        _checked(_libc.setns(before, CLONE_NEWNET), "setns")
        os.close(before)


def network_of(pid):
    """Tells network namespaces apart."""
    return os.stat(f"/proc/{pid}/ns/net").st_ino


def run(*command, text=None):
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode != 0:
        raise subprocess.SubprocessError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout



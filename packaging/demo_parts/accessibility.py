"""Finds controls by their accessible name, as a screen reader would (AT-SPI 2 over D-Bus).

Holds the few lines of a D-Bus client that this takes: little-endian calls of strings and numbers,
replies unmarshalled by their signature. Python's standard library only.
"""

import os
import socket
import struct
import time

from .desktop import Trouble, wait_until

REGISTRY = "org.a11y.atspi.Registry"
ROOT_PATH = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
ACTION = "org.a11y.atspi.Action"
TEXT = "org.a11y.atspi.Text"
EDITABLE = "org.a11y.atspi.EditableText"
STATE_ENABLED, STATE_SHOWING = 8, 25
ON_SCREEN = 0  # coordinate type: relative to the screen
FRAME = 40  # pixels that a window manager may put around a window


class BusError(Exception):
    pass


class Reader:
    def __init__(self, data, order):
        self.data, self.order, self.at = data, order, 0

    def align(self, size):
        self.at = (self.at + size - 1) // size * size

    def number(self, code, size):
        self.align(size)
        value = struct.unpack_from(self.order + code, self.data, self.at)[0]
        self.at += size
        return value

    def text(self, length):
        value = self.data[self.at:self.at + length].decode("utf-8", "replace")
        self.at += length + 1
        return value

    def one(self, signature):
        """Reads the first complete type of `signature`; returns (value, rest of the signature)."""
        code, rest = signature[0], signature[1:]
        numbers = {"y": ("B", 1), "n": ("h", 2), "q": ("H", 2), "i": ("i", 4), "u": ("I", 4),
                   "x": ("q", 8), "t": ("Q", 8), "d": ("d", 8), "h": ("I", 4)}
        if code in numbers:
            return self.number(*numbers[code]), rest
        if code == "b":
            return bool(self.number("I", 4)), rest
        if code in "so":
            return self.text(self.number("I", 4)), rest
        if code == "g":
            return self.text(self.number("B", 1)), rest
        if code == "v":
            return self.one(self.text(self.number("B", 1)))[0], rest
        if code == "a":
            size = self.number("I", 4)
            element = rest[:self.length_of(rest)]
            self.align(8 if element[0] in "xtd({" else 4 if element[0] in "iubsoah" else 2 if element[0] in "nq" else 1)
            end, values = self.at + size, []
            while self.at < end:
                values.append(self.one(element)[0])
            return values, rest[len(element):]
        if code in "({":
            self.align(8)
            values = []
            while rest[0] not in ")}":
                value, rest = self.one(rest)
                values.append(value)
            return tuple(values), rest[1:]
        raise BusError(f"type {code!r} is not read here")

    @classmethod
    def length_of(cls, signature):
        if signature[0] == "a":
            return 1 + cls.length_of(signature[1:])
        if signature[0] in "({":
            depth = 0
            for index, code in enumerate(signature):
                depth += (code in "({") - (code in ")}")
                if depth == 0:
                    return index + 1
        return 1


class Bus:
    def __init__(self, address):
        options = dict(part.split("=", 1) for part in address.split(";")[0].removeprefix("unix:").split(","))
        path = options.get("path") or "\0" + options["abstract"]
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.socket.connect(path)
        self.socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        if not self.socket.recv(512).startswith(b"OK"):
            raise BusError("the bus refused the log-in")
        self.socket.sendall(b"BEGIN\r\n")
        self.serial = 0
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def close(self):
        self.socket.close()

    def exactly(self, count):
        data = b""
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            if not piece:
                raise BusError("the bus closed the connection")
            data += piece
        return data

    def call(self, destination, path, interface, member, signature="", *arguments):
        """Calls a method whose arguments are strings (s) and numbers (i, u); returns the reply's values."""
        body = b""
        for code, value in zip(signature, arguments):
            body += b"\0" * (-len(body) % 4)
            if code == "s":
                text = value.encode()
                body += struct.pack("<I", len(text)) + text + b"\0"
            else:
                body += struct.pack("<" + {"i": "i", "u": "I"}[code], value)
        self.serial += 1
        fields = b""
        for field, code, value in ((1, "o", path), (2, "s", interface), (3, "s", member), (6, "s", destination), (8, "g", signature)):
            if field == 8 and not signature:
                continue
            fields += b"\0" * (-len(fields) % 8) + struct.pack("<BB", field, 1) + code.encode() + b"\0"
            text = value.encode()
            if code == "g":
                fields += struct.pack("<B", len(text)) + text + b"\0"
            else:
                fields += struct.pack("<I", len(text)) + text + b"\0"
        message = struct.pack("<cBBBIII", b"l", 1, 0, 1, len(body), self.serial, len(fields)) + fields
        self.socket.sendall(message + b"\0" * (-len(message) % 8) + body)
        while True:
            kind, reply_to, error, values = self.receive()
            if reply_to == self.serial and kind == 2:
                return values
            if reply_to == self.serial and kind == 3:
                raise BusError(f"{member}: {error} {values[:1]}")

    def receive(self):
        fixed = self.exactly(16)
        order = "<" if fixed[:1] == b"l" else ">"
        body_size, _, fields_size = struct.unpack(order + "III", fixed[4:])
        header = fixed + self.exactly(fields_size + -fields_size % 8)
        reader = Reader(header, order)
        reader.at = 12
        fields = dict(reader.one("a(yv)")[0])
        body = Reader(self.exactly(body_size), order)
        values, signature = [], fields.get(8, "")
        try:
            while signature:
                value, signature = body.one(signature)
                values.append(value)
        except (struct.error, IndexError) as error:
            raise BusError(str(error)) from error
        return fixed[1], fields.get(5), fields.get(4), values


class Control:
    """One accessible thing on the screen."""

    def __init__(self, bus, name, path):
        self.bus, self.owner, self.path = bus, name, path

    def call(self, interface, member, *arguments):
        return self.bus.call(self.owner, self.path, interface, member, *arguments)

    def get(self, interface, name):
        return self.call("org.freedesktop.DBus.Properties", "Get", "ss", interface, name)[0]

    @property
    def name(self):
        return self.get(ACCESSIBLE, "Name")

    @property
    def role(self):
        return self.call(ACCESSIBLE, "GetRoleName")[0]

    @property
    def extents(self):
        return self.call(COMPONENT, "GetExtents", "u", ON_SCREEN)[0]

    @property
    def states(self):
        low, high = self.call(ACCESSIBLE, "GetState")[0]
        return low | high << 32

    @property
    def is_usable(self):
        states = self.states
        return bool(states >> STATE_ENABLED & 1 and states >> STATE_SHOWING & 1)

    def children(self):
        return [Control(self.bus, owner, path) for owner, path in self.call(ACCESSIBLE, "GetChildren")[0]]

    def walk(self, depth=40):
        """This control and all below it; what vanishes meanwhile is passed over."""
        yield self
        if depth == 0:
            return
        try:
            below = self.children()
        except BusError:
            return
        for child in below:
            if child.path != "/org/a11y/atspi/null":
                yield from child.walk(depth - 1)

    def type(self, text):
        """Replaces the text of an input field."""
        self.call(EDITABLE, "SetTextContents", "s", text)


class Accessibility:
    def __init__(self, desktop):
        session = Bus(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        address = wait_until(
            lambda: self.address(session), 10, "the start of the accessibility bus (at-spi2-core)"
        )
        session.close()
        self.desktop = desktop
        self.bus = Bus(address)

    def close(self):
        self.bus.close()

    @staticmethod
    def address(session):
        try:
            return session.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]
        except BusError:
            return None

    def programs(self):
        """{process id: root of the program}"""
        found = {}
        for program in Control(self.bus, REGISTRY, ROOT_PATH).children():
            try:
                pid = self.bus.call(
                    "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                    "GetConnectionUnixProcessID", "s", program.owner
                )[0]
                found[pid] = program
            except BusError:
                continue
        return found

    def find(self, process, name, role=None, prefix=False, last=False):
        """The first usable control of a program with this accessible name, or the last one, which
        lies over the others; None without one."""
        found = None
        program = self.programs().get(process.pid)
        if program is None:
            return None
        for control in program.walk():
            try:
                named = control.name.startswith(name) if prefix else control.name == name
                if named and (role is None or control.role == role) and control.is_usable:
                    found = control
                    if not last:
                        break
            except BusError:
                continue
        return found

    def wait_for(self, process, name, seconds=10, **how):
        return wait_until(
            lambda: self.find(process, name, **how), seconds, f"the appearance of “{name}” on the screen"
        )

    def click(self, process, name, seconds=10, **how):
        """Clicks the middle of the named control with the X server's own pointer; returns the
        monotonic time just before, in seconds."""
        control = self.wait_for(process, name, seconds, **how)

        def place():
            # A page that slides in has not arrived as long as its places change.
            first = control.extents
            return first if first[2] > 0 and first == control.extents else None

        x, y, width, height = wait_until(place, 5, f"the arrival of “{name}”")
        clicked = time.monotonic()
        self.desktop.click(x + width / 2, y + height / 2)
        return clicked

    def wait_placed(self, process, left, seconds=10):
        """Until the window of a program stands at this x, give or take its frame."""
        def placed():
            frame = self.find(process, "Foyer", role="frame")
            return frame is not None and abs(frame.extents[0] - left) <= FRAME

        wait_until(placed, seconds, "the window in its place")

    def outline(self, process):
        """What the program shows, as indented lines; for the log when something was not found."""
        lines = []

        def visit(control, depth):
            try:
                lines.append(f"{'  ' * depth}{control.role} “{control.name}” {control.extents}")
                for child in control.children():
                    if depth < 40 and child.path != "/org/a11y/atspi/null":
                        visit(child, depth + 1)
            except BusError:
                return

        program = self.programs().get(process.pid)
        if program is None:
            raise Trouble("the program shows nothing to assistive programs")
        visit(program, 0)
        return "\n".join(lines)

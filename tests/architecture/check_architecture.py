#!/usr/bin/env python3
"""Reads every #include and a few forbidden words of the tree and fails on any edge that the table
in rules.py does not allow, printing the reason.

    check_architecture.py ROOT          check a tree
    check_architecture.py --self-test   prove on small made-up trees that each rule catches its sin
"""

import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rules  # noqa: E402

SOURCE_ENDINGS = (".h", ".cpp")
TEXT_ENDINGS = (
    ".h", ".cpp", ".qml", ".js", ".py", ".sh", ".md", ".txt", ".cmake", ".json", ".ini", ".service",
    ".desktop", ".xml", ".svg", ".conf", ".yml", ".yaml", ".toml", ".qrc", ".supp", "",
)
CODE_FOLDERS = ("core", "relaylite", "app")
SKIPPED_FOLDERS = {".git", "build", "demo", ".cache", "__pycache__"}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)


def strip_comments_and_literals(text):
    """Blanks comments and the insides of literals, keeping every line where it was."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^(\s]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'",
        re.DOTALL,
    )

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    return pattern.sub(blank, text)


def strip_comments(text):
    pattern = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
    return pattern.sub(
        lambda m: m.group(0) if m.group(0).startswith('"') else re.sub(r"[^\n]", " ", m.group(0)),
        text,
    )


def room_of(path):
    """The room whose folder holds `path`; the longest name wins (relaylite/host before relaylite)."""
    best = None
    for name in rules.ROOMS:
        if path.startswith(name + "/") and (best is None or len(name) > len(best)):
            best = name
    return best


def library_of(header):
    for library, pattern in rules.LIBRARIES:
        if re.fullmatch(pattern, header):
            return library
    return None


class Checker:
    def __init__(self, root):
        self.root = root
        self.findings = []
        self.files = sorted(self.walk())
        self.known = set(self.files)

    def walk(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
            for name in names:
                full = os.path.join(folder, name)
                if not os.path.islink(full):
                    yield os.path.relpath(full, self.root).replace(os.sep, "/")

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
            return file.read()

    def report(self, path, line, what):
        self.findings.append(f"{path}:{line}: {what}")

    def run(self):
        for path in self.files:
            top = path.split("/")[0]
            if path.endswith(SOURCE_ENDINGS) and top in CODE_FOLDERS:
                self.check_source(path, self.read(path))
            elif path.endswith((".cpp", ".h", ".js")) and top == "qml":
                self.report(path, 1, "qml holds no logic: C++ belongs to app/foyer, and there are no .js files")
            elif path.endswith("CMakeLists.txt") and top in CODE_FOLDERS:
                self.check_cmake(path, self.read(path))
            self.check_text(path)
        return self.findings

    # Includes ----------------------------------------------------------------------------------

    def check_source(self, path, text):
        name = room_of(path)
        if name is None:
            self.report(path, 1, "belongs to no room of the table (tests/architecture/rules.py)")
            return
        room = rules.ROOMS[name]
        for match in INCLUDE.finditer(strip_comments(text)):
            line = text.count("\n", 0, match.start()) + 1
            if match.group(1) == '"':
                self.check_inside(path, line, name, room, match.group(2))
            else:
                self.check_outside(path, line, name, room, match.group(2))
        if room.pure:
            self.check_words(path, text, name, room)

    def check_inside(self, path, line, name, room, header):
        if re.fullmatch(r"(moc_)?\w+\.(moc|cpp)", header):
            return  # written by Qt's moc
        if header.split("/")[0] in ("tests", "bench"):
            self.report(path, line, f'includes "{header}": nothing imports tests and benches')
            return
        target = room_of(header)
        if target is None:
            if library_of(header) not in (None, "std"):
                self.check_outside(path, line, name, room, header)
            else:
                self.report(path, line, f'includes "{header}": write includes in full from the root of the tree')
            return
        if header not in self.known:
            self.report(path, line, f'includes "{header}", which does not exist')
        if target != name and target not in room.imports:
            self.report(
                path, line,
                f'{name} may not import {target} ("{header}"): {room.why}. '
                f"It may import: {', '.join(sorted(room.imports)) or 'nothing'}",
            )

    def check_outside(self, path, line, name, room, header):
        library = library_of(header)
        if library is None:
            self.report(path, line, f"includes <{header}>, a library that no row of the table names")
            return
        if library not in room.libraries:
            self.report(
                path, line,
                f"{name} may not use {library} (<{header}>): {room.why}. "
                f"It may use: {', '.join(sorted(room.libraries))}",
            )
            return
        limited = rules.ONLY_IN_FILES.get((name, library))
        if limited and not re.match(limited[0], path):
            self.report(path, line, f"may not include <{header}>: {limited[1]}")
        if room.pure and header in rules.WORLDLY_STANDARD_HEADERS:
            self.report(
                path, line,
                f"{name} includes <{header}> and with it {rules.WORLDLY_STANDARD_HEADERS[header]}: {room.why}",
            )

    def check_words(self, path, text, name, room):
        bare = strip_comments_and_literals(text)
        for what, pattern in rules.WORLDLY_WORDS:
            if what == "a log" and path in rules.MAY_PRINT:
                continue
            for match in re.finditer(pattern, bare):
                line = bare.count("\n", 0, match.start()) + 1
                self.report(
                    path, line,
                    f"`{match.group(0).strip()}` is {what}, below core/io: {room.why}. "
                    "`now` and RandomSource& come in as parameters; what happened goes out as an event",
                )

    # What CMake links ----------------------------------------------------------------------------

    def check_cmake(self, path, text):
        text = re.sub(r"#[^\n]*", "", text)
        for match in re.finditer(r"\bfoyer_room\(\s*(\w+)([^)]*)\)", text):
            name = self.target_room(match.group(1))
            if name is None:
                self.report(path, 1, f"foyer_room({match.group(1)}) is no room of the table")
                continue
            imports = re.search(r"\bIMPORTS\b((?:\s+(?!LIBS\b|PRIVATE_LIBS\b|QT\b|PCH\b|PCH_OWN\b|EXCEPT\b)\w+)*)", match.group(2))
            for target in imports.group(1).split() if imports else []:
                other = self.target_room(target)
                if other is None or (other != name and other not in rules.ROOMS[name].imports and
                                     (name, other) != ("core/engine", "relaylite")):
                    line = text.count("\n", 0, match.start()) + 1
                    self.report(path, line, f"links {name} to {other or target}: {rules.ROOMS[name].why}")

    @staticmethod
    def target_room(target):
        special = {"relaylite": "relaylite", "relaylite_host": "relaylite/host"}
        name = special.get(target, "core/" + target)
        return name if name in rules.ROOMS else None

    # Any text ----------------------------------------------------------------------------------

    def check_text(self, path):
        ending = os.path.splitext(path)[1]
        if ending not in TEXT_ENDINGS or path.startswith(("tests/vectors/", "tests/fuzz/corpus/", "resources/")):
            return
        if path.startswith("tests/architecture/"):
            return  # it has to name what it forbids
        text = self.read(path)
        if "\0" in text:
            return
        for match in re.finditer(rules.MACHINE_PATH, text):
            if path.startswith("tests/") and match.group(0).startswith("/home/"):
                continue  # a made-up home in a made-up environment
            self.report(path, self.line(text, match), f"names a folder of somebody's machine: {match.group(0)}")
        for match in re.finditer(rules.REGISTRY_HOST, text):
            self.report(path, self.line(text, match), f"names a host that serves packages: {match.group(0)}")
        if path == "LICENSE":
            return
        for match in re.finditer(r"\b(?:https?|ftp)://([A-Za-z0-9.-]+)", text):
            host = match.group(1).lower().rstrip(".")
            if "." in host and not any(re.fullmatch(pattern, host) for pattern in rules.KNOWN_URL_HOSTS):
                self.report(
                    path, self.line(text, match),
                    f"names the host {host}: mirrors and registries come from the machine, and other "
                    "hosts need a line in tests/architecture/rules.py",
                )
        if ending in (".h", ".cpp", ".qml"):
            for match in re.finditer(r"\b(?:TODO(?!\(#\d+\))|FIXME|XXX)\b", text):
                self.report(path, self.line(text, match), f"{match.group(0)} without an issue: write TODO(#123) or do it")

    @staticmethod
    def line(text, match):
        return text.count("\n", 0, match.start()) + 1


def main():
    if len(sys.argv) == 2 and sys.argv[1] == "--self-test":
        import self_test
        return self_test.run(Checker)
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        print(__doc__, file=sys.stderr)
        return 2
    checker = Checker(sys.argv[1])
    findings = checker.run()
    for finding in findings:
        print(finding)
    sources = sum(1 for path in checker.files if room_of(path) and path.endswith(SOURCE_ENDINGS))
    print(f"{sources} files in {len(rules.ROOMS)} rooms read, {len(findings)} findings")
    return 1 if findings or sources == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

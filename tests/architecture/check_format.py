#!/usr/bin/env python3
"""Fails on every C++ file that clang-format 14 would write differently.

    check_format.py ROOT          report
    check_format.py ROOT --fix    rewrite the files
"""

import os
import subprocess
import sys

FORMATTER = "clang-format-14"
FOLDERS = ("core", "relaylite", "app", "tests", "bench")


def main():
    root = sys.argv[1]
    files = []
    for top in FOLDERS:
        for folder, _, names in os.walk(os.path.join(root, top)):
            files += [os.path.join(folder, name) for name in names if name.endswith((".h", ".cpp"))]
    files.sort()
    if not files:
        print("no files found")
        return 1
    if "--fix" in sys.argv:
        return subprocess.run([FORMATTER, "-i", *files], check=False).returncode
    result = subprocess.run(
        [FORMATTER, "--dry-run", "-Werror", "--ferror-limit=1", *files], check=False, capture_output=True, text=True
    )
    wrong = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "error:" in line})
    for path in wrong:
        print(f"{os.path.relpath(path, root)}: not as {FORMATTER} writes it (tests/architecture/check_format.py . --fix)")
    print(f"{len(files)} files, {len(wrong)} not formatted")
    return 1 if result.returncode else 0


if __name__ == "__main__":
    sys.exit(main())

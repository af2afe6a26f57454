#!/usr/bin/env python3
"""foyer-relay.service as systemd reads it: no unknown setting, no mistake. Skipped (77) without systemd-analyze."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

UNIT = os.path.join(os.path.dirname(__file__), "..", "..", "packaging", "foyer-relay.service")


def main():
    if shutil.which("systemd-analyze") is None:
        print("SKIPPED: systemd-analyze is not installed")
        return 77
    with open(UNIT, encoding="utf-8") as file:
        unit = file.read()
    # The program need not be installed for its unit to be judged; its options are judged by its own tests.
    runs = re.compile(r"^(Exec\w+=)/usr/bin/foyer-relay", re.MULTILINE)
    assert runs.search(unit), "the unit starts the relay"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "foyer-relay.service")

        def verify(text):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", path],
                                  capture_output=True, text=True, timeout=60, check=False)
            return [line for line in (done.stdout + done.stderr).splitlines() if "foyer-relay" in line]

        right = runs.sub(r"\1/bin/true", unit)
        probe = verify(right.replace("NoNewPrivileges=", "NoSuchSetting="))
        if not any("NoSuchSetting" in line for line in probe):
            print("SKIPPED: systemd-analyze verifies nothing here:", probe)
            return 77
        complaints = verify(right)
        print("\n".join(complaints) or "nothing to complain about")
        return 1 if complaints else 0


sys.exit(main())

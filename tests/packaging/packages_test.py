#!/usr/bin/env python3
"""What the packages are made of: files that other programs of a system read are right by their own
checkers, and true to the programs. Nothing is packed here; that is packaging/check-packages.

    packages_test.py BUILD    the folder of the build, for what its programs say of themselves
"""

import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else ROOT / "build/release"
DESKTOP = PACKAGING / "desktop/foyer.desktop"
METAINFO = PACKAGING / "desktop/example.foyer.Foyer.metainfo.xml"
MANIFEST = PACKAGING / "flatpak/example.foyer.Foyer.json"
SCHEME = "x-scheme-handler/foyer"
PAGES = {"foyer": "foyer.1", "foyerctl": "foyerctl.1", "foyer-lab": "foyer-lab.1", "foyer-relay": "foyer-relay.8"}
# Which package holds a QML module; what is imported must be among the dependencies.
QML_PACKAGES = {"QtQuick": "qml6-module-qtquick", "QtQuick.Templates": "qml6-module-qtquick-templates",
                "QtQuick.Window": "qml6-module-qtquick-window", "QtQml": "qml6-module-qtqml",
                "QtQml.Models": "qml6-module-qtqml-models", "QtQuick.Layouts": "qml6-module-qtquick-layouts",
                "QtQuick.Controls": "qml6-module-qtquick-controls", "QtQuick.Shapes": "qml6-module-qtquick-shapes"}
# Without what only a Debian package has.
INSTALLED = {
    "foyer": {"bin/foyer", "share/man/man1/foyer.1.gz", "share/applications/foyer.desktop",
              "share/metainfo/example.foyer.Foyer.metainfo.xml", "share/icons/hicolor/scalable/apps/foyer.svg",
              *(f"share/icons/hicolor/{size}x{size}/apps/foyer.svg" for size in (16, 22, 24))},
    "foyer-relay": {"bin/foyer-relay", "share/man/man8/foyer-relay.8.gz"},
    "foyer-tools": {"bin/foyerctl", "bin/foyer-lab", "share/man/man1/foyerctl.1.gz", "share/man/man1/foyer-lab.1.gz",
                    *(f"share/foyer/lab/{path.name}" for path in (ROOT / "app/lab/laboratory").glob("*.py"))},
}
PROGRAMS = {"foyer": ["foyer"], "foyer-relay": ["foyer-relay"], "foyer-tools": ["foyerctl", "foyer-lab"]}
PATIENCE_S = 20


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60, check=False, **options)
    return done.returncode, done.stdout + done.stderr


def man_text(program):
    """The page as it was written, without the macros of mdoc between the words."""
    text = (PACKAGING / "man" / PAGES[program]).read_text(encoding="utf-8")
    return re.sub(r"\bFl -(?=\w)", "--", text)


class Case(unittest.TestCase):
    def tool(self, name):
        if shutil.which(name) is None:
            self.skipTest(f"{name} is not installed")
        return name

    def program(self, name):
        path = BUILD / "bin" / name
        if not path.exists():
            self.skipTest(f"{name} is not built")
        return path


class DesktopFiles(Case):
    def entry(self):
        lines = DESKTOP.read_text(encoding="utf-8").splitlines()
        self.assertEqual(lines[0], "[Desktop Entry]")
        return dict(line.split("=", 1) for line in lines[1:])

    def test_links_are_opened_with_the_program(self):
        entry = self.entry()
        self.assertIn(SCHEME, entry["MimeType"].split(";"))
        self.assertEqual(entry["Exec"], "foyer %U")

    def test_the_window_finds_its_entry_and_its_icon(self):
        self.assertIn('setDesktopFileName(QStringLiteral("foyer"))', (ROOT / "app/foyer/window.cpp").read_text())
        self.assertEqual(self.entry()["Icon"], "foyer")

    def test_desktop_file_validate_has_nothing_to_say(self):
        self.assertEqual(run(self.tool("desktop-file-validate"), DESKTOP), (0, ""))

    def test_appstreamcli_validates_the_metainfo(self):
        code, said = run(self.tool("appstreamcli"), "validate", "--no-net", METAINFO)
        self.assertEqual(code, 0, said)

    def test_the_metainfo_names_this_entry_this_scheme_and_this_version(self):
        component = ElementTree.parse(METAINFO).getroot()
        self.assertEqual(component.findtext("launchable"), DESKTOP.name)
        self.assertEqual(component.findtext("provides/mediatype"), SCHEME)
        self.assertEqual(component.findtext("id") + ".metainfo.xml", METAINFO.name)
        version = re.search(r"project\(Foyer VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        self.assertEqual(component.find("releases/release").get("version"), version)


class ManualPages(Case):
    def test_they_are_written_without_mistakes(self):
        for page in sorted((PACKAGING / "man").iterdir()):
            with self.subTest(page.name):
                if shutil.which("mandoc"):
                    self.assertEqual(run("mandoc", "-T", "lint", "-W", "warning", page), (0, ""))
                else:
                    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
                    code, said = run("sh", "-c", f"{self.tool('man')} --warnings -l '{page}' 2>&1 > /dev/null", env=environment)
                    self.assertEqual((code, said), (0, ""))

    def test_every_option_of_the_help_is_in_the_page_and_no_other(self):
        for name in PAGES:
            with self.subTest(name):
                help_text = run(self.program(name), "--help")[1]
                for option in set(re.findall(r"--[a-z][a-z0-9-]*", help_text)):
                    self.assertIn(option, man_text(name))
                known = help_text + "--help --version"
                # The pages show how other programs of the family are called.
                own = man_text(name).split(".Sh EXAMPLES")[0].replace("--control", "")
                for option in set(re.findall(r"--[a-z][a-z0-9-]*", own)):
                    self.assertIn(option, known)

    def test_every_verb_of_foyerctl_is_in_its_page(self):
        help_text = run(self.program("foyerctl"), "--help")[1]
        verbs = set(re.findall(r"^  ([a-z][a-z-]+) ", help_text, re.MULTILINE))
        self.assertGreater(len(verbs), 30)
        self.assertEqual(set(re.findall(r"^\.It Cm ([a-z-]+)", man_text("foyerctl"), re.MULTILINE)), verbs)

    def test_every_key_of_the_relays_configuration_is_in_its_page(self):
        source = (ROOT / "relaylite/host/relay_config.cpp").read_text()
        keys = set(re.findall(r'^ +\{"([a-z_]+)",', source, re.MULTILINE))
        self.assertGreater(len(keys), 12)
        page = man_text("foyer-relay")
        for key in keys:
            self.assertRegex(page, rf"\.(It )?Cm [a-z_ ,]*\b{key}\b")


class Relay(Case):
    def test_the_service_reads_the_file_that_is_a_conffile(self):
        conffiles = (PACKAGING / "deb/conffiles").read_text().split()
        self.assertEqual(conffiles, ["/etc/foyer-relay.json"])
        unit = (PACKAGING / "foyer-relay.service").read_text()
        self.assertIn(f"ExecStart=/usr/bin/foyer-relay --config {conffiles[0]}\n", unit)

    def test_maintainer_scripts_parse_and_may_be_run(self):
        for name in ("postinst", "prerm", "postrm"):
            script = PACKAGING / "deb" / name
            self.assertTrue(os.access(script, os.X_OK), name)
            self.assertEqual(run("sh", "-n", script), (0, ""))
            self.assertIn("\nset -e\n", script.read_text())

    def test_it_serves_with_the_configuration_that_is_installed(self):
        with tempfile.TemporaryDirectory() as folder:
            relay = subprocess.Popen([self.program("foyer-relay"), "--config", PACKAGING / "foyer-relay.json",
                                      "--listen", "127.0.0.1:0", "--data-dir", folder, "--no-mdns"], stdout=subprocess.PIPE)
            try:
                ready, _, _ = select.select([relay.stdout], [], [], PATIENCE_S)
                self.assertTrue(ready, "it said nothing")
                self.assertIn("link", json.loads(relay.stdout.readline()))
                relay.send_signal(signal.SIGTERM)
                self.assertEqual(relay.wait(PATIENCE_S), 0)
            finally:
                relay.kill()
                relay.wait()
                relay.stdout.close()


class Dependencies(Case):
    def test_every_imported_qml_module_is_asked_for(self):
        depends = re.search(r'FOYER_PACKAGE_DEPENDS\s+"([^"]*)"', (ROOT / "cmake/FoyerPackages.cmake").read_text()).group(1).split(", ")
        imports = set()
        for file in (ROOT / "qml").rglob("*.qml"):
            imports |= set(re.findall(r"^import ([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE))
        foreign = {name for name in imports if not name.startswith("Foyer.")}
        self.assertIn("QtQuick", foreign)
        for name in foreign:
            self.assertIn(QML_PACKAGES.get(name, f"the package of {name}"), depends)


class Installing(Case):
    def test_each_package_holds_what_it_should(self):
        for component, expected in INSTALLED.items():
            with self.subTest(component), tempfile.TemporaryDirectory() as folder:
                for name in PROGRAMS[component]:
                    self.program(name)
                # DESTDIR also goes before /etc, which a build for packages installs to.
                code, said = run("cmake", "--install", BUILD, "--component", component, "--prefix", "/usr",
                                 env={**os.environ, "DESTDIR": folder})
                self.assertEqual(code, 0, said)
                usr = pathlib.Path(folder, "usr")
                found = {str(path.relative_to(usr)) for path in usr.rglob("*") if not path.is_dir()}
                debian = {name for name in found if name.startswith(("share/doc/", "lib/systemd/"))}
                self.assertEqual(found - debian, expected)


class Flatpak(Case):
    def test_the_manifest_is_whole(self):
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        self.assertEqual(manifest["id"] + ".json", MANIFEST.name)
        self.assertEqual(manifest["id"], ElementTree.parse(METAINFO).getroot().findtext("id"))
        self.assertEqual((manifest["command"], manifest["rename-desktop-file"]), ("foyer", DESKTOP.name))
        for key in ("runtime", "runtime-version", "sdk", "finish-args"):
            self.assertIn(key, manifest)
        for module in manifest["modules"]:
            with self.subTest(module["name"]):
                self.assertIn(module["buildsystem"], ("autotools", "cmake-ninja"))
                for source in module["sources"]:
                    self.assertIn(source["type"], ("archive", "dir"))
                    if source["type"] == "archive":
                        self.assertRegex(source["path"], r"^sources/[\w.-]+\.orig\.tar\.(gz|xz)$")
                        self.assertRegex(source["sha256"], r"^[0-9a-f]{64}$")
        self.assertTrue((MANIFEST.parent / manifest["modules"][-1]["sources"][0]["path"] / "CMakeLists.txt").exists())


if __name__ == "__main__":
    unittest.main()

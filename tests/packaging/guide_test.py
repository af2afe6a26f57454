#!/usr/bin/env python3
"""The documents lead somewhere, and the guide quotes the screen.

Links: every relative link and picture of README.md and docs/**/*.md leads to a file of this repository, an anchor to
a heading of it. Labels: what the guide writes in bold is a text of the interface; there "…" stands for the part that
changes ("%1"), and what a text begins or ends with besides letters (", because …") may be left out."""

import functools
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).parents[2]
GUIDE = ROOT / "docs/guide"
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Where texts for people are made; those of the network check stand beside what they describe.
TEXTS = [*sorted((ROOT / "qml").rglob("*.qml")), *sorted((ROOT / "app/foyer").glob("*.cpp")),
         ROOT / "core/engine/network_words.cpp"]

LITERAL = r'"(?:[^"\\]|\\.)*"'
TRANSLATED = re.compile(rf'(?:\btr|\bqsTr|\bFOYER_TEXT|\bQT_TRANSLATE_NOOP\(\s*{LITERAL}\s*,)\s*\(?\s*({LITERAL}(?:\s*{LITERAL})*)')
LINK = re.compile(r"\]\(([^()\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
OUTER = " .,:;"  # how sentences are put together, not what they say


def prose(path):
    """The text without what stands in code."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", text)


def slug(heading):
    """As GitHub makes an anchor of a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@functools.cache
def anchors(path):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    found, seen = set(), {}
    for heading in re.findall(r"^#+ +(.+)$", text, flags=re.MULTILINE):
        name = slug(heading)
        found.add(f"{name}-{seen[name]}" if name in seen else name)
        seen[name] = seen.get(name, 0) + 1
    return found


def links(path):
    return [target for target in LINK.findall(prose(path)) if not re.match(r"[a-z][a-z+.-]*:", target)]


def broken(path, target):
    """Why the link leads nowhere, or None."""
    name, _, anchor = target.partition("#")
    there = (path.parent / name).resolve() if name else path
    if not there.is_relative_to(ROOT.resolve()):
        return "leads out of the repository"
    if not there.exists():
        return "no such file"
    if anchor and there.suffix == ".md" and anchor not in anchors(there):
        return "no such heading"
    return None


def texts_in(source):
    """The translated texts of a source file, put together where the source parts them."""
    for literals in TRANSLATED.findall(source):
        text = "".join(literal[1:-1] for literal in re.findall(LITERAL, literals))
        yield text.replace('\\"', '"').replace("\\n", "\n").strip(OUTER)


@functools.cache
def texts():
    return frozenset(text for path in TEXTS for text in texts_in(path.read_text(encoding="utf-8")))


def is_text(label, known):
    parts = label.strip(OUTER).split("…")
    # The screen has an ellipsis of its own on some buttons.
    pattern = re.compile(r"(?:…|%n|%\d)".join(re.escape(part) for part in parts))
    return any(pattern.fullmatch(text) for text in known)


class Guide(unittest.TestCase):
    def test_every_link_leads_to_a_file_and_a_heading(self):
        wrong = [f"{path.relative_to(ROOT)}: {target}: {why}" for path in DOCUMENTS for target in links(path)
                 if (why := broken(path.resolve(), target))]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_every_bold_label_is_on_the_screen(self):
        wrong = []
        for path in sorted(GUIDE.glob("*.md")):
            labels = [" ".join(label.split()) for label in BOLD.findall(prose(path))]
            wrong += [f"{path.name}: {label}" for label in labels if not is_text(label, texts())]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_every_page_is_in_the_index_and_the_index_in_the_readme(self):
        pages = {path.name for path in GUIDE.glob("*.md")} - {"README.md"}
        self.assertGreater(len(pages), 0)
        self.assertEqual(pages - set(links(GUIDE / "README.md")), set())
        self.assertIn("docs/guide/README.md", links(ROOT / "README.md"))

    def test_the_gallery_shows_each_screen_in_light_and_dark_and_is_found(self):
        """That each picture exists is a link's test, above."""
        gallery = ROOT / "docs/gallery.md"
        pictures = [target for target in links(gallery) if target.endswith(".png")]
        self.assertGreater(len(pictures), 20)
        light = {target.removesuffix("-light.png") for target in pictures if target.endswith("-light.png")}
        dark = {target.removesuffix("-dark.png") for target in pictures if target.endswith("-dark.png")}
        self.assertEqual(light, dark)
        self.assertEqual(len(pictures), 2 * len(light), "each once")
        self.assertIn("docs/gallery.md", links(ROOT / "README.md"))
        self.assertIn("../gallery.md", links(GUIDE / "README.md"))

    def test_paragraphs_are_not_wrapped(self):
        """One line a paragraph: a sentence that changes then changes one line."""
        starts = re.compile(r"\s*$|#|\||!\[|\s*(-|\d+\.) ")
        wrong = []
        for path in sorted(GUIDE.glob("*.md")):
            lines = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"),
                           flags=re.DOTALL | re.MULTILINE).split("\n")
            wrong += [f"{path.name}: {line}" for before, line in zip(lines, lines[1:])
                      if before.strip() and not starts.match(line)]
        self.assertEqual(wrong, [])


class Peers(unittest.TestCase):
    def test_every_test_that_is_named_exists(self):
        sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*_test.cpp"))
        wrong = []
        for name in re.findall(r"`([^`]+)`", (ROOT / "docs/peers.md").read_text(encoding="utf-8")):
            suite, _, case = name.partition(".")
            if name.endswith(".py") or "/" in name:
                is_there = (ROOT / "tests/e2e" / name).exists() or (ROOT / name).exists()
            else:
                is_there = re.search(rf"TEST(?:_F|_P)?\({suite}\w*,\s*{case}", sources) is not None
            wrong += [] if is_there else [name]
        self.assertEqual(wrong, [])


class TheTestItself(unittest.TestCase):
    def test_texts_are_found_in_both_languages(self):
        self.assertEqual(list(texts_in('text: on ? qsTr("Muted") : qsTr("Mute")')), ["Muted", "Mute"])
        self.assertEqual(list(texts_in('Path::tr(", because "\n   "it \\"is\\" so."); f("no")')), ['because it "is" so'])
        self.assertEqual(list(texts_in('FOYER_TEXT(\n "One") QT_TRANSLATE_NOOP("Path", "Two")')), ["One", "Two"])

    def test_labels_are_compared_whole(self):
        known = {"Call", "Relay: %1", "Join by link…", "%n people here"}
        for label in ("Call", "Relay: …", "Join by link…", "… people here"):
            self.assertTrue(is_text(label, known), label)
        for label in ("Cal", "Relay", "Call me", "…"):
            self.assertFalse(is_text(label, known), label)

    def test_a_wrong_link_is_noticed(self):
        page = GUIDE / "README.md"
        self.assertEqual(broken(page, "nowhere.md"), "no such file")
        self.assertEqual(broken(page, "sound.md#nowhere"), "no such heading")
        self.assertEqual(broken(page, "../../../../elsewhere.md"), "leads out of the repository")
        self.assertIsNone(broken(page, "sound.md#mute-and-deafen"))


if __name__ == "__main__":
    unittest.main()

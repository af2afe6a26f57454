#!/usr/bin/env python3
"""Every text of the program is translated, and the check of it (packaging/translations) finds what is not."""
import importlib.machinery
import importlib.util
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).parents[2]
_loader = importlib.machinery.SourceFileLoader("translations", str(ROOT / "packaging/translations"))
_spec = importlib.util.spec_from_loader("translations", _loader)
translations = importlib.util.module_from_spec(_spec)
_loader.exec_module(translations)

FILES = sorted((ROOT / translations.FOLDER).glob("foyer_*.ts"))
# What people read or hear is one of these; a bare text beside them is one that nobody can translate.
SHOWN = re.compile(r'\b(?:text|title|placeholderText|Accessible\.(?:name|description)|advice|label|name)\s*:\s*"([^"]*)"')


class Tree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts, cls.complaints = translations.renewed(ROOT, FILES)

    def test_every_text_is_translated(self):
        for file in FILES:
            faults = translations.faults_of(file.name, file.read_text(encoding="utf-8"), self.texts[file.name])
            self.assertEqual(faults, [], "packaging/translations --update, then docs/translations.md")

    def test_lupdate_knows_the_class_of_every_text(self):
        self.assertEqual(self.complaints, [], "at run time such a text is looked for in another context")

    def test_there_is_german_and_the_plural_forms_of_english(self):
        german = translations.messages_of(self.texts["foyer_de.ts"])
        english = translations.messages_of(self.texts["foyer_en.ts"])
        self.assertGreater(len(german), 1000)
        self.assertTrue(any(key[0] == "ErrorText" for key in german), "the texts in FOYER_TEXT are found")
        self.assertEqual(set(english), {key for key, message in german.items() if message.get("numerus")})

    def test_no_text_of_the_window_is_without_translation(self):
        for path in (ROOT / "qml").rglob("*.qml"):
            for text in SHOWN.findall(path.read_text(encoding="utf-8")):
                if text == "Foyer":
                    continue
                self.assertFalse(re.search(r"[A-Za-z]{2}", text) and (" " in text or text[:1].isupper()),
                                 f"{path.relative_to(ROOT)}: {text!r} is not in qsTr()")


def file_with(source, translation, numerus=""):
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>A</name>
    <message{numerus}>
        <source>{source}</source>
        {translation}
    </message>
</context>
</TS>
"""


class Check(unittest.TestCase):
    """Each fault that it is there for."""

    def faults(self, source, translation, numerus="", fresh=None):
        text = file_with(source, translation, numerus)
        return translations.faults_of("foyer_de.ts", text, fresh or text)

    def one(self, source, german):
        return self.faults(source, f"<translation>{german}</translation>")

    def assertOne(self, faults, words):
        self.assertEqual(len(faults), 1, faults)
        self.assertIn(words, faults[0])

    def test_a_good_one_has_no_fault(self):
        self.assertEqual(self.one("Call %1 in %2.", "In %2 %1 anrufen."), [])

    def test_a_text_that_is_not_translated(self):
        self.assertOne(self.faults("Call", '<translation type="unfinished"></translation>'), "not translated")
        self.assertOne(self.one("Call", ""), "not translated")

    def test_a_text_that_is_new_or_gone(self):
        kept = file_with("Old", "<translation>Alt</translation>")
        fresh = file_with("New", '<translation type="unfinished"></translation>')
        faults = translations.faults_of("foyer_de.ts", kept, fresh)
        self.assertIn("is new", faults[0])
        self.assertIn("not in the program any more", faults[1])

    def test_placeholders(self):
        for german in ("Anruf", "%1 %1", "%2", "%n"):
            self.assertOne(self.one("Call %1", german), "placeholders")

    def test_spaces_at_the_edges(self):
        self.assertOne(self.one(" over TCP", "über TCP"), "begins with a space")
        self.assertOne(self.one("You chose. ", "Gewählt."), "ends with a space")

    def test_punctuation_at_the_end(self):
        for source, german in (("Call.", "Anruf"), ("Call", "Anruf."), ("Looking…", "Sucht..."), ("Here?", "Hier!")):
            self.assertOne(self.one(source, german), "punctuation")

    def test_plural_forms(self):
        numerus = ' numerus="yes"'
        forms = "<translation>{}</translation>".format
        form = "<numerusform>{}</numerusform>".format
        self.assertEqual(self.faults("%n calls", forms(form("ein Anruf") + form("%n Anrufe")), numerus), [])
        self.assertOne(self.faults("%n calls", forms(form("%n Anrufe")), numerus), "plural forms")
        self.assertOne(self.faults("%n calls", forms(form("ein Anruf") + form("")), numerus), "not translated")
        self.assertOne(self.faults("%n of %1", forms(form("einer") + form("%n von %1")), numerus), "placeholders")


if __name__ == "__main__":
    unittest.main(verbosity=2)

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person filters the list, looks at an office and its projects, takes in a
table, and turns the mouse wheel over it all: in English and in French."""

import os
import re
import unittest

import screenshots
from driver import SampleJourney
from waiting import wait

# The sample has three projects that are under way.
ACTIVE = re.compile("^Acti(ve|f)$")


class Find(SampleJourney):
    """The tests of each language; subclasses say which."""

    def count(self, text):
        self.app.find("label", re.compile(text))

    def test_filter(self):
        app = self.app
        active = app.records("project", "--where", "status=2")
        self.assertEqual(len(active), 3)

        app.filter("Status", ACTIVE)
        app.rows(3)
        self.count(r"^3\s(of|sur)\s25\s(projects|projets)")
        for row in app.all_rows():
            self.assertRegex(row.name, "Acti(ve|f)")

        # The next day
        app.restart()
        app.rows(3)

        removal = app.find("button", re.compile("“Active”|«.Actif.»"))
        removal.focus()
        app.key("Return")
        self.count(r"^25\s")
        wait("more rows", lambda: len(app.all_rows()) > 3, shown=app.dump)
        app.find_none("button", re.compile("“Active”|«.Actif.»"))

    def test_office(self):
        """Its projects, how many they are and what they cost; and its city."""
        app = self.app
        linked = [record for record in app.records("project") if record["office"]]
        office = max({record["office"] for record in linked},
                     key=[record["office"] for record in linked].count)
        projects = [record for record in linked if record["office"] == office]
        self.assertGreater(len(projects), 1)
        total = sum(float(record["budget"]["amount"]) for record in projects if record["budget"])
        record = next(each for each in app.records("office") if each["id"] == office)

        app.go_to("Offices")
        app.search(record["city"])
        app.row(re.compile(re.escape(record["name"][self.language]))).press()
        # However the locale groups the digits
        app.find("label", re.compile(r"\b%d\sproje(c)?ts · \D*%s\b" % (len(projects), r"\D?".join("%d" % total))))
        for project in projects:
            app.find(("button", "list item", "link"), re.compile(re.escape(project["title"][self.language][:20])))

        app.field("City").write("Söderköping")
        app.key("Return")
        wait("the city in the register", lambda: next(
            each for each in app.records("office") if each["id"] == office)["city"] == "Söderköping")

    def test_import(self):
        """A table is looked at first, taken in as a whole, and taken back."""
        app = self.app
        path = os.path.join(app.home, "table.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(screenshots.TABLE)

        # Looking changes nothing
        dialog = app.import_table(path)
        dialog.find("page tab", re.compile("^(Problems|Problèmes)")).press()
        dialog.find("list item", re.compile("^(Line|Ligne) 3"))
        app.key("Escape")
        app.find_none("dialog")
        self.assertEqual(len(app.records("project")), 25)

        dialog = app.import_table(path)
        dialog.find("button", app.say("_Import").replace("_", ""), state="SENSITIVE").focus()
        app.key("Return")
        app.find_none("dialog")
        self.count(r"^27\s")
        self.assertEqual(len(app.records("project", "--search", "CT.9001")), 1)
        # A value that can't be read is left out of its row.
        self.assertIsNone(app.records("project", "--search", "CT.9002")[0]["end"])

        app.toast(app.say("_Undo").replace("_", ""), "button").press()
        self.count(r"^25\s")
        self.assertEqual(len(app.records("project")), 25)

    def test_widths(self):
        """At each width there is room for the list and the record: libadwaita warns
        otherwise, and the window is cut off."""
        app = self.app
        app.key("Down", "Return")
        for width in range(1200, 359, -40):
            app.resize(width, 700)
            app.find("text", app.label("Project ID"))

    def test_wheel(self):
        """Turned over a field, the wheel scrolls the page and changes nothing."""
        app = self.app
        before = app.records("project")
        app.row(re.compile("")).press()
        app.field("Project ID")
        labels = [app.label(name) for name in ("Project ID", "Status", "Coverage", "Start", "End", "Budget")]
        for label in labels:
            field = app.find(("text", "entry", "button"), re.compile("^%s\\b" % re.escape(label)))
            field.turn_wheel()
            if field.role == "text":
                field.focus()
                field.turn_wheel()
        # Text that was typed, had there been any, is stored when the field is left
        app.key("ctrl+f")
        app.find(("text", "entry"), app.say("Search the whole register"), state="FOCUSED")
        self.assertEqual(app.records("project"), before)


class FindInEnglish(Find, unittest.TestCase):
    language = "en"


class FindInFrench(Find, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

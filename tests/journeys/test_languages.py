# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organisation's third language: from a table to the page of a record, into the
register's languages, and into a table again."""

import csv
import io
import os
import re
import unittest

from driver import App
from waiting import wait


class Languages:
    """The tests of each language; subclasses say which."""

    language = None
    spanish = "Español"

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)

    def tearDown(self):
        self.assertEqual(self.app.warnings, [])

    def import_texts(self, text):
        path = os.path.join(self.app.home, "table.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        self.app.cli("import", path, "--kind", "project")

    def project(self, identifier):
        return next(record for record in self.app.records("project") if record["project_id"] == identifier)

    def exported(self):
        rows = csv.DictReader(io.StringIO(self.app.cli("export", "-", "--kind", "project", "--for-register")))
        return {row["project_id"]: row for row in rows}

    def test_spanish(self):
        app = self.app
        self.import_texts("project_id,title_fr,title_en,Title (Spanish),description_es\n"
                          "PO.0001,Passerelle,Gateway,La pasarela,Añorar la niñez\n"
                          "PO.0002,Autre,Other,,\n")
        app.start()
        app.rows(2)

        # The record's other texts are read, and changed, on its page
        app.row(self.title("Passerelle", "Gateway")).click()
        app.field("Title", self.spanish).find_text("La pasarela")
        app.field("Description", self.spanish).find_text("Añorar la niñez")
        app.field("Title", self.spanish).write("Una pasarela")
        app.key("Return")
        wait("the title in the register", lambda: self.project("PO.0001")["title"]["es"] == "Una pasarela")
        app.leave_field()
        app.row(self.title("Autre", "Other")).click()
        app.field("Title", "fr").find_text("Autre")
        self.assertEqual(self.spanish_fields(), [])

        # Spanish becomes one of the register's languages: it has a place on every page
        app.cli("entry", "language", "es", "--add")
        app.field("Title", self.spanish).write("Otro")
        app.key("Return")
        wait("the title in the register", lambda: self.project("PO.0002")["title"]["es"] == "Otro")

        rows = self.exported()
        self.assertEqual([rows["PO.0001"]["title_es"], rows["PO.0002"]["title_es"]], ["Una pasarela", "Otro"])
        self.assertEqual(rows["PO.0001"]["description_es"], "Añorar la niñez")

    def test_outdated(self):
        app = self.app
        self.import_texts("project_id,title_fr,title_en\nPO.0001,Passerelle,Gateway\nPO.0002,Autre,Other\n")
        app.start()
        app.rows(2)
        app.row(self.title("Passerelle", "Gateway")).click()
        app.field("Title", "fr").find_text("Passerelle")

        # One text is changed: the other is older, which the page says, and a filter finds
        app.cli("set", "PO.0001", "title_fr", "La passerelle")
        warning = app.say("Older than the text in %s") % self.say_language("fr")
        app.find("label", warning)
        app.menu(re.compile("^" + app.say("Filter")), app.say("Outdated Translation", "filter"), app.label("Title"))
        app.rows(1)
        self.assertEqual([r["project_id"] for r in app.records("project", "--where", "title_en=outdated")], ["PO.0001"])

        # It is right all the same, and that can be undone
        app.find("button", app.say("Still Right")).press()
        wait("the mark to go", lambda: app.records("project", "--where", "title_en=outdated") == [])
        wait("the warning to go", lambda: not [w for w in app.all("label") if w.showing and w.name == warning])
        app.key("ctrl+z")
        app.find("label", warning)
        self.assertEqual(len(app.records("project", "--where", "title=outdated")), 1)

    def say_language(self, language):
        return {"en": {"fr": "French"}, "fr": {"fr": "français"}}[self.language][language]

    def title(self, french, english):
        return re.compile("^" + (french if self.language == "fr" else english))

    def spanish_fields(self):
        return [w.name for role in ("text", "entry") for w in self.app.all(role)
                if w.name.endswith("(%s)" % self.spanish)]


class LanguagesInEnglish(Languages, unittest.TestCase):
    language = "en"


class LanguagesInFrench(Languages, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

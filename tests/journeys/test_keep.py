# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person enters projects, finds them, deletes one, changes their mind, and
finds everything again the next day: in English and in French."""

import re
import unittest

from driver import App
from waiting import wait


class Keep:
    """The tests of each language; subclasses say which."""

    language = None

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)
        self.app.start()

    def tearDown(self):
        self.assertEqual(self.app.warnings, [])

    def project(self, **values):
        """Waits until the register holds a project with these values."""
        def there():
            for record in self.app.records("project"):
                if all(self.value(record, name) == value for name, value in values.items()):
                    return record
            return None
        return wait("a project with %r" % values, there,
                    shown=lambda: "%s\n%s" % (self.app.records("project"), self.app.dump()))

    @staticmethod
    def value(record, name):
        for part in name.split("__"):
            record = (record or {}).get(part)
        return record

    def enter_project(self, french, english, **values):
        self.app.new_record()
        self.app.field("Title", "fr").write(french)
        self.app.field("Title", "en").write(english)
        for label, text in values.items():
            self.app.field(label.replace("_", " ")).write(text)
        self.app.key("Return")
        return self.project(title={"fr": french, "en": english})

    def test_keep(self):
        app = self.app
        app.find(name=app.say("No Projects Yet"))

        # Enter one
        self.enter_project("Aide au retour à Söderköping", "Return assistance in Söderköping",
                           Project_ID="RR.0160", Start="2019", End="2021-06", Budget="100000")
        app.choose("Status", re.compile("^Acti(ve|f)$"))
        app.choose("Coverage", "National")
        app.add("Benefiting member states", re.compile("^El Salvador"), "el salv")
        app.add("Benefiting member states", re.compile("Moldov"), "moldov")
        app.field("Description", "fr").write("Un texte d’essai.\nEn deux paragraphes, déjà.")
        app.key("ctrl+Return")
        self.project(project_id="RR.0160", start="2019", end="2021-06", status="2", coverage="4",
                     budget={"amount": "100000.00", "currency": "USD"}, beneficiaries=["SV", "MD"],
                     description__fr="Un texte d’essai.\nEn deux paragraphes, déjà.")

        # And another, of another year
        self.enter_project("Lutte contre la traite", "Counter trafficking", Project_ID="CT.0007", Start="2004")
        app.rows(2)

        # Find one: by a word without its accents, of the other language
        app.search("soderk" if self.language == "en" else "assistance")
        app.rows(1)
        app.row(re.compile("Söderköping"))
        app.key("Escape")
        app.rows(2)

        # Delete it, and think better of it
        app.row(re.compile("traite|trafficking")).click()
        app.field("Project ID").find_text("CT.0007")
        app.leave_field()
        app.key("Delete")
        app.toast(app.say("Undo"), "button").press()
        app.rows(2)
        app.key("ctrl+shift+z")
        app.rows(1)
        app.key("ctrl+z")
        app.rows(2)

        # Undo the last typed text, and redo it
        app.row(re.compile("Söderköping")).click()
        app.field("Project ID").write("RR.0161")
        app.key("Return")
        self.project(project_id="RR.0161")
        app.leave_field()
        app.key("ctrl+z")
        self.project(project_id="RR.0160")
        app.key("ctrl+shift+z")
        self.project(project_id="RR.0161")

        # The next day
        app.restart()
        app.rows(2)
        app.field("Project ID").find_text("RR.0161")
        app.field("Title", "fr").find_text("Aide au retour à Söderköping")

        # The key undoes what was done since then: what was done before, the history
        app.key("ctrl+z")
        app.menu(app.say("Main menu"), app.say("_History of the Register…").replace("_", ""))
        undo = re.escape(app.say("Undo: %s", "button")).replace("%s", ".*")
        app.find("dialog", app.say("History of the Register")).find("button", re.compile(undo)).focus()
        app.key("Return")
        app.find("button", app.say("_Undo the Change").replace("_", "")).press()
        self.project(project_id="RR.0160")

    def test_wrong_value(self):
        app = self.app
        self.enter_project("Essai", "Trial")
        field = app.field("End")
        field.write("2021-13")
        app.key("Return")
        wait("the field to say what is wrong", lambda: app.field("End").has("INVALID_ENTRY"), shown=app.dump)
        app.field("Start").write("2020")
        app.key("Return")
        record = self.project(start="2020")
        self.assertIsNone(record.get("end"))
        self.assertEqual(app.field("End").text, "2021-13")
        app.field("End").write("2021-12")
        app.key("Return")
        self.project(end="2021-12")
        wait("no complaint", lambda: not app.field("End").has("INVALID_ENTRY"), shown=app.dump)

    def test_closing_keeps_what_is_typed(self):
        self.enter_project("Essai", "Trial")
        self.app.field("Project ID").write("PO.0001")
        self.app.quit()
        self.project(project_id="PO.0001")
        self.app.start()
        self.app.field("Title", "en").write("Trial of the end")
        self.app.terminate()
        self.project(title={"fr": "Essai", "en": "Trial of the end"})

    def test_command_line_shows_in_the_window(self):
        record = self.enter_project("Essai", "Trial")
        self.app.cli("set", record["id"], "project_id", "PO.0002")
        self.app.field("Project ID").find_text("PO.0002")
        self.app.cli("set", record["id"], "title_en", "Changed elsewhere")
        self.app.cli("set", record["id"], "title_fr", "Changé ailleurs")
        self.app.row(re.compile("Changed elsewhere|Changé ailleurs"))


class KeepInEnglish(Keep, unittest.TestCase):
    language = "en"


class KeepInFrench(Keep, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

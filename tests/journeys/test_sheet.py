# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person enters the sheet of a project by keyboard alone, as fast as the keys
can be sent: in English and in French."""

import re
import unittest

from driver import App
from waiting import run, wait

STATES = ("Belize", "Costa Rica", "El Salvador", "Guatemala", "Honduras", "Nicaragua")


class Sheet:
    """The tests of each language; subclasses say which."""

    language = None
    titles = ()
    words = {}

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)
        self.app.start()

    def tearDown(self):
        self.assertEqual(self.app.warnings, [])

    @staticmethod
    def burst(*parts):
        """Sends texts, and keys as ("Tab", "Return"), without a pause: the program
        can have answered none when the last is sent."""
        command = ["xdotool"]
        for part in parts:
            if isinstance(part, tuple):
                command += ["key", "--delay", "0", *part]
                continue
            for piece in re.findall(r"[ -~]+|[^ -~]", part):
                if piece.isascii():
                    command += ["type", "--delay", "0", "--args", "1", piece]
                else:
                    command += ["key", "--delay", "0", "ctrl+shift+u", *format(ord(piece), "x"), "space"]
        run(*command)

    def wait_for_focus(self, what, name):
        """Waits until the keyboard is in a widget of that name."""
        def there():
            owner = self.app.focus_owner()
            while owner is not None and not owner.name:
                owner = owner.parent
            return owner is not None and re.search(name, owner.name)
        wait("the focus in %s" % what, there, shown=self.app.dump)

    def wait_for_field(self, label):
        self.wait_for_focus(label, "^" + re.escape(self.app.label(label)))

    def tab_to(self, label):
        """Presses Tab until the keyboard is in a field: how many chips and tables come before
        it depends on the record."""
        name = re.compile("^" + re.escape(self.app.label(label)))
        for _ in range(8):
            owner = self.app.focus_owner()
            if owner is not None and (name.search(owner.name) or name.search(owner.parent.name)):
                return
            self.app.key("Tab")
            wait("the focus to move", lambda before=owner: self.app.focus_owner() != before, shown=self.app.dump)
        self.wait_for_field(label)

    def test_sheet(self):
        app, words = self.app, self.words
        app.new_record()
        self.wait_for_field("Title")
        self.burst(self.titles[0], ("Tab",), self.titles[1], ("Tab",))
        self.burst("PO.0160", ("Tab",), "CR99P0513", ("Tab",), words["type"], ("Return", "Tab"), "San Jose")
        app.find("list item", app.say("Create “%s”…", "picker") % "San Jose")
        self.burst(("Return",))
        self.wait_for_focus("the office", "San Jose$")

        self.burst(("Tab",), words["status"], ("Return", "Tab"),
                   "2020", ("Tab",), "2021", ("Tab",), "2020", ("Tab",),
                   "100000", ("Tab",), "regional", ("Return", "Tab"), words["region"], ("Return", "Tab"))
        self.wait_for_focus("the states", re.escape(app.label("Benefiting member states")))
        for state in (*STATES, *words["states"]):
            self.burst(state, ("Return",))
        self.burst(("Escape",))
        self.wait_for_focus("the states", re.escape(app.label("Benefiting member states")))
        self.tab_to("Description")
        self.burst(words["description"], ("ctrl+Return",))

        record = self.project()
        self.assertEqual(record["title"], dict(zip(self.languages(), self.titles)))
        self.assertEqual(record["prima_id"], "CR99P0513")
        self.assertEqual((record["type"], record["status"], record["coverage"], record["region"]),
                         ("PO", "4", "2", words["code"]))
        self.assertEqual((record["start"], record["end"], record["year"]), ("2020", "2021", 2020))
        self.assertEqual(record["budget"], {"amount": "100000.00", "currency": "USD"})
        offices = app.records("office")
        self.assertEqual([office["name"][self.language] for office in offices], ["San Jose"])
        self.assertIn(offices[0]["id"], str(record["office"]))

    def languages(self):
        return ("fr", "en") if self.language == "fr" else ("en", "fr")

    def project(self):
        """Waits until the register holds the project with all its states."""
        def there():
            records = self.app.records("project")
            states = {state["country"] if isinstance(state, dict) else state
                      for state in (records[0].get("beneficiaries") or [])} if records else set()
            return (states == {"BZ", "CR", "DO", "SV", "GT", "HN", "MX", "NI"} and
                    records[0]["description"][self.language] == self.words["description"] and records[0])
        return wait("the project with its states and its description", there,
                    shown=lambda: "%s\n%s" % (self.app.records("project"), self.app.dump()))


class SheetInEnglish(Sheet, unittest.TestCase):
    language = "en"
    titles = ("Virtual platform on migration", "Plateforme virtuelle sur les migrations")
    words = {"type": "migration policy", "status": "completed", "region": "latin", "code": "latin-america-caribbean",
             "states": ("Dominican Republic", "Mexico"),
             "description": "Eight states agree on what to do together."}


class SheetInFrench(Sheet, unittest.TestCase):
    language = "fr"
    titles = ("Plateforme virtuelle en Mésoamérique", "Virtual platform in Mesoamerica")
    words = {"type": "politique migratoire", "status": "acheve", "region": "latine", "code": "latin-america-caribbean",
             "states": ("République dominicaine", "Mexique"),
             "description": "Huit États conviennent de ce qu’ils feront."}


if __name__ == "__main__":
    unittest.main()

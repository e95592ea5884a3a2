# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the menus lead to: backups, the trash, and that the keyboard always comes
back from there."""

import os
import re
import unittest

from driver import SampleJourney
from waiting import wait


class Commands(SampleJourney):
    """The tests of each language; subclasses say which."""

    def label(self, text):
        """What a menu item or button of that text is called."""
        return self.app.say(text).replace("_", "")

    def mnemonic(self, text):
        return re.search("_(.)", self.app.say(text))[1].lower()

    def choose(self, text):
        """Chooses from the main menu."""
        self.app.menu(self.app.say("Main menu"), self.label(text))

    def check_keyboard(self):
        """The keyboard is in the window: Tab goes on, and a shortcut works."""
        app = self.app
        before = wait("something to have the focus", app.focus_owner, shown=app.dump)
        app.key("Tab")
        wait("Tab to go on", lambda: app.focus_owner() not in (None, before), shown=app.dump)

    def backups(self):
        folder = os.path.join(os.path.dirname(self.app.register), "backups")
        return [name for name in os.listdir(folder) if "manual" in name] if os.path.isdir(folder) else []

    def test_back_up(self):
        app = self.app
        self.choose("_Back Up Now")
        app.toast(app.say("The register is backed up"))
        self.assertEqual(len(self.backups()), 1)
        self.check_keyboard()

    def test_restore(self):
        """The backups are shown with the keyboard in them, Escape leads back, and
        one can be restored by keyboard alone."""
        app = self.app
        self.choose("_Back Up Now")
        app.toast(app.say("The register is backed up"))
        app.cli("delete", app.records("project")[0]["id"])

        self.choose("Re_store a Backup…")
        app.find("button", self.label("_Back Up Now"), state="FOCUSED")
        self.check_keyboard()
        app.key("Escape")
        app.find_none("button", self.label("_Back Up Now"))
        self.check_keyboard()

        self.choose("Re_store a Backup…")
        app.find("button", re.compile("^" + app.say("Restore the backup of %s").replace("%s", "")))
        app.find("button", self.label("_Back Up Now"), state="FOCUSED")
        app.key("Tab", "Return")
        app.find(name=app.say("Restore This Backup?"))
        app.key("alt+" + self.mnemonic("_Restore"))
        app.toast(app.say("The backup is restored"))
        wait("the record from the backup", lambda: len(app.records("project")) == 25, shown=app.dump)
        self.check_keyboard()

    def test_dialogs_once(self):
        """A key that is pressed twice opens one dialog, and Escape closes it."""
        app = self.app
        for key, title in (("ctrl+question", "Keyboard Shortcuts"), ("ctrl+comma", "Preferences")):
            app.key(key)
            app.find("dialog", app.say(title))
            app.key(key, "Escape")
            app.find_none("dialog", app.say(title))
            self.check_keyboard()

    def test_trash(self):
        """Emptying the trash says how many go, and what becomes of them; so does
        deleting one."""
        app = self.app
        ids = [record["id"] for record in app.records("project")[:3]]
        for each in ids:
            app.cli("delete", each)
        app.go_to("Trash")
        app.rows(3)
        app.row(re.compile("")).click()
        app.menu(app.say("Record menu"), self.label("_Delete"))
        app.toast(self.label("_Undo"), "button")
        app.rows(2)
        app.find("button", app.say("Empty the trash")).press()
        app.find(name=app.say("Delete %s Records?").replace("%s", "2") if self.language == "en"
                 else re.compile("^Supprimer 2 fiches"))
        app.key("Escape")
        app.find_none("button", self.label("_Cancel"))
        app.rows(2)
        app.find("button", app.say("Empty the trash")).press()
        app.find("button", self.label("_Cancel"))
        app.key("alt+" + self.mnemonic("_Empty Trash"))
        app.rows(0)
        app.toast("2 records deleted" if self.language == "en" else "2 fiches supprimées")
        # The toast undoes the action that it names, and no earlier one. It stays
        # for some seconds only: the register is looked at when it has been used.
        app.toast(self.label("_Undo"), "button").press()
        app.rows(2)
        self.assertFalse(set(ids) & {record["id"] for record in app.records("project")})
        self.check_keyboard()


class CommandsInEnglish(Commands, unittest.TestCase):
    language = "en"


class CommandsInFrench(Commands, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

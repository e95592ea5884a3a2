# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""The program by keyboard alone."""

import os
import re
import unittest

from driver import SampleJourney
from waiting import wait


class Keyboard(SampleJourney, unittest.TestCase):
    language = "en"

    def focus(self):
        return wait("something to have the focus", self.app.focus_owner, shown=self.app.dump)

    def test_tab_goes_round(self):
        """Tab reaches many widgets, each with a name, passes a list in one step,
        and comes back."""
        app = self.app
        app.key("Down")
        app.field("Title", "en")
        first, seen = self.focus(), []
        for _ in range(200):
            app.key("Tab")
            owner = self.focus()
            self.assertTrue(owner.name.strip() or owner.role in ("list", "scroll pane"), owner.dump())
            if owner in seen:
                break
            seen.append(owner)
        else:
            self.fail("Tab never came back to %s" % first.dump())
        self.assertGreater(len(seen), 15, seen)
        for name in ("Records", "Places"):
            rows = app.find("list", app.say(name)).children
            self.assertEqual(sum(row in seen for row in rows), 1, name)
        app.key("shift+Tab")
        self.assertNotEqual(self.focus(), owner)

    def test_arrows_choose_a_record(self):
        app = self.app
        app.search("PO")
        wait("what was found", app.all_rows, shown=app.dump)
        app.key("Down")
        wait("the focus in the list", lambda: self.focus().role in ("list item", "table row"), shown=app.dump)
        shown = app.field("Title", "en").text
        app.key("Down", "Down")
        wait("another record", lambda: app.field("Title", "en").text != shown, shown=app.dump)

    def test_list_is_typed_in(self):
        """What is typed in the list is searched for as a whole, and the keyboard goes
        with it, though nothing is found on the way: no row is left to type in."""
        app = self.app
        entry = app.find(("text", "entry"), app.say("Search the whole register"))
        app.all_rows()[0].click()
        wait("the focus in the list", lambda: self.focus().role in ("list item", "table row"), shown=app.dump)
        app.type("zmexico mexico")
        wait("all letters in the search", lambda: entry.text == "zmexico mexico", shown=app.dump)
        self.assertEqual(self.focus(), entry)

        app.search("mexico")
        app.key("Down")
        wait("the focus in the list", lambda: self.focus().role in ("list item", "table row"), shown=app.dump)
        app.type("qq")
        wait("the letters after the others", lambda: entry.text == "mexicoqq", shown=app.dump)
        self.assertEqual(self.focus(), entry)

    def test_choices_are_typed_in(self):
        """So it is in the lists of choices."""
        app = self.app
        app.all_rows()[0].click()
        app.find("button", app.say("Add to “%s”") % app.label("Benefiting member states")).press()
        entry = app.find(("text", "entry"), app.say("Search"), state="FOCUSED")
        app.type("mex")
        app.find("list", app.say("Choices")).find("list item", "Mexico")
        app.key("Down")
        wait("the focus in the list", lambda: self.focus().role == "list item", shown=app.dump)
        app.type("zz z")
        wait("the letters after the others", lambda: entry.text == "mexzz z", shown=app.dump)
        self.assertEqual(self.focus(), entry)
        app.key("ctrl+a", "BackSpace")
        app.type("peru")
        app.find("list", app.say("Choices")).find("list item", "Peru")

    def test_arrows_choose_a_place(self):
        """The list goes with the sidebar, and the keyboard stays there."""
        app = self.app
        app.find("list", app.say("Places")).find("list item", re.compile("^Projects")).focus()
        app.key("Down")
        app.find("frame", re.compile("^Offices"))
        wait("the offices", lambda: any("Astana" in row.name for row in app.all_rows()), shown=app.dump)
        self.assertRegex(self.focus().name, "^Offices")
        app.key("Up")
        app.find("frame", re.compile("^Projects"))

    def test_menus(self):
        app = self.app
        app.key("F10")
        app.find("menu item", state="FOCUSED")
        app.key("Escape")
        app.find_none("menu item")
        app.key("ctrl+question")
        app.find(name=app.say("Keyboard Shortcuts"))
        app.key("Escape")
        app.key("ctrl+comma")
        app.find(name=app.say("Preferences"))
        app.key("Escape")

    def test_new_register(self):
        """The menu leads to another register, which is empty, beside the one at hand."""
        app = self.app
        path = os.path.join(app.home, "other.passerelle")
        app.menu(app.say("Main menu"), app.say("_New Register…").replace("_", ""))
        entry = app.find(("text", "entry"), state="FOCUSED", text=re.compile(r"^register( 2)?\.passerelle$"))
        app.key("ctrl+a")
        app.type(path)
        wait("the path", lambda: entry.text == path, shown=app.dump)
        app.close_file_dialog()
        app.find(name=app.say("No Projects Yet"))
        self.assertTrue(os.path.exists(path))
        self.assertEqual(len(app.records("project")), 25)


if __name__ == "__main__":
    unittest.main()

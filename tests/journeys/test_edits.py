# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person edits record after record by keyboard, in few keys and as fast as they
can be sent."""

import re
import unittest

from driver import SampleJourney
from waiting import wait

MOST_KEYS = 40


class Edits(SampleJourney):
    """The tests of each language; subclasses say which."""

    def setUp(self):
        super().setUp()
        self.n_keys = 0

    def press(self, *keys):
        """Presses keys with no time between them."""
        self.n_keys += len(keys)
        self.app.key(*keys, delay=0)

    def focus(self):
        return wait("something to have the focus", self.app.focus_owner, shown=self.app.dump)

    def tab_to(self, name):
        """Presses Tab until a field has the focus; one key at a time, or one that is not
        answered yet is pressed once too often."""
        focus = self.focus()
        while focus.name != name:
            self.press("Tab")
            focus = wait("Tab to go on", lambda before=focus: self.focus() != before and self.focus(),
                         shown=self.app.dump)

    def titles(self):
        """The projects as the list has them."""
        return [record["title"].get(self.language) or next(iter(record["title"].values()))
                for record in self.app.records("project", "--sort", "title")]

    def budgets(self, number):
        records = self.app.records("project", "--sort", "title")[:number]
        return [(record.get("budget") or {}).get("amount") for record in records]

    def test_five_edits(self):
        """Enter leads into a record, Ctrl+Page Down to the same field of the next."""
        app = self.app
        before = self.budgets(7)
        budget = app.label("Budget")

        self.press("Down", "Return")
        app.find(("text", "entry"), re.compile("^%s" % app.label("Title")), state="FOCUSED")
        self.tab_to(budget)
        values = ["61", "62", "63", "64", "65"]
        for number, value in enumerate(values):
            self.press(*value)
            if number < len(values) - 1:
                self.press("ctrl+Next")
        self.press("Return")
        self.assertLessEqual(self.n_keys, MOST_KEYS)
        wait("five budgets", lambda: self.budgets(5) == [value + ".00" for value in values],
             shown=lambda: "%s\n%s" % (self.budgets(7), app.dump()))
        self.assertEqual(self.budgets(7)[5:], before[5:])
        self.assertEqual(self.focus().name, budget)

        # And back, past the first
        self.press(*["ctrl+Prior"] * 6)
        app.field("Title", self.language).find_text(self.titles()[0])
        self.assertEqual(self.focus().name, budget)

    def test_panes(self):
        """F6 leads from pane to pane and back, and Enter to where one was last."""
        app = self.app

        def in_list(name):
            return lambda: self.focus() in app.find("list", app.say(name)).children

        self.press("Down")
        app.field("Title", self.language).find_text(self.titles()[0])
        self.press("F6")
        app.find(("text", "entry"), re.compile("^%s" % app.label("Title")), state="FOCUSED")
        self.tab_to(app.label("Project ID"))
        self.press("F6")
        wait("the sidebar", in_list("Places"), shown=app.dump)
        self.press("F6")
        wait("the list", in_list("Records"), shown=app.dump)
        self.press("shift+F6")
        wait("the sidebar", in_list("Places"), shown=app.dump)
        self.press("shift+F6")
        app.find(("text", "entry"), app.label("Project ID"), state="FOCUSED")
        self.press("shift+F6")
        wait("the list", in_list("Records"), shown=app.dump)
        self.press("Down", "Return")
        app.find(("text", "entry"), app.label("Project ID"), state="FOCUSED")
        app.field("Title", self.language).find_text(self.titles()[1])


class EditsInEnglish(Edits, unittest.TestCase):
    language = "en"


class EditsInFrench(Edits, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

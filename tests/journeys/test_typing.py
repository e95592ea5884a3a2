# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever opens a list is searched by typing, and gives the keyboard back where it
came from; what others change meanwhile does not take it away."""

import re
import unittest

from driver import App, import_sample
from waiting import wait


class Typing(unittest.TestCase):
    def setUp(self):
        self.app = App()
        self.addCleanup(self.app.__exit__)
        import_sample(self.app)
        self.app.start()
        self.app.rest_pointer()

    def tearDown(self):
        self.assertEqual(self.app.warnings, [])

    def wait_for_focus(self, name):
        def there():
            owner = self.app.focus_owner()
            while owner is not None and not owner.name:
                owner = owner.parent
            return owner is not None and re.search(name, owner.name)
        wait("the focus in %s" % name, there, shown=self.app.dump)

    def test_menus(self):
        """A menu goes to the item that begins with what is typed."""
        app = self.app
        app.find("toggle button", re.compile("^Filter")).press()
        app.find("menu item", state="FOCUSED")
        app.key("c", "o", "v")
        app.find("menu item", "Coverage", state="FOCUSED")
        app.key("Return")
        app.find("list", "Choices")
        app.key("m", "u", "l", "Return", "Escape")
        app.find(("button", "toggle button"), re.compile("^Coverage: Multi-national"))
        self.wait_for_focus("^Coverage")

        app.find("toggle button", "Order of the list").press()
        app.find("menu item", state="FOCUSED")
        app.key("b", "u", "d")
        app.find("menu item", "Budget", state="FOCUSED")
        app.key("Escape")
        self.wait_for_focus("^Order of the list")

    def test_table(self):
        """Tab takes what the keyboard stands on in the choices of a cell, and goes on."""
        app = self.app
        record = app.records("project")[0]
        app.cli("set", record["id"], "results_en", '[{"indicator": "Nurses"}]')
        app.search(record["project_id"] or record["title"]["en"])
        app.rows(1)
        app.all_rows()[0].click()
        app.find("table cell", re.compile("^Level, row 1")).focus()
        self.wait_for_focus("^Level, row 1")
        app.key("Return")
        app.find("list", "Choices")
        app.key("Down", "Tab")
        self.wait_for_focus("^Indicator.*, row 1")
        app.find("table cell", re.compile("^Level, row 1")).find("label", "Outcome")

        # The typed text is taken, too, and with Shift the keyboard goes back
        app.key("shift+Tab")
        self.wait_for_focus("^Level, row 1")
        app.key("i", "m")
        app.find("list", "Choices")
        app.key("Tab")
        self.wait_for_focus("^Indicator.*, row 1")
        app.find("table cell", re.compile("^Level, row 1")).find("label", "Impact")

    def test_others_change(self):
        """Keys go on where they were while another program changes the record."""
        app = self.app
        record = app.records("project")[0]
        app.search(record["project_id"] or record["title"]["en"])
        app.rows(1)
        app.all_rows()[0].click()
        field = app.field("PRIMA ID")
        field.focus()
        for number in range(4):
            app.cli("set", record["id"], "status", str(1 + number))
            app.cli("set", record["id"], "documents", '[{"title": "Document %d"}]' % number)
            app.key("Tab", "shift+Tab")
            self.wait_for_focus("^PRIMA ID")
        app.find("table row", re.compile("Document 3"))
        self.wait_for_focus("^PRIMA ID")


if __name__ == "__main__":
    unittest.main()

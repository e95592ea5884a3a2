# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A person asks something about a field, a colleague reads, changes and answers it."""

import re
import unittest

from driver import App
from waiting import wait


class Remarks:
    """The tests of each language; subclasses say which."""

    language = None

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)
        self.app.start()

    def tearDown(self):
        self.assertEqual(self.app.warnings, [])

    def wait_for_remarks(self, *texts):
        def there():
            remarks = self.app.records("remark")
            return [remark["text"][self.language] for remark in remarks] == list(texts)
        wait("the remarks %r" % (texts,), there, shown=self.app.dump)

    def press(self, word):
        self.app.find("dialog").find("button", self.app.say(word, "remark").replace("_", "")).press()

    def test_remarks(self):
        app = self.app
        app.new_record()
        app.field("Title", self.language).write("Passerelle")
        app.key("Return")
        wait("the record", lambda: app.records("project"))
        app.field("Start").write("2019")
        app.key("Return")
        wait("its start", lambda: app.records("project")[0].get("start") == "2019")

        # Ask about a field
        app.field("Start").focus()
        app.key("ctrl+shift+m")
        app.find("text", app.say("New remark"))
        app.type("2018 dans l’accord")
        self.press("_Add")
        self.wait_for_remarks("2018 dans l’accord")

        # Change the remark
        self.press("_Edit")
        app.find("text", app.say("Text of the remark"))
        app.key("ctrl+a")
        app.type("2018 dans l’avenant")
        self.press("_Store")
        self.wait_for_remarks("2018 dans l’avenant")
        app.key("Escape")

        # The field says that there is a remark, and words of the remark find the record
        mark = re.compile("^%s.*1.remar" % re.escape(app.label("Start")))
        app.find("button", mark)
        app.search("avenant")
        app.rows(1)
        app.end_search()

        # The same on a phone's width, where the page has no room for more
        app.resize(360, 640)
        app.row(re.compile("^Passerelle")).click()
        app.find("button", re.compile("^1.remar")).press()
        app.find("dialog").find("button", app.say("_Edit", "remark").replace("_", ""))
        app.key("Escape")
        app.resize(1100, 800)

        # Delete the remark, and bring it back
        app.find("button", mark).press()
        self.press("_Delete")
        self.wait_for_remarks()
        app.find("dialog").find("button", app.say("_Undo").replace("_", "")).press()
        self.wait_for_remarks("2018 dans l’avenant")
        self.press("_Delete")
        self.wait_for_remarks()
        app.find("dialog").find("button", re.compile("^(Close|Fermer)")).press()
        wait("no dialog", lambda: app.first("dialog") is None, shown=app.dump)
        app.key("ctrl+z")
        self.wait_for_remarks("2018 dans l’avenant")
        app.find("button", mark)

        # The history leads to the remark
        app.key("ctrl+h")
        app.menu(app.say("Change Menu"), app.say("_Open", "remark").replace("_", ""))
        app.find("list item", re.compile("^2018 dans l’avenant"), state="FOCUSED")


class RemarksInEnglish(Remarks, unittest.TestCase):
    language = "en"


class RemarksInFrench(Remarks, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

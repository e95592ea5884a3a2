# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""The program ends while something is typed, and finds a register that it can't
open: nothing typed is lost, and there is a way on."""

import os
import re
import signal
import time
import unittest

from driver import App, wait


class Journey(unittest.TestCase):
    language = "en"

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)

    def titles(self):
        return {record["title"].get("en") for record in self.app.records("project") if record.get("title")}


class Typed(Journey):
    """What stands in a field when the program ends is in the register."""

    def setUp(self):
        super().setUp()
        self.app.start()
        self.app.new_record()
        self.app.field("Title", "en").write("Trial")
        self.app.key("Return")
        wait("the record", lambda: self.titles() == {"Trial"}, shown=self.app.dump)

    def type(self, text):
        """Types and stays in the field."""
        field = self.app.field("Title", "en")
        field.write(text)
        field.find_text(text)

    def test_window_closed(self):
        self.type("Closed with the window")
        self.app.quit()
        self.assertEqual(self.titles(), {"Closed with the window"})

    def test_session_ends(self):
        self.type("Ended with the session")
        self.app.terminate()
        self.assertEqual(self.titles(), {"Ended with the session"})

    def crash(self, number):
        """Ends the program once what is typed is one second old."""
        self.type("Typed before the crash")
        # What is tested is this second; whatever is stored after it is too late.
        time.sleep(1)
        self.app.process.send_signal(number)
        self.app.wait_for_end()
        self.assertEqual(self.titles(), {"Typed before the crash"})
        self.app.cli("check")
        self.app.start()
        self.app.row(re.compile("^Typed before the crash"))

    def test_crash(self):
        self.crash(signal.SIGSEGV)

    def test_kill(self):
        self.crash(signal.SIGKILL)


class Unusable(Journey):
    """The page that shows instead of a register that can't be opened."""

    def setUp(self):
        super().setUp()
        self.app.cli("new", "project", "title_en=Kept")
        self.backup = os.path.join(os.path.dirname(self.app.register), "backups",
                                   "register-20260101T000000Z-manual.passerelle")
        self.app.cli("backup", self.backup)
        self.app.cli("new", "project", "title_en=Lost")

    def spoil(self, contents):
        with open(self.app.register, "wb") as file:
            file.write(contents)

    def damaged(self):
        with open(self.app.register, "rb") as file:
            contents = bytearray(file.read())
        contents[100:4096] = b"Z" * 3996
        return bytes(contents)

    def start(self, title):
        self.app._is_open = lambda: self.app.all(name=self.app.say(title))
        self.app.start()
        del self.app._is_open

    def button(self, text):
        name = self.app.say(text).replace("_", "")
        return self.app.find("button", name)

    def open_now(self):
        wait("the register to open", self.app._is_open, shown=self.app.dump)

    def kept(self, contents):
        """Whether a file beside the register holds what it held."""
        folder = os.path.dirname(self.app.register)
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    if file.read() == contents:
                        return True
        return False

    def check_restore(self, contents, title):
        self.spoil(contents)
        self.start(title)
        self.assertTrue(self.kept(contents))
        self.app.find("button", re.compile(re.escape(self.app.say("_Restore").replace("_", "")))).press()
        self.open_now()
        self.app.row(re.compile("^Kept"))
        self.assertEqual(self.titles(), {"Kept"})
        self.assertTrue(self.kept(contents))

    def check_anew(self, contents, title):
        self.spoil(contents)
        self.start(title)
        self.button("_Open Another Register…")
        self.button("_Set It Aside and Start Anew").press()
        self.open_now()
        self.app.find(name=self.app.say("No Projects Yet"))
        self.assertTrue(self.kept(contents))

    def test_restore_damaged(self):
        self.check_restore(self.damaged(), "The Register Is Damaged")

    def test_restore_empty(self):
        self.check_restore(b"", "This Is Not a Register")

    def test_anew_damaged(self):
        self.check_anew(self.damaged(), "The Register Is Damaged")

    def test_anew_text(self):
        self.check_anew(b"A letter. " * 100, "This Is Not a Register")


class UnusableInFrench(Unusable):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

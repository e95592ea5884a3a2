# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""The program ends while something is typed: what was typed up to one second
before is in the register."""

import re
import signal
import time
import unittest

from driver import App
from waiting import wait


class Typed(unittest.TestCase):
    """What stands in a field when the program ends is in the register."""

    def setUp(self):
        self.app = App()
        self.addCleanup(self.app.__exit__)
        self.app.start()
        self.app.new_record()
        self.app.field("Title", "en").write("Trial")
        self.app.key("Return")
        wait("the record", lambda: self.titles() == {"Trial"}, shown=self.app.dump)

    def titles(self):
        return {record["title"].get("en") for record in self.app.records("project") if record.get("title")}

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
        # The test is about this second; a value that is stored after it is too late.
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


if __name__ == "__main__":
    unittest.main()

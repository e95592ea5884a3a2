# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""The program finds a register that it can't open: it says why, leaves the file
as it was, and each way on leads to an open register, by keyboard alone."""

import contextlib
import json
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import unittest

from driver import App
from waiting import wait
from places import fill, heeding_modes, small_disk

DAMAGED = "The Register Is Damaged"
NOT_A_REGISTER = "This Is Not a Register"
TOO_NEW = "A Newer Passerelle Is Needed"
BUSY = "The Register Is in Use"
FULL = "The Disk Is Full"
READ_ONLY = "The Register Can’t Be Written"

AGAIN = "_Try Again"
# The days of the backups.
JANUARY = {"en": "1 January 2026", "fr": "1er janvier 2026"}
FEBRUARY = {"en": "1 February 2026", "fr": "1er février 2026"}
MARCH = {"en": "1 March 2026", "fr": "1er mars 2026"}

READ = "Open _Read-Only"
ANEW = "_Set It Aside and Start Anew"
OTHER = "_Open Another Register…"
ELSEWHERE = "_New Register Elsewhere…"


class Problem(unittest.TestCase):
    language = "en"

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)
        self.register = pathlib.Path(self.app.register)
        self.home = pathlib.Path(self.app.home)

    def fill_register(self):
        """A register with two projects, and a backup of when it had one."""
        self.app.cli("new", "project", "title_en=Kept")
        self.backup = self.back_up("20260101T120000Z")
        self.app.cli("new", "project", "title_en=Lost")

    def back_up(self, time):
        path = self.register.parent / "backups" / ("register-%s-manual.passerelle" % time)
        self.app.cli("backup", str(path))
        return path

    def damage(self, path):
        contents = bytearray(path.read_bytes())
        contents[100:4096] = b"Z" * 3996
        path.write_bytes(contents)
        return bytes(contents)

    def press(self, text):
        """Goes to a button by Tab, and presses it."""
        self.app.find("button", self.app.say(text).replace("_", "")).focus()
        self.app.key("Return")

    def dialog(self, title):
        return self.app.find(("dialog", "file chooser", "frame", "window"), self.app.say(title))

    def way_to_other(self):
        """The way on: opens another register instead, one that stands beside it."""
        self.app.cli("--register", str(self.register.with_name("other.passerelle")), "new", "project", "title_en=Other")
        self.press(OTHER)
        dialog = self.dialog("Open Another Register")
        file = dialog.find("table row", re.compile(r"^other\.passerelle"))
        for _ in range(20):
            if file.has("SELECTED"):
                break
            self.app.key("Down" if any(row.focused() for row in dialog.all("table row")) else "Tab")
        self.app.key("Return")
        self.app.wait_for_new_window()
        self.app.find(name=self.app.say("A Register That Is New Here"))
        self.press("_Use It Here")
        self.app.wait_for_register()
        self.app.row(re.compile("^Other"))

    def way_elsewhere(self, folder=None):
        """The way on: starts a new register under another name."""
        other = (folder or self.home) / "elsewhere" / "new.passerelle"
        other.parent.mkdir()
        self.press(ELSEWHERE)
        entry = self.dialog("New Register").find(("text", "entry"), state="FOCUSED",
                                                 text=re.compile(r"^(register|registre)( 2)?\.passerelle$"))
        self.app.key("ctrl+a")
        self.app.type(str(other))
        wait("the path", lambda: entry.text == str(other), shown=self.app.dump)
        self.app.key("Return")
        self.app.wait_for_other_window()
        self.use_register("--register", str(other))

    def use_register(self, *register):
        """The open register is empty, and takes a record."""
        self.app.find(name=self.app.say("No Projects Yet"))
        self.app.new_record()
        self.app.type("Trial")
        wait("the new record", lambda: len(json.loads(self.app.cli(*register, "list", "project", "--json"))) == 1,
             shown=self.app.dump)

    def kept(self, contents):
        """Whether a file beside the register holds what it held."""
        return any(path.is_file() and path.read_bytes() == contents for path in self.register.parent.iterdir())


class Unusable(Problem):
    """A register that is damaged, of a newer version, or none."""

    def setUp(self):
        super().setUp()
        self.fill_register()

    def restore_button(self, date):
        """The button that restores the backup of a day, as the language writes it."""
        return self.app.find("button", re.compile(re.escape(self.app.say("Restore the backup of %s") % date)))

    def restore(self, date):
        self.restore_button(date).focus()
        self.app.key("Return")

    def check_restore(self, contents, title):
        self.app.start(shows=title)
        self.assertEqual(self.register.read_bytes(), contents)
        self.restore(JANUARY[self.language])
        self.app.wait_for_register()
        self.app.rows(1)
        self.app.row(re.compile("^Kept"))
        self.assertTrue(self.kept(contents))

    def check_anew(self, contents, title):
        self.app.start(shows=title)
        self.assertEqual(self.register.read_bytes(), contents)
        self.press(ANEW)
        self.app.wait_for_register()
        self.use_register()
        self.assertTrue(self.kept(contents))

    def write(self, contents):
        self.register.write_bytes(contents)
        return contents

    def make_newer(self):
        with contextlib.closing(sqlite3.connect(self.register)) as database:
            database.execute("PRAGMA user_version = 999")
        return self.register.read_bytes()

    def test_restore_damaged(self):
        self.check_restore(self.damage(self.register), DAMAGED)

    def test_restore_empty(self):
        self.check_restore(self.write(b""), NOT_A_REGISTER)

    def test_restore_newer(self):
        self.make_newer()
        self.app.start(shows=TOO_NEW)
        self.restore(JANUARY[self.language])
        self.app.rows(1)
        self.app.row(re.compile("^Kept"))

    def test_anew_damaged(self):
        self.check_anew(self.damage(self.register), DAMAGED)

    def test_anew_text(self):
        self.check_anew(self.write(b"A letter. " * 100), NOT_A_REGISTER)

    def test_anew_newer(self):
        self.check_anew(self.make_newer(), TOO_NEW)

    def test_other_damaged(self):
        contents = self.damage(self.register)
        self.app.start(shows=DAMAGED)
        self.way_to_other()
        self.assertEqual(self.register.read_bytes(), contents)

    def test_other_newer(self):
        contents = self.make_newer()
        self.app.start(shows=TOO_NEW)
        self.way_to_other()
        self.assertEqual(self.register.read_bytes(), contents)

    def test_damaged_backup(self):
        """A backup that is itself damaged is refused, and another is not."""
        whole = self.backup.read_bytes()
        unreadable = self.backup.with_name("register-20260201T120000Z-manual.passerelle")
        unreadable.write_bytes(whole[:len(whole) // 2])
        unsound = self.backup.with_name("register-20260301T120000Z-manual.passerelle")
        unsound.write_bytes(whole[:-4096] + b"Z" * 4096)
        contents = self.damage(self.register)
        self.app.start(shows=DAMAGED)
        self.assertFalse(self.restore_button(FEBRUARY[self.language]).has("SENSITIVE"))
        self.restore(MARCH[self.language])
        self.app.find(name=re.compile(re.escape(unsound.name)))
        self.assertEqual(self.register.read_bytes(), contents)
        self.app.key("Escape")
        self.restore(JANUARY[self.language])
        self.app.wait_for_register()
        self.app.row(re.compile("^Kept"))
        self.assertTrue(self.kept(contents))


class Foreign(Problem):
    """Another program's file is that program's: it stays where it is."""

    def test_letter(self):
        letter = self.home / "A & B <letter>.txt"
        letter.write_text("A letter. " * 100)
        self.app.arguments = ["--register", str(letter)]
        self.app.start(shows=NOT_A_REGISTER)
        self.app.find(name=re.compile(re.escape(letter.name)))
        for text in (AGAIN, ANEW):
            self.assertFalse(self.app.all("button", self.app.say(text).replace("_", "")))
        self.way_elsewhere()
        self.assertEqual(letter.read_text(), "A letter. " * 100)


class Unreachable(Problem):
    """A sound register that can't be opened now, or a place where none can be
    made: the same again works when the reason is gone, and elsewhere at once."""

    @contextlib.contextmanager
    def held(self):
        """Another program has the register for itself."""
        with contextlib.closing(sqlite3.connect(self.register, isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            yield

    def test_busy(self):
        self.fill_register()
        with self.held():
            self.app.start(shows=BUSY)
        self.press(AGAIN)
        self.app.wait_for_register()
        self.app.row(re.compile("^Lost"))

    def test_busy_other(self):
        self.fill_register()
        with self.held():
            self.app.start(shows=BUSY)
            self.way_to_other()

    def test_full(self):
        with small_disk(self.register.parent, "128k") as disk:
            fill(disk).rename(disk / "letters")
            self.app.start(shows=FULL)
            self.assertEqual([path.name for path in disk.iterdir()], ["letters"])
            (disk / "letters").unlink()
            subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
            self.press(AGAIN)
            self.app.wait_for_register()
            self.use_register()
            self.app.quit()

    def test_full_elsewhere(self):
        with small_disk(self.register.parent, "128k") as disk:
            fill(disk)
            self.app.start(shows=FULL)
            self.way_elsewhere()
            self.app.quit()

    def test_full_read(self):
        with small_disk(self.register.parent, "4m") as disk:
            self.fill_register()
            fill(disk)
            self.app.start(shows=FULL)
            self.press(READ)
            self.app.row(re.compile("^Lost"))
            self.app.quit()

    def protect(self):
        self.app.before = heeding_modes()
        self.register.parent.mkdir(parents=True, exist_ok=True)
        self.register.parent.chmod(0o500)
        self.addCleanup(self.register.parent.chmod, 0o700)

    def test_read_only(self):
        self.protect()
        self.app.start(shows=READ_ONLY)
        self.register.parent.chmod(0o700)
        self.press(AGAIN)
        self.app.wait_for_register()
        self.use_register()

    def test_read_only_elsewhere(self):
        self.protect()
        self.app.start(shows=READ_ONLY)
        self.way_elsewhere()

    def test_no_home(self):
        """Not even settings can be stored: a register elsewhere can."""
        self.app.before = heeding_modes()
        self.app.start(shows="No Projects Yet")
        self.app.quit()
        self.register.unlink()
        for folder in [path for path in self.home.rglob("*") if path.is_dir()] + [self.home]:
            self.addCleanup(folder.chmod, 0o700)
            folder.chmod(0o500)
        self.app.start(shows=READ_ONLY)
        with tempfile.TemporaryDirectory(prefix="passerelle-elsewhere.") as elsewhere:
            self.way_elsewhere(pathlib.Path(elsewhere))
            self.app.quit()

    def test_read_only_register(self):
        """What can be read is shown where that is wanted, and says that it can't
        be changed."""
        self.fill_register()
        self.protect()
        self.app.start(shows=READ_ONLY)
        self.press(READ)
        self.app.row(re.compile("^Lost"))
        self.app.find(name=self.app.say("This register can be read, not changed: its file or folder is "
                                        "write-protected. Ask whoever keeps it, or work on a copy."))
        # Whoever can write it does, and it shows.
        self.register.parent.chmod(0o700)
        self.app.cli("new", "project", "title_en=From afar")
        self.register.parent.chmod(0o500)
        self.app.row(re.compile("^From afar"))


class UnusableInFrench(Unusable):
    language = "fr"


class ForeignInFrench(Foreign):
    language = "fr"


class UnreachableInFrench(Unreachable):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Uses the installed program as a person does: by keyboard, and by what a
screen reader is told. Runs under tests/with-display.
"""

import ctypes
import functools
import gettext
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from waiting import DEADLINE, Missing, run, running, wait
from widget import NAMED_BY_LABEL, Atspi, Widget, matches

PROGRAM = "passerelle"
BACK = re.compile("^(Back|Retour|Précédent)")
LOCALES = {"en": "en_GB.UTF-8", "fr": "fr_FR.UTF-8"}


def _no_zombie_windows():
    """The program ends with the test that started it, whatever happens."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class App(Widget):
    """The program, started with a home of its own that a restart finds again."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __init__(self, *arguments, language="en", home=None, environment=None, program=PROGRAM, before=()):
        self.arguments = list(arguments)
        self.before = list(before)
        self.language = language
        self.program = program
        self.extra = dict(environment or {})
        self.process = None
        self.window = None
        self._folder = None
        if home is None:
            self._folder = tempfile.TemporaryDirectory(prefix="passerelle-journey.")
            home = self._folder.name
        self.home = home
        self.log = os.path.join(home, "program.log")
        super().__init__(self, None)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        if self._folder:
            self._folder.cleanup()

    @property
    def register(self):
        return os.path.join(self.home, ".local/share/passerelle/register.passerelle")

    @property
    def environment(self):
        environment = dict(os.environ)
        environment.pop("LANGUAGE", None)
        # GLib's warnings are looked for in the log instead: see check_criticals().
        environment.pop("G_DEBUG", None)
        environment.update(
            HOME=self.home,
            XDG_CONFIG_HOME=os.path.join(self.home, ".config"),
            XDG_CACHE_HOME=os.path.join(self.home, ".cache"),
            XDG_DATA_HOME=os.path.join(self.home, ".local/share"),
            XDG_STATE_HOME=os.path.join(self.home, ".local/state"),
            GSETTINGS_BACKEND="keyfile",
            LC_ALL=LOCALES[self.language],
            G_ENABLE_DIAGNOSTIC="0",
        )
        environment.update(self.extra)
        return environment

    # The program's life

    def start(self, shows=None):
        """Starts the program and waits for its window, with the register open or
        with the text that shows instead."""
        settings = os.path.join(self.home, ".config/gtk-4.0/settings.ini")
        os.makedirs(os.path.dirname(settings), exist_ok=True)
        with open(settings, "w", encoding="utf-8") as file:
            file.write("[Settings]\ngtk-enable-animations=false\ngtk-cursor-blink=false\n")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([*self.before, self.program, *self.arguments], env=self.environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            preexec_fn=_no_zombie_windows)
        running.add(self)
        self.accessible = wait("the program on the accessibility bus", self._on_bus, shown=self._words)
        self.find(("frame", "window", "dialog"))
        self.window = wait("the window on the display", self.windows, shown=self.dump)[0]
        # Keys that come before the window manager gave it the keyboard are lost.
        wait("the window to have the keyboard", self._is_active, shown=self.dump)

        if shows is not None:
            self.find(name=self.say(shows))
        else:
            self.wait_for_register()

    def wait_for_register(self):
        wait("the register to open", self._is_open, shown=self.dump)

    def wait_for_other_window(self):
        """The same, in another window that takes the place of the one that was there."""
        self.wait_for_new_window()
        self.wait_for_register()

    def wait_for_new_window(self):
        """Waits until another window has taken the place of the one that was there,
        and asks about no widget meanwhile: GTK may crash where it is asked about a
        dialog that is going away."""
        def others():
            windows = self.windows()
            return windows if self.window not in windows else None

        self.window = wait("another window", others)[0]
        wait("the window to have the keyboard", self._is_active)

    def _is_open(self):
        """The sidebar counts what is in an open register."""
        places = self.first("list", self.say("Places"), showing=False)
        return places and any(re.search(r"\d", row.name) for row in places.children)

    def _is_active(self):
        return _ask_display("getactivewindow") == self.window

    def _on_bus(self):
        desktop = Atspi.get_desktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        return None

    def _words(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    @property
    def warnings(self):
        """The lines in which GLib or GTK complain, but not about GTK itself."""
        return [line for line in self._words().splitlines()
                if re.search(r"-(WARNING|CRITICAL|ERROR) \*\*|\b(Warning|Error):", line)
                and not any(known in line for known in _toolkit_warnings())]

    def check_criticals(self):
        """Fails where the program did what it must never do."""
        criticals = [line for line in self.warnings if "-CRITICAL **" in line]
        if criticals:
            raise AssertionError("the program says:\n" + "\n".join(criticals))

    def check_alive(self):
        if self.process.poll() is not None:
            running.discard(self)
            raise AssertionError("the program ended with %d:\n%s" % (self.process.returncode, self._words()))

    def wait_for_end(self, deadline=DEADLINE):
        running.discard(self)
        wait("the end of the program", lambda: self.process.poll() is not None, deadline, self.dump)
        self.check_criticals()
        return self.process.returncode

    def quit(self):
        """Closes the window with the keyboard and waits for the end."""
        self.key("ctrl+q")
        return self.wait_for_end()

    def terminate(self):
        """Ends the program as a session's end does."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait_for_end()

    def kill(self):
        running.discard(self)
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        if self.process is not None:
            self.process.wait()
            self.check_criticals()

    def restart(self):
        self.quit()
        self.start()

    # The output of the program

    def say(self, text, context=None):
        """A text of the program in the language it was started in."""
        prefix = os.path.dirname(os.path.dirname(shutil.which(self.program)))
        texts = gettext.translation("passerelle", os.path.join(prefix, "share/locale"), [self.language])
        return texts.pgettext(context, text) if context else texts.gettext(text)

    def label(self, text):
        """The label of a field."""
        return self.say(text, "field")

    # The window's parts

    def all_rows(self):
        """The rows of the list of records that are in view."""
        rows = self.first("list", self.say("Records"))
        return [w for w in rows.children if w.role in ("list item", "table row") and w.showing] if rows else []

    def rows(self, number):
        """Waits until the list shows that many records."""
        wait("%d rows in the list" % number, lambda: len(self.all_rows()) == number, shown=self.dump)

    def row(self, name):
        """The row of a record in the list."""
        return wait("a row %s" % (name,), lambda: next((r for r in self.all_rows() if matches(name, r.name)), None),
                    shown=self.dump)

    def field(self, label, language=None):
        """The entry or text of a field of the record shown."""
        name = self.label(label)
        if language is not None:
            name += " (%s)" % {"fr": "Français", "en": "English"}.get(language, language)
        return self.find(("text", "entry"), name)

    def new_record(self):
        """Makes a record and waits for its page; it is stored with its first value."""
        self.key("ctrl+n")
        self.find("text", re.compile("^(%s|%s)" % (self.label("Title"), self.label("Name"))),
                  state="FOCUSED", text="")

    def choose(self, label, choice, words=None):
        """Opens the choices of a field and takes one."""
        self.find(("button", "toggle button"), re.compile("^%s\\b" % re.escape(self.label(label)))).press()
        self.pick(choice, words)

    def add(self, label, choice, words):
        """Adds one to a field of several, by its first letters."""
        self.find("button", self.say("Add to “%s”") % self.label(label)).press()
        self.pick(choice, words)
        self.key("Escape")
        self.find(name=choice)

    def pick(self, choice, words=None):
        """Takes one of the choices on show, by keyboard."""
        choices = self.find("list", self.say("Choices"))
        if words is not None:
            entry = self.find(("text", "entry"), self.say("Search"))
            self.type(words)
            wait("%r in the search" % words, lambda: entry.text == words, shown=self.dump)
        item = choices.find("list item", choice)
        if not item.has("SELECTED") or words is None:
            self.key("Down")
            for _ in range(40):
                if item.has("FOCUSED") or item.has("SELECTED"):
                    break
                self.key("Down")
        self.key("Return")

    def toast(self, text, role=None):
        """The message at the foot of the window, or its button. It is there for some
        seconds only: to look through all fields before it may take longer."""
        return wait("the message %s" % text, lambda: self.outermost(role, text), shown=self.dump)

    def close_file_dialog(self):
        """Takes the file that was typed, and asks about no widget until the dialog's
        window is gone: GTK may crash where it is asked about one that is going away."""
        windows = set(self.windows())
        self.key("Return")
        wait("the dialog to go", lambda: not windows <= set(self.windows()))

    def menu(self, button, *names):
        """Opens a menu and takes the item of that name, by keyboard; each further
        name is in the menu that the one before opens."""
        self.rest_pointer()
        self.find("toggle button", button).press()
        for name in names:
            self.find("menu item", state="FOCUSED")
            for _ in range(40):
                focused = self.find(tuple(NAMED_BY_LABEL), state="FOCUSED").name
                if focused == name:
                    break
                self.key("Down")
                wait("another item than %r to have the keyboard" % focused,
                     lambda: self.find(tuple(NAMED_BY_LABEL), state="FOCUSED").name != focused, shown=self.dump)
            else:
                raise Missing("no menu item %r; the window shows:\n%s" % (name, self.dump()))
            self.key("Return")

    def filter(self, label, choice, words=None):
        """Adds a filter by that field to the list."""
        self.menu(re.compile("^" + self.say("Filter")), self.label(label))
        self.pick(choice, words)
        self.key("Escape")

    def import_table(self, path):
        """Hands the program a table, as a file manager does, and waits until it
        says what importing it would do."""
        run(self.program, path, env=self.environment)
        dialog = self.find("dialog", self.say("Import"))
        dialog.find("list item", self.say("File"))
        return dialog

    def go_to(self, place):
        """Chooses a place in the sidebar, going back to it where the window is
        too narrow to show it."""
        name = re.compile("^" + re.escape(self.say(place, "place" if place == "Trash" else "kind")))

        def sidebar():
            places = self.all("list", self.say("Places"))
            if not places:
                back = self.all("button", BACK)
                if back:
                    back[-1].press()
                    # GTK clicks it a moment later: pressed once more meanwhile, it
                    # would take the next page away, too.
                    wait("the page to go", lambda: back[-1] not in self.all("button", BACK), shown=self.dump)
                return None
            return next((w for w in places[0].children if matches(name, w.name)), None)

        wait("the sidebar", sidebar, shown=self.dump).click()

    def search(self, words):
        """Searches for words, from wherever the focus is."""
        self.key("ctrl+f")
        entry = self.find(("text", "entry"), self.say("Search the whole register"), state="FOCUSED")
        self.key("ctrl+a")
        self.type(words)
        wait("%r in the search" % words, lambda: entry.text == words, shown=self.dump)

    def end_search(self):
        """Empties the search; the record shown stays."""
        self.key("ctrl+f", "Escape")
        entry = self.find(("text", "entry"), self.say("Search the whole register"))
        wait("an empty search", lambda: entry.text == "", shown=self.dump)

    def leave_field(self):
        """Takes the keyboard out of the field, back to the list."""
        self.row(re.compile("")).parent.all("list item", state="SELECTED")[0].click()

    # The command line on the same register

    def cli(self, *arguments):
        return run("passerelle-cli", *arguments, env=self.environment)

    def use(self, register):
        """Says that a register is one's own: it opens without a question."""
        run(sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "own.py"), str(register),
            env=self.environment)

    def records(self, kind, *arguments):
        """The records of a kind as the command line lists them."""
        return json.loads(self.cli("list", kind, *arguments, "--json"))

    # Keyboard and mouse

    def windows(self):
        # GTK tells no display its number in a sandbox, where it means nothing outside.
        whose = ["--class", PROGRAM] if os.path.exists("/.flatpak-info") else ["--pid", str(self.process.pid)]
        found = subprocess.run(["xdotool", "search", "--onlyvisible", *whose],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        return found.stdout.split()

    def geometry(self):
        """Where the main window is on the display: x, y, width, height."""
        words = run("xdotool", "getwindowgeometry", "--shell", self.window)
        place = dict(line.split("=") for line in words.splitlines())
        return tuple(int(place[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def position(self):
        return self.geometry()[:2]

    def key(self, *keys, delay=15):
        """Presses keys, named as xdotool does: ctrl+n, Tab, Down, with so many
        milliseconds between them. Function keys go by their code: xkeyboard-config 2.48
        has them with Alt, too, and xdotool would press it."""
        codes = [re.sub(r"\bF([1-9]|10)$", lambda match: str(66 + int(match.group(1))), key) for key in keys]
        run("xdotool", "key", "--clearmodifiers", "--delay", str(delay), *codes)

    def type(self, text):
        """Types text; what is not on the keyboard goes by its code point, as
        GTK takes it after Ctrl+Shift+U."""
        for part in re.findall(r"[ -~]+|\n|[^ -~\n]", text):
            if part == "\n":
                self.key("Return")
            elif " " <= part[0] <= "~":
                run("xdotool", "type", "--delay", "8", "--clearmodifiers", part)
            else:
                self.key("ctrl+shift+u", *format(ord(part), "x"), "space")

    def resize(self, width, height):
        run("xdotool", "windowsize", self.window, str(width), str(height))
        wait("a window of %d × %d" % (width, height), lambda: self.geometry()[2:] == (width, height))

    def move(self, x, y):
        run("xdotool", "windowmove", self.window, str(x), str(y))

    # The contents of the window

    def dump(self, indent=0):
        """The tree of what shows, and where the display has its keyboard and pointer."""
        tree = super().dump(indent) if self.accessible else "(nothing)"
        return "%s\nthe program's window is %s, the active one %s, the keyboard's %s, the pointer at %s" % (
            tree, self.window, _ask_display("getactivewindow"), _ask_display("getwindowfocus", "-f"),
            _ask_display("getmouselocation"))

    def focus_owner(self):
        return next(filter(None, self.walk(lambda w: w if w.has("FOCUSED") else None)), None)

    @staticmethod
    def rest_pointer():
        """Moves the pointer into the corner: an item of a menu that opens below it takes the
        keyboard, whenever the display gets round to it."""
        run("xdotool", "mousemove", "9999", "9999")

    def screenshot(self, path):
        """Writes the window, and what is open over it, as PNG once it has
        stopped changing."""
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        self.rest_pointer()
        x, y, width, height = self.geometry()
        command = ["import", "-silent", "-window", "root", "-crop", "%dx%d+%d+%d" % (width, height, x, y), "+repage"]
        previous = [None]

        def settled():
            picture = subprocess.run([*command, "rgba:-"], stdout=subprocess.PIPE, check=True).stdout
            same = picture and picture == previous[0]
            previous[0] = picture
            # A window that is mapped and not drawn yet has one colour.
            return same and len(set(picture[width * 4 * (height // 2):][:width * 4:4])) > 1

        wait("a window that stands still", settled, shown=self.dump)
        run(*command, "-strip", path)
        return path


@functools.cache
def _toolkit_warnings():
    with open(os.path.join(os.path.dirname(__file__), "../toolkit-warnings"), encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line and not line.startswith("#")]


def _ask_display(*words):
    """What the display says, or why it doesn't."""
    answer = subprocess.run(["xdotool", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, check=False)
    return " ".join(answer.stdout.split())


def import_sample(app):
    """Fills the program's register with the sample's records, by the command line."""
    source = os.environ["PASSERELLE_SOURCE"]
    for kind in ("office", "project"):
        app.cli("import", os.path.join(source, "data/sample/%ss.csv" % kind), "--kind", kind)


class SampleJourney:
    """A test that begins with the sample in the list, and ends without a warning of
    the program's."""

    language = None

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)
        import_sample(self.app)
        self.app.start()
        wait("the list to fill", self.app.all_rows, shown=self.app.dump)

    def tearDown(self):
        self.assertEqual(self.app.warnings, [])

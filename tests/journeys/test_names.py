# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every view of the sample register, as a screen reader tells it: each widget
that a person acts on has a name, and in French nothing is left in English."""

import gettext
import os
import re
import shutil
import unittest

import screenshots
from driver import App, import_sample
from waiting import wait
from widget import NAMED_BY_LABEL, unnamed


# Texts of libadwaita's own that it has not translated.
NOT_OURS = {"Close"}


def about(app, narrow):
    app.menu(app.say("Main menu"), app.say("_About Passerelle").replace("_", ""))
    app.find("dialog").find("label", "Passerelle")


class Names:
    """The tests of each language; subclasses say which."""

    language = None

    def setUp(self):
        self.app = App(language=self.language)
        self.addCleanup(self.app.__exit__)

    def look(self, view, sample=True, width=None):
        if sample:
            import_sample(self.app)
        self.app.start()
        if width:
            self.app.resize(width, 720)
        view(self.app, bool(width))
        self.check()

    def check(self):
        nameless = ["%s in %s" % (w.role, w.parent.dump()) for w in unnamed(self.app)]
        self.assertEqual(nameless, [], "\n".join(nameless))
        self.assertEqual(self.untranslated(), [])
        self.assertEqual(self.app.warnings, [])

    def untranslated(self):
        """Texts on show that are the program's own, in another language."""
        if self.language == "en":
            return []
        prefix = os.path.dirname(os.path.dirname(shutil.which(self.app.program)))
        catalog = gettext.translation("passerelle", os.path.join(prefix, "share/locale"), [self.language])
        sources = set()
        for source, text in catalog._catalog.items():
            source = source[0] if isinstance(source, tuple) else source
            source = source.rsplit("\x04")[-1]
            if source != text and len(source) > 3:
                sources.add(source.replace("_", "") if source.count("_") == 1 else source)
        texts = set(text for text in catalog._catalog.values() if isinstance(text, str))
        return sorted(set(self.app.walk(lambda w: w.name)) & (sources - texts - NOT_OURS))

    def test_project(self):
        self.look(screenshots.project)

    def test_office(self):
        self.look(screenshots.office)

    def test_filtered(self):
        self.look(screenshots.filtered)

    def test_search(self):
        self.look(screenshots.search)

    def test_history(self):
        self.look(screenshots.history)

    def test_preferences(self):
        self.look(screenshots.preferences)

    def test_entries(self):
        self.look(screenshots.entries)

    def test_dialogs(self):
        """Those that need no record, one after the other."""
        import_sample(self.app)
        self.app.start()
        for view in (screenshots.shortcuts, about, screenshots.importing, screenshots.exporting):
            view(self.app, False)
            self.check()
            self.app.key("Escape")
            self.app.find_none("dialog")

    def test_menus(self):
        """Each menu, and what the filters are chosen in."""
        app = self.app
        import_sample(app)
        app.start()
        wait("the list to fill", app.all_rows, shown=app.dump)
        app.row(re.compile("")).press()
        app.field("Project ID")
        for name in ("Main menu", "Record menu", "Order of the list", "Filter"):
            app.find("toggle button", re.compile("^" + re.escape(app.say(name)))).press()
            app.find(tuple(NAMED_BY_LABEL), state="FOCUSED")
            self.check()
            app.key("Escape")
            app.find_none(tuple(NAMED_BY_LABEL))
        app.menu(re.compile("^" + app.say("Filter")), app.label("Status"))
        app.find("list", app.say("Choices"))
        self.check()

    def test_choices(self):
        """What a field of the record is chosen from: codes, and several of them."""
        app = self.app
        import_sample(app)
        app.start()
        screenshots.project(app, False)
        for button in (re.compile("^%s\\b" % re.escape(app.label("Status"))),
                       app.say("Add to “%s”") % app.label("Benefiting member states")):
            app.find(("button", "toggle button"), button).press()
            app.find("list", app.say("Choices"))
            self.check()
            app.key("Escape")
            app.find_none("list", app.say("Choices"))

    def test_trash(self):
        self.look(screenshots.trash)

    def test_empty(self):
        self.look(screenshots.empty, sample=False)

    def test_narrow(self):
        self.look(screenshots.project, width=360)


class NamesInEnglish(Names, unittest.TestCase):
    language = "en"


class NamesInFrench(Names, unittest.TestCase):
    language = "fr"


if __name__ == "__main__":
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What walks through a window's widgets say of one that goes away meanwhile."""

import re
import types
import unittest

from widget import Atspi, GLib, Widget, unnamed

NO_OBJECT = "Object does not exist at path “/org/passerelle/Passerelle/a11y/e4e6e229”"
NO_OBJECT_IN_FRENCH = "L’objet n’existe pas à l’emplacement « /org/passerelle/Passerelle/a11y/e4e6e229 »"
TIMEOUT = "timeout from dbind"


def error(message, code=1):
    return GLib.Error.new_literal(GLib.quark_from_string("atspi_error"), message, code)


class Accessible:
    """An accessible object, which answers so many questions and then only with an error."""

    def __init__(self, role, name, *children, answers=1000, failure=None):
        self.role = role
        self.name = name
        self.children = children
        self.answers = answers
        self.failure = failure
        self.states = {Atspi.StateType.SHOWING, Atspi.StateType.FOCUSABLE, Atspi.StateType.SENSITIVE}

    def _answer(self, answer):
        if self.answers == 0:
            raise self.failure
        self.answers -= 1
        return answer

    def get_role_name(self):
        return self._answer(self.role)

    def get_name(self):
        return self._answer(self.name)

    def get_description(self):
        return self._answer("")

    def get_parent(self):
        return self._answer(None)

    def get_child_count(self):
        return self._answer(len(self.children))

    def get_child_at_index(self, index):
        return self._answer(self.children[index])

    def get_state_set(self):
        return self._answer(types.SimpleNamespace(contains=lambda state: state in self.states))


class Walks(unittest.TestCase):
    def window(self, answers, failure):
        """A window whose second box goes away after so many answers."""
        leaving = Accessible("panel", "Leaving", Accessible("button", "Inside"), answers=answers, failure=failure)
        accessible = Accessible("frame", "Window", Accessible("panel", "Before", Accessible("button", "First")),
                                leaving, Accessible("button", "Last"))
        return Widget(None, accessible)

    def check(self, failure, walk, expected):
        """Whenever it goes away, the walk goes on behind it."""
        for answers in range(8):
            with self.subTest(answers=answers):
                self.assertEqual(walk(self.window(answers, failure))[-1], expected)

    def each_failure(self, walk, expected):
        for failure in (error(NO_OBJECT), error(NO_OBJECT_IN_FRENCH), error("The application no longer exists", 0)):
            with self.subTest(failure=failure.message):
                self.check(failure, walk, expected)

    def test_walk(self):
        self.each_failure(lambda window: list(window.walk(lambda w: (w.role, w.name))), ("button", "Last"))

    def test_all(self):
        self.each_failure(lambda window: [w.name for w in window.all("button")], "Last")

    def test_outermost(self):
        self.each_failure(lambda window: [window.outermost("button", re.compile("^(First|Last)$")).name], "Last")

    def test_dump(self):
        self.each_failure(lambda window: window.dump().splitlines(), "  button 'Last'")

    def test_unnamed(self):
        def walk(window):
            window.accessible.children[2].name = ""
            return [w.role for w in unnamed(window)]

        self.each_failure(walk, "button")

    def test_focused(self):
        def walk(window):
            window.accessible.children[2].states.add(Atspi.StateType.FOCUSED)
            return [window.focused()]

        self.each_failure(walk, True)

    def test_other_errors(self):
        """What doesn't answer has not gone away."""
        with self.assertRaisesRegex(GLib.Error, TIMEOUT):
            self.window(1, error(TIMEOUT)).all("button")

    def test_root(self):
        """Nothing can be said of what is in a widget that is not there itself."""
        for answers in range(2):
            window = Widget(None, Accessible("frame", "Window", answers=answers, failure=error(NO_OBJECT)))
            with self.subTest(answers=answers), self.assertRaises(GLib.Error):
                window.first("button")
                window.dump()


if __name__ == "__main__":
    unittest.main()

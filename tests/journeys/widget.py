# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A widget of the program, as a screen reader is told of it."""

import contextlib
import re

import gi

from waiting import DEADLINE, Missing, run, wait

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# GTK 4.18 names an item of a menu by a relation to its label, and gives that
# label no role: the name is computed from labels that have one, and comes out
# empty. A screen reader that finds none goes by the relation to the label's text,
# as Widget.name does.
NAMED_BY_LABEL = {"menu item", "check menu item", "radio menu item"}

# Roles of widgets that a person acts on: each needs a name.
INTERACTIVE = {
    "button", "push button", "toggle button", "check box", "radio button", "switch",
    "entry", "text", "password text", "spin button", "combo box", "slider",
    "menu item", "check menu item", "radio menu item", "list item", "table row",
    "link", "page tab", "tree item", "push button menu", "editbar",
}

# Of ATSPI_ERROR, whose codes the bindings lack: what was asked about is not there.
APPLICATION_GONE = 0


@contextlib.contextmanager
def left_out_if_gone():
    """Goes on behind where a widget went away while it was looked at. What else goes
    wrong, such as a program that ends or doesn't answer, stays an error."""
    try:
        yield
    except GLib.Error as error:
        # Either libatspi has heard that it went, or the program says, in its
        # language, that there is no object at this path.
        heard = error.domain == "atspi_error" and error.code == APPLICATION_GONE
        if not heard and "/a11y/" not in error.message:
            raise


class Widget:
    """A widget as a screen reader knows it."""

    def __init__(self, app, accessible):
        self.app = app
        self.accessible = accessible

    def __eq__(self, other):
        return isinstance(other, Widget) and self.accessible == other.accessible

    def __hash__(self):
        return hash(self.accessible)

    @property
    def name(self):
        name = self.accessible.get_name() or ""
        if not name and self.role in NAMED_BY_LABEL:
            name = " ".join(self._labels())
        return name

    def _labels(self):
        """The texts of the labels that name it."""
        for relation in self.accessible.get_relation_set():
            if relation.get_relation_type() != Atspi.RelationType.LABELLED_BY:
                continue
            for index in range(relation.get_n_targets()):
                text = relation.get_target(index).get_text_iface()
                if text is not None:
                    yield Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def children(self):
        for index in range(self.accessible.get_child_count()):
            with left_out_if_gone():
                child = self.accessible.get_child_at_index(index)
                if child is not None:
                    yield Widget(self.app, child)

    @property
    def parent(self):
        try:
            parent = self.accessible.get_parent()
        except GLib.Error:
            return None  # it went away while it was looked at
        return Widget(self.app, parent) if parent else None

    def has(self, state):
        return self.accessible.get_state_set().contains(getattr(Atspi.StateType, state))

    @property
    def showing(self):
        return self.has("SHOWING")

    @property
    def text(self):
        """The text of an entry or a text view."""
        text = self.accessible.get_text_iface()
        if text is None:
            return ""
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))

    def walk(self, read, showing=True):
        """What read() says of this widget and of those in it, outside in, without
        those that go away meanwhile."""
        yield read(self)
        for child in self.children:
            with left_out_if_gone():
                if not showing or child.showing:
                    yield from child.walk(read, showing)

    def each(self, role=None, name=None, showing=True, **conditions):
        found = self.walk(lambda w: w if w is not self and w.fits(role, name, **conditions) else None, showing)
        return (widget for widget in found if widget is not None)

    def all(self, *which, **conditions):
        return list(self.each(*which, **conditions))

    def first(self, *which, **conditions):
        return next(self.each(*which, **conditions), None)

    def outermost(self, role, name):
        """The first such widget, looked for level by level."""
        level = [self]
        while level:
            above, level = level, []
            for child in below(above):
                with left_out_if_gone():
                    if child.showing and child.fits(role, name):
                        return child
                    if child.showing:
                        level.append(child)
        return None

    def fits(self, role=None, name=None, state=None, text=None):
        if role is not None and self.role not in ((role,) if isinstance(role, str) else role):
            return False
        if name is not None and not matches(name, self.name):
            return False
        if text is not None and not matches(text, self.text):
            return False
        return state is None or self.has(state)

    def find(self, role=None, name=None, deadline=DEADLINE, **conditions):
        """Waits for a widget in this one and returns it."""
        what = " ".join(str(x) for x in (role, name, conditions or "") if x)
        return wait(what, lambda: self.first(role, name, **conditions), deadline, self.app.dump)

    def find_none(self, role=None, name=None, deadline=DEADLINE, **conditions):
        """Waits until no such widget is in this one."""
        wait("no %s %s" % (role, name), lambda: self.first(role, name, **conditions) is None,
             deadline, self.app.dump)

    def press(self):
        """Does what a click does."""
        action = self.accessible.get_action_iface()
        if self.role == "list item" or action is None or Atspi.Action.get_n_actions(action) == 0:
            self.click()
        else:
            Atspi.Action.do_action(action, 0)

    @property
    def box(self):
        """Where it stands in the window: x, y, width, height."""
        component = self.accessible.get_component_iface()
        extents = Atspi.Component.get_extents(component, Atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def reveal(self):
        """Scrolls until it is in view."""
        component = self.accessible.get_component_iface()
        with contextlib.suppress(GLib.Error):
            Atspi.Component.scroll_to(component, Atspi.ScrollType.ANYWHERE)

    def click(self, button=1):
        """Presses a mouse button in its middle."""
        self.reveal()
        x, y, width, height = self.settled()
        left, top = self.app.position()
        run("xdotool", "mousemove", str(left + x + width // 2), str(top + y + height // 2), "click", str(button))

    def turn_wheel(self):
        """Turns the mouse wheel over it, there and back."""
        self.reveal()
        x, y, width, height = self.settled()
        left, top = self.app.position()
        run("xdotool", "mousemove", str(left + x + width // 2), str(top + y + height // 2),
            "click", "--repeat", "3", "5", "click", "--repeat", "6", "4")

    def settled(self):
        """Waits until it stands still, and returns where."""
        last = [None]

        def still():
            box, last[0] = last[0], self.box
            return box == last[0] and box[2] > 0 and box

        return wait("%r to stand still" % self.name, still, shown=self.app.dump)

    def focus(self):
        """Goes to it with Tab: most of the way at once, then step by step, always in
        the same direction, so that it is met once round the window at the latest."""
        if self.focused():
            return
        distance = self._distance()
        self._tab(distance * 2 // 3 if distance > 0 else -(-distance * 2 // 3))
        step = 1 if self._distance() > 0 else -1
        for _ in range(150):
            if self.focused():
                return
            self._tab(step)
        raise Missing("Tab does not lead to %r; the window shows:\n%s" % (self.name, self.app.dump()))

    def _distance(self):
        """How far it is from what has the focus, about: forwards is positive."""
        def read(widget):
            if widget.has("FOCUSABLE") and widget.has("SENSITIVE"):
                return widget, widget.parent, widget.role, widget.has("FOCUSED")
            return None

        stops, owner, target = 0, None, None
        previous = None
        for widget, parent, role, focused in filter(None, self.app.walk(read)):
            # Tab passes a list in one step.
            if role != "list item" or parent != previous:
                stops += 1
            previous = parent if role == "list item" else None
            if owner is None and focused:
                owner = stops
            if target is None and self in (widget, parent):
                target = stops
        return target - owner if owner and target else 1

    def _tab(self, steps):
        """Presses Tab so many times, with Shift where it is fewer than none, and
        waits until the focus has moved."""
        if steps == 0:
            return
        owner = self.app.focus_owner()
        self.app.key(*["Tab" if steps > 0 else "shift+Tab"] * abs(steps))
        with contextlib.suppress(Missing):
            wait("the focus to move", lambda: not owner or not owner.has("FOCUSED"), 0.5)

    def focused(self):
        return self.has("FOCUSED") or any(self.walk(lambda widget: widget.has("FOCUSED")))

    def write(self, text):
        """Types text in place of what stands in it."""
        self.focus()
        self.app.key("ctrl+a")
        self.app.type(text) if text else self.app.key("Delete")

    def find_text(self, text):
        """Waits until this text stands in it."""
        wait("%r in %r" % (text, self.name), lambda: self.text == text, shown=self.app.dump)

    def dump(self, indent=0):
        """The tree of what shows, without the boxes that only hold others."""
        lines = []
        if self.name or self.role not in ("panel", "grouping", "scroll pane", "list item"):
            states = [s for s in ("FOCUSED", "SELECTED", "CHECKED", "EXPANDED", "INVALID_ENTRY") if self.has(s)]
            if not self.has("SENSITIVE"):
                states.append("insensitive")
            line = "  " * indent + "%s %r" % (self.role, self.name)
            if self.role in ("text", "entry"):
                line += " = %r" % self.text
            if self.description:
                line += " (%s)" % self.description
            lines.append(line + (" [%s]" % " ".join(states) if states else ""))
            indent += 1
        for child in self.children:
            with left_out_if_gone():
                if child.showing:
                    lines.append(child.dump(indent))
        return "\n".join(line for line in lines if line)


def below(widgets):
    """The children of these widgets."""
    for widget in widgets:
        with left_out_if_gone():
            yield from widget.children


def matches(wanted, name):
    if isinstance(wanted, re.Pattern):
        return wanted.search(name) is not None
    return wanted == name


def unnamed(widget):
    """The interactive widgets in a widget that a screen reader has no name for."""
    def read(each):
        if each.role not in INTERACTIVE or each.name.strip():
            return None
        # An entry's inner text is named by the entry around it.
        parent = each.parent
        if each.role == "text" and parent is not None and parent.name.strip() and parent.role in INTERACTIVE:
            return None
        return each

    return [each for each in widget.walk(read) if each is not None]

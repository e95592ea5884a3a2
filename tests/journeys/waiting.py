# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs programs to their end, and waits for what another one does.

Nothing here waits for a while and hopes: every wait names what it waits for and
ends with what the window showed instead.
"""

import contextlib
import os
import subprocess
import time

from gi.repository import GLib

DEADLINE = float(os.environ.get("PASSERELLE_DEADLINE", "20"))

# Programs that must not end while something is waited for: each can check_alive().
running = set()


class Missing(AssertionError):
    """The awaited state did not come."""


def run(*command, **options):
    """Runs a program to its end and returns what it printed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=120, **options)
    if done.returncode != 0:
        raise AssertionError("%s ended with %d: %s" % (" ".join(command), done.returncode,
                                                       done.stderr.strip()))
    return done.stdout


def wait(what, condition, deadline=DEADLINE, shown=None):
    """Returns the first true answer of condition; what says what is waited for."""
    end = time.monotonic() + deadline
    while True:
        try:
            answer = condition()
            if answer:
                return answer
        except GLib.Error:
            pass  # a widget that went away while it was looked at
        for app in running:
            app.check_alive()
        if time.monotonic() > end:
            text = "waited %g s for %s" % (deadline, what)
            if shown:
                with contextlib.suppress(GLib.Error):
                    text += "; the window shows:\n" + shown()
            raise Missing(text)
        time.sleep(0.03)

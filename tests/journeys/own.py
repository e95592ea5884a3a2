#!/usr/bin/env python3
# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Says in the program's settings that a register is one's own, as "Use It Here" does, so that
it opens without a question.

    own.py REGISTER
"""

import os
import subprocess
import sys

from gi.repository import Gio, GLib


def main():
    path = os.path.realpath(sys.argv[1])
    said = subprocess.run(["passerelle-cli", "--register", path, "identity"], stdout=subprocess.PIPE, text=True,
                          check=True, env=dict(os.environ, LC_ALL="C.UTF-8")).stdout
    identity = said.splitlines()[0].split()[-1]
    settings = Gio.Settings.new("org.passerelle.Passerelle")
    pairs = [(bytes(place).rstrip(b"\0"), known) for place, known in settings.get_value("own-registers").unpack()]
    pair = (os.fsencode(path), identity)
    if pair not in pairs:
        pairs.append(pair)
        value = [GLib.Variant.new_tuple(GLib.Variant.new_bytestring(place), GLib.Variant.new_string(known))
                 for place, known in pairs]
        settings.set_value("own-registers", GLib.Variant.new_array(GLib.VariantType("(ays)"), value))
        Gio.Settings.sync()


if __name__ == "__main__":
    main()

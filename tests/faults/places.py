# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Places where files can't be written: full disks, and folders whose modes hold
for root too. Where a system allows neither, the test is skipped and says why."""

import contextlib
import functools
import os
import pathlib
import subprocess
import tempfile
import unittest


@functools.cache
def heeding_modes():
    """What to put before a command so that modes of files hold for it too: root
    may write everything. Giving up that right is enough, and the checkout stays
    readable, which for another user it need not be."""
    before = []
    if os.geteuid() == 0:
        before = ['setpriv', '--inh-caps=-dac_override', '--bounding-set=-dac_override', '--']
    with tempfile.TemporaryDirectory(prefix='passerelle-modes.') as name:
        folder = pathlib.Path(name)
        folder.chmod(0o500)
        try:
            done = subprocess.run([*before, 'sh', '-c', '! touch "$1/file" 2>/dev/null', '-', name],
                                  capture_output=True, text=True)
        except OSError as error:
            raise unittest.SkipTest(f'modes of files can’t be tried here: {error}') from error
        finally:
            folder.chmod(0o700)
    if done.returncode != 0:
        raise unittest.SkipTest(f'modes of files mean nothing here: {done.stderr.strip() or "all can be written"}')
    return before


@contextlib.contextmanager
def small_disk(folder, size):
    """A disk of that size at the folder."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size},mode=0700', 'tmpfs', folder],
                              capture_output=True, text=True)
    except OSError as error:
        raise unittest.SkipTest(f'no small disk can be made here: {error}') from error
    if done.returncode != 0:
        raise unittest.SkipTest(f'no small disk can be made here: {done.stderr.strip()}')
    try:
        yield folder
    finally:
        # At once, or when the last program that a failed test has left is gone.
        subprocess.run(['umount', '--lazy', folder], check=True)


def fill(folder):
    """Leaves no room on the disk of that folder; returns the file that takes it."""
    filler = pathlib.Path(folder) / 'filler'
    with open(filler, 'wb', buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b'\0' * 4096)
    return filler

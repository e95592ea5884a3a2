#!/usr/bin/env python3
"""Lets passerelle-cli work with files that a real document portal hands into the sandbox.

    flatpak/documents.py FOLDER VIEW -- COMMAND…

FOLDER is an empty one outside of the sandbox, where the chosen files lie; VIEW is where
the program sees the portal's file system; COMMAND runs passerelle-cli, where programs of the
system can be called, too: its arguments are added. It runs in a session whose bus has
xdg-document-portal, as flatpak/check makes one, and needs python3-gi.
"""

import json
import os
import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path

from gi.repository import Gio, GLib

PROGRAM = 'org.passerelle.Passerelle'
SAMPLE = Path(__file__).resolve().parent.parent / 'data' / 'sample'
NAME = 'org.freedesktop.portal.Documents'
RIGHTS = ['read', 'write']
# AddFull: a document of a folder.
EXPORT_DIRECTORY = 8


def call(method, form, descriptors, *arguments):
    """Calls the portal; arguments name a descriptor by its place among @descriptors."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    files = Gio.UnixFDList.new()
    for descriptor in descriptors:
        files.append(descriptor)
    answer, _ = bus.call_with_unix_fd_list_sync(
        NAME, '/org/freedesktop/portal/documents', NAME, method, GLib.Variant(form, arguments),
        None, Gio.DBusCallFlags.NONE, -1, files, None)
    return answer.unpack()


def with_descriptor(path, function):
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        return function(descriptor)
    finally:
        os.close(descriptor)


def choose(path):
    """What the portal's dialog does when a person opens or saves a file, or chooses a folder."""
    path = Path(path)
    if path.is_dir():
        identifiers, _ = with_descriptor(path, lambda fd: call(
            'AddFull', '(ahusas)', [fd], [0], EXPORT_DIRECTORY, PROGRAM, RIGHTS))
    elif path.exists():
        identifiers, _ = with_descriptor(path, lambda fd: call(
            'AddFull', '(ahusas)', [fd], [0], 0, PROGRAM, RIGHTS))
    else:
        identifier, _ = with_descriptor(path.parent, lambda fd: call(
            'AddNamedFull', '(hayusas)', [fd], 0, os.fsencode(path.name) + b'\0', 0, PROGRAM, RIGHTS))
        identifiers = [identifier]
    return os.path.join(VIEW, identifiers[0], path.name)


def run(*arguments, before=()):
    return subprocess.run([*COMMAND[:-1], *before, COMMAND[-1], *map(str, arguments)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False, timeout=120)


class Documents(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = FOLDER / self.id().split('.')[-1]
        self.folder.mkdir()

    def tearDown(self):
        """What is outside of the sandbox is what people chose, and nothing that they did not."""
        for path in self.folder.rglob('*'):
            self.assertNotRegex(path.name, r'^\.xdp-|\.part', path)

    def done(self, *arguments):
        result = run(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def refused(self, reason, *arguments):
        result = run(*arguments)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(reason, result.stderr)
        return result.stderr

    def records(self, *register):
        return [json.loads(self.done('list', kind, '--json', *register)) for kind in ('office', 'project')]

    def make_backup(self):
        """A backup of the register in the sandbox, outside of it."""
        path = self.folder / 'outside.passerelle'
        self.done('backup', choose(path))
        return path

    def assert_backup(self, path):
        """A file outside is a sound copy of the register in the sandbox."""
        with sqlite3.connect(f'file:{path}?immutable=1', uri=True) as database:
            self.assertEqual(database.execute('PRAGMA quick_check').fetchall(), [('ok',)])
        self.assertEqual(self.records('--register', choose(path)), self.records())
        self.assertEqual(path.stat().st_mode & 0o77, 0, 'others can read the copy')

    def test_look(self):
        path = self.make_backup()
        former = path.read_bytes()
        document = choose(path)
        self.assertEqual(self.records('--register', document), self.records())
        self.done('check', '--register', document)
        project = self.records()[1][0]['id']
        self.assertEqual(self.done('show', project, '--register', document), self.done('show', project))
        self.assertEqual(path.read_bytes(), former)

    def test_look_in_folder(self):
        path = self.make_backup()
        document = os.path.join(choose(self.folder), path.name)
        self.assertEqual(self.records('--register', document), self.records())
        self.assertEqual(os.listdir(self.folder), [path.name])

    def test_not_worked_in(self):
        """A register outside is not written, and says why."""
        path = self.make_backup()
        former = path.read_bytes()
        backup = self.folder / 'backup.passerelle'
        backup.write_bytes(former)
        for document in choose(path), os.path.join(choose(self.folder), path.name):
            for arguments in (['undo'], ['import', choose(SAMPLE / 'offices.csv'), '--kind', 'office'],
                              ['restore', choose(backup)]):
                self.refused('outside of the sandbox', *arguments, '--register', document)
        self.assertEqual(path.read_bytes(), former)
        self.assertEqual(sorted(os.listdir(self.folder)), ['backup.passerelle', path.name])

    def test_not_made(self):
        table = choose(SAMPLE / 'offices.csv')
        for document in choose(self.folder / 'new.passerelle'), os.path.join(choose(self.folder), 'new.passerelle'):
            self.refused('outside of the sandbox', 'import', table, '--kind', 'office', '--register', document)
        self.assertEqual(os.listdir(self.folder), [])

    def test_back_up_to_new_file(self):
        path = self.folder / 'backup.passerelle'
        self.done('backup', choose(path))
        self.assert_backup(path)

    def test_back_up_over_file(self):
        path = self.folder / 'backup.passerelle'
        path.write_bytes(b'former' * 1000000)
        path.chmod(0o600)
        self.done('backup', choose(path))
        self.assert_backup(path)

    def test_back_up_to_folder(self):
        path = self.folder / 'backup.passerelle'
        document = os.path.join(choose(self.folder), path.name)
        for _ in range(2):
            self.done('backup', document)
            self.assert_backup(path)

    def test_restore(self):
        path = self.make_backup()
        former = self.records()
        for document in choose(path), os.path.join(choose(self.folder), path.name):
            self.done('delete', former[1][0]['id'])
            self.assertNotEqual(self.records(), former)
            self.done('restore', document)
            self.assertEqual(self.records(), former)

    def test_import(self):
        """Tables come in from outside, and rows that are refused go out."""
        inside = subprocess.run([*COMMAND[:-1], 'sh', '-c', 'mktemp -u "$XDG_DATA_HOME/XXXXXX"'],
                                capture_output=True, text=True, check=True).stdout.strip()
        self.assertTrue(inside)
        register = ['--register', inside + '.passerelle']
        self.done('import', choose(SAMPLE / 'offices.csv'), '--kind', 'office', *register)
        self.assertEqual(self.done('list', 'office', '--json', *register), self.done('list', 'office', '--json'))
        table = self.folder / 'offices.csv'
        table.write_text('name_en,kind\n,headquarters\n', encoding='utf-8')
        refused = self.folder / 'refused.csv'
        result = run('import', choose(table), '--kind', 'office', '--refused', choose(refused), *register)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn('headquarters', refused.read_text(encoding='utf-8'))

    def test_export(self):
        for name, arguments in (('table.csv', ['export', '--kind', 'project']),
                                ('register.csv', ['export', '--kind', 'project', '--for-register']),
                                ('actions.jsonl', ['actions'])):
            wanted = self.done(arguments[0], '-', *arguments[1:])
            over = self.folder / f'former {name}'
            over.write_text('former' * 1000000, encoding='utf-8')
            for path, document in ((self.folder / name, choose(self.folder / name)), (over, choose(over)),
                                   (self.folder / f'in folder {name}',
                                    os.path.join(choose(self.folder), f'in folder {name}'))):
                with self.subTest(path.name):
                    self.done(arguments[0], document, *arguments[1:])
                    self.assertEqual(path.read_text(encoding='utf-8-sig'), wanted.lstrip('\ufeff'))

    def test_no_space(self):
        """A full disk outside is told of before the former file is given up."""
        disk = self.folder / 'disk'
        disk.mkdir()
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk],
                                 capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            self.skipTest('no disk can be mounted: ' + mounted.stderr.strip())
        try:
            path = disk / 'backup.passerelle'
            path.write_text('former', encoding='utf-8')
            for document in choose(path), os.path.join(choose(disk), 'backup.passerelle'):
                self.refused('no space left', 'backup', document)
                self.assertEqual(path.read_text(encoding='utf-8'), 'former')
            self.refused('no space left', 'backup', choose(disk / 'other.passerelle'))
            self.assertEqual(os.listdir(disk), ['backup.passerelle'])
        finally:
            # The portal may still have files of the disk open.
            subprocess.run(['umount', '-l', disk], check=True)

    def test_killed(self):
        """Nothing stays outside that was not chosen, whenever the program is killed."""
        path = self.folder / 'backup.passerelle'
        path.write_text('former', encoding='utf-8')
        document = choose(path)
        for milliseconds in range(2, 80, 6):
            run('backup', document, before=['timeout', '-s', 'KILL', str(milliseconds / 1000)])
            self.assertEqual(os.listdir(self.folder), [path.name])
        self.done('backup', document)
        self.assert_backup(path)


if __name__ == '__main__':
    end = sys.argv.index('--')
    FOLDER, VIEW = Path(sys.argv[1]), sys.argv[2]
    COMMAND = sys.argv[end + 1:]
    unittest.main(argv=[sys.argv[0], '-v'])

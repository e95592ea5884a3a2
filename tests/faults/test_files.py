# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files and folders that can't be written, a disk that is full, other programs
at the same register, and who may read what. What the program writes for others is
whole or not there."""

import contextlib
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import threading
import time
import unittest

from cli import ENGLISH, FRENCH, CliTest, has_locale, has_translation
from places import fill, heeding_modes, small_disk

HAS_FRENCH = has_locale(FRENCH) and has_translation('fr')

BUSY = ('Another program is working on', 'Un autre programme travaille')
READ_ONLY = ('can’t be written', 'Impossible d’écrire dans')
FULL = ('is full', 'est plein')
NO_FOLDER = ('Check that its folder exists', 'Vérifiez que son dossier existe')
NO_SPACE = ('no space left for “file”', 'plus de place pour « file »')


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class Files(CliTest):
    def add(self, *arguments, **options):
        return self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=Title', *arguments, **options)

    def title(self, **options):
        return self.run_cli('show', 'PO.0001', '--json', **options).json()['title']['en']

    def assert_refused(self, texts, *arguments, status=1, **options):
        for locale, text in zip((ENGLISH, FRENCH), texts):
            if locale == ENGLISH or HAS_FRENCH:
                error = self.run_cli(*arguments, status=status, locale=locale, **options).err
                self.assertIn(text, error.replace('\N{NO-BREAK SPACE}', ' '))


class Permissions(Files):
    def test_read_only_file(self):
        self.add()
        self.register.chmod(0o400)
        before = self.register.read_bytes()
        self.assert_refused(READ_ONLY, 'set', 'PO.0001', 'title_en', 'Changed', before=heeding_modes())
        self.assertEqual(self.title(before=heeding_modes()), 'Title')
        self.assertEqual(self.register.read_bytes(), before)
        self.register.chmod(0o600)
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed', before=heeding_modes())
        self.assertEqual(self.title(before=heeding_modes()), 'Changed')

    def test_read_only_folder(self):
        self.add()
        before = self.register.read_bytes()
        self.register.parent.chmod(0o500)
        try:
            self.assert_refused(READ_ONLY, 'set', 'PO.0001', 'title_en', 'Changed', before=heeding_modes())
            self.assertEqual(self.title(before=heeding_modes()), 'Title')
            self.run_cli('check', before=heeding_modes())
            self.assertEqual(self.register.read_bytes(), before)
        finally:
            self.register.parent.chmod(0o700)
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed', before=heeding_modes())
        self.assertEqual(self.title(before=heeding_modes()), 'Changed')

    def test_read_only_folder_of_another(self):
        """What another program writes to a register that this one can only read is
        shown, whether it is in the log or in the file."""
        self.add()
        other = sqlite3.connect(self.register, isolation_level=None)
        other.execute('SELECT count(*) FROM record').fetchone()
        self.run_cli('set', 'PO.0001', 'title_en', 'In the log')
        with self.protected():
            self.assertEqual(self.title(before=heeding_modes()), 'In the log')
        # As it is on a medium: the log without its index.
        self.register.with_name('register.passerelle-shm').rename(self.folder / 'index')
        names = sorted(path.name for path in self.register.parent.iterdir())
        with self.protected():
            self.assertEqual(self.title(before=heeding_modes()), 'In the log')
            self.run_cli('check', before=heeding_modes())
            copy = self.folder / 'copy.passerelle'
            self.run_cli('backup', copy, before=heeding_modes())
            self.assertEqual(self.run_cli('--register', copy, 'show', 'PO.0001', '--json').json()['title']['en'], 'In the log')
        self.assertEqual(sorted(path.name for path in self.register.parent.iterdir()), names)
        (self.folder / 'index').rename(self.register.with_name('register.passerelle-shm'))
        other.close()
        self.run_cli('set', 'PO.0001', 'title_en', 'In the file')
        with self.protected():
            self.assertEqual(self.title(before=heeding_modes()), 'In the file')

    @contextlib.contextmanager
    def protected(self):
        self.register.parent.chmod(0o500)
        try:
            yield
        finally:
            self.register.parent.chmod(0o700)

    def test_no_home(self):
        home = self.folder / 'home'
        home.mkdir(0o500)
        env = {'HOME': str(home), 'XDG_DATA_HOME': '', 'XDG_STATE_HOME': '', 'XDG_CACHE_HOME': ''}
        self.assert_refused((str(home), str(home)), 'new', 'project', 'title_en=Title', env=env, before=heeding_modes())
        self.assertEqual(list(home.iterdir()), [])
        # The way on: a register elsewhere.
        other = self.folder / 'other' / 'register.passerelle'
        self.run_cli('--register', other, 'new', 'project', 'title_en=Title', env=env, before=heeding_modes())
        self.assertTrue(other.exists())

    def test_modes(self):
        for umask in (0, 0o022, 0o077):
            with self.subTest(umask=oct(umask)):
                shutil.rmtree(self.folder / 'data', ignore_errors=True)
                self.add(umask=umask)
                # While another program reads, the log and its index are there.
                reader = sqlite3.connect(self.register)
                reader.execute('SELECT count(*) FROM record').fetchone()
                self.run_cli('set', 'PO.0001', 'title_en', 'Changed', umask=umask)
                backup = self.register.parent / 'backups' / 'register-20200101T000000Z-manual.passerelle'
                self.run_cli('backup', backup, umask=umask)
                self.run_cli('restore', backup, umask=umask)
                names = {path.name for path in self.register.parent.iterdir()}
                self.assertLessEqual({'register.passerelle-wal', 'register.passerelle-shm', 'backups'}, names)
                paths = [self.folder / 'data', *(self.folder / 'data').rglob('*')]
                self.assertGreaterEqual(len(paths), 8, paths)
                for path in paths:
                    self.assertEqual(oct(mode(path)), oct(0o700 if path.is_dir() else 0o600), path)
                reader.close()


class Disk(Files):
    def test_full_data_home(self):
        """Nothing that fits is lost, and what does not fit is refused."""
        with small_disk(self.folder / 'data', '4m') as disk:
            self.add()
            filler = fill(disk)
            self.assert_refused(FULL, 'import', self.write('table.csv', self.rows(400)), '--kind', 'project')
            self.assertEqual(self.count(), 1)
            self.run_cli('check')
            filler.unlink()
            self.import_text(self.rows(40))
            self.assertEqual(self.count(), 41)

    def test_full_while_importing(self):
        with small_disk(self.folder / 'data', '3m'):
            self.add()
            self.assert_refused(FULL, 'import', self.write('table.csv', self.rows(8000)), '--kind', 'project')
            self.assertEqual(self.count(), 1)
            self.run_cli('check')
            self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
            self.assertEqual(self.title(), 'Changed')

    def test_no_space_for_a_register(self):
        with small_disk(self.folder / 'data', '64k') as disk:
            self.assert_refused(FULL, 'new', 'project', 'title_en=Title')
            self.assertEqual([path for path in disk.rglob('*') if path.is_file()], [])

    def count(self):
        return len(self.run_cli('list', 'project', '--json').json())

    @staticmethod
    def rows(number):
        return 'project_id,title_en,description_en\n' + ''.join(
            f'CT.{n:04},Title {n},{"Some longer text that fills the disk. " * 10}\n' for n in range(number))


class Written(Files):
    """Files that are written for others: tables, rows to correct, actions, backups."""

    FORMER = 'what was there'

    def commands(self, path):
        """What writes a file, each with what it says where the disk is full."""
        yield NO_SPACE, ['export', path, '--kind', 'project']
        yield NO_SPACE, ['import', 'refused.csv', '--kind', 'project', '--dry-run', '--refused', path]
        yield NO_SPACE, ['actions', path]
        yield FULL, ['backup', path]

    @staticmethod
    def no_place(command):
        """What a command ends with that can't write its file: nothing is imported without one."""
        return 2 if command[0] == 'import' else 1

    def fill_register(self, number):
        self.import_text(Disk.rows(number))
        self.write('refused.csv', 'title_en,description_en\n' + f',{"A record without a name. " * 20}\n' * number)

    def names(self, folder):
        return sorted(path.name for path in folder.iterdir())

    def test_full_disk(self):
        """No fragment is left, and what was there is."""
        self.fill_register(300)
        with small_disk(self.folder / 'small', '64k') as disk:
            path = disk / 'file'
            for text, command in self.commands(path):
                with self.subTest(command=command[0]):
                    self.assert_refused(text, *command)
                    self.assertEqual(self.names(disk), [])
                    path.write_text(self.FORMER)
                    self.assert_refused(text, *command)
                    self.assertEqual(path.read_text(), self.FORMER)
                    self.assertEqual(self.names(disk), ['file'])
                    path.unlink()

    def test_places(self):
        self.fill_register(3)
        folder = self.folder / 'folder'
        folder.mkdir()
        path = folder / 'file'
        for _, command in self.commands(path):
            with self.subTest(command=command[0]):
                status = 1 if command[0] == 'import' else 0
                private = command[0] == 'backup'
                self.run_cli(*command, status=status, umask=0o027)
                self.assertEqual(oct(mode(path)), oct(0o600 if private else 0o640))
                path.chmod(0o664)
                self.run_cli(*command, status=status, umask=0o027)
                self.assertEqual(oct(mode(path)), oct(0o600 if private else 0o664))
                whole = path.read_bytes()
                self.assertGreater(len(whole), 100)
                # A link to nothing, and then to a file.
                path.rename(folder / 'target')
                path.symlink_to('target')
                for _ in range(2):
                    self.run_cli(*command, status=status)
                    self.assertEqual(os.readlink(path), 'target')
                    self.assertGreater((folder / 'target').stat().st_size, 100)
                    (folder / 'target').write_text(self.FORMER)
                self.assertEqual(self.names(folder), ['file', 'target'])
                path.unlink()
                (folder / 'target').unlink()
        for _, command in self.commands(folder):
            self.assert_refused(('is a folder', 'est un dossier'), *command, status=self.no_place(command))
        for _, command in self.commands(folder / 'no' / 'file'):
            self.assert_refused(NO_FOLDER, *command, status=self.no_place(command))
        self.assertEqual(self.names(folder), [])

    def test_protected(self):
        """A file that must not be changed stays, and so does a folder; a file in it that may be
        changed gets its contents all the same."""
        self.fill_register(3)
        folder = self.folder / 'folder'
        folder.mkdir()
        path = folder / 'file'
        path.write_text(self.FORMER)
        path.chmod(0o400)
        for _, command in self.commands(path):
            self.assert_refused(READ_ONLY, *command, status=self.no_place(command), before=heeding_modes())
            self.assertEqual(path.read_text(), self.FORMER)
        path.chmod(0o600)
        folder.chmod(0o500)
        try:
            for _, command in self.commands(folder / 'new'):
                self.assert_refused(READ_ONLY, *command, status=self.no_place(command), before=heeding_modes())
            for _, command in self.commands(path):
                with self.subTest(command=command[0]):
                    path.write_text(self.FORMER * 1000)
                    if command[0] == 'backup':
                        self.assert_refused(READ_ONLY, *command, before=heeding_modes())
                        continue
                    self.run_cli(*command, status=1 if command[0] == 'import' else 0, before=heeding_modes())
                    self.assertNotIn(self.FORMER, path.read_text())
            self.assertEqual(self.names(folder), ['file'])
        finally:
            folder.chmod(0o700)

    def test_pipe(self):
        """A pipe is written to, where there is somebody to read from it."""
        self.fill_register(3)
        whole = self.run_cli('export', '-', '--kind', 'project', '--for-register').out
        export = ['export', 'pipe', '--kind', 'project', '--for-register']
        os.mkfifo(self.folder / 'pipe')
        self.assert_refused(('no program reads', 'aucun programme ne lit'), *export)
        pipe = os.open(self.folder / 'pipe', os.O_RDONLY | os.O_NONBLOCK)
        try:
            self.run_cli(*export)
            self.assertEqual(os.read(pipe, 65536).decode(), whole)
        finally:
            os.close(pipe)
        result = self.run_cli('export', '/dev/stdout', '--kind', 'project', '--for-register')
        self.assertTrue(result.out.startswith(whole))
        actions = self.run_cli('actions', '-').out
        self.assertEqual(self.run_cli('actions').out, actions)
        self.assertEqual(self.run_cli('actions', '/dev/stdout').out, actions)

    def test_over_the_register(self):
        self.fill_register(3)
        before = self.run_cli('list', 'project', '--json').out
        (self.folder / 'link').symlink_to(self.register)
        for path in (self.register, self.folder / 'link'):
            for _, command in self.commands(path):
                self.run_cli(*command, status=self.no_place(command))
        self.assertEqual(self.run_cli('list', 'project', '--json').out, before)

    def test_killed(self):
        """Killed at any moment, it leaves the former file or the new one; what else it leaves
        goes a day later."""
        self.fill_register(3000)
        command = ['export', 'file', '--kind', 'project']
        path = self.folder / 'file'
        start = time.monotonic()
        self.run_cli(*command)
        duration = time.monotonic() - start
        whole = path.read_text()
        self.assertEqual(len(whole.splitlines()), 3001)
        kills = int(os.environ.get('PSL_FAULT_KILLS', '10'))
        moments = random.Random(int(os.environ.get('PSL_FAULT_SEED', '20261130')))
        n_whole = 0
        for n in range(kills):
            former = self.FORMER if n % 2 else None
            path.unlink(missing_ok=True)
            if former:
                path.write_text(former)
            with contextlib.suppress(subprocess.TimeoutExpired):
                # Kills it after that time.
                self.run_cli(*command, status=None, timeout=duration * moments.uniform(0.2, 1.1))
            found = path.read_text() if path.exists() else None
            self.assertIn(found, (former, whole), f'kill {n}')
            n_whole += found == whole
        parts = list(self.folder.glob('file.passerelle-*.part'))
        print(f'{n_whole} of {kills} killed exports were done, {len(parts)} left a part')
        for part in parts:
            os.utime(part, (time.time() - 2 * 86400,) * 2)
        self.run_cli(*command)
        self.assertEqual(path.read_text(), whole)
        self.assertEqual(list(self.folder.glob('*.part')), [])


class Others(Files):
    def test_locked(self):
        """Another program holds the register: a clear answer after a while,
        nothing lost, and all is well when it has gone."""
        self.add()
        other = sqlite3.connect(self.register, isolation_level=None)
        other.execute('BEGIN IMMEDIATE')
        start = time.monotonic()
        languages = [(ENGLISH, BUSY[0])] + ([(FRENCH, BUSY[1])] if HAS_FRENCH else [])
        errors = {}

        def change(locale):
            errors[locale] = self.run_cli('set', 'PO.0001', 'title_en', 'Changed', status=1, locale=locale).err

        threads = [threading.Thread(target=change, args=[locale]) for locale, _ in languages]
        for thread in threads:
            thread.start()
        self.assertEqual(self.title(), 'Title')
        for thread in threads:
            thread.join()
        self.assertLess(time.monotonic() - start, 30)
        for locale, text in languages:
            self.assertIn(text, errors[locale].replace('\N{NO-BREAK SPACE}', ' '))
        other.execute('ROLLBACK')
        other.close()
        self.assertEqual(self.title(), 'Title')
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
        self.assertEqual(self.title(), 'Changed')

    def test_locked_for_a_moment(self):
        self.add()
        other = sqlite3.connect(self.register, isolation_level=None, check_same_thread=False)
        other.execute('BEGIN IMMEDIATE')
        timer = threading.Timer(1, other.execute, ['ROLLBACK'])
        timer.start()
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
        timer.join()
        other.close()
        self.assertEqual(self.title(), 'Changed')

    def test_killed_import(self):
        """An import that is killed is all there, or not at all."""
        rows = Disk.rows(250)
        table = self.write('table.csv', rows)
        self.add()
        start = time.monotonic()
        self.run_cli('import', table, '--kind', 'project', '--dry-run')
        duration = (time.monotonic() - start) * 3
        kills = int(os.environ.get('PSL_FAULT_KILLS', '6'))
        counts = []
        for n in range(kills):
            with contextlib.suppress(subprocess.TimeoutExpired):
                # Kills it after that time.
                self.run_cli('import', table, '--kind', 'project', status=None, timeout=duration * (n + 1) / kills)
            records = len(self.run_cli('list', 'project', '--json').json())
            self.assertIn(records, (1, 251))
            counts.append(records)
            self.run_cli('check')
            if records > 1:
                self.run_cli('undo')
                self.assertEqual(len(self.run_cli('list', 'project', '--json').json()), 1)
        print(f'{counts.count(1)} of {kills} killed imports left nothing, the others everything')


if __name__ == '__main__':
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files and folders that can't be written, a disk that is full, other programs
at the same register, and who may read what."""

import contextlib
import os
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


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class Files(CliTest):
    def add(self, *arguments, **options):
        return self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=Title', *arguments, **options)

    def title(self, **options):
        return self.run_cli('show', 'PO.0001', '--json', **options).json()['title']['en']

    def assert_refused(self, texts, *arguments, **options):
        for locale, text in zip((ENGLISH, FRENCH), texts):
            if locale == ENGLISH or HAS_FRENCH:
                error = self.run_cli(*arguments, status=1, locale=locale, **options).err
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

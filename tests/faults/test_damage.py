# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that are damaged, or are no registers: a message in both languages, the
file as it was, and a way on.

PSL_FAULT_RUNS sets how many registers are damaged at random, PSL_FAULT_KILLS how many restores
are killed, PSL_FAULT_SEED the seed."""

import contextlib
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import time
import unittest

from cli import ENGLISH, FRENCH, CliTest, has_locale, has_translation

RUNS = int(os.environ.get('PSL_FAULT_RUNS', '8'))
KILLS = int(os.environ.get('PSL_FAULT_KILLS', '12'))
SEED = int(os.environ.get('PSL_FAULT_SEED', '20260517'))
PROJECTS = 60
HAS_FRENCH = has_locale(FRENCH) and has_translation('fr')

NOT_A_REGISTER = ('is not a Passerelle register', 'n’est pas un registre Passerelle')
EMPTY = ('is empty', 'est vide')
TOO_NEW = ('was written by a newer version of Passerelle', 'a été écrit par une version plus récente de Passerelle')
DAMAGED = ('is damaged', 'est endommagé')


def checksums(folder):
    """What stands in a folder, to see that it is left as it is; without the empty
    log and the index of it that SQLite puts beside a database that it reads."""
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob('*')
            if path.is_file() and not path.name.endswith('-shm')
            and not (path.name.endswith('-wal') and path.stat().st_size == 0)}


class Damage(CliTest):
    """A sound register and a backup of it; subclasses damage one of them."""

    def setUp(self):
        super().setUp()
        rows = ''.join(f'PO.{n:04},Titre {n},Title {n},{"Un texte plus long. " * 20}\n' for n in range(PROJECTS))
        self.import_text('project_id,title_fr,title_en,description_fr\n' + rows)
        self.backup = self.folder / 'backup.passerelle'
        self.run_cli('backup', self.backup)
        self.contents = self.run_cli('list', 'project', '--json').out
        self.data = self.register.parent

    def assert_refused(self, texts, *arguments):
        """The command fails, in each language with its text, and changes nothing."""
        before = checksums(self.folder)
        for locale, text in zip((ENGLISH, FRENCH), texts):
            if locale == ENGLISH or HAS_FRENCH:
                error = self.run_cli(*arguments, status=1, locale=locale).err
                self.assertIn(text, error.replace('\N{NO-BREAK SPACE}', ' '))
        self.assertEqual(checksums(self.folder), before)

    def assert_way_on(self):
        """Another register can be opened, and the backup restored; what stood
        there is kept."""
        before = self.register.read_bytes() if self.register.is_file() else None
        other = self.folder / 'elsewhere' / 'other.passerelle'
        if not other.exists():
            self.run_cli('--register', other, 'new', 'project', 'title_en=Other')
        self.run_cli('restore', self.backup)
        self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents)
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
        if before is not None:
            kept = [path for path in self.data.rglob('*') if path.is_file() and path.read_bytes() == before]
            self.assertTrue(kept, list(self.data.rglob('*')))


class Kinds(Damage):
    """What is not a register at all, or not one of today's."""

    def check(self, texts):
        for arguments in (['list', 'project'], ['check'], ['set', 'PO.0001', 'title_en', 'Changed'],
                          ['import', 'table.csv', '--kind', 'project'], ['undo']):
            self.assert_refused(texts, *arguments)
        self.assert_way_on()

    def test_empty(self):
        self.register.write_bytes(b'')
        self.check(EMPTY)

    def test_text(self):
        self.register.write_text('Lettre, pas registre.\n' * 100, encoding='utf-8')
        self.check(NOT_A_REGISTER)

    def test_folder(self):
        self.register.unlink()
        self.register.mkdir()
        (self.register / 'kept.txt').write_text('kept')
        self.check(NOT_A_REGISTER)
        self.assertEqual([path.read_text() for path in self.data.rglob('kept.txt')], ['kept'])

    def test_other_database(self):
        self.register.unlink()
        with sqlite3.connect(self.register) as database:
            database.execute('CREATE TABLE letters (text)')
        database.close()
        self.check(NOT_A_REGISTER)

    def test_newer(self):
        with sqlite3.connect(self.register) as database:
            database.execute('PRAGMA user_version = 999')
        database.close()
        self.assert_refused(TOO_NEW, 'list', 'project')
        self.assert_refused(TOO_NEW, 'set', 'PO.0001', 'title_en', 'Changed')
        # A sound file is kept among the backups.
        self.run_cli('restore', self.backup)
        self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents)
        versions = []
        for path in (self.data / 'backups').glob('*before-restore*'):
            with sqlite3.connect(path) as database:
                versions += database.execute('PRAGMA user_version').fetchone()
            database.close()
        self.assertEqual(versions, [999])

    def test_header(self):
        damaged = bytearray(self.register.read_bytes())
        damaged[:16] = b'\0' * 16
        self.register.write_bytes(damaged)
        self.check(NOT_A_REGISTER)

    def test_schema(self):
        damaged = bytearray(self.register.read_bytes())
        damaged[100:4096] = b'\x5a' * 3996
        self.register.write_bytes(damaged)
        self.check(DAMAGED)

    def test_truncated(self):
        whole = self.register.read_bytes()
        for size, texts in ((50, NOT_A_REGISTER), (100, ('', '')), (len(whole) // 2, DAMAGED)):
            with self.subTest(size=size):
                self.register.write_bytes(whole[:size])
                self.assert_refused(texts, 'check')
                self.assert_way_on()


class Backups(Damage):
    """A backup that is itself damaged is refused, and nothing changes."""

    def test_damaged(self):
        whole = self.backup.read_bytes()
        middle = bytearray(whole)
        middle[len(whole) // 3:2 * len(whole) // 3] = random.Random(SEED).randbytes(2 * len(whole) // 3 - len(whole) // 3)
        for name, contents, texts in (('empty', b'', EMPTY), ('text', b'letter ' * 100, NOT_A_REGISTER),
                                      ('half', whole[:len(whole) // 2], DAMAGED), ('middle', bytes(middle), DAMAGED)):
            with self.subTest(name):
                self.backup.write_bytes(contents)
                self.assert_refused(texts, 'restore', self.backup)
                self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents)

    def test_newer(self):
        with sqlite3.connect(self.backup) as database:
            database.execute('PRAGMA user_version = 999')
        database.close()
        self.assert_refused(TOO_NEW, 'restore', self.backup)

    def test_missing(self):
        self.assert_refused(('', ''), 'restore', self.folder / 'nothing.passerelle')


class Killed(Damage):
    """Killed at any moment, the restore of a damaged register leaves a file at its place: the damaged
    one, or the restored one. The damaged one is never lost."""

    def spoil(self):
        """Makes a register that can't be read."""
        shutil.rmtree(self.data)
        self.data.mkdir()
        contents = bytearray(self.backup.read_bytes())
        contents[100:4096] = random.Random(SEED).randbytes(3996)
        self.register.write_bytes(contents)
        return bytes(contents)

    def find(self, contents):
        return [path for path in self.data.iterdir() if path.is_file() and path.read_bytes() == contents]

    def test_killed(self):
        self.spoil()
        start = time.monotonic()
        self.run_cli('restore', self.backup)
        duration = time.monotonic() - start
        moments = random.Random(SEED)
        for n in range(KILLS):
            damaged = self.spoil()
            with contextlib.suppress(subprocess.TimeoutExpired):
                # Kills it after that time.
                self.run_cli('restore', self.backup, status=None, timeout=duration * moments.uniform(0.1, 1.1))
            self.assertTrue(self.register.is_file(), f'kill {n}')
            self.assertTrue(self.find(damaged), f'kill {n}')
            result = self.run_cli('list', 'project', '--json', status=None)
            if result.status == 0:
                self.assertEqual(result.out, self.contents, f'kill {n}')
            else:
                self.assertEqual(self.register.read_bytes(), damaged, f'kill {n}')
                self.run_cli('restore', self.backup)
                self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents, f'kill {n}')


class Random(Damage):
    """Pages overwritten and ends cut off at random: no command crashes, those
    that read change nothing, and the way on is open."""

    def damage(self, dice):
        contents = bytearray(self.register.read_bytes())
        if dice.random() < 0.3:
            del contents[dice.randrange(len(contents)):]
        else:
            for _ in range(dice.randrange(1, 6)):
                start = dice.randrange(len(contents) // 4096) * 4096 + dice.choice((0, 0, dice.randrange(4096)))
                length = min(dice.choice((1, 16, 512, 4096)), len(contents) - start)
                contents[start:start + length] = dice.randbytes(length)
        self.register.write_bytes(contents)

    def test_random(self):
        whole = self.register.read_bytes()
        found = 0
        print(f'PSL_FAULT_SEED={SEED}, {RUNS} runs')
        for run in range(RUNS):
            with self.subTest(seed=SEED, run=run):
                for path in self.data.iterdir():
                    if path.name != 'backups':
                        path.unlink()
                shutil.rmtree(self.data / 'backups', ignore_errors=True)
                self.register.write_bytes(whole)
                self.damage(random.Random(SEED + run))
                before = checksums(self.folder)
                for arguments in (['list', 'project'], ['show', 'PO.0030'], ['list', 'project', '--search', 'titre'],
                                  ['history', 'PO.0030'], ['export', '-', '--kind', 'project']):
                    self.run_either(*arguments)
                found += self.run_either('check')
                self.assertEqual(checksums(self.folder), before)
                self.run_either('set', 'PO.0031', 'title_en', 'Changed')
                self.run_cli('restore', self.backup)
                self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents)
        print(f'{found} of {RUNS} were found to be damaged')

    def run_either(self, *arguments):
        """Runs a command that may succeed or fail, but not crash; returns its status."""
        result = self.run_cli(*arguments, status=None)
        self.assertIn(result.status, (0, 1), f'{arguments}\n{result.err}')
        if result.status != 0:
            self.assertNotEqual(result.err, '', arguments)
        return result.status


if __name__ == '__main__':
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Registers in which another program has put or changed tables, triggers, views or numbers:
every command names what differs and leaves the file as it is, within 5 s and 300 MB.

PSL_FAULT_SCHEMAS sets how many schemas are altered at random, PSL_FAULT_SEED the seed."""

import hashlib
import os
import random
import resource
import sqlite3
import unittest

from cli import ENGLISH, FRENCH, CliTest, has_locale, has_translation

SCHEMAS = int(os.environ.get('PSL_FAULT_SCHEMAS', '20'))
SEED = int(os.environ.get('PSL_FAULT_SEED', '20260521'))
HAS_FRENCH = has_locale(FRENCH) and has_translation('fr')
# A sanitizer takes memory of its own.
IS_BARE = not os.environ.get('LD_PRELOAD') and 'ASAN_OPTIONS' not in os.environ and 'TSAN_OPTIONS' not in os.environ

SECONDS = 5
BYTES = 300 * 1024 * 1024

ALTERED = ('was altered by another program', 'a été modifié par un autre programme')

COMMANDS = (
    ('list', 'project'),
    ('show', 'PO.0001'),
    ('history', 'PO.0001'),
    ('check',),
    ('export', '-', '--kind', 'project'),
    ('actions',),
    ('settings',),
    ('set', 'PO.0001', 'title_en', 'Changed'),
    ('new', 'project', 'title_en=New'),
    ('import', 'table.csv', '--kind', 'project'),
    ('delete', 'PO.0001'),
    ('undo',),
    ('redo',),
    ('backup', 'copy.passerelle'),
)

ENDLESS = 'WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n'


def replace_table(name, columns, rows):
    """SQL that puts a view of some rows in the place of a table."""
    return f'DROP TABLE "{name}"; CREATE VIEW "{name}" ({columns}) AS {rows}'


def edit_schema(name, old, new):
    """SQL that changes what a table is declared as."""
    return ('PRAGMA writable_schema = ON;'
            f"UPDATE sqlite_schema SET sql = replace (sql, '{old}', '{new}') WHERE name = '{name}';"
            'PRAGMA writable_schema = RESET')


# The object that the message has to name, and how the register is altered.
ALTERATIONS = {
    'trigger that drops texts':
        ('t', 'CREATE TRIGGER t BEFORE INSERT ON text BEGIN SELECT RAISE (IGNORE); END'),
    'trigger that writes other records':
        ('t', 'CREATE TRIGGER t AFTER INSERT ON change BEGIN UPDATE project SET year = 1; END'),
    'trigger with the name of an index':
        ('sort_key_by_key', 'DROP INDEX sort_key_by_key; CREATE TRIGGER sort_key_by_key AFTER INSERT ON text BEGIN DELETE FROM change; END'),
    'endless view as actions':
        ('action', replace_table('action', 'action', f'{ENDLESS} FROM n')),
    'huge view as texts':
        ('text', replace_table('text', 'rid, field, language, text, agreed',
                               "SELECT rid, 'title', 'en', CAST (zeroblob (1100000000) AS TEXT), NULL FROM record")),
    'view as records':
        ('hidden', 'ALTER TABLE record RENAME TO hidden; CREATE VIEW record AS SELECT * FROM hidden'),
    'missing NOT NULL':
        ('text', edit_schema('text', 'text TEXT NOT NULL', 'text TEXT')),
    'missing CHECK':
        ('record', edit_schema('record', 'CHECK (state IN (-1, 0, 1))', '')),
    'other CHECK':
        ('record', edit_schema('record', 'CHECK (state IN (-1, 0, 1))', 'CHECK (abs (state) < 9)')),
    'no STRICT':
        ('record', edit_schema('record', ') STRICT', ')')),
    'generated column':
        ('project', "ALTER TABLE project ADD COLUMN g TEXT AS (upper (project_id))"),
    'column of its own':
        ('project', 'ALTER TABLE project ADD COLUMN g TEXT'),
    'table of its own':
        ('letters', 'CREATE TABLE letters (text)'),
    'index of its own':
        ('letters', "CREATE INDEX letters ON text (text)"),
    'index of an expression':
        ('letters', "CREATE INDEX letters ON text (lower (text))"),
    'unique index':
        ('letters', 'CREATE UNIQUE INDEX letters ON record (rid, kind)'),
    'index that is gone':
        ('record_by_owner', 'DROP INDEX record_by_owner'),
    'other search index':
        ('search', "DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5 (text)"),
    'search index as a table':
        ('search', "DROP TABLE search; CREATE TABLE search (text)"),
    'other virtual table':
        ('words', "CREATE VIRTUAL TABLE words USING fts5vocab (search, row)"),
    'search index with a function':
        ('search_config', "INSERT INTO search (search, rank) VALUES ('rank', 'bm25 (10.0)')"),
    'statistics as a view':
        ('sqlite_stat1', "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'sqlite_stat1';"
         "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)"
         " VALUES ('view', 'sqlite_stat1', 'sqlite_stat1', 0, 'CREATE VIEW sqlite_stat1 AS SELECT 1')"),
    'two tables in one place':
        ('place', "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage ="
         " (SELECT rootpage FROM sqlite_schema WHERE name = 'change') WHERE name = 'text'"),
    'last number of a record':
        ('record', "UPDATE record SET rid = 9223372036854775807 WHERE rid = (SELECT max (rid) FROM record)"),
    'negative record':
        ('record', "UPDATE record SET rid = -5 WHERE rid = (SELECT max (rid) FROM record)"),
    'last number of an action':
        ('action', "UPDATE action SET action = 9223372036854775807 WHERE action = (SELECT max (action) FROM action)"),
    'first number of an action':
        ('action', "UPDATE action SET action = -9223372036854775808 WHERE action = (SELECT max (action) FROM action)"),
    'last number of a register':
        ('origin', 'UPDATE origin SET number = 9223372036854775807'),
    'last clock':
        ('origin', 'UPDATE origin SET clock = 9223372036854775807'),
}


def limit_memory():
    if IS_BARE:
        resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))


def read_files(folder):
    """What stands in a folder, without the empty log, and its index, that SQLite puts beside a
    database that it reads."""
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob('*')
            if path.is_file() and not path.name.endswith('-shm')
            and not (path.name.endswith('-wal') and path.stat().st_size == 0)}


class AlteredTest(CliTest):
    def setUp(self):
        super().setUp()
        self.import_text('project_id,title_fr,title_en\n' +
                         ''.join(f'PO.{n:04},Titre {n},Title {n}\n' for n in range(12)))
        self.backup = self.folder / 'backup.passerelle'
        self.run_cli('backup', self.backup)
        self.contents = self.run_cli('list', 'project', '--json').out
        self.sound = self.register.read_bytes()

    def alter(self, sql, path=None):
        database = sqlite3.connect(path or self.register)
        database.execute('PRAGMA foreign_keys = OFF')
        database.executescript(sql)
        database.commit()
        database.close()

    def assert_refused(self, texts, commands=COMMANDS):
        before = read_files(self.folder)
        for arguments in commands:
            result = self.run_cli(*arguments, status=1, timeout=SECONDS * (1 if IS_BARE else 10), preexec_fn=limit_memory)
            for text in texts:
                self.assertIn(text, result.err, arguments)
            self.assertEqual(read_files(self.folder), before, arguments)


class Altered(AlteredTest):
    def assert_way_on(self):
        altered = self.register.read_bytes()
        self.run_cli('restore', self.backup)
        self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents)
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
        self.run_cli('check')
        kept = [path for path in self.register.parent.rglob('*') if path.is_file() and path.read_bytes() == altered]
        self.assertTrue(kept, list(self.register.parent.rglob('*')))

    def test_alterations(self):
        for n, (name, (subject, sql)) in enumerate(ALTERATIONS.items()):
            with self.subTest(name):
                self.register.write_bytes(self.sound)
                self.alter(sql)
                # Each command with several alterations, each alteration with several commands.
                self.assert_refused([ALTERED[0], subject], COMMANDS[n % 3::3])

    def test_way_on(self):
        for name in ('trigger that drops texts', 'endless view as actions'):
            with self.subTest(name):
                self.register.write_bytes(self.sound)
                self.alter(ALTERATIONS[name][1])
                self.assert_way_on()

    @unittest.skipUnless(HAS_FRENCH, 'the system has no French locale')
    def test_french(self):
        self.alter(ALTERATIONS['trigger that drops texts'][1])
        error = self.run_cli('list', 'project', status=1, locale=FRENCH).err
        self.assertIn(ALTERED[1], error.replace('\N{NO-BREAK SPACE}', ' '))

    def test_statistics(self):
        """What SQLite itself adds is no alteration."""
        self.alter('ANALYZE')
        self.assertEqual(self.run_cli('list', 'project', '--json').out, self.contents)

    def test_backup(self):
        """A backup that was altered is not restored."""
        for name, (subject, sql) in ALTERATIONS.items():
            if subject in ('record', 'action', 'origin') and 'number' in name:
                continue
            with self.subTest(name):
                backup = self.folder / 'altered.passerelle'
                backup.write_bytes(self.backup.read_bytes())
                self.alter(sql, backup)
                self.assert_refused([subject], [('restore', backup)])
                backup.unlink()


class Random(AlteredTest):
    """Schemas that were altered at random."""

    def alter_at_random(self, choice):
        database = sqlite3.connect(self.register)
        database.execute('PRAGMA writable_schema = ON')
        names = [row[0] for row in database.execute('SELECT name FROM sqlite_schema ORDER BY rowid')]
        name = choice.choice(names)
        sql = database.execute('SELECT sql FROM sqlite_schema WHERE name = ?', [name]).fetchone()[0]
        other = choice.choice([each for each in names if each != name])
        kind = choice.randrange(6)
        if kind == 0:
            database.execute('DELETE FROM sqlite_schema WHERE name = ?', [name])
        elif kind == 1 and sql:
            words = sql.split(' ')
            del words[choice.randrange(2, len(words)) if len(words) > 2 else 0]
            database.execute('UPDATE sqlite_schema SET sql = ? WHERE name = ?', [' '.join(words), name])
        elif kind == 2:
            database.execute('UPDATE sqlite_schema SET rootpage = ifnull ((SELECT rootpage FROM sqlite_schema WHERE name = ?), 0) + ?'
                             ' WHERE name = ?', [other, choice.randrange(2), name])
        elif kind == 3:
            database.execute('UPDATE sqlite_schema SET type = ? WHERE name = ?',
                             [choice.choice(['view', 'trigger', 'thing']), name])
        elif kind == 4:
            database.execute('UPDATE sqlite_schema SET name = ? WHERE name = ?', [name + choice.choice('xyz'), name])
        else:
            database.execute("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('trigger', ?, ?, 0, ?)",
                             ['t' + str(choice.randrange(9)), other,
                              f'CREATE TRIGGER t AFTER {choice.choice(["INSERT", "UPDATE", "DELETE"])} ON "{other}"'
                              ' BEGIN SELECT 1; END'])
        database.commit()
        database.close()

    def test_random(self):
        for n in range(SCHEMAS):
            choice = random.Random(SEED + n)
            with self.subTest(n):
                self.register.write_bytes(self.sound)
                self.alter_at_random(choice)
                if self.register.read_bytes() != self.sound:
                    self.assert_refused([self.register.name], choice.sample(COMMANDS, 3))


if __name__ == '__main__':
    unittest.main()

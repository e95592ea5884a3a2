# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A register that holds bytes which are no text. Every result is decoded strictly."""

import shutil
import sqlite3
import unittest
from contextlib import closing

from cli import FRENCH, SOURCE, CliTest, has_locale

# Bytes that a damaged page may hold: parts of characters, and bytes that only look like one.
NO_TEXT = (b'\xc3', b'2020\xff', b'\xe2\x82', b'PO.\xed\xa0\x80', b'\x80\xbf\xf8', b'M\xc3D')


class Damage(CliTest):
    def setUp(self):
        super().setUp()
        for kind in ('office', 'project'):
            self.run_cli('import', SOURCE / 'data' / 'sample' / f'{kind}s.csv', '--kind', kind)
        self.run_cli('set', 'PO.0160', 'title_en', 'Another title')
        self.run_cli('set', 'PO.0160', 'start', '2019')

    def damage(self, where=lambda table, column: True):
        """Puts such bytes into every text of every record, except what identifies it."""
        register = sqlite3.connect(self.register)
        register.executescript('PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF')
        tables = [name for name, in register.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
            " AND name NOT IN ('meta', 'search_word', 'record', 'code', 'code_name')")]
        count = 0
        for table in tables:
            for _, column, kind, *_ in register.execute(f'PRAGMA table_info("{table}")').fetchall():
                if kind != 'TEXT' or not where(table, column) or (table, column) in (
                        ('text', 'field'), ('text', 'language'), ('change', 'field'), ('change', 'language'),
                        ('sort_key', 'kind'), ('sort_key', 'language')):
                    continue
                value = NO_TEXT[count % len(NO_TEXT)].hex()
                count += register.execute(f'UPDATE "{table}" SET "{column}" = CAST(x\'{value}\' AS TEXT)'
                                          f' WHERE "{column}" IS NOT NULL').rowcount > 0
        register.commit()
        register.close()
        self.assertGreater(count, 0)

    def uuids(self):
        register = sqlite3.connect(self.register)
        self.addCleanup(register.close)
        return [uuid for uuid, in register.execute('SELECT id FROM record')]

    def use(self, locale):
        uuids = self.uuids()
        for kind, field in (('project', 'title'), ('office', 'city')):
            self.assertIn('\N{REPLACEMENT CHARACTER}', self.run_cli('list', kind, locale=locale).out)
            self.assertEqual(len(self.run_cli('list', kind, '--json', locale=locale).json()), 25)
            self.assertIn('\N{REPLACEMENT CHARACTER}', self.run_cli('export', '-', '--kind', kind, locale=locale).out)
            self.run_cli('export', 'x.csv', '--kind', kind, '--labels', 'fr', locale=locale)
            for words in (['--where', f'{field}~a'], ['--where', 'years=2020'], ['--sort', f'-{field}'], ['--search', 'po']):
                self.run_cli('list', kind, *words, locale=locale)
        for uuid in uuids[::10]:
            self.run_cli('show', uuid, locale=locale)
            self.run_cli('show', uuid, '--json', locale=locale).json()
            self.run_cli('history', uuid, locale=locale)
            self.run_cli('history', uuid, '--json', locale=locale).json()
        self.assertEqual(self.run_cli('check', locale=locale, status=1).out.count('\N{REPLACEMENT CHARACTER}\n'), 0)

    def test_everything(self):
        self.damage()
        self.use(self.locale)

    @unittest.skipUnless(has_locale(FRENCH), 'there is no French locale here')
    def test_french(self):
        self.damage()
        self.use(FRENCH)

    def test_check_names_what_is_damaged(self):
        uuid = self.show('PO.0160')['id']
        self.damage(lambda table, column: (table, column) == ('project', 'prima_id'))
        result = self.run_cli('check', status=1)
        self.assertIn(f'({uuid}): prima_id: ', result.out)
        self.assertIn('restore', result.err)

        # And it can be mended.
        for project in self.run_cli('list', 'project', '--json', '--where', 'prima_id!=').json():
            self.run_cli('set', project['id'], 'prima_id', '')
        self.run_cli('check')

    def test_history(self):
        uuid = self.show('PO.0160')['id']
        self.damage(lambda table, column: (table, column) == ('change', 'old'))
        self.assertIn(uuid, self.run_cli('check', status=1).out)
        # A text that can't be read isn't written back.
        before = self.show('PO.0160')
        self.run_cli('undo', status=1)
        self.assertEqual(self.show('PO.0160'), before)

    def test_times(self):
        """Times beyond the calendar."""
        register = sqlite3.connect(self.register)
        register.execute('UPDATE action SET at = 9223372036854775807')
        register.execute('UPDATE record SET created = -9223372036854775807, changed = 9223372036854775807')
        register.commit()
        register.close()
        self.run_cli('history', 'PO.0160')
        self.assertIsNone(self.run_cli('history', 'PO.0160', '--json').json()[0]['at'])
        self.run_cli('show', 'PO.0160')
        for command in (['set', 'PO.0160', 'start', '2018'], ['check']):
            self.assertIn(self.run_cli(*command, status=None).status, (0, 1))

    def test_actions(self):
        self.damage(lambda table, column: (table, column) == ('action', 'subject'))
        self.run_cli('check', status=1)
        self.run_cli('history', 'PO.0160')
        # An action is not undone where the history does not tell it any more.
        self.assertIn('altered', self.run_cli('undo', status=1).err)

    def test_chain(self):
        """A history that was altered, or that lost or gained a piece."""
        for start in ('2017', '2018', '2019', '2020'):
            self.run_cli('set', 'PO.0160', 'start', start)
        self.run_cli('check')
        with closing(sqlite3.connect(self.register)) as register:
            last = register.execute('SELECT max(action) FROM action').fetchone()[0]
        statements = (
            (f"UPDATE change SET new = '2011' WHERE action = {last - 1}", last - 1),
            (f"UPDATE change SET base = NULL WHERE action = {last - 1}", last - 1),
            (f"UPDATE action SET author = 'Nobody' WHERE action = {last - 1}", last - 1),
            (f"UPDATE action SET clock = clock + 1 WHERE action = {last - 1}", last - 1),
            (f"UPDATE action SET id = '01a22bc1-3574-7000-8000-000000000000' WHERE action = {last - 1}", last - 1),
            (f"DELETE FROM change WHERE action = {last - 1}", last - 1),
            (f"DELETE FROM action WHERE action = {last - 1}", last),
            (f"DELETE FROM action WHERE action = {last}", last),
            (f"UPDATE action SET number = {2 * last - 1} - number WHERE action >= {last - 1}", last - 1),
            (f"INSERT INTO action (action, at, verb) VALUES ({last + 1}, 0, 'edit')", last + 1),
            (f"INSERT INTO change (rid, action, field, old, new)"
             f" SELECT rid, action, 'prima_id', NULL, 'X' FROM change WHERE action = {last - 1}", last - 1),
        )
        for statement, action in statements:
            with self.subTest(statement):
                whole = self.register.read_bytes()
                with closing(sqlite3.connect(self.register)) as register:
                    register.execute('PRAGMA foreign_keys = ON')
                    register.execute(statement)
                    register.commit()
                found = self.run_cli('check', status=1).out
                undone = [self.run_cli('undo', status=None).status for _ in range(2)]
                self.register.write_bytes(whole)
                self.assertRegex(found, rf'(?m)^damage: .*(action|last:) {action}\b')
                self.assertIn(1, undone)
        self.run_cli('check')
        self.run_cli('undo')
        self.run_cli('check')

    def test_undone(self):
        """An action that is said to be undone, and is not."""
        self.run_cli('set', 'PO.0160', 'start', '2017')
        with closing(sqlite3.connect(self.register)) as register:
            last = register.execute('SELECT max(action) FROM action').fetchone()[0]
            register.execute(f'UPDATE action SET undone_by = {last} WHERE action = {last - 1}')
            register.commit()
        self.assertRegex(self.run_cli('check', status=3).out, rf'(?m)^to be made again: .*action {last - 1}\b')

    def run_sql(self, *statements):
        with closing(sqlite3.connect(self.register)) as register:
            for statement in statements:
                register.execute(statement)
            register.commit()

    def test_levels(self):
        """What can be made again is not called damage, nor is what somebody should look at."""
        uuid = self.show('PO.0160')['id']
        self.assertEqual({finding['level'] for finding in self.run_cli('check', '--json').json()}, {'to-look-at'})
        self.run_sql("UPDATE sort_key SET key = x'7a7a'"
                     f" WHERE rid = (SELECT rid FROM record WHERE id = '{uuid}') AND language = 'fr'")
        result = self.run_cli('check', status=3)
        self.assertRegex(result.out, rf'(?m)^to be made again: .*\({uuid}\)')
        self.assertIn('No word is lost.', result.err)
        self.assertNotIn('damage', result.out + result.err)
        derived = [finding for finding in self.run_cli('check', '--json', status=3).json() if finding['level'] == 'derived']
        self.assertEqual([(finding['record'], finding['kind'], finding['title'], finding['field'])
                          for finding in derived], [(uuid, 'project', 'Another title', 'title')])
        self.run_sql("UPDATE action SET author = 'somebody else' WHERE action = (SELECT max(action) FROM action)")
        self.assertRegex(self.run_cli('check', status=1).err, 'damaged')
        self.assertIn('damage', [finding['level'] for finding in self.run_cli('check', '--json', status=1).json()])

    def test_head(self):
        """A hash that was noted elsewhere is found again, in a history that was not altered."""
        noted = self.run_cli('check', '--head').out
        uuid, number, noted_hash = noted.split()
        self.run_cli('set', 'PO.0160', 'start', '2017')
        later = self.run_cli('check', '--head').out
        self.assertNotEqual(noted, later)
        for words in ([noted.strip()], [noted_hash], [uuid, number, noted_hash.upper()], later.split()):
            self.assertRegex(self.run_cli('check', '--head', *words).out, r'has this hash, of action \d+ \(')
        for words in (['0' * 64], [uuid, number, '0' * 64], [uuid, str(int(number) - 1), noted_hash]):
            self.assertIn('does not have this hash', self.run_cli('check', '--head', *words, status=4).err)
        for words in (['--head', 'hash'], ['--head', noted_hash[1:]], ['--head', uuid, '0', '-'], [noted_hash],
                      ['--head', '--json']):
            self.run_cli('check', *words, status=2)
        self.run_sql(f"UPDATE action SET author = 'somebody else' WHERE number = {int(number) - 1}")
        self.assertRegex(self.run_cli('check', '--head', noted_hash, status=1).err,
                         rf'altered before it, at action {int(number) - 1}\b')

    def test_unknown_field(self):
        """What the file says is written to no field that the program does not know."""
        self.run_cli('set', 'PO.0160', 'start', '2017')
        before = self.show('PO.0160')
        with closing(sqlite3.connect(self.register)) as register:
            register.execute("UPDATE change SET field = 'rid', old = '1' WHERE action = (SELECT max (action) FROM change)")
            register.commit()
        self.run_cli('undo', status=1)
        self.assertEqual(self.show('PO.0160'), before)


class Missing(CliTest):
    """Where a register was, none is begun without a word."""

    def assert_missed(self, left):
        before = sorted(path.name for path in self.register.parent.rglob('*'))
        table = self.write('table.csv', 'project_id,title_en\nPO.0002,Other\n')
        for arguments in (['import', table, '--kind', 'project'], ['new', 'project', 'title_en=Other'],
                          ['entry', 'type', 'ZZ', '--add', '--name', 'en=Other']):
            error = self.run_cli(*arguments, status=1).err
            self.assertIn('There is no register “register.passerelle” any more', error, arguments)
            self.assertIn(left, error, arguments)
            self.assertIn('--anew', error, arguments)
        self.assertEqual(sorted(path.name for path in self.register.parent.rglob('*')), before)

    def test_backups(self):
        self.import_text('project_id,title_en\nPO.0001,Title\n')
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
        self.register.unlink()
        backup = next((self.register.parent / 'backups').iterdir())
        self.assert_missed(backup.name)
        self.run_cli('restore', backup)
        self.assertEqual(self.show('PO.0001')['title']['en'], 'Title')

    def test_set_aside(self):
        self.import_text('project_id,title_en\nPO.0001,Title\n')
        kept = self.register.with_name('register.passerelle-20260101T000000Z-damaged')
        self.register.rename(kept)
        self.assert_missed(kept.name)

    def test_log(self):
        """A log is that of another register, and is never read into a new one."""
        self.import_text('project_id,title_en\nPO.0001,Title\n')
        database = sqlite3.connect(self.register)
        database.execute('PRAGMA wal_autocheckpoint = 0')
        database.execute("UPDATE text SET text = 'In the log'")
        database.commit()
        log = self.register.with_name('register.passerelle-wal')
        contents = log.read_bytes()
        database.close()
        self.register.unlink()
        shutil.rmtree(self.register.parent / 'backups', ignore_errors=True)
        log.write_bytes(contents)
        self.assert_missed(log.name)
        self.run_cli('--anew', 'new', 'project', 'title_en=Other')
        self.assertEqual([record['title']['en'] for record in self.run_cli('list', 'project', '--json').json()], ['Other'])
        self.assertEqual([path.read_bytes() for path in self.register.parent.glob('*-damaged-wal')], [contents])

    def test_another(self):
        """What is left of a register of another name says nothing."""
        self.import_text('project_id,title_en\nPO.0001,Title\n')
        self.run_cli('set', 'PO.0001', 'title_en', 'Changed')
        self.run_cli('--register', self.register.with_name('other.passerelle'), 'new', 'project', 'title_en=Other')


if __name__ == '__main__':
    unittest.main()

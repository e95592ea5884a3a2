# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was done in one register is taken over by another one."""

import sqlite3
import unittest
from contextlib import closing

from cli import CliTest


class Travel(CliTest):
    def in_other(self, *words, **options):
        return self.run_cli('--register', str(self.register) + '-other', *words, **options)

    def carry(self):
        """Exchanges what was done, both ways."""
        for here, there in ((self.run_cli, self.in_other), (self.in_other, self.run_cli)):
            seen = self.register.parent / 'seen.json'
            seen.write_text(there('actions', '--seen').out)
            actions = self.register.parent / 'actions.jsonl'
            actions.write_text(here('actions', '--since', seen).out)
            there('replay', actions)

    def test_conflict(self):
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One')
        self.in_other('new', 'project', 'title_en=Elsewhere')
        self.carry()
        self.run_cli('set', 'PO.0001', 'start', '2020')
        self.in_other('set', 'PO.0001', 'start', '2021')
        self.carry()
        for run in (self.run_cli, self.in_other):
            self.assertRegex(run('check').out, r'start: .*(2020 \| 2021|2021 \| 2020)')
            # The record says so, too, with the command that decides.
            self.assertRegex(run('show', 'PO.0001').out, r'Start: .*apart: (2020 \| 2021|2021 \| 2020)\..*\n.*'
                             r'“resolve %s start VALUE” decides' % self.show('PO.0001')['id'])
        # Without the note of it, the journal tells of it.
        with closing(sqlite3.connect(str(self.register) + '-other')) as register:
            whole = register.execute('SELECT * FROM conflict').fetchall()
            register.execute('DELETE FROM conflict')
            register.commit()
            self.assertRegex(self.in_other('check', status=3).out, r'(?m)^to be made again: .*start: .*apart')
            register.executemany(f"INSERT INTO conflict VALUES ({', '.join('?' * len(whole[0]))})", whole)
            register.commit()
        # The help says which command decides, also for the value that is shown already.
        self.assertIn('“resolve” decides', self.run_cli('replay', '--help').out)
        shown = self.show('PO.0001')['start']
        self.run_cli('resolve', 'PO.0001', 'start', '2021')
        self.carry()
        for run in (self.run_cli, self.in_other):
            self.assertIn('2021', run('show', 'PO.0001').out)
            self.assertNotIn(' | ', run('check').out)
            self.assertNotIn('apart', run('show', 'PO.0001').out)
            self.assertIn('Start: “2021” kept' if shown == '2021' else 'changed to “2021”',
                          run('history', 'PO.0001').out)
            # It is decided.
            self.assertIn('nothing to decide', run('resolve', 'PO.0001', 'start', '2020', status=1).err)

    def test_lost_end(self):
        """A history without its last action, of which another register knows."""
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One')
        self.in_other('new', 'project', 'title_en=Elsewhere')
        self.run_cli('set', 'PO.0001', 'start', '2020')
        self.carry()
        self.in_other('set', 'PO.0001', 'end', '2030')
        self.carry()
        self.run_cli('check')
        with closing(sqlite3.connect(self.register)) as register:
            own = register.execute('SELECT origin, number FROM origin WHERE own').fetchone()
            register.execute('PRAGMA foreign_keys = ON')
            register.execute('DELETE FROM action WHERE origin = ? AND number = ?', own)
            register.execute('UPDATE origin SET (number, hash) = (SELECT number, hash FROM action AS a'
                             ' WHERE a.origin = ?1 AND a.number < ?2 ORDER BY number DESC LIMIT 1) WHERE own', own)
            register.commit()
        self.assertRegex(self.run_cli('check', status=1).out, rf'(?m)^damage: .*last: {own[1]}\b')

    def test_conflict_of_a_part(self):
        """The page of a record names what was changed apart in its parts, and what became of it itself."""
        for run in (self.run_cli, self.in_other):
            run('new', 'project', 'title_en=Elsewhere')
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One', 'results=[{"level":"1","indicator":"Trained"}]')
        self.carry()
        part = self.show('PO.0001')['results'][0]['id']
        self.run_cli('set', part, 'indicator_en', 'Trained well')
        self.in_other('set', part, 'indicator_en', 'Trained soon')
        self.carry()
        for run in (self.run_cli, self.in_other):
            self.assertRegex(run('show', 'PO.0001').out, rf'Trained (well|soon) · Indicator \(English\): .* apart.*\n'
                             rf' *“resolve {part} indicator_en VALUE” decides')
        self.run_cli('resolve', part, 'indicator_en', 'Trained well')
        self.in_other('delete', 'PO.0001')
        self.carry()
        record = self.show('PO.0001')['id']
        self.assertRegex(self.run_cli('show', 'PO.0001').out, rf'Project: The record was removed.*\n *“resolve {record} state VALUE”')

    def test_undo(self):
        """What is taken back is the last that was done here; what others did, by its number."""
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One')
        self.in_other('new', 'project', 'title_en=Elsewhere')
        self.carry()
        self.run_cli('set', 'PO.0001', 'start', '2020')
        self.in_other('set', 'PO.0001', 'end', '2030')
        self.carry()
        self.run_cli('undo')
        self.assertNotIn('2020', self.run_cli('show', 'PO.0001').out)
        self.assertIn('2030', self.run_cli('show', 'PO.0001').out)
        # Actions that came in between do not stand in the way of doing it again.
        self.in_other('set', 'PO.0001', 'title_fr', 'Un')
        self.carry()
        self.run_cli('redo')
        self.assertIn('2020', self.run_cli('show', 'PO.0001').out)
        history = self.run_cli('history', 'PO.0001', '--json').json()
        received = next(change['action'] for change in history if change['field'] == 'end')
        self.run_cli('undo', '--action', received)
        self.carry()
        for run in (self.run_cli, self.in_other):
            self.assertNotIn('2030', run('show', 'PO.0001').out)
        # All that was done there is undone in the end, and nothing else.
        self.in_other('undo')
        self.in_other('undo')
        self.assertIn('nothing to undo', self.in_other('undo', status=1).err)
        self.assertIn('2020', self.in_other('show', 'PO.0001').out)

    def test_new_office(self):
        """An office that has no register yet begins with what was done in another."""
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One', 'title_es=Uno')
        actions = self.register.parent / 'actions.jsonl'
        actions.write_text(self.run_cli('actions').out)
        self.assertIn('“replay”', self.in_other('list', 'project', status=1).err)
        # What can't be taken over makes no register.
        altered = self.register.parent / 'altered.jsonl'
        altered.write_text(actions.read_text().replace('One', 'Two'))
        self.in_other('replay', altered, status=1)
        self.assertIn('“replay”', self.in_other('list', 'project', status=1).err)
        taken = self.in_other('replay', actions).out
        self.assertIn(f'{self.register}-other is new', taken)
        self.assertIn('taken over', taken)
        self.assertEqual(self.in_other('show', 'PO.0001', '--json').json(), self.show('PO.0001'))
        self.assertNotEqual(self.in_other('identity').out, self.run_cli('identity').out)
        self.assertNotIn('is new', self.in_other('replay', actions).out)
        # From there on both exchange what they do.
        self.in_other('set', 'PO.0001', 'start', '2020')
        self.carry()
        self.assertEqual(self.show('PO.0001')['start'], '2020')

    def test_altered(self):
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One')
        actions = self.register.parent / 'actions.jsonl'
        actions.write_text(self.run_cli('actions').out.replace('One', 'Two'))
        self.in_other('new', 'project', 'title_en=Elsewhere')
        self.assertIn('altered', self.in_other('replay', actions, status=1).err)


if __name__ == '__main__':
    unittest.main()

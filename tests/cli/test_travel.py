# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was done in one register is taken over by another one."""

import unittest

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
        self.run_cli('resolve', 'PO.0001', 'start', '2021')
        self.carry()
        for run in (self.run_cli, self.in_other):
            self.assertIn('2021', run('show', 'PO.0001').out)
            self.assertNotIn(' | ', run('check').out)

    def test_altered(self):
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_en=One')
        actions = self.register.parent / 'actions.jsonl'
        actions.write_text(self.run_cli('actions').out.replace('One', 'Two'))
        self.in_other('new', 'project', 'title_en=Elsewhere')
        self.assertIn('altered', self.in_other('replay', actions, status=1).err)


if __name__ == '__main__':
    unittest.main()

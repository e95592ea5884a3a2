# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A kind of records of which only the description exists (tests/kinds/new-kind.c) is kept,
found, exchanged and undone like the program's own."""

import os
import subprocess
import unittest

from cli import CliTest

VALUES = {
    'title_en': 'Treaty on footbridges', 'title_fr': 'Traité sur les passerelles', 'number': 'T-001', 'status': '2',
    'summary_en': 'Who mends them.', 'summary_fr': 'Qui les répare.', 'signed': '2019-05', 'expires': '2029',
    'drafted': '2017', 'articles': '12', 'quorum': '66.5', 'cost': '1250.50 EUR', 'seat': 'MD',
    'email': 'keeper@example.org', 'url': 'https://example.org/t1', 'phone': '+41 22 717 91 11',
    'latitude': '47.02', 'longitude': '28.83',
}


class NewKind(CliTest):
    def setUp(self):
        super().setUp()
        self.make_register(self.register)

    def make_register(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ['NEW_KIND_REGISTER'], path], check=True)

    def make_treaty(self, **values):
        return self.run_cli('new', 'treaty', *(f'{name}={value}' for name, value in values.items())).out.split()[-1]

    def numbers(self, *arguments):
        return [record['number'] for record in self.run_cli('list', 'treaty', '--json', *arguments).json()]

    def fill(self):
        office = self.run_cli('new', 'office', 'name_en=Chisinau', 'country=MD').out.split()[-1]
        treaty = self.make_treaty(**VALUES, office=office, parties='[{"country":"MD","weight":"60"},{"country":"KE"}]')
        self.make_treaty(number='T-002', title_en='Treaty on ferries', title_fr='Traité sur les bacs', seat='KE',
                         cost='10 EUR', signed='2021', status='1')
        return office, treaty

    def test_described(self):
        self.assertIn('Treaties', self.run_cli('kinds').out)
        fields = self.run_cli('fields', 'treaty').out
        for name in (*VALUES, 'office', 'parties'):
            self.assertIn(name, fields)
        self.assertRegex(self.run_cli('settings').out, r'treaty\.articles +Articles, at Least +3')

    def test_kept(self):
        office, treaty = self.fill()
        shown = self.show('T-001')
        for name, value in VALUES.items():
            stem, _, language = name.rpartition('_')
            kept = shown[stem][language] if stem else shown[name]
            if isinstance(kept, dict):
                kept = f'{kept["amount"]} {kept["currency"]}'
            self.assertEqual(str(kept), value, name)
        self.assertIn(office, str(shown['office']))
        text = self.run_cli('show', treaty).out
        for shown in ('Treaty on footbridges', 'Active', 'May 2019', '66.5', '€1,250.50', 'Moldova', 'Chisinau', 'Kenya'):
            self.assertIn(shown, text)

    def test_refused(self):
        for wrong in ('signed=2019-13', 'articles=1000', 'quorum=101', 'cost=12 XYZ', 'latitude=91', 'email=nobody',
                      'seat=Atlantis', 'office=nowhere'):
            self.run_cli('new', 'treaty', 'title_en=One', wrong, status=None)
            self.assertEqual(self.numbers(), [], wrong)

    def test_found(self):
        self.fill()
        for condition, expected in (
                ('status=Active', ['T-001']), ('status!=Active', ['T-002']), ('cost>=100 EUR', ['T-001']),
                ('years=2020..2022', ['T-001', 'T-002']), ('years=2024..', ['T-001']), ('signed=2021', ['T-002']),
                ('seat=Kenya', ['T-002']), ('seat.area=Europe', ['T-001']), ('seat.area=Africa', ['T-002']),
                ('office=Chisinau', ['T-001']), ('parties=Kenya', ['T-001']), ('parties.area=Africa', ['T-001']),
                ('summary_fr~répare', ['T-001']), ('title~FERRIES', ['T-002']), ('articles=', ['T-002'])):
            self.assertEqual(sorted(self.numbers('--where', condition)), expected, condition)
        for words, expected in (('passerelles', ['T-001']), ('t-002', ['T-002']), ('moldova', ['T-001']),
                                ('keeper', ['T-001']), ('traite', ['T-001', 'T-002'])):
            self.assertEqual(sorted(self.numbers('--search', words)), expected, words)
        self.assertEqual(self.numbers('--sort', 'cost'), ['T-002', 'T-001'])
        self.assertEqual(self.numbers('--sort', 'title'), ['T-002', 'T-001'])

    def test_exchanged(self):
        _, treaty = self.fill()
        offices = self.folder / 'offices.csv'
        treaties = self.folder / 'treaties.csv'
        again = self.folder / 'again.csv'
        other = self.folder / 'other.passerelle'
        self.run_cli('export', offices, '--kind', 'office')
        self.run_cli('export', treaties, '--kind', 'treaty')
        self.make_register(other)
        self.run_cli('--register', other, 'import', offices, '--kind', 'office')
        self.assertIn('2 new records', self.run_cli('--register', other, 'import', treaties, '--kind', 'treaty').out)
        self.run_cli('--register', other, 'export', again, '--kind', 'treaty')
        self.assertEqual(again.read_bytes(), treaties.read_bytes())
        self.assertEqual(self.run_cli('--register', other, 'show', 'T-001', '--json').json()['parties'],
                         self.show(treaty)['parties'])

        # A heading in words, and the identifier, find the record to merge with.
        self.import_text('Treaty number,Articles,Depositary\nT-002,7,Chisinau\n', 'treaty')
        self.assertEqual(self.show('T-002')['articles'], 7)
        self.assertEqual(sorted(self.numbers('--where', 'office=Chisinau')), ['T-001', 'T-002'])

    def test_undone(self):
        _, treaty = self.fill()
        for change in ('cost=99 CHF', 'parties=[{"country":"PE"}]', 'articles=2'):
            self.run_cli('set', treaty, *change.split('=', 1))
        self.assertIn('That is short for a treaty.', self.run_cli('check').out)
        history = self.run_cli('history', treaty).out
        for word in ('Cost', 'Articles', 'Parties'):
            self.assertIn(word, history)
        self.run_cli('undo')
        self.assertEqual(self.show(treaty)['articles'], 12)
        self.run_cli('redo')
        self.assertEqual(self.show(treaty)['articles'], 2)
        self.run_cli('delete', treaty)
        self.assertEqual(self.numbers(), ['T-002'])
        self.assertIn('Treaty on footbridges', self.run_cli('trash').out)
        self.run_cli('recover', treaty)
        self.assertEqual(self.numbers('--where', 'parties=Peru'), ['T-001'])
        self.assertNotIn('damage', self.run_cli('check').out)


if __name__ == '__main__':
    unittest.main()

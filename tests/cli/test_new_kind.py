# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A kind of records of which only the description exists (tests/kinds/new-kind.c) is kept,
found, exchanged and undone like the program's own."""

import json
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

    def make_part(self, kind, treaty, **values):
        return self.run_cli('new', kind, f'treaty={treaty}', *(f'{name}={value}' for name, value in values.items())).out.strip()

    def fill_parts(self):
        """Two provisions and a participation of the first treaty, one of the second."""
        office, treaty = self.fill()
        upkeep = self.make_part('provision', 'T-001', heading_en='Upkeep', heading_fr='Entretien', heading_es='Conservación',
                                wording_en='The parties mend the handrails.', goal='6', applies='2020')
        self.make_part('provision', 'T-001', heading_en='Costs', heading_fr='Coûts')
        self.make_part('participation', 'T-001', office='Chisinau', role='coordination', since='2019-05', until='2024',
                       contribution='500 EUR', share='33.3')
        self.make_part('participation', 'T-002', office='Chisinau', role='regional', since='2021', contribution='7 EUR')
        return office, treaty, upkeep

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

    def test_parts_kept(self):
        office, treaty, upkeep = self.fill_parts()
        provisions = self.show('T-001')['provisions']
        self.assertEqual([one['heading'] for one in provisions],
                         [{'fr': 'Entretien', 'en': 'Upkeep', 'es': 'Conservación'}, {'fr': 'Coûts', 'en': 'Costs'}])
        self.assertEqual([(one['treaty'], one['goal'], one['applies']) for one in provisions],
                         [(treaty, '6', '2020'), (treaty, None, None)])
        participation, = self.show('T-001')['participations']
        self.assertEqual({name: participation[name] for name in ('office', 'role', 'since', 'until', 'contribution', 'share')},
                         {'office': office, 'role': 'coordination', 'since': '2019-05', 'until': '2024',
                          'contribution': {'amount': '500.00', 'currency': 'EUR'}, 'share': '33.3'})
        text = self.run_cli('show', 'T-001').out
        for shown in ('Upkeep', 'The parties mend the handrails.', 'Coordination', 'Chisinau', '€500', '33.3', 'May 2019'):
            self.assertIn(shown, text)
        self.run_cli('set', upkeep, 'goal', '7')
        self.assertEqual(self.show('T-001')['provisions'][0]['goal'], '7')
        self.run_cli('new', 'provision', 'heading_en=Of no treaty', status=1)
        self.run_cli('new', 'participation', 'treaty=T-001', 'role=coordination', 'share=101', status=1)

    def test_refused(self):
        self.make_treaty(number='T-000')
        for wrong in ('signed=2019-13', 'articles=1000', 'quorum=101', 'cost=12 xyz', 'cost=12 dollers', 'latitude=91', 'email=nobody',
                      'seat=Atlantis', 'office=nowhere'):
            self.run_cli('new', 'treaty', 'title_en=One', wrong, status=None)
            self.assertEqual(self.numbers(), ['T-000'], wrong)

    def test_unlisted_currency(self):
        """An amount in a currency that no list has is kept, with a notice, of a part, too."""
        office, treaty = self.fill()
        self.make_treaty(number='T-003', title_en='Three', title_fr='Trois', cost='12 XYZ')
        self.assertEqual(self.show('T-003')['cost'], {'amount': '12.00', 'currency': 'XYZ'})
        part = self.make_part('participation', 'T-003', office=office, role='coordination', contribution='7 QQQ')
        for code, name in (('XYZ', 'T-003'), ('QQQ', part)):
            self.assertIn(f'Not in the list: {code}.', self.run_cli('show', name).out)
            self.assertIn(f'Not in the list: {code}.', self.run_cli('check').out)

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

    def test_parts_found(self):
        self.fill_parts()
        for condition, expected in (
                ('provisions.heading~upkeep', ['T-001']), ('provisions.goal=6', ['T-001']), ('provisions=', ['T-002']),
                ('participations.role=Coordination', ['T-001']), ('participations.role=Regional functions', ['T-002']),
                ('participations.office=Chisinau', ['T-001', 'T-002']), ('participations.office.country=Moldova', ['T-001', 'T-002']),
                ('participations.contribution>=100 EUR', ['T-001']), ('participations.since=2021', ['T-002']),
                ('participations.office=Chisinau', ['T-001', 'T-002']), ('participations.share=33.3', ['T-001'])):
            self.assertEqual(sorted(self.numbers('--where', condition)), expected, condition)
        for words, expected in (('handrails', ['T-001']), ('conservacion', ['T-001']), ('coordination', ['T-001']),
                                ('regionales', ['T-002'])):
            self.assertEqual(sorted(self.numbers('--search', words)), expected, words)

    def test_exchanged(self):
        _, treaty = self.fill()
        offices = self.folder / 'offices.csv'
        treaties = self.folder / 'treaties.csv'
        again = self.folder / 'again.csv'
        other = self.folder / 'other.passerelle'
        self.run_cli('export', offices, '--kind', 'office')
        self.run_cli('export', treaties, '--kind', 'treaty')
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

    def test_parts_exchanged(self):
        office, _, _ = self.fill_parts()
        self.make_part('participation', 'T-001', office='Chisinau', role='coordination', since='2025')
        other = self.folder / 'other.passerelle'
        kinds = (('office', 1), ('treaty', 2), ('provision', 2), ('participation', 3))
        for kind, n in kinds:
            path = self.folder / f'{kind}.csv'
            self.run_cli('export', path, '--kind', kind, '--for-register')
            self.run_cli('--register', other, 'import', path, '--kind', kind)
        for kind, n in kinds:
            again = self.folder / 'again.csv'
            self.run_cli('--register', other, 'export', again, '--kind', kind, '--for-register')
            # The parts of one record stand in their order, the records in that in which they came.
            self.assertEqual(sorted(again.read_text().splitlines()), sorted((self.folder / f'{kind}.csv').read_text().splitlines()))
        for number in ('T-001', 'T-002'):
            self.assertEqual(self.run_cli('--register', other, 'show', number, '--json').json(), self.show(number))

        # For people: headings in words, links by their names, and no UUIDs.
        for kind, n in kinds:
            path = self.folder / f'{kind}-labels.csv'
            self.run_cli('export', path, '--kind', kind)
            result = self.run_cli('import', path, '--kind', kind).out
            self.assertRegex(result, f'{n} identical records?')
            self.assertIn('0 new records', result)

    def test_parts_in_cells(self):
        """What a cell of a table holds of parts makes them: as CSV, and as JSON on the command line."""
        self.fill_parts()
        path = self.folder / 'treaty.csv'
        other = self.folder / 'other.passerelle'
        self.run_cli('export', path, '--kind', 'treaty', '--for-register', '--where', 'number=T-001')
        self.run_cli('--register', other, 'import', path, '--kind', 'treaty', '--map', 'office=-')
        provisions = self.run_cli('--register', other, 'show', 'T-001', '--json').json()['provisions']
        self.assertEqual([(one['heading'], one['wording']['en'], one['goal'], one['applies']) for one in provisions],
                         [({'fr': 'Entretien', 'en': 'Upkeep', 'es': 'Conservación'}, 'The parties mend the handrails.', '6', '2020'),
                          ({'fr': 'Coûts', 'en': 'Costs'}, None, None, None)])

        written = json.dumps([{'heading': one['heading']['fr'], 'goal': one['goal'], 'applies': one['applies']}
                              for one in self.show('T-001')['provisions']])
        self.run_cli('set', 'T-002', 'provisions_fr', written)
        self.assertEqual([(one['heading']['fr'], one['goal'], one['applies']) for one in self.show('T-002')['provisions']],
                         [('Entretien', '6', '2020'), ('Coûts', None, None)])

    def test_parts_travel(self):
        """As lines of JSON, what was done with them goes into another register, and is undone there."""
        _, _, upkeep = self.fill_parts()
        self.run_cli('set', upkeep, 'heading_en', 'Repair')
        actions = self.folder / 'actions.jsonl'
        actions.write_text(self.run_cli('actions').out)
        other = self.folder / 'other.passerelle'
        self.run_cli('--register', other, 'replay', actions)
        for number in ('T-001', 'T-002'):
            self.assertEqual(self.run_cli('--register', other, 'show', number, '--json').json(), self.show(number))

    def test_parts_undone(self):
        _, treaty, upkeep = self.fill_parts()
        participation = self.show('T-001')['participations'][0]['id']
        self.run_cli('set', upkeep, 'heading_en', 'Repair')
        self.run_cli('set', participation, 'role', 'regional')
        for name, label in ((upkeep, 'Heading'), (participation, 'Role')):
            self.assertIn(label, self.run_cli('history', name).out)
        self.assertIn('Older than the text in English', self.run_cli('check').out)
        self.run_cli('undo')
        self.run_cli('undo')
        shown = self.show('T-001')
        self.assertEqual((shown['provisions'][0]['heading']['en'], shown['participations'][0]['role']),
                         ('Upkeep', 'coordination'))
        self.run_cli('redo')
        self.assertEqual(self.numbers('--search', 'repair'), ['T-001'])
        # Parts go with their treaty, and come back with it.
        self.run_cli('delete', treaty)
        self.assertEqual(self.run_cli('list', 'participation', '--json').json()[0]['role'], 'regional')
        self.assertEqual(len(self.run_cli('list', 'participation', '--json').json()), 1)
        self.run_cli('recover', treaty)
        self.assertEqual(len(self.show(treaty)['provisions']), 2)
        self.assertEqual(self.numbers('--where', 'participations.role=Coordination'), ['T-001'])
        # A part alone, too.
        self.run_cli('delete', participation)
        self.assertEqual(self.show('T-001')['participations'], [])
        self.run_cli('undo')
        self.assertEqual(len(self.show('T-001')['participations']), 1)
        self.assertNotIn('damage', self.run_cli('check').out)

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

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records as the command line lists, shows and changes them."""

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import time
import unittest
import uuid
from contextlib import closing

from cli import FRENCH, SOURCE, CliTest, has_locale, has_translation

PROJECT = {'id', 'project_id', 'prima_id', 'title', 'description', 'start', 'end', 'year', 'status', 'type', 'coverage',
           'region', 'budget', 'beneficiaries', 'office'}
OFFICE = {'id', 'name', 'kind', 'city', 'country', 'reports_to', 'functions', 'address', 'phone', 'email', 'latitude',
          'longitude', 'valid_from', 'valid_to', 'successor'}


class Sample(CliTest):
    """On the sample records."""

    def setUp(self):
        super().setUp()
        for kind in ('office', 'project'):
            self.run_cli('import', SOURCE / 'data' / 'sample' / f'{kind}s.csv', '--kind', kind)

        self.office = self.run_cli('list', 'office', '--json', '--limit', '1').json()[0]['id']

    def identifiers(self, *arguments):
        return [record['project_id'] for record in self.run_cli('list', 'project', '--json', *arguments).json()]

    def test_identity(self):
        """Which register this is, and what a copy of its file becomes."""
        before = self.run_cli('identity').out
        register, last, digest = re.fullmatch(r'Register: (\S{36})\nLast action: (\d+), hash ([0-9a-f]{64})\n', before).groups()
        self.assertEqual(uuid.UUID(register).version, 7)
        self.assertEqual(self.run_cli('identity').out, before)
        self.run_cli('set', 'PO.0160', 'start', '2019')
        self.assertNotIn(digest, self.run_cli('identity').out)

        other = self.run_cli('identity', '--new').out
        self.assertNotIn(register, other)
        self.assertEqual(self.run_cli('identity').out, other)
        self.run_cli('check')
        self.run_cli('set', 'PO.0160', 'start', '2020')
        self.run_cli('undo')
        # Earlier actions can be undone in the copy, too.
        self.run_cli('undo')
        self.run_cli('check')
        self.assertEqual(self.run_cli('identity').out.splitlines()[0], other.splitlines()[0])

    def test_shapes(self):
        for record in self.run_cli('list', 'project', '--json').json():
            self.assertLessEqual(PROJECT, record.keys())
            uuid.UUID(record['id'])
            self.assertEqual(record['title'].keys(), {'fr', 'en'})
            self.assertEqual(record['description'].keys(), {'fr', 'en'})
            if record['budget'] is not None:
                self.assertEqual(record['budget'].keys(), {'amount', 'currency'})
                self.assertRegex(record['budget']['amount'], r'^\d+\.\d\d$')
            if record['year'] is not None:
                self.assertIsInstance(record['year'], int)
            for country in record['beneficiaries']:
                self.assertRegex(country, '^[A-Z]{2}$')
            if record['office'] is not None:
                uuid.UUID(record['office'])
        for record in self.run_cli('list', 'office', '--json').json():
            self.assertLessEqual(OFFICE, record.keys())
            self.assertEqual(record['name'].keys(), {'fr', 'en'})
            for function in record['functions']:
                self.assertLessEqual({'function', 'covers'}, function.keys())
            if record['latitude'] is not None:
                self.assertIsInstance(record['latitude'], (int, float))

    def test_show(self):
        record = self.show('PO.0160')
        self.assertEqual(record['prima_id'], 'CR99P0513')
        self.assertEqual(record['budget'], {'amount': '100000.00', 'currency': 'USD'})
        self.assertEqual(record['beneficiaries'], ['BZ', 'CR', 'DO', 'SV', 'GT', 'HN', 'MX', 'NI'])
        self.assertEqual(self.show(record['id']), record)
        text = self.run_cli('show', 'PO.0160').out
        for part in ('CR99P0513', 'El Salvador', record['title']['fr'], record['title']['en'], record['id']):
            self.assertIn(part, text)
        self.run_cli('show', 'PO.9999', status=1)
        self.run_cli('show', str(uuid.uuid4()), status=1)

    def test_where(self):
        everything = self.run_cli('list', 'project', '--json').json()

        def expect(condition, test):
            self.assertEqual(sorted(map(str, self.identifiers('--where', condition))),
                             sorted(str(record['project_id']) for record in everything if test(record)), condition)

        expect('status=4', lambda r: r['status'] == '4')
        expect('status=Achevé', lambda r: r['status'] == '4')
        expect('status=Active', lambda r: r['status'] == '2')
        expect('Statut=Active', lambda r: r['status'] == '2')
        expect('status=2|4', lambda r: r['status'] in ('2', '4'))
        expect('status=', lambda r: r['status'] is None)
        expect('status!=', lambda r: r['status'] is not None)
        expect('beneficiaries=El Salvador', lambda r: 'SV' in r['beneficiaries'])
        expect('budget>=100000', lambda r: r['budget'] and float(r['budget']['amount']) >= 100000)
        expect('budget=..100000', lambda r: r['budget'] and float(r['budget']['amount']) <= 100000)
        expect('start=2018..2020', lambda r: r['start'] and '2018' <= r['start'][:4] <= '2020')
        expect('year<=2005', lambda r: r['year'] is not None and r['year'] <= 2005)
        expect('title~migration', lambda r: 'migration' in (r['title']['fr'] + r['title']['en']).lower())
        self.assertEqual(sorted(self.identifiers('--where', 'region=Afrique', '--where', 'status=4')),
                         sorted(r['project_id'] for r in everything if r['region'] == 'africa' and r['status'] == '4'))
        expect('status!=4', lambda r: r['status'] != '4')
        expect('status!=Active|Achevé', lambda r: r['status'] not in ('2', '4'))
        expect('beneficiaries!=El Salvador', lambda r: 'SV' not in r['beneficiaries'])
        expect('beneficiaries.area!=Afrique|Europe', lambda r: r['project_id'] in self.identifiers('--where', 'beneficiaries.area!=Africa')
               and r['project_id'] in self.identifiers('--where', 'beneficiaries.area!=Europe'))
        expect('project_id!=PO.0160', lambda r: r['project_id'] != 'PO.0160')
        expect('budget!=100000', lambda r: not r['budget'] or r['budget'] != {'amount': '100000.00', 'currency': 'USD'})
        title = everything[0]['title']['en']
        expect(f'title!={title}', lambda r: r['title']['en'] != title)
        office = next(r['office'] for r in everything if r['office'])
        expect(f'office!={office}', lambda r: r['office'] != office)
        expect(f'office={office}', lambda r: r['office'] == office)
        name = self.show(office)['name']['en']
        expect(f'office={name}', lambda r: r['office'] == office)

    def test_where_of_a_link(self):
        """Projects by what their office holds."""
        offices = {office['id']: office for office in self.run_cli('list', 'office', '--json').json()}
        everything = self.run_cli('list', 'project', '--json').json()
        self.run_cli('set', self.office, 'country', 'MD')
        offices[self.office]['country'] = 'MD'
        countries = {office['country'] for office in offices.values()} - {None}
        self.assertGreater(len(countries), 1)

        def expect(condition, test):
            self.assertEqual(sorted(map(str, self.identifiers('--where', condition))),
                             sorted(str(record['project_id']) for record in everything
                                    if test(offices[record['office']] if record['office'] else {'country': None, 'city': None})),
                             condition)

        for country in sorted(countries):
            expect(f'office.country={country}', lambda office: office['country'] == country)
            expect(f'office.country!={country}', lambda office: office['country'] != country)
        expect('Bureau.Pays=Moldova', lambda office: office['country'] == 'MD')
        expect('office.country=', lambda office: office['country'] is None)
        expect('office.country!=', lambda office: office['country'] is not None)
        self.assertIn('nothing', self.run_cli('list', 'project', '--where', 'office.nothing=1', status=2).err)
        self.run_cli('list', 'project', '--where', 'predecessor.years=2018..2020')

    def test_coordinates(self):
        """They come out as they are kept, not as the nearest double."""
        for value in ('13.6929', '-89.2182', '0.00001', '-0.5', '7', '-33.865143', '90'):
            self.run_cli('set', self.office, 'latitude', value)
            for command in (['show', self.office], ['list', 'office'], ['history', self.office]):
                text = self.run_cli(*command, '--json').out
                numbers = re.findall(r'"(?:latitude|new)" : (-?\d[^,\s]*)', text)
                self.assertIn(value, numbers, command)
                self.assertFalse([number for number in numbers if len(number) > 11], command)

    def test_order(self):
        budgets = [float(r['budget']['amount']) for r in
                   self.run_cli('list', 'project', '--json', '--sort', '-budget', '--where', 'budget!=').json()]
        self.assertEqual(budgets, sorted(budgets, reverse=True))
        starts = [r['start'] for r in self.run_cli('list', 'project', '--json', '--sort', 'start', '--where', 'start!=').json()]
        self.assertEqual(starts, sorted(starts))
        self.assertEqual(self.identifiers('--sort', 'project_id:desc', '--limit', '3'),
                         sorted(filter(None, self.identifiers()), reverse=True)[:3])
        for limit in ('0', '-1', '-2'):
            self.run_cli('list', 'project', '--limit', limit, status=2)
            self.run_cli('export', '-', '--kind', 'project', '--limit', limit, status=2)
        self.run_cli('list', 'project', '--limit', '0', status=2)

    def test_search(self):
        self.assertIn('PO.0160', self.identifiers('--search', 'salvador mesoamer'))
        self.assertIn('PO.0160', self.identifiers('--search', 'MESOAMERIQUE'))
        self.assertEqual(self.identifiers('--search', 'no such word at all'), [])

    def test_signs(self):
        for words in ('\N{GRINNING FACE}', '%', '#', '_', '*'):
            self.assertEqual(self.identifiers('--search', words), [])
            self.assertEqual(self.identifiers('--where', f'title_en~{words}'), [])
            self.assertEqual(self.identifiers('--where', f'status~{words}'), [])
            lines = self.run_cli('export', '-', '--kind', 'project', '--search', words).out.splitlines()
            self.assertEqual(len(lines), 1, words)

    def test_signs_beside_words(self):
        for number, title in enumerate(('Alpha', 'Alpha %', 'Alpha +', 'Alpha ©', 'Alpha and R&D', 'Alpha (beta)')):
            self.run_cli('new', 'project', f'project_id=PO.900{number}', f'title_en={title}')
        for words, expected in (('alpha %', ['PO.9001']), ('alpha%', ['PO.9001']), ('alpha +', ['PO.9002']),
                                ('© alpha', ['PO.9003']), ('alpha €', []), ('alpha r&d', ['PO.9004']),
                                ('alpha & beta', ['PO.9005']), ('alpha - “beta”.', ['PO.9005'])):
            self.assertEqual(sorted(self.identifiers('--search', words)), expected, words)
        self.assertEqual(self.identifiers('--where', 'title_en~alpha %'), ['PO.9001'])
        self.assertEqual(self.identifiers('--where', 'title_en~alpha ='), [])

    def test_outdated(self):
        """A text that is older than the text in another language is found, and said to be right."""
        self.run_cli('new', 'project', 'project_id=PO.0777', 'title_fr=Un', 'title_en=One', 'title_es=Uno')
        self.run_cli('set', 'PO.0777', 'title_fr', 'Deux')

        def found(*conditions):
            return [len(self.run_cli('list', 'project', '--where', condition, '--json').json()) for condition in conditions]

        self.assertEqual(found('title=outdated', 'title_en=outdated', 'title_es=outdated', 'title_fr=outdated'), [1, 1, 1, 0])
        # Which of the texts it is about is said as people read it, and as commands take it.
        self.assertIn('Title (Spanish): Older than the text in French', self.run_cli('show', 'PO.0777').out)
        self.assertIn('title_es: Older than the text in French', self.run_cli('check').out)
        self.run_cli('confirm', 'PO.0777', 'title_es')
        self.run_cli('set', 'PO.0777', 'title_en', 'Two')
        self.assertEqual(found('title=outdated'), [0])
        self.run_cli('confirm', 'PO.0777', 'title_es', status=1)
        self.run_cli('confirm', 'PO.0777', 'start', status=1)
        self.run_cli('confirm', 'PO.0777', 'nothing', status=2)
        self.run_cli('undo')
        self.run_cli('undo')
        self.assertEqual(found('title_en=outdated', 'title_es=outdated'), [1, 1])
        self.run_cli('check')

    def test_escapes(self):
        self.run_cli('new', 'project', 'project_id=PO.9001', r'title_en=One | two')
        self.run_cli('new', 'project', 'project_id=PO.9002', 'title_en=One')
        self.run_cli('new', 'project', 'project_id=PO.9003', 'title_en=C:\\new')
        for condition, expected in ((r'title_en=One \| two', ['PO.9001']),
                                    (r'title_en=One \| two|One', ['PO.9001', 'PO.9002']),
                                    (r'title_en=C:\new', ['PO.9003']),
                                    (r'title_en=C:\\new', ['PO.9003']),
                                    (r'title_en~\|', ['PO.9001']),
                                    (r'title_en~|', ['PO.9001'])):
            self.assertEqual(sorted(self.identifiers('--where', condition)), expected, condition)

    def test_table(self):
        lines = self.run_cli('list', 'project', '--sort', 'project_id').out.splitlines()
        self.assertEqual(len(lines), 26)
        self.assertTrue(lines[0].startswith('Project ID'))
        # Nothing is cut where nobody looks at a terminal.
        self.assertNotIn('…', '\n'.join(lines))
        self.assertEqual(self.run_cli('list', 'project', '--search', 'nothinglikeit').out, '')

    def test_brought_up_to_date(self):
        """A terminal is told how much is done while a register is brought up to date."""
        with closing(sqlite3.connect(self.register, isolation_level=None)) as other:
            other.execute("UPDATE meta SET value = '1.0.0.0/1' WHERE name = 'sort-keys fr'")
            other.execute('BEGIN IMMEDIATE')
            terminal, end = os.openpty()
            with open(terminal, 'rb', buffering=0) as output:
                process = subprocess.Popen([os.environ['PASSERELLE_CLI'], 'set', 'PO.0160', 'title_en', 'Another'],
                                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=end,
                                           cwd=self.folder, env=self.environment())
                os.close(end)
                said = b''
                while not said.endswith(b'%'):
                    said += output.read(1)
                other.execute('ROLLBACK')
                self.assertEqual(process.wait(), 0)
        self.assertEqual(said, b'\rBringing the register up to date: 0 %')
        self.assertEqual(self.show('PO.0160')['title']['en'], 'Another')

    def test_where_no_list_knows(self):
        other = sqlite3.connect(self.register)
        with other:
            other.execute("UPDATE project SET type = 'ZZ' WHERE project_id = 'PO.0160'")
        other.close()
        self.assertEqual(self.identifiers('--where', 'type=ZZ'), ['PO.0160'])
        self.assertNotIn('PO.0160', self.identifiers('--where', 'type!=ZZ'))
        self.assertIn('PO.0160', self.identifiers('--where', 'type=ZZ|PO'))
        shown = self.run_cli('show', 'PO.0160').out
        self.assertIn('ZZ', shown)
        self.assertIn('Not in the list: ZZ.', shown)
        # A code that no record has is a mistake.
        self.assertIn('YY', self.run_cli('list', 'project', '--where', 'type=YY', status=2).err)
        self.run_cli('list', 'project', '--where', 'beneficiaries.area=ZZ', status=2)

    def test_refused_lists(self):
        self.run_cli('list', 'nothing', status=2)
        self.run_cli('list', 'project', '--where', 'nothing=1', status=2)
        for condition in ('nonsense', '=4', ' =4', b'\xff=4', b'status=\xff', b'title~\xff', 'years=2018|2020', 'years!=2018',
                          'status!=4|', 'status!=Nonsense', 'title>=a'):
            self.run_cli('list', 'project', '--where', condition, status=2)
            self.run_cli('export', 'x.csv', '--kind', 'project', '--where', condition, status=2)
        for condition in ('title~', 'title~ ', 'status~', 'office~', 'start>=', 'start<=', 'start=..', 'years=..', 'years>=',
                          'budget=..', 'status=1||4', 'years='):
            self.run_cli('list', 'project', '--where', condition, status=2)
            self.run_cli('export', 'x.csv', '--kind', 'project', '--where', condition, status=2)
        for words in ('', ' ', '\N{NO-BREAK SPACE}'):
            self.run_cli('list', 'project', '--search', words, status=2)
            self.run_cli('export', 'x.csv', '--kind', 'project', '--search', words, status=2)
        self.run_cli('list', 'project', '--search', b'\xff', status=2)
        self.run_cli('--author', b'\xff', 'delete', 'PO.0160', status=2)
        self.assertIn('status', self.run_cli('list', 'project', '--where', 'status=Nonsense', status=2).err)
        self.run_cli('list', 'project', '--sort', 'description', status=2)
        self.run_cli('list', 'project', '--limit', 'many', status=2)

    def test_check(self):
        self.run_cli('check')

    @unittest.skipUnless(has_locale(FRENCH), 'there is no French locale here')
    def test_french(self):
        text = self.run_cli('list', 'project', '--where', 'status=Completed', locale=FRENCH).out
        self.assertIn('Achevé', text)
        self.assertIn('Achevé', self.run_cli('show', 'PO.0160', locale=FRENCH).out)
        self.assertEqual(self.run_cli('show', 'PO.0160', '--json', locale=FRENCH).out,
                         self.run_cli('show', 'PO.0160', '--json').out)


class Changes(CliTest):
    def setUp(self):
        super().setUp()
        self.id = self.run_cli('new', 'project', 'project_id=PO.0001', 'title_fr=Un', 'title_en=One',
                               'beneficiaries=MD;PL').out.strip()

    def test_new(self):
        uuid.UUID(self.id)
        record = self.show('PO.0001')
        self.assertEqual(record['id'], self.id)
        self.assertEqual(record['title'], {'fr': 'Un', 'en': 'One'})
        self.assertEqual(record['beneficiaries'], ['MD', 'PL'])
        self.run_cli('new', 'office', 'name_en=Rome', 'latitude=41.9', 'longitude=-12.5')
        office, = self.run_cli('list', 'office', '--json').json()
        self.assertEqual((office['latitude'], office['longitude']), (41.9, -12.5))
        self.assertIn('start', self.run_cli('new', 'project', 'start=never', status=1).err)
        self.run_cli('new', 'project', 'nothing=1', status=2)
        self.run_cli('new', 'project', 'start', status=2)
        self.run_cli('new', 'nothing', status=2)
        self.assertEqual(len(self.run_cli('list', 'project', '--json').json()), 1)

    def test_set(self):
        for field, value, shown in [
                ('title_fr', 'Autre', {'fr': 'Autre', 'en': 'One'}),
                ('title', 'Other', {'fr': 'Autre', 'en': 'Other'}),
                ('status', 'Achevé', '4'),
                ('coverage', '2', '2'),
                ('start', '17/05/2020', '2020-05-17'),
                ('end', '2021-05', '2021-05'),
                ('year', '2020', 2020),
                ('budget', '100 000,50', {'amount': '100000.50', 'currency': 'USD'}),
                ('beneficiaries', 'Moldavie; El Salvador', ['MD', 'SV']),
                ('phase', '2', 2)]:
            self.run_cli('set', 'PO.0001', field, value)
            name = field.split('_')[0]
            self.assertEqual(self.show('PO.0001')[name], shown)
        self.run_cli('set', 'PO.0001', 'Fund region', 'Afrique')
        self.assertEqual(self.show('PO.0001')['region'], 'africa')
        self.run_cli('set', 'PO.0001', 'start', '')
        self.assertIsNone(self.show('PO.0001')['start'])
        self.run_cli('set', 'PO.0001', 'beneficiaries', '')
        self.assertEqual(self.show('PO.0001')['beneficiaries'], [])

        office = self.run_cli('new', 'office', 'name_en=Rome office', 'city=Rome').out.strip()
        self.run_cli('set', 'PO.0001', 'office', 'Rome office')
        self.assertEqual(self.show('PO.0001')['office'], office)
        self.run_cli('set', office, 'longitude', '-70.5')
        self.assertEqual(self.show(office)['longitude'], -70.5)

    def test_percentages(self):
        self.run_cli('set', 'PO.0001', 'beneficiaries', '[{"country":"MD","percentage":"40"},{"country":"PL","percentage":"60"}]')
        record = self.show('PO.0001')
        self.assertEqual(record['beneficiaries'], ['MD', 'PL'])
        self.assertEqual(record['beneficiaries_rows'], [{'country': 'MD', 'percentage': '40'},
                                                        {'country': 'PL', 'percentage': '60'}])
        self.run_cli('export', 'x.csv', '--kind', 'project')
        self.assertIn('1 identical record', self.run_cli('import', 'x.csv', '--kind', 'project').out)

    def test_set_remarks(self):
        """Remarks are records of their own."""
        refused = self.run_cli('set', 'PO.0001', 'remarks', 'hello', status=1)
        self.assertNotIn('CRITICAL', refused.err)

    def test_unlisted_codes(self):
        """A code that no list has is kept, told of, and read back from what is exported."""
        self.run_cli('set', 'PO.0001', 'status', 'A07')
        self.run_cli('set', 'PO.0001', 'beneficiaries', 'PE; XQ (40%)')
        self.run_cli('set', 'PO.0001', 'region', '')
        self.run_cli('set', 'PO.0001', 'budget', '1,234.5 QQQ')
        record = self.show('PO.0001')
        self.assertEqual(record['budget'], {'amount': '1234.50', 'currency': 'QQQ'})
        self.assertEqual(record['status'], 'A07')
        self.assertEqual(record['beneficiaries'], ['PE', 'XQ'])
        shown = self.run_cli('show', 'PO.0001').out
        self.assertIn('Not in the list: A07.', shown)
        self.assertIn('Not in the list: XQ.', shown)
        self.assertIn('QQQ\xa01,234.50', shown)
        self.assertIn('Not in the list: QQQ.', shown)
        checked = self.run_cli('check').out
        for code in ('A07', 'XQ', 'QQQ'):
            self.assertIn(f'Not in the list: {code}.', checked)
        # The record can be edited beside it, and the list that holds it, too.
        self.run_cli('set', 'PO.0001', 'start', '2021')
        self.run_cli('set', 'PO.0001', 'beneficiaries', json.dumps(record['beneficiaries_rows'] + [{'country': 'BO'}]))
        record = self.show('PO.0001')
        self.assertEqual(record['beneficiaries'], ['PE', 'XQ', 'BO'])
        for options in ('--for-register',), ('--labels', 'fr'):
            self.run_cli('export', 'x.csv', '--kind', 'project', *options)
            self.assertIn('1 identical record', self.run_cli('import', 'x.csv', '--kind', 'project').out)
            other = self.folder / f'{len(options)}.passerelle'
            out = self.run_cli('--register', other, 'import', 'x.csv', '--kind', 'project').out
            self.assertIn('1 new record', out)
            self.assertIn('3 values kept although no list has their codes', out)
            self.assertIn('Kept although no list has it: QQQ.', out)
            copy = self.run_cli('--register', other, 'show', 'PO.0001', '--json').json()
            for field in 'status', 'beneficiaries', 'beneficiaries_rows', 'budget':
                self.assertEqual(copy[field], record[field])

    def test_unlisted_currency_found(self):
        """A condition in a currency that no list has finds amounts; where there are none, it is mistyped."""
        self.run_cli('set', 'PO.0001', 'budget', '500 QQQ')
        for condition, found in (('budget>=400 QQQ', 1), ('budget<=400 QQQ', 0), ('budget=500 QQQ', 1), ('budget!=500 QQQ', 0),
                                 ('budget=1 QQQ..900 QQQ', 1)):
            self.assertEqual(len(self.run_cli('list', 'project', '--json', '--where', condition).json()), found, condition)
        for condition in ('budget>=400 QQR', 'budget=1 QQR', 'budget=..400 QQR'):
            self.assertIn('QQR', self.run_cli('list', 'project', '--where', condition, status=2).err)

    def test_refused(self):
        before = self.show('PO.0001')
        self.assertIn('start', self.run_cli('set', 'PO.0001', 'start', 'never', status=1).err)
        self.assertIn('status', self.run_cli('set', 'PO.0001', 'status', 'Nonsense', status=1).err)
        self.assertIn('(2)', self.run_cli('set', 'PO.0001', 'status', 'Activ', status=1).err)
        self.assertIn('(BO)', self.run_cli('set', 'PO.0001', 'beneficiaries', 'PE; Boliva', status=1).err)
        self.assertIn('office', self.run_cli('set', 'PO.0001', 'office', 'Nowhere', status=1).err)
        self.run_cli('set', 'PO.0001', 'nothing', 'x', status=2)
        self.run_cli('set', 'PO.9999', 'start', '2020', status=1)
        self.run_cli('set', 'PO.0001', 'start', status=2)
        self.assertEqual(self.show('PO.0001'), before)

    def test_times(self):
        def times():
            lines = dict(line.split(': ', 1) for line in self.run_cli('show', 'PO.0001').out.splitlines() if ': ' in line)
            return lines['Created'], lines['Last changed']

        created, changed = times()
        self.assertRegex(created, r'\d\d:\d\d:\d\d')
        self.assertEqual(created, changed)
        deadline = time.monotonic() + 20
        while times()[0] == times()[1]:
            self.assertLess(time.monotonic(), deadline)
            self.run_cli('set', 'PO.0001', 'start', f'{2000 + time.monotonic_ns() % 20}')
        self.assertEqual(times()[0], created)

    def test_delete(self):
        self.run_cli('delete', 'PO.0001')
        self.assertEqual(self.run_cli('list', 'project', '--json').json(), [])
        self.assertIn(self.id, self.run_cli('trash').out)
        self.run_cli('delete', self.id, status=1)
        # A change of it would be seen nowhere.
        self.assertIn('recover', self.run_cli('set', self.id, 'title_en', 'Unseen', status=1).err)
        self.run_cli('recover', self.id)
        self.assertEqual(self.run_cli('trash').out, '')
        self.assertEqual(len(self.run_cli('list', 'project', '--json').json()), 1)
        self.run_cli('recover', self.id, status=1)
        self.run_cli('delete', 'PO.9999', status=1)

    def test_failing_disk(self):
        """Nothing is called done that could not be stored."""
        before = self.show('PO.0001')
        # Somebody has the register open, so that only the change has to be written.
        other = sqlite3.connect(self.register)
        self.addCleanup(other.close)
        other.execute('SELECT count(*) FROM record').fetchone()

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        for command in (['delete', 'PO.0001'], ['new', 'project', 'title_en=Two'], ['set', 'PO.0001', 'start', '2020'],
                        ['undo']):
            result = self.run_cli(*command, status=1, preexec_fn=limit, restore_signals=False)
            self.assertEqual(result.out, '')
            self.assertEqual(self.run_cli('list', 'project', '--json').json(), [before])

    def test_undo(self):
        self.run_cli('set', 'PO.0001', 'start', '2020')
        self.run_cli('set', 'PO.0001', 'start', '2021')
        self.run_cli('undo')
        self.assertEqual(self.show('PO.0001')['start'], '2020')
        self.run_cli('undo')
        self.assertIsNone(self.show('PO.0001')['start'])
        self.run_cli('redo')
        self.assertEqual(self.show('PO.0001')['start'], '2020')
        self.run_cli('redo')
        self.run_cli('redo', status=1)
        for _ in range(3):
            self.run_cli('undo')
        self.assertEqual(self.run_cli('list', 'project', '--json').json(), [])
        self.run_cli('undo', status=1)

    def test_history(self):
        self.run_cli('--author', 'Ada', 'set', 'PO.0001', 'start', '2020')
        self.run_cli('--author', 'Bob', 'set', 'PO.0001', 'title_fr', 'Autre')
        changes = self.run_cli('history', 'PO.0001', '--json').json()
        start, = [change for change in changes if change['field'] == 'start']
        self.assertEqual((start['old'], start['new'], start['author'], start['undone']), (None, '2020', 'Ada', False))
        self.assertRegex(start['at'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$')
        title, = [change for change in changes if change['field'] == 'title']
        self.assertEqual((title['language'], title['old'], title['new']), ('fr', 'Un', 'Autre'))
        text = self.run_cli('history', 'PO.0001').out
        for part in ('Ada', 'Bob', '2020', 'Autre'):
            self.assertIn(part, text)
        self.run_cli('history', 'PO.9999', status=1)

    def test_history_of_parts(self):
        self.run_cli('set', 'PO.0001', 'results_en', 'output | Wells | | 5\noutput | Pumps | | 3')
        self.run_cli('set', 'PO.0001', 'results_en', 'output | Wells | | 6')
        text = self.run_cli('history', 'PO.0001').out
        for line in ('Result “Pumps” · Created', 'Result “Pumps” · Moved to the trash', 'Result “Wells” · Target: “5” changed to “6”'):
            self.assertIn(line, text)
        self.run_cli('undo')
        self.run_cli('undo')
        self.assertIn('Result “Pumps” · Creation undone', self.run_cli('history', 'PO.0001').out)
        made = self.run_cli('new', 'project', 'title_en=Pond', 'results_en=output | Wells').out.strip()
        self.run_cli('undo')
        self.run_cli('redo')
        self.assertNotIn('Wells', self.run_cli('history', made).out)

    @unittest.skipUnless(has_locale(FRENCH) and has_translation('fr'), 'there is no French here')
    def test_labels_in_sentences(self):
        """A field's label begins with a small letter in a sentence, but where it is a name."""
        for field, value, english, french in (('budget', '5 USD', 'budget', 'budget'),
                                              ('project_id', 'PO.0001', 'project ID', 'n° de projet'),
                                              ('prima_id', 'CR99P0513', 'PRIMA ID', 'ID PRIMA'),
                                              ('region', 'africa', 'fund region', 'Région du Fonds'),
                                              ('sdg', '4', 'Sustainable Development Goals', 'objectifs de développement durable')):
            self.run_cli('set', self.id, 'project_id', 'PO.0002')
            self.run_cli('set', self.id, field, value)
            self.assertIn(f'Edit {english} of “One”', self.run_cli('history', self.id).out)
            self.assertIn(f'Modification du champ «\N{NO-BREAK SPACE}{french}\N{NO-BREAK SPACE}» de «\N{NO-BREAK SPACE}One\N{NO-BREAK SPACE}»',
                          self.run_cli('history', self.id, locale=FRENCH).out)

    def test_backup(self):
        self.run_cli('backup', 'copy.passerelle')
        self.assertTrue((self.folder / 'copy.passerelle').exists())
        self.run_cli('backup', 'copy.passerelle')
        self.run_cli('backup', self.register, status=1)
        self.run_cli('set', 'PO.0001', 'start', '2020')
        self.run_cli('restore', 'copy.passerelle')
        self.assertIsNone(self.show('PO.0001')['start'])
        self.write('not.passerelle', 'something else')
        self.run_cli('restore', 'not.passerelle', status=1)
        self.run_cli('restore', 'absent.passerelle', status=1)
        self.assertEqual(self.show('PO.0001')['title']['en'], 'One')

    def test_check(self):
        self.run_cli('set', 'PO.0001', 'start', '2020')
        self.run_cli('set', 'PO.0001', 'end', '2019')
        result = self.run_cli('check')
        self.assertIn('One', result.out)
        # Half of the file is gone.
        size = os.path.getsize(self.register)
        with open(self.register, 'r+b') as register:
            register.truncate(size // 2 // 4096 * 4096)
        for suffix in ('-wal', '-shm'):
            self.register.with_name(self.register.name + suffix).unlink(missing_ok=True)
        self.run_cli('check', status=1)


if __name__ == '__main__':
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the cells of a file mean, and what is said where they leave it open."""

import unittest

from cli import CliTest, has_translation

COLUMN = 'project_id;title_en;{}\n'


def table(heading, *cells):
    """A file of one column, a project a cell."""
    rows = ''.join(f'PO.{number:04};T;{cell}\n' for number, cell in enumerate(cells, 1))
    return COLUMN.format(heading) + rows


class Meaning(CliTest):
    def values(self, field):
        """The field of all records, in the order of their identifiers."""
        records = self.run_cli('list', 'project', '--json').json()
        return [self.show(name).get(field) for name in sorted(record['project_id'] for record in records)]

    def amounts(self):
        return [value and f"{value['amount']} {value['currency']}" for value in self.values('budget')]

    def test_dates_by_column(self):
        self.import_text(table('start', '01/31/2020', '02/03/2020', '12/25/2020', '11/12/2020'))
        self.assertEqual(self.values('start'), ['2020-01-31', '2020-02-03', '2020-12-25', '2020-11-12'])

    def test_dates_open(self):
        text = table('start', '02/03/2020')
        result = self.import_text(text, status=1)
        self.assertIn('“02/03/2020”', result.err)
        self.assertIn('--dates dmy or --dates mdy', result.err)
        self.assertFalse(self.register.exists())
        self.import_text(text, 'project', '--dates', 'mdy')
        self.assertEqual(self.values('start'), ['2020-02-03'])
        self.import_text(text, 'project', '--dates', 'DMY')
        self.import_text(text, 'project', '--dates', 'dym', status=2)

    def test_dates_open_in_entries(self):
        for cell in ('[{""function"":""regional"",""valid_from"":""02/03/2020""}]', 'regional | | 02/03/2020'):
            result = self.import_text(f'name_en,functions\nA,"{cell}"\n', 'office', status=1)
            self.assertIn('--dates dmy or --dates mdy', result.err)
            self.assertFalse(self.register.exists())

    def test_currency_by_itself(self):
        """Where a kind has one amount, a column “Currency” says its currency."""
        for heading in ('Currency', 'Devise', 'Monnaie'):
            self.import_text(f'project_id,title_en,budget,{heading}\nPO.0001,T,$500,CAD\nPO.0002,T,500,EUR\n')
            self.assertEqual(self.amounts(), ['500.00 CAD', '500.00 EUR'])
            self.run_cli('undo')

    def test_signs_in_titles(self):
        """Titles that differ in a sign are titles of two records, in the file, in the register and in links."""
        titles = ['C++', 'C#', 'Budget > 5', 'Budget < 5', '100%', '100', 'A/B', 'A & B']
        text = 'title_en\n' + ''.join(f'{title}\n' for title in titles)
        self.import_text(text)
        self.import_text(text)
        records = self.run_cli('list', 'project', '--json').json()
        self.assertEqual(sorted(record['title']['en'] for record in records), sorted(titles))
        self.import_text('name_en,city\nC++,Lima\nC#,Lima\n', 'office')
        self.import_text('title_fr,title_en\nC++,\n,C#\n')
        self.assertEqual(len(self.run_cli('list', 'project', '--json').json()), len(titles))
        self.import_text('project_id,title_en,office\nPO.0001,T,C++\nPO.0002,T,c #\n')
        offices = {office['id']: office['name']['en'] for office in self.run_cli('list', 'office', '--json').json()}
        linked = [self.show(name)['office'] for name in ('PO.0001', 'PO.0002')]
        self.assertEqual([offices[office['id'] if isinstance(office, dict) else office] for office in linked], ['C++', 'C#'])
        self.import_text('project_id,title_en,office\nPO.0003,T,C\n', status=1)

    def test_years_far_away(self):
        """Of another calendar, or mistyped: taken as they are, and named with their line and by the check."""
        result = self.import_text('project_id,title_en,start,end,year\nPO.0001,A,31/01/2563,2564,2563\n'
                                  'PO.0002,B,1441-05-05,2020-01-31,2020\nPO.0003,C,1900,2100,2020\n')
        self.assertIn('table.csv:2: start: The year 2563 is not between 1900 and 2100', result.out)
        self.assertIn(':2: end: The year 2564', result.out)
        self.assertIn(':2: year: The year 2563', result.out)
        self.assertIn(':3: start: The year 1441', result.out)
        self.assertNotIn(':4:', result.out)
        self.assertEqual(self.values('start'), ['2563-01-31', '1441-05-05', '1900'])
        self.assertIn('The year 1441 is not between', self.run_cli('check').out)
        result = self.import_text('name_en,functions.function,functions.valid_from\nA,regional,2563-01-31\n', 'office')
        self.assertIn(':2: functions.valid_from: The year 2563', result.out)

    def test_placeholder_identifiers(self):
        """What stands where there is no identifier yet doesn't make two rows one record."""
        marks = ['TBD', 'tbc', 'T.B.D.', 'none', 'NA', 'n/d', 'à définir', 'A PRECISER', '?', '???', 'unknown', 'Néant']
        for mark in marks:
            self.import_text(f'project_id,title_en\n{mark},A\n{mark},B\n')
            records = self.run_cli('list', 'project', '--json').json()
            self.assertEqual([(record['title']['en'], record.get('project_id')) for record in records],
                             [('A', None), ('B', None)], mark)
            self.run_cli('undo')
        self.import_text('project_id,title_en\nTBD,A\n', 'project', '--empty', '')
        self.assertEqual(self.show('TBD')['title']['en'], 'A')
        self.assertIn('à préciser', self.run_cli('import', '--help').out)

    def test_phases(self):
        """Two phases of one title are two projects; what has an identifier is known by it."""
        self.import_text('title_en,phase,year\nT,1,2019\nT,2,2020\nT,2,2020\n')
        records = self.run_cli('list', 'project', '--json').json()
        self.assertEqual(len(records), 2)
        result = self.import_text('title_en,phase\nT,second\n', status=1)
        self.assertIn('1 row refused', result.out)
        result = self.import_text('project_id,title_en,phase\nPO.0001,U,second\n', status=1)
        self.assertIn('1 value left out', result.out)
        self.assertIsNone(self.show('PO.0001')['phase'])

    def test_city_says_nothing(self):
        result = self.import_text('name_en,city\nOffice,-\nOffice,Lima\nOffice,n/a\n', 'office')
        self.assertIn('1 new record', result.out)
        self.assertEqual([record['city'] for record in self.run_cli('list', 'office', '--json').json()], ['Lima'])

    def test_invisible_title(self):
        result = self.import_text('title_en\n\u200b\n\u200e \u2060\n', status=1)
        self.assertIn('2 rows refused', result.out)
        self.assertFalse(self.register.exists())

    def test_dates_contradict(self):
        text = table('start', '01/31/2020', '31/01/2020')
        result = self.import_text(text, status=1)
        self.assertIn('“01/31/2020” and “31/01/2020”', result.err)
        result = self.import_text(text, 'project', '--dates', 'dmy', status=1)
        self.assertIn('table.csv:2: start: ', result.err)
        self.assertIn('1 value left out', result.out)
        self.assertEqual(self.values('start'), [None, '2020-01-31'])

    def test_standard_input(self):
        result = self.run_cli('import', '-', '--kind', 'project', stdin=table('start', '02/03/2020'), status=1)
        self.assertIn('--dates', result.err)
        self.run_cli('import', '-', '--kind', 'project', stdin=table('start', '02/03/2020', '01/31/2020'))
        self.assertEqual(self.values('start'), ['2020-02-03', '2020-01-31'])

    def test_qualified_dates(self):
        cells = ['<2020', '>2020', '~2020', '2020?', '2020.5', '(2020)', '2020-', 'c. 2020']
        result = self.import_text(table('start', *cells), status=1)
        for cell in cells:
            self.assertIn(f'“{cell}”', result.err)
        self.assertEqual(self.values('start'), [None] * len(cells))

    def test_decimals(self):
        text = table('budget', '1,234', '50,000')
        result = self.import_text(text, status=1)
        self.assertIn('--decimals point or --decimals comma', result.err)
        self.import_text(text, 'project', '--decimals', 'point')
        self.assertEqual(self.amounts(), ['1234.00 USD', '50000.00 USD'])
        self.import_text(text, 'project', '--decimals', 'semicolon', status=2)

    def test_decimals_by_column(self):
        self.import_text(table('budget', '1.234', '0,5'))
        self.assertEqual(self.amounts(), ['1234.00 USD', '0.50 USD'])
        self.run_cli('undo')
        result = self.import_text(table('budget', '1.234', '0.5'), status=1)
        self.assertIn('“1.234”', result.err)
        self.assertEqual(self.amounts(), [None, '0.50 USD'])

    def test_below_zero(self):
        cells = ['500-', '1,234.56-', '‐500', '(500)', '-500', '500?', '~500']
        result = self.import_text(table('budget', *cells), status=1)
        for cell in cells:
            self.assertIn(f'“{cell}”', result.err)
        self.assertEqual(self.amounts(), [None] * len(cells))

    def test_currency_of_heading(self):
        for heading, value in [('Budget (€)', '500.00 EUR'), ('Budget £', '500.00 GBP'), ('Budget [k€]', '500000.00 EUR')]:
            self.import_text(table(heading, '500'))
            self.assertEqual(self.amounts(), [value])
            self.run_cli('undo')

    def test_currency_beside(self):
        text = ('project_id,title_en,budget,budget_currency\n'
                'PO.0001,T,$500,CAD\nPO.0002,T,500 USD,EUR\nPO.0003,T,500,\n')
        result = self.import_text(text, status=1)
        self.assertIn('table.csv:3: budget: “500 USD”', result.err)
        self.assertEqual(self.amounts(), ['500.00 CAD', None, '500.00 USD'])

    def test_currency_option(self):
        self.import_text(table('budget', '$500', '500', '500 EUR'), 'project', '--currency', 'CAD')
        self.assertEqual(self.amounts(), ['500.00 CAD', '500.00 CAD', '500.00 EUR'])

    def test_century(self):
        text = ('project_id;title_en;start;end\n'
                'PO.0001;A;1-May-07 ;31-Mar-11 \nPO.0002;B;1-Jan-98;31-Dec-02\n')
        result = self.import_text(text, status=1)
        self.assertIn('“1-May-07”', result.err)
        self.assertIn('--century 1950', result.err)
        self.import_text(text, 'project', '--century', '1950')
        self.assertEqual(self.values('start'), ['2007-05-01', '1998-01-01'])
        self.assertEqual(self.values('end'), ['2011-03-31', '2002-12-31'])
        self.run_cli('undo')
        self.import_text(text, 'project', '--century', '20')
        self.assertEqual(self.values('start'), ['2007-05-01', '2098-01-01'])
        self.import_text(text, 'project', '--century', '50', status=2)

    def test_empty_marks(self):
        text = table('budget', ' -   ', 'n/a', 'S.O.', '$ -', 'tbc')
        result = self.import_text(text, status=1)
        self.assertIn('“tbc”', result.err)
        self.assertIn('1 value left out', result.out)
        self.import_text(text, 'project', '--empty', 'TBC')
        result = self.import_text(text, 'project', '--empty', '', '--empty', 'tbc', status=1)
        self.assertIn('4 values left out', result.out)

    def test_left_out(self):
        text = 'project_id;title_en;start;status\nPO.0001;A;soon;2\nPO 2;B;2020;2\n'
        result = self.import_text(text, status=1)
        self.assertIn('1 value left out', result.out)
        self.assertIn('1 row refused', result.out)
        self.assertEqual(self.values('status'), ['2'])
        self.run_cli('undo')
        result = self.import_text(text, 'project', '--strict', status=1)
        self.assertIn('2 rows refused', result.out)
        self.assertEqual(self.values('status'), [])

    def test_help(self):
        text = self.run_cli('import', '--help').out
        for name in ['--dates', '--decimals', '--century', '--empty', '--currency', '--strict', 'n/a', 'title_fr',
                     'budget_currency', 'results.indicator', 'beneficiaries.percentage', 'name_en', 'functions.covers',
                     'latitude']:
            self.assertIn(name, text)
        self.assertIn('Ends with 0', text)

    @unittest.skipUnless(has_translation('fr'), 'the program is not translated here')
    def test_french(self):
        result = self.import_text(table('Début', '02/03/2020'), status=1, locale='fr_FR.UTF-8')
        self.assertIn('«\u00a002/03/2020\u00a0»', result.err)
        self.assertIn('--dates dmy ou --dates mdy', result.err)


if __name__ == '__main__':
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Import and export, as the command line does them."""

import csv
import io
import json
import os
import re
import unittest
import uuid

from cli import ENGLISH, FRENCH, SHARED, SOURCE, CliTest, has_locale

FACTS = SHARED / 'iom' / 'idf-projects-facts.csv'
OFFICES = SHARED / 'iom' / 'offices-facts.csv'
MAPS = ['--map', 'start_year=start', '--map', 'end_year=end', '--map', 'budget_usd=budget',
        '--map', 'type_as_printed=type', '--map', 'idf_region=region',
        '--map', 'benefiting_states_iso2=beneficiaries']

# The lines of an import's summary, in either language.
COUNTS = (r'(\d+)\s(?:new record|nouvelle)', r'(\d+)\s(?:changed record|fiches? modifiée)',
          r'(\d+)\s(?:identical|fiches? identique)', r'(\d+)\s(?:rows? refused|lignes? refusée)')

TABLE = ('project_id,title_fr,title_en,status,start,end,budget,beneficiaries\n'
         'PO.0001,Un,One,Completed,2020,2021-05,"1,000.50",MD PL\n'
         'PO.0002,Deux,,Actif,17/05/2020,,5 000 EUR,Moldavie;Pologne\n')


class Import(CliTest):
    def test_import(self):
        result = self.import_text(TABLE)
        self.assertIn('2 new records', result.out)
        one = self.show('PO.0001')
        self.assertEqual(one['title'], {'fr': 'Un', 'en': 'One'})
        self.assertEqual(one['status'], '4')
        self.assertEqual((one['start'], one['end']), ('2020', '2021-05'))
        self.assertEqual(one['budget'], {'amount': '1000.50', 'currency': 'USD'})
        self.assertEqual(one['beneficiaries'], ['MD', 'PL'])
        two = self.show('PO.0002')
        self.assertEqual(two['start'], '2020-05-17')
        self.assertEqual(two['budget'], {'amount': '5000.00', 'currency': 'EUR'})
        self.assertEqual(two['beneficiaries'], ['MD', 'PL'])

        result = self.import_text(TABLE)
        self.assertIn('0 new records', result.out)
        self.assertIn('0 changed records', result.out)
        self.assertIn('2 identical records', result.out)

        self.assertIn('table.csv', self.run_cli('undo').out)
        self.assertEqual(self.run_cli('list', 'project', '--json').json(), [])
        self.run_cli('redo')
        self.assertEqual(len(self.run_cli('list', 'project', '--json').json()), 2)

    def test_dry_run(self):
        plan = self.import_text(TABLE, 'project', '--dry-run').out
        self.assertIn('2 new records', plan)
        self.assertFalse(self.register.exists())
        self.import_text('project_id\nPO.0009\n')
        before = self.run_cli('list', 'project', '--json').out
        self.assertEqual(self.import_text(TABLE, 'project', '--dry-run').out, plan)
        self.assertEqual(self.run_cli('list', 'project', '--json').out, before)

    def test_bad_rows(self):
        text = 'project_id,start,status\nPO.0001,2020-13,2\nPO.0002,2020,2\nPO.0003,2020,Nonsense\n'
        result = self.import_text(text, status=1)
        self.assertIn('table.csv:2: start: ', result.err)
        self.assertIn('table.csv:4: status: ', result.err)
        self.assertEqual([record['project_id'] for record in self.run_cli('list', 'project', '--json').json()],
                         ['PO.0001', 'PO.0002', 'PO.0003'])
        self.assertIn('2 values left out', result.out)
        self.assertIsNone(self.show('PO.0001').get('start'))
        self.assertEqual(self.show('PO.0001')['status'], '2')
        self.run_cli('undo')
        result = self.import_text(text, 'project', '--strict', status=1)
        self.assertIn('table.csv:2: start: ', result.err)
        self.assertEqual(self.run_cli('list', 'project', '--json').json(), [])

    def test_no_uuid(self):
        result = self.import_text('Record id,title_en\n12,One\n', 'project', '--map', 'Record id=id', status=1)
        self.assertIn('“12” in the column “Record id” is not a UUID', result.err)
        self.assertIn("--map 'Record id=-' or --map 'Record id=FIELD'", result.err)

    def test_conflicts(self):
        self.import_text('project_id,title_en,end\nPO.0001,One,2007\n')
        result = self.import_text('project_id,title_en,end\nPO.0001,Two,2024\n')
        self.assertIn('table.csv:2: end: ', result.out)
        self.assertIn('2007', result.out)
        self.assertIn('2024', result.out)
        self.assertEqual(self.show('PO.0001')['end'], '2007')
        self.import_text('project_id,title_en,end\nPO.0001,Two,2024\n', 'project', '--prefer-file')
        self.assertEqual(self.show('PO.0001')['end'], '2024')
        self.assertEqual(self.show('PO.0001')['title']['en'], 'Two')

    def test_conflicting_columns(self):
        """Two columns of one row that go to the same field."""
        result = self.import_text('project_id,begin,start\nPO.0001,2021,2022\n', 'project', '--map', 'begin=start')
        self.assertIn('table.csv:2: start: ', result.out)
        for part in ('2021', '2022', 'another column', '1 conflict'):
            self.assertIn(part, result.out)
        self.assertEqual(self.show('PO.0001')['start'], '2021')

    def test_columns(self):
        result = self.import_text('Projet ID;Titre;Année;Montant;Autre\nPO.0001;Élan;2020;1 000,50;x\n', 'project',
                                  '--map', 'Montant=budget', '--currency', 'EUR')
        self.assertIn('Autre', result.out)
        one = self.show('PO.0001')
        self.assertEqual(one['title'], {'fr': 'Élan', 'en': None})
        self.assertEqual(one['year'], 2020)
        self.assertEqual(one['budget'], {'amount': '1000.50', 'currency': 'EUR'})
        self.import_text('project_id,title\nPO.0002,Name\n', 'project', '--language', 'fr')
        self.assertEqual(self.show('PO.0002')['title'], {'fr': 'Name', 'en': None})

    def test_encodings(self):
        for n, (encoding, bom) in enumerate([('utf-8', b''), ('utf-8-sig', b''), ('utf-16', b''), ('utf-16-le', b''),
                                             ('utf-16-be', b''), ('cp1252', b'')]):
            for delimiter in ',;\t':
                title = f'Œuvre d’été {n}'
                text = delimiter.join(['project_id', 'title_fr', 'year']) + '\r\n'
                identifier = f'PO.{n:02}{",;".find(delimiter) + 1:02}'
                text += delimiter.join([identifier, title, '2020']) + '\r\n'
                path = self.write('table.csv', text, encoding)
                self.run_cli('import', path, '--kind', 'project', '--map', 'year=year')
                self.assertEqual(self.show(identifier)['title']['fr'], title, encoding)
                self.run_cli('undo')

    def test_one_bad_byte(self):
        """A byte that is not UTF-8 is named, and does not garble the others."""
        path = self.folder / 'mixed.csv'
        path.write_bytes('project_id,title_fr\nPO.0001,Étoile\n'.encode() + b'PO.0002,Qu\xe9bec\n')
        result = self.run_cli('import', path, '--kind', 'project', status=1)
        self.assertIn('mixed.csv: Line 3: in “PO.0002,Qu�”, the byte 0xE9', result.err)
        self.assertIn('--encoding', result.err)
        self.assertFalse(self.register.exists())
        result = self.run_cli('import', path, '--kind', 'project', '--encoding', 'windows-1252')
        self.assertEqual(self.show('PO.0002')['title']['fr'], 'Québec')
        self.assertIn('mixed.csv:2: The accents of the text are valid UTF-8', result.out)

    def test_encoding_is_said(self):
        path = self.write('table.csv', 'project_id,title_fr\nPO.0001,Réfugiés\n', 'cp1252')
        self.assertIn('WINDOWS-1252', self.run_cli('import', path, '--kind', 'project', '--dry-run').out)
        self.assertNotIn('1252', self.run_cli('import', path, '--kind', 'project', '--encoding', 'ansi').out)
        self.assertNotIn('UTF', self.import_text('project_id,title_fr\nPO.0002,Réfugiés\n').out)
        path = self.write('table.csv', 'project_id,title_fr\nPO.0003,Réfugiés à Genève\n', 'mac-roman')
        self.assertIn('--encoding', self.run_cli('import', path, '--kind', 'project', status=1).err)
        self.run_cli('import', path, '--kind', 'project', '--encoding', 'macintosh')
        self.assertEqual(self.show('PO.0003')['title']['fr'], 'Réfugiés à Genève')
        self.run_cli('import', path, '--kind', 'project', '--encoding', 'nonsense', status=2)

    def test_encoding_overruled(self):
        """A file of UTF-8 is read as what was said, which is told."""
        path = self.write('table.csv', 'project_id,title_fr\nPO.0001,Un\nPO.0002,Réfugiés\n', 'utf-8')
        result = self.run_cli('import', path, '--kind', 'project', '--encoding', 'windows-1252')
        self.assertIn('table.csv:3: The accents of the text are valid UTF-8, but it is read as WINDOWS-1252', result.out)
        self.assertEqual(self.show('PO.0002')['title']['fr'], 'RÃ©fugiÃ©s')

    def test_lone_currency(self):
        result = self.import_text('project_id,budget,budget_currency\nPO.0001,,EUR\nPO.0002,5,USD\n', status=1)
        self.assertIn('table.csv:2: budget: “EUR” stands beside no amount. This value is left out.', result.err)
        self.assertIn('1 value left out', result.out)
        result = self.import_text('project_id,budget,budget_currency\nPO.0003,,EUR\nPO.0004,,EUR\n')
        self.assertEqual(result.out.count('EUR'), 1)
        self.assertIn('table.csv:2: budget: “EUR” stands beside no amount in 2 rows', result.out)

    def test_foreign_files(self):
        """What is no table is named, and nothing is made."""
        for text, words in [(b'PK\x03\x04\x14\0\0\0 xl/workbook.xml', 'workbook'), (b'<?xml version="1.0"?>\n<a/>\n', 'XML'),
                            (b'{"title": "x"}\n', 'JSON'), (b'%PDF-1.4\n', 'document')]:
            path = self.folder / 'x.csv'
            path.write_bytes(text)
            self.assertIn(words, self.run_cli('import', path, '--kind', 'project', status=1).err)
            self.assertEqual(self.run_cli('import', '-', '--kind', 'project', stdin=text, status=1).err.count('\n'), 1)
            self.assertEqual(os.listdir(self.folder), ['x.csv'])
        self.import_text(TABLE)
        self.assertIn('is a register', self.run_cli('import', self.register, '--kind', 'project', status=1).err)

    def test_nothing_made(self):
        """A command that fails leaves no register where there was none."""
        for text, arguments, status in [('one,two\n1,2\n', [], 1), ('project_id\n', ['--map', 'nothing=start'], 1),
                                        ('project_id,start\nPO.0001,never\nPO.0002,2020\n', ['--strict'], 1),
                                        ('', [], 1), (TABLE, ['--language', 'no language'], 2)]:
            self.import_text(text, 'project', *arguments, status=status)
            self.assertEqual(os.listdir(self.folder), ['table.csv'])
        self.run_cli('new', 'project', 'status=nonsense', status=None)
        self.assertEqual(os.listdir(self.folder), ['table.csv'])
        (self.folder / 'here').mkdir()
        self.run_cli('--register', 'here/r.passerelle', 'import', 'absent.csv', '--kind', 'project', status=1)
        self.assertEqual(os.listdir(self.folder / 'here'), [])
        # A register that was there stays.
        self.import_text('project_id\n')
        self.import_text('one,two\n1,2\n', status=1)
        self.assertTrue(self.register.exists())

    def test_names_with_colons(self):
        """A file's name is a name, whatever stands in it."""
        self.write('donnees:2024.csv', TABLE)
        for register in ['r:1.passerelle', 'file:r.passerelle', ':memory:', 'r?mode=ro#%20.passerelle']:
            self.run_cli('--register', register, 'import', 'donnees:2024.csv', '--kind', 'project')
            self.run_cli('--register', register, 'export', 'out:1.csv', '--kind', 'project')
            self.run_cli('--register', register, 'backup', 'file:b?x.passerelle')
            self.run_cli('--register', register, 'restore', 'file:b?x.passerelle')
            self.assertEqual(len(self.run_cli('--register', register, 'list', 'project', '--json').json()), 2)
            self.assertTrue((self.folder / register).exists())
            for name in ['out:1.csv', 'file:b?x.passerelle']:
                (self.folder / name).unlink()
        self.run_cli('import', (self.folder / 'donnees:2024.csv').as_uri(), '--kind', 'project')

    def test_merged_rows(self):
        """Offices of one name in two cities are two; rows that are one are named."""
        result = self.import_text('name_en,city,country,phone\nCountry Office,Lima,PE,+51 1 111 1111\n'
                                  'Country Office,Quito,EC,+593 2 222 2222\nCountry Office,Lima,,\n', 'office')
        self.assertIn('2 new records', result.out)
        self.assertIn('table.csv:4: The row goes into Country Office, with line 2.', result.out)
        self.assertIn('1 row went into the record of an earlier row', result.out)
        offices = self.run_cli('list', 'office', '--json').json()
        self.assertEqual(sorted((office['city'], office['phone']) for office in map(lambda o: self.show(o['id']), offices)),
                         [('Lima', '+51 1 111 1111'), ('Quito', '+593 2 222 2222')])

    def test_missing_links(self):
        """A link to an office that isn't there: left empty, made, or refused."""
        text = 'project_id,office\nPO.0001,Chisinau\n'
        result = self.import_text(text, status=1)
        self.assertIn('table.csv:2: office: There is no record “Chisinau”', result.err)
        self.assertIn('1 value left out', result.out)
        self.assertIsNone(self.show('PO.0001')['office'])
        self.run_cli('undo')
        self.import_text(text, 'project', '--missing-links', 'refuse', status=1)
        self.import_text(text, 'project', '--strict', status=1)
        self.import_text(text, 'project', '--missing-links', 'nonsense', status=2)
        result = self.import_text(text, 'project', '--missing-links', 'create')
        self.assertIn('table.csv:2: office: There was no record “Chisinau”: it is made.', result.out)
        self.assertIn('1 record made because a link names it', result.out)
        self.assertEqual(len(self.run_cli('list', 'office', '--json').json()), 1)
        self.assertIn('1 identical record', self.import_text(text, 'project', '--missing-links', 'create').out)

    def test_refused_rows(self):
        """Rows that did not go in whole are written for correction, and go in afterwards."""
        text = 'name_en,country,reports_to\nGeneva,CH,\n,,\n"Lima"x,PE,\nOslo,NO,Nowhere\n'
        result = self.import_text(text, 'office', '--refused', 'refused.csv', status=1)
        self.assertIn('refused.csv: 2 rows to correct and import again.', result.out)
        path = self.folder / 'refused.csv'
        rows = list(csv.DictReader(io.StringIO(path.read_text('utf-8-sig'))))
        self.assertEqual([row['country'] for row in rows], ['PE', 'NO'])
        self.assertTrue(all(row['Import problems'] for row in rows))
        path.write_text(path.read_text('utf-8').replace('"""Lima""x"', 'Lima').replace('Nowhere,', 'Geneva,', 1), 'utf-8')
        result = self.run_cli('import', path, '--kind', 'office')
        self.assertNotIn('column', result.out)
        self.assertIn('1 new record', result.out)
        self.assertIn('1 changed record', result.out)
        # Nothing refused, nothing written; and never over the file itself.
        self.import_text('name_en\nQuito\n', 'office', '--refused', 'none.csv')
        self.assertFalse((self.folder / 'none.csv').exists())
        self.import_text(text, 'office', '--refused', 'table.csv', status=2)
        self.import_text(text, 'office', '--refused', self.register, status=2)
        # Nor is anything imported where it would have no place.
        result = self.import_text('name_en\nNowhere\n', 'office', '--refused', 'nowhere/refused.csv', status=2)
        self.assertIn('nowhere', result.err)
        self.assertNotIn('Nowhere', self.run_cli('list', 'office').out)

    def test_column_mapped_twice(self):
        result = self.import_text('x,title_en\n2020,One\n', 'project', '--map', 'x=start', '--map', 'x=end', status=2)
        self.assertIn('The column “x” is mapped twice.', result.err)

    def test_refused_formula(self):
        """The rows to correct are opened in a spreadsheet, which runs nothing of them."""
        cells = ['=1+1', '@SUM(1)', '-x', '+x', "'quoted", "'=x"]
        for heading in ('title_en', 'Title (English)'):
            text = f'{heading},project_id,year\n' + ''.join(f'{cell},PO.000{n},x\n' for n, cell in enumerate(cells))
            self.import_text(text, 'project', '--refused', 'refused.csv', status=1)
            titles = [self.show(f'PO.000{n}')['title']['en'] for n in range(len(cells))]
            path = self.folder / 'refused.csv'
            rows = list(csv.DictReader(io.StringIO(path.read_text('utf-8-sig'))))
            self.assertEqual([row[heading] for row in rows], ["'=1+1", "'@SUM(1)", "'-x", "'+x", "'quoted",
                                                              "''=x" if heading == 'title_en' else "'=x"])
            result = self.run_cli('import', path, '--kind', 'project', status=1)
            self.assertIn('0 conflicts', result.out)
            self.assertEqual(titles, ['=1+1', '@SUM(1)', '-x', '+x', "'quoted", "'=x" if heading == 'title_en' else '=x'])
            self.run_cli('undo')

    def test_tags_below_records(self):
        """Rows above the tags are headings, whatever they look like: it is said."""
        result = self.import_text('title_en,project_id\nA,PO.0001\n#activity+name,#activity+code\nB,PO.0002\n')
        self.assertIn('table.csv:3: The row of HXL tags is left out, and so are the rows above it', result.out)
        result = self.import_text('title_en,project_id\n#activity+name,#activity+code\nB,PO.0002\n')
        self.assertNotIn('above', result.out)

    def test_wide_characters(self):
        """UTF-32 begins as UTF-16 does."""
        for encoding in ('utf-32', 'utf-32-le', 'utf-32-be'):
            path = self.write('wide.csv', 'title_en\nA\n', encoding)
            self.assertIn('not a text file', self.run_cli('import', path, '--kind', 'project', status=1).err)

    def test_lost_ligature(self):
        """A control character stands where Windows-1252 had “œ” or “’”."""
        result = self.import_text('title_fr\nMise en \x9cuvre\n')
        self.assertIn('table.csv:2: The text seems to have been garbled', result.out)

    def test_streams(self):
        result = self.run_cli('import', '-', '--kind', 'project', stdin=TABLE)
        self.assertIn('2 new records', result.out)
        out = self.run_cli('export', '-', '--kind', 'project', '--for-register').out
        rows = list(csv.DictReader(io.StringIO(out)))
        self.assertEqual(sorted(row['project_id'] for row in rows), ['PO.0001', 'PO.0002'])

    def test_third_language(self):
        """Texts in any language are read, found, kept in the history, written and read again."""
        self.import_text('project_id,title_fr,title[es],Objectives (Spanish),Titre (portugais),title_zz,Title (new)\n'
                         'PO.0001,Passerelle,La pasarela,Añorar la niñez,A passarela,x,y\n')
        one = self.show('PO.0001')
        self.assertEqual(one['title'], {'fr': 'Passerelle', 'en': None, 'es': 'La pasarela', 'pt': 'A passarela'})
        self.assertEqual(one['objectives'], {'fr': None, 'en': None, 'es': 'Añorar la niñez'})
        for words in ('pasarela', 'ninez', 'A passarela'):
            self.assertEqual(len(self.run_cli('list', 'project', '--search', words, '--json').json()), 1, words)
        for where, n in [('title_es~pasarela', 1), ('title_fr~pasarela', 0), ('title_pt=', 0), ('title_en=', 1)]:
            self.assertEqual(len(self.run_cli('list', 'project', '--where', where, '--json').json()), n, where)

        self.run_cli('set', 'PO.0001', 'title_es', 'Pasarela')
        self.run_cli('set', 'PO.0001', 'title_zh-hant', '步橋')
        changed = self.show('PO.0001')['title']
        self.assertEqual((changed['zh-Hant'], changed['es']), ('步橋', 'Pasarela'))
        self.assertIn('(zh-Hant)', self.run_cli('history', 'PO.0001').out)
        self.assertIn('步橋', self.run_cli('show', 'PO.0001').out)
        self.run_cli('undo')
        self.run_cli('undo')
        self.assertEqual(self.show('PO.0001'), one)
        self.run_cli('redo')
        self.run_cli('redo')
        self.assertEqual(self.show('PO.0001')['title'], changed)
        self.run_cli('check')

        for arguments in (['--for-register'], ['--labels', 'fr'], ['--labels', 'en']):
            self.run_cli('export', 'out.csv', '--kind', 'project', *arguments)
            self.assertIn('1 identical record\n', self.run_cli('import', 'out.csv', '--kind', 'project').out)
            other = self.folder / f'{arguments[-1]}.passerelle'
            self.run_cli('--register', other, 'import', 'out.csv', '--kind', 'project')
            again = self.run_cli('--register', other, 'show', 'PO.0001', '--json').json()
            self.assertEqual((again['title'], again['objectives']), (changed, one['objectives']), arguments)

    def test_unknown_language(self):
        """A column in a language that there isn't is named, not passed over in silence."""
        out = self.import_text('project_id,title_fr,title_zzz,title_pt-toolongregion\nPO.0001,Titre,x,y\n').out
        self.assertIn('title_zzz', out)
        self.assertIn('title_pt-toolongregion', out)
        self.assertEqual(self.show('PO.0001')['title'], {'fr': 'Titre', 'en': None})
        self.run_cli('set', 'PO.0001', 'title_zzz', 'x', status=2)

    def test_conflict_in_third_language(self):
        self.import_text('project_id,title_es\nPO.0001,Uno\n')
        out = self.import_text('project_id,title_es,title_pt\nPO.0001,Dos,Dois\n').out
        self.assertIn('title_es', out)
        self.assertEqual(self.show('PO.0001')['title'], {'fr': None, 'en': None, 'es': 'Uno', 'pt': 'Dois'})
        # A cell that the file set is not set again by another row of it.
        self.import_text('project_id,title_es,title_pt\nPO.0001,Dos,Dois\nPO.0001,Tres,Dois\n', 'project', '--prefer-file')
        self.assertEqual(self.show('PO.0001')['title']['es'], 'Dos')

    def test_failures(self):
        self.assertIn('absent.csv', self.run_cli('import', 'absent.csv', '--kind', 'project', status=1).err)
        self.assertIn('table.csv', self.import_text('', status=1).err)
        self.assertIn('table.csv', self.import_text('one,two\n1,2\n', status=1).err)
        self.import_text(TABLE, 'nothing', status=2)
        self.import_text(TABLE, 'project', '--map', 'title_fr=nothing', status=2)
        self.import_text(TABLE, 'project', '--map', 'nothing=start', status=1)
        self.import_text(TABLE, 'project', '--language', 'no language', status=2)
        self.import_text(TABLE, 'project', '--currency', 'nothing', status=2)
        self.import_text(TABLE, 'project', '--delimiter', 'nothing', status=2)
        self.run_cli('import', '--kind', 'project', status=2)
        self.run_cli('import', 'table.csv', status=2)

    def test_remarks(self):
        """A value that is not taken stays in a remark on its field, once, with both values and their sources."""
        self.run_cli('--author', 'Ana', 'new', 'project', 'project_id=PO.0160', 'title_en=Nurses', 'end=2007')
        table = 'project_id,title_en,end\nPO.0160,Nurses,2024\n'
        before = self.run_cli('list', 'remark', '--json').json()
        self.import_text(table, 'project', '--dry-run')
        self.assertEqual(self.run_cli('list', 'remark', '--json').json(), before)

        self.import_text(table, 'project')
        remark, = self.show('PO.0160')['remarks']
        self.assertEqual((remark['about'], remark['value']), ('end', '2024'))
        self.assertIn('line 2', remark['source'])
        for part in ('2007', '2024', 'Ana', remark['source']):
            self.assertIn(part, remark['text']['en'])
        self.assertEqual(self.show('PO.0160')['end'], '2007')
        # Neither the same file again nor one that was decided about leaves another.
        self.import_text(table, 'project')
        self.assertEqual(len(self.show('PO.0160')['remarks']), 1)
        self.run_cli('delete', remark['id'])
        self.import_text(table, 'project')
        self.assertEqual(self.show('PO.0160')['remarks'], [])
        self.import_text('project_id,title_fr,end\nPO.0160,Infirmières,2025\n', 'project')
        self.assertEqual([remark['value'] for remark in self.show('PO.0160')['remarks']], ['2025'])
        # The remark is no record beside the project.
        self.assertRegex(self.run_cli('undo').out, r'Import of table\.csv: 1 record\b')
        self.assertEqual(self.show('PO.0160')['remarks'], [])
        self.import_text(table.replace('2024', '2026'), 'project', '--prefer-file')
        self.assertEqual(self.show('PO.0160')['end'], '2026')
        self.assertEqual(self.show('PO.0160')['remarks'], [])

    def test_decide_remarks(self):
        """What an import left open is named, and decided by a command or by an import that prefers the file."""
        self.run_cli('new', 'project', 'project_id=PO.0160', 'title_en=Nurses', 'end=2020')
        tables = [f'project_id,end\nPO.0160,{end}\n' for end in ('2021', '2022')]
        self.assertNotIn('end', self.run_cli('check').out)
        self.assertIn('nothing to decide', self.run_cli('resolve', 'PO.0160', 'end', '2021', status=1).err)

        # The command decides on all that is open of the field, in one action.
        for table in tables:
            self.import_text(table, 'project')
        self.assertRegex(self.run_cli('check').out, r'to be looked at: .*end: .*2020 \| 2021 \| 2022')
        self.assertRegex(self.run_cli('show', 'PO.0160').out,
                         r'End: .*2020 \| 2021 \| 2022.*\n.*“resolve %s end VALUE” decides' % self.show('PO.0160')['id'])
        self.run_cli('resolve', 'PO.0160', 'end', 'soon', status=1)
        self.assertEqual(len(self.show('PO.0160')['remarks']), 2)
        self.run_cli('resolve', 'PO.0160', 'end', '2021')
        self.assertEqual((self.show('PO.0160')['end'], self.show('PO.0160')['remarks']), ('2021', []))
        self.assertNotIn('end', self.run_cli('check').out)
        self.assertIn('nothing to decide', self.run_cli('resolve', 'PO.0160', 'end', '2021', status=1).err)
        self.run_cli('undo')
        self.assertEqual(self.show('PO.0160')['end'], '2020')
        self.assertEqual(len(self.show('PO.0160')['remarks']), 2)
        # The value of the register can be decided for, too.
        self.run_cli('resolve', 'PO.0160', 'end', '2020')
        self.assertEqual((self.show('PO.0160')['end'], self.show('PO.0160')['remarks']), ('2020', []))
        self.run_cli('undo')

        # So does the value of a file that is preferred, on the remark that has it.
        self.import_text(tables[0], 'project', '--prefer-file')
        self.assertEqual(self.show('PO.0160')['end'], '2021')
        self.assertEqual([remark['value'] for remark in self.show('PO.0160')['remarks']], ['2022'])
        self.assertRegex(self.run_cli('check').out, r'end: .*2021 \| 2022')
        self.assertEqual(self.run_cli('trash').out, '')
        self.run_cli('undo')
        self.assertEqual(self.show('PO.0160')['end'], '2020')
        self.assertEqual(len(self.show('PO.0160')['remarks']), 2)
        # What is in the trash is nothing to look at.
        self.run_cli('delete', 'PO.0160')
        self.assertNotIn('end', self.run_cli('check').out)

    @unittest.skipUnless(FACTS.exists(), 'there is no ../shared/data/iom here')
    def test_facts(self):
        result = self.run_cli('import', FACTS, '--kind', 'project', *MAPS)
        self.assertIn('25 new records', result.out)
        self.assertIn('W34-805', result.out)
        self.assertIn('2007', result.out)
        self.assertIn('2024', result.out)
        self.assertIn('type_lang', result.out)
        self.assertIn('source_url', result.out)
        records = self.run_cli('list', 'project', '--json').json()
        self.assertEqual(len(records), 25)
        self.assertEqual(self.show('W34-805')['end'], '2007')

        result = self.run_cli('import', FACTS, '--kind', 'project', *MAPS)
        self.assertIn('0 new records', result.out)
        self.assertIn('0 changed records', result.out)
        self.assertEqual(self.run_cli('list', 'project', '--json').json(), records)

        self.run_cli('undo')
        self.assertEqual(self.run_cli('list', 'project', '--json').json(), [])

    @unittest.skipUnless(OFFICES.exists(), 'there is no ../shared/data/iom here')
    def test_office_facts(self):
        result = self.run_cli('import', OFFICES, '--kind', 'office')
        self.assertIn('25 new records', result.out)
        bangkok, = self.run_cli('list', 'office', '--where', 'city=Bangkok', '--json').json()
        functions = [(function['function'], function['covers']) for function in bangkok['functions']]
        self.assertIn(('coordination', '034'), functions)
        panama = self.run_cli('list', 'office', '--where', 'city=Panama', '--json').json()
        self.assertEqual(sorted(office['kind'] for office in panama), ['administrative-centre', 'regional'])


class Export(CliTest):
    def test_sample(self):
        """What the program writes, an empty register takes back: the same records."""
        sample = SOURCE / 'data' / 'sample'
        self.run_cli('import', sample / 'offices.csv', '--kind', 'office')
        self.run_cli('import', sample / 'projects.csv', '--kind', 'project')
        for kind in ('office', 'project'):
            self.run_cli('export', f'{kind}.csv', '--kind', kind, '--for-register')
        other = self.folder / 'other.passerelle'
        for kind in ('office', 'project'):
            result = self.run_cli('--register', other, 'import', f'{kind}.csv', '--kind', kind)
            self.assertIn('25 new records', result.out)
            self.assertEqual(self.run_cli('list', kind, '--json', '--sort', 'changed').json().sort(key=str),
                             self.run_cli('--register', other, 'list', kind, '--json').json().sort(key=str))
            records = {record['id']: record for record in self.run_cli('list', kind, '--json').json()}
            copies = {record['id']: record
                      for record in self.run_cli('--register', other, 'list', kind, '--json').json()}
            self.assertEqual(records, copies)
            result = self.run_cli('import', f'{kind}.csv', '--kind', kind)
            self.assertIn('25 identical records', result.out)
        # The parts of records are not counted beside them.
        for kind in ('project', 'office'):
            self.assertIn(f'{kind}.csv: 25 records', self.run_cli('--register', other, 'undo').out)

    PARTED = ('office', 'project', 'function', 'former_name', 'result', 'document', 'remark')

    def make(self, kind, *values):
        return self.run_cli('new', kind, *values).out.split()[-1]

    def fill_parts(self):
        """An office and a project with parts, and remarks on the project and on a result of it."""
        office = self.make('office', 'city=Bangkok', 'country=TH', 'kind=regional')
        self.make('function', f'office={office}', 'function=coordination', 'covers=034')
        self.make('former_name', f'office={office}', 'name_en=Mission in Bangkok')
        project = self.make('project', 'project_id=PO.0001', 'title_en=One', f'office={office}')
        self.make('result', f'project={project}', 'indicator_en=Nurses', 'indicator_fr=Infirmières', 'level=2', 'target=40')
        result = self.make('result', f'project={project}', 'indicator_en=Schools', 'level=2')
        self.make('document', f'project={project}', 'title_en=Report', 'url=https://example.org/')
        for record in (project, result):
            self.make('remark', f'record={record}', 'text_en=Is that so?')
        return office, project, result

    def export_parts(self):
        for kind in self.PARTED:
            self.run_cli('export', f'{kind}.csv', '--kind', kind, '--for-register')

    def test_parts(self):
        """Parts are the same records in another register, whichever file brings them there."""
        records = [self.show(name) for name in self.fill_parts()]
        self.export_parts()
        for kinds in (self.PARTED, ('office', 'project', 'remark')):
            other = self.folder / f'{len(kinds)}.passerelle'
            outcomes = {kind: self.run_cli('--register', other, 'import', f'{kind}.csv', '--kind', kind).out for kind in kinds}
            for kind in set(kinds) - {'office', 'project', 'remark'}:
                self.assertRegex(outcomes[kind], '[12] identical record')
                self.assertIn('0 new records', outcomes[kind])
            self.assertIn('2 new records', outcomes['remark'])
            self.assertEqual([self.run_cli('--register', other, 'show', record['id'], '--json').json() for record in records],
                             records)
            self.run_cli('--register', other, 'check')

    def test_parts_merged(self):
        """A part of the file goes into the part of its UUID, value by value; others stay, and so does what is in the trash."""
        _, project, result = self.fill_parts()
        self.export_parts()
        self.run_cli('set', result, 'indicator_en', '')
        self.run_cli('set', result, 'level', '1')
        extra = self.make('result', f'project={project}', 'indicator_en=Nurses')
        self.assertIn('1 changed record', self.run_cli('import', 'project.csv', '--kind', 'project').out)
        results = self.show(project)['results']
        self.assertEqual([(one['indicator']['en'], one['level']) for one in results],
                         [('Nurses', '2'), ('Schools', '1'), ('Nurses', None)])
        self.assertEqual([one['id'] for one in results][1:], [result, extra])
        self.assertEqual([remark['about'] for remark in results[1]['remarks']], [None, 'level'])

        self.run_cli('delete', results[0]['id'])
        message = self.run_cli('import', 'project.csv', '--kind', 'project', status=1).err
        self.assertIn('project.csv:2: results: Nurses is in the trash', message)
        self.assertEqual([one['id'] for one in self.show(project)['results']], [result, extra])
        before = self.show(project)
        self.run_cli('import', 'project.csv', '--kind', 'project', '--strict', '--prefer-file', status=1)
        self.assertEqual(self.show(project), before)

    def test_parts_of_another(self):
        """Where the project is known by its project ID alone, its parts have other UUIDs: their lists are compared."""
        self.fill_parts()
        self.export_parts()
        other = self.folder / 'other.passerelle'
        table = self.folder / 'project.csv'
        self.run_cli('export', 'labels.csv', '--kind', 'project')
        self.run_cli('--register', other, 'import', 'labels.csv', '--kind', 'project', '--map', 'Managing office=-')
        out = self.run_cli('--register', other, 'import', table, '--kind', 'project', '--map', 'office=-').out
        self.assertIn('1 identical record', out)

        rows = list(csv.DictReader(io.StringIO(table.read_text())))
        for ids in (rows[0]['results.uuid'].split(';')[0], rows[0]['results.uuid'] + ';x'):
            with table.open('w') as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerow(rows[0] | {'results.uuid': ids})
            err = self.run_cli('import', table, '--kind', 'project', status=1).err
            self.assertIn('The column “results.uuid” doesn’t have one UUID for each entry of “Outputs and results”.', err)

    def test_parts_in_any_language(self):
        """Texts of parts come in every language that one of them has, whatever the register's are."""
        _, _, result = self.fill_parts()
        self.run_cli('set', result, 'indicator_es', 'Escuelas')
        for name, options in (('register.csv', ('--for-register',)), ('labels.csv', ('--labels', 'fr'))):
            other = self.folder / f'{name}.passerelle'
            self.run_cli('export', name, '--kind', 'project', *options)
            self.run_cli('--register', other, 'import', name, '--kind', 'project', '--map',
                         'office=-' if name == 'register.csv' else 'Bureau responsable=-')
            results = self.run_cli('--register', other, 'show', 'PO.0001', '--json').json()['results']
            self.assertEqual([one['indicator'].get('es') for one in results], [None, 'Escuelas'])

    def test_other_uuid(self):
        """What a record is called names none where the file gives it a UUID of its own."""
        _, project, _ = self.fill_parts()
        for kind, names, values in (('result', 'project,level,indicator_en', f'{project},2,Schools'),
                                    ('office', 'city,country,kind', 'Bangkok,TH,regional'),
                                    ('project', 'title_en', 'One')):
            ids = [str(uuid.uuid4()), str(uuid.uuid4())]
            out = self.import_text(f'id,{names}\n' + ''.join(f'{id},{values}\n' for id in ids), kind).out
            self.assertIn('2 new records', out)
            self.assertEqual(self.show(ids[0])['id'], ids[0])

    def test_selection(self):
        self.import_text(TABLE)
        out = self.run_cli('export', '-', '--kind', 'project', '--for-register', '--where', 'status=Achevé').out
        self.assertEqual([row['title_en'] for row in csv.DictReader(io.StringIO(out))], ['One'])
        out = self.run_cli('export', '-', '--kind', 'project', '--for-register', '--sort', '-project_id', '--limit', '1').out
        self.assertEqual([row['project_id'] for row in csv.DictReader(io.StringIO(out))], ['PO.0002'])

    def test_labels(self):
        self.import_text(TABLE)
        out = self.run_cli('export', '-', '--kind', 'project', '--labels', 'fr', '--delimiter', 'semicolon', '--bom').out
        self.assertTrue(out.startswith('\ufeff'))
        rows = list(csv.DictReader(io.StringIO(out[1:]), delimiter=';'))
        self.assertEqual(sorted(row['Statut'] for row in rows), ['Achevé', 'Actif'])
        self.assertIn('République de Moldova; Pologne', [row['États membres bénéficiaires'] for row in rows])
        # For people, and for the register it comes from all the same.
        self.write('labels.csv', out)
        self.assertIn('2 identical records', self.run_cli('import', 'labels.csv', '--kind', 'project').out)

    def import_sample(self):
        sample = SOURCE / 'data' / 'sample'
        self.run_cli('import', sample / 'offices.csv', '--kind', 'office')
        self.run_cli('import', sample / 'projects.csv', '--kind', 'project')

    def read_values(self, register, kind):
        """The records but for what only a register knows of them."""
        records = self.run_cli('--register', register, 'list', kind, '--json').json()
        names = {record['id']: record.get('name') or record.get('title')
                 for other in ('office', 'project') for record in self.run_cli('--register', register, 'list', other, '--json').json()}
        for record in records:
            parts = [part for value in record.values() if isinstance(value, list) for part in value if isinstance(part, dict)]
            for part in [record, *parts]:
                for field in ('id', 'created', 'changed'):
                    part.pop(field, None)
            for part in parts:
                for field in {kind, 'id'} & set(part):
                    del part[field]
            for field, value in record.items():
                if isinstance(value, str) and value in names:
                    record[field] = names[value]
        return sorted(records, key=str)

    def check_sheet(self, labels, locale):
        """What is exported for people changes nothing where it came from, and makes the same records elsewhere."""
        other = self.folder / f'other-{labels}-{locale}.passerelle'
        for kind in ('office', 'project'):
            self.run_cli('export', f'{kind}.csv', '--kind', kind, *labels and ('--labels', labels), locale=locale)
            for reading in {ENGLISH, locale}:
                result = self.run_cli('import', f'{kind}.csv', '--kind', kind, locale=reading)
                self.assertEqual(self.counts(result), (0, 0, 25, 0), (kind, labels, locale, reading))
            result = self.run_cli('--register', other, 'import', f'{kind}.csv', '--kind', kind, locale=locale)
            self.assertEqual(self.counts(result), (25, 0, 0, 0), (kind, labels, locale))
        for kind in ('office', 'project'):
            self.assertEqual(self.read_values(self.register, kind), self.read_values(other, kind))

    def counts(self, result):
        """How many records are new, changed and identical, and how many rows are refused."""
        found = [re.search(pattern, result.out) for pattern in COUNTS]
        return tuple(int(match[1]) if match else 0 for match in found)

    def test_sheet(self):
        self.import_sample()
        for labels in ('', 'en', 'fr'):
            self.check_sheet(labels, ENGLISH)

    @unittest.skipUnless(has_locale(FRENCH), 'there is no French locale here')
    def test_sheet_in_french(self):
        self.import_sample()
        for labels in ('', 'en', 'fr'):
            self.check_sheet(labels, FRENCH)

    @unittest.skipUnless(has_locale(FRENCH), 'there is no French locale here')
    def test_locale(self):
        """Delimiter, decimals and headings are those of the person's locale; amounts can be summed."""
        self.import_text('project_id,title_en,budget,end\nPO.0001,A,1234.5 EUR,2020-05-17\n', 'project')
        self.import_text('name_en,latitude,longitude,phone\nAccra,-5.603,0.25,+233 302 742930\n', 'office')
        for locale, delimiter, budget, latitude, headings in (
                (ENGLISH, ',', '1234.50', '-5.603', ('Budget', 'Budget (currency)', 'End', 'Title (English)')),
                (FRENCH, ';', '1234,50', '-5,603', ('Budget', 'Budget (devise)', 'Fin', 'Titre (anglais)'))):
            self.run_cli('export', 'sheet.csv', '--kind', 'project', locale=locale)
            text = (self.folder / 'sheet.csv').read_text('utf-8')
            self.assertTrue(text.startswith('\ufeff'))
            row, = csv.DictReader(io.StringIO(text[1:]), delimiter=delimiter)
            self.assertEqual([row[heading] for heading in headings], [budget, 'EUR', '2020-05-17', 'A'])
            self.assertNotIn('id', row)
            self.assertIsNone(re.search('[0-9a-f]{8}-[0-9a-f]{4}-', text))
            labels = self.run_cli('fields', 'project', locale=locale).out
            for heading in row:
                self.assertIn(re.sub(r' \(.*', '', heading), labels)

            out = self.run_cli('export', '-', '--kind', 'office', locale=locale).out
            row, = csv.DictReader(io.StringIO(out), delimiter=delimiter)
            self.assertEqual(row['Latitude'], latitude)
            self.assertEqual(self.counts(self.run_cli('import', '-', '--kind', 'office', stdin=out, locale=locale)),
                             (0, 0, 1, 0))

    def test_formulas(self):
        """A spreadsheet runs nothing of what others wrote, and it reads back as it was."""
        texts = ('=1+1', "=cmd|' /C calc'!A0", '@SUM(1)', '+1', '-1+1', '- a point', "'=1", "''@", "'tis", '\uff1d1', "'")
        for n, text in enumerate(texts):
            self.run_cli('new', 'project', f'project_id=PO.9{n:03}', f'title_en={text}', f'documents=[{{"title":"{text}"}}]')
        self.run_cli('new', 'office', 'name_en=Accra', 'phone=+233 302 742930', 'latitude=-5.6')
        for kind in ('project', 'office'):
            for labels in ('en', 'fr'):
                out = self.run_cli('export', '-', '--kind', kind, '--labels', labels, '--delimiter', 'semicolon').out
                for row in csv.reader(io.StringIO(out), delimiter=';'):
                    for cell in row:
                        self.assertFalse(cell[:1] in tuple('=+-@\t\r\uff1d') and not re.fullmatch(r'-?\d+(\.\d+)?', cell), cell)
                self.write('sheet.csv', out)
                result = self.run_cli('import', 'sheet.csv', '--kind', kind)
                self.assertEqual(self.counts(result), (0, 0, len(texts) if kind == 'project' else 1, 0))
        self.assertIn("'+233 302 742930", out)
        self.assertIn('-5.6', list(csv.reader(io.StringIO(out), delimiter=';'))[1])

        # Another register is given the texts as they are.
        out = self.run_cli('export', '-', '--kind', 'project', '--for-register').out
        self.assertEqual(sorted(row['title_en'] for row in csv.DictReader(io.StringIO(out))), sorted(texts))
        other = self.folder / 'other.passerelle'
        self.run_cli('--register', other, 'import', '-', '--kind', 'project', stdin=out)
        self.assertEqual(self.read_values(self.register, 'project'), self.read_values(other, 'project'))

    def test_lists(self):
        """Entries with several parts keep all of them, whatever stands in them."""
        documents = [{'title': 'Sheet', 'url': 'https://example.org/a'}, {'title': 'One; two | three \\ (four'},
                     {'url': 'https://example.org/b?c=d;e'}, {'title': '[draft] (https://example.org/c)'}, {'title': 'https://'}]
        results = [{'level': '1', 'indicator': 'Officials trained; in two years', 'baseline': '0', 'actual': '400'}]
        functions = [{'function': 'coordination', 'covers': 'pacific', 'valid_from': '2020-05'}]
        self.run_cli('new', 'project', 'project_id=PO.0001', f'documents={json.dumps(documents)}', f'results={json.dumps(results)}')
        self.run_cli('new', 'project', 'project_id=PO.0002', f'documents={json.dumps(documents[:1])}')
        self.run_cli('new', 'office', 'name_en=Canberra', f'functions={json.dumps(functions)}')
        other = self.folder / 'other.passerelle'
        for kind in ('project', 'office'):
            out = self.run_cli('export', '-', '--kind', kind, '--labels', 'fr').out
            self.run_cli('--register', other, 'import', '-', '--kind', kind, stdin=out)
            self.assertEqual(self.read_values(self.register, kind), self.read_values(other, kind))
        # The address behind a title, as people and other programs write it.
        self.import_text('project_id,documents\nPO.0003,Sheet (https://example.org/a); Other (draft)\n', 'project')
        self.assertEqual([(document['title']['en'], document['url']) for document in self.show('PO.0003')['documents']],
                         [('Sheet', 'https://example.org/a'), ('Other (draft)', None)])

    def test_links_of_one_name(self):
        """A link says which record it means, even if another is called the same."""
        for city in ('Berlin', 'Bonn'):
            self.run_cli('new', 'office', 'name_en=Office', f'city={city}', 'country=DE', 'kind=country')
        bonn, = self.run_cli('list', 'office', '--where', 'city=Bonn', '--json').json()
        self.run_cli('new', 'project', 'project_id=PO.0001', f'office={bonn["id"]}')
        out = self.run_cli('export', '-', '--kind', 'project').out
        self.assertEqual(self.counts(self.run_cli('import', '-', '--kind', 'project', stdin=out)), (0, 0, 1, 0))

    def test_export_through_link(self):
        """The file that a link leads to is replaced as a whole, and the link stays."""
        self.import_text('title_en\n' + ''.join(f'A project with number {i}\n' for i in range(2000)))
        target = self.write('target.csv', 'what was there')
        link = self.folder / 'link.csv'
        link.symlink_to('target.csv')
        # The program is ended in the midst of writing.
        process = self.run_cli('export', link, '--kind', 'project', before=('prlimit', '--fsize=65536'), status=None)
        self.assertNotEqual(process.status, 0)
        self.assertEqual(target.read_text(), 'what was there')
        self.run_cli('export', link, '--kind', 'project')
        self.assertEqual(os.readlink(link), 'target.csv')
        self.assertEqual(len(target.read_text().splitlines()), 2001)

    def test_failures(self):
        self.import_text(TABLE)
        self.run_cli('export', self.folder / 'no' / 'such' / 'folder.csv', '--kind', 'project', status=1)
        self.run_cli('export', 'x.csv', status=2)
        self.run_cli('export', 'x.csv', '--kind', 'project', '--labels', 'de', status=2)
        self.run_cli('export', 'x.csv', '--kind', 'project', '--where', 'nothing=1', status=2)
        self.assertFalse((self.folder / 'x.csv').exists())


@unittest.skipUnless(has_locale(FRENCH), 'there is no French locale here')
class FrenchImport(CliTest):
    locale = FRENCH

    def test_language(self):
        self.import_text('project_id,title\nPO.0001,Titre\n')
        self.assertEqual(self.show('PO.0001')['title'], {'fr': 'Titre', 'en': None})
        result = self.import_text('project_id,title\nPO.0001,Autre\n')
        self.assertIn('Titre', result.out)
        self.assertIn('Autre', result.out)

    def test_same_records(self):
        self.import_text(TABLE)
        french = self.run_cli('list', 'project', '--json').json()
        self.run_cli('undo')
        self.import_text(TABLE, locale=ENGLISH)
        english = self.run_cli('list', 'project', '--json').json()
        for record in french + english:
            del record['id']
        self.assertEqual(sorted(french, key=str), sorted(english, key=str))


if __name__ == '__main__':
    unittest.main()

# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Code lists: their entries, and what a register changes of them."""

import unittest

from cli import FRENCH, CliTest, has_locale, has_translation


class Lists(CliTest):
    def entry(self, code, name='type'):
        entries = {entry['code']: entry for entry in self.run_cli('lists', name, '--json').json()}
        return entries.get(code)

    def codes(self, name='type'):
        return [entry['code'] for entry in self.run_cli('lists', name, '--json').json()]

    def test_lists(self):
        text = self.run_cli('lists').out
        self.assertRegex(text, r'type +Project types +yes')
        self.assertRegex(text, r'country +Countries +no')
        self.assertRegex(self.run_cli('lists', 'type').out, r'CT +Lutte contre la traite +Counter Trafficking')
        self.run_cli('lists', 'nothing', status=2)
        self.run_cli('lists', '--json', status=2)
        self.assertFalse(self.register.exists())

    def test_add(self):
        project = self.run_cli('new', 'project', 'title_en=Herbs', 'type=XQ').out.strip()
        self.assertIn('XQ', self.run_cli('show', project).out)
        self.run_cli('entry', 'type', 'XQ', '--add', '--name-en', 'Exchange', '--name-fr', 'Échange', '--alias', 'Swap',
                     '--alias', 'Troc')
        self.assertEqual(self.entry('XQ'), {'code': 'XQ', 'name_fr': 'Échange', 'name_en': 'Exchange',
                                            'aliases': ['Swap', 'Troc'], 'parent': None, 'withdrawn': False})
        self.assertEqual(self.codes()[-1], 'XQ')
        self.assertIn('Exchange', self.run_cli('show', project).out)
        self.assertIn('Herbs', self.run_cli('list', 'project', '--search', 'troc').out)
        self.run_cli('set', project, 'type', 'PO')
        self.run_cli('set', project, 'type', 'échange')
        self.assertEqual(self.run_cli('list', 'project', '--json').json()[0]['type'], 'XQ')

        self.assertIn('already', self.run_cli('entry', 'type', 'XQ', '--add', '--name-en', 'Again', status=1).err)
        for names in (('--name-en', 'exchange'), ('--name-fr', 'ÉCHANGE'), ('--name-fr', 'Un autre', '--name-en', 'Exchange')):
            self.assertIn('with the code XQ', self.run_cli('entry', 'type', 'X2', '--add', *names, status=1).err)
        self.run_cli('entry', 'type', 'X Q', '--add', '--name-en', 'Space', status=1)
        self.run_cli('entry', 'type', 'XZ', '--add', status=1)
        self.run_cli('entry', 'country', 'QQ', '--add', '--name-en', 'Newland', status=1)
        self.run_cli('entry', 'nothing', 'QQ', '--add', '--name-en', 'Newland', status=1)
        self.run_cli('entry', 'type', 'ZZ', '--name-en', 'No such entry', status=1)
        self.assertEqual(len(self.codes()), 14)

    def test_names(self):
        """An entry may have a name in any language."""
        self.run_cli('entry', 'type', 'CT', '--name', 'es=Contra la trata', '--name', 'PT-br=Contra o tráfico')
        self.assertEqual(self.entry('CT')['name_es'], 'Contra la trata')
        self.assertEqual(self.entry('CT')['name_pt-BR'], 'Contra o tráfico')
        self.assertEqual(self.entry('CT')['name_en'], 'Counter Trafficking')
        self.run_cli('entry', 'language', 'es', '--add')
        self.assertRegex(self.run_cli('lists', 'type').out, r'^Code +French +English +Spanish\n')
        self.assertRegex(self.run_cli('lists', 'type').out, r'CT +Lutte contre la traite +Counter Trafficking +Contra la trata\n')
        self.run_cli('new', 'project', 'title_en=Herbs', 'type=contra la trata')
        self.assertEqual(self.run_cli('list', 'project', '--json').json()[0]['type'], 'CT')
        self.run_cli('entry', 'type', 'CT', '--name', 'es=')
        self.assertNotIn('name_es', self.entry('CT'))
        for wrong in ('es', '=Trata', 'nonsense=Trata', ''):
            self.run_cli('entry', 'type', 'CT', '--name', wrong, status=2)

    def test_languages(self):
        """The languages whose texts stand side by side are a list like others."""
        self.assertRegex(self.run_cli('settings').out, r'language +Languages of texts +fr, en\n')
        self.assertNotIn('title_es', self.run_cli('fields', 'project').out.split('entry language')[0])
        self.run_cli('entry', 'language', 'ES', '--add')
        self.assertEqual(self.entry('es', 'language') | {'aliases': []},
                         {'code': 'es', 'name_fr': 'Espagnol', 'name_en': 'Spanish', 'aliases': [], 'parent': None,
                          'withdrawn': False})
        self.assertRegex(self.run_cli('settings').out, r'language +Languages of texts +fr, en, es\n')
        self.assertRegex(self.run_cli('fields', 'project').out, r'title_es +Title')
        self.run_cli('new', 'project', 'title_es=Hierbas')
        self.assertEqual(self.run_cli('list', 'project', '--json').json()[0]['title'],
                         {'fr': None, 'en': None, 'es': 'Hierbas'})
        out = self.run_cli('export', '-', '--kind', 'project', '--for-register').out
        self.assertIn('title_fr,title_en,title_es', out)

        self.run_cli('entry', 'language', 'es', '--move', '-2')
        self.assertRegex(self.run_cli('settings').out, r'language +Languages of texts +es, fr, en\n')
        self.run_cli('entry', 'language', 'fr', '--withdraw')
        self.assertRegex(self.run_cli('settings').out, r'language +Languages of texts +es, en\n')
        for _ in range(2):
            self.run_cli('undo')
        self.assertRegex(self.run_cli('settings').out, r'language +Languages of texts +fr, en, es\n')

        for code in ('Spanish', 'zzz', 'e', 'pt-toolongregion'):
            self.assertIn(code, self.run_cli('entry', 'language', code, '--add', '--name-en', 'X', status=1).err)
        self.assertEqual(self.codes('language'), ['fr', 'en', 'es'])

    def test_rename(self):
        before = self.entry('CT')
        self.run_cli('entry', 'type', 'CT', '--name-en', 'Against Trafficking')
        self.assertEqual(self.entry('CT'), before | {'name_en': 'Against Trafficking'})
        self.run_cli('undo')
        self.assertEqual(self.entry('CT'), before)
        self.run_cli('redo')
        self.assertEqual(self.entry('CT')['name_en'], 'Against Trafficking')
        self.run_cli('entry', 'type', 'CT', '--name-en', '')
        self.assertEqual(self.entry('CT'), before)

    def test_withdraw(self):
        project = self.run_cli('new', 'project', 'title_en=Herbs', 'type=CT').out.strip()
        self.run_cli('entry', 'type', 'CT', '--withdraw')
        self.assertTrue(self.entry('CT')['withdrawn'])
        self.assertRegex(self.run_cli('lists', 'type').out, r'CT .*withdrawn')
        self.assertIn('Counter Trafficking', self.run_cli('show', project).out)
        self.assertIn('Herbs', self.run_cli('list', 'project', '--where', 'type=CT').out)
        self.run_cli('entry', 'type', 'CT', '--withdraw', '--restore', status=2)
        self.run_cli('entry', 'type', 'CT', '--restore')
        self.assertFalse(self.entry('CT')['withdrawn'])

    def test_move(self):
        before = self.codes()
        self.run_cli('entry', 'type', before[2], '--move=-2')
        self.assertEqual(self.codes(), [before[2], before[0], before[1], *before[3:]])
        self.run_cli('entry', 'type', before[2], '--move', '1000')
        self.assertEqual(self.codes(), [before[0], before[1], *before[3:], before[2]])
        self.run_cli('undo')
        self.run_cli('undo')
        self.assertEqual(self.codes(), before)

    def test_delete(self):
        """What records hold is withdrawn rather than deleted."""
        project = self.run_cli('new', 'project', 'title_en=Herbs', 'type=XQ').out.strip()
        self.run_cli('entry', 'type', 'XQ', '--add', '--name-en', 'Exchange')
        self.assertIn('withdraw', self.run_cli('delete', 'type/XQ', status=1).err)
        self.assertIsNotNone(self.entry('XQ'))
        self.run_cli('set', project, 'type', 'PO')
        self.run_cli('delete', 'type/XQ')
        self.assertIsNone(self.entry('XQ'))

    def test_csv(self):
        """What a register says of entries travels as a table, and meets what another says."""
        self.run_cli('entry', 'type', 'XQ', '--add', '--name-en', 'Exchange', '--name-fr', 'Échange', '--alias', 'Swap',
                     '--alias', 'Troc')
        self.run_cli('entry', 'office-kind', 'country', '--name-fr', 'Bureau national')
        self.run_cli('entry', 'type', 'TC', '--withdraw')
        self.run_cli('export', 'lists.csv', '--kind', 'entry')
        expected = {name: self.run_cli('lists', name, '--json').json() for name in ('type', 'office-kind')}
        other = ('--register', self.folder / 'other.passerelle')
        self.run_cli(*other, 'entry', 'type', 'XQ', '--add', '--name-en', 'Exchange')
        self.run_cli(*other, 'import', 'lists.csv', '--kind', 'entry')
        for name, entries in expected.items():
            self.assertEqual(self.run_cli(*other, 'lists', name, '--json').json(), entries)
        self.assertEqual(len(self.run_cli(*other, 'list', 'entry', '--json').json()), 3)

    def test_csv_again(self):
        """An entry that is gone comes back as the record that it was."""
        self.run_cli('entry', 'type', 'XQ', '--add', '--name-en', 'Exchange', '--name-fr', 'Échange')
        made = self.show('type/XQ')['id']
        self.run_cli('undo')
        self.import_text('code,name_en\ntype/XQ,Quarters\ntype/XZ,Zone\n', 'entry')
        self.assertEqual(self.show('type/XQ')['id'], made)
        self.assertEqual(self.show('type/XQ')['name'], {'fr': None, 'en': 'Quarters'})
        # In another register it is the same record; with its UUID in the table, too.
        zone = self.show('type/XZ')['id']
        self.run_cli('export', 'lists.csv', '--kind', 'entry', '--for-register')
        other = ('--register', self.folder / 'other.passerelle')
        self.run_cli(*other, 'entry', 'type', 'XZ', '--add', '--name-en', 'Zone')
        self.run_cli(*other, 'import', 'lists.csv', '--kind', 'entry')
        self.assertEqual({entry['id'] for entry in self.run_cli(*other, 'list', 'entry', '--json').json()}, {made, zone})

    @unittest.skipUnless(has_locale(FRENCH) and has_translation('fr'), 'there is no French here')
    def test_french(self):
        self.assertRegex(self.run_cli('lists', locale=FRENCH).out, r'type +Types de projet +oui')


if __name__ == '__main__':
    unittest.main()

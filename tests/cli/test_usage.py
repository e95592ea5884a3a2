# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Help, options, and what the program ends with."""

import errno
import os
import shutil
import subprocess
import unittest

from cli import FRENCH, SOURCE, CliTest, has_locale, has_translation

COMMANDS = ('import', 'export', 'list', 'show', 'new', 'set', 'confirm', 'delete', 'recover', 'trash', 'history', 'undo', 'redo',
            'check', 'identity', 'backup', 'restore', 'kinds', 'fields', 'lists', 'entry', 'settings')


class Usage(CliTest):
    def test_help(self):
        text = self.run_cli('--help').out
        for command in COMMANDS:
            self.assertIn(f'  {command} ', text)
            own = self.run_cli(command, '--help').out
            self.assertIn(f'passerelle-cli {command}', own)
            self.assertIn('--register', own)
        self.assertEqual(self.run_cli('help').out, text)
        self.assertFalse(self.register.exists())

    @unittest.skipUnless(has_locale(FRENCH) and has_translation('fr'), 'there is no French here')
    def test_french_help(self):
        for arguments in [('--help',), *((command, '--help') for command in COMMANDS)]:
            self.assertNotEqual(self.run_cli(*arguments, locale=FRENCH).out, self.run_cli(*arguments).out, arguments)
        error = self.run_cli('nonsense', status=2, locale=FRENCH).err
        self.assertNotEqual(error, self.run_cli('nonsense', status=2).err)

    def test_version(self):
        self.assertRegex(self.run_cli('--version').out, r'^Passerelle \d+\.\d+')

    def test_usage(self):
        for arguments in ([], ['nonsense'], ['--nonsense'], ['--register'], ['show'], ['show', 'a', 'b'], ['undo', 'x'],
                          ['list', 'project', '--nonsense'], ['set', 'PO.0001'], ['list']):
            self.run_cli(*arguments, status=2)
        self.assertFalse(self.register.exists())

    def test_register(self):
        other = self.folder / 'other.passerelle'
        self.run_cli('--register', other, 'new', 'project', 'title_en=Here')
        self.run_cli(f'--register={other}', 'new', 'project', 'title_en=There')
        self.run_cli('-r', other, 'new', 'project', 'title_en=Everywhere')
        self.assertEqual(len(self.run_cli('list', 'project', '--json', '--register', other).json()), 3)
        self.assertFalse(self.register.exists())
        self.run_cli('new', 'project', 'title_en=Default')
        self.assertTrue(self.register.exists())

    def test_no_register(self):
        for arguments in (['list', 'project'], ['show', 'PO.0001'], ['undo'], ['check'], ['export', '-', '--kind', 'project'],
                          ['backup', 'copy.passerelle'], ['set', 'PO.0001', 'start', '2020'], ['history', 'PO.0001']):
            self.assertIn(str(self.register), self.run_cli(*arguments, status=1).err)
        self.assertFalse(self.register.exists())

    def test_not_a_register(self):
        text = self.write('text.passerelle', 'This is a letter, not a register. ' * 50)
        before = text.read_bytes()
        self.run_cli('--register', text, 'list', 'project', status=1)
        self.run_cli('--register', text, 'new', 'project', 'title_en=One', status=1)
        self.assertEqual(text.read_bytes(), before)

    def test_kinds(self):
        text = self.run_cli('kinds').out
        self.assertIn('project', text)
        self.assertIn('office', text)
        text = self.run_cli('fields', 'project').out
        for field in ('project_id', 'title_fr', 'title_en', 'beneficiaries', 'results.indicator'):
            self.assertIn(field, text)
        self.assertIn('functions.covers', self.run_cli('fields', 'office').out)
        self.run_cli('fields', 'nothing', status=2)

    def test_settings(self):
        """What was chosen in the preferences is what the checks go by here, too."""
        project = self.run_cli('new', 'project', 'title_en=One', 'title_fr=Un', 'coverage=4',
                               'budget=60000 EUR').out.split()[-1]
        self.assertIn('Nothing is wrong.', self.run_cli('check').out)
        self.assertRegex(self.run_cli('settings').out, r'project\.national_maximum +National Projects, at Most +200,000')

        schemas = self.folder / 'schemas'
        schemas.mkdir()
        shutil.copy(SOURCE / 'data' / 'org.passerelle.Passerelle.gschema.xml', schemas)
        subprocess.run(['glib-compile-schemas', '--strict', schemas], check=True)
        kept = self.folder / '.config' / 'glib-2.0' / 'settings' / 'keyfile'
        kept.parent.mkdir(parents=True)
        chosen = {'GSETTINGS_BACKEND': 'keyfile', 'GSETTINGS_SCHEMA_DIR': str(schemas)}
        kept.write_text('[org/passerelle/Passerelle]\n'
                        "kind-settings={'project.currency': 'EUR', 'project.national_maximum': '50000'}\n")
        text = self.run_cli('settings', env=chosen).out
        self.assertRegex(text, r'project\.currency +Currency +EUR')
        self.assertRegex(text, r'project\.national_maximum +National Projects, at Most +50,000')
        self.assertRegex(text, r'project\.regional_maximum +Regional Projects, at Most +300,000')
        self.assertIn('at most €50,000 to a national project', self.run_cli('check', env=chosen).out)
        self.assertIn('at most €50,000 to a national project', self.run_cli('show', project, env=chosen).out)

        kept.write_text('[org/passerelle/Passerelle]\n'
                        "fund-limits=('EUR', int64 1, int64 40000, int64 100000, int64 300000)\n")
        self.assertIn('at most €40,000 to a national project', self.run_cli('check', env=chosen).out)

    def test_full_disk(self):
        self.run_cli('new', 'project', 'title_en=One')
        with open('/dev/full', 'wb') as full:
            process = subprocess.run([os.environ['PASSERELLE_CLI'], '--register', self.register, 'list', 'project'],
                                     stdout=full, stderr=subprocess.PIPE, cwd=self.folder)
        self.assertEqual(process.returncode, 1)
        self.assertIn(os.strerror(errno.ENOSPC), process.stderr.decode())

    def test_full_disk_long_output(self):
        """The reason is that of the first part that could not be written."""
        self.import_text('title_en\n' + ''.join(f'A project with number {i}\n' for i in range(500)))
        with open('/dev/full', 'wb') as full:
            process = subprocess.run([os.environ['PASSERELLE_CLI'], '--register', self.register, 'list', 'project'],
                                     stdout=full, stderr=subprocess.PIPE, cwd=self.folder)
        self.assertEqual(process.returncode, 1)
        self.assertIn(os.strerror(errno.ENOSPC), process.stderr.decode())

    def test_plain_locale(self):
        """Names come out whole where the locale has no accents."""
        self.run_cli('new', 'project', 'project_id=PO.0001', 'title_fr=Été', 'title_en=Été', locale='C')
        self.assertIn('Été', self.run_cli('list', 'project', locale='C').out)
        self.assertEqual(self.show('PO.0001')['title']['fr'], 'Été')


if __name__ == '__main__':
    unittest.main()

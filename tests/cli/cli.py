# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs passerelle-cli on a register of its own."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ['PASSERELLE_SOURCE'])
SHARED = SOURCE.parent / 'shared' / 'data'
ENGLISH = 'en_GB.UTF-8'
FRENCH = 'fr_FR.UTF-8'


def has_locale(name):
    """Whether the system has a locale."""
    listed = subprocess.run(['locale', '-a'], capture_output=True, text=True).stdout.lower()
    return name.lower().replace('-', '') in listed.replace('-', '')


def has_translation(language):
    """Whether the build's translation into a language is installed."""
    folder = pathlib.Path(os.environ.get('PASSERELLE_LOCALEDIR', '/nowhere'))
    return (folder / language / 'LC_MESSAGES' / 'passerelle.mo').exists()


class Result:
    def __init__(self, process, errors='strict'):
        self.status = process.returncode
        self.out = process.stdout.decode(errors=errors)
        self.err = process.stderr.decode(errors=errors)

    def json(self):
        return json.loads(self.out)


class CliTest(unittest.TestCase):
    locale = ENGLISH

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='passerelle-'))
        self.addCleanup(shutil.rmtree, self.folder)
        self.register = self.folder / 'data' / 'passerelle' / 'register.passerelle'

    def environment(self, locale=None):
        return {
            'PATH': os.environ['PATH'],
            'HOME': str(self.folder),
            'XDG_DATA_HOME': str(self.folder / 'data'),
            'XDG_STATE_HOME': str(self.folder / 'state'),
            'XDG_CACHE_HOME': str(self.folder / 'cache'),
            'LC_ALL': locale or self.locale,
            'TZ': 'UTC',
            'G_DEBUG': 'fatal-warnings',
            # With a sanitizer, its options and what it has loaded before the program's libraries.
            **{name: value for name, value in os.environ.items() if name.endswith('SAN_OPTIONS') or name == 'LD_PRELOAD'},
        }

    def run_cli(self, *arguments, status=0, stdin=None, locale=None, env=None, before=(), **options):
        """Runs the program, by the command before it if there is one; checks what it
        ends with, unless that is None. Other options are those of subprocess.run()."""
        process = subprocess.run(
            [*before, os.environ['PASSERELLE_CLI'], *(a if isinstance(a, bytes) else str(a) for a in arguments)],
            input=stdin if isinstance(stdin, (bytes, type(None))) else stdin.encode(),
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            cwd=self.folder,
            env={**self.environment(locale), **(env or {})},
            **options)
        if status is None:
            return Result(process, errors='replace')
        result = Result(process)
        self.assertEqual(result.status, status, f'{arguments}\n{result.out}\n{result.err}')
        if status == 0:
            self.assertEqual(result.err, '', arguments)
        else:
            self.assertNotEqual(result.err, '', arguments)
        return result

    def write(self, name, text, encoding='utf-8'):
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def import_text(self, text, kind='project', *arguments, **options):
        return self.run_cli('import', self.write('table.csv', text), '--kind', kind, *arguments, **options)

    def show(self, name):
        return self.run_cli('show', name, '--json').json()

#!/usr/bin/env python3
# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Analyses folders of src/ with clang-tidy, as .clang-tidy says.

    analyse.py BUILD-FOLDER FOLDER…

A file that was clean is not looked at again until it changes, or a header that
it includes, how it is compiled, what is looked for, or clang-tidy.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
SOURCES = TOP / 'src'
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def find_inputs(source, headers):
    """The file and all headers of ours that it includes: no two have one name."""
    inputs, waiting = set(), [source]
    while waiting:
        path = waiting.pop()
        if path in inputs:
            continue
        inputs.add(path)
        for name in INCLUDE.findall(path.read_bytes()):
            header = headers.get(os.path.basename(name.decode()))
            if header is not None:
                waiting.append(header)
    return sorted(inputs)


def make_stamp(command, inputs, common):
    digest = hashlib.sha256(common)
    digest.update(command.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def analyse(build, source):
    result = subprocess.run(['clang-tidy', '-p', str(build), '--quiet', str(source)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode == 0:
        return ''
    return result.stdout or result.stderr


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    folders = [SOURCES / name for name in sys.argv[2:]]
    stamps = build / 'analysed'
    stamps.mkdir(exist_ok=True)
    headers = {path.name: path for path in SOURCES.rglob('*.h')}
    version = subprocess.run(['clang-tidy', '--version'], stdout=subprocess.PIPE, check=True).stdout
    common = version + (TOP / '.clang-tidy').read_bytes()

    todo = []
    for entry in json.loads((build / 'compile_commands.json').read_text()):
        source = (pathlib.Path(entry['directory']) / entry['file']).resolve()
        if not any(folder in source.parents for folder in folders):
            continue
        stamp = make_stamp(entry['command'], find_inputs(source, headers), common)
        file = stamps / source.name
        if not file.exists() or file.read_text() != stamp:
            todo.append((source, file, stamp))

    n_failed = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        found = pool.map(lambda item: analyse(build, item[0]), todo)
        for (source, file, stamp), text in zip(todo, found):
            if text:
                n_failed += 1
                print(text)
            else:
                file.write_text(stamp)
    print(f'{len(todo)} files analysed, {n_failed} with findings')
    return 1 if n_failed else 0


if __name__ == '__main__':
    sys.exit(main())

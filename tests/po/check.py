#!/usr/bin/env python3
# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks that every text a person sees is translated, and well.

With --update it first brings po/POTFILES.in and po/*.po up to date.
"""

import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PO = os.path.join(TOP, "po")
NBSP = "\u00a0"

# What the i18n module's preset `glib` gives xgettext; for Blueprint, whose
# texts look as C's do, the same.
KEYWORDS = """--from-code=UTF-8 --add-comments --keyword=_ --keyword=N_ --keyword=C_:1c,2
--keyword=NC_:1c,2 --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3
--keyword=ngettext:1,2 --keyword=PSL_PLURAL:1,2 --keyword=g_dpgettext:2c,3 --add-location=file
--flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format
--flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format
--flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format
--flag=g_error_new:3:c-format --flag=g_set_error:4:c-format
--package-name=passerelle --copyright-holder= --msgid-bugs-address=""".split()

# One thing has one name.
FRENCH_WORDS = {"[Ii]mport": "importation", "[Ee]xport": "exportation", "[Mm]onnaies?": "devise",
                "[Cc]odages?": "encodage", "ID d[ue] projet": "N° de projet"}

# A call that marks a text, at the beginning of a word.
MARK = re.compile(r"(?<![\w])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?|g_dcgettext)\s*\(\s*[\"'\w]")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)


def run(*command, text=None):
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, cwd=TOP, check=False, env=dict(os.environ, LC_ALL="C.UTF-8"))
    if done.returncode != 0:
        sys.exit("%s: %s" % (command[0], done.stderr.strip()))
    return done.stdout


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(os.path.join(TOP, path), "w", encoding="utf-8") as file:
        file.write(text)


def sources():
    """The files of the program that hold texts to translate."""
    found = []
    for root in ("src", "data"):
        for folder, _, names in os.walk(os.path.join(TOP, root)):
            found += [os.path.relpath(os.path.join(folder, name), TOP) for name in names]
    return sorted(path for path in found if has_texts(path))


def has_texts(path):
    if path.endswith((".c", ".h", ".blp")):
        return MARK.search(COMMENT.sub("", read(path))) is not None
    return path.endswith((".desktop.in", ".desktop.in.in", ".metainfo.xml.in", ".metainfo.xml.in.in", ".gschema.xml",
                          ".mime.xml.in"))


def listed():
    return [line for line in (line.strip() for line in read("po/POTFILES.in").splitlines())
            if line and not line.startswith("#")]


def template(folder):
    """Writes the texts of the listed sources and returns where."""
    path = os.path.join(folder, "passerelle.pot")
    parts = []
    c_like = [f for f in listed() if f.endswith((".c", ".h", ".blp"))]
    other = [f for f in listed() if f not in c_like]
    if c_like:
        parts.append(os.path.join(folder, "c.pot"))
        run("xgettext", "--language=C", "-o", parts[-1], *KEYWORDS, *c_like)
    for number, each in enumerate(other):
        parts.append(os.path.join(folder, "%d.pot" % number))
        run("xgettext", "--force-po", "-o", parts[-1], *KEYWORDS, each)
    run("msgcat", "--use-first", "-o", path, *parts)
    return path


class Message:
    """An entry of a .po file."""

    def __init__(self):
        self.fields = {}
        self.flags = set()
        self.obsolete = False
        self.line = 0

    @property
    def key(self):
        return self.fields.get("msgctxt"), self.fields.get("msgid", "")

    @property
    def translations(self):
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def parse(text):
    """The entries of a .po file, as msgcat writes them."""
    unescape = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": "\r"}
    message, current = Message(), None
    for number, line in enumerate(text.splitlines() + [""], 1):
        if line.startswith("#~"):
            message.obsolete = True
            line = line[2:].strip()
        if not line.strip():
            if message.fields:
                yield message
            message, current = Message(), None
        elif line.startswith("#,"):
            message.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif not line.startswith("#"):
            match = re.match(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+)?"(.*)"$', line)
            if not match:
                sys.exit("line %d is no part of a .po file: %s" % (number, line))
            message.line = message.line or number
            current = match.group(1) or current
            part = re.sub(r"\\(.)", lambda m: unescape[m.group(1)], match.group(2))
            message.fields[current] = message.fields.get(current, "") + part


def update(pot):
    write("po/POTFILES.in", "".join(line + "\n" for line in sources()))
    pot = template(os.path.dirname(pot))
    for language in languages():
        path = "po/%s.po" % language
        text = run("msgmerge", "--quiet", "--no-fuzzy-matching", "--add-location=file",
                   "--lang=" + language, path, pot)
        text = run("msgattrib", "--no-obsolete", "-", text=text)
        if language == "en":
            text = run("msgen", "-", text=text)
        write(path, re.sub(r'"POT-Creation-Date:.*\\n"\n', "", text))


def languages():
    return [line for line in read("po/LINGUAS").split() if not line.startswith("#")]


def quote(text):
    return "“%s”" % text.replace("\n", "⏎")


def check_sources():
    wanted, have = set(sources()), listed()
    for path in sorted(wanted - set(have)):
        yield "%s has texts to translate and is not in po/POTFILES.in" % path
    for path in have:
        if path not in wanted:
            yield "po/POTFILES.in lists %s, which has no texts to translate or is gone" % path
    if have != sorted(set(have)):
        yield "po/POTFILES.in is not sorted, or has a line twice"
    for folder, _, names in os.walk(os.path.join(TOP, "src")):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), TOP)
            if re.search(r"\"[^\"\n]*%'", COMMENT.sub("", read(path))):
                yield "%s: printf() groups French numbers by U+202F: use psl_number_format_count()" % path
    for path in wanted:
        if path.endswith(".blp"):
            for match in re.finditer(r"\b(?:C?_)\s*\(\s*'[^\n]*", COMMENT.sub("", read(path))):
                yield "%s: a text to translate stands in double quotes: %s" % (path, match.group(0))


def check_file(language, wanted):
    path = "po/%s.po" % language
    seen = {}
    for message in parse(run("msgcat", "--no-wrap", path)):
        if message.obsolete:
            yield "%s: obsolete: %s" % (path, quote(message.key[1]))
        elif message.key[1]:
            seen[message.key] = message
            yield from ("%s: %s" % (path, problem) for problem in check_message(language, message))
    for key in wanted:
        if re.search(r"(^|[^%])(%%)*%[-+ #0-9.*']*$", key[1]):
            yield "%s is cut off: xgettext can't read the macro after it; use %%s" % quote(key[1])
        if key not in seen:
            yield "%s lacks %s: run build-aux/update-po and translate it" % (path, quote(key[1]))
    for key in seen:
        if key not in wanted:
            yield "%s has %s, which the sources no longer hold: run build-aux/update-po" % (path, quote(key[1]))
        elif seen[key].fields.get("msgid_plural") != wanted[key].fields.get("msgid_plural"):
            yield "%s: the plural of %s has changed: run build-aux/update-po" % (path, quote(key[1]))
    yield from check_formats(path)


def check_formats(path):
    done = subprocess.run(["msgfmt", "--check-format", "--check-header", "--check-domain", "-o", os.devnull, path],
                          stderr=subprocess.PIPE, text=True, cwd=TOP, check=False)
    if done.returncode != 0:
        yield "%s: %s" % (path, done.stderr.strip())


def check_message(language, message):
    source = message.key[1]
    if "fuzzy" in message.flags:
        yield "fuzzy: %s" % quote(source)
    if not message.translations or "" in message.translations:
        yield "not translated: %s" % quote(source)
        return
    for text in message.translations:
        if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace()):
            yield "space at an end differs: %s" % quote(text)
        if source.count("_") == 1 and re.search(r"(^|\W)_\w|\w_\w", source) and is_mnemonic(source) \
                and text.count("_") != 1:
            yield "the access key (_) is missing: %s" % quote(text)
        if source.endswith(("…", ":", ".", "?")) and (" " in source or source[-1] != ".") and text[-1:] != source[-1:]:
            yield "ends otherwise than its source (%s): %s" % (source[-1], quote(text))
        if "..." in text:
            yield "three points instead of “…”: %s" % quote(text)
        if language == "fr" and not source.endswith(";"):  # not a list of key words
            yield from ("%s: %s" % (problem, quote(text)) for problem in check_french(text))


def is_mnemonic(source):
    """Whether _ marks an access key rather than joining the parts of a name."""
    return re.search(r"[a-z0-9]_[a-z]+_?", source) is None or source.startswith("_")


def check_french(text):
    if re.fullmatch(r"([^;]+;){2,}", text) and "; " not in text:
        return  # key words of a desktop file
    # Text that is not prose: addresses, placeholders, options and field names.
    prose = re.sub(r"https?://\S+|<[^<>]*>|--[a-z-]+(=\S+)?|%[-+ #0-9.*$l]*[a-zA-Z%]|\b\d\d:\d\d\b|\(\"\"\)", "x", text)
    if re.search(r"(?<=\w) [;:?!](?!\w)", prose) or re.search(r" [;:?!](\s|$)", prose):
        yield "a plain space before : ; ? or !"
    if re.search(r"[^\s\u00a0!?(«:;][;:?!](\s|$)", prose):
        yield "no no-break space before : ; ? or !"
    if re.search(r"«(?!\u00a0)|(?<!\u00a0)»", prose):
        yield "no no-break space inside « »"
    if "'" in prose:
        yield "a straight apostrophe"
    if re.search("[“”\"]", prose):
        yield "quotation marks that are not « »"
    if "\u202f" in prose:
        yield "a narrow no-break space (U+202F) instead of U+00A0"
    if re.search(r"\d (\d|%|[KMG]?o\b)", prose):
        yield "a plain space in a number or before its unit"
    for word, instead in FRENCH_WORDS.items():
        if re.search(r"(?<!«\u00a0)\b%s\b" % word, prose):
            yield "it is called “%s”" % instead
    if re.search(r"\b[Pp]rojet\b", prose) and re.search(r"\bdraft\b", prose):
        yield "a draft is a brouillon"
    if re.search(r"x %", prose):
        yield "a plain space before %"


def main():
    with tempfile.TemporaryDirectory() as folder:
        if "--update" in sys.argv[1:]:
            update(os.path.join(folder, "passerelle.pot"))
        pot = template(folder)
        wanted = {m.key: m for m in parse(run("msgcat", "--no-wrap", pot)) if m.key[1]}
        problems = list(check_sources())
        for language in languages():
            problems += check_file(language, wanted)
    for problem in problems:
        print(problem)
    print("%d texts, %d languages, %d problems" % (len(wanted), len(languages()), len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

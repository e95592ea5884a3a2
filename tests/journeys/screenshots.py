#!/usr/bin/env python3
# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes pictures of the program's main views: see build-aux/screenshots.

As it uses the program to come to each view, it is a journey, too: a view that
can't be reached is an error.
"""

import argparse
import os
import re
import shutil
import sys

from driver import BACK, App
from waiting import Missing, wait

HEIGHTS = {1200: 800, 360: 720}
PROJECT = "PO.0160"
OFFICE = "San Jos"
TYPES = {"en": "Project types", "fr": "Types de projet"}
TYPE = {"en": "Counter Trafficking", "fr": "Lutte contre la traite"}
WORDS = {"en": "mexico", "fr": "mexique"}
# A column that means nothing, a value that can't be read, and a row that conflicts.
TABLE = """Code;Project ID;Title (en);Titre (fr);Start;End
a;CT.9001;Counter trafficking in Ghana;Lutte contre la traite au Ghana;2020;2022
b;CT.9002;Labour migration;Migration de main-d’œuvre;2020;2022-13
c;PO.0160;Another title;Un autre titre;2020;2022
"""
# Dates that can be read in two ways.
UNDECIDED = """Project ID;Title (en);Start;Budget
CT.9001;Counter trafficking in Ghana;02/03/2020;50 000
"""


def project(app, narrow):
    app.go_to("Projects")
    app.search(PROJECT)
    app.rows(1)
    app.row(re.compile("")).press()
    app.field("Project ID").find_text(PROJECT)
    if not narrow:
        app.end_search()


def office(app, narrow):
    app.go_to("Offices")
    app.search(OFFICE.lower())
    app.row(re.compile(OFFICE)).press()
    app.field("City")
    if not narrow:
        app.end_search()


def filtered(app, narrow):
    app.go_to("Projects")
    app.filter("Status", re.compile("^(Completed|Achevé)"))
    if not narrow:
        app.row(re.compile("")).press()


def search(app, narrow):
    app.go_to("Projects")
    app.search(WORDS[app.language])
    wait("what was found", app.all_rows, shown=app.dump)
    if not narrow:
        app.row(re.compile("")).press()


def history(app, narrow):
    project(app, narrow)
    # A narrow window has it in the menu of the record.
    if narrow:
        app.key("ctrl+h")
    else:
        app.find("button", app.say("History of this record")).press()
    app.find(("dialog", "list", "list box"), re.compile(app.say("History")))


def preferences(app, narrow):
    app.key("ctrl+comma")
    app.find(name=app.say("Preferences"))


def lists(app, narrow):
    preferences(app, narrow)
    app.find("page tab", app.say("Lists")).press()
    app.find(name=TYPES[app.language])


def entries(app, narrow):
    lists(app, narrow)
    app.find("list item", TYPES[app.language]).press()
    app.find("button", app.say("Add an Entry"))


def entry(app, narrow):
    entries(app, narrow)
    app.find("list item", TYPE[app.language]).press()
    app.find(name=app.say("_Other Names, between Semicolons").replace("_", ""))


def shortcuts(app, narrow):
    app.key("ctrl+question")
    app.find("dialog", app.say("Keyboard Shortcuts"))


def trash(app, narrow):
    app.go_to("Projects")
    app.search(PROJECT)
    app.rows(1)
    app.key("Down")
    app.find("list item", state="FOCUSED")
    app.key("Delete")
    app.rows(0)
    app.end_search()
    app.go_to("Trash")
    app.rows(1)
    app.row(re.compile("")).press()
    app.find("button", app.say("Restore"))


def importing(app, narrow, table=TABLE):
    path = os.path.join(app.home, "table.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(table)
    return app.import_table(path)


def show_import_page(app, narrow, page):
    name = app.say(page, "page of the import").replace("_", "")
    dialog = importing(app, narrow)
    dialog.find("page tab", name).press()
    dialog.find("page tab", name, state="SELECTED")


def import_question(app, narrow):
    importing(app, narrow, UNDECIDED)


def import_rows(app, narrow):
    show_import_page(app, narrow, "_Rows")


def import_problems(app, narrow):
    show_import_page(app, narrow, "_Problems")


def exporting(app, narrow):
    if narrow:
        app.find("button", BACK).press()
    app.menu(app.say("Main menu"), app.say("_Export…").replace("_", ""))
    app.find("dialog", app.say("Export"))


def empty(app, narrow):
    app.find(name=app.say("No Projects Yet"))


VIEWS = (project, office, filtered, search, history, preferences, lists, entries, entry, shortcuts, trash, importing, import_question,
         import_rows, import_problems, exporting)


def picture(app, view, name, folder, narrow):
    view(app, narrow)
    app.screenshot(os.path.join(folder, name + ".png"))
    print(name, flush=True)


def wanted(name, beginnings):
    return not beginnings or any(name.startswith(beginning) for beginning in beginnings)


def take_all(register, folder, beginnings):
    failed = []
    for language in ("en", "fr"):
        for scheme in ("light", "dark"):
            for width, height in HEIGHTS.items():
                for view in (*VIEWS, empty):
                    name = "%s-%s-%d-%s" % (language, scheme, width, view.__name__)
                    if not wanted(name, beginnings):
                        continue
                    try:
                        take(register if view is not empty else None, language, scheme, (width, height),
                             view, name, folder)
                    except (Missing, AssertionError) as error:
                        words, _, shown = str(error).partition(";")
                        print("%s: %s" % (name, words), file=sys.stderr, flush=True)
                        os.makedirs(folder, exist_ok=True)
                        with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as file:
                            file.write(words + shown)
                        failed.append(name)
    if failed:
        sys.exit("%d pictures could not be taken: %s" % (len(failed), " ".join(failed)))


def take(register, language, scheme, size, view, name, folder):
    """Each picture is of a program just started, on a copy of the register."""
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if scheme == "dark" else "prefer-light"}
    app = App(language=language, environment=environment)
    if register is not None:
        os.makedirs(os.path.dirname(app.register))
        shutil.copy(register, app.register)
    with app:
        app.move(20, 20)
        app.resize(*size)
        picture(app, view, name, folder, size[0] < 600)


def take_one(path, language, arguments):
    """Takes a picture of the window as it opens, with a project on show."""
    app = App(*arguments, language=language)
    for register in arguments[arguments.index("--register") + 1:][:1] if "--register" in arguments else []:
        app.use(register)
    with app:
        wait("the list to fill", app.all_rows, shown=app.dump)
        identifier = app.label("Project ID")
        if not app.all(("text", "entry"), identifier):
            app.row(re.compile("")).press()
        app.field("Project ID")
        app.screenshot(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", metavar="FILE")
    parser.add_argument("--language", default="en")
    parser.add_argument("--register")
    parser.add_argument("--folder")
    parser.add_argument("rest", nargs="*")
    options = parser.parse_args()
    try:
        if options.one:
            take_one(options.one, options.language, options.rest)
        else:
            take_all(options.register, options.folder, options.rest)
    except AssertionError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

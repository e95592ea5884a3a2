#!/usr/bin/env python3
# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints the table of build-aux/bench: figures.py FIGURES.tsv SIZE…

Each line of the file has the number of projects, the figure, a detail of it,
ours, what it is compared with, and the lower and the upper quartile of ours. A
figure that is missing for a size is an error: a table with a gap would be read as
one without.
"""

import math
import sys

MS = "ms"

# A figure's words, its unit, its target, and whether it is met.
FIGURES = {
    "start": ("start to the first filled frame", MS, "≤ 1.5 × a blank window", lambda ours, bare: ours <= 1.5 * bare),
    "memory": ("memory with the list open", "MB", "≤ a blank window + 60", lambda ours, bare: ours <= bare + 60),
    "scroll": ("longest frame while scrolling, in our code", MS, "≤ 16", lambda ours, bare: ours <= 16),
    "search": ("key to first page, in the register", MS, "≤ 2 × bare + 4", lambda ours, bare: ours <= 2 * bare + 4),
    "search-sorted": ("the same by the date of the start", MS, "≤ 2 × bare + 4", lambda ours, bare: ours <= 2 * bare + 4),
    "search-window": ("key to first page drawn, in the window", MS, "≤ bare + 33",
                      lambda ours, bare: ours <= bare + 33),
    "edit": ("edit to its commit with all that follows, told on the main thread", MS, "≤ 2 × bare, growth ≤ 1.5",
             lambda ours, bare: ours <= 2 * bare),
    "edit-found": ("edit to where a search finds it", MS, "", None),
    "edit-part": ("edit of one of a record’s 2,700 parts to its commit", MS, "≤ 2 × bare",
                  lambda ours, bare: ours <= 2 * bare),
    "edit-part-found": ("the same to where a search finds it", MS, "", None),
    "parts": ("choosing a project with 2,700 parts to those in view drawn; bare: with ten", MS, "≤ 1.5 × with ten",
              lambda ours, bare: ours <= 1.5 * bare),
    "page": ("the same in the register", MS, "≤ 1.5 × with ten", lambda ours, bare: ours <= 1.5 * bare),
    "import": ("CSV import, a row", MS, "≤ 3 × bare", lambda ours, bare: ours <= 3 * bare),
    "import-into": ("CSV import into the register, a row", MS, "≤ 3 × bare", lambda ours, bare: ours <= 3 * bare),
}

# Figures that are measured once, with a register of their own.
ONCE = {"edit-part", "edit-part-found", "import", "parts"}

# Figures that may grow by this factor at most, from the smallest size on.
GROWTH = {"edit": 1.5}


def read(path):
    """{(figure, detail): {size: (ours, bare, low, high)}}, in the order of FIGURES."""
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            size, figure, detail, *numbers = line.rstrip("\n").split("\t")
            rows.setdefault((figure, detail), {})[int(size)] = tuple(float(number) for number in numbers)
    order = list(FIGURES)
    return dict(sorted(rows.items(), key=lambda row: order.index(row[0][0])))


def missing(rows, sizes):
    """What the table lacks, in words."""
    for figure, (words, *_) in FIGURES.items():
        if not any(row[0] == figure for row in rows):
            yield words
    for (figure, detail), measured in rows.items():
        for size in sizes:
            if size not in measured and figure not in ONCE:
                yield "%s %s with %d projects" % (FIGURES[figure][0], detail, size)


def number(value):
    return "%.0f" % value if value >= 100 else "%.1f" % value if value >= 10 else "%.2f" % value


def lines(rows):
    """The cells of the table's lines."""
    for (figure, detail), sizes in rows.items():
        words, unit, target, is_met = FIGURES[figure]
        first = sizes[min(sizes)][0]
        for size, (ours, bare, low, high) in sorted(sizes.items()):
            met = is_met is None or is_met(ours, bare) and ours <= GROWTH.get(figure, math.inf) * first
            verdict = "" if is_met is None else "met" if met else "MISSED"
            yield ("%s%s" % (words, ", " + detail if detail else ""), "{:,}".format(size).replace(",", " "), unit,
                   number(ours), "%s–%s" % (number(low), number(high)) if low != high else "",
                   number(bare) if bare else "–", "%.2f" % (ours / bare) if bare else "–",
                   "%.2f" % (ours / first) if size > min(sizes) else "", target, verdict)


def main():
    rows = read(sys.argv[1])
    gaps = list(missing(rows, [int(size) for size in sys.argv[2:]]))
    if gaps:
        sys.exit("figures.py: not measured: " + "; ".join(gaps))
    table = [("figure", "projects", "", "ours", "quartiles", "bare", "ratio", "growth", "target", "")]
    table += lines(rows)
    widths = [max(len(line[i]) for line in table) for i in range(len(table[0]))]
    for line in table:
        cells = [cell.rjust(width) if 3 <= i <= 7 or i == 1 else cell.ljust(width)
                 for i, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
    verdicts = [line[-1] for line in table[1:]]
    print("\n%d met, %d missed. Medians. Growth: ours against ours at the smallest size."
          % (verdicts.count("met"), verdicts.count("MISSED")))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# Copyright 2026 The Passerelle developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sums up runs of `meson test`: report.py TITLE=RESULTS.json…

A test program counts as many times as it has cases, where it says so (TAP as
GLib writes it, or Python's unittest), and else once.
"""

import json
import re
import sys

PASSED = {"OK", "EXPECTEDFAIL"}


def count(result):
    """(passed, failed, skipped) cases of a test program, and the names of those that failed."""
    output = result.get("stdout") or ""
    both = output + "\n" + (result.get("stderr") or "")
    if result["result"] == "SKIP":
        return 0, 0, 1, []
    passed = failed = skipped = 0
    names = []
    for match in re.finditer(r"^(not )?ok \d+ ?(.*)$", output, re.M):
        if re.search(r"# (SKIP|TODO)", match.group(2), re.I):
            skipped += 1
        elif match.group(1):
            failed += 1
            names.append(match.group(2).strip())
        else:
            passed += 1
    ran = re.search(r"^Ran (\d+) tests? in ", both, re.M)
    if ran:
        numbers = dict(re.findall(r"(failures|errors|skipped|unexpected successes)=(\d+)", both[ran.end():]))
        failed += sum(int(numbers.get(name, 0)) for name in ("failures", "errors", "unexpected successes"))
        skipped += int(numbers.get("skipped", 0))
        passed += max(0, int(ran.group(1)) - failed - skipped)
        names += re.findall(r"^(?:FAIL|ERROR): (.*)$", both, re.M)
    if result["result"] not in PASSED and failed == 0:
        failed = 1
    elif passed + failed + skipped == 0:
        passed = 1
    return passed, failed, skipped, names


def excerpt(text, first=30, last=40):
    """The beginning of the first failure, which says why, and the end."""
    lines = [line for line in (text or "").rstrip().splitlines() if not re.match(r"ok \d+ ", line)]
    failure = next((i for i, line in enumerate(lines) if re.match(r"(FAIL|ERROR): |not ok |Traceback ", line)), 0)
    end = max(len(lines) - last, 0)
    begin = min(failure, end)
    shown = lines[begin:begin + first]
    if begin > 0:
        shown.insert(0, "… (%d lines before)" % begin)
    if end > begin + first:
        shown.append("… (%d lines between)" % (end - begin - first))
    shown += lines[max(end, begin + first):]
    return "".join("    %s\n" % line for line in shown)


def main():
    totals = [0, 0, 0]
    for argument in sys.argv[1:]:
        title, path = argument.split("=", 1)
        with open(path, encoding="utf-8") as file:
            results = [json.loads(line) for line in file]
        numbers = [0, 0, 0]
        broken = []
        for result in results:
            *each, names = count(result)
            numbers = [a + b for a, b in zip(numbers, each)]
            if each[1]:
                broken.append((result, names))
        for result, names in broken:
            print("\nFAILED %s: %s after %.1f s, exit code %s" % (
                result["name"], result["result"].lower(), result["duration"], result["returncode"]))
            for name in names:
                print("  %s" % name)
            print("  %s" % " ".join(result["command"]))
            sys.stdout.write(excerpt(result.get("stdout")))
            sys.stdout.write(excerpt(result.get("stderr")))
        seconds = sum(result["duration"] for result in results)
        print("%s: %d programs, %d passed, %d failed, %d skipped, %.0f s" % (title, len(results), *numbers, seconds))
        totals = [a + b for a, b in zip(totals, numbers)]
    print("%d passed, %d failed" % tuple(totals[:2]) + (", %d skipped" % totals[2] if totals[2] else ""))
    return 1 if totals[1] or not totals[0] else 0


if __name__ == "__main__":
    sys.exit(main())

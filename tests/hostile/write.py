#!/usr/bin/env python3
"""Writes the part "Hostile machines" of docs/measurements.md, between its marks: write.py PAGE RESULTS... (of one run, or of several with other programs)"""
import datetime
import json
import os
import platform
import re
import sys
import textwrap
from pathlib import Path

BEGIN, END = "<!-- hostile: written by tests/hostile -->", "<!-- end of hostile -->"


NAMES = dict(kills="killed at writes", faults="writes that fail", reads="reads that fail")


def section(runs):
    """The part, with its marks."""
    yield BEGIN
    yield "## Hostile machines"
    yield ""
    yield from textwrap.wrap(f"{'Written by `tests/hostile/run.sh`' if len(runs) == 1 else f'Put together by `tests/hostile/write.py` from {len(runs)} runs of `hostile.py` on one day, the last'}, {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, Linux {platform.release()}. "
                             "The rule of every row: the old state or the new one is in force, no command says that it did what it did not, and nothing is trusted that was not to be.", 118)
    yield ""
    yield "| machine | what was seen | program |"
    yield "|---|---|---|"
    for results in runs:
        yield from (f"| {NAMES.get(name, name)} | {told} | {results['version']} |" for name, told in results["told"].items())
    yield END


def main(page, *files):
    text, part = page.read_text(), "\n".join(section([json.loads(file.read_text()) for file in files]))
    marked = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
    page.write_text(marked.sub(lambda _: part, text) if marked.search(text) else text.rstrip() + "\n\n" + part + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

"""Writes the section of mutation testing in docs/measurements.md: write.py PAGE FOLDER COMMIT REPORT."""
import collections
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from page import machine, put  # noqa: E402

SEEN, UNSEEN = ("Killed", "Timeout"), ("Survived", "NoCoverage")
MOST = 12  # files that are named


def rows(page, name):
    """The rows of other folders, as the page has them."""
    old = re.search(r"^<!-- mutation: .*?^<!-- end of mutation -->", page.read_text(), re.M | re.S)
    return [row for row in re.findall(r"^\| [\w-]+ \| \d{4}-.*\|$", old[0] if old else "", re.M) if not row.startswith(f"| {name} |")]


def row(name, commit, report):
    """The row of a folder: what was seen, what was not, and where."""
    counts, places = collections.Counter(), collections.Counter()
    for file, content in report["files"].items():
        for mutant in content["mutants"]:
            counts[mutant["status"]] += 1
            places[Path(file).name] += mutant["status"] in UNSEEN
    seen, unseen = sum(counts[one] for one in SEEN), sum(counts[one] for one in UNSEEN)
    named = ", ".join(f"{file} {count}" for file, count in places.most_common(MOST) if count)
    return f"| {name} | {dict(machine())['measured']} | {commit} | {seen + unseen:,} | {seen:,} | {counts['Survived']:,} | {counts['NoCoverage']:,} | {100 * seen / max(1, seen + unseen):.1f} % | {named} |"


page, name, commit, report = Path(sys.argv[1]), sys.argv[2], sys.argv[3], json.loads(Path(sys.argv[4]).read_text())
put(page, "mutation", [
    "## Mutants of the core", "",
    "Each folder that decides about trust is changed in its source, one mutant at a time, and all vectors are asked within one",
    "process (`tests/mutation/run.sh`). Unit tests are not run, so that what they alone would see counts as a survivor. Texts",
    "for people are among the mutants. What was not compiled is not counted.", "",
    "| folder | measured | commit | mutants | seen | survived | not reached | score | where most were not seen |",
    "|---|---|---|---|---|---|---|---|---|",
    *sorted([*rows(page, name), row(name, commit, report)])])

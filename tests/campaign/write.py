"""Writes the section of the campaign in docs/measurements.md: write.py PAGE PROGRAM COUNTS...; PAGE - prints it."""
import collections
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from page import line_of, machine, put  # noqa: E402

MOST = 6  # reasons and rules of a format that are named


def named(counts):
    """The most frequent names with their counts."""
    most = [f"{name} {count:,}" for name, count in counts.most_common(MOST)]
    return ", ".join(most + ([f"{len(counts) - MOST} others"] if len(counts) > MOST else []))


def section(program, files):
    """The section's lines."""
    formats, rules = collections.defaultdict(lambda: collections.defaultdict(collections.Counter)), collections.Counter()
    for file in files:
        for row in map(json.loads, Path(file).read_text().splitlines()):
            formats[row["format"]][row["outcome"]][row["why"]] += row["count"]
            if row["outcome"] == "explained":
                rules[row["why"]] += row["count"]
    total = collections.Counter({outcome: sum(counts.total() for counts in (one[outcome] for one in formats.values())) for outcome in ("refused", "explained", "undecided-explained", "unexplained", "undecided", "failed")})
    yield "## Changed files"
    yield ""
    yield "Every accepted vector, and the accepted files of corpora by others, changed bit by bit, byte by byte, line by line and"
    yield "member by member (`tests/campaign/run.sh`), and asked about again. What is accepted all the same must be explained by"
    yield "a rule of `tests/campaign/Rules`; a bug, or nothing decided about what was received, counts as not explained."
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield from (f"| {name} | {value} |" for name, value in machine())
    yield f"| offlinekit | {line_of(program, '--version')} |"
    yield f"| changes | {total.total():,}: refused {total['refused']:,}, accepted and explained {total['explained']:,}, the caller's own input unusable {total['undecided-explained']:,}, **not explained {total['unexplained'] + total['undecided'] + total['failed']:,}** |"
    yield ""
    yield "| format | tried | refused, by reason | accepted, by rule | not explained |"
    yield "|---|---|---|---|---|"
    for name, outcomes in sorted(formats.items()):
        wrong = outcomes["unexplained"] + outcomes["undecided"] + outcomes["failed"]
        tried = sum(counts.total() for counts in outcomes.values())
        yield f"| {name} | {tried:,} | {outcomes['refused'].total():,}: {named(outcomes['refused'])} | {outcomes['explained'].total():,}: {named(outcomes['explained'])} | {wrong.total():,} |"
    yield ""
    yield "| rule | accepted changes |"
    yield "|---|---|"
    yield from (f"| {name} | {count:,} |" for name, count in rules.most_common())


lines = list(section(sys.argv[2], sys.argv[3:]))
if sys.argv[1] == "-":
    print("\n".join(line for line in lines if line.startswith("| changes")))
else:
    put(Path(sys.argv[1]), "campaign", lines)

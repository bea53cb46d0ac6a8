"""Writes docs/measurements.md from the rows of a run: write.py ROWS PAGE. Parts that the run left out keep what the page said of them."""
import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from measure import HERE, amount
from page import line_of, machine, write_whole

TITLES = dict(start="One small file, from exec to exit", hash="Hashing", batch="Many files in one run", exports="Exports", results="Reports over results", tuf="Trust", signing="Signing", signer="The signing service")


def cosign():
    """The version of cosign; of one that Debian built it names no version but Go's."""
    said = line_of("cosign", "version")
    return said if said == "not there" else " ".join(re.findall(r"(?:GitVersion|GoVersion):\s*\S+", subprocess.run(["cosign", "version"], capture_output=True, text=True).stdout)) or said


def prose(text, indent=""):
    """Text in lines that fit a page."""
    return textwrap.wrap(text, 118, initial_indent=indent, subsequent_indent=" " * len(indent), break_long_words=False, break_on_hyphens=False)


def conditions(rows):
    """What the figures were taken on, and with."""
    return [*machine(), *([("priority", f"`{os.environ['PRIORITY']}` for what is measured in elapsed time")] if os.environ.get("PRIORITY") else []), ("offlinekit", ", ".join(sorted({row["version"] for row in rows if "version" in row}))), ("minisign", line_of("minisign", "-v")), ("openssl", line_of("openssl", "version")), ("sha256sum", line_of("sha256sum", "--version")), ("cosign", cosign())]


def table(rows, missed):
    """The rows of one part."""
    yield "| figure | size | ours | peer | ratio | wanted |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        peer = f"{amount(row['theirs'], row['unit'])} ({row['peer']})" if row["theirs"] is not None else ""
        ratio = f"{row['ratio']:.2f}" if row["ratio"] is not None else ""
        yield f"| {row['figure']} | {row['size']} | {amount(row['ours'], row['unit'])} | {peer} | {ratio} | {row['wanted']}{' **missed**' if row['missed'] else ''} |"
        if row["missed"]:
            missed.append(row["figure"])


def part_text(part, rows, missed):
    """One part of the page."""
    yield f"## {TITLES[part]}"
    yield ""
    yield from table([row for row in rows if "figure" in row], missed) if any("figure" in row for row in rows) else []
    for row in rows:
        if "text" in row:
            yield from ("```", row["text"], "```")
    yield ""


def reasons(missed):
    """Why figures were missed, from missed.md: paragraphs headed by the figure that they are about."""
    known = dict(re.findall(r"^## (.*)\n\n((?:(?!^## ).*\n?)*)", (HERE / "missed.md").read_text(), re.M))
    yield "## What missed its figure"
    yield ""
    for figure in missed or ["Nothing."]:
        yield from prose(f"**{figure}**: {known.get(figure, 'no reason is written down.')}" if missed else figure, "- " if missed else "")
    yield ""


rows = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
page, missed, parts = Path(sys.argv[2]), [], {}
for row in rows:
    parts.setdefault(row["part"], []).append(row)
text = ["# Measurements", "", *prose("Written by `tests/benchmarks/run.sh`, which anybody can run; nothing here is typed by hand but the reasons at the end. "
                                     "A ratio with `>=` says how many times faster we are; with `<=`, or without a bound, how much more we cost."), ""]
text += ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in conditions(rows)), ""]
for part in TITLES:
    if part in parts:
        text += part_text(part, parts[part], missed)
write_whole(page, [*text, *reasons(missed)])

#!/usr/bin/env python3
"""Writes the page docs/gap-corpus.md from the results of run.py: table.py PAGE RESULTS…"""
import datetime
import json
import sys
from pathlib import Path
from run import ACCEPTS, BREAKS, HERE, LACKS, REFUSES, RIGHT, load

HEAD = """# The gap corpus, asked of many clients

Written by `tests/gap-corpus/run.sh`, which anybody can run; nothing here is typed by hand.
The corpus, its contract and its licence: [tests/gap-corpus](../tests/gap-corpus/README.md).

Each case is one question with one expected answer, argued from a specification.
**Right** is that answer. **Accepts wrongly**: what is to be refused was accepted. **Refuses wrongly**: what is to be
accepted was refused. **Not supported**: the client has no such operation, or says that it does not read this form.
A client is judged by its exit status, as a script judges it, with the options that its adapter shows
(`tests/gap-corpus/clients`).

What the figures do not say: the cases were made where we expected gaps, so that a share of right answers is no
measure of quality, and a client without a wrong answer may be wrong elsewhere. Cases of the ground *care* are those
where a specification leaves two readings and we hold one of them to be dangerous; others may see that otherwise.
Readers of archives and checkers of lists were not made for judging a delivery, and are asked here as people use them.
"""


def results(files):
    """client -> (version, case -> (answer, what it said)), OfflineKit first."""
    for file in sorted(files, key=lambda one: (one.stem != "offlinekit", one.stem)):
        first, *rest = map(json.loads, file.read_text().splitlines())
        yield file.stem, first["version"], {row["case"]: row["answer"] for row in rest}


def cell(answers):
    """right · accepts wrongly · refuses wrongly, or a dash where nothing was supported."""
    count = lambda *words: sum(answer in words for answer in answers)
    if count(LACKS) == len(answers):
        return "–"
    wrong = f"{count(RIGHT)} · {count(ACCEPTS)} · {count(REFUSES, BREAKS)}"
    return wrong + (f" ({count(LACKS)})" if count(LACKS) else "")


def figures(clients, cases):
    """The table of clients and families."""
    families = list(dict.fromkeys(name.split("/")[0] for name in cases))
    yield "Cells: right · accepts wrongly · refuses wrongly (not supported); a dash where a client has no such operation."
    yield ""
    yield "| client | " + " | ".join(families) + " | all |"
    yield "|---|" + "---|" * (len(families) + 1)
    for client, _, answers in clients:
        row = [cell([answer for name, answer in answers.items() if name.startswith(family + "/")]) for family in families]
        yield f"| {client} | " + " | ".join(row) + f" | {cell(answers.values())} |"
    yield "| cases | " + " | ".join(str(sum(name.startswith(family + "/") for name in cases)) for family in families) + f" | {len(cases)} |"


def versions(clients):
    yield "| client | version |"
    yield "|---|---|"
    for client, version, _ in clients:
        yield f"| {client} | {version} |"


def wrong(clients, cases):
    """Every case that somebody answers wrongly."""
    family = ""
    for name, case in cases.items():
        said = {word: [client for client, _, answers in clients if answers.get(name) == word] for word in (ACCEPTS, REFUSES, BREAKS)}
        if not any(said.values()):
            continue
        if name.split("/")[0] != family:
            family = name.split("/")[0]
            yield from ("", f"### {family}", "", "| case | to be | why | wrong |", "|---|---|---|---|")
        who = "; ".join(f"{word}: {', '.join(names)}" for word, names in said.items() if names)
        yield f"| {name.split('/')[1]} | {case['expect']}{'d' if case['expect'].endswith('e') else 'ed'} | {case['why']} *{case['ground']}*: {case['source']} | {who} |".replace("\n", " ")


def main(page, files):
    clients, cases = list(results(files)), {name: case for name, _, case in load(HERE / "cases")}
    asked = sum(1 for _, _, answers in clients if any(answer != LACKS for answer in answers.values()))
    grounds = sum(case["ground"] == "rule" for case in cases.values())
    lines = [HEAD, f"{len(cases)} cases ({grounds} of the ground *rule*, {len(cases) - grounds} of *care*), {asked} clients, {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}.", "", *figures(clients, cases), "", "## Versions", "", *versions(clients), "",
             "## Where somebody is wrong", *wrong(clients, cases)]
    page.write_text("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])

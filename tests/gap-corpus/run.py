#!/usr/bin/env python3
"""Asks one client every case of the corpus.

    run.py --client COMMAND [--family NAME] [--only TEXT] [--jobs N] [--results FILE] [--cases FOLDER]
    run.py --list

COMMAND is a program that keeps the contract of README.md, or the name of one in clients/.
Every case that is answered wrongly is printed; the last line counts. Exit status: 0 no wrong answer, 1 some, 2 nothing could be asked.
"""
import argparse
import concurrent.futures
import json
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIME_LIMIT = 60  # seconds; a client that does not answer has answered wrongly
ACCEPTED, REFUSED, NOT_SUPPORTED, FORM_UNKNOWN = 0, 1, 3, 4
RIGHT, ACCEPTS, REFUSES, LACKS, BREAKS = "right", "accepts wrongly", "refuses wrongly", "not supported", "breaks"


def load(folder, family="", only=""):
    """The cases: (family/name, folder, what case.json says)."""
    for file in sorted(folder.glob("*/*/case.json")):
        name = f"{file.parent.parent.name}/{file.parent.name}"
        if (not family or name.startswith(family + "/")) and only in name:
            yield name, file.parent, json.loads(file.read_text(encoding="utf-8"))


def command_of(client):
    """The words that start a client."""
    script = HERE / "clients" / f"{client}.py"
    return [sys.executable, str(script)] if script.is_file() else shlex.split(client)


def ask(command, folder, case):
    """What the client answers: its exit status and its last words."""
    words = [case["operation"], *(f"{name}={folder / file}" for name, file in case["files"].items()), *(f"{name}={value}" for name, value in case["values"].items())]
    with tempfile.TemporaryDirectory() as scratch:
        try:
            child = subprocess.run([*command, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT, cwd=scratch)
        except subprocess.TimeoutExpired:
            return -signal.SIGALRM, "no answer in time"
    said = (child.stdout + child.stderr).decode("utf-8", "replace").strip().splitlines()
    return child.returncode, said[-1][:300] if said else ""


def judge(case, status):
    """How an answer stands to the expected one."""
    if status == NOT_SUPPORTED or status == FORM_UNKNOWN and case["expect"] == "accept":
        return LACKS
    if status not in (ACCEPTED, REFUSED, FORM_UNKNOWN):
        return BREAKS
    if (status == ACCEPTED) == (case["expect"] == "accept"):
        return RIGHT
    return ACCEPTS if status == ACCEPTED else REFUSES


def known_operations(command):
    """What the client says that it can be asked; None where it does not say, and is asked everything."""
    child = subprocess.run([*command, "--operations"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return set(child.stdout.split()) if child.returncode == 0 else None


def answers(client, cases, jobs):
    """(name, case, judgement, words) for every case."""
    command = command_of(client)
    known = known_operations(command)

    def one(case):
        return ask(command, case[1], case[2]) if known is None or case[2]["operation"] in known else (NOT_SUPPORTED, "")
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for (name, _, case), (status, said) in zip(cases, pool.map(one, cases)):
            yield name, case, judge(case, status), said


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client")
    parser.add_argument("--family", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--cases", type=Path, default=HERE / "cases")
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def main():
    chosen = options()
    cases = list(load(chosen.cases, chosen.family, chosen.only))
    if not cases or not (chosen.client or chosen.list):
        print("run.py: nothing to ask", file=sys.stderr)
        return 2
    if chosen.list:
        for name, _, case in cases:
            print(name, case["expect"], case["ground"], case["source"], case["why"], sep="\t")
        return 0
    version = subprocess.run([*command_of(chosen.client), "--version"], capture_output=True, text=True).stdout.strip() if chosen.results else ""
    lines, counts = [json.dumps({"client": chosen.client, "version": version})], dict.fromkeys((RIGHT, ACCEPTS, REFUSES, LACKS, BREAKS), 0)
    for name, case, judgement, said in answers(chosen.client, cases, chosen.jobs):
        counts[judgement] += 1
        lines.append(json.dumps({"case": name, "answer": judgement, "said": said}))
        if judgement not in (RIGHT, LACKS):
            print(f"WRONG {name}: {judgement} ({case['ground']}: {case['source']}): {case['why']} It said: {ascii(said)}")
    if chosen.results:
        chosen.results.write_text("\n".join(lines) + "\n")
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    return 1 if counts[ACCEPTS] + counts[REFUSES] + counts[BREAKS] else 0


if __name__ == "__main__":
    sys.exit(main())

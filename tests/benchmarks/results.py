"""report and report merge over 100,000, 1,000,000 and RESULTS (default 10,000,000) results in flat memory: two parts in no order, made from real lines. Needs some 4 GB of temporary space."""
import json
import os
import subprocess
from pathlib import Path
from measure import Bench, keys, minisign, once

MOST = int(os.environ.get("RESULTS", 10_000_000))


def results(name, lines, numbers, count):
    """A results file whose entries are told apart by their paths."""
    head, valid, invalid, tail = lines
    with open(name, "wb") as out:
        out.write(head + b"\n")
        refused = 0
        for number in numbers:
            refused += number % 1000 == 7
            out.write((invalid if number % 1000 == 7 else valid).replace(b"@@@@", b"%09d" % number) + b"\n")
        summary = json.loads(tail)
        summary["summary"] |= dict(total=count, valid=count - refused, invalid=refused)
        out.write(json.dumps(summary).encode() + b"\n")


def template(bench):
    """The lines of a real run over a good and a changed file, cut down to what a reader needs of a report, so that ten million fit on a disk."""
    for file in ("@@@@.good", "@@@@.bad"):
        Path(file).write_text("a small release\n")
        minisign(file)
    Path("@@@@.bad").write_text("another\n")
    run = subprocess.run([bench.kit, "verify", "--batch", "-", "--key", "m.pub", "--output", "ndjson"], input=b"@@@@.good\n@@@@.bad\n", capture_output=True)
    head, good, bad, tail = run.stdout.splitlines()
    return head, slim(good), slim(bad), tail


def slim(line):
    """The line without what neither report nor merge look at."""
    result = json.loads(line)
    for member in ("checks", "limits", "claims", "remarks", "notes", "engine"):
        result["report"].pop(member, None)
    return json.dumps(result, separators=(",", ":")).encode()


with Bench("results") as bench:
    keys()
    lines = template(bench)
    memory = {}
    for count in (MOST // 100, MOST // 10, MOST):
        # In no order, so that the merge has to sort: 7919 is prime and divides no count.
        order = lambda first: (number * 7919 % count for number in range(first, count, 2))
        for part in (0, 1):
            results(f"part{part}", lines, order(part), (count + 1 - part) // 2)
        for what, command in (("merge", ["report", "merge", "part0", "part1"]), ("page", ["report", "part0", "--html", "page.html"]), ("table", ["report", "part0", "--csv", "page.csv"])):
            run = once([bench.kit, *command])
            assert run["status"] in (0, 1), Path("said").read_text()
            size = f"{count if what == 'merge' else count // 2:,}"
            bench.row(f"report {what}: elapsed", run["elapsed"], size=size)
            bench.row(f"report {what}: peak memory", run["memory"], unit="KiB", size=size)
            memory.setdefault(what, []).append(run["memory"])
            subprocess.run("rm -f page.html page.csv", shell=True, check=True)
    for what, peaks in memory.items():
        bench.row(f"report {what}: peak memory, the most results against the fewest", peaks[-1], peaks[0], "KiB", "<= 1.5", peer="a hundredth of the results")

"""Figures of fuzzing. write.py afl TARGET FOLDER FAILURES: one line of JSON of what afl-fuzz left; write.py page PAGE COMMIT RESULTS...: the section in docs/measurements.md."""
import collections
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from page import line_of, machine, put  # noqa: E402


def of_afl(target, folder, failures):
    """What afl-fuzz counted; its crashes and hangs are kept in FAILURES."""
    stats = dict(map(str.strip, line.split(":", 1)) for line in (folder / "fuzzer_stats").read_text().splitlines() if ":" in line)
    for kind in ("crashes", "hangs"):
        for found in sorted((folder / kind).glob("id*")):
            failures.mkdir(parents=True, exist_ok=True)
            kept = failures / f"{target}-{kind}-{found.name.split(',')[0].replace(':', '-')}"
            shutil.copy(found, kept)
            print(f"{kind.upper()} {target}: {kept}", file=sys.stderr)
    crashes, hangs = int(stats["saved_crashes"]), int(stats["saved_hangs"])
    print(json.dumps(dict(target=target, by="coverage", executions=int(stats["execs_done"]), crashes=crashes, hangs=hangs, edges=int(stats["edges_found"]), seconds=float(stats["run_time"]))))
    return 1 if crashes + hangs else 0


def afl_version():
    """The version without the colours of a terminal."""
    return (re.findall(r"\d+\.\d+\w*", re.sub(r"\x1b\[[0-9;]*m", "", line_of("afl-fuzz", "-h"))) or ["?"])[0]


def targets():
    """The names of all targets, as the program lists them."""
    return subprocess.run(["dotnet", HERE.parent.parent / "artifacts/fuzz/plain/OfflineKit.Fuzz.dll", "list"], capture_output=True, text=True, check=True).stdout.split()


def written(page):
    """The rows of the section as it stands in PAGE."""
    old = re.search(r"^<!-- fuzz: .*?^<!-- end of fuzz -->", page.read_text(), re.M | re.S)
    for target, *cells in re.findall(r"^\| ([\w-]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| (\d+) \| (\d+) \|$", old[0] if old else "", re.M):
        coverage, edges, changes, crashes, hangs = (int(cell.replace(",", "")) for cell in cells)
        yield dict(target=target, by="coverage", executions=coverage, crashes=crashes, hangs=hangs, edges=edges)
        yield dict(target=target, by="changes", executions=changes, crashes=0, hangs=0)


def section(page, commit, files):
    """The section's lines: the rows of FILES, and what PAGE says of the targets that are not among them."""
    rows = [json.loads(line) for file in files for line in Path(file).read_text().splitlines()]
    renewed = {row["target"] for row in rows}
    rows += [row for row in written(page) if row["target"] not in renewed and row["target"] in targets()]
    total = collections.Counter()
    for row in rows:
        total.update({key: row[key] for key in ("executions", "crashes", "hangs")})
    yield "## Fuzzing"
    yield ""
    yield "Every parser and the ways from bytes to a verdict, by coverage (afl++ over instrumented assemblies) and by changes of the"
    yield "seeds' structure in one process, which are blind to coverage (`tests/fuzz/run.sh`). A value and a documented refusal are"
    yield "right; everything else is a crash, and no answer in 10 seconds a hang. What was found once is read again by every test"
    yield "run (`tests/fuzz/regressions`)."
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield from (f"| {name} | {value} |" for name, value in machine())
    yield f"| commit | {commit}, of the targets that were run last |"
    yield f"| afl++ | {afl_version()} |"
    yield f"| targets | {len({row['target'] for row in rows})} of {len(targets())}; those that are not listed were not run |"
    yield f"| in all | {total['executions']:,} executions, {total['crashes']} crashes, {total['hangs']} hangs |"
    yield ""
    yield "| target | executions by coverage | edges | executions by changes | crashes | hangs |"
    yield "|---|---|---|---|---|---|"
    for target in sorted({row["target"] for row in rows}):
        mine = [row for row in rows if row["target"] == target]
        count = {by: sum(row["executions"] for row in mine if row["by"] == by) for by in ("coverage", "changes")}
        yield f"| {target} | {count['coverage']:,} | {max((row.get('edges', 0) for row in mine), default=0):,} | {count['changes']:,} | {sum(row['crashes'] for row in mine)} | {sum(row['hangs'] for row in mine)} |"


if sys.argv[1] == "afl":
    sys.exit(of_afl(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
put(Path(sys.argv[2]), "fuzz", list(section(Path(sys.argv[2]), sys.argv[3], sys.argv[4:])))

#!/usr/bin/env python3
"""Runs the published programs on hostile machines. See run.sh.

    hostile.py [--kills N] [--faults N] [--reads N] [--only TEXT] [--not TEXT]... [--results FILE]
"""
import argparse
import concurrent.futures
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from conditions import CONDITIONS, NotHere, expect, outcome
from injection import READS, WRITES, changes, failing, killed, looks, may_trace, points
from questions import GOOD, REFUSED
from scenarios import ALL, CLOSED, NEW, OLD, Broken
from world import KIT, build, kit, run

FAULTS, BLINDNESS = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EMFILE", "EINTR"), ("EIO", "EACCES", "EMFILE", "ENOMEM")


def copied(world, place):
    shutil.copytree(world, place, symlinks=True)
    return place


def spread(many, wanted):
    """That many, evenly taken; all and again from the beginning where more are wanted."""
    if wanted >= len(many):
        return list(itertools.islice(itertools.cycle(many), wanted)) if many else []
    return [many[i * len(many) // wanted] for i in range(wanted)]


def all_points(world, scratch):
    """Every call of every change that writes below the folder."""
    for scenario in ALL:
        folder = copied(world, scratch / "trace")
        found, done = points(scenario.command(folder), folder, WRITES, changes(folder, scenario.stdout), stdout=scenario.stdout or None)
        expect(scenario.state(folder) == NEW, f"{scenario.name} does not do its work: {done.said}")
        shutil.rmtree(folder)
        for point in found:
            yield scenario, point


def after_kill(world, place, scenario, point):
    """One kill, and once more without it."""
    folder = copied(world, place)
    try:
        ran = run(scenario.command(folder), folder, before=killed(point), stdout=scenario.stdout or None)
        seen = scenario.state(folder)
        if scenario.again or seen == OLD:
            last = run(scenario.command(folder), folder, stdout=scenario.stdout or None)
            expect(scenario.state(folder) == NEW, f"after a kill at {point} the command does not work any more: {last.said}")
        return seen, ran.status in (-9, 137)
    finally:
        shutil.rmtree(folder)


def after_fault(world, place, scenario, point, error):
    """One call that fails."""
    folder = copied(world, place)
    try:
        ran = run(scenario.command(folder), folder, before=failing(point, error), stdout=scenario.stdout or None)
        return outcome(scenario, folder, ran)
    finally:
        shutil.rmtree(folder)


def in_turn(jobs, scratch, work):
    """Runs work(place, job) two at a time; the first that is broken ends it."""
    def one(numbered):
        number, job = numbered
        try:
            return work(scratch / f"w{number}", job)
        except Broken as error:
            raise Broken(f"{' '.join(str(part) for part in named(job))}: {error}") from error
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(one, enumerate(jobs)))


def named(job):
    return [getattr(part, "name", part) for part in job]


def tally(states):
    """How often which state was in force."""
    closed = f", {states.count(CLOSED)} times between two files of one change, where nothing is trusted" if CLOSED in states else ""
    return f"{states.count(OLD)} times the old state, {states.count(NEW)} times the new{closed}"


def kills(world, scratch, found, count):
    """The process is killed just before a call that writes."""
    told = in_turn(spread(found, count), scratch, lambda place, job: after_kill(world, place, *job))
    done = [state for state, was_killed in told if was_killed]
    return f"{len(done)} kills at {len(found)} different calls of {len(ALL)} commands: {tally(done)}; the command worked afterwards where it may be given again"


def faults(world, scratch, found, count):
    """A call that writes fails."""
    pairs = [(scenario, point, error) for error in FAULTS for scenario, point in found]
    told = in_turn(spread(pairs, count), scratch, lambda place, job: after_fault(world, place, *job))
    return f"{len(told)} calls that failed ({', '.join(FAULTS)}): {tally(told)}, none said to be done that was not"


def blindness(world, scratch, count):
    """A call that looks fails: what was to be refused is never trusted, and what is good is trusted or undecided."""
    jobs = []
    for question in (*REFUSED, *GOOD):
        folder = copied(world, scratch / "trace")
        found, done = points(question.command(folder), folder, READS, looks(folder))
        expect((done.status == 0) == (question in GOOD) and found, f"{question.name}: {done.said}")
        shutil.rmtree(folder)
        jobs += [(question, point, error) for point in found for error in BLINDNESS]
    shared = copied(world, scratch / "shared")

    def one(_, job):
        question, point, error = job
        ran = run(question.command(shared), shared, before=failing(point, error))
        expect(0 <= ran.status <= 2 or error == "ENOMEM", f"no answer: {ran.said}")
        expect(question in GOOD or ran.status != 0, f"TRUSTED, because {question.because} was not seen: {ran.said}")
        return ran.status
    told = in_turn(spread(jobs, min(count, len(jobs))), scratch, one)
    shutil.rmtree(shared)
    return f"{len(told)} calls that failed ({', '.join(BLINDNESS)}) in {len(REFUSED)} questions to be refused and {len(GOOD)} good ones: {told.count(0)} trusted (good ones all), {told.count(1)} not trusted, {told.count(2)} undecided"


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--reads", type=int, default=1000)
    parser.add_argument("--only", default="", help="only what has this text in its name")
    parser.add_argument("--not", dest="left_out", action="append", default=[], help="not what has this text in its name; repeatable")
    parser.add_argument("--results", type=Path)
    return parser.parse_args()


def tasks(chosen, world, scratch):
    """name -> what to do."""
    traced = {}
    if may_trace():
        found = list(all_points(world, scratch)) if any(chosen.only in name for name in ("kills", "faults")) else []
        traced = {"kills": lambda: kills(world, scratch, found, chosen.kills), "faults": lambda: faults(world, scratch, found, chosen.faults), "reads": lambda: blindness(world, scratch, chosen.reads)}
    else:
        print("SKIPPED kills, faults, reads: strace is not there or may not watch", flush=True)
    return {**traced, **{name: (lambda make=make, name=name: make(world, scratch / "place")) for name, make in CONDITIONS.items()}}


def main():
    chosen, told, failed = options(), {}, 0
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as temporary:
        scratch = Path(temporary)
        scratch.chmod(0o755)
        world = scratch / "world"
        build(world)
        for name, work in tasks(chosen, world, scratch).items():
            if chosen.only not in name or any(text in name for text in chosen.left_out):
                continue
            begun = time.monotonic()
            try:
                told[name] = work()
                print(f"ok {name}: {told[name]} ({time.monotonic() - begun:.0f} s)", flush=True)
            except NotHere as reason:
                print(f"SKIPPED {name}: {reason}", flush=True)
            except Broken as error:
                failed += 1
                print(f"FAILED {name}: {error}", flush=True)
            shutil.rmtree(scratch / "place", ignore_errors=True)
    if chosen.results and not failed:
        chosen.results.write_text(json.dumps({"told": told, "version": " ".join(line.removeprefix("build: ") for line in kit(Path("/"), "--version").out.splitlines() if line.startswith(("offlinekit ", "build: ")))}))
    print(f"{len(told)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

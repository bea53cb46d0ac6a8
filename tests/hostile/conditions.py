"""Machines that are in the way as a whole: full, read-only, with small limits, with other users, with a clock that jumps."""
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from questions import REFUSED
from scenarios import ALL, NEW, OLD, Broken
from world import KIT, kit, must, run

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--no-new-privs"]


class NotHere(Exception):
    """This machine does not let the condition be made."""


@contextmanager
def mounted(place, *options):
    """A mount that goes afterwards."""
    place.mkdir(exist_ok=True)
    if subprocess.run(["mount", *options, str(place)], capture_output=True).returncode:
        raise NotHere("nothing can be mounted")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def expect(condition, said):
    if not condition:
        raise Broken(said)


def outcome(scenario, folder, ran):
    """The rule of every change: old or new, success only with the new state, and no crash."""
    seen = scenario.state(folder)
    expect(0 <= ran.status <= 2, f"{scenario.name} ended without an answer: {ran.said}")
    expect(ran.status != 0 or seen == NEW, f"{scenario.name} says that it is done, and it is not: {ran.said}")
    return seen


def full_disk(world, place):
    """Each change on a file system with ever less room."""
    told = []
    for room in (0, 1, 2, 3, 4, 6, 9, 14, 20):
        for scenario in ALL:
            with mounted(place, "-t", "tmpfs", "-o", "size=8m", "tmpfs"):
                folder = place / "world"
                shutil.copytree(world, folder)
                fill(place / "fill", room * 4096)
                ran = run(scenario.command(folder), folder, stdout=scenario.stdout or None)
                (place / "fill").unlink()
                told.append(outcome(scenario, folder, ran))
    return f"{len(told)} changes with 0 to 20 pages of room: {told.count(OLD)} times the old state, {told.count(NEW)} times the new"


def fill(file, leave):
    """Takes all the room of a file system but some bytes."""
    room = os.statvfs(file.parent)
    with open(file, "wb") as out:
        out.write(bytes(max(0, room.f_bavail * room.f_frsize - leave)))


def read_only(world, place):
    """Everything on a medium that cannot be written: questions are answered, changes are refused."""
    with mounted(place, "--bind", str(world)):
        if subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], capture_output=True).returncode:
            raise NotHere("nothing can be mounted read-only")
        expect(kit(place, "verify", "a.txt", "--state", "state").status == 0, "a question is not answered from a read-only medium")
        expect(kit(place, "verify", "c.txt", "--state", "state-new", "--key", "c.pub").status == 1, "a revoked key counts on a read-only medium")
        # The others keep an answer, and this one goes to standard output.
        for scenario in (one for one in ALL if not one.stdout):
            ran = run(scenario.command(place), place, before=["timeout", "25"])
            expect(ran.status in (1, 2), f"{scenario.name} on a read-only medium: {ran.said}")
    return f"{len(ALL) - 1} changes refused, questions answered"


def limited(option, values):
    """ulimit -f, -n or -v in small steps, until the programs work."""
    def condition(world, place):
        states = []
        for value in values:
            under = ["prlimit", f"{option}={value}"]
            for scenario in ALL:
                folder = fresh(world, place)
                ran = run(scenario.command(folder), folder, before=under, stdout=scenario.stdout or None)
                seen = scenario.state(folder)
                expect(ran.status != 0 or seen == NEW, f"{scenario.name} under {option}={value} says that it is done, and it is not: {ran.said}")
                states.append(seen)
            for question in REFUSED:
                folder = fresh(world, place)
                expect(run(question.command(folder), folder, before=under).status != 0, f"{question.name} is trusted under {option}={value}")
        return f"{len(states)} changes in {len(values)} steps: {states.count(OLD)} times the old state, {states.count(NEW)} times the new; {len(values) * len(REFUSED)} questions to be refused, none trusted"
    return condition


def fresh(world, place):
    """A copy of the world to spoil."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(world, place)
    return place


def two_users(world, place):
    """State that one user keeps and another may not see, or see and not change."""
    if os.geteuid() != 0 or subprocess.run([*NOBODY, "true"], capture_output=True).returncode:
        raise NotHere("another user needs root")
    folder = fresh(world, place)
    for parent in (folder, *folder.parents):
        if parent != Path("/") and not os.stat(parent).st_mode & 0o001:
            raise NotHere(f"{parent} is closed to others")
    program = shutil.copy(KIT, folder / "program")
    revoked = [program, "verify", "c.txt", "--state", "state-new", "--key", "c.pub"]
    expect(run(revoked, folder, before=NOBODY).status == 1, "a revoked key counts for another user")
    hidden = 0
    for one in sorted((folder / "state-new").rglob("*")):
        before = one.stat().st_mode
        one.chmod(0)
        ran = run(revoked, folder, before=NOBODY)
        one.chmod(before)
        expect(ran.status in (1, 2), f"a revoked key counts when {one.relative_to(folder)} is closed: {ran.said}")
        hidden += 1
    ran = run([program, "trust", "import", "repo-new", "--state", "state"], folder, before=NOBODY)
    expect(ran.status in (1, 2) and ALL[0].state(folder) == OLD, f"another user changed the trust: {ran.said}")
    return f"{hidden} files and folders of the state closed one by one, and a change by another user refused"


def two_at_once(world, place):
    """The same change by several at the same moment: all end, and one state is in force."""
    told = []
    for scenario in ALL:
        folder = fresh(world, place)
        several = [subprocess.Popen(scenario.command(folder), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(4 if not scenario.stdout else 0)]
        codes = [one.wait(120) for one in several]
        if several and not scenario.name.startswith(("sign --a", "sign --append")):
            expect(all(0 <= code <= 2 for code in codes), f"{scenario.name}: {codes}")
            told.append(scenario.state(folder))
            expect(told[-1] == NEW, f"{scenario.name}, four times at once: {codes}, and the state is {told[-1]}")
    return f"{len(told)} changes, four at a time: the new state each time"


def clock(world, place):
    """Times far off, forwards and back: no answer is better than at the right time, and state keeps its order."""
    folder, times = fresh(world, place), ("1970-01-01T00:00:00Z", "2001-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "2100-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
    for time in times:
        expect(kit(folder, "verify", "c.txt", "--state", "state-new", "--key", "c.pub", "--at", time).status == 1, f"a revoked key counts at {time}")
        expect(kit(folder, "verify-export", "feeds-1.tar", "--key", "packer.pub.pem", "--state", "accepted-new", "--at", time).status == 1, f"an older kit is taken at {time}")
        kit(folder, "trust", "import", "repo-old", "--state", "state-new", "--at", time)
        expect(kit(folder, "verify", "c.txt", "--state", "state-new", "--key", "c.pub").status == 1, f"an import at {time} brought back a revoked key")
    for stamp in (0, 2**31, 2**33):
        for one in folder.rglob("*"):
            os.utime(one, (stamp, stamp))
        expect(kit(folder, "verify", "c.txt", "--state", "state-new", "--key", "c.pub").status == 1, f"a revoked key counts where files are of {stamp}")
        expect(kit(folder, "verify", "a.txt", "--state", "state-new").status == 0, f"a good file is refused where files are of {stamp}")
    must(kit(folder, "verify", "a.txt", "--state", "state-new"))
    return f"{len(times)} stated times and 3 dates of files"


CONDITIONS = {"a full disk": full_disk, "a read-only medium": read_only, "small files (ulimit -f)": limited("--fsize", (0, 100, 500, 1000, 2000, 4000)), "few open files (ulimit -n)": limited("--nofile", (3, 5, 7, 9, 12)),
              "little memory (ulimit -v)": limited("--as", tuple(size << 20 for size in (16, 64, 128, 256, 400))), "two users": two_users, "four at once": two_at_once, "a clock that jumps": clock}

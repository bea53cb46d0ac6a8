"""Runs commands and keeps what they cost: the library of the other scripts here.

Processor time is user and system time of the whole process, as the kernel counts it; programs that are compared run in turn, and the median counts. Instructions are counted by
valgrind, so they do not depend on what else the machine does. Where elapsed times are compared on a machine that is not idle, PRIORITY="chrt -f 1" (as root) keeps others out. Peak memory is measured from a small starter, because a process inherits the peak of whoever started it.
"""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KIT = Path(os.environ.get("OFFLINEKIT", ROOT / "artifacts/linux-x64/offlinekit")).resolve()

# Usage: starter FIGURES STDIN PROGRAM WORD…: the program's words for people go to "said".
STARTER = r"""
#include <stdio.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#include <sys/resource.h>
#include <sys/wait.h>
static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }
int main(int argc, char **argv) {
    struct rusage used; struct timespec before, after; int status, child; FILE *figures;
    if (argc < 4) return 2;
    clock_gettime(CLOCK_MONOTONIC, &before);
    child = fork();
    if (child == 0) {
        dup2(open(argv[2], O_RDONLY), 0);
        dup2(open("/dev/null", O_WRONLY), 1);
        dup2(open("said", O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    if (wait4(child, &status, 0, &used) < 0) return 1;
    clock_gettime(CLOCK_MONOTONIC, &after);
    figures = fopen(argv[1], "w");
    fprintf(figures, "%f %f %ld %d\n", seconds(used.ru_utime) + seconds(used.ru_stime), after.tv_sec - before.tv_sec + (after.tv_nsec - before.tv_nsec) / 1e9,
        used.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return fclose(figures);
}
"""


class Bench:
    """One part of the figures: a folder of its own, the program away from its symbols, and rows on standard output and in $ROWS."""

    def __init__(self, part):
        self.part = part
        if not KIT.exists():
            sys.exit(f"no {KIT}: ./build.sh publish")
        self.folder = Path(tempfile.mkdtemp(prefix="offlinekit-bench-"))
        os.chdir(self.folder)
        shutil.copy(KIT, "offlinekit")
        self.kit = str(self.folder / "offlinekit")
        self.version = subprocess.run([self.kit, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
        Path("starter.c").write_text(STARTER)
        subprocess.run(["cc", "-O1", "-o", "starter", "starter.c"], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.chdir("/")
        shutil.rmtree(self.folder)

    def row(self, figure, ours, theirs=None, unit="s", wanted="", size="", peer=""):
        """One figure. wanted: '<= 2.0' or '>= 7' on ratio ours:theirs or theirs:ours, as the sign says; without theirs, on ours itself."""
        ratio = None
        if theirs is not None:
            ratio = theirs / ours if wanted.startswith(">") else ours / theirs
        missed = False
        if wanted:
            sign, bound = wanted.split()
            value = ours if ratio is None else ratio
            missed = value > float(bound) if sign == "<=" else value < float(bound)
        found = dict(part=self.part, version=self.version, figure=figure, size=size, ours=ours, theirs=theirs, peer=peer, unit=unit, ratio=ratio, wanted=wanted, missed=missed)
        print(shown(found), flush=True)
        if "ROWS" in os.environ:
            with open(os.environ["ROWS"], "a") as rows:
                rows.write(json.dumps(found) + "\n")
        return found

    def compare(self, figure, ours, theirs, runs, wanted, peer, size=""):
        """wanted: a bound for each of instructions, processor, elapsed and memory; what has no bound and is no key is not measured."""
        seen = in_turn([ours, theirs], runs)
        for what in ("processor", "elapsed"):
            if what in wanted:
                self.row(f"{figure}: {what} time", *(statistics.median(one[what] for one in runs_of) for runs_of in seen), "s", wanted[what], size, peer)
        if "instructions" in wanted:
            self.row(f"{figure}: instructions", instructions(ours), instructions(theirs), "", wanted["instructions"], size, peer)
        if "memory" in wanted:
            self.row(f"{figure}: peak memory", peak(ours), peak(theirs), "KiB", wanted["memory"], size, peer)


def shown(row):
    """A row as a line of text."""
    text = f"{row['figure']}{' (' + row['size'] + ')' if row['size'] else ''}: {amount(row['ours'], row['unit'])}"
    if row["theirs"] is not None:
        text += f" against {amount(row['theirs'], row['unit'])} of {row['peer']}, ratio {row['ratio']:.2f}"
    return text + (f"; wanted {row['wanted']}{', MISSED' if row['missed'] else ''}" if row["wanted"] else "")


def amount(value, unit):
    """A value with its unit."""
    return f"{value * 1000:.2f} ms" if unit == "s" and value < 1 else f"{value:.2f} {unit}" if unit in ("s", "times") else f"{value:,.0f} {unit}".strip()


def once(command, processors=None, input=os.devnull):
    """Runs a command: its processor and elapsed seconds, its peak in KiB and its exit status. processors: the only cores that it may use."""
    cores = ["taskset", "-c", ",".join(map(str, sorted(processors)))] if processors else []
    subprocess.run([*os.environ.get("PRIORITY", "").split(), *cores, "./starter", "figures", input, *command], check=True)
    processor, elapsed, memory, status = Path("figures").read_text().split()
    return dict(processor=float(processor), elapsed=float(elapsed), memory=int(memory), status=int(status))


def in_turn(commands, runs, expected=0):
    """The commands one after the other, so many times: for each the list of what its runs cost."""
    seen = [[] for _ in commands]
    for _ in range(runs):
        for kept, command in zip(seen, commands):
            one = quick(command)
            assert one["status"] == expected, (command, one["status"])
            kept.append(one)
    return seen


def quick(command):
    """Processor and elapsed seconds and exit status, with as little as possible between the clock and the program: its peak would be that of this process."""
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, dict(os.environ), file_actions=[(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)])
    _, status, usage = os.wait4(pid, 0)
    return dict(processor=usage.ru_utime + usage.ru_stime, elapsed=time.perf_counter() - start, status=os.waitstatus_to_exitcode(status))


def instructions(command):
    """What valgrind counts. The garbage collector reserves more address space than valgrind grants; a limit makes it modest and changes nothing else."""
    for _ in range(3):
        run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True, env={**os.environ, "DOTNET_GCHeapHardLimit": "10000000"})
        if found := re.search(r"refs:\s+([\d,]+)", run.stderr):
            return int(found[1].replace(",", ""))
    sys.exit(f"valgrind counted nothing: {run.stderr[-2000:]}")


def peak(command):
    """Peak memory in KiB."""
    return once(command)["memory"]


def keys():
    """m.pub, m.key (minisign), rsa.pem, rsa.pub (RSA-4096) in the current folder."""
    quiet = dict(check=True, capture_output=True)
    subprocess.run(["minisign", "-G", "-W", "-f", "-p", "m.pub", "-s", "m.key"], **quiet)
    subprocess.run(["openssl", "genrsa", "-out", "rsa.pem", "4096"], **quiet)
    subprocess.run(["openssl", "rsa", "-in", "rsa.pem", "-pubout", "-out", "rsa.pub"], **quiet)


def minisign(file):
    """Signs a file."""
    subprocess.run(["minisign", "-S", "-W", "-s", "m.key", "-m", file, "-x", file + ".minisig"], check=True, capture_output=True)


PSS = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]


def sign_pss(file):
    """Signs a file with RSA-4096 PSS into FILE.sig."""
    subprocess.run(["openssl", "dgst", "-sha256", "-sign", "rsa.pem", *PSS, "-out", file + ".sig", file], check=True)

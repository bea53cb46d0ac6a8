#!/bin/bash
# Compares the published offlinekit with minisign and openssl: processor instructions, processor time, memory and throughput.
# Run by hand on an idle machine: tests/benchmarks/run.sh [start|rsa|hash]. Needs: minisign, openssl, valgrind, python3, 2 GiB in /tmp or $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")"
kit=${OFFLINEKIT:-../../artifacts/linux-x64/offlinekit}
[ -x "$kit" ] || { echo "no $kit: ./build.sh publish" >&2; exit 2; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp "$kit" "$work/offlinekit"; kit=$work/offlinekit                 # away from its symbols, which valgrind cannot read
cd "$work"

printf 'a small release\n' > small
minisign -G -W -f -p m.pub -s m.key > /dev/null
minisign -S -W -s m.key -m small -x small.minisig > /dev/null
openssl genrsa -out rsa.pem 4096 2> /dev/null; openssl rsa -in rsa.pem -pubout -out rsa.pub 2> /dev/null
openssl dgst -sha256 -sign rsa.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -out small.sig small

# The peak of a process counts that of whoever started it, so the starter must be small: a C program of a few pages.
cat > peak.c <<'C'
#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/resource.h>
#include <sys/wait.h>
int main(int argc, char **argv) {
    struct rusage used; int status, child = fork();
    if (argc < 2) return 2;
    if (child == 0) { dup2(open("/dev/null", O_WRONLY), 1); execvp(argv[1], argv + 1); _exit(127); }
    if (wait4(child, &status, 0, &used) < 0 || status != 0) return 1;
    printf("%ld\n", used.ru_maxrss);
}
C
cc -O1 -o peak peak.c

# compare TITLE RUNS TARGETS -- OURS -- THEIRS : medians over alternating runs, and the ratios against their targets
cat > compare.py <<'PY'
import os, re, resource, statistics, subprocess, sys, time
title, runs, targets, *words = sys.argv[1:]
split = words.index("--", 1)
commands = {"ours": words[1:split], "theirs": words[split + 1:]}
targets = dict(pair.split("=") for pair in targets.split(","))

def once(command):
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, {**os.environ}, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start

def instructions(command):
    # The garbage collector reserves more address space than valgrind grants; a limit makes it modest and changes nothing else.
    said = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True,
                          env={**os.environ, "DOTNET_GCHeapHardLimit": "10000000"}).stderr
    return int(re.search(r"refs:\s+([\d,]+)", said)[1].replace(",", ""))

seen = {name: [] for name in commands}
for _ in range(int(runs)):
    for name, command in commands.items():
        seen[name].append(once(command))
figures = {name: {"processor": statistics.median(v[0] for v in values), "elapsed": statistics.median(v[1] for v in values), "memory": int(subprocess.run(["./peak", *commands[name]], capture_output=True, text=True, check=True).stdout)}
           for name, values in seen.items()}
if "instructions" in targets:
    for name, command in commands.items():
        figures[name]["instructions"] = instructions(command)
print(title)
for what in ("instructions", "processor", "elapsed", "memory"):
    if what not in figures["ours"]:
        continue
    ours, theirs = figures["ours"][what], figures["theirs"][what]
    shown = {"instructions": "{:,.0f}", "memory": "{:,.0f} KiB"}.get(what, "{:.4f} s")
    target = targets.get(what)
    print(f"  {what:13} {shown.format(ours):>16} against {shown.format(theirs):>16}   ratio {ours / theirs:5.2f}" + (f"   wanted at most {target}" if target else ""))
PY
compare() { python3 compare.py "$@"; }

case ${1:-all} in all|start)
  compare "start: a small minisign file, against minisign -V" 200 instructions=4,processor=3 -- \
    "$kit" verify small --signature small.minisig --key m.pub -- minisign -V -q -m small -x small.minisig -p m.pub
esac
case ${1:-all} in all|rsa)
  compare "start: one RSA-4096 PSS signature, against openssl dgst -verify" 100 instructions=1.5,processor=1.5 -- \
    "$kit" verify small --signature small.sig --key rsa.pub --algorithm RSASSA_PSS_SHA_256 -- \
    openssl dgst -sha256 -verify rsa.pub -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -signature small.sig small
esac
case ${1:-all} in all|hash)
  head -c 1073741824 /dev/zero > large
  openssl dgst -sha256 -sign rsa.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -out large.sig large
  minisign -S -W -s m.key -m large -x large.minisig > /dev/null
  cat large > /dev/null
  echo "(throughput: a ratio of times of at most 1.05 is 0.95 of the throughput, 1.03 is 0.97)"
  compare "hash: 1 GiB SHA-256 under RSA, against openssl dgst -sha256" 5 processor=1.05,elapsed=1.05 -- \
    "$kit" verify large --signature large.sig --key rsa.pub --algorithm RSASSA_PSS_SHA_256 -- openssl dgst -sha256 large
  compare "hash: 1 GiB BLAKE2b under minisign, against minisign -V" 5 processor=1.03,elapsed=1.03 -- \
    "$kit" verify large --signature large.minisig --key m.pub -- minisign -V -q -m large -x large.minisig -p m.pub
esac

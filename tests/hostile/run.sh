#!/bin/sh
# Runs the published programs on hostile machines, and writes the answers into docs/measurements.md (the part between the marks "hostile").
#   run.sh [--kills N] [--faults N] [--reads N] [--only TEXT] [--not TEXT]...
# kills: how many times a process is killed just before a call that writes (default 1000); faults: how many such calls fail (1000);
# reads: how many calls that look at a file fail (1000). OFFLINEKIT and OFFLINEKIT_SIGN name other programs than those in artifacts/linux-x64.
# Wants Linux and strace; mounts, limits and another user want root. What cannot be made here is named as skipped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
results=$(mktemp)
trap 'rm -f "$results"' EXIT
python3 -B "$here/hostile.py" --results "$results" "$@"
[ ! -s "$results" ] || case " $* " in
  *" --only "* | *" --not "*) ;;
  *) python3 -B "$here/write.py" "$here/../../docs/measurements.md" "$results" ;;
esac

#!/bin/sh
# Measures the published programs beside their peers, and writes docs/measurements.md when every part was measured.
# Usage: tests/benchmarks/run.sh [start] [hash] [batch] [exports] [results] [tuf] [signing]     without a part: all of them, and the page
# Run by hand on an idle machine; nothing here is a test. Needs: ./build.sh publish, minisign, openssl, valgrind, python3, cc, and 10 GB where temporary files go (TMPDIR).
# cosign in PATH and ../shared/corpora beside the project are used when they are there.
# OFFLINEKIT names the program; GIGABYTES (20), LINES_OF_LIST (1000000) and RESULTS (10000000) make the large parts smaller.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
ROWS=$(mktemp); export ROWS; trap 'rm -f "$ROWS"' EXIT
for part in ${*:-start hash batch exports results tuf signing}; do
    echo "== $part"
    python3 "$here/$part.py"
done
[ $# -gt 0 ] && [ -z "${PAGE:-}" ] || python3 "$here/write.py" "$ROWS" "${PAGE:-$here/../../docs/measurements.md}"

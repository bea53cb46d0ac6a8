#!/bin/bash
# Compares verify-export with sha256sum -c: 100,000 small files, and a sparse file of 20 GiB. Prints ratios and memory.
# Run by hand on an idle machine: tests/benchmarks/exports.sh [small|sparse]. Needs: minisign, python3, GNU time; OFFLINEKIT names the program (default: the published one).
set -euo pipefail
cd "$(dirname "$0")"
kit=${OFFLINEKIT:-$PWD/../../artifacts/linux-x64/offlinekit}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"; mkdir small sparse
minisign -G -W -f -p m.pub -s m.key > /dev/null
case ${1:-all} in all|small)
  python3 - <<'PY'
import hashlib, os
with open("small/SHA256SUMS", "w") as sums:
    for i in range(100_000):
        folder = f"d{i // 1000:03}"
        os.makedirs(f"small/{folder}", exist_ok=True)
        content = (b"%d\n" % i) * (100 + i % 800)
        open(f"small/{folder}/f{i:06}", "wb").write(content)
        sums.write(f"{hashlib.sha256(content).hexdigest()}  {folder}/f{i:06}\n")
PY
  minisign -S -W -s m.key -m small/SHA256SUMS > /dev/null
  for round in 1 2 3; do
    (cd small; /usr/bin/time -f "sha256sum -c    %e s  %M KiB" sha256sum --quiet -c SHA256SUMS)
    /usr/bin/time -f "verify-export   %e s  %M KiB" $kit verify-export small --key m.pub > /dev/null
  done
esac
case ${1:-all} in all|sparse)
  truncate -s 20G sparse/image; printf 'one\n' > sparse/one
  (cd sparse; sha256sum image one > SHA256SUMS)
  minisign -S -W -s m.key -m sparse/SHA256SUMS > /dev/null
  /usr/bin/time -f "20 GiB sparse   %e s  %M KiB" $kit verify-export sparse --key m.pub > /dev/null
esac

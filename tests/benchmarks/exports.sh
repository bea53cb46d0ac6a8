#!/bin/bash
# Compares verify-export with sha256sum -c over 100,000 small files, run in turn; then the memory that an export of 20 GiB takes, as folder and as tar, beside that of a small one.
# Usage: tests/benchmarks/exports.sh [small|large], on an idle machine. Needs: minisign, python3, GNU time.
# OFFLINEKIT names the program (default: the published one), ROUNDS the number of runs of which the median counts. Fails when a bound does not hold.
set -euo pipefail
cd "$(dirname "$0")"
kit=$(realpath "${OFFLINEKIT:-../../artifacts/linux-x64/offlinekit}")
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"; mkdir small
minisign -G -W -f -p m.pub -s m.key > /dev/null

# median COLUMN FILE: the rows of FILE are "seconds, processor seconds, KiB".
median() { awk -v c="$1" '{ print $c }' "$2" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
measure() { local to=$1; shift; /usr/bin/time -a -o "$to" -f '%e %U %S %M' "$@" > /dev/null; }
rows() { awk '{ print $1, $2 + $3, $4 }' "$1" > "$1.rows"; }
holds() { awk "BEGIN { exit !($1) }" || { echo "exports: error: $2"; exit 1; }; }

small() {
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
  for _ in $(seq "${ROUNDS:-5}"); do
    (cd small; measure ../peer sha256sum --quiet -c SHA256SUMS)
    measure own "$kit" verify-export small --key m.pub
  done
  rows peer; rows own
  ratio=$(awk "BEGIN { printf \"%.2f\", $(median 1 peer.rows) / $(median 1 own.rows) }")
  printf '%-34s %6s s   %6s s of processor time   %s KiB\n' "sha256sum -c, 100,000 files" "$(median 1 peer.rows)" "$(median 2 peer.rows)" "$(median 3 peer.rows)" \
    "verify-export, 100,000 files" "$(median 1 own.rows)" "$(median 2 own.rows)" "$(median 3 own.rows)"
  echo "verify-export is $ratio times as fast as sha256sum -c"
  holds "$ratio >= 0.8" "slower than 0.8 times the speed of sha256sum -c"
  holds "$(median 3 own.rows) < 200 * 1024" "more than 200 MiB"
}

# An export of two files in folder $1 whose first one has $2 bytes, all of them a hole, and the same as a tar file: neither takes room on the disk.
export_of() {
  mkdir "$1"; truncate -s "$2" "$1/image"; printf 'one\n' > "$1/one"
  (cd "$1"; sha256sum image one > SHA256SUMS)
  minisign -S -W -s m.key -m "$1/SHA256SUMS" > /dev/null
  python3 - "$1" <<'PY'
import os, sys, tarfile
folder = sys.argv[1]
with open(folder + ".tar", "wb") as out:
    for name in ("SHA256SUMS", "SHA256SUMS.minisig", "image", "one"):
        info = tarfile.TarInfo(name)
        info.size = os.path.getsize(f"{folder}/{name}")
        out.write(info.tobuf(tarfile.PAX_FORMAT))
        if name == "image":
            out.seek(info.size + -info.size % 512, os.SEEK_CUR)
        else:
            out.write(open(f"{folder}/{name}", "rb").read() + bytes(-info.size % 512))
    out.write(bytes(10240))
PY
}

large() {
  export_of tiny 64K
  export_of huge 20G
  for what in "" .tar; do
    for size in tiny huge; do measure "$size$what.run" "$kit" verify-export "$size$what" --key m.pub; rows "$size$what.run"; done
    tiny=$(median 3 tiny$what.run.rows) huge=$(median 3 huge$what.run.rows)
    printf '%-34s %6s s   %s KiB; 64 KiB take %s KiB\n' "verify-export, 20 GiB ${what:-folder}" "$(median 1 huge$what.run.rows)" "$huge" "$tiny"
    holds "$huge <= $tiny + 4096" "an export of 20 GiB needs more memory than a small one"
  done
}

case ${1:-all} in all|small) small ;; esac
case ${1:-all} in all|large) large ;; esac

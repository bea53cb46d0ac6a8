#!/bin/sh
# Fetches the other clients, asks each of them and our own every case, and writes docs/gap-corpus.md.
#   run.sh                 all of it; OFFLINEKIT names the program (default: artifacts/linux-x64/offlinekit)
#   run.sh CLIENT…         only these clients, and no page: the wrong answers go to the terminal
# What cannot be had is "not supported" in the page and named on stderr.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export OFFLINEKIT="${OFFLINEKIT:-$root/artifacts/linux-x64/offlinekit}" PYTHONDONTWRITEBYTECODE=1
peers=${PEERS:-$root/.peers}
sh "$root/build/setup.sh" peers || echo "run.sh: some packages could not be installed" >&2
sh "$root/build/peers/peers.sh" "$peers" sigstore files js || echo "run.sh: some peers could not be had" >&2
. "$peers/env.sh"

if [ $# -gt 0 ]; then
  for client in "$@"; do echo "== $client"; python3 "$here/run.py" --client "$client" || true; done
  exit
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for file in "$here"/clients/*.py; do
  client=$(basename "$file" .py)
  [ "$client" != contract ] || continue
  printf '%s: ' "$client"
  python3 "$here/run.py" --client "$client" --results "$results/$client.jsonl" | tail -n 1
done
python3 "$here/table.py" "$root/docs/gap-corpus.md" "$results"/*.jsonl
echo "docs/gap-corpus.md is written"

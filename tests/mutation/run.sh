#!/bin/sh
# Mutation testing of the core, a folder at a time: each mutant must be seen by a vector (tests/mutation asks them within its process).
# Usage: tests/mutation/run.sh [--jobs N] FOLDER...    folders below src/OfflineKit, as Policy; "." is the gate: the files of src/OfflineKit itself
# The figures of the folders go into docs/measurements.md, and those of others stay; whole reports into artifacts/mutation.
# Needs: python3, and dotnet-stryker, which is fetched from the package feed.
set -eu
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd)
jobs=$(nproc)
[ "${1:-}" != --jobs ] || { jobs=$2; shift 2; }
[ $# -gt 0 ] || { echo "run.sh: error: name folders, as: run.sh Policy Trust" >&2; exit 2; }
work=$root/artifacts/mutation
[ -x "$work/tool/dotnet-stryker" ] || dotnet tool install dotnet-stryker --version 5.1.0 --tool-path "$work/tool" > /dev/null
cd "$here"
for folder; do
    name=$(echo "$folder" | tr '/' '-'); [ "$folder" != . ] || name=gate
    pattern="$folder/**/*.cs"; [ "$folder" != . ] || pattern="*.cs"
    "$work/tool/dotnet-stryker" --config-file stryker-config.json --skip-version-check --concurrency "$jobs" --mutate "$pattern" --output "$work/$name"
    python3 -B "$here/write.py" "$root/docs/measurements.md" "$name" "$(git -C "$root" rev-parse --short HEAD)" "$work/$name/reports/mutation-report.json"
done

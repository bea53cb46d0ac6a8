#!/bin/sh
# The mutation campaign: every accepted file is changed, and each change must be refused, or explained by a rule (tests/campaign/Rules).
# Usage: tests/campaign/run.sh [--changes N] [--seed S] [--shards N] [--jobs N] [--format TEXT]...
# Of all cases (without --format) the figures go into docs/measurements.md. What is done is kept in artifacts/campaign: the same command goes on where it was cut off.
# Needs: ./build.sh publish (or OFFLINEKIT, the program), python3. With TMPDIR in memory (a tmpfs) it takes less time. ../shared/corpora is used when it is there. Ends with 1 when something is not explained.
set -eu
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd)
changes=2000000 seed=1 shards=40 jobs=$(nproc) formats="" program=${OFFLINEKIT:-$root/artifacts/linux-x64/offlinekit}
while [ $# -gt 0 ]; do
    case $1 in
        --changes) changes=$2 ;; --seed) seed=$2 ;; --shards) shards=$2 ;; --jobs) jobs=$2 ;; --format) formats="$formats --format $2" ;;
        *) echo "run.sh: error: $1 is not understood" >&2; exit 2 ;;
    esac
    shift 2
done
version=$("$program" --version | head -n 1 | tr -c 'A-Za-z0-9.\n' '-')
kept=$root/artifacts/campaign/$version-$changes-$seed-$shards$(echo "$formats" | tr -c 'A-Za-z0-9.\n' '-')
mkdir -p "$kept"
dotnet build "$here" -c Release -nologo -v:q -clp:NoSummary
status=0 shard=0
while [ $shard -lt "$shards" ]; do
    shard=$((shard + 1)); counts=$kept/$shard.jsonl
    [ ! -e "$counts" ] || continue
    # shellcheck disable=SC2086 # formats are words
    if dotnet "$here/bin/Release/net10.0/OfflineKit.Campaign.dll" --root "$root" --program "$program" --changes "$changes" --seed "$seed" --jobs "$jobs" --shard "$shard/$shards" \
        --failures "$kept/failures" --counts "$counts.new" $formats > "$kept/$shard.txt"; then
        mv "$counts.new" "$counts"; rm -f "$kept/$shard.failed"
    else
        # It is tried again next time.
        status=1; mv "$counts.new" "$kept/$shard.failed"; grep -A 2 '^[A-Z]* ' "$kept/$shard.txt"
    fi
    tail -n 1 "$kept/$shard.txt"
done
# What was not explained is counted as well.
counted=$(find "$kept" -name '*.jsonl' -o -name '*.failed')
# shellcheck disable=SC2086 # files are words
[ -n "$formats" ] || python3 "$here/write.py" "$root/docs/measurements.md" "$program" $counted
# shellcheck disable=SC2086
python3 "$here/write.py" - "$program" $counted
exit $status

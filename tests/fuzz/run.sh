#!/bin/sh
# Fuzzes every parser (tests/fuzz/Targets): by coverage with afl++, and by changes of the seeds' structure in one process. What crashes or hangs is a failure, and kept in artifacts/fuzz/failures.
# Usage: tests/fuzz/run.sh [--executions N] [--changes N] [--seed S] [--target NAME]... [--minutes N]
#   --executions  of each target under afl-fuzz (default 200000); --changes: of each target in one process (default 200000); --minutes: at most so long under afl-fuzz for each target (default 60)
# Without --target the figures of all go into docs/measurements.md; with it, those of the named ones are renewed there, and the others stay.
# Needs: afl-fuzz (apt install afl++), python3, and the instrumenting tool, which is fetched from the package feed. Ends with 1 when something was found.
set -eu
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd)
executions=200000 changes=200000 seed=1 minutes=60 targets=""
while [ $# -gt 0 ]; do
    case $1 in
        --executions) executions=$2 ;; --changes) changes=$2 ;; --seed) seed=$2 ;; --minutes) minutes=$2 ;; --target) targets="$targets $2" ;;
        *) echo "run.sh: error: $1 is not understood" >&2; exit 2 ;;
    esac
    shift 2
done
command -v afl-fuzz > /dev/null || { echo "run.sh: error: afl-fuzz is missing (apt install afl++)" >&2; exit 2; }
work=$root/artifacts/fuzz; plain=$work/plain; instrumented=$work/instrumented; failures=$work/failures
mkdir -p "$work/seeds" "$work/afl" "$work/results"; rm -f "$work"/results/*.new
[ -x "$work/tool/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$work/tool" > /dev/null
rm -rf "$plain" "$instrumented"
dotnet publish "$here" -c Release -nologo -v:q -clp:NoSummary -o "$plain"
cp -r "$plain" "$instrumented"
for assembly in OfflineKit.dll OfflineKit.Host.dll OfflineKit.Signer.dll; do "$work/tool/sharpfuzz" "$instrumented/$assembly"; done

# No terminal, no core patterns, no binding to a core that others use; a target that waits for other work is no hang.
export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_HANG_TMOUT=10000
status=0
for target in ${targets:-$(dotnet "$plain/OfflineKit.Fuzz.dll" list)}; do
    result=$work/results/$target; : > "$result.new"
    rm -rf "$work/seeds/$target" "$work/afl/$target"
    dotnet "$plain/OfflineKit.Fuzz.dll" seeds "$target" "$work/seeds/$target"
    if [ "$executions" -gt 0 ]; then
        afl-fuzz -i "$work/seeds/$target" -o "$work/afl/$target" -V $((minutes * 60)) -E "$executions" -t 10000 -m none -s "$seed" -- "$(command -v dotnet)" "$instrumented/OfflineKit.Fuzz.dll" afl "$target" > "$work/afl/$target.txt" 2>&1 \
            || { echo "run.sh: error: afl-fuzz ended early for $target: $work/afl/$target.txt" >&2; status=1; }
        python3 "$here/write.py" afl "$target" "$work/afl/$target/default" "$failures" >> "$result.new" || status=1
    fi
    if [ "$changes" -gt 0 ]; then
        dotnet "$plain/OfflineKit.Fuzz.dll" change "$target" "$changes" "$seed" "$failures" >> "$result.new" || status=1
    fi
    mv "$result.new" "$result"; cat "$result"
done
python3 "$here/write.py" page "$root/docs/measurements.md" "$(git -C "$root" rev-parse --short HEAD)" "$work"/results/*
exit $status

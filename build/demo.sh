#!/bin/sh
# The main job on real-format files: what came over, and may it be trusted? Runs cases of tests/vectors and shows the verdicts.
# usage: demo.sh OFFLINEKIT
set -u
kit=$1
cd "$(dirname "$0")/../tests/vectors" || exit 2
trusted=0 refused=0 wrong=0
# One accepted and one refused case a format: those that are named here first, else the first of each kind.
for format in sentinel dossier minisign kms-detached; do
  [ -d $format ] || { echo "demo: no $format cases in tests/vectors" >&2; continue; }
  good="" bad=""
  for case in $format/prehashed $format/tampered-artefact $format/[a-z]*; do
    [ -f "$case/case.txt" ] || continue
    expect=$(sed -n 's/^expect: *//p' "$case/case.txt")
    case $expect in
      trusted) [ -n "$good" ] || good=$case ;;
      signature.mismatch) [ -n "$bad" ] || bad=$case ;;
    esac
  done
  for case in $good $bad; do
    arguments=$(sed -n 's/^args: *//p' "$case/case.txt")
    expect=$(sed -n 's/^expect: *//p' "$case/case.txt")
    printf '\n# %s\n$ offlinekit %s\n' "$(sed -n '1s/^# *//p' "$case/case.txt")" "$arguments"
    input=$(sed -n 's/^stdin: *//p' "$case/case.txt")
    (cd "$case" && eval "\"$kit\" $arguments" < "${input:-/dev/null}")
    exit=$?
    case $exit in 0) trusted=$((trusted + 1)) ;; 1) refused=$((refused + 1)) ;; esac
    if [ "$expect" = trusted ]; then wanted=0; else wanted=1; fi
    [ $exit -eq $wanted ] || { wrong=$((wrong + 1)); echo "demo: exit $exit, wanted $wanted" >&2; }
  done
done
printf '\n%s trusted, %s refused\n' $trusted $refused
[ $wrong -eq 0 ] && [ $trusted -gt 0 ] && [ $refused -gt 0 ]

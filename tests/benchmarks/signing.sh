#!/bin/sh
# How signing scales with --parallel: 100 files, a key service on this machine that waits 50 ms before each answer.
# Usage: tests/benchmarks/signing.sh [OFFLINEKIT_SIGN]      needs python3 and openssl; prints files a second for each degree, and the ratio to one at a time.
# The start of the program is in every figure; 100 files one after another wait 5 s at least.
set -eu
sign=${1:-artifacts/linux-x64/offlinekit-sign}
case $sign in *.dll) sign="dotnet $(realpath "$sign")" ;; *) sign=$(realpath "$sign") ;; esac
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
python3 "$here/kms50.py" "$work" > "$work/port" &
server=$!
trap 'kill $server; rm -r "$work"' EXIT
until [ -s "$work/port" ]; do sleep 0.1; done
cd "$work"
for i in $(seq 100); do echo "$i" > "f$i"; done
export AWS_ENDPOINT_URL_KMS="http://127.0.0.1:$(cat port)" AWS_REGION=eu-central-1 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=y AWS_EC2_METADATA_DISABLED=true
first=
for degree in 1 2 4 8 16 32; do
  start=$(date +%s%N)
  $sign sign f[0-9]* --format kms --key awskms:///alias/bench --public-key public.pem --parallel $degree > log 2>&1 || { cat log; exit 1; }
  ms=$(( ($(date +%s%N) - start) / 1000000 ))
  first=${first:-$ms}
  awk -v n="$degree" -v ms="$ms" -v first="$first" 'BEGIN { printf "--parallel %-3d %6d ms %6.1f files/s %5.1f times\n", n, ms, 100000 / ms, first / ms }'
  rm ./*.sig
done

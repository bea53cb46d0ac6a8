#!/bin/bash
# Compares one run over many Sigstore bundles with one process each, and two threads with one.
# Run by hand on an idle machine: tests/benchmarks/batch.sh [BUNDLES]. Needs: ../shared/corpora beside the project, GNU time, taskset.
# On a machine that is not idle: PRIORITY="chrt -f 1" as root.
# Targets: 20 times faster than single processes (measured on a sample of 200), 1.8 times faster on two cores than on one.
set -euo pipefail
cd "$(dirname "$0")/../.."
kit=$(realpath "${OFFLINEKIT:-artifacts/linux-x64/offlinekit}")
corpus=$(realpath ../shared/corpora/sigstore-conformance) || { echo "no corpus beside the project" >&2; exit 2; }
[ -x "$kit" ] || { echo "no $kit: ./build.sh publish" >&2; exit 2; }
priority=${PRIORITY:-}
count=${1:-10000} sample=200
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
bundle=$corpus/bundle-verify/happy-path-v0.3/bundle.sigstore.json
for i in $(seq "$count"); do
    cp "$bundle" "b$i.sigstore.json"
    echo "{\"path\":\"$corpus/bundle-verify/a.txt\",\"signaturePath\":\"b$i.sigstore.json\"}"
done > list.ndjson
who=(--certificate-identity-prefix https:// --certificate-oidc-issuer https://token.actions.githubusercontent.com)

seconds() { $priority /usr/bin/time -f '%e %M' -o figures "$@" > out 2> err || { tail -3 out err; exit 1; }; cat figures; }
read -r two memory <<< "$(seconds taskset -c 0,1 "$kit" verify --batch list.ndjson --jobs 2 "${who[@]}")"
tail -1 out
read -r one _ <<< "$(seconds taskset -c 0 "$kit" verify --batch list.ndjson --jobs 1 "${who[@]}")"
singles() { for i in $(seq "$sample"); do $priority "$kit" verify "$corpus/bundle-verify/a.txt" --signature "b$i.sigstore.json" "${who[@]}"; done; }
start=$(date +%s.%N); singles > /dev/null; end=$(date +%s.%N)
awk -v n="$count" -v s="$sample" -v one="$one" -v two="$two" -v a="$start" -v b="$end" -v m="$memory" 'BEGIN {
    each = (b - a) / s
    printf "%d bundles: %.2f s on two cores (%.0f/s), %.2f s on one; one process each: %.1f ms\n", n, two, n / two, one, 1000 * each
    printf "against single processes: %.1f times faster (target 20)\n", each * n / two
    printf "two cores against one:    %.2f times faster (target 1.8)\n", one / two
    printf "peak memory:              %.0f MiB\n", m / 1024 }'

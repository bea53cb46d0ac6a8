#!/bin/bash
# Processor instructions of whole runs of the published offlinekit, and the bounds that they must keep: exit status 1 where one is passed. Instructions are
# the same on a busy machine. Run by hand: tests/benchmarks/start-bounds.sh. Needs valgrind; ../shared/corpora, where it is, adds bundles of the public instance.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
kit=${OFFLINEKIT:-$root/artifacts/linux-x64/offlinekit}
[ -x "$kit" ] || { echo "no $kit: ./build.sh publish" >&2; exit 2; }
command -v valgrind > /dev/null || { echo "start-bounds: valgrind is missing" >&2; exit 2; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp "$kit" "$work/offlinekit"                                       # away from its symbols, which valgrind cannot read
cp -r "$root/tests/vectors/sigstore" "$work"
cp "$root/tests/vectors/minisign/prehashed"/a.txt* "$root/tests/vectors/minisign/_keys/alice.pub" "$work"
passed=0

# bound MILLIONS TITLE ARGUMENT…: in the folder where it is called; only an accepted file counts.
bound() {
  local limit=$1 title=$2 seen; shift 2
  # The garbage collector reserves more address space than valgrind grants; a limit makes it modest and changes nothing else.
  # Each variable of an environment costs a thousand instructions: the bounds are those of an environment that holds next to none.
  env -i PATH="$PATH" HOME="$work" DOTNET_GCHeapHardLimit=10000000 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/offlinekit" "$@" > "$work/said" 2> "$work/counted" ||
    { cat "$work/said" >&2; echo "start-bounds: $title: not trusted" >&2; exit 2; }
  seen=$(sed -n 's/.*refs: *//p' "$work/counted" | tr -d ,)
  printf '%-60s %6.2f M of at most %5.2f M\n' "$title" "$(echo "$seen" | awk '{ print $1 / 1e6 }')" "$limit"
  awk -v seen="$seen" -v limit="$limit" 'BEGIN { exit seen > limit * 1e6 }' || passed=1
}

cd "$work"
bound 5.76 "a small minisign file" verify a.txt --signature a.txt.minisig --key alice.pub
for vector in message-rekor-v1 message-rekor-v2 promise-and-timestamp; do
  cd "$work/sigstore/$vector"
  bound 45 "Sigstore bundle, private instance: $vector" $(sed -n 's/^args: //p' case.txt)
done
corpus=$root/../shared/corpora/sigstore-conformance
[ -d "$corpus" ] || { echo "start-bounds: ../shared/corpora is not there: no bundle of the public instance"; exit $passed; }
beacon=https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main
for name in happy-path-v0.1 happy-path-v0.2 happy-path-v0.3 happy-path-intoto-in-dsse-v3; do
  [ -d "$corpus/bundle-verify/$name" ] || continue
  bound 45 "Sigstore bundle, public instance: $name" verify-bundle --bundle "$corpus/bundle-verify/$name/bundle.sigstore.json" --certificate-identity "$beacon" \
    --certificate-oidc-issuer https://token.actions.githubusercontent.com --trust-root sigstore-public-good "$corpus/a.txt"
done
exit $passed

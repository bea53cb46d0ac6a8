#!/bin/sh
# Shows that a release can be made again: two clones of the last commit, in folders whose names are of different length, publish the same bytes,
# and so does a second publish in the first clone after its objects were deleted. Then an archive of the first clone's sysroot changes, and the build says so and links again.
#   reproduce.sh [RID…]      linux-x64 and linux-arm64 where none is named; exit status 1 where two publishes differ
#   reproduce.sh VERSION [RELEASE]      builds the release of VERSION again and compares it with the folder RELEASE; artifacts/release/offlinekit-VERSION.kit where none is named
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
case "${1:-}" in
  [0-9]*) exec sh "$root/build/release/again.sh" "${2:-$root/artifacts/release/offlinekit-$1.kit}" ;;
esac
rids=${*:-linux-x64 linux-arm64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# publish CLONE RID
publish() { (cd "$1" && dotnet msbuild build/build.proj -nologo "-v:${3:-q}" -nodeReuse:false -t:LinkNative "-p:Rid=$2"); }
digests() { (cd "$1/artifacts/$2" && sha256sum offlinekit offlinekit-sign offlinekit-signer); }

# compare TITLE ONE OTHER
compare() {
  if [ "$2" = "$3" ]; then echo "reproduce: $1: the same bytes"; else
    echo "reproduce: $1: DIFFERENT" >&2; printf '%s\n%s\n' "$2" "$3" >&2; wrong=1
  fi
}

one=$work/one other=$work/a-folder-with-a-longer-name/other
commit=$(git -C "$root" rev-parse HEAD)
for clone in "$one" "$other"; do
  git clone -q "$root" "$clone"
  git -C "$clone" -c advice.detachedHead=false checkout -q "$commit"
done
for rid in $rids; do
  publish "$one" "$rid"; publish "$other" "$rid"
  first=$(digests "$one" "$rid")
  echo "$first" | sed "s:  :  $rid/:"
  compare "$rid, two clones" "$first" "$(digests "$other" "$rid")"
  rm -rf "$one/artifacts/obj" "$one/artifacts/bin" "$one/artifacts/publish" "$one/artifacts/$rid"
  publish "$one" "$rid"
  compare "$rid, again in the first clone" "$first" "$(digests "$one" "$rid")"
  for archive in "$one/artifacts/sysroot/"*"/usr/lib/"*"/libsodium.a"; do printf 'not in the release\n' > "$work/note.txt"; llvm-ar q "$archive" "$work/note.txt" 2> /dev/null || ar q "$archive" "$work/note.txt"; done
  if publish "$one" "$rid" m | grep -q 'linked anew.*libsodium\.a'; then echo "reproduce: $rid, another libsodium.a: the build says so and links again"; else
    echo "reproduce: $rid, another libsodium.a: NOT NOTICED" >&2; wrong=1
  fi
  [ ! -s "$one/artifacts/sysroot/"*"/not-locked" ] || echo "reproduce: warning: not with the locked packages" >&2
done
exit $wrong

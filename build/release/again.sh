#!/bin/sh
# Builds a received release again, from the commit that its provenance names, and compares every file.
#   again.sh RELEASE      a folder: a release, or the kit of one; exit status 1 where a file differs
set -eu
[ $# -eq 1 ] && [ -f "$1/provenance.intoto.json" ] || { sed -n '3s/^# *//p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd) theirs=$(cd "$1" && pwd)
commit=$(sed -n 's/.*"gitCommit": *"\([0-9a-f]\{40\}\)".*/\1/p' "$theirs/provenance.intoto.json" | head -1)
[ -n "$commit" ] || { echo "again: the provenance names no commit" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$root" "$work/clone"
git -C "$work/clone" -c advice.detachedHead=false checkout -q "$commit"
# The platforms that the received release has.
targets=PublishLinux
ls "$theirs" | grep -q 'linux-arm64\|win-x64\|osx-arm64' && targets=Publish
(cd "$work/clone" && dotnet msbuild build/build.proj -nologo -v:q -nodeReuse:false "-t:$targets;PackModule;AssembleRelease")
echo "again: $commit was built"
exec sh "$(dirname "$0")/compare.sh" "$work/clone/artifacts/release/"offlinekit-*[0-9] "$theirs"

#!/bin/sh
# Shows that a release verifies the next one: builds this version and a later one, signs both, and lets the older program judge the newer release;
# then an artefact, a bill of materials and the provenance are changed, and each change must be refused.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# release CLONE: publishes, assembles and signs what is checked out there.
release() {
  (cd "$1" && dotnet msbuild build/build.proj -nologo -v:q -nodeReuse:false "-t:PublishLinux;PackModule;AssembleRelease;SignRelease" "-p:Key=$work/key.pem" "-p:MinisignKey=$work/minisign.key")
}

git clone -q "$root" "$work/this"
git clone -q "$root" "$work/next"
sed -i 's:<VersionPrefix>.*</VersionPrefix>:<VersionPrefix>999.0.0</VersionPrefix>:' "$work/next/Directory.Build.props"
sed -i "s:ModuleVersion *= *'[^']*':ModuleVersion = '999.0.0':" "$work/next/module/OfflineKit/OfflineKit.psd1"
git -C "$work/next" -c user.name=bootstrap -c user.email=bootstrap@example.com commit -qam "version 999.0.0"

openssl genpkey -algorithm ed25519 -out "$work/key.pem"
openssl pkey -in "$work/key.pem" -pubout -out "$work/key.pub"
(cd "$work/this" && dotnet msbuild build/build.proj -nologo -v:q -nodeReuse:false -t:PublishLinux)
"$work/this/artifacts/linux-x64/offlinekit-sign" keygen -W -s "$work/minisign.key" -p "$work/minisign.pub" > /dev/null 2>&1
release "$work/this"
release "$work/next"

older=$work/this/artifacts/linux-x64/offlinekit
kit=$work/next/artifacts/release/offlinekit-999.0.0.kit
"$older" verify-export "$kit" --key "$work/key.pub" > "$work/said" || { cat "$work/said" >&2; echo "bootstrap: the next release is refused" >&2; exit 1; }
head -4 "$work/said"

# An older release comes after a newer one never: the state remembers.
"$older" verify-export "$kit" --key "$work/key.pub" --state "$work/state" > /dev/null
if "$older" verify-export "$work/this/artifacts/release/"offlinekit-*[0-9].kit --key "$work/key.pub" --state "$work/state" > "$work/said"; then echo "bootstrap: the older release was taken after the newer one" >&2; exit 1; fi
echo "bootstrap: the older release after the newer one: $(grep -o -m1 'export\.[a-z-]*' "$work/said")"

wrong=0
for file in offlinekit_999.0.0_amd64.deb offlinekit-999.0.0-linux-x64.cdx.json provenance.intoto.json provenance.intoto.dsse.json; do
  cp "$kit/$file" "$work/kept"
  # Another byte than the one that is there.
  if [ "$(dd if="$kit/$file" bs=1 skip=100 count=1 status=none)" = x ]; then other=y; else other=x; fi
  printf %s "$other" | dd of="$kit/$file" bs=1 seek=100 conv=notrunc status=none
  if "$older" verify-export "$kit" --key "$work/key.pub" > "$work/said"; then echo "bootstrap: $file was changed, and is TRUSTED" >&2; wrong=1; else
    echo "bootstrap: $file changed: $(grep -o -m1 'export\.[a-z-]*' "$work/said")"
  fi
  cp "$work/kept" "$kit/$file"
done
exit $wrong

#!/bin/sh
# Signs an assembled release and packs it as a kit, then verifies it with the programs that it holds.
#   sign.sh PROGRAMS FOLDER VERSION TIME KEY [MINISIGN-KEY] KIT
# PROGRAMS is the folder of offlinekit and offlinekit-sign; TIME (RFC 3339) is what the documents state; KEY and MINISIGN-KEY are keys by path or URI.
set -eu
[ $# -ge 6 ] || { sed -n '2,4s/^# *//p' "$0" >&2; exit 2; }
programs=$1 folder=$2 version=$3 time=$4 key=$5
[ $# -eq 7 ] && minisign=$6 kit=$7 || { minisign="" kit=$6; }
sign() { "$programs/offlinekit-sign" "$@"; }

keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
sign public-key "$key" -o "$keys/release.pem" 2> /dev/null
sign sign "$folder/provenance.intoto.json" --format dsse --payload-type application/vnd.in-toto+json --key "$key" --public-key "$keys/release.pem" --signed-at "$time" -o "$folder/provenance.intoto.dsse.json"
set -- --key "$key" --public-key "$keys/release.pem"
if [ -n "$minisign" ]; then
  sign sign "$folder/SHA256SUMS" --format minisign --key "$minisign" --trusted-comment "OfflineKit $version" --signed-at "$time"
  set -- "$@" --minisign-key "$minisign"
fi
sign export pack "$folder" --name offlinekit --version "$version" --signed-at "$time" "$@" -o "$kit"
"$programs/offlinekit" verify-export "$kit" --key "$keys/release.pem" --output json > /dev/null
echo "release: signed, packed as $kit, and verified"

#!/bin/bash
# Makes every vector of this folder anew: what lies beside a good thing and is none of it. Needs: openssl 3, tar, and offlinekit-sign as SIGN (default: the build of this checkout). Keys are thrown away.
set -euo pipefail
cd "$(dirname "$0")"
SIGN=${SIGN:-dotnet ../../../src/OfflineKit.Signing.Cli/bin/Debug/net10.0/OfflineKit.Signing.Cli.dll}
secret=$(mktemp -d); trap 'rm -rf "$secret"' EXIT
find . -mindepth 1 -maxdepth 1 -type d -exec rm -r {} +
mkdir _keys

openssl genpkey -quiet -algorithm ed25519 -out "$secret/team.key"; openssl pkey -in "$secret/team.key" -pubout -out _keys/team.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$secret/build.key"; openssl pkey -in "$secret/build.key" -pubout -out _keys/build.pem
sign() { $SIGN "$@" > "$secret/log" 2>&1 || { cat "$secret/log" >&2; exit 1; }; }
for who in maker stranger; do sign keygen -W -s "$secret/$who.key" -p "$secret/$who.pub"; done
cp "$secret/maker.pub" _keys/maker.pub

mkdir "$secret/payload"; printf 'tool\n' > "$secret/payload/tool"
sign export pack "$secret/payload" --name feeds --version 2026.11.22 --signed-at 2026-11-22T08:30:00Z -o "$secret/e.tar" --key "$secret/team.key"
# scenario NAME ARGS EXPECT TITLE CONTAINS...
scenario() { printf '# %s\nargs: %s\nexpect: %s\n' "$4" "$2" "$3" > "$1/case.txt"; for text in "${@:5}"; do printf 'contains: %s\n' "$text" >> "$1/case.txt"; done; }
kit() { mkdir "$1"; cp "$secret/e.tar" "$1/e.tar"; }

kit kit-signature-of-the-file
openssl pkeyutl -sign -rawin -in "$secret/e.tar" -inkey "$secret/team.key" -out kit-signature-of-the-file/e.tar.sig
scenario kit-signature-of-the-file "verify-export e.tar --key ../_keys/team.pem" trusted "an Ed25519 signature beside the archive signs the file, of which an export knows the digest: it is passed over" "passed over as its signature"
cp -r kit-signature-of-the-file kit-signature-of-the-file-named
scenario kit-signature-of-the-file-named "verify-export e.tar --key ../_keys/team.pem --archive-signature e.tar.sig" artifact.digest-only "whoever names it wants it verified"
cp -r kit-signature-of-the-file kit-signature-of-the-file-alone
scenario kit-signature-of-the-file-alone "verify e.tar --key ../_keys/team.pem" trusted "as a file the archive is verified by it"
kit kit-signature-of-a-stranger
sign sign "$secret/e.tar" --format minisign --key "$secret/stranger.key" -o kit-signature-of-a-stranger/e.tar.sig
scenario kit-signature-of-a-stranger "verify-export e.tar --key ../_keys/team.pem" trusted "senders sign for several receivers" "passed over as its signature"
kit kit-signature-is-none
printf 'see the wiki\n' > kit-signature-is-none/e.tar.sig
scenario kit-signature-is-none "verify-export e.tar --key ../_keys/team.pem" trusted "a file that is called like a signature and is none" "passed over as its signature"
kit kit-signature-of-another-archive
printf 'another' > "$secret/other"; openssl dgst -sha256 -sign "$secret/build.key" -out kit-signature-of-another-archive/e.tar.sig "$secret/other"
scenario kit-signature-of-another-archive "verify-export e.tar --key ../_keys/team.pem --key ../_keys/build.pem" signature.mismatch "one that a trusted key could have made, and that does not fit, says that the archive is another"

# lists NAME: a file, two lists that name it, one signed by the maker and one by a stranger.
lists() { mkdir -p "$1/e"; printf 'one\n' > "$1/e/f"; (cd "$1/e"; b2sum f > B2SUMS; sha256sum f > SHA256SUMS); sign sign "$1/e/B2SUMS" --format minisign --key "$secret/stranger.key"; sign sign "$1/e/SHA256SUMS" --format minisign --key "$secret/maker.key"; }
lists list-of-a-stranger
scenario list-of-a-stranger "verify e/f --key ../_keys/maker.pub" trusted "a list by a stranger does not hide the one by the maker" "also there: e/B2SUMS: not trusted: key.unknown"
lists list-of-a-stranger-and-another-file
printf 'two\n' > list-of-a-stranger-and-another-file/e/f
scenario list-of-a-stranger-and-another-file "verify e/f --key ../_keys/maker.pub" export.digest-mismatch "the list of the maker names another file"
lists list-of-strangers
rm list-of-strangers/e/SHA256SUMS.minisig
scenario list-of-strangers "verify e/f --key ../_keys/maker.pub" key.unknown "nobody who is trusted signed a list"

#!/bin/bash
# Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.
# Needs: signify-openbsd, minisign 0.11 or later, python3.
set -euo pipefail
cd "$(dirname "$0")"
keys=$(mktemp -d); trap 'rm -rf "$keys"' EXIT
find . -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
mkdir _keys
for who in alice mallory; do signify-openbsd -G -n -p "$keys/$who.pub" -s "$keys/$who.sec"; cp "$keys/$who.pub" _keys/; done

# scenario NAME EXPECT ARGS: a folder with a.txt, alice's good a.txt.sig and case.txt; the comment comes on stdin
scenario() {
  mkdir "$1"; printf 'first release of the demo\n' > "$1/a.txt"
  signify-openbsd -S -s "$keys/alice.sec" -m "$1/a.txt" -x "$1/a.txt.sig"
  { sed 's/^/# /'; echo "args: $3"; echo "expect: $2"; } > "$1/case.txt"
}
contains() { echo "contains: $2" >> "$1/case.txt"; }
plain="verify a.txt --signature a.txt.sig --key ../_keys/alice.pub"
embedded="verify a.sig --format signify-embedded --key ../_keys/alice.pub"

scenario detached trusted "$plain" <<< "what signify -S writes"
scenario crlf trusted "$plain" <<< "CRLF line ends, as a Windows checkout makes them"
sed -i 's/$/\r/' crlf/a.txt.sig
scenario tampered signature.mismatch "$plain" <<< "the file was changed"; echo more >> tampered/a.txt
scenario other-signer key.unknown "$plain" <<< "another key number"
signify-openbsd -S -s "$keys/mallory.sec" -m other-signer/a.txt -x other-signer/a.txt.sig
scenario no-final-line-feed signature.malformed "$plain" <<< "signify wants a line feed after the base64"
truncate -s -1 no-final-line-feed/a.txt.sig
scenario prehashed-algorithm algorithm.unsupported "$plain" <<< "signify knows no ED signatures: the first two lines of a minisign file are none"
minisign -G -W -f -p _keys/mini.pub -s "$keys/mini.key" > /dev/null
minisign -S -W -s "$keys/mini.key" -m prehashed-algorithm/a.txt -x prehashed-algorithm/m > /dev/null
head -2 prehashed-algorithm/m > prehashed-algorithm/a.txt.sig; rm prehashed-algorithm/m
scenario secret-key-given key.private "verify a.txt --signature a.txt.sig --key alice.sec" <<< "the secret key where the public key belongs (a test key)"
cp "$keys/alice.sec" secret-key-given/
scenario relabelled-hash trusted "verify hash --signature a.txt.sig --key ../_keys/mini.pub" <<< "known limit: a minisign signature relabelled Ed is a signify signature of the 64 bytes of the hash; the report says so"
minisign -S -W -s "$keys/mini.key" -m relabelled-hash/a.txt -x relabelled-hash/m > /dev/null
python3 - <<'PY'
import base64, hashlib, pathlib
d = pathlib.Path("relabelled-hash")
l = (d / "m").read_bytes().split(b"\n")
blob = base64.b64decode(l[1])
(d / "a.txt.sig").write_bytes(l[0] + b"\n" + base64.b64encode(b"Ed" + blob[2:]) + b"\n")
(d / "hash").write_bytes(hashlib.blake2b((d / "a.txt").read_bytes()).digest())
PY
rm relabelled-hash/m; contains relabelled-hash "can be relabelled"

scenario embedded trusted "$embedded" <<< "signify -e: the message follows the two lines"
signify-openbsd -S -e -s "$keys/alice.sec" -m embedded/a.txt -x embedded/a.sig; contains embedded "bytes after the second line"
scenario embedded-changed signature.mismatch "$embedded" <<< "a byte after the message"
signify-openbsd -S -e -s "$keys/alice.sec" -m embedded-changed/a.txt -x embedded-changed/a.sig; echo >> embedded-changed/a.sig
scenario embedded-beside-another-file artifact.self-contained "verify evil.sh --signature a.sig --format signify-embedded --key ../_keys/alice.pub" <<< "an embedded signature signs its own message, whatever it is laid beside"
signify-openbsd -S -e -s "$keys/alice.sec" -m embedded-beside-another-file/a.txt -x embedded-beside-another-file/a.sig; echo evil > embedded-beside-another-file/evil.sh
scenario embedded-beside-its-message trusted "verify a.txt --signature a.sig --format signify-embedded --key ../_keys/alice.pub" <<< "the message that it embeds, byte for byte"
signify-openbsd -S -e -s "$keys/alice.sec" -m embedded-beside-its-message/a.txt -x embedded-beside-its-message/a.sig

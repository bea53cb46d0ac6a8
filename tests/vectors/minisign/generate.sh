#!/bin/bash
# Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.
# Needs: minisign 0.11 or later, signify-openbsd, openssl, python3.
set -euo pipefail
cd "$(dirname "$0")"
keys=$(mktemp -d); trap 'rm -rf "$keys"' EXIT
find . -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
mkdir _keys

for who in alice mallory; do
  minisign -G -W -f -p _keys/$who.pub -s "$keys/$who.key" > /dev/null
done
sign() { minisign -S -W -s "$keys/$1.key" -m "$2" -x "$3" -c "signature from $1's test key" -t "${4:-demo release 1.0}" "${@:5}" > /dev/null; }

# scenario NAME EXPECT ARGS: a folder with a.txt, alice's good a.txt.minisig and case.txt; the comment comes on stdin
scenario() {
  mkdir "$1"; printf 'first release of the demo\n' > "$1/a.txt"
  sign alice "$1/a.txt" "$1/a.txt.minisig"
  { sed 's/^/# /'; echo "args: $3"; echo "expect: $2"; } > "$1/case.txt"
}
contains() { echo "contains: $2" >> "$1/case.txt"; }
line() { sed -n "$2p" "$1"; }                                      # line FILE NUMBER
change() { python3 - "$1" "$2" <<'PY'
import base64, sys
# change FILE EXPRESSION: rewrites the four lines as l[0]..l[3]; b(i) decodes line i, e(bytes) encodes.
path, expression = sys.argv[1:]
l = open(path, "rb").read().split(b"\n")
b, e = lambda i: bytearray(base64.b64decode(l[i])), base64.b64encode
exec(expression)
open(path, "wb").write(b"\n".join(l))
PY
}
plain="verify a.txt --signature a.txt.minisig --key ../_keys/alice.pub"

# --- trusted
scenario prehashed trusted "$plain" <<< "the form that minisign writes by default: Ed25519 over BLAKE2b-512"
contains prehashed "TRUSTED: a.txt"; contains prehashed "demo release 1.0"

scenario found-beside trusted "verify a.txt --key ../_keys/alice.pub" <<< "without --signature the file next to the artefact is taken"

scenario empty-artefact trusted "$plain" <<< "an empty file can be signed too"
: > empty-artefact/a.txt; sign alice empty-artefact/a.txt empty-artefact/a.txt.minisig

scenario from-stdin trusted "verify - --signature a.txt.minisig --key ../_keys/alice.pub" <<< "the artefact comes on standard input"
echo "stdin: a.txt" >> from-stdin/case.txt

scenario crlf-lines trusted "$plain" <<< "a transfer in text mode made the line ends CRLF; what is signed excludes line ends, as minisign itself has it"
sed -i 's/$/\r/' crlf-lines/a.txt.minisig

scenario legacy-allowed trusted "$plain --allow-legacy-minisign" <<< "legacy mode signs the file itself; accepted only on demand, and noted"
sign alice legacy-allowed/a.txt legacy-allowed/a.txt.minisig "demo release 1.0" -l
contains legacy-allowed "legacy mode"

scenario hostile-comment trusted "$plain" <<< "a trusted comment with right-to-left and zero-width characters must not reach a terminal as such"
sign alice hostile-comment/a.txt hostile-comment/a.txt.minisig "$(printf 'pay \xe2\x80\xae001 to\xe2\x80\x8b me')"
contains hostile-comment '\u{202e}'; contains hostile-comment '\u{200b}'

# --- refused: the signature
scenario tampered-artefact signature.mismatch "$plain" <<< "one byte of the artefact was changed"
printf 'First release of the demo\n' > tampered-artefact/a.txt
contains tampered-artefact "NOT TRUSTED: a.txt"; contains tampered-artefact "next: "

scenario tampered-signature signature.mismatch "$plain" <<< "one bit of the signature was changed"
change tampered-signature/a.txt.minisig 'x = b(1); x[40] ^= 1; l[1] = e(x)'

scenario forged-key-id signature.mismatch "$plain" <<< "mallory signs and writes alice's key id over her own: the id is a hint, the key decides"
sign mallory forged-key-id/a.txt forged-key-id/a.txt.minisig
alice=$(line _keys/alice.pub 2) change forged-key-id/a.txt.minisig 'import os; x = b(1); x[2:10] = base64.b64decode(os.environ["alice"])[2:10]; l[1] = e(x)'

scenario other-signer key.unknown "$plain" <<< "mallory's signature is good, but nobody trusts mallory; told apart from a bad signature"
sign mallory other-signer/a.txt other-signer/a.txt.minisig
contains other-signer "key id"

scenario no-key-given error "verify a.txt --signature a.txt.minisig" <<< "a good signature and nobody to trust"

scenario changed-comment minisign.comment-mismatch "$plain" <<< "the version in the trusted comment was raised after signing"
sed -i 's/demo release 1.0/demo release 9.9/' changed-comment/a.txt.minisig

scenario comment-of-another-signature minisign.comment-mismatch "$plain" <<< "trusted comment and global signature come whole from another signature of the same key"
printf 'another file\n' > comment-of-another-signature/b.txt
sign alice comment-of-another-signature/b.txt comment-of-another-signature/b.minisig "demo release 2.0"
other="$PWD/comment-of-another-signature/b.minisig" change comment-of-another-signature/a.txt.minisig 'import os; l[2:4] = open(os.environ["other"], "rb").read().split(b"\n")[2:4]'
rm comment-of-another-signature/b.*

scenario legacy-denied minisign.legacy-denied "$plain" <<< "legacy mode is refused unless it is asked for"
sign alice legacy-denied/a.txt legacy-denied/a.txt.minisig "demo release 1.0" -l
contains legacy-denied "--allow-legacy-minisign"

scenario relabelled-as-legacy signature.mismatch "$plain --allow-legacy-minisign" <<< "a prehashed signature whose algorithm bytes were changed to the legacy ones, over the same file"
change relabelled-as-legacy/a.txt.minisig 'x = b(1); x[1] = ord("d"); l[1] = e(x)'

scenario unknown-algorithm algorithm.unsupported "$plain" <<< "the algorithm bytes are EX"
change unknown-algorithm/a.txt.minisig 'x = b(1); x[1] = ord("X"); l[1] = e(x)'

scenario truncated signature.malformed "$plain" <<< "the last line is missing"
change truncated/a.txt.minisig 'l[3:] = [b""]'

scenario trailing-line signature.malformed "$plain" <<< "other readers stop at line four, so two files could share a verdict but not a hash"
echo "and a fifth line" >> trailing-line/a.txt.minisig

scenario base64-stray-bits signature.malformed "$plain" <<< "the last base64 digit of the global signature carries bits that mean nothing: a second spelling of the same bytes"
change base64-stray-bits/a.txt.minisig 'd = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; l[3] = l[3][:-3] + d[d.index(l[3][-3:-2]) ^ 1:][:1] + b"=="'

scenario control-in-comment signature.malformed "$plain" <<< "an escape sequence in the trusted comment, which would be shown"
change control-in-comment/a.txt.minisig 'l[2] += b"\x1b[2J"'

scenario invalid-utf8-comment signature.malformed "$plain" <<< "the trusted comment is not UTF-8"
change invalid-utf8-comment/a.txt.minisig 'l[2] += b"\xff\xfe"'

scenario nul-byte signature.malformed "$plain" <<< "a NUL byte ends the comment for readers in C and for nobody else"
change nul-byte/a.txt.minisig 'l[0] += b"\x00 hidden"'

scenario byte-order-mark signature.unknown-format "$plain" <<< "an editor put a byte order mark before the first line"
change byte-order-mark/a.txt.minisig 'l[0] = b"\xef\xbb\xbf" + l[0]'

scenario empty-signature signature.unknown-format "$plain" <<< "the signature file is empty"
: > empty-signature/a.txt.minisig

scenario binary-signature signature.unknown-format "$plain" <<< "the signature file is an image"
printf '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR' > binary-signature/a.txt.minisig

# --- refused: the key
scenario private-key-given key.private "verify a.txt --signature a.txt.minisig --key secret.key" <<< "the secret key was copied instead of the public one"
minisign -G -W -f -p "$keys/x.pub" -s private-key-given/secret.key > /dev/null

scenario public-key-as-signature signature.foreign-form "$plain" <<< "a public key lies where the signature belongs"
cp _keys/alice.pub public-key-as-signature/a.txt.minisig

scenario malformed-key key.malformed "verify a.txt --signature a.txt.minisig --key bad.pub" <<< "a key file whose second line lost its last characters"
python3 -c 'import sys; t = open(sys.argv[1]).read().rstrip(); open(sys.argv[2], "w").write(t[:-6] + "\n")' _keys/alice.pub malformed-key/bad.pub

scenario threshold-of-two policy.signers "$plain --threshold 2" <<< "two keys are demanded; a minisign signature is by one, and the option is not passed over"
scenario identity-of-another policy.signers "$plain --identity bob@example.org" <<< "a principal is demanded who did not sign"
scenario payload-type-demanded policy.predicate-type "$plain --payload-type application/vnd.in-toto+json" <<< "a payload type is demanded; bytes without a type cannot have it"

scenario demanded-namespace verdict.demand-unanswered "$plain --namespace git" <<< "minisign knows no namespace, so the demand for one is refused"
scenario demanded-algorithm verdict.demand-unanswered "$plain --algorithm ED25519_SHA_512" <<< "minisign says its own algorithm: the demand for one is refused"
scenario demanded-digest-input verdict.demand-unanswered "$plain --digest-input" <<< "minisign signs a hash of its own: the file is no digest"
scenario demanded-every-member verdict.demand-unanswered "$plain --all" <<< "a minisign signature has no members"
scenario demanded-secret verdict.demand-unanswered "$plain --hmac-key-file secret.hex" <<< "minisign holds no HMAC"
printf '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff' > demanded-secret/secret.hex
scenario certificate-given key.certificate "verify a.txt --signature a.txt.minisig --key cert.pem" <<< "a certificate is no public key: its validity and usage would be ignored"
openssl req -x509 -newkey ed25519 -nodes -keyout "$keys/c.pem" -out certificate-given/cert.pem -subj /CN=demo -days 36500 2> /dev/null

scenario weak-key key.weak "verify a.txt --signature a.txt.minisig --key weak.pem" <<< "an RSA key of 1024 bits"
openssl genrsa 1024 2> /dev/null | openssl rsa -pubout -out weak-key/weak.pem 2> /dev/null

scenario unsupported-key key.unsupported "verify a.txt --signature a.txt.minisig --key x25519.pem" <<< "a key for key agreement signs nothing"
openssl genpkey -algorithm x25519 | openssl pkey -pubout -out unsupported-key/x25519.pem

# --- could not be decided
scenario missing-artefact error "verify b.txt --signature a.txt.minisig --key ../_keys/alice.pub" <<< "the artefact is not there"
contains missing-artefact "offlinekit: error: "
scenario missing-signature error "verify a.txt --signature b.minisig --key ../_keys/alice.pub" <<< "the signature is not there"
scenario missing-key error "verify a.txt --signature a.txt.minisig --key nobody.pub" <<< "the key file is not there"
scenario no-signature-beside error "verify a.txt --key ../_keys/alice.pub" <<< "no signature lies next to the artefact; the hint names what was looked for"
rm no-signature-beside/a.txt.minisig
contains no-signature-beside "offlinekit: hint: "; contains no-signature-beside "a.txt.minisig"
scenario directory-as-artefact error "verify .. --signature a.txt.minisig --key ../_keys/alice.pub" <<< "a directory is no artefact"
contains directory-as-artefact "is a directory"
scenario two-keys trusted "verify a.txt --signature a.txt.minisig --key ../_keys/mallory.pub --key ../_keys/alice.pub" <<< "--key may be given several times: any of them may have signed"
scenario two-keys-and-both-demanded policy.signers "verify a.txt --signature a.txt.minisig --key ../_keys/mallory.pub --key ../_keys/alice.pub --threshold 2" <<< "two keys are named and two signers are demanded: one signature is one"
scenario one-key-named-twice policy.signers "verify a.txt --signature a.txt.minisig --key a=../_keys/alice.pub --key b=../_keys/alice.pub --threshold 2" <<< "one key under two names is one signer"
scenario key-whole-in-base64 trusted "verify a.txt --signature a.txt.minisig --key alice.b64" <<< "the whole key file in base64, as tauri keeps it"
base64 -w0 _keys/alice.pub > key-whole-in-base64/alice.b64
scenario key-inline trusted "verify a.txt --signature a.txt.minisig --key $(line _keys/alice.pub 2)" <<< "the key itself, as minisign prints it, instead of a file"
scenario key-inline-called trusted "verify a.txt --signature a.txt.minisig --key alice=$(line _keys/alice.pub 2)" <<< "the key itself behind the name that reports call it by"
scenario key-inline-other key.unknown "verify a.txt --signature a.txt.minisig --key $(line _keys/mallory.pub 2)" <<< "the key itself, of somebody else"
scenario key-inline-cut error "verify a.txt --signature a.txt.minisig --key $(line _keys/alice.pub 2 | cut -c1-55)" <<< "a key that was not copied whole is no file's name"
scenario key-inline-file-below key.unknown "verify a.txt --signature a.txt.minisig --key ./$(line _keys/alice.pub 2 | tr / _)" <<< "with ./ a word that looks like a key is a file, whatever it holds"
cp _keys/mallory.pub "key-inline-file-below/$(line _keys/alice.pub 2 | tr / _)"
scenario unknown-option error "$plain --insecure" <<< "there is no way to switch the decision off"

# --- over a limit
scenario oversized-key limit.input-too-large "verify a.txt --signature a.txt.minisig --key big.pub" <<< "a key file of more than 1 MiB is read no further"
python3 -c 'open("oversized-key/big.pub", "wb").write(b"untrusted comment: minisign public key\n" * 27000)'
scenario oversized-rsa-key key.too-large "verify a.txt --signature a.txt.minisig --key big.pem" <<< "an RSA key of 16384 bits costs more to use than it is worth"
python3 - > oversized-rsa-key/big.pem <<'PY'
import base64
def tlv(tag, body):
    n = len(body); size = bytes([n]) if n < 128 else bytes([0x80 + (n.bit_length() + 7) // 8]) + n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([tag]) + size + body
rsa = tlv(0x30, tlv(2, b"\0" + b"\xff" * 2048) + tlv(2, b"\1\0\1"))
spki = tlv(0x30, tlv(0x30, bytes.fromhex("06092a864886f70d0101010500")) + tlv(3, b"\0" + rsa))
text = base64.b64encode(spki).decode()
print("-----BEGIN PUBLIC KEY-----", *(text[i:i + 64] for i in range(0, len(text), 64)), "-----END PUBLIC KEY-----", sep="\n")
PY

#!/bin/bash
# Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.
# Needs: gpg 2.2, faketime.
set -euo pipefail
cd "$(dirname "$0")"
export GNUPGHOME; GNUPGHOME=$(mktemp -d); trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
find . -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
mkdir _keys
g() { gpg --batch --quiet --no-tty --pinentry-mode loopback --passphrase '' --no-auto-check-trustdb "$@" 2> "$GNUPGHOME/log" || { cat "$GNUPGHOME/log" >&2; return 1; }; }
when() { faketime -f "$1" gpg --batch --quiet --no-tty --pinentry-mode loopback --passphrase '' --no-auto-check-trustdb "${@:2}" 2> "$GNUPGHOME/log" || { cat "$GNUPGHOME/log" >&2; return 1; }; }
key() { when "2026-01-10 12:00:00" --quick-generate-key "$1@example.org" "$2" "${3:-sign}" "${4:-never}"; g --armor --export-options export-minimal --export "=$1@example.org" > "_keys/$1.asc"; }

key rsa rsa3072; key ed ed25519; key p256 nistp256; key p384 nistp384; key p521 nistp521; key dsa dsa2048; key mallory ed25519
key weak rsa1024
key ended ed25519 sign "2026-02-01"
key brief ed25519

# scenario NAME EXPECT ARGS: a folder with a.txt and case.txt; the comment comes on stdin
scenario() {
  mkdir "$1"; printf 'first release of the demo\n' > "$1/a.txt"
  { sed 's/^/# /'; echo "args: $3"; echo "expect: $2"; } > "$1/case.txt"
}
contains() { echo "contains: $2" >> "$1/case.txt"; }
at="--at 2026-11-30T12:00:00Z"
plain() { echo "verify a.txt --signature a.txt.${2:-asc} --key ../_keys/$1.asc $at"; }
sign() { local folder=$1 who=$2; shift 2; when "2026-01-20 12:00:00" --local-user "=$who@example.org" --armor "$@" --output "$folder/a.txt.asc" --detach-sign "$folder/a.txt"; }

for who in rsa ed p256 p384 p521; do
  scenario "detached-$who" trusted "$(plain $who)" <<< "gpg --armor --detach-sign by $who"
  sign "detached-$who" $who
done
scenario binary trusted "$(plain ed sig)" <<< "gpg --detach-sign without armour"
when "2026-01-20 12:00:00" --local-user =ed@example.org --output binary/a.txt.sig --detach-sign binary/a.txt
scenario found-beside trusted "verify a.txt --key ../_keys/ed.asc $at" <<< "the signature is found beside the file"
sign found-beside ed
scenario binary-certificate trusted "verify a.txt --signature a.txt.asc --key ed.gpg $at" <<< "the certificate in binary, as gpg --export writes it"
sign binary-certificate ed; g --export =ed@example.org > binary-certificate/ed.gpg
scenario text-mode trusted "$(plain ed)" <<< "gpg --textmode: line ends do not matter; the file was signed with LF and lies here with CRLF"
sign text-mode ed --textmode; sed -i 's/$/\r/' text-mode/a.txt
scenario sha384 trusted "$(plain rsa)" <<< "RSA over SHA-384"
sign sha384 rsa --digest-algo SHA384
scenario sha1 algorithm.hash-not-accepted "$(plain rsa)" <<< "SHA-1"
sign sha1 rsa --digest-algo SHA1
scenario tampered signature.mismatch "$(plain ed)" <<< "the file was changed"
sign tampered ed; echo more >> tampered/a.txt
scenario text-tampered signature.mismatch "$(plain ed)" <<< "a blank at a line's end is content in text mode too"
sign text-tampered ed --textmode; sed -i 's/$/ /' text-tampered/a.txt
scenario other-signer key.unknown "$(plain ed)" <<< "a key that nobody trusts here"
sign other-signer mallory
scenario dsa key.unsupported "$(plain dsa)" <<< "DSA is not supported"
sign dsa dsa
scenario weak key.weak "$(plain weak)" <<< "RSA of 1024 bits"
sign weak weak
scenario two-signers trusted "verify a.txt --signature a.txt.asc --key ../_keys/ed.asc --key ../_keys/rsa.asc --threshold 2 $at" <<< "two signatures in one file, two trusted signers"
when "2026-01-20 12:00:00" --local-user =ed@example.org --local-user =rsa@example.org --armor --output two-signers/a.txt.asc --detach-sign two-signers/a.txt
scenario second-signer-unknown trusted "$(plain ed)" <<< "a second signature by somebody unknown takes nothing away"
when "2026-01-20 12:00:00" --local-user =mallory@example.org --local-user =ed@example.org --armor --output second-signer-unknown/a.txt.asc --detach-sign second-signer-unknown/a.txt
scenario ended openpgp.expired "$(plain ended)" <<< "the certificate ended before the time that is asked about"
sign ended ended
scenario ended-later trusted "verify a.txt --signature a.txt.asc --key ../_keys/ended.asc --at 2026-01-25T12:00:00Z" <<< "the same, asked about a time when it was in force"
sign ended-later ended
scenario signature-ended openpgp.expired "$(plain ed)" <<< "the signature itself has an end"
sign signature-ended ed --default-sig-expire 10d
scenario from-the-future openpgp.future "verify a.txt --signature a.txt.asc --key ../_keys/ed.asc --at 2026-01-15T12:00:00Z" <<< "asked about a time before the signature says it was made"
sign from-the-future ed

scenario critical-notation openpgp.critical-unknown "$(plain ed)" <<< "a critical notation that nobody here understands"
sign critical-notation ed --sig-notation '!condition@example.org=only on Sundays'
scenario old-self-signature openpgp.certificate-unusable "verify a.txt --signature a.txt.asc --key old.asc $at" <<< "the certificate signs itself with SHA-1 only"
when "2026-01-10 12:00:00" --cert-digest-algo SHA1 --quick-generate-key old@example.org rsa3072 sign never
g --armor --export-options export-minimal --export =old@example.org > old-self-signature/old.asc; sign old-self-signature old
scenario not-for-signing openpgp.not-for-signing "verify a.txt --signature a.txt.asc --key certifies.asc $at" <<< "the signer said afterwards that the key certifies and signs no data"
when "2026-01-10 12:00:00" --quick-generate-key certifies@example.org ed25519 sign never; sign not-for-signing certifies
printf 'change-usage\ns\nq\nsave\n' | faketime -f "2026-02-01 12:00:00" gpg --no-tty --quiet --pinentry-mode loopback --passphrase '' --command-fd 0 --edit-key =certifies@example.org > /dev/null 2>&1 || true
g --armor --export-options export-minimal --export =certifies@example.org > not-for-signing/certifies.asc

# A signing subkey, with its cross-signature; threshold counts the certificate once.
when "2026-01-10 12:00:00" --quick-generate-key subkeys@example.org ed25519 cert never
fpr=$(gpg --list-keys --with-colons subkeys@example.org 2> /dev/null | awk -F: '/^fpr/{print $10; exit}')
when "2026-01-11 12:00:00" --quick-add-key "$fpr" rsa3072 sign never
when "2026-01-11 12:00:01" --quick-add-key "$fpr" nistp256/ecdsa sign never
g --armor --export-options export-minimal --export subkeys@example.org > _keys/subkeys.asc
sub() { gpg --list-keys --with-colons subkeys@example.org 2> /dev/null | awk -F: -v n="$1" '/^sub/{i++} /^fpr/ && i==n {print $10; exit}'; }
scenario subkey trusted "$(plain subkeys)" <<< "a signing subkey"
when "2026-01-20 12:00:00" --local-user "$(sub 1)!" --armor --output subkey/a.txt.asc --detach-sign subkey/a.txt
narrowed="verify a.txt --signature ../subkey/a.txt.asc --key ../_keys/subkeys.asc --key-id"
scenario subkey-narrowed key.unknown "$narrowed $(sub 2 | tr A-F a-f) $at" <<< "narrowed to the other subkey of the certificate"
scenario subkey-narrowed-to-it trusted "$narrowed $(sub 1 | tr A-F a-f) $at" <<< "narrowed to the subkey that signed"
scenario two-subkeys-are-one-signer policy.signers "$(plain subkeys) --threshold 2" <<< "two subkeys of one certificate are one signer"
when "2026-01-20 12:00:00" --local-user "$(sub 1)!" --local-user "$(sub 2)!" --armor --output two-subkeys-are-one-signer/a.txt.asc --detach-sign two-subkeys-are-one-signer/a.txt
scenario subkey-revoked openpgp.revoked "verify a.txt --signature a.txt.asc --key revoked-subkey.asc $at" <<< "the subkey was revoked without a reason: nothing by it counts"
when "2026-01-20 12:00:00" --local-user "$(sub 1)!" --armor --output subkey-revoked/a.txt.asc --detach-sign subkey-revoked/a.txt
printf 'key 1\nrevkey\ny\n0\n\ny\nsave\n' | faketime -f "2026-03-01 12:00:00" gpg --no-tty --quiet --pinentry-mode loopback --passphrase '' --command-fd 0 --edit-key subkeys@example.org > /dev/null 2>&1 || true
g --armor --export-options export-minimal --export subkeys@example.org > subkey-revoked/revoked-subkey.asc

# Revoked certificates: stolen, and merely replaced.
revoke() {
  printf 'y\n%s\n\ny\n' "$2" | faketime -f "2026-03-01 12:00:00" gpg --no-tty --quiet --pinentry-mode loopback --passphrase '' --command-fd 0 --yes --output "$GNUPGHOME/$1.rev" --gen-revoke "$1@example.org" > /dev/null 2>&1
  g --import "$GNUPGHOME/$1.rev"; g --armor --export-options export-minimal --export "=$1@example.org" > "$3"
}
key stolen ed25519; key replaced ed25519
scenario stolen openpgp.revoked "verify a.txt --signature a.txt.asc --key stolen.asc --at 2026-02-01T12:00:00Z" <<< "a stolen key: no time saves its signatures"
sign stolen stolen
scenario replaced openpgp.revoked "verify a.txt --signature a.txt.asc --key replaced.asc $at" <<< "a key that was replaced, asked about today"
sign replaced replaced
scenario replaced-later trusted "verify a.txt --signature a.txt.asc --key ../replaced/replaced.asc --at 2026-02-01T12:00:00Z" <<< "the same, asked about a time before it was replaced"
cp replaced/a.txt.asc replaced-later/
revoke stolen 1 stolen/stolen.asc; revoke replaced 2 replaced/replaced.asc

# Clear-signed text.
clear() { when "2026-01-20 12:00:00" --local-user =ed@example.org --output "$1/a.asc" --clearsign "$1/a.txt"; }
signed="verify a.asc --key ../_keys/ed.asc $at"
scenario clearsigned trusted "$signed" <<< "gpg --clearsign, with a line that begins with a dash"
printf 'a\n- b\n--- c\n' > clearsigned/a.txt; clear clearsigned
scenario clearsigned-changed signature.mismatch "$signed" <<< "a letter was changed"
clear clearsigned-changed; sed -i 's/first/First/' clearsigned-changed/a.asc
scenario clearsigned-text-before error "$signed" <<< "text before the signed part"
clear clearsigned-text-before; sed -i '1i run this first' clearsigned-text-before/a.asc
scenario clearsigned-text-after signature.malformed "$signed" <<< "text after the signed part"
clear clearsigned-text-after; echo 'and this' >> clearsigned-text-after/a.asc
scenario clearsigned-header signature.malformed "$signed" <<< "a header that could be taken for text"
clear clearsigned-header; sed -i '2i Run: this' clearsigned-header/a.asc
# armour NAME EXPECT LINE: the good text with LINE among the headers of its signature, which nobody signed
armour() {
  scenario "clearsigned-armour-$1" "$2" "verify a.asc --key ../_keys/ed.asc $at"
  rm "clearsigned-armour-$1/a.txt"; LINE=$3 awk '{print} /BEGIN PGP SIGNATURE/{print ENVIRON["LINE"]}' clearsigned/a.asc > "clearsigned-armour-$1/a.asc"
}
zeros=$(printf '0%.0s' {1..64})
armour line signature.malformed "SHA256 (evil.iso) = $zeros" <<< "a line of a list among the armour headers, where sha256sum -c reads it"
armour colon signature.malformed "SHA256 (a: evil.iso) = $zeros" <<< "the same with a colon in the name, which gpg takes for a header"
armour plain signature.malformed "$zeros  evil.iso" <<< "a line of the plain form"
armour separator signature.malformed "$(printf 'Comment: a\u2028SHA256 (evil.iso) = %s' "$zeros")" <<< "a line separator in a header ends the line for some readers"
armour comment trusted "Comment: signed by Ren$(printf '\351'), https://example.org" <<< "a comment, in Latin-1"
armour empty trusted "Charset:" <<< "a header without a text"
scenario clearsigned-hash-header signature.malformed "$signed" <<< "the header for hashes holds something else"
sed '2s/.*/Hash: SHA512 (evil.iso) = 00/' clearsigned/a.asc > clearsigned-hash-header/a.asc; rm clearsigned-hash-header/a.txt
scenario clearsigned-of-another artifact.self-contained "verify evil.sh --signature a.asc --key ../_keys/ed.asc $at" <<< "clear-signed text is not the signature of another file"
clear clearsigned-of-another; echo evil > clearsigned-of-another/evil.sh

# Malformed.
scenario secret-key-given key.private "verify a.txt --signature a.txt.asc --key secret.asc $at" <<< "the secret key where the certificate belongs (a test key)"
sign secret-key-given mallory; g --armor --export-secret-keys mallory@example.org > secret-key-given/secret.asc
scenario certificate-as-signature signature.malformed "verify a.txt --signature ed.asc --format openpgp --key ../_keys/ed.asc $at" <<< "a certificate where the signature belongs"
cp _keys/ed.asc certificate-as-signature/
scenario armour-checksum-first signature.malformed "$(plain ed asc)" <<< "the checksum stands before the last line, where other readers stop"
awk 'NR == 5 { last = $0; next } { print } NR == 6 { print last }' detached-ed/a.txt.asc > armour-checksum-first/a.txt.asc
scenario armour-checksum-twice signature.malformed "$(plain ed asc)" <<< "the checksum stands there twice"
awk '{ print } NR == 6' detached-ed/a.txt.asc > armour-checksum-twice/a.txt.asc
scenario truncated signature.malformed "$(plain ed sig) --format openpgp" <<< "the signature's end is missing"
when "2026-01-20 12:00:00" --local-user =ed@example.org --output truncated/a.txt.sig --detach-sign truncated/a.txt; truncate -s -3 truncated/a.txt.sig
scenario signs-nothing-else algorithm.mismatch "verify a.txt --signature raw --algorithm ED25519_SHA_512 --key ../_keys/ed.asc $at" <<< "a certificate's key makes OpenPGP signatures and nothing else"
head -c 64 /dev/zero > signs-nothing-else/raw
python3 adopted.py
python3 self_signatures.py
for c in */case.txt; do sed -i 's/[[:space:]]*$//' "$c"; done

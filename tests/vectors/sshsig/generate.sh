#!/bin/bash
# Makes every vector of this folder anew, with fresh keys that are thrown away afterwards. Every good signature is checked with ssh-keygen, too.
# Needs: ssh-keygen 8.9 or later, python3 with the package cryptography.
set -euo pipefail
cd "$(dirname "$0")"
keys=$(mktemp -d); trap 'rm -rf "$keys"' EXIT
find . -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
mkdir _keys
gen() { ssh-keygen -q -N '' -C demo -f "$keys/$1" -t "${@:2}"; }
gen ed ed25519; gen p256 ecdsa -b 256; gen p384 ecdsa -b 384; gen p521 ecdsa -b 521; gen rsa rsa -b 2048; gen weak rsa -b 1024; gen other ed25519
python3 security_key.py make "$keys" ed25519; python3 security_key.py make "$keys" ecdsa
pub() { cut -d' ' -f1,2 "$keys/$1.pub"; }
{
  echo "# who may sign the demo"
  for who in ed p256 p384 p521 rsa; do echo "$who@example.org $(pub $who)"; done
  echo "*@wild.example.org,!bad@wild.example.org $(pub ed)"
  echo "weak@example.org $(pub weak)"
  echo "sk@example.org,skec@example.org namespaces=\"file,git\" $(pub sk-ed25519)"
  echo "skec@example.org $(pub sk-ecdsa)"
} > _keys/allowed_signers

# scenario NAME EXPECT KEY IDENTITY [NAMESPACE]: a.txt signed by KEY for the namespace file
scenario() {
  mkdir "$1"; printf 'first release of the demo\n' > "$1/a.txt"
  case $3 in
    sk-*) python3 security_key.py sign "$keys/$3.key" "$1/a.txt" "${FLAGS:-1}" > "$1/a.txt.sig" ;;
    *) ssh-keygen -q -Y sign -f "$keys/$3" -n file "$1/a.txt" 2> /dev/null ;;
  esac
  { sed 's/^/# /'; echo "args: verify a.txt --signature a.txt.sig --allowed-signers ${SIGNERS:-../_keys/allowed_signers} --identity $4 --namespace ${5:-file}"; echo "expect: $2"; } > "$1/case.txt"
  if [ "$2" = trusted ] && [ "${CHECK:-yes}" = yes ]; then
    (cd "$1"; ssh-keygen -q -Y verify -f "${SIGNERS:-../_keys/allowed_signers}" -I "$4" -n file -s a.txt.sig < a.txt > /dev/null) || { echo "ssh-keygen refuses $1"; exit 1; }
  fi
}
# own NAME LINE…: the scenario's own allowed_signers
own() { mkdir -p "$keys/own"; printf '%s\n' "${@:2}" > "$keys/own/$1"; }
place() { cp "$keys/own/$1" "$1/signers"; }
change() { python3 security_key.py change "$1/a.txt.sig" "$2"; }

for key in ed p256 p384 p521 rsa; do scenario "$key" trusted $key $key@example.org <<< "ssh-keygen -Y sign with a key of kind $key"; done
scenario wildcard trusted ed me@wild.example.org <<< "a principal pattern"
scenario sk-ed25519 trusted sk-ed25519 sk@example.org <<< "a security key (FIDO2) of kind ed25519, touched"
echo "contains: security key for application ssh:" >> sk-ed25519/case.txt
scenario sk-ecdsa trusted sk-ecdsa skec@example.org <<< "a security key (FIDO2) of kind ecdsa"

FLAGS=0 scenario sk-untouched ssh.no-user-presence sk-ed25519 sk@example.org <<< "nobody touched the security key"
own untouched-allowed "sk@example.org no-touch-required $(pub sk-ed25519)"
FLAGS=0 SIGNERS=signers CHECK=no scenario untouched-allowed trusted sk-ed25519 sk@example.org <<< "the signer's line allows signatures without a touch"
place untouched-allowed
scenario sk-counter-changed signature.mismatch sk-ed25519 sk@example.org <<< "the counter is part of what is signed"
change sk-counter-changed 'blob[-1] ^= 1'

scenario tampered signature.mismatch ed ed@example.org <<< "the file was changed"; echo more >> tampered/a.txt
scenario other-namespace ssh.namespace-mismatch ed ed@example.org git <<< "signed for file, asked as git"
scenario other-identity ssh.identity-mismatch ed p256@example.org <<< "the key of one presented as another"
scenario negated-identity ssh.identity-mismatch ed bad@wild.example.org <<< "a negated pattern wins"
scenario unknown-key key.unknown other ed@example.org <<< "a key that no line holds"
scenario weak-key key.weak weak weak@example.org <<< "RSA 1024; the line spoils no other line"
scenario trailing-bytes signature.malformed ed ed@example.org <<< "bytes after the signature"; change trailing-bytes 'blob += b"x"'
scenario version-2 signature.malformed ed ed@example.org <<< "an unknown version"; change version-2 'blob[9] = 2'
scenario text-before signature.malformed ed ed@example.org <<< "text before the armor"; sed -i '1i hello' text-before/a.txt.sig
scenario hash-relabelled signature.mismatch ed ed@example.org <<< "the hash name is signed, too"; change hash-relabelled 'blob[:] = blob.replace(b"sha512", b"sha256")'
scenario hash-unknown algorithm.hash-not-accepted ed ed@example.org <<< "only sha256 and sha512"; change hash-unknown 'blob[:] = blob.replace(b"sha512", b"sha3xx")'
scenario rsa-with-sha1 algorithm.hash-not-accepted rsa rsa@example.org <<< "signature type ssh-rsa means SHA-1"
change rsa-with-sha1 'blob[:] = blob.replace(b"\0\0\0\x0crsa-sha2-512", b"\0\0\0\x07ssh-rsa")'; change rsa-with-sha1 'fix()'
scenario type-of-other-key algorithm.mismatch p256 p256@example.org <<< "key and signature are of different types"
change type-of-other-key 'i = blob.rindex(b"nistp256"); blob[i:i+8] = b"nistp384"'

own namespace-not-allowed "ed@example.org namespaces=\"git\" $(pub ed)"
SIGNERS=signers scenario namespace-not-allowed key.not-allowed ed ed@example.org <<< "the line allows another namespace"; place namespace-not-allowed
own expired "ed@example.org valid-before=\"20200101Z\" $(pub ed)"
SIGNERS=signers scenario expired key.not-valid ed ed@example.org <<< "valid-before has passed"; place expired
own not-yet "ed@example.org valid-after=\"29991231235959Z\" $(pub ed)"
SIGNERS=signers scenario not-yet key.not-valid ed ed@example.org <<< "valid-after has not come"; place not-yet
own certificate-authority "ed@example.org cert-authority $(pub ed)"
SIGNERS=signers scenario certificate-authority ssh.certificate-authority ed ed@example.org <<< "the line names an authority, not a signer"; place certificate-authority
own unknown-option "ed@example.org from=\"10.0.0.1\" $(pub ed)"
SIGNERS=signers scenario unknown-option trust.malformed ed ed@example.org <<< "an option that is none of allowed_signers"; place unknown-option
own cut-line "ed@example.org ssh-ed25519"
SIGNERS=signers scenario cut-line trust.malformed ed ed@example.org <<< "a line without its key"; place cut-line
own bad-time "ed@example.org valid-before=\"20201301\" $(pub ed)"
SIGNERS=signers scenario bad-time trust.malformed ed ed@example.org <<< "month 13"; place bad-time
scenario no-identity error ed ed@example.org <<< "allowed signers without the signer's name"
sed -i 's/ --identity [^ ]*//' no-identity/case.txt
scenario key-instead-of-signers ssh.identity-not-named ed ed@example.org <<< "a plain key says nothing about who may sign for what"
ssh-keygen -e -m PKCS8 -f "$keys/p256.pub" > key-instead-of-signers/key.pem
sed -i 's/^args: .*/args: verify a.txt --signature a.txt.sig --key key.pem/' key-instead-of-signers/case.txt

own unreadable-line-beside "other@example.org from=\"10.0.0.1\" $(pub ed)" "ed@example.org $(pub ed)"
SIGNERS=signers CHECK=no scenario unreadable-line-beside trusted ed ed@example.org <<< "a line with an option that is not known lets nobody sign, and the others count"; place unreadable-line-beside
echo "contains: lets nobody sign: allowed signers line 1" >> unreadable-line-beside/case.txt
own unreadable-line-only-signer "ed@example.org from=\"10.0.0.1\" $(pub ed)" "other@example.org $(pub ed)"
SIGNERS=signers scenario unreadable-line-only-signer ssh.identity-mismatch ed ed@example.org <<< "the line that names the signer has an option that is not known: that the key stands on another line grants it nothing"; place unreadable-line-only-signer
own quoted-exclusion "*,\"!ed@example.org\" $(pub ed)" "other@example.org $(pub ed)"
SIGNERS=signers scenario quoted-exclusion ssh.identity-mismatch ed ed@example.org <<< "quotes inside the principals: what ssh-keygen excludes is no name in quotes, and such a line lets nobody sign"; place quoted-exclusion
own gpg-line-beside "dev@example.org gpg 0x0123456789ABCDEF" "ed@example.org $(pub ed)"
SIGNERS=signers CHECK=no scenario gpg-line-beside trusted ed ed@example.org <<< "a GnuPG key among the SSH signers is named, and the others count"; place gpg-line-beside
echo "contains: a GnuPG key, which makes no SSH signatures" >> gpg-line-beside/case.txt

# ssh-keygen neither writes nor reads a reserved field with bytes in it: these two are of the gap corpus, which makes them by hand.
reserved() {
  mkdir "$1"; in=../../../gap-corpus/cases/sshsig/$1
  { sed 's/^/# /'; echo "args: verify $in/commit.txt --signature $in/commit.txt.sig --allowed-signers $in/allowed_signers --identity alice@example.org --namespace file"; echo "expect: $2"; } > "$1/case.txt"
}
reserved reserved-signed trusted <<< "a reserved field with bytes in it is ignored, and is part of what is signed"
reserved reserved-unsigned signature.mismatch <<< "a reserved field that was put in afterwards; ssh-keygen accepts it"

#!/bin/bash
# Makes every vector of this folder anew. Needs: openssl 3, minisign, tar, and offlinekit-sign as SIGN (default: the build of this checkout). Keys are thrown away.
set -euo pipefail
cd "$(dirname "$0")"
SIGN=${SIGN:-dotnet ../../../src/OfflineKit.Signing.Cli/bin/Debug/net10.0/OfflineKit.Signing.Cli.dll}
secret=$(mktemp -d); trap 'rm -rf "$secret"' EXIT
find . -mindepth 1 -maxdepth 1 -type d -exec rm -r {} +
mkdir _keys

key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$secret/$1.key"; openssl pkey -in "$secret/$1.key" -pubout -out "$secret/$1.pub"; }

# issue NAME ISSUER PROFILE FROM UNTIL: a certificate for NAME's key.
issue() {
  printf '[v3]\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n%s\n' "$3" > "$secret/profile"
  openssl req -new -key "$secret/$1.key" -subj "/CN=$1/O=OfflineKit test" -out "$secret/$1.csr"
  openssl ca -batch -notext -config <(printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/db\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\norganizationName=supplied\n' "$secret" "$secret" "$secret") \
    -rand_serial -startdate "$4" -enddate "$5" -extfile "$secret/profile" -extensions v3 -in "$secret/$1.csr" -out "$secret/$1.crt" "${@:6}" \
    $([ "$1" = "$2" ] && echo -selfsign -keyfile "$secret/$1.key" || echo -cert "$secret/$2.crt" -keyfile "$secret/$2.key") 2> "$secret/log" || { cat "$secret/log" >&2; exit 1; }
}
touch "$secret/db"; echo 'unique_subject = no' > "$secret/db.attr"
CA=$'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign'
LEAF=$'keyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning'
SERVER=$'keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth'
for who in authority other-authority intermediate packer colleague server expired; do key $who; done
issue authority authority "$CA" 20260101000000Z 20361231000000Z
issue other-authority other-authority "$CA" 20260101000000Z 20361231000000Z
issue intermediate authority "$CA" 20260101000000Z 20361231000000Z
issue packer intermediate "$LEAF" 20260101000000Z 20361231000000Z
issue colleague intermediate "$LEAF" 20260101000000Z 20361231000000Z
issue server intermediate "$SERVER" 20260101000000Z 20361231000000Z
issue expired intermediate "$LEAF" 20260101000000Z 20260201000000Z
for who in packer colleague server expired; do cat "$secret/$who.crt" "$secret/intermediate.crt" > "$secret/$who.chain"; done
cp "$secret/authority.crt" "$secret/other-authority.crt" _keys/
cp "$secret/packer.pub" _keys/packer.pem
cp "$secret/colleague.pub" _keys/colleague.pem
openssl genpkey -quiet -algorithm ed25519 -out "$secret/stranger.key"; openssl pkey -in "$secret/stranger.key" -pubout -out _keys/stranger.pem

mkdir -p "$secret/payload/feeds"; printf '{"feed": "a"}\n' > "$secret/payload/feeds/a.json"; printf 'tool\n' > "$secret/payload/tool"
mkdir "$secret/bundle"; cp "$secret/authority.crt" "$secret/packer.pub" "$secret/bundle"

# pack NAME OUT WORD...: a kit in the folder of the scenario.
pack() { mkdir -p "$1"; $SIGN export pack "$secret/payload" --name feeds --version 2026.11.22 --signed-at 2026-11-22T08:30:00Z -o "$1/$2" "${@:3}" > "$secret/log" 2>&1 || { cat "$secret/log" >&2; exit 1; }; }
case_() { printf '# %s\nargs: verify-export %s\nexpect: %s\n' "$4" "$2" "$3" > "$1/case.txt"; shift 4; for text in "$@"; do printf 'contains: %s\n' "$text" >> "$dir/case.txt"; done; }
at() { dir=$1; case_ "$@"; }
WHEN="--at 2026-11-22T09:00:00Z"

pack certificates-good e --key "$secret/packer.key" --certificates "$secret/packer.chain"
at certificates-good "e --ca ../_keys/authority.crt $WHEN" trusted "the packer's certificate leads to the receiver's authority" "through --ca ../_keys/authority.crt" "kit.sigstore.json (sigstore) is by a trusted signer"
pack certificates-tar-zst e.tar.zst --key "$secret/packer.key" --certificates "$secret/packer.chain"
at certificates-tar-zst "e.tar.zst --ca ../_keys/authority.crt $WHEN" trusted "the same as .tar.zst"
pack certificates-tar e.tar --key "$secret/packer.key" --certificates "$secret/packer.chain"
at certificates-tar "e.tar --ca ../_keys/authority.crt $WHEN" trusted "the same as .tar"
pack certificates-two e --key "$secret/packer.key" --key "$secret/colleague.key" --certificates "$secret/packer.chain" --certificates "$secret/colleague.chain"
at certificates-two "e --ca ../_keys/authority.crt --threshold 2 $WHEN" trusted "two signers, two certificates"
pack certificates-other-authority e --key "$secret/packer.key" --certificates "$secret/packer.chain"
at certificates-other-authority "e --ca ../_keys/other-authority.crt $WHEN" cert.untrusted-issuer "the certificate leads to another authority than the receiver's"
pack certificates-expired e --key "$secret/expired.key" --certificates "$secret/expired.chain"
at certificates-expired "e --ca ../_keys/authority.crt $WHEN" cert.expired "the packer's certificate is over"
pack certificates-for-a-server e --key "$secret/server.key" --certificates "$secret/server.chain"
at certificates-for-a-server "e --ca ../_keys/authority.crt $WHEN" cert.wrong-purpose "a web server's certificate does not sign kits"
pack certificates-none e --key "$secret/packer.key"
at certificates-none "e --ca ../_keys/authority.crt $WHEN" cert.untrusted-issuer "an authority is named and the kit carries no certificate"
pack certificates-without-intermediate e --key "$secret/packer.key" --certificates "$secret/packer.crt"
at certificates-without-intermediate "e --ca ../_keys/authority.crt $WHEN" cert.untrusted-issuer "the certificate between is left out"
pack certificates-added-later e --key "$secret/packer.key"; cp "$secret/packer.chain" certificates-added-later/e/kit.certificates.pem
at certificates-added-later "e --ca ../_keys/authority.crt $WHEN" export.entry-extra "certificates that nobody listed, though they are genuine"
pack certificates-of-a-colleague e --key "$secret/packer.key" --certificates "$secret/packer.chain"; cp "$secret/colleague.chain" certificates-of-a-colleague/e/kit.certificates.pem
at certificates-of-a-colleague "e --ca ../_keys/authority.crt $WHEN" signature.mismatch "somebody else's genuine certificate instead of the packer's"
# The packer refuses a certificate whose key does not sign, so the colleague's signature is taken away afterwards.
pack certificates-of-somebody-who-did-not-sign e --key "$secret/packer.key" --key "$secret/colleague.key" --certificates "$secret/colleague.chain"; rm -f certificates-of-somebody-who-did-not-sign/e/kit.sigstore.json
python3 -c 'import json,sys; path = sys.argv[1]; envelope = json.load(open(path)); del envelope["signatures"][1:]; json.dump(envelope, open(path, "w"))' certificates-of-somebody-who-did-not-sign/e/kit.intoto.dsse.json
at certificates-of-somebody-who-did-not-sign "e --ca ../_keys/authority.crt --key ../_keys/packer.pem $WHEN" cert.untrusted-issuer "a pinned key signs, and the certificate that leads to the authority is of somebody who signed nothing" "nobody who signed and counts"
pack certificates-malformed e --key "$secret/packer.key" --certificates "$secret/packer.chain"; sed -i '3s/^...../AAAAA/' certificates-malformed/e/kit.certificates.pem
at certificates-malformed "e --ca ../_keys/authority.crt $WHEN" cert.malformed "a certificate that was damaged on the way"

pack trust-inside e --key "$secret/packer.key" --trust-bundle "$secret/bundle" --certificates "$secret/packer.chain"
at trust-inside "e --key ../_keys/packer.pem" trusted "a kit with everything that a receiver needs: the key is the receiver's own copy"
pack trust-inside-is-not-trusted e --key "$secret/packer.key" --trust-bundle "$secret/bundle" --certificates "$secret/packer.chain"
at trust-inside-is-not-trusted "e --key ../_keys/stranger.pem" signature.mismatch "the same kit: key, authority and certificates inside it count for nothing"
pack two-of-two e.tar.zst --key "$secret/packer.key" --key "$secret/colleague.key"
at two-of-two "e.tar.zst --key ../_keys/packer.pem --key ../_keys/colleague.pem --threshold 2" trusted "two signatures, two demanded" "5-further-signatures: ok"
pack one-of-two-is-known e.tar.zst --key "$secret/packer.key" --key "$secret/colleague.key"
at one-of-two-is-known "e.tar.zst --key ../_keys/colleague.pem" trusted "the receiver knows the second signer alone: the bundle is by the first and is noted" "kit.sigstore.json is by somebody who is not trusted here"
pack bundle-false e --key "$secret/packer.key"; $SIGN sign "$secret/payload/tool" --format sigstore --key "$secret/packer.key" -o bundle-false/e/kit.sigstore.json --force > "$secret/log" 2>&1
at bundle-false "e --key ../_keys/packer.pem" signature.mismatch "a Sigstore bundle by the packer over another file"

$SIGN keygen --secret-key "$secret/mini.key" --public-key _keys/mini.pub --without-password > "$secret/log" 2>&1
$SIGN public-key "minisign:$secret/mini.key" -o _keys/mini.pem 2> "$secret/log"
pack minisign-key e.tar --key "minisign:$secret/mini.key"
at minisign-key "e.tar --key ../_keys/mini.pub" key.unknown "packed with a minisign key, which is pinned as minisign writes it" "is a minisign key" "ask for the same key as PEM"
dir=minisign-key-as-pem; mkdir $dir; cp minisign-key/e.tar $dir
at minisign-key-as-pem "e.tar --key ../_keys/mini.pem" trusted "the same key as PEM"

#!/bin/bash
# Writes known-answers.tsv beside this script: scheme, SubjectPublicKeyInfo and signature in base64, made by openssl over one message.
# The keys are made here and thrown away. Needs: openssl 3.5.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
printf 'offlinekit selftest' > "$work/message"
out=known-answers.tsv
echo "# scheme	public key	signature over \"offlinekit selftest\" (ECDSA in DER); made by generate.sh with throw-away keys" > $out
row() { # LABEL KEYFILE SIGNATUREFILE
  printf '%s\t%s\t%s\n' "$1" "$(openssl pkey -in "$2" -pubout -outform DER | base64 -w0)" "$(base64 -w0 < "$3")" >> $out
}
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/rsa.pem"
for bits in 256 384 512; do
  openssl dgst -sha$bits -sign "$work/rsa.pem" -out "$work/s" "$work/message"
  row RSASSA_PKCS1_V1_5_SHA_$bits "$work/rsa.pem" "$work/s"
  openssl dgst -sha$bits -sign "$work/rsa.pem" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -out "$work/s" "$work/message"
  row RSASSA_PSS_SHA_$bits "$work/rsa.pem" "$work/s"
  openssl dgst -sha$bits -sign "$work/rsa.pem" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max -out "$work/s" "$work/message"
  row pss+sha2-$bits+salt_length=auto "$work/rsa.pem" "$work/s"
done
for pair in P-256:256 P-384:384 P-521:512 secp256k1:256; do
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:${pair%:*} -out "$work/ec.pem"
  openssl dgst -sha${pair#*:} -sign "$work/ec.pem" -out "$work/s" "$work/message"
  row ECDSA_SHA_${pair#*:} "$work/ec.pem" "$work/s"
done
openssl genpkey -algorithm ed25519 -out "$work/ed.pem"
openssl pkeyutl -sign -rawin -inkey "$work/ed.pem" -in "$work/message" -out "$work/s"
row ED25519_SHA_512 "$work/ed.pem" "$work/s"
for size in 44 65 87; do
  openssl genpkey -algorithm ML-DSA-$size -out "$work/ml.pem"
  openssl pkeyutl -sign -inkey "$work/ml.pem" -in "$work/message" -out "$work/s"
  row ML-DSA-$size "$work/ml.pem" "$work/s"
done

#!/bin/sh
# Makes the vectors of policy files and of what a key may sign. Needs openssl; the private keys are thrown away.
set -eu
cd "$(dirname "$0")"
keys=_keys; rm -rf $keys */case.txt; mkdir -p $keys
secret=$(mktemp -d)
for name in one two three; do
  openssl ecparam -name prime256v1 -genkey -noout -out "$secret/$name.key"
  openssl ec -in "$secret/$name.key" -pubout -out $keys/$name.pem 2> /dev/null
done
printf 'release 1\n' > $keys/app.txt
openssl dgst -sha256 -sign "$secret/one.key" -out $keys/app.txt.sig $keys/app.txt
# A DSSE envelope over an in-toto statement about app.txt, signed by one and two.
digest=$(openssl dgst -sha256 -r $keys/app.txt | cut -c 1-64)
type=application/vnd.in-toto+json
printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"app.txt","digest":{"sha256":"%s"}}],"predicateType":"https://example.org/release/v1","predicate":{}}' "$digest" > "$secret/payload"
size=$(wc -c < "$secret/payload")
{ printf 'DSSEv1 %s %s %s ' ${#type} $type "$size"; cat "$secret/payload"; } > "$secret/pae"
sig() { openssl dgst -sha256 -sign "$secret/$1.key" "$secret/pae" | openssl base64 -A; }
printf '{"payload":"%s","payloadType":"%s","signatures":[{"keyid":"one","sig":"%s"},{"keyid":"two","sig":"%s"}]}\n' \
  "$(openssl base64 -A -in "$secret/payload")" $type "$(sig one)" "$(sig two)" > $keys/app.dsse.json

policy() { mkdir -p "$1"; printf '%s\n' "$2" > "$1/policy.json"; }
case_() { mkdir -p "$1"; printf '# %s\nargs: %s\nexpect: %s\n' "$2" "$3" "$4" > "$1/case.txt"; shift 4; for words in "$@"; do printf 'contains: %s\n' "$words" >> "$dir/case.txt"; done; }
env="verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --key two=../_keys/two.pem --key three=../_keys/three.pem --policy policy.json"
one="verify ../_keys/app.txt --signature ../_keys/app.txt.sig --key ../_keys/one.pem --algorithm ECDSA_SHA_256 --policy policy.json"

dir=two-of-three; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one","two","three"],"threshold":2}]}'
case_ $dir 'two of three release keys signed' "$env" trusted
dir=three-of-three; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one","two","three"],"threshold":3}]}'
case_ $dir 'the third key did not sign' "$env" policy.signers '2 demanded keys signed'
dir=other-signer; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["three"]}]}'
case_ $dir 'trusted keys signed, but not the demanded one' "$env" policy.signers
dir=both-groups; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one"]},{"any-of":["two","three"]}],"predicate-types":["https://example.org/release/v1"]}'
case_ $dir 'each group has its signer, and the statement is of the demanded type' "$env" trusted
dir=other-predicate; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one"]}],"predicate-types":["https://slsa.dev/provenance/v1"]}'
case_ $dir 'a release statement is no provenance' "$env" policy.predicate-type
dir=algorithm; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one.pem"]}],"algorithms":["ED25519_SHA_512"]}'
case_ $dir 'the policy allows Ed25519 alone' "$one" policy.algorithm
dir=no-age; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one.pem"]}],"max-age-days":30}'
case_ $dir 'nothing proves the age of a bare signature' "$one" policy.age
dir=by-fingerprint; policy $dir "{\"version\":1,\"name\":\"releases\",\"signers\":[{\"any-of\":[\"sha256:$(openssl pkey -pubin -in $keys/one.pem -outform DER | openssl dgst -sha256 -r | cut -c 1-64)\"]}]}"
case_ $dir 'a signer may be named by fingerprint' "$one" trusted
dir=identity; policy $dir '{"version":1,"name":"releases","identities":[{"identity":"https://example.org/ci","issuer":"https://example.org"}]}'
case_ $dir 'a key signed where an identity was demanded' "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --policy policy.json" policy.identity
dir=contradiction; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one"],"threshold":2}]}'
case_ $dir 'two of one can never sign' "$env" policy.contradiction
dir=nobody; policy $dir '{"version":1,"name":"releases","predicate-types":["https://slsa.dev/provenance/v1"]}'
case_ $dir 'a policy that names nobody would accept anybody' "policy check policy.json" policy.contradiction
dir=malformed; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one"],"treshold":2}]}'
case_ $dir 'a misspelt member must not be ignored' "$env" policy.malformed 'treshold'
dir=check; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one","two","three"],"threshold":2}],"max-age-days":30}'
case_ $dir 'the policy in words' "policy check policy.json" trusted 'demands signed by 2 of 3: one, two, three' 'at most 30 days old'
dir=check-algorithm; policy $dir '{"version":1,"name":"releases","signers":[{"any-of":["one"]}],"algorithms":["ES256K1"]}'
case_ $dir 'an algorithm that does not exist' "policy check policy.json" policy.contradiction

# What a key may sign.
store() { mkdir -p "$1/trust"; cp $keys/one.pem "$1/trust/one.pem"; printf '{"version":1,"roots":[{"name":"one","kind":"public-key","file":"one.pem","sha256":"%s","fingerprint":"%s","source":"test","retrieved-on":"2026-11-22","status":"active","on-by-default":true,%s}]}\n' \
  "$(openssl dgst -sha256 -r $keys/one.pem | cut -c 1-64)" "$(openssl pkey -pubin -in $keys/one.pem -outform DER | openssl dgst -sha256 -r | cut -c 1-64)" "$2" > "$1/trust/trust.json"; }
scoped="verify ../_keys/app.txt --signature ../_keys/app.txt.sig --trust trust --no-bundled-trust --algorithm ECDSA_SHA_256"
dir=scope-artifact; store $dir '"artifacts":["*.tar.gz"]'; case_ $dir 'the key may sign archives alone' "$scoped" key.not-allowed 'may sign artefacts called *.tar.gz'
dir=scope-artifact-allowed; store $dir '"artifacts":["*.tar.gz","app.*"]'; case_ $dir 'the key may sign this name' "$scoped" trusted
dir=scope-payload; store $dir '"payload-types":["application/vnd.in-toto+json"]'; case_ $dir 'the key may sign statements alone' "$scoped" key.not-allowed
dir=scope-namespace; store $dir '"namespaces":["releases"]'; case_ $dir 'the key may sign in a namespace alone' "$scoped" key.not-allowed
dir=scope-tenant; store $dir '"tenants":["red"]'; case_ $dir 'the key of another tenant is not tried; the only other key made no signature' "$scoped --tenant blue --key ../_keys/two.pem" signature.mismatch
dir=scope-tenant-allowed; store $dir '"tenants":["red"]'; case_ $dir 'the key of this tenant' "$scoped --tenant red" trusted
rm -rf "$secret"

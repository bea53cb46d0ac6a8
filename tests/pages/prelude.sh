# What the entries of commands.txt have at hand. TESTS is the folder of the tests; the commands run in an empty folder, which is also the home.

# ed25519 SECRET PUBLIC, p256 SECRET PUBLIC: a pair of keys as PEM
ed25519() { openssl genpkey -algorithm ed25519 -out "$1" && openssl pkey -in "$1" -pubout -out "$2"; }
p256() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2> /dev/null && openssl pkey -in "$1" -pubout -out "$2"; }

# minisign_key: ~/.minisign/minisign.key under the password "secret"
minisign_key() { mkdir -p ~/.minisign && echo secret | offlinekit-sign keygen --secret-key ~/.minisign/minisign.key --public-key minisign.pub; }

# aws_key ALIAS SPEC FILE: a key at the stand-in of AWS, and its public half in FILE
aws_key() {
  aws kms delete-alias --alias-name "$1" 2> /dev/null || true
  aws kms create-alias --alias-name "$1" --target-key-id "$(aws kms create-key --key-usage SIGN_VERIFY --key-spec "$2" --query KeyMetadata.KeyId --output text)" &&
    offlinekit-sign public-key "awskms:///$1" -o "$3"
}

# sentinel_key: alias/sentinel, sentinel.pem and a policy, as the commands of policies have them
sentinel_key() { aws_key alias/sentinel RSA_4096 sentinel.pem && cp "$TESTS/demo/export/policy.yaml" policy.yaml; }

# repository: the trust repository repo, whose keys are ada, ben (both for the root) and online
repository() {
  for who in ada ben eve online; do p256 $who.key $who.pub; done
  offlinekit-sign trust init repo --root ada.pub --root ben.pub --root-threshold 2 --targets ada.pub --snapshot online.pub --timestamp online.pub
  offlinekit-sign keygen --without-password --secret-key release.key --public-key release.pub
}

# published BUNDLE: repo with the key release-2025 in it, as a bundle; FINGERPRINT is that of its first root
published() {
  repository && offlinekit-sign trust add repo release.pub --name release-2025 --format minisign && signed "$1" ada ben
  FINGERPRINT=$(sha256sum repo/metadata/1.root.json | cut -c 1-64)
}

# signed BUNDLE WHO…: what is staged in repo, signed by each and published
signed() {
  bundle=$1; shift
  for who; do offlinekit-sign trust sign repo --key "$who.key"; done
  offlinekit-sign trust publish repo --key online.key --bundle "$bundle"
}

# a_release: the folder offlinekit-VERSION.kit, signed by release.pem and release.pub (minisign), as build/release/sign.sh makes one
a_release() {
  ed25519 release.key release.pem && offlinekit-sign keygen --without-password --secret-key minisign.key --public-key release.pub && mkdir new
  echo package > new/offlinekit_VERSION_amd64.deb
  printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"offlinekit_VERSION_amd64.deb","digest":{"sha256":"%s"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":{}}' \
    "$(sha256sum new/offlinekit_VERSION_amd64.deb | cut -c 1-64)" > new/provenance.intoto.json
  (cd new && sha256sum -- * > ../SHA256SUMS) && mv SHA256SUMS new/
  sh "$TESTS/../build/release/sign.sh" bin new 1.0.0 2026-11-22T08:30:00Z release.key minisign.key offlinekit-VERSION.kit
}

# results: part-0.ndjson and part-1.ndjson of two parts, and files.txt and results.ndjson of all
results() {
  for name in a b; do cp "$TESTS/demo/export/tool-1.4.0.tar.gz" $name.tar.gz && cp "$TESTS/demo/export/tool-1.4.0.tar.gz.minisig" $name.tar.gz.minisig; done
  printf 'a.tar.gz\nb.tar.gz\n' > files.txt
  for part in 0 1; do
    offlinekit shard files.txt --of 2 --index $part > part.txt
    offlinekit verify --batch part.txt --key "$TESTS/demo/keys/release.pub" --output ndjson > part-$part.ndjson
  done
  offlinekit verify --batch files.txt --key "$TESTS/demo/keys/release.pub" --output ndjson > results.ndjson
}

# signer: the demonstration of the signing service in signer-demo, at a port of its own
signer() {
  PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  offlinekit-signer demo signer-demo && at_port
  offlinekit-signer run signer-demo/signer.yaml > signer.log 2>&1 &
  echo application > app.tar; echo '{"components":["a"]}' > sbom.json
  answering
}
at_port() { sed -i "s/127.0.0.1:8080/127.0.0.1:$PORT/; s/:9090/:0/" signer-demo/signer.yaml; }
answering() { curl -s -o /dev/null --retry 100 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$PORT/demonstration/token" -d ''; }

# dossier FILE: one that nobody signed
dossier() { printf '%s\n' '---dossier' '{ "dossier_schema_version": "1.0.0", "title": "T", "version": "1.0.0" }' '---' body > "$1"; }

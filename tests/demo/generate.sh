#!/bin/sh
# Makes the sample exports that `./build.sh demo` verifies. Needs openssl, minisign, python3, and offlinekit-sign as SIGN (default: the build of this checkout).
# The private keys are thrown away.
set -eu
cd "$(dirname "$0")"
secret=$(mktemp -d); trap 'rm -rf "$secret"' EXIT
rm -rf export keys feeds-2026.11.22.tar.zst; mkdir export keys

key() { openssl genpkey -quiet -algorithm "$@" -out "$secret/$name.pem"; openssl pkey -in "$secret/$name.pem" -pubout -out "keys/$name.pem"; }
name=policy-signing; key RSA -pkeyopt rsa_keygen_bits:4096
name=kms-release;    key EC -pkeyopt ec_paramgen_curve:P-256
name=dossier-team;   key EC -pkeyopt ec_paramgen_curve:P-256
minisign -G -f -W -p keys/release.pub -s "$secret/release.key" > /dev/null

# A Sentinel policy and its signature JSON: RSASSA-PSS over the bytes of the file.
cat > export/policy.yaml <<'YAML'
version: "1"
rules:
  - name: business-hours
    effect: allow
    conditions:
      profiles: [dev, staging]
      time:
        days: [monday, tuesday, wednesday, thursday, friday]
        hours: {start: "08:00", end: "18:00"}
YAML
openssl dgst -sha256 -sign "$secret/policy-signing.pem" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -out "$secret/policy.sig" export/policy.yaml
printf '{\n  "signature": "%s",\n  "metadata": {\n    "key_id": "alias/policy-signing",\n    "algorithm": "RSASSA_PSS_SHA_256",\n    "signed_at": "2026-11-20T09:00:00Z",\n    "policy_hash": "%s"\n  }\n}' \
  "$(base64 -w0 < "$secret/policy.sig")" "$(sha256sum < export/policy.yaml | cut -d' ' -f1)" > export/policy.yaml.sig.json

# A dossier, signed by its team's key service key: ECDSA over the body.
printf '# Rotate the database password\n\n1. Announce the window.\n2. Run the rotation job.\n3. Check the dashboards.\n' > "$secret/body"
openssl dgst -sha256 -sign "$secret/dossier-team.pem" -out "$secret/dossier.sig" "$secret/body"
python3 - "$secret" <<'PY'
import base64, hashlib, json, pathlib, subprocess, sys
secret = pathlib.Path(sys.argv[1])
body = (secret / "body").read_bytes()
spki = subprocess.run(["openssl", "pkey", "-pubin", "-in", "keys/dossier-team.pem", "-outform", "DER"], capture_output=True, check=True).stdout
front = {
    "dossier_schema_version": "1.0.0", "title": "Rotate the database password", "version": "1.2.0", "status": "Stable", "risk_level": "low",
    "checksum": {"algorithm": "sha256", "hash": hashlib.sha256(body).hexdigest()},
    "signature": {
        "algorithm": "ECDSA-SHA-256", "signature": base64.b64encode((secret / "dossier.sig").read_bytes()).decode(),
        "public_key": base64.b64encode(spki).decode(), "key_id": "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000",
        "signed_at": "2026-11-20T09:00:00.000Z"},
}
pathlib.Path("export/rotate-password.ds.md").write_bytes(b"---dossier\n" + json.dumps(front, indent=2).encode() + b"\n---\n" + body)
PY

# A release with a minisign signature, and a file signed by a key service, as `aws kms sign` prints it.
seq 1 20000 | gzip -9n > export/tool-1.4.0.tar.gz
minisign -S -s "$secret/release.key" -m export/tool-1.4.0.tar.gz -t 'tool 1.4.0' > /dev/null
printf 'endpoint=https://intranet.example\nretries=3\n' > export/settings.conf
openssl dgst -sha256 -sign "$secret/kms-release.pem" -out "$secret/kms.sig" export/settings.conf
printf '{"KeyId":"arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000001","Signature":"%s","SigningAlgorithm":"ECDSA_SHA_256"}\n' \
  "$(base64 -w0 < "$secret/kms.sig")" > export/settings.conf.sig.json

# The list of the whole export, signed: what verify-export starts from. After that somebody edits one file on the way.
(cd export && sha256sum policy.yaml policy.yaml.sig.json rotate-password.ds.md settings.conf settings.conf.sig.json tool-1.4.0.tar.gz tool-1.4.0.tar.gz.minisig > SHA256SUMS)
minisign -S -s "$secret/release.key" -m export/SHA256SUMS -t 'export of 2026-11-20' > /dev/null
sed -i 's/retries=3/retries=9/' export/settings.conf

# A kit as `export pack` makes it, signed by two people.
SIGN=${SIGN:-dotnet ../../src/OfflineKit.Signing.Cli/bin/Debug/net10.0/OfflineKit.Signing.Cli.dll}
for name in ada ben; do key EC -pkeyopt ec_paramgen_curve:P-256; done
mkdir -p "$secret/feeds/advisories" "$secret/feeds/images"
for i in 1 2 3 4 5; do printf '{"id": "DEMO-2026-%04d", "severity": "high"}\n' $i > "$secret/feeds/advisories/DEMO-2026-000$i.json"; done
seq 1 5000 > "$secret/feeds/images/tool.tar"
$SIGN export pack "$secret/feeds" --name feeds --version 2026.11.22 --key "$secret/ada.pem" --key "$secret/ben.pem" --signed-at 2026-11-22T08:30:00Z -o feeds-2026.11.22.tar.zst

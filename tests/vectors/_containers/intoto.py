#!/usr/bin/env python3
"""Makes the vectors bundle-intoto-* of cosign anew: bundles whose log entry is of the kind intoto 0.0.1, which records the envelope as the file that the client sent. Keys are thrown away.
Needs: Python 3.9 with the package cryptography."""
import base64, hashlib, json, pathlib, shutil
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec

COSIGN = pathlib.Path(__file__).resolve().parent.parent / "cosign"
NOON, INTOTO, ARTIFACT = 1767268800, "application/vnd.in-toto+json", b"first release of the demo\n"
signer, other, log = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
b64 = lambda data: base64.b64encode(data).decode()
sha = lambda data: hashlib.sha256(data).hexdigest()
spki = lambda key: key.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)
pem = lambda key: key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)
sign = lambda key, data: key.sign(data, ec.ECDSA(hashes.SHA256()))
tight = lambda value: json.dumps(value, separators=(",", ":")).encode()
LOG_ID = hashlib.sha256(spki(log)).digest()
ROOT = {"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1", "tlogs": [{
    "hashAlgorithm": "SHA2_256", "logId": {"keyId": b64(LOG_ID)}, "publicKey": {"rawBytes": b64(spki(log)), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": {"start": "2025-01-01T00:00:00Z"}}}]}
STATEMENT = tight({"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://slsa.dev/provenance/v0.2", "subject": [{"name": "a.txt", "digest": {"sha256": sha(ARTIFACT)}}], "predicate": {"builder": {"id": "a<b>&c"}}})
SIGNATURE = sign(signer, b"DSSEv1 %d %s %d %s" % (len(INTOTO), INTOTO.encode(), len(STATEMENT), STATEMENT))
ENVELOPE = {"payloadType": INTOTO, "payload": b64(STATEMENT), "signatures": [{"keyid": "", "sig": b64(SIGNATURE)}]}
BARE = [{"sig": b64(SIGNATURE)}]


def case(name, about, expect, file, payload=STATEMENT, key=signer, options=" --allow-promise-only", contains=()):
    body = tight({"apiVersion": "0.0.1", "kind": "intoto", "spec": {"content": {"hash": {"algorithm": "sha256", "value": sha(file)}, "payloadHash": {"algorithm": "sha256", "value": sha(payload)}}, "publicKey": b64(pem(key))}})
    promised = {"body": b64(body), "integratedTime": NOON, "logID": LOG_ID.hex(), "logIndex": 7}
    bundle = {"mediaType": "application/vnd.dev.sigstore.bundle+json;version=0.1", "verificationMaterial": {"publicKey": {"hint": ""}, "tlogEntries": [{
        "logIndex": "7", "logId": {"keyId": b64(LOG_ID)}, "kindVersion": {"kind": "intoto", "version": "0.0.1"}, "integratedTime": str(NOON),
        "inclusionPromise": {"signedEntryTimestamp": b64(sign(log, tight(promised)))}, "canonicalizedBody": b64(body)}]}, "dsseEnvelope": {**ENVELOPE, "signatures": BARE}}
    folder = COSIGN / ("bundle-intoto-0.0.1" + name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in {"k.pem": pem(signer), "a.txt": ARTIFACT, "root.json": tight(ROOT), "a.sigstore.json": tight(bundle)}.items():
        (folder / path).write_bytes(content)
    lines = [f"# {about}", f"args: verify-bundle --bundle a.sigstore.json --key k.pem --trusted-root root.json{options} a.txt", f"expect: {expect}"]
    (folder / "case.txt").write_text("\n".join(lines + [f"contains: {text}" for text in contains]) + "\n")


case("", "the envelope as cosign sends it to the log, with an empty key id, which the bundle leaves out", "trusted", tight(ENVELOPE))
case("-without-key-id", "as clients send it that leave out an empty key id", "trusted", tight({**ENVELOPE, "signatures": BARE}))
case("-payload-first", "with its members in the order of their names", "trusted", tight({"payload": ENVELOPE["payload"], "payloadType": INTOTO, "signatures": BARE}))
case("-line-end", "with a line end behind it", "trusted", tight(ENVELOPE) + b"\n")
case("-other-signature", "the log saw the same payload with another signature", "bundle.entry-mismatch", tight({**ENVELOPE, "signatures": [{"keyid": "", "sig": b64(sign(signer, STATEMENT))}]}))
case("-further-member", "an envelope with more in it than the bundle has: it cannot be told to be this one", "bundle.entry-mismatch", tight({**ENVELOPE, "extra": 1}))
case("-other-payload", "the log saw another payload", "bundle.entry-mismatch", tight(ENVELOPE), payload=b"another")
case("-other-signer", "the log saw another key", "bundle.entry-mismatch", tight(ENVELOPE), key=other)
case("-unasked", "a promise alone, and nobody accepts it", "bundle.promise-only", tight(ENVELOPE), options="", contains=["--allow-promise-only"])

"""A Sigstore instance of test keys: authority, CT log and Rekor log, and bundles that it could have made, whole or bent."""
import base64
import hashlib
import json
from .certificates import CODE, alternative_names, authority_id, certificate, extension, is_authority, purposes, root, subject_id, to_be_signed, usage
from .curves import P384, EcKey
from .der import ecdsa, octet, oid, pem, seq, utf8
from .spki import spki

ROOT, MIDDLE, LOG, CT, SIGNER = EcKey("fulcio root", P384), EcKey("fulcio intermediate", P384), EcKey("rekor"), EcKey("ct log"), EcKey("sigstore signer")
STRANGER = EcKey("sigstore stranger")
URI, ISSUER = "https://forge.example.org/acme/app/.github/workflows/release.yml@refs/heads/main", "https://token.forge.example.org"
START, END, TIME = "20250601115900", "20250601120900", 1748779200  # 2025-06-01 12:00 UTC
PROMISES, FULCIO = "1.3.6.1.4.1.11129.2.4.2", "1.3.6.1.4.1.57264.1."
b64 = lambda data: base64.b64encode(data).decode()
sha = lambda data: hashlib.sha256(data).digest()


def tight(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


CHAIN = [certificate("test intermediate", MIDDLE, "test root", ROOT, [is_authority(0), usage(5, 6), purposes(CODE), subject_id(MIDDLE), authority_id(ROOT)], serial=2), root("test root", ROOT)]


def promise(body, issuer, key, log=None, time=TIME, bend=None):
    """A signed certificate timestamp over the certificate without it (RFC 6962 section 3.2)."""
    moment = (time * 1000).to_bytes(8, "big")
    entry = b"\0\0" + moment + b"\0\1" + sha(spki(issuer)) + len(body).to_bytes(3, "big") + body + b"\0\0"
    value = ecdsa(key.sign(entry))
    one = b"\0" + sha(spki(log or key)) + moment + b"\0\0\4\3" + len(value).to_bytes(2, "big") + value
    return len(one).to_bytes(2, "big") + one


def leaf(key=SIGNER, names=((6, URI),), purpose=CODE, issuer="test intermediate", by=MIDDLE, facts=None, ct=CT, ct_time=TIME, start=START, end=END, more=(), use=(0,), logged=True):
    """A certificate as Fulcio issues it."""
    facts = {"8": utf8(ISSUER), "14": utf8("refs/heads/main")} if facts is None else facts
    parts = [usage(*use), purposes(purpose), subject_id(key), authority_id(by), *([alternative_names(*names, critical=True)] if names else []), *(extension(FULCIO + arc, value) for arc, value in facts.items()), *more]
    window = dict(serial=7, start=start, end=end)
    if not logged:
        return certificate("", key, issuer, by, parts, **window)
    one = promise(to_be_signed("", key, issuer, by, parts, **window), by, ct, time=ct_time)
    return certificate("", key, issuer, by, [*parts, extension(PROMISES, octet(len(one).to_bytes(2, "big") + one))], **window)


def node(left, right):
    return sha(b"\1" + left + right)


def entry(body, log=LOG, index=1003, time=TIME, kind=("hashedrekord", "0.0.1"), origin="rekor.example.org - 42", signer="rekor.example.org", extra="", after="", **bend):
    """A log entry: the third leaf of a tree of four, its checkpoint and the log's promise."""
    key_id = sha(spki(log))
    this, others = sha(b"\0" + body), [sha(b"\0" + bytes([i])) for i in (1, 2, 4)]
    tree = node(node(others[0], others[1]), node(this, others[2]))
    note = f"{origin}\n4\n{b64(tree)}\n{extra}".encode()
    line = f"\u2014 {signer} {b64(key_id[:4] + ecdsa(bend.get('note_key', log).sign(note)))}\n"
    proof = {"logIndex": "2", "rootHash": b64(tree), "treeSize": "4", "hashes": [b64(others[2]), b64(node(others[0], others[1]))], "checkpoint": {"envelope": note.decode() + "\n" + line + after}}
    signed = tight({"body": b64(body), "integratedTime": time, "logID": key_id.hex(), "logIndex": index})
    return {"logIndex": str(index), "logId": {"keyId": b64(key_id)}, "kindVersion": {"kind": kind[0], "version": kind[1]}, "integratedTime": str(time),
            "inclusionPromise": {"signedEntryTimestamp": b64(ecdsa(bend.get("promise_key", log).sign(signed)))}, "inclusionProof": proof, "canonicalizedBody": b64(body)}


def record(data, value, certificate_or_key, digest=None):
    """The body of a hashedrekord entry."""
    return tight({"apiVersion": "0.0.1", "kind": "hashedrekord", "spec": {"data": {"hash": {"algorithm": "sha256", "value": (digest or sha(data)).hex()}},
                  "signature": {"content": b64(value), "publicKey": {"content": b64(certificate_or_key)}}}})


def bundle(data, key=SIGNER, cert=None, body=None, log=None, media="application/vnd.dev.sigstore.bundle.v0.3+json", value=None, digest=None):
    """A bundle with a message signature."""
    cert = cert or leaf()
    value = value or ecdsa(key.sign(data))
    text = pem("CERTIFICATE", cert)
    return {"mediaType": media, "verificationMaterial": {"certificate": {"rawBytes": b64(cert)}, "tlogEntries": [entry(body or record(data, value, text), **(log or {}))]},
            "messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": b64(digest or sha(data))}, "signature": b64(value)}}


def pae(payload, kind="application/vnd.in-toto+json"):
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)


def envelope_bundle(payload, kind="application/vnd.in-toto+json", signatures=None, body=None, cert=None, log=None):
    """A bundle with a DSSE envelope and a dsse entry."""
    cert, value = cert or leaf(), ecdsa(SIGNER.sign(pae(payload, kind)))
    envelope = {"payload": b64(payload), "payloadType": kind, "signatures": signatures or [{"sig": b64(value)}]}
    plain = json.dumps({"payload": b64(payload), "payloadType": kind, "signatures": [{"sig": b64(value)}]}, separators=(",", ":")).encode()
    body = body or tight({"apiVersion": "0.0.1", "kind": "dsse", "spec": {"envelopeHash": {"algorithm": "sha256", "value": sha(plain).hex()}, "payloadHash": {"algorithm": "sha256", "value": sha(payload).hex()},
                          "signatures": [{"signature": b64(value), "verifier": b64(pem("CERTIFICATE", cert))}]}})
    return {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {"certificate": {"rawBytes": b64(cert)}, "tlogEntries": [entry(body, kind=("dsse", "0.0.1"), **(log or {}))]}, "dsseEnvelope": envelope}


def log_of(key, address, **more):
    return {"baseUrl": address, "hashAlgorithm": "SHA2_256", "publicKey": {"rawBytes": b64(spki(key)), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": {"start": "2025-01-01T00:00:00Z", **more}}, "logId": {"keyId": b64(sha(spki(key)))}}


def trusted_root(logs=None, authority=None, ct=None):
    """trusted_root.json of the instance."""
    authority = authority or {"subject": {"organization": "test", "commonName": "test root"}, "uri": "https://fulcio.example.org", "certChain": {"certificates": [{"rawBytes": b64(one)} for one in CHAIN]}, "validFor": {"start": "2025-01-01T00:00:00Z"}}
    return {"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1", "tlogs": logs or [log_of(LOG, "https://rekor.example.org")], "certificateAuthorities": [authority],
            "ctlogs": ct or [log_of(CT, "https://ct.example.org")], "timestampAuthorities": []}

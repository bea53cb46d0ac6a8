"""Sigstore bundles of a private instance, by identity: what the log, the authority and the CT log say must all be about this signature."""
import base64
import copy
import hashlib
import json
from maker import instance as it
from maker.case import CARE, accept, refuse
from maker.certificates import SERVER, certificate, extension, is_authority, usage
from maker.der import bits, ecdsa, implicit, null, oid, pem, seq, tlv, utf8
from maker.instance import CT, ISSUER, LOG, MIDDLE, SIGNER, STRANGER, URI, b64, bundle, entry, envelope_bundle, leaf, log_of, record, sha, trusted_root
from maker.spki import public_pem

CLIENT, BUNDLE, REKOR, CHECKPOINT, RFC6962, FULCIO, RFC5280 = "Sigstore client specification section ", "sigstore_bundle.proto, ", "Rekor ", "C2SP tlog-checkpoint and signed-note", "RFC 6962 section ", "Fulcio certificate specification ", "RFC 5280 section "
FILE = b"application 2.0\n"


def question(document, data=FILE, root=None, identity=URI, issuer=ISSUER):
    text = document if isinstance(document, str) else json.dumps(document)
    return dict(operation="sigstore", files={"file": ("app.tar", data), "bundle": ("app.tar.sigstore.json", text.encode()), "root": ("trusted_root.json", json.dumps(root or trusted_root()).encode())}, identity=identity, issuer=issuer)


def bent(change, document=None):
    """A good bundle after a change of it."""
    document = copy.deepcopy(document or bundle(FILE))
    change(document)
    return document


def at(document, *path):
    for step in path:
        document = document[step]
    return document


ENTRY = ("verificationMaterial", "tlogEntries", 0)


def signatures():
    value = ecdsa(SIGNER.sign(FILE))
    yield accept("message", **question(bundle(FILE)), why="Signature, certificate, log and promise agree.", source=CLIENT + "4.2")
    yield refuse("file-edited", **question(bundle(FILE), FILE + b"x"), why="The signature is over other bytes.", source=CLIENT + "4.2.2")
    yield refuse("message-digest-other", **question(bundle(FILE, digest=bytes(32))), ground=CARE, why="The digest that the bundle states is not the file's: one of the two was exchanged.", source=BUNDLE + "MessageSignature.message_digest")
    yield accept("message-digest-absent", **question(bent(lambda d: d["messageSignature"].pop("messageDigest"))), ground=CARE, why="The digest is a help for finding the file, and decides nothing.", source=BUNDLE + "MessageSignature.message_digest")
    yield refuse("signed-by-stranger", **question(bundle(FILE, key=STRANGER)), why="The certificate holds another key.", source=CLIENT + "4.2.2")
    yield refuse("log-of-other-signature", **question(bundle(FILE, body=record(FILE, ecdsa(STRANGER.sign(FILE)), pem("CERTIFICATE", leaf())))), why="The log recorded another signature.", source=CLIENT + "4.2.3")
    yield refuse("log-of-other-file", **question(bundle(FILE, body=record(b"other", value, pem("CERTIFICATE", leaf())))), why="The log recorded another file.", source=CLIENT + "4.2.3")
    yield refuse("log-of-other-certificate", **question(bundle(FILE, body=record(FILE, value, pem("CERTIFICATE", leaf(names=((6, URI + "x"),)))))), why="The log recorded another certificate.", source=CLIENT + "4.2.3")
    yield refuse("log-of-bare-key", **question(bundle(FILE, body=record(FILE, value, public_pem(SIGNER)))), ground=CARE, why="The log recorded a key, and the bundle a certificate: nobody logged that this identity signed.", source=CLIENT + "4.2.3")


def logs():
    break_proof = lambda d: at(d, *ENTRY, "inclusionProof", "hashes").__setitem__(0, b64(bytes(32)))
    yield refuse("proof-broken", **question(bent(break_proof)), why="The proof leads to another root.", source=RFC6962 + "2.1.1")
    yield refuse("proof-absent", **question(bent(lambda d: at(d, *ENTRY).pop("inclusionProof"))), why="From version 0.2 on a bundle proves that its entry is in the log.", source=BUNDLE + "VerificationMaterial.tlog_entries")
    yield refuse("checkpoint-absent", **question(bent(lambda d: at(d, *ENTRY, "inclusionProof").pop("checkpoint"))), why="Without the log's signature a proof leads to a root that anybody makes.", source=CLIENT + "4.2.3")
    yield refuse("proof-hash-too-many", **question(bent(lambda d: at(d, *ENTRY, "inclusionProof", "hashes").append(b64(bytes(32))))), why="A proof has as many hashes as its tree asks for.", source="RFC 9162 section 2.1.3.2")
    yield refuse("proof-index-other", **question(bent(lambda d: at(d, *ENTRY, "inclusionProof").__setitem__("logIndex", "3"))), why="The proof is of another leaf.", source="RFC 9162 section 2.1.3.2")
    yield refuse("proof-size-other", **question(bent(lambda d: at(d, *ENTRY, "inclusionProof").__setitem__("treeSize", "3"))), ground=CARE, why="The checkpoint states the size of the tree.", source=CHECKPOINT)
    yield refuse("checkpoint-by-stranger", **question(bundle(FILE, log=dict(note_key=STRANGER))), why="The log did not sign this checkpoint.", source=CHECKPOINT)
    other = bundle(b"other")["verificationMaterial"]["tlogEntries"][0]["inclusionProof"]["checkpoint"]
    yield refuse("checkpoint-of-other-tree", **question(bent(lambda d: at(d, *ENTRY, "inclusionProof").__setitem__("checkpoint", other))), why="The checkpoint is of another root.", source=CHECKPOINT)
    yield accept("checkpoint-extension-lines", **question(bundle(FILE, log=dict(extra="Timestamp: 1748779200\n"))), why="Lines after the root are signed and may be unknown.", source=CHECKPOINT)
    cosigned = "\u2014 witness.example.org " + b64(b"\1\2\3\4" + bytes(70)) + "\n"
    yield accept("checkpoint-unknown-cosigner", **question(bundle(FILE, log=dict(after=cosigned))), why="Signatures by keys that are not known are to be ignored.", source=CHECKPOINT)
    yield refuse("promise-broken", **question(bundle(FILE, log=dict(promise_key=STRANGER))), why="The time of signing is the one that the log signed, and it did not sign this one.", source=CLIENT + "4.2.3 and 4.2.1")
    yield refuse("time-edited", **question(bent(lambda d: at(d, *ENTRY).__setitem__("integratedTime", "1748779260"))), why="The promise covers the time.", source=REKOR + "SignedEntryTimestamp")
    yield refuse("log-unknown", **question(bundle(FILE, log=dict(log=STRANGER))), why="No log of the root made this entry.", source=CLIENT + "4.2.3")
    yield refuse("log-claims-other-id", **question(bent(lambda d: at(d, *ENTRY, "logId").__setitem__("keyId", b64(sha(b"other"))))), why="The id finds the log's key, and no key has this one.", source=CLIENT + "4.2.3")
    yield refuse("no-entries", **question(bent(lambda d: d["verificationMaterial"].__setitem__("tlogEntries", []))), why="Nothing was logged, and so nothing tells the time.", source=CLIENT + "4.2.1")
    yield refuse("log-key-ended", **question(bundle(FILE), root=trusted_root(logs=[log_of(LOG, "https://rekor.example.org", end="2025-03-01T00:00:00Z")])), why="The log's key was trusted until March, and the entry is of June.", source="sigstore_trustroot.proto, PublicKey.valid_for")
    yield refuse("entry-twice", **question(bent(lambda d: d["verificationMaterial"]["tlogEntries"].append(at(d, *ENTRY)))), ground=CARE, why="One entry counted twice would make one log two.", source=CLIENT + "4.2.3")
    yield refuse("kind-other", **question(bent(lambda d: at(d, *ENTRY, "kindVersion").__setitem__("kind", "dsse"))), ground=CARE, why="The bundle says that the entry is of another kind than it is.", source="sigstore_rekor.proto, KindVersion")


def certificates():
    by = lambda **more: question(bundle(FILE, cert=leaf(**more)))
    yield refuse("authority-unknown", **by(by=STRANGER), why="No authority of the root issued this certificate.", source=CLIENT + "4.2.1")
    yield refuse("signed-after-expiry", **by(start="20250601100000", end="20250601101000"), why="The log saw the signature when the certificate had ended.", source=CLIENT + "4.2.1")
    yield refuse("purpose-server", **by(purpose=SERVER), why="The certificate is not for signing code.", source=CLIENT + "4.2.1 and " + FULCIO + "Extended key usage")
    yield refuse("usage-encipherment", **by(use=(2,)), why="The key is not for signatures.", source=FULCIO + "Key usage")
    yield refuse("leaf-is-authority", **by(more=[is_authority()], use=(0, 5)), ground=CARE, why="An authority's certificate is nobody's identity.", source=FULCIO + "Basic constraints")
    yield refuse("critical-unknown", **by(more=[extension("1.3.6.1.4.1.32473.1", null(), critical=True)]), why="A critical extension that is not known refuses the certificate.", source=RFC5280 + "4.2")
    yield refuse("promise-of-ct-absent", **by(logged=False), why="No CT log saw the certificate.", source=CLIENT + "4.2.1")
    yield refuse("promise-of-ct-unknown", **by(ct=STRANGER), why="No CT log of the root saw the certificate.", source=CLIENT + "4.2.1")
    good = leaf()
    where = good.index(sha(it.spki(CT)))
    moved = good[:where + 32] + b"\0\0\1\x97\x2b\0\0\0" + good[where + 40:]
    body = moved[4:]
    yield refuse("promise-of-ct-edited", **question(bundle(FILE, cert=resigned(moved))), why="The CT log signed another time.", source=RFC6962 + "3.2")
    stray = leaf(issuer="test leaf", by=SIGNER, key=STRANGER)
    chained = bent(lambda d: d["verificationMaterial"].update(x509CertificateChain={"certificates": [{"rawBytes": b64(stray)}, {"rawBytes": b64(leaf())}]}), bundle(FILE, key=STRANGER, cert=stray, media="application/vnd.dev.sigstore.bundle+json;version=0.2"))
    chained["verificationMaterial"].pop("certificate")
    yield refuse("chain-in-bundle", **question(chained), why="The issuers are those of the root: what the bundle brings is no authority.", source=CLIENT + "4.2.1")
    forged = bytearray(leaf())
    forged[-1] ^= 1
    yield refuse("certificate-edited", **question(bundle(FILE, cert=bytes(forged))), why="The authority did not sign this certificate.", source=RFC5280 + "6.1.3 (a)(1)")
    yield refuse("authority-ended", **question(bundle(FILE), root=ended_authority()), why="The root trusted the authority until March, and the certificate is of June.", source="sigstore_trustroot.proto, CertificateAuthority.valid_for")


def resigned(certificate_bytes):
    """The same certificate with the authority's signature made anew over what it holds now."""
    head = 4 if certificate_bytes[1] == 0x82 else 3
    length = int.from_bytes(certificate_bytes[head + 2:head + 4], "big") + 4
    body = certificate_bytes[head:head + length]
    return seq(body, seq(oid("1.2.840.10045.4.3.3")), bits(ecdsa(MIDDLE.sign(body))))


def ended_authority():
    root = trusted_root()
    root["certificateAuthorities"][0]["validFor"]["end"] = "2025-03-01T00:00:00Z"
    return root


def identities():
    by = lambda identity=URI, issuer=ISSUER, **more: question(bundle(FILE, cert=leaf(**more)), identity=identity, issuer=issuer)
    mail = "dev@example.org"
    yield accept("mail", **by(mail, names=((1, mail),)), why="The identity is a mail address.", source=FULCIO + "Subject alternative name")
    user = tlv(0xA0, b"") and seq(oid("1.3.6.1.4.1.57264.1.7"), tlv(0xA0, utf8("robot!example.org")))[2:]
    yield accept("user-name", **by("robot!example.org", names=((0, user),)), why="The identity is a user name.", source=FULCIO + "1.3.6.1.4.1.57264.1.7")
    yield refuse("identity-longer", **by(URI[:-1]), why="The certificate's identity is longer than the one that was asked for.", source=CLIENT + "4.2.1 and RFC 3986 section 6.2.1")
    yield refuse("identity-shorter", **by(URI + "x"), why="The certificate's identity is shorter than the one that was asked for.", source=CLIENT + "4.2.1 and RFC 3986 section 6.2.1")
    yield refuse("identity-case", **by(URI.replace("acme", "ACME")), why="Paths are compared letter by letter.", source="RFC 3986 section 6.2.2.1")
    yield refuse("identity-is-no-pattern", **by("dev.example.org", names=((2, "devXexample.org"),)), why="A dot in an identity is a dot.", source=CLIENT + "4.2.1")
    yield refuse("issuer-other", **by(issuer="https://accounts.example.org"), why="Another party vouched for the signer.", source=FULCIO + "1.3.6.1.4.1.57264.1.8")
    yield refuse("issuer-absent", **by(facts={}), why="Nobody is said to have vouched for the signer.", source=FULCIO + "1.3.6.1.4.1.57264.1.8")
    yield refuse("issuer-in-other-fact", **by(facts={"9": utf8(ISSUER)}), why="The fact is another one: the issuer stands under its own number.", source=FULCIO + "1.3.6.1.4.1.57264.1.8")
    yield refuse("two-names", **by(names=((1, "mallory@example.com"), (6, URI))), ground=CARE, why="A certificate names one identity; of two nobody knows which one signed.", source=FULCIO + "Subject alternative name")
    yield refuse("two-names-other-first", **by(names=((6, URI), (1, "mallory@example.com"))), ground=CARE, why="The same in the other order, which must not matter.", source=FULCIO + "Subject alternative name")
    yield refuse("no-name", **by(names=()), why="The certificate names nobody.", source=FULCIO + "Subject alternative name")
    yield refuse("name-nul-inside", **by(mail, names=((1, mail + "\0.example.com"),)), ground=CARE, why="What stands behind the NUL belongs to the name.", source=RFC5280 + "4.2.1.6")
    yield refuse("issuer-two-spellings", **by(facts={"1": b"https://accounts.example.com", "8": utf8(ISSUER)}), ground=CARE, why="The old and the new extension name different issuers.", source=FULCIO + "1.3.6.1.4.1.57264.1.1 and .8")


def forms():
    text = json.dumps(bundle(FILE))
    yield accept("media-type-0.3-older-spelling", **question(bundle(FILE, media="application/vnd.dev.sigstore.bundle+json;version=0.3")), why="Both spellings of version 0.3 are in use.", source=BUNDLE + "Bundle.media_type")
    yield refuse("media-type-unknown", **question(bundle(FILE, media="application/vnd.dev.sigstore.bundle.v9.0+json")), why="A version that is not known has rules that are not known.", source=BUNDLE + "Bundle.media_type")
    yield refuse("media-type-other", **question(bundle(FILE, media="application/json")), why="This is no bundle by its own words.", source=BUNDLE + "Bundle.media_type")
    yield refuse("signature-twice", **question(text[:-1] + ', "messageSignature": {"signature": "' + b64(ecdsa(STRANGER.sign(FILE))) + '"}}'), ground=CARE, why="Of two members of one name readers take the first or the last.", source="RFC 8259 section 4 and RFC 7493 section 2.3")
    yield refuse("both-contents", **question(bent(lambda d: d.update(dsseEnvelope=envelope_bundle(b"{}")["dsseEnvelope"]))), why="A bundle has one content.", source=BUNDLE + "Bundle.content (oneof)")
    yield refuse("key-and-certificate", **question(bent(lambda d: d["verificationMaterial"].update(publicKey={"hint": "key"}))), why="A bundle has one kind of key material.", source=BUNDLE + "VerificationMaterial.content (oneof)")
    yield refuse("no-content", **question(bent(lambda d: d.pop("messageSignature"))), why="Nothing was signed.", source=BUNDLE + "Bundle.content (oneof)")
    yield refuse("chain-in-0.3", **question(bent(lambda d: d["verificationMaterial"].update(x509CertificateChain={"certificates": [d["verificationMaterial"].pop("certificate")]}))), why="From version 0.3 on a bundle holds the certificate alone.", source=BUNDLE + "VerificationMaterial.content")
    yield refuse("member-unknown", **question(bent(lambda d: d.update(note="built on Monday"))), why="Members that are not known refuse the JSON form of a protobuf message.", source="ProtoJSON format, JSON options", ground=CARE)
    yield refuse("base64-line-breaks", **question(bent(lambda d: d["messageSignature"].__setitem__("signature", d["messageSignature"]["signature"][:40] + "\n" + d["messageSignature"]["signature"][40:]))), ground=CARE, why="A line break is outside of the alphabet.", source="RFC 4648 section 3.3 and ProtoJSON format, bytes")
    yield refuse("text-after", **question(text + text), why="A JSON text is one value.", source="RFC 8259 section 2")


def envelopes():
    digest = hashlib.sha256(FILE).hexdigest()
    def statement(*subjects, **more):
        return json.dumps({"_type": "https://in-toto.io/Statement/v1", "subject": list(subjects), "predicateType": "https://example.org/build/v1", "predicate": {}, **more}, separators=(",", ":")).encode()
    mine, other = {"name": "app.tar", "digest": {"sha256": digest}}, {"name": "other.tar", "digest": {"sha256": "0" * 64}}
    sealed = lambda *subjects, **more: question(envelope_bundle(statement(*subjects, **more)))
    value = b64(ecdsa(SIGNER.sign(it.pae(statement(mine)))))
    yield accept("envelope", **sealed(mine), why="The statement speaks of the file.", source=CLIENT + "4.2.2")
    yield refuse("envelope-other-subject", **sealed(other), why="The statement speaks of another file.", source=CLIENT + "4.2.2")
    yield accept("envelope-one-of-two-subjects", **sealed(other, mine), why="A statement may speak of several files.", source="in-toto attestation v1, Statement")
    yield refuse("envelope-digests-contradict", **sealed({"name": "app.tar", "digest": {"sha256": digest, "sha512": "0" * 128}}), ground=CARE, why="One file cannot have both digests.", source="in-toto attestation v1, DigestSet")
    yield refuse("envelope-no-statement", **question(envelope_bundle(b'{"subject":[]}')), why="The type says statement, and it is none.", source="in-toto attestation v1, Statement")
    yield refuse("envelope-other-type", **question(envelope_bundle(statement(mine), "application/json")), ground=CARE, why="A payload of another type is not read as a statement.", source="DSSE 1.0.2 protocol, Verifying")
    yield refuse("envelope-two-signatures", **question(envelope_bundle(statement(mine), signatures=[{"sig": value}, {"sig": value}])), why="A bundle's envelope has one signature.", source=BUNDLE + "Bundle.dsse_envelope")
    yield refuse("envelope-no-signature", **question(bent(lambda d: d["dsseEnvelope"].__setitem__("signatures", []), envelope_bundle(statement(mine)))), why="Nobody signed.", source=BUNDLE + "Bundle.dsse_envelope")
    yield refuse("envelope-log-of-other-payload", **question(bent(lambda d: d.update(dsseEnvelope=envelope_bundle(statement(mine, predicate={"a": 1}))["dsseEnvelope"]), envelope_bundle(statement(mine)))), why="The log recorded another statement.", source=CLIENT + "4.2.3")
    yield refuse("envelope-log-of-message", **question(bent(lambda d: d["verificationMaterial"].__setitem__("tlogEntries", bundle(FILE)["verificationMaterial"]["tlogEntries"]), envelope_bundle(statement(mine)))), why="The log recorded a message signature, and the bundle holds an envelope.", source=CLIENT + "4.2.3")


def cases():
    for part in (signatures, logs, certificates, identities, forms, envelopes):
        yield from part()

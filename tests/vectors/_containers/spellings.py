#!/usr/bin/env python3
"""Makes the vectors spelled-* and printed-* of cosign, oci-image, cosign-download and github anew: what other clients and older versions write, by keys that are thrown away.
Needs: Python 3.9 with the package cryptography."""
import base64, hashlib, json, pathlib, shutil
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec

TOP = pathlib.Path(__file__).resolve().parent.parent
NOON = 1767268800
INTOTO, SIMPLE, DSSE = "application/vnd.in-toto+json", "application/vnd.dev.cosign.simplesigning.v1+json", "application/vnd.dsse.envelope.v1+json"
MANIFEST, CONFIG, INDEX = (f"application/vnd.oci.image.{kind}.v1+json" for kind in ("manifest", "config", "index"))
new = lambda: ec.generate_private_key(ec.SECP256R1())
signer, other, log = new(), new(), new()
b64 = lambda data: base64.b64encode(data).decode()
sha = lambda data: hashlib.sha256(data).hexdigest()
spki = lambda key: key.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)
pem = lambda key: key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)
sign = lambda key, data: key.sign(data, ec.ECDSA(hashes.SHA256()))
tight = lambda value: json.dumps(value, separators=(",", ":")).encode()
ROOT = {"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1", "tlogs": [{
    "hashAlgorithm": "SHA2_256", "logId": {"keyId": b64(hashlib.sha256(spki(log)).digest())},
    "publicKey": {"rawBytes": b64(spki(log)), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": {"start": "2025-01-01T00:00:00Z"}}}]}


def case(format, name, about, args, expect, *contains, **files):
    folder = TOP / format / name
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for path, content in {"k.pem": pem(signer), **files}.items():
        (folder / path.replace("__", ".")).write_bytes(content if isinstance(content, bytes) else tight(content) + b"\n")
    (folder / "case.txt").write_text("\n".join([f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")
    return folder


class Layout:
    """An OCI image layout of one small image."""
    def __init__(self):
        self.blobs, self.entries = {}, []
        self.image = self.blob(tight({"schemaVersion": 2, "mediaType": MANIFEST, "config": self.blob(b"{}", CONFIG), "layers": [self.blob(b"a layer\n", "application/vnd.oci.image.layer.v1.tar")]}), MANIFEST)
        self.entries.append(dict(self.image, annotations={"org.opencontainers.image.ref.name": "latest"}))

    def blob(self, content, kind, **annotations):
        self.blobs[sha(content)] = content
        return {"mediaType": kind, "digest": "sha256:" + sha(content), "size": len(content), **({"annotations": annotations} if annotations else {})}

    def add(self, suffix, *layers):
        manifest = self.blob(tight({"schemaVersion": 2, "mediaType": MANIFEST, "config": self.blob(b"{}", CONFIG), "layers": list(layers)}), MANIFEST)
        self.entries.append(dict(manifest, annotations={"org.opencontainers.image.ref.name": self.digest.replace(":", "-") + suffix}))
        return self

    def write(self, folder, leave_out=()):
        blobs = folder / "layout" / "blobs" / "sha256"
        blobs.mkdir(parents=True)
        for name, content in self.blobs.items():
            if name not in leave_out:
                (blobs / name).write_bytes(content)
        (folder / "layout" / "index.json").write_bytes(tight({"schemaVersion": 2, "mediaType": INDEX, "manifests": self.entries}))
        (folder / "layout" / "oci-layout").write_bytes(tight({"imageLayoutVersion": "1.0.0"}))

    @property
    def digest(self):
        return self.image["digest"]

    @property
    def manifest(self):
        return self.blobs[self.digest[7:]]


def payload(digest):
    return tight({"critical": {"identity": {"docker-reference": "registry.example/demo"}, "image": {"docker-manifest-digest": digest}, "type": "cosign container image signature"}, "optional": None})


def envelope(key, *subjects):
    statement = tight({"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://slsa.dev/provenance/v0.2", "subject": [{"name": "demo", "digest": {"sha256": one}} for one in subjects], "predicate": {}})
    encoded = b"DSSEv1 %d %s %d %s" % (len(INTOTO), INTOTO.encode(), len(statement), statement)
    return tight({"payloadType": INTOTO, "payload": b64(statement), "signatures": [{"keyid": "", "sig": b64(sign(key, encoded))}]}), statement


def promised(body):
    entry = {"body": b64(body), "integratedTime": NOON, "logIndex": 7, "logID": hashlib.sha256(spki(log)).hexdigest()}
    return {"SignedEntryTimestamp": b64(sign(log, tight(dict(sorted(entry.items()))))), "Payload": entry}


def images():
    plain = Layout()
    verify = f"verify-image layout --digest {plain.digest} --key k.pem"
    wrapped = lambda key: plain_with(".sig", plain.blob(payload(plain.digest), SIMPLE, **{"dev.cosignproject.cosign/signature": base64.encodebytes(sign(key, payload(plain.digest))).decode()}))

    def plain_with(suffix, *layers, **more):
        layout = Layout()
        for layer in layers:
            layout.blobs[layer["digest"][7:]] = plain.blobs[layer["digest"][7:]]
        return layout.add(suffix, *layers)

    wrapped(signer).write(case("oci-image", "spelled-wrapped-base64", "the signature annotation is what `base64` printed, in lines of 76: CR and LF say nothing", verify, "trusted"))
    wrapped(other).write(case("oci-image", "spelled-wrapped-base64-other-key", "wrapped, and by another key", verify, "signature.mismatch"))

    # cosign before 2.3: the log records the envelope's file, its payload and who signed.
    file, statement = envelope(signer, plain.digest[7:])

    def entry(file, statement, key=signer):
        return tight({"apiVersion": "0.0.1", "kind": "intoto", "spec": {"content": {"hash": {"algorithm": "sha256", "value": sha(file)}, "payloadHash": {"algorithm": "sha256", "value": sha(statement)}}, "publicKey": b64(pem(key))}})

    def attested(body):
        layer = plain.blob(file, DSSE, **{"dev.cosignproject.cosign/signature": "", "predicateType": "https://slsa.dev/provenance/v0.2", "dev.sigstore.cosign/bundle": json.dumps(promised(body))})
        return plain_with(".att", layer)

    logged = verify + " --trusted-root root.json --allow-promise-only"
    for name, about, expect, body in [
            ("", "an entry of intoto 0.0.1, as cosign before 2.3 made it", "trusted", entry(file, statement)),
            ("-other-envelope", "the entry records another envelope than the one beside it", "bundle.entry-mismatch", entry(b"another envelope", statement)),
            ("-other-payload", "the entry records another payload", "bundle.entry-mismatch", entry(file, b"another statement")),
            ("-other-signer", "the entry records another key", "bundle.entry-mismatch", entry(file, statement, other))]:
        attested(body).write(case("oci-image", "spelled-intoto-0.0.1" + name, about, logged, expect, root__json=ROOT))
    attested(entry(file, statement)).write(case("oci-image", "spelled-intoto-0.0.1-unasked", "a promise alone, and nobody accepts it: the message names the option", verify + " --trusted-root root.json", "bundle.promise-only", "--allow-promise-only", root__json=ROOT))

    # Each signature is judged for itself.
    good = plain.blob(payload(plain.digest), SIMPLE, **{"dev.cosignproject.cosign/signature": b64(sign(signer, payload(plain.digest)))})
    absent = plain.blob(envelope(other, plain.digest[7:])[0], DSSE, **{"dev.cosignproject.cosign/signature": ""})
    both = plain_with(".sig", good).add(".att", absent)
    both.write(case("oci-image", "spelled-attestation-absent", "an attestation that was not copied refuses itself, not the signature beside it", verify, "trusted"), leave_out=[absent["digest"][7:]])
    both.write(case("oci-image", "spelled-attestation-absent-all", "every one of them is demanded", verify + " --all", "oci.blob-mismatch"), leave_out=[absent["digest"][7:]])


def printed():
    image, another = Layout(), "sha256:" + sha(b"another image")
    line = lambda key, digest, **more: {"Base64Signature": b64(sign(key, payload(digest))), "Payload": b64(payload(digest)), "Cert": None, "Chain": None, "Bundle": None, "RFC3161Timestamp": None, **more}
    by_digest, by_manifest = f"verify-image printed.json --digest {image.digest} --key k.pem", "verify manifest.json --signature printed.json --key k.pem"
    lines = lambda *all: b"".join((one if isinstance(one, bytes) else tight(one)) + b"\n" for one in all)
    v = lambda name, about, args, expect, content, *contains: case("cosign-download", name, about, args, expect, *contains, printed__json=content, manifest__json=image.manifest)
    v("signature", "what `cosign download signature` printed, and the digest of the image", by_digest, "trusted", line(signer, image.digest), "image:          not here")
    v("signature-of-manifest", "the same, and the image's manifest as the file that was signed", by_manifest, "trusted", line(signer, image.digest))
    v("other-image", "a signature of another image", by_digest, "image.other-digest", line(signer, another))
    v("other-manifest", "a signature of another image, and a manifest that it does not speak of", by_manifest, "image.other-digest", line(signer, another))
    v("other-key", "by somebody else", by_digest, "signature.mismatch", line(other, image.digest))
    v("payload-changed", "the payload was changed after it was signed", by_digest, "signature.mismatch", {**line(signer, another), "Payload": b64(payload(image.digest))})
    v("payload-absent", "a line without what was signed", by_digest, "signature.unknown-format", {key: value for key, value in line(signer, image.digest).items() if key != "Payload"})
    v("two-signatures", "two lines, of which one is by the signer", by_digest, "trusted", lines(line(other, image.digest), line(signer, image.digest)))
    v("two-signatures-all", "two lines, and both are demanded", by_digest + " --all", "signature.mismatch", lines(line(other, image.digest), line(signer, image.digest)))
    v("attestations", "what `cosign download attestation` printed: envelopes, of which one speaks of the image", by_digest, "trusted", lines(envelope(signer, sha(b"x"))[0], envelope(signer, image.digest[7:])[0]))
    v("attestation-other-image", "an envelope that speaks of another image", by_digest, "statement.artifact-not-subject", envelope(signer, sha(b"x"))[0])
    v("not-printed", "a file of another kind in the place of a layout", by_digest, "signature.unknown-format", b'{"hello": "world"}\n')


def github():
    artifact = b"first release of the demo\n"

    def bundle(key, content):
        dsse = json.loads(envelope(key, sha(content))[0])
        return {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {"publicKey": {"hint": ""}}, "dsseEnvelope": {**dsse, "signatures": [{"sig": dsse["signatures"][0]["sig"]}]}}

    entry = lambda bundle: {"repository_id": 1, "bundle": bundle, "bundle_url": "https://storage.example/attestations/1.json.sn", "initiator": "user"}
    v = lambda name, about, expect, *attestations, options="", contains=(): case("github", name, about, "verify a.txt --signature answer.json --key k.pem" + options, expect, *contains, a__txt=artifact, answer__json={"attestations": list(attestations)})
    v("one", "GitHub's answer with one attestation", "trusted", entry(bundle(signer, artifact)))
    v("one-of-two", "two attestations, of which one is by the signer", "trusted", entry(bundle(other, artifact)), entry(bundle(signer, artifact)))
    v("all-of-two", "two attestations, and both are demanded", "signature.mismatch", entry(bundle(other, artifact)), entry(bundle(signer, artifact)), options=" --all")
    v("other-artifact", "an attestation of another file", "statement.artifact-not-subject", entry(bundle(signer, b"another file\n")))
    v("other-key", "by somebody else", "signature.mismatch", entry(bundle(other, artifact)))
    v("bundle-elsewhere", "a bundle that is too large for the answer: only its address is there", "signature.malformed", entry(None), contains=["gh attestation download"])
    v("bundle-only", "clients that keep nothing but the bundles", "trusted", {"bundle": bundle(signer, artifact)})


def legacy():
    artifact = b"first release of the demo\n"
    plain = {"base64Signature": b64(sign(signer, artifact))}
    v = lambda name, about, expect, bundle: case("cosign", name, about, "verify a.txt --signature a.bundle --key k.pem", expect, a__txt=artifact, a__bundle=bundle)
    v("spelled-further-members", "members that nobody reads, and nulls, as tools that repack a download write them", "trusted", {**plain, "Payload": b64(b'{"x":1}'), "chain": None, "cert": None, "rekorBundle": None, "RFC3161Timestamp": None})
    v("spelled-empty-certificate", "an empty certificate is none", "trusted", {**plain, "cert": ""})
    v("spelled-further-members-other-key", "the same by somebody else", "signature.mismatch", {**plain, "base64Signature": b64(sign(other, artifact)), "chain": None})
    v("spelled-wrapped-signature", "wrapped base64 in the member that cosign writes in one line", "signature.malformed", {"base64Signature": base64.encodebytes(sign(signer, artifact)).decode()})
    v("spelled-null-signature", "no signature at all", "signature.malformed", {**plain, "base64Signature": None})


images(), printed(), github(), legacy()

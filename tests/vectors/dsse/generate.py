#!/usr/bin/env python3
"""Writes the DSSE scenarios of this folder anew. Needs: openssl 3 on the path. The keys are made here and thrown away."""
import base64, hashlib, json, pathlib, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path(tempfile.mkdtemp())
INTOTO = "application/vnd.in-toto+json"
CONTENT = b"an artefact with an attestation\n"


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def make_key(name, *options):
    openssl("genpkey", *options, "-out", str(WORK / f"{name}.key"))
    openssl("pkey", "-in", str(WORK / f"{name}.key"), "-pubout", "-out", str(HERE / "_keys" / f"{name}.pem"))


def pae(kind, body, version="DSSEv1", zeros=""):
    kind = kind.encode()
    return b" ".join([version.encode(), zeros.encode() + str(len(kind)).encode(), kind, str(len(body)).encode(), body])


def sign(name, message):
    if name == "ed":
        (WORK / "message").write_bytes(message)
        return openssl("pkeyutl", "-sign", "-rawin", "-inkey", str(WORK / "ed.key"), "-in", str(WORK / "message"))
    return openssl("dgst", "-sha256", "-sign", str(WORK / f"{name}.key"), data=message)


def p1363(der):
    def integer(at):
        return der[at + 2:at + 2 + der[at + 1]].lstrip(b"\0").rjust(32, b"\0"), at + 2 + der[at + 1]
    r, after = integer(2)
    s, _ = integer(after)
    return r + s


def b64(data):
    return base64.b64encode(data).decode()


def statement(**changes):
    members = {"_type": "https://in-toto.io/Statement/v1",
               "subject": [{"name": "a.txt", "digest": {"sha256": hashlib.sha256(CONTENT).hexdigest()}}],
               "predicateType": "https://example.com/built/v1", "predicate": {}}
    members.update(changes)
    return json.dumps(members).encode()


def envelope(body, signatures, kind=INTOTO):
    return {"payload": b64(body), "payloadType": kind, "signatures": signatures}


def signed(body, *keys, kind=INTOTO, ids=True):
    return envelope(body, [{"sig": b64(sign(key, pae(kind, body)))} | ({"keyid": key} if ids else {}) for key in keys], kind)


def scenario(name, about, expect, document, keys=("one",), options="", artifact="../_keys/a.txt", contains=()):
    folder = HERE / name
    folder.mkdir()
    text = document if isinstance(document, (str, bytes)) else json.dumps(document)
    (folder / "env.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    trust = " ".join(f"--key {key}=../_keys/{key.split('/')[-1]}.pem" if "=" not in key else f"--key {key}" for key in keys)
    lines = [f"# {about}", " ".join(f"args: verify-envelope env.json {artifact} {trust} {options}".split()), f"expect: {expect}"]
    lines += [f"contains: {text}" for text in contains]
    (folder / "case.txt").write_text("\n".join(lines) + "\n")


def subject(digest):
    return [{"name": "a.txt", "digest": digest}]


def main():
    for old in HERE.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    (HERE / "_keys").mkdir()
    (HERE / "_keys" / "a.txt").write_bytes(CONTENT)
    for name in ("one", "two", "stranger"):
        make_key(name, "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    make_key("ed", "-algorithm", "ED25519")
    make_key("rsa", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    body, good = statement(), signed(statement(), "one")
    sha256, sha512 = hashlib.sha256(CONTENT).hexdigest(), hashlib.sha512(CONTENT).hexdigest()

    # What must pass.
    scenario("attestation", "one key, one statement, the artefact is its subject", "trusted", good, contains=["https://example.com/built/v1"])
    scenario("attestation-alone", "without an artefact only the payload is authenticated, and the report says so", "trusted", good, artifact="",
             contains=["only the payload is authenticated"])
    scenario("ed25519", "Ed25519 signs the encoding itself", "trusted", signed(body, "ed"), keys=("ed",))
    scenario("rsa", "RSA with PKCS#1 v1.5 and SHA-256", "trusted", signed(body, "rsa"), keys=("rsa",))
    scenario("p1363", "r and s of fixed width, told by the length", "trusted", envelope(body, [{"sig": b64(p1363(sign("one", pae(INTOTO, body))))}]))
    scenario("threshold-2-of-2", "two keys signed, two are demanded", "trusted", signed(body, "one", "two"), keys=("one", "two"), options="--threshold 2")
    scenario("bad-then-good", "a signature by a stranger beside a good one is not counted and harms nothing", "trusted", signed(body, "stranger", "one"))
    scenario("all-digests-agree", "every usable digest of the subject is the artefact's", "trusted",
             signed(statement(subject=subject({"sha256": sha256, "sha512": sha512, "sha1": "x"})), "one"))
    scenario("payload-is-artifact", "another payload type: the payload itself is the artefact", "trusted", signed(CONTENT, "one", kind="text/plain"), options="--payload-type text/plain")
    scenario("statement-v0.1", "the older version is still produced", "trusted", signed(statement(_type="https://in-toto.io/Statement/v0.1"), "one"))

    # Who signed.
    scenario("threshold-not-met", "one of two demanded keys signed", "dsse.threshold", signed(body, "one", "stranger"), keys=("one", "two"), options="--threshold 2")
    twice = signed(body, "one", "one")
    scenario("one-key-twice", "two signatures by one key are one signer", "dsse.threshold", twice, keys=("one", "two"), options="--threshold 2")
    twice["signatures"][1]["keyid"] = "alias"
    scenario("one-key-two-ids", "one key registered under two ids is one signer", "dsse.threshold", twice, keys=("one", "alias=../_keys/one.pem"), options="--threshold 2")
    scenario("unknown-key-id", "every key has an id and the envelope names another", "key.unknown", signed(body, "stranger"))
    claimed = signed(body, "stranger")
    claimed["signatures"][0]["keyid"] = "one"
    scenario("stranger-claims-id", "a stranger's signature under a trusted key's id", "signature.mismatch", claimed)
    flipped = bytearray(sign("one", pae(INTOTO, body)))
    flipped[-1] ^= 1
    scenario("bit-flip", "one bit of the signature", "signature.mismatch", envelope(body, [{"sig": b64(bytes(flipped))}]))
    scenario("der-trailing-byte", "a byte after the DER signature", "signature.mismatch", envelope(body, [{"sig": b64(sign("one", pae(INTOTO, body)) + b"\0")}]))
    scenario("sig-empty", "an empty signature", "signature.mismatch", envelope(body, [{"sig": ""}]))

    # What was signed.
    for name, about, message in (
            ("no-pae", "the bare payload was signed", body),
            ("pae-of-base64", "the base64 text was signed", pae(INTOTO, b64(body).encode())),
            ("double-hash", "the hash of the encoding was signed", hashlib.sha256(pae(INTOTO, body)).digest()),
            ("dsse-v2", "another prefix was signed", pae(INTOTO, body, version="DSSEv2")),
            ("pae-leading-zero", "a length with a leading zero was signed", pae(INTOTO, body, zeros="0"))):
        scenario(name, about, "signature.mismatch", envelope(body, [{"sig": b64(sign("one", message))}]))
    scenario("payload-replaced", "the payload was changed after signing", "signature.mismatch", dict(good, payload=b64(statement(predicateType="x"))))
    scenario("payload-type-replaced", "the type was changed after signing", "signature.mismatch", dict(signed(body, "one", kind="text/plain"), payloadType=INTOTO))
    scenario("payload-type-unexpected", "a properly signed envelope of another type", "dsse.payload-type", signed(body, "one", kind="text/plain"))
    scenario("payload-type-case", "types are compared byte for byte", "dsse.payload-type", signed(body, "one", kind="Application/vnd.in-toto+json"))
    scenario("payload-type-blank", "a trailing blank is a difference", "dsse.payload-type", signed(body, "one", kind=INTOTO + " "))
    scenario("boundary-shift", "bytes moved from the type to the payload", "dsse.payload-type", dict(good, payloadType=INTOTO[:-1], payload=b64(b"n" + body)))

    # What the statement says.
    other = signed(statement(subject=subject({"sha256": "0" * 64})), "one")
    scenario("artifact-not-subject", "a sound statement about another file", "statement.artifact-not-subject", other)
    scenario("subject-without-usable-digest", "SHA-1 matches nothing", "statement.artifact-not-subject",
             signed(statement(subject=subject({"sha1": hashlib.sha1(CONTENT).hexdigest()})), "one"))
    scenario("subject-conflict", "a right SHA-256 beside a wrong SHA-512", "statement.subject-conflict",
             signed(statement(subject=subject({"sha256": sha256, "sha512": "0" * 128})), "one"))
    scenario("payload-not-artifact", "another payload type: the payload is not the artefact", "dsse.payload-mismatch", signed(b"other", "one", kind="text/plain"),
             options="--payload-type text/plain")
    scenario("predicate-type", "another predicate type is demanded", "policy.predicate-type", good, options="--predicate-type https://slsa.dev/provenance/v1")
    for name, about, changes in (
            ("statement-v2", "a version that we do not know", {"_type": "https://in-toto.io/Statement/v2"}),
            ("statement-other-host", "another host's statement", {"_type": "https://example.com/Statement/v1"}),
            ("statement-no-subjects", "a statement about nothing", {"subject": []}),
            ("statement-subject-without-digest", "a subject known by name alone", {"subject": [{"name": "a.txt"}]}),
            ("statement-empty-digest", "a subject with an empty digest set", {"subject": subject({})}),
            ("statement-upper-case-digest", "digests are written in lower case", {"subject": subject({"sha256": sha256.upper()})}),
            ("statement-short-digest", "a digest of the wrong length", {"subject": subject({"sha256": sha256[:-2]})}),
            ("statement-empty-predicate-type", "a statement that says nothing", {"predicateType": ""})):
        scenario(name, about, "statement.malformed", signed(statement(**changes), "one"))
    scenario("statement-duplicate-member", "two subjects members: two readers see two statements", "statement.malformed",
             signed(body[:-1] + b',"subject":[]}', "one"))

    # The envelope's shape.
    text = json.dumps(good)
    for name, about, document in (
            ("no-signatures", "an envelope without signatures", dict(good, signatures=[])),
            ("duplicate-payload", "two payloads", text[:-1] + ',"payload":""}'),
            ("duplicate-by-escape", "two payloads, one spelled with an escape", text[:-1] + ',"pay\\u006coad":""}'),
            ("payload-null", "a null payload", dict(good, payload=None)),
            ("payload-case", "names are case-sensitive", text.replace('"payload"', '"Payload"')),
            ("base64-unpadded", "base64 without padding", dict(good, signatures=[{"sig": "AAA"}])),
            ("base64-blank", "base64 with a blank", dict(good, signatures=[{"sig": "AAA A"}])),
            ("base64-two-alphabets", "both alphabets in one value", dict(good, signatures=[{"sig": "+_=="}])),
            ("base64-stray-bits", "unused bits are not zero", dict(good, signatures=[{"sig": "QR=="}])),
            ("trailing-data", "a second document", text + "{}"),
            ("byte-order-mark", "a byte order mark", b"\xef\xbb\xbf" + text.encode()),
            ("metablock", "an in-toto metablock is no DSSE envelope", '{"signed":{},"signatures":[]}'),
            ("deep", "100 levels", '{"payload":' + "[" * 100 + "]" * 100 + "}")):
        scenario(name, about, "signature.malformed", document)
    scenario("too-many-signatures", "65 signatures", "limit.envelope-signatures", envelope(body, good["signatures"] * 65))
    scenario("threshold-zero", "a threshold of nobody", "error", good, options="--threshold 0")
    shutil.rmtree(WORK)


main()

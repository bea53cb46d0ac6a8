#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.

Needs: python3, openssl 3. The layout is a profile of this project (docs/spec/codesentinel.md).
"""
import base64, hashlib, hmac, json, pathlib, shutil, subprocess, tempfile

here = pathlib.Path(__file__).resolve().parent
for old in here.iterdir():
    if old.is_dir():
        shutil.rmtree(old)
secrets = pathlib.Path(tempfile.mkdtemp())
public = here / "_keys"
public.mkdir()
SECRET = bytes(range(1, 33))
(public / "toy-secret.hex").write_text(SECRET.hex() + "\n")
(public / "short-secret.hex").write_text(SECRET[:31].hex() + "\n")


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def make_key(name, *arguments):
    openssl("genpkey", *arguments, "-out", secrets / name)
    openssl("pkey", "-in", secrets / name, "-pubout", "-out", public / f"{name}.pem")


make_key("rsa-4096", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096")
make_key("p256", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
make_key("p384", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")
make_key("other", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")


def pss(content):
    return openssl("dgst", "-sha256", "-sign", secrets / "rsa-4096", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", data=content)


def der(content, key="p256", digest="-sha256"):
    return openssl("dgst", digest, "-sign", secrets / key, data=content)


def fixed(content, key="p256", digest="-sha256", width=32):
    signature = der(content, key, digest)
    position, halves = 3 if signature[1] == 0x81 else 2, b""
    for _ in range(2):
        length = signature[position + 1]
        halves += signature[position + 2:position + 2 + length].lstrip(b"\0").rjust(width, b"\0")
        position += 2 + length
    return halves


def url(value):
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def b64(value):
    return base64.b64encode(value).decode()


# The canonical form of events without numbers; those with numbers give it in full.
def canonical(document):
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


BODY = {"event": "gate.passed", "target": "dist/app.whl", "detail": {"b": True, "a": None}, "names": ["Müller", "日本", "<&>"]}
ARN = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"


def event(provider="aws_kms", algorithm="ECDSA_SHA_256", encoding="base64", sign=None, write=b64, body=BODY, canon=canonical, key_id=ARN, **extra):
    signature = {"provider": provider, "algorithm": algorithm, "key_id": key_id, "encoding": encoding, "signed_at": "2026-01-14T12:00:00Z"} | extra
    document = dict(body) | {"signature": signature}
    value = (sign or der)(canon(document))
    return dict(body) | {"signature": signature | {"value": write(value)}}


def mac(content):
    return hmac.new(SECRET, content, hashlib.sha256).digest()


def digest(content):
    return hashlib.sha256(content).digest()


def pretty(document):
    return json.dumps(document, indent=2).encode() + b"\n"


def line(document):
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


FILE = "verify gate.csevent.json --key ../_keys/p256.pem"


def scenario(name, expect, why, content=None, args=FILE, contains=(), files=None):
    folder = here / name
    folder.mkdir()
    if content is not None:
        (folder / "gate.csevent.json").write_bytes(content)
    for file, data in (files or {}).items():
        (folder / file).write_bytes(data)
    (folder / "case.txt").write_text("\n".join([f"# {why}", f"args: {args}", f"expect: {expect}", *(f"contains: {words}" for words in contains)]) + "\n")


MALFORMED, MISMATCH, UNFIT, UNSUPPORTED, NOTHING = "signature.malformed", "signature.mismatch", "algorithm.mismatch", "algorithm.unsupported", "verdict.nothing-proved"
good = event()

# --- each provider
scenario("aws-kms", "trusted", "AWS by its command line: ECDSA in DER, over nested objects and names beyond ASCII", pretty(good), contains=["codesentinel profile (OfflineKit)"])
scenario("aws-kms-sdk", "trusted", "AWS by its library: RSA-PSS", pretty(event("aws_kms_sdk", "RSASSA_PSS_SHA_256", sign=pss)), args=FILE.replace("p256", "rsa-4096"))
scenario("azure-es256", "trusted", "Azure writes r and s in fixed width", pretty(event("azure_kv", "ES256", sign=fixed)))
scenario("azure-es384-base64url", "trusted", "and may write unpadded base64url",
         pretty(event("azure_kv", "ES384", "base64url", sign=lambda c: fixed(c, "p384", "-sha384", 48), write=url)), args=FILE.replace("p256", "p384"))
scenario("azure-ps256", "trusted", "RSA-PSS under Azure's label", pretty(event("azure_kv", "PS256", sign=pss)), args=FILE.replace("p256", "rsa-4096"))
scenario("compact", "trusted", "white space is not signed", line(good))
scenario("members-reordered", "trusted", "the order of members is not signed", pretty({key: good[key] for key in sorted(good, reverse=True)}))
numbers = canonical(event(body={"a": 0})).decode()
numeric = dict(good["signature"]); del numeric["value"]
text = '{"numbers":[1e21, -0, 0.1, 1E-7, 9007199254740991, 100.0],"signature":'
form = '{"numbers":[1e+21,0,0.1,1e-7,9007199254740991,100],"signature":' + canonical(numeric).decode() + "}"
scenario("numbers", "trusted", "numbers are signed in the form of ECMAScript, however they are spelled",
         (text + json.dumps(numeric | {"value": b64(der(form.encode()))}) + "}\n").encode())
scenario("names-beyond-the-bmp", "trusted", "members are sorted by UTF-16 code units, in which a surrogate pair comes before U+FB33",
         line(event(body={"\ufb33": 1, "\U0001f600": 2}, canon=lambda d: ('{"signature":' + canonical(d["signature"]).decode() + ',"\U0001f600":2,"\ufb33":1}').encode())))

# --- covered by the signature
def changed(**members):
    return pretty(good | {"signature": good["signature"] | members})


scenario("value-changed", MISMATCH, "a value of the event was changed", pretty(good | {"target": "dist/other.whl"}))
scenario("member-added", MISMATCH, "a member was added", pretty(good | {"approved": True}))
scenario("signed-at-changed", MISMATCH, "the time is covered", changed(signed_at="2026-01-15T12:00:00Z"))
scenario("key-id-changed", MISMATCH, "the key id is covered", changed(key_id="x"))
scenario("provider-changed", MISMATCH, "the provider is covered", changed(provider="aws_kms_sdk"))
scenario("other-key", MISMATCH, "a good signature by a key that is not pinned", pretty(event(sign=lambda c: der(c, "other"))))
scenario("value-covered", MISMATCH, "the value stays out of what is signed, and nothing else does", pretty(event(canon=lambda d: canonical({k: v for k, v in d.items() if k != "signature"}))))

# --- fit
scenario("es256-as-der", MALFORMED, "Azure's label wants fixed width", pretty(event("azure_kv", "ES256")))
scenario("ecdsa-as-fixed-width", MALFORMED, "AWS's label wants DER", pretty(event(sign=fixed)))
scenario("aws-with-azure-label", UNFIT, "provider and label are of two services", pretty(event(algorithm="ES256")))
scenario("azure-with-aws-label", UNFIT, "and the reverse", pretty(event("azure_kv", "ECDSA_SHA_256", sign=fixed)))
scenario("aws-in-hex", UNFIT, "AWS does not write hex", pretty(event(encoding="hex", write=bytes.hex)))
scenario("key-does-not-fit", UNFIT, "an RSA label and an elliptic-curve key", pretty(event(algorithm="RSASSA_PSS_SHA_256", sign=pss)))
scenario("es256-with-p384-key", UNFIT, "the label names its curve", pretty(event("azure_kv", "ES256", sign=fixed)), args=FILE.replace("p256", "p384"))
scenario("unknown-algorithm", UNSUPPORTED, "a label that no service has", pretty(event(algorithm="ECDSA")))
scenario("unknown-provider", "codesentinel.unsupported-provider", "a provider that nobody defined", pretty(event("gcp_kms")))
scenario("empty-provider", "codesentinel.unsupported-provider", "no provider: the original would fall back silently", pretty(event("")))

# --- classes
scenario("simulated", "codesentinel.simulated", "the simulated provider is never evidence", pretty(event("kms", "anything", "anything")))
scenario("simulated-without-key", "codesentinel.simulated", "and that needs no key to be said", pretty(event("kms", "RSASSA_PSS_SHA_256")), args="verify gate.csevent.json --no-bundled-trust")
HASH = event("sha256", "SHA-256", "hex", sign=digest, write=bytes.hex, key_id="")
scenario("digest-only", NOTHING, "a right digest is integrity, not trust", pretty(HASH), contains=["a digest proves no signer", "check digest: ok"])
scenario("digest-wrong", "codesentinel.digest-mismatch", "a wrong digest", pretty(HASH | {"target": "x"}))
scenario("digest-upper-case", MALFORMED, "hex is lower case", pretty(HASH | {"signature": HASH["signature"] | {"value": HASH["signature"]["value"].upper()}}))
MAC = event("hmac-sha256", "HMAC-SHA256", "hex", sign=mac, write=bytes.hex, key_id="gate-key")
WITH = "verify gate.csevent.json --hmac-key-file ../_keys/toy-secret.hex"
scenario("hmac-without-secret", "key.secret-missing", "without the secret the event is neither good nor bad", pretty(MAC), contains=["not verifiable here"])
scenario("hmac-with-secret", NOTHING, "with the secret the evidence is symmetric, which is no trusted signature", pretty(MAC), args=WITH, contains=["symmetric evidence", "check mac: ok"])
scenario("hmac-base64", NOTHING, "an HMAC in base64", pretty(event("hmac-sha256", "HMAC-SHA256", sign=mac, key_id="gate-key")), args=WITH, contains=["check mac: ok"])
scenario("hmac-changed", MISMATCH, "a changed event does not fit its HMAC", pretty(MAC | {"target": "x"}), args=WITH)
scenario("hmac-short-secret", "key.weak-secret", "a secret of 31 bytes", pretty(MAC), args=WITH.replace("toy", "short"))
scenario("hmac-secret-not-hex", "key.malformed", "the secret file is not hex", pretty(MAC), args=WITH.replace("../_keys/toy-secret.hex", "bad.hex"), files={"bad.hex": b"correct horse\n"})
scenario("hmac-cut", MALFORMED, "a MAC of 31 bytes", pretty(MAC | {"signature": MAC["signature"] | {"value": MAC["signature"]["value"][2:]}}), args=WITH)

# --- malformed
scenario("duplicate-member", MALFORMED, "readers disagree on which of two members counts", pretty(good).replace(b'"event"', b'"event": "x", "event"', 1))
scenario("seventh-member", MALFORMED, "exactly six members are signed about", pretty(event(note="x")))
scenario("member-missing", MALFORMED, "all six members are there", pretty(good | {"signature": {k: v for k, v in good["signature"].items() if k != "key_id"}}))
scenario("integer-too-large", MALFORMED, "2^53 + 1 would be rounded", pretty(good).replace(b'"dist/app.whl"', b"9007199254740993"))
for name, literal in (("fraction", b"9007199254740993.0"), ("exponent", b"1.0000000000000001e16"), ("nothing", b"1e-400"), ("long", b"0.1000000000000000055511151231257827")):
    scenario("rounded-" + name, MALFORMED, "a number that no double holds, spelled as no integer: " + literal.decode(), pretty(good).replace(b'"dist/app.whl"', literal))
scenario("nothing-but-a-signature", MALFORMED, "an event says something", pretty({"signature": good["signature"]}))
scenario("time-without-zone", MALFORMED, "times are UTC", pretty(event(signed_at="2026-01-14T12:00:00")))
scenario("time-with-offset", MALFORMED, "times are UTC, written Z", pretty(event(signed_at="2026-01-14T12:00:00+01:00")))
scenario("lone-surrogate", MALFORMED, "half a character cannot be signed", pretty(good).replace(b"dist/app.whl", b"\\ud800"))
scenario("unpadded-base64", MALFORMED, "base64 without its padding", changed(value=good["signature"]["value"].rstrip("=") + "A" if not good["signature"]["value"].endswith("=") else good["signature"]["value"].rstrip("=")))
scenario("trailing-json", MALFORMED, "a second document on the same line", line(good).rstrip() + b"{}\n")
scenario("separate-artefact", "codesentinel.separate-artifact", "an event covers itself and no other file", pretty(good),
         args="verify app.whl --signature gate.csevent.json --key ../_keys/p256.pem", files={"app.whl": b"x"})
scenario("no-key", "error", "a real signature and nobody who is trusted", pretty(good), args="verify gate.csevent.json --no-bundled-trust")

# --- logs
LOG = "verify gates.jsonl --key ../_keys/p256.pem"


def log(name, expect, why, *lines, args=LOG, contains=()):
    scenario(name, expect, why, args=args, contains=contains, files={"gates.jsonl": b"".join(lines)})


second = event(body=BODY | {"target": "dist/second.whl"})
log("log-signed", "trusted", "every line is signed by the pinned key", line(good), line(second), contains=["2 lines: 2 signed by a pinned key, 0 not", "not detectable", "experimental"])
log("log-line-changed", MISMATCH, "one line was changed", line(good), line(second | {"event": "gate.failed"}), contains=["line 2: ", "2 lines: 1 signed by a pinned key, 1 not"])
log("log-with-digest-line", NOTHING, "a line with a digest only does not hide behind a signed one", line(good), line(HASH), contains=["line 2: a digest proves no signer"])
log("log-with-simulated-line", "codesentinel.simulated", "nor does a simulated one", line(good), line(event("kms")))
log("log-with-garbage", MALFORMED, "a line that is no event", line(good), b"hello\n", contains=["line 2: "])
log("log-of-hmacs", NOTHING, "a log of HMACs is symmetric evidence", line(MAC), line(MAC), args="verify gates.jsonl --hmac-key-file ../_keys/toy-secret.hex")

shutil.rmtree(secrets)

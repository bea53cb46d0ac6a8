#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.

Needs: python3, openssl 3, minisign 0.11 or later.
"""
import base64, hashlib, json, os, shutil, subprocess, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(HERE)
for entry in os.listdir("."):
    if os.path.isdir(entry):
        shutil.rmtree(entry)
KEYS = tempfile.mkdtemp()
ARN = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000001"
BODY = b"# Restart the demo\n\nStop the service, wait, start it again.\n"


def run(*args, stdin=None):
    return subprocess.run(args, input=stdin, check=True, capture_output=True).stdout


def secret(who): return os.path.join(KEYS, who)


def new_key(who, *algorithm):
    run("openssl", "genpkey", "-out", secret(who), *algorithm)
    run("openssl", "pkey", "-in", secret(who), "-pubout", "-out", f"_keys/{who}.pem")


def spki(who): return run("openssl", "pkey", "-in", secret(who), "-pubout", "-outform", "DER")


def pem(who): return open(f"_keys/{who}.pem").read()


def b64(data): return base64.b64encode(data).decode()


def ecdsa(who, message): return run("openssl", "dgst", "-sha256", "-sign", secret(who), stdin=message)


def pure_ed25519(who, message):
    path = secret("message")
    with open(path, "wb") as file:
        file.write(message)
    return run("openssl", "pkeyutl", "-sign", "-inkey", secret(who), "-rawin", "-in", path)


def fixed_width(der):
    size = der[3]
    r, s = der[4:4 + size], der[6 + size:]
    return r[-32:].rjust(32, b"\0") + s[-32:].rjust(32, b"\0")


def minisig(body, *options):
    path = secret("body")
    with open(path, "wb") as file:
        file.write(body)
    run("minisign", "-S", "-W", "-s", secret("minisign"), "-m", path, "-x", path + ".minisig", "-t", "dossier signature", *options)
    return open(path + ".minisig").read()


def kms(body=BODY, who="team", **changes):
    return {"algorithm": "ECDSA-SHA-256", "signature": b64(ecdsa(who, body)), "public_key": b64(spki(who)), "key_id": ARN,
            "signed_at": "2025-11-16T11:23:36.391Z", "signed_by": "Demo Team <team@example.com>", **changes}


def community(body=BODY, who="author", **changes):
    return {"algorithm": "ed25519", "signature": b64(pure_ed25519(who, body)), "public_key": pem(who),
            "signed_at": "2025-11-19T10:24:06.435Z", **changes}


def mini(body=BODY, *options, **changes):
    return {"algorithm": "minisign", "public_key": open("_keys/minisign.pub").read().splitlines()[1], "signature": minisig(body, *options),
            "timestamp": "2025-11-07T00:00:00.000Z", **changes}


def front(signature, body=BODY, **changes):
    matter = {"dossier_schema_version": "1.0.0", "title": "Restart the demo", "version": "1.0.0", "risk_level": "low",
              "checksum": {"algorithm": "sha256", "hash": hashlib.sha256(body).hexdigest()}, "signature": signature, **changes}
    return {name: value for name, value in matter.items() if value is not None}


def text(matter, body=BODY, opening=b"---dossier\n", closing=b"\n---\n"):
    return opening + json.dumps(matter, indent=2, ensure_ascii=False).encode() + closing + body


TRUST = "--key ../_keys/team.pem"


def case(name, expect, comment, content, args=None, *contains):
    os.mkdir(name)
    with open(f"{name}/demo.ds.md", "wb") as file:
        file.write(content)
    args = args or f"dossier verify demo.ds.md {TRUST}"
    lines = [f"# {comment}", f"args: {args}", f"expect: {expect}"] + [f"contains: {word}" for word in contains]
    with open(f"{name}/case.txt", "w") as file:
        file.write("\n".join(lines) + "\n")


os.mkdir("_keys")
for who in ("team", "mallory"):
    new_key(who, "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
new_key("p384", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")
new_key("author", "-algorithm", "ED25519")
run("minisign", "-G", "-W", "-f", "-p", "_keys/minisign.pub", "-s", secret("minisign"))
with open("_keys/author.b64", "w") as file:
    file.write(b64(spki("author")) + "\n")
with open("_keys/trusted-keys.txt", "w") as file:
    file.write("# keys of the demo\n\n")
    file.write(f"{b64(spki('team'))} Demo  Team\n")
    file.write(f"{b64(spki('author')[-32:])} Demo Author\n")
    file.write(f"{open('_keys/minisign.pub').read().splitlines()[1]} Demo Mini\n")
    file.write(f"{ARN} Name Without Key\n")
os.mkdir("_trust")
shutil.copy("_keys/team.pem", "_trust/team.pem")
with open("_trust/trust.json", "w") as file:
    json.dump({"version": 1, "roots": [{
        "name": "demo-team", "kind": "public-key", "file": "team.pem", "sha256": hashlib.sha256(pem("team").encode()).hexdigest(),
        "fingerprint": hashlib.sha256(spki("team")).hexdigest(), "source": "made for these tests", "retrieved-on": "2026-11-22",
        "status": "active", "on-by-default": True, "formats": ["dossier"], "algorithms": ["ECDSA_SHA_256"], "hints": [ARN],
        "marks": ["official"], "note": "a test key"}]}, file, indent=2)
STORE = "dossier verify demo.ds.md --trust ../_trust"

# --- trusted
case("kms", "trusted", "ECDSA over the body by a pinned key", text(front(kms())), None, "TRUSTED: demo.ds.md", "WARN", "not authenticated")
case("kms-official", "trusted", "a trust root that is marked official makes the dossier OFFICIAL", text(front(kms())), STORE, "OFFICIAL", "WARN")
case("ed25519", "trusted", "pure Ed25519 with the key as PEM in the document", text(front(community())), "dossier verify demo.ds.md --key ../_keys/author.pem", "TRUSTED")
case("ed25519-raw-key", "trusted", "the embedded Ed25519 key is its 32 bytes in base64", text(front(community(public_key=b64(spki("author")[-32:])))),
     "dossier verify demo.ds.md --key ../_keys/author.b64")
case("minisign", "trusted", "a prehashed minisign signature inside the front matter", text(front(mini())), "dossier verify demo.ds.md --key ../_keys/minisign.pub")
case("minisign-legacy-allowed", "trusted", "minisign's legacy mode, which the caller accepts", text(front(mini(BODY, "-l"))),
     "dossier verify demo.ds.md --key ../_keys/minisign.pub --allow-legacy-minisign", "legacy mode")
case("generic-verify", "trusted", "verify finds out by itself that the document carries its signature", text(front(kms())), f"verify demo.ds.md {TRUST}", "status:", "TRUSTED")
case("generic-verify-stdin", "trusted", "from standard input the format must be named", text(front(kms())), f"verify - --format dossier {TRUST}")
with open("generic-verify-stdin/case.txt", "a") as file:
    file.write("stdin: demo.ds.md\n")
case("json-opening", "trusted", "---json is the other opening line for JSON", text(front(kms()), opening=b"---json\n"))
case("bare-opening", "trusted", "--- followed by a JSON object", text(front(kms()), opening=b"---\n"))
CRLF = BODY.replace(b"\n", b"\r\n")
case("crlf", "trusted", "a document with CRLF everywhere: its body hashes as it stands",
     text(front(kms(CRLF), CRLF), CRLF, b"---dossier\r\n", b"\r\n---\r\n").replace(b"\n  ", b"\r\n  "))
case("empty-body", "trusted", "nothing after the closing line", text(front(kms(b""), b""), b""))
case("front-matter-edited", "trusted", "title and risk were edited after signing: valid, and the report says that nobody signed them",
     text(front(kms(), title="Erase the demo", risk_level="critical")), None, "not authenticated", "WARN")
case("without-signed-by", "trusted", "signed_by is optional", text(front({k: v for k, v in kms().items() if k != "signed_by"})))
case("without-public-key", "trusted", "no embedded key: the pinned one is enough", text(front({k: v for k, v in kms().items() if k != "public_key"})))
case("trusted-keys-kms", "trusted", "a key of trusted-keys.txt as base64 SubjectPublicKeyInfo", text(front(kms())),
     "dossier verify demo.ds.md --trusted-keys ../_keys/trusted-keys.txt", "Demo Team", "line 6", "is no public key")
case("trusted-keys-ed25519", "trusted", "a key of trusted-keys.txt as 32 bytes", text(front(community())), "dossier verify demo.ds.md --trusted-keys ../_keys/trusted-keys.txt", "Demo Author")
case("trusted-keys-minisign", "trusted", "a key of trusted-keys.txt as a minisign line", text(front(mini())), "dossier verify demo.ds.md --trusted-keys ../_keys/trusted-keys.txt", "Demo Mini")
BLANK = b"\n\n" + BODY
case("leading-blank-line", "trusted", "a body that begins with blank lines, signed as it stands", text(front(kms(BLANK), BLANK), BLANK))
case("legacy-body-allowed", "trusted", "signed by the old parser's rule, which the caller accepts", text(front(kms()), BLANK), f"dossier verify demo.ds.md {TRUST} --legacy-body", "parsers before March 2026")

# --- who signed
case("unsigned", "dossier.unsigned", "no signature at all", text(front(None)), None, "UNSIGNED", "WARN")
case("unsigned-critical", "dossier.unsigned", "an unsigned document that calls itself critical", text(front(None, risk_level="critical")), None, "risk:", "high")
case("unknown-signer", "key.unknown", "well signed by a key that nobody here trusts", text(front(kms(who="mallory", key_id="my-key"))), None, "SIGNED_UNKNOWN", "medium", "BLOCK")
case("nobody-trusted", "key.unknown", "the dossier command speaks even to those who trust nobody", text(front(kms())), "dossier verify demo.ds.md", "SIGNED_UNKNOWN")
case("borrowed-key-id", "key.unknown", "the attacker's key is embedded while key_id names the trusted ARN: the original trusts this", text(front(kms(who="mallory"))), STORE,
     "SIGNED_UNKNOWN", "claims the trusted key")
case("contradictory-key", "dossier.contradictory-key", "signed by the key that key_id names, but another key is embedded", text(front(kms(public_key=b64(spki("mallory"))))), STORE, "SIGNED_UNKNOWN")
case("no-key-anywhere", "key.unknown", "no embedded key and no trusted one", text(front({k: v for k, v in kms().items() if k != "public_key"})), "dossier verify demo.ds.md --key ../_keys/mallory.pem")
case("arn-only-in-trusted-keys", "key.unknown", "trusted-keys.txt names the ARN: a name without key gives no trust", text(front(kms(who="mallory"))),
     "dossier verify demo.ds.md --trusted-keys ../_keys/trusted-keys.txt", "is no public key")
case("generic-nobody-trusted", "error", "verify without any trust decides nothing", text(front(kms())), "verify demo.ds.md", "no key and no trust root")

# --- tampering
EDITED = BODY.replace(b"wait", b"wipe")
case("body-edited", "dossier.checksum-mismatch", "one word of the body was changed", text(front(kms()), EDITED), None, "INVALID", "critical", "BLOCK", "signature.mismatch")
case("body-and-checksum-edited", "signature.mismatch", "body and checksum were changed together", text(front(kms(), EDITED), EDITED), None, "INVALID", "high", "BLOCK")
case("named-key-did-not-sign", "signature.mismatch", "no embedded key, and the key that key_id names did not sign",
     text(front({k: v for k, v in kms(who="mallory").items() if k != "public_key"})), STORE, "INVALID")
case("checksum-missing", "dossier.checksum-missing", "a good signature and no checksum", text(front(kms(), checksum=None)), None, "INVALID", "missing")
case("checksum-upper-case", "dossier.checksum-mismatch", "upper-case digits never match",
     text(front(kms(), checksum={"algorithm": "sha256", "hash": hashlib.sha256(BODY).hexdigest().upper()})))
case("checksum-other-algorithm", "algorithm.unsupported", "the checksum calls itself sha512", text(front(kms(), checksum={"algorithm": "sha512", "hash": hashlib.sha512(BODY).hexdigest()})))
case("legacy-body", "dossier.checksum-mismatch", "signed by the old parser's rule: refused, and the report says what would accept it", text(front(kms()), BLANK), None, "--legacy-body")
case("double-hash", "signature.mismatch", "the signature is over the hash of the hash", text(front(kms(signature=b64(ecdsa("team", hashlib.sha256(BODY).digest()))))))
case("fixed-width-signature", "signature.malformed", "r and s of fixed width instead of DER", text(front(kms(signature=b64(fixed_width(ecdsa("team", BODY)))))), None, "INVALID", "BLOCK")
case("minisign-legacy", "minisign.legacy-denied", "minisign's legacy mode without consent", text(front(mini(BODY, "-l"))), "dossier verify demo.ds.md --key ../_keys/minisign.pub", "INVALID")
case("minisign-comment-changed", "signature.mismatch", "the trusted comment inside was changed", text(front({**(m := mini()), "signature": m["signature"].replace("dossier signature", "another signature")})),
     "dossier verify demo.ds.md --key ../_keys/minisign.pub")
case("vouches-for-another-file", "artifact.self-contained", "a good dossier offered as the signature of some other file", text(front(kms())),
     f"verify other.bin --signature demo.ds.md {TRUST}")
with open("vouches-for-another-file/other.bin", "wb") as file:
    file.write(BODY)

# --- malformed
case("minisign-garbage", "signature.malformed", "the minisign text is no minisign signature", text(front(mini(signature="RWQ not a signature"))), "dossier verify demo.ds.md --key ../_keys/minisign.pub")
case("algorithm-case", "algorithm.unsupported", "the schema's spelling ecdsa-sha256 is never produced", text(front(kms(algorithm="ecdsa-sha256"))), None, "ECDSA-SHA-256")
case("embedded-key-trailing-bytes", "signature.malformed", "a byte after the SubjectPublicKeyInfo", text(front(kms(public_key=b64(spki("team") + b"\0")))))
case("embedded-key-other-curve", "algorithm.mismatch", "a P-384 key does not go with ECDSA-SHA-256", text(front(kms(public_key=b64(spki("p384"))))))
case("signature-base64-blank", "signature.malformed", "a blank inside the base64", text(front(kms(signature=" " + kms()["signature"]))))
case("ed25519-short", "signature.malformed", "63 bytes of signature", text(front(community(signature=b64(b"\1" * 63)))))
case("javascript", "dossier.executable-front-matter", "other tools would run this front matter", b"---js\n{ title: require('child_process') }\n---\n" + BODY, None, "INVALID", "BLOCK")
case("javascript-long-name", "dossier.executable-front-matter", "the other name of the same language", b"---javascript\n{}\n---\n" + BODY)
case("yaml", "dossier.front-matter-not-json", "YAML front matter", b"---\ntitle: Restart the demo\nversion: 1.0.0\n---\n" + BODY)
case("yaml-tag", "dossier.front-matter-not-json", "YAML front matter by its tag", b"---yaml\ntitle: Restart the demo\n---\n" + BODY)
case("opening-with-text", "signature.malformed", "the original drops the rest of the opening line", text(front(kms()), opening=b"---dossierX\n"))
case("closing-with-text", "signature.malformed", "the original lets the body begin on the closing line", text(front(kms()), closing=b"\n---x\n"), None, "after the closing")
case("never-closed", "signature.malformed", "no closing line", b"---dossier\n{}\n")
case("duplicate-member", "signature.malformed", "title twice", text(front(kms())).replace(b'"title"', b'"title": "A",\n  "title"'), None, "occurs twice")
case("duplicate-member-escaped", "signature.malformed", "title twice, once with an escape", text(front(kms())).replace(b'"title"', b'"t\\u0069tle": "A",\n  "title"'))
case("trailing-comma", "signature.malformed", "legal for the original's YAML reader", text(front(kms())).replace(b'"risk_level": "low",', b'"risk_level": "low",,'))
case("byte-order-mark", "signature.malformed", "a BOM before the opening line", b"\xef\xbb\xbf" + text(front(kms())), None, "byte order mark")
case("invalid-utf8", "signature.malformed", "a byte that is no UTF-8: the original replaces it before hashing", text(front(kms(b"\xff" + BODY), b"\xff" + BODY), b"\xff" + BODY), None, "UTF-8")
case("title-missing", "signature.malformed", "a required member is missing", text(front(kms(), title=None)), None, "title")
case("signature-no-object", "signature.malformed", "the signature is a string", text(front("signed")))
case("deep-json", "signature.malformed", "10,000 levels of arrays", b"---dossier\n{\"a\":" + b"[" * 10000 + b"]" * 10000 + b"}\n---\n" + BODY)
case("empty", "signature.malformed", "an empty file", b"")
case("binary", "signature.malformed", "bytes of no text", bytes(range(256)))
shutil.rmtree(KEYS)

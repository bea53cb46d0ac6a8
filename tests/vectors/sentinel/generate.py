#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.

Needs: python3, openssl 3. The formats are docs/spec/sentinel.md; no genuine signed policy is public.
"""
import base64, hashlib, hmac, json, os, pathlib, shutil, subprocess, tempfile

here = pathlib.Path(__file__).resolve().parent
for old in here.iterdir():
    if old.is_dir():
        shutil.rmtree(old)
secrets = pathlib.Path(tempfile.mkdtemp())
public = here / "_keys"
public.mkdir()

POLICY = b'''version: "1"
rules:
  - name: allow-dev
    effect: allow
    conditions:
      profiles:
        - dev
    reason: test vector
'''
PSS = "RSASSA_PSS_SHA_256"


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def make_key(name, *arguments):
    openssl("genpkey", *arguments, "-out", secrets / name)
    openssl("pkey", "-in", secrets / name, "-pubout", "-out", public / f"{name}.pem")


make_key("policy-signing", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096")
make_key("other", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096")
make_key("rsa-2048", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
make_key("p256", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
make_key("ed25519", "-algorithm", "ED25519")


def pss(content, key="policy-signing", salt="32"):
    options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", f"rsa_pss_saltlen:{salt}", "-sigopt", "rsa_mgf1_md:sha256"]
    return openssl("dgst", "-sha256", "-sign", secrets / key, *options, data=content)


def plain(content, key="policy-signing"):
    return openssl("dgst", "-sha256", "-sign", secrets / key, data=content)


def ed25519(content):
    (secrets / "message").write_bytes(content)
    return openssl("pkeyutl", "-sign", "-inkey", secrets / "ed25519", "-rawin", "-in", secrets / "message")


def signed(content=POLICY, value=None, drop=(), **metadata):
    """The object of `policy sign`."""
    fields = {
        "key_id": "alias/sentinel-policy-signing",
        "algorithm": PSS,
        "signed_at": "2026-01-26T10:30:00.123456789Z",
        "policy_hash": hashlib.sha256(content).hexdigest(),
    } | metadata
    value = pss(content) if value is None else value
    return {"signature": base64.b64encode(value).decode(), "metadata": {k: v for k, v in fields.items() if k not in drop}}


def pretty(document):
    return json.dumps(document, indent=2).encode()


def compact(document):
    return json.dumps(document, separators=(",", ":")).encode()


SPEAK = "policy verify policy.yaml -s policy.sig.json --key ../_keys/policy-signing.pem"


def scenario(name, expect, why, signature=None, policy=POLICY, args=SPEAK, contains=(), files=None, stdin=None):
    folder = here / name
    folder.mkdir()
    if policy is not None:
        (folder / "policy.yaml").write_bytes(policy)
    if signature is not None:
        (folder / "policy.sig.json").write_bytes(signature)
    for file, content in (files or {}).items():
        (folder / file).write_bytes(content)
    lines = [f"# {why}", f"args: {args}", f"expect: {expect}", *(f"contains: {words}" for words in contains)]
    if stdin:
        lines.append(f"stdin: {stdin}")
    (folder / "case.txt").write_text("\n".join(lines) + "\n")


good = pretty(signed())
HASH, MISMATCH, MALFORMED, UNSUPPORTED, UNFIT = (
    "sentinel.policy-hash-mismatch", "signature.mismatch", "signature.malformed", "algorithm.unsupported", "algorithm.mismatch")

# --- accepted
scenario("file-layout", "trusted", "the layout of `policy sign -o`: two blanks of indentation, no final newline", good, contains=["Signature valid"])
scenario("stdout-layout", "trusted", "the layout of `policy sign` on standard output: a final newline", good + b"\n")
scenario("ssm-layout", "trusted", "the layout that `policy push --sign` stores: one line", compact(signed()))
scenario("ssm-parameter", "trusted", "the answer of `aws ssm get-parameter`, in which the signature is a string",
         pretty({"Parameter": {"Name": "/sentinel/signatures/team/dev", "Type": "String", "Value": compact(signed()).decode(), "Version": 3}}))
scenario("by-verify", "trusted", "the general command recognises the format and finds the file beside the policy", None,
         args="verify policy.yaml --key ../_keys/policy-signing.pem", files={"policy.yaml.sig.json": good}, contains=["TRUSTED: policy.yaml"])
scenario("policy-from-stdin", "trusted", "the policy may come through a pipe",
         good, args=SPEAK.replace("verify policy.yaml", "verify -"), stdin="policy.yaml")
scenario("large-policy", "trusted", "5,000 bytes: more than the key service takes as a message, signed by digest", pretty(signed(POLICY + b"# " + b"x" * 5000 + b"\n")),
         policy=POLICY + b"# " + b"x" * 5000 + b"\n")
scenario("crlf-policy-signed-so", "trusted", "a policy that was signed with CRLF lines verifies with them: bytes are never normalised",
         pretty(signed(POLICY.replace(b"\n", b"\r\n"))), policy=POLICY.replace(b"\n", b"\r\n"))
scenario("policy-hash-blank", "trusted", "an empty policy_hash checks nothing, and the signature covers the same bytes", pretty(signed(policy_hash="")))
scenario("metadata-absent", "trusted", "without metadata the label is the only one that the original writes",
         pretty({"signature": signed()["signature"]}))
scenario("algorithm-absent", "trusted", "without a label the signature is RSASSA_PSS_SHA_256, and nothing else is tried", pretty(signed(drop=["algorithm"])))
scenario("unknown-member", "trusted", "members that the format does not know are ignored: nothing of the metadata is trusted anyway", pretty(signed(note="x")))
scenario("rsa-2048", "trusted", "2048 bits are the least that is accepted", pretty(signed(value=pss(POLICY, "rsa-2048"))), args=SPEAK.replace("policy-signing.pem", "rsa-2048.pem"))
scenario("extension-ecdsa", "trusted", "an extension: ECDSA under the label of the key service, in DER",
         pretty(signed(value=plain(POLICY, "p256"), algorithm="ECDSA_SHA_256")), args=SPEAK.replace("policy-signing.pem", "p256.pem"))
scenario("extension-pkcs1", "trusted", "an extension: PKCS#1 v1.5 under its own label",
         pretty(signed(value=plain(POLICY), algorithm="RSASSA_PKCS1_V1_5_SHA_256")))
scenario("extension-ed25519", "trusted", "an extension: Ed25519, which needs the policy itself",
         pretty(signed(value=ed25519(POLICY), algorithm="ED25519_SHA_512")), args=SPEAK.replace("policy-signing.pem", "ed25519.pem"))
scenario("enforce-signed", "trusted", "a server that enforces loads a policy whose signature verifies", good, args=SPEAK + " --enforce")

# --- the policy is another one
scenario("policy-byte-changed", HASH, "one letter of the policy was changed; both hashes are told", good, policy=POLICY.replace(b"dev\n", b"ops\n"),
         contains=["Signature invalid", "policy content does not match signature", "  Expected hash: " + hashlib.sha256(POLICY).hexdigest(),
                   "  Computed hash: " + hashlib.sha256(POLICY.replace(b"dev\n", b"ops\n")).hexdigest()])
scenario("final-newline-dropped", HASH, "a shell's $(cat FILE) drops the final newline; the refusal names that accident", good, policy=POLICY.rstrip(b"\n"), contains=["$(cat FILE)", "policy pull"])
scenario("crlf-policy", HASH, "a transfer in text mode turned LF into CRLF", good, policy=POLICY.replace(b"\n", b"\r\n"))
scenario("empty-policy", HASH, "an empty file is not the policy", good, policy=b"")
scenario("policy-hash-upper-case", HASH, "the original writes lower case only", pretty(signed(policy_hash=hashlib.sha256(POLICY).hexdigest().upper())))
scenario("policy-hash-prefixed", HASH, "a prefix stands in the original's manual and not in its code", pretty(signed(policy_hash="sha256:" + hashlib.sha256(POLICY).hexdigest())))
scenario("policy-hash-wrong", HASH, "the recorded hash is another one although the signature is right: somebody edited the file",
         pretty(signed(policy_hash="0" * 64)), contains=["Expected hash: " + "0" * 64])
scenario("changed-without-hash", MISMATCH, "without policy_hash the signature alone notices the change", pretty(signed(policy_hash="")), policy=POLICY + b"\n", contains=["$(cat FILE)"])

# --- the signature is another one
scenario("other-key", MISMATCH, "a good signature, by a key that is not the pinned one", pretty(signed(value=pss(POLICY, "other"))), contains=["does not verify under key"])
scenario("salt-20", MISMATCH, "PSS with a salt of 20 bytes is not what the label says", pretty(signed(value=pss(POLICY, salt="20"))))
scenario("salt-222", MISMATCH, "PSS with the longest salt that a 2048-bit key allows", pretty(signed(value=pss(POLICY, "rsa-2048", salt="222"))),
         args=SPEAK.replace("policy-signing.pem", "rsa-2048.pem"))
scenario("pkcs1-under-pss-label", MISMATCH, "a PKCS#1 signature under the PSS label: no other padding is tried", pretty(signed(value=plain(POLICY))))
scenario("signature-of-2048-bits", MISMATCH, "a signature shorter than the key's modulus", pretty(signed(value=pss(POLICY, "rsa-2048"))), contains=["whose signatures have 512 bytes"])
scenario("signature-empty", MISMATCH, "an empty signature", pretty(signed(value=b"")))
scenario("double-hash", MISMATCH, "the digest was signed as if it were the policy: no other mode is tried", pretty(signed(value=pss(hashlib.sha256(POLICY).digest()))))
scenario("algorithm-other-hash", MISMATCH, "the label says SHA-384, the signature is SHA-256", pretty(signed(algorithm="RSASSA_PSS_SHA_384")))

# --- labels
scenario("algorithm-unknown", UNSUPPORTED, "a label that no key service has", pretty(signed(algorithm="RSA_PSS")))
scenario("algorithm-empty", UNSUPPORTED, "an empty label is not an absent one", pretty(signed(algorithm="")))
scenario("algorithm-does-not-fit-key", UNFIT, "an ECDSA label and an RSA key are refused before any mathematics", pretty(signed(algorithm="ECDSA_SHA_256")), contains=["is Rsa of 4096 bits"])
scenario("key-does-not-fit-algorithm", UNFIT, "an RSA label and an elliptic-curve key", good, args=SPEAK.replace("policy-signing.pem", "p256.pem"))

# --- malformed
scenario("base64-newline", MALFORMED, "a line break inside the base64", pretty(signed()).replace(b'"signature": "', b'"signature": "\\n'), contains=["failed to parse signature file"])
scenario("base64-unpadded", MALFORMED, "base64 without its padding", pretty(signed()).replace(b'=",', b'",'))
url = pss(POLICY)
while not set(b"+/") & set(base64.b64encode(url)):
    url = pss(POLICY)
scenario("base64-url-safe", MALFORMED, "the URL-safe alphabet",
         pretty({"signature": base64.urlsafe_b64encode(url).decode(), "metadata": signed()["metadata"]}))
scenario("duplicate-signature", MALFORMED, "the member occurs twice: readers disagree on which one counts",
         good.replace(b'"metadata"', b'"signature": "AAAA",\n  "metadata"', 1), contains=["occurs twice"])
scenario("signature-in-other-case", MALFORMED, "names match exactly", good.replace(b'"signature"', b'"Signature"'))
scenario("trailing-json", MALFORMED, "a second document after the first", good + b"{}")
scenario("byte-order-mark", MALFORMED, "an editor put a byte order mark first", b"\xef\xbb\xbf" + good)
scenario("signed-at-not-a-time", MALFORMED, "the original cannot read such a file either", pretty(signed(signed_at="yesterday")))
scenario("metadata-not-an-object", MALFORMED, "metadata is an object or absent", pretty({"signature": signed()["signature"], "metadata": "x"}))
scenario("truncated", MALFORMED, "half a file", good[:200])
scenario("empty-signature-file", MALFORMED, "an empty file", b"")
scenario("deep-json", MALFORMED, "10,000 nested arrays", b'{"signature":' + b"[" * 10000)
scenario("ssm-parameter-without-value", MALFORMED, "a parameter whose value is no signature", pretty({"Parameter": {"Name": "x", "Value": "not json"}}))
scenario("by-verify-malformed", MALFORMED, "the general command recognises a damaged file too", good + b"{}", args=SPEAK.replace("policy verify", "verify"))

# --- loading rule, usage
scenario("enforce-unsigned", "sentinel.not-signed", "a server that enforces refuses a policy without signature", args=SPEAK + " --enforce --policy-parameter /sentinel/policies/dev",
         contains=["/sentinel/policies/dev: policy not signed (signature enforcement enabled)"])
scenario("warn-unsigned", "sentinel.not-signed", "a server that warns would load it; that is not trust, and the exit code says so", args=SPEAK + " --warn --policy-parameter /sentinel/policies/dev",
         contains=["WARNING: policy /sentinel/policies/dev has no signature, loading without verification"])
scenario("warn-invalid", HASH, "a bad signature is refused even by a server that only warns", good, policy=POLICY + b" ", args=SPEAK + " --warn",
         contains=["policy.yaml: policy signature verification failed"])
scenario("enforce-and-warn", "error", "the two exclude each other", good, args=SPEAK + " --enforce --warn", contains=["exclude each other"])
scenario("signature-file-missing", "error", "a missing file decides nothing", args=SPEAK, contains=["signature file not found: policy.sig.json"])
scenario("policy-file-missing", "error", "a missing file decides nothing", good, policy=None, contains=["policy file not found: policy.yaml"])
scenario("no-key", "error", "without a key nothing can be decided", good, args="policy verify policy.yaml -s policy.sig.json --no-bundled-trust")

# --- audit logs
SECRET = bytes(range(1, 33))


def line(stored, signed_entry=None, key=SECRET, time="2026-01-26T10:30:00Z", key_id="k1", upper=False):
    message = '{"entry":%s,"timestamp":"%s","key_id":"%s"}' % (signed_entry or stored, time, key_id)
    mac = hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
    return '{"entry":%s,"signature":"%s","key_id":"%s","timestamp":"%s"}\n' % (stored, mac.upper() if upper else mac, key_id, time)


ENTRY = '{"timestamp":"2026-01-26T10:30:00Z","user":"alice","effect":"allow"}'
LOG = "verify-logs audit.jsonl --key-file secret.hex"


def log(name, expect, why, text, secret=SECRET.hex() + "\n", args=LOG, contains=(), stdin=None):
    scenario(name, expect, why, policy=None, args=args, contains=contains, stdin=stdin,
             files={"audit.jsonl": text.encode(), "secret.hex": secret.encode()})


INVALID, UNSIGNED = "sentinel.log-entry-invalid", "sentinel.log-entry-unsigned"
log("log-intact", "trusted", "every line fits; that is symmetric evidence, and the report says so", line(ENTRY) + line('{"a":"\\u003ctag\\u003e"}'),
    contains=["Verifying: audit.jsonl", "  Lines scanned: 2", "  Verified OK:   2", "VERIFICATION PASSED: All 2 entries have valid signatures", "symmetric evidence", "not detectable"])
log("log-alias", "trusted", "the original's place of the command", line(ENTRY), args="audit " + LOG)
log("log-from-stdin", "trusted", "the log may come through a pipe", line(ENTRY), args=LOG.replace("audit.jsonl", "-"), stdin="audit.jsonl")
log("log-secret-from-stdin", "trusted", "the secret may come through a pipe: neither a file nor a process list shows it", line(ENTRY),
    args=LOG.replace("secret.hex", "-"), stdin="secret.hex")
log("log-secret-on-command-line", "trusted", "the original's option works and is warned about", line(ENTRY),
    args="verify-logs audit.jsonl --key " + SECRET.hex(), contains=["visible in process lists"])
log("log-entry-re-indented", "trusted", "white space inside an entry is not signed", line('{ "user" : "alice" }', '{"user":"alice"}'))
log("log-upper-case-hex", "trusted", "the MAC is read in either case", line(ENTRY, upper=True))
log("log-raw-html-characters", "trusted", "< > & stand raw in the file and escaped in what is signed", line('{"a":"<b>&"}', '{"a":"\\u003cb\\u003e\\u0026"}'))
log("log-secret-with-blanks", "trusted", "blanks, tabs and line ends in the key file are dropped", line(ENTRY),
    secret=" ".join(SECRET.hex()[i:i + 8] for i in range(0, 64, 8)).upper() + "\r\n")
log("log-deleted-line", "trusted", "a deleted line is not noticed: nothing links the lines, and the report says so", line(ENTRY), contains=["removed, reordered and repeated lines are not detectable"])
log("log-entry-changed", INVALID, "an entry was changed", line(ENTRY).replace("allow", "denied", 1),
    contains=["VERIFICATION FAILED: 1 entries have integrity issues", "  Line 1: invalid signature (possible tampering)", "Exit code: 1"])
log("log-members-reordered", INVALID, "the order inside an entry is signed", line('{"effect":"allow","user":"alice"}', '{"user":"alice","effect":"allow"}'))
log("log-time-changed", INVALID, "the time beside the entry is signed", line('{"a":1}').replace("10:30", "10:31"))
log("log-other-secret", INVALID, "every line fails under another secret", line(ENTRY, key=b"x" * 32) * 12, contains=["  ... and 2 more failures"])
before, after = line(ENTRY).split('"signature":"')
log("log-mac-cut", INVALID, "a MAC of 62 digits", before + '"signature":"' + after[2:])
log("log-unsigned-line", UNSIGNED, "the logger writes an entry unsigned when signing fails", line(ENTRY) + ENTRY + "\n", contains=["  Line 2: missing signature field"])
log("log-not-json", UNSIGNED, "a line that is no JSON", "hello\n", contains=["  Line 1: invalid JSON: "])
log("log-extra-member", UNSIGNED, "a member that the MAC does not cover", line(ENTRY).replace('"key_id"', '"note":"x","key_id"'), contains=["unknown member"])
log("log-duplicate-entry", UNSIGNED, "two entries under one MAC", line(ENTRY).replace('{"entry"', '{"entry":1,"entry"', 1))
log("log-empty", "sentinel.log-empty", "a log without lines is not a verified log", "\n\n")
log("log-secret-of-31-bytes", "key.weak-secret", "HMAC-SHA-256 wants 32 bytes", line(ENTRY, key=SECRET[:31]), secret=SECRET[:31].hex(), contains=["31 bytes, wanted at least 32"])
log("log-secret-not-hex", "key.malformed", "the key file is not hex", line(ENTRY), secret="correct horse battery staple\n")
log("log-without-secret", "error", "without the secret nothing can be decided", line(ENTRY), args="verify-logs audit.jsonl", contains=["--key-file"])
log("log-and-secret-from-stdin", "error", "one pipe cannot carry both", line(ENTRY), args="verify-logs - --key-file -")
log("log-missing", "error", "a missing log decides nothing", line(ENTRY), args="verify-logs nope.jsonl --key-file secret.hex")

shutil.rmtree(secrets)

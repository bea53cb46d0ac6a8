#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away: several signatures beside one file, each in a file of its own. Needs: cryptography, gpg."""
import base64, datetime, hashlib, json, os, shutil, subprocess, tempfile
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

HERE = os.path.dirname(os.path.abspath(__file__))
CONTENT, OTHER = b"first release of the demo\n", b"another file\n"
AT = "--at 2026-11-30T12:00:00Z"
TYPE = "application/vnd.in-toto+json"
PROVENANCE, RESULT = "https://slsa.dev/provenance/v1", "https://in-toto.io/attestation/test-result/v0.1"


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def key(name, made):
    write(f"{HERE}/_keys/{name}.pem", made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    if isinstance(made, ed25519.Ed25519PrivateKey):
        raw = made.public_key().public_bytes_raw()
        write(f"{HERE}/_keys/{name}.pub", f"untrusted comment: minisign public key\n{base64.b64encode(b'Ed' + key_id(made) + raw).decode()}\n")
    return made


def key_id(made):
    return hashlib.sha256(made.public_key().public_bytes_raw()).digest()[:8]


def bare(made, content=CONTENT):
    return made.sign(content) if isinstance(made, ed25519.Ed25519PrivateKey) else made.sign(content, ec.ECDSA(hashes.SHA256()))


def minisign(made, content=CONTENT):
    signature, comment = made.sign(hashlib.blake2b(content).digest()), "demo 1.0"
    outer = made.sign(signature + comment.encode())
    return f"untrusted comment: signature\n{base64.b64encode(b'ED' + key_id(made) + signature).decode()}\ntrusted comment: {comment}\n{base64.b64encode(outer).decode()}\n"


def dsse(made, predicate, content=CONTENT):
    payload = json.dumps({"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "a.txt", "digest": {"sha256": hashlib.sha256(content).hexdigest()}}], "predicateType": predicate, "predicate": {}}).encode()
    signed = b"DSSEv1 %d %s %d %s" % (len(TYPE), TYPE.encode(), len(payload), payload)
    return json.dumps({"payloadType": TYPE, "payload": base64.b64encode(payload).decode(), "signatures": [{"sig": base64.b64encode(bare(made, signed)).decode()}]})


def case(name, expect, about, files, args, *contains, policy=None):
    if policy is not None:
        files = {**files, "policy.json": json.dumps({"version": 1, "name": "releases", "signers": policy}) + "\n"}
        args += " --policy policy.json"
    for file, data in {"a.txt": CONTENT, **files}.items():
        write(f"{HERE}/{name}/{file}", data)
    write(f"{HERE}/{name}/case.txt", f"# {about}\nargs: {args}\nexpect: {expect}\n" + "".join(f"contains: {text}\n" for text in contains))


for entry in os.listdir(HERE):
    if os.path.isdir(f"{HERE}/{entry}"):
        shutil.rmtree(f"{HERE}/{entry}")

alice, dora, mallory = (key(name, ed25519.Ed25519PrivateKey.generate()) for name in ("alice", "dora", "mallory"))
bob, carol = (key(name, ec.generate_private_key(ec.SECP256R1())) for name in ("bob", "carol"))
with tempfile.TemporaryDirectory() as home:
    gpg = ["gpg", "--homedir", home, "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", "20260110T120000"]
    for who in ("erin", "ended"):
        subprocess.run([*gpg, "--quick-generate-key", f"{who}@example.org", "ed25519", "sign", "never" if who == "erin" else "2026-02-01"], check=True, stderr=subprocess.DEVNULL)
        write(f"{HERE}/_keys/{who}.asc", subprocess.run([*gpg, "--armor", "--export-options", "export-minimal", "--export", f"={who}@example.org"], check=True, capture_output=True).stdout)
    armoured = {who: subprocess.run([*gpg, "--armor", "--local-user", f"={who}@example.org", "--detach-sign"], input=CONTENT, check=True, capture_output=True).stdout for who in ("erin", "ended")}
    subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)

ALICE, BOB, CAROL = "--key ../_keys/alice.pub", "--key ../_keys/bob.pem", "--key ../_keys/carol.pem"
two = {"a.txt.minisig": minisign(alice), "a.txt.sig": bare(bob)}
case("two-formats", "trusted", "a minisign signature and one of a key service beside the file", two, f"verify a.txt {ALICE} {BOB} --threshold 2", "signed by   alice.pub", "signed by   bob.pem", "also there: a.txt.sig: trusted")
case("by-signer", "trusted", "each signature is called after its signer", {"a.txt.alice.minisig": minisign(alice), "a.txt.bob.sig": bare(bob)}, f"verify a.txt {ALICE} {BOB} --threshold 2", "signed by   bob.pem")
case("by-signer-alone", "trusted", "one signature, called after its signer, is found as any other", {"a.txt.bob.sig": bare(bob)}, f"verify a.txt {BOB}")
case("by-signer-of-another", "error", "a.txt.asc.sig signs a.txt.asc, which is there, and not a.txt", {"notes": OTHER, "notes.alice": OTHER, "notes.alice.sig": bare(bob, OTHER)}, f"verify notes {BOB}")
case("by-extension", "error", "a.txt.gz.sig would sign a.txt.gz, and not a.txt, though that is not there", {"a.txt.gz.sig": bare(bob)}, f"verify a.txt {BOB}")
case("openpgp", "trusted", "OpenPGP and minisign", {"a.txt.asc": armoured["erin"], "a.txt.minisig": minisign(alice)}, f"verify a.txt {ALICE} --key ../_keys/erin.asc {AT} --threshold 2", "signed by   erin")
case("three-of-three", "trusted", "three formats", {**two, "a.txt.asc": armoured["erin"]}, f"verify a.txt {ALICE} {BOB} --key ../_keys/erin.asc {AT} --threshold 3")
case("two-of-three", "policy.signers", "three are demanded and two signed", two, f"verify a.txt {ALICE} {BOB} {CAROL} --threshold 3", "2 distinct trusted keys signed, wanted 3 (2 of the 3 asked)")
case("one-of-two", "policy.signers", "only one of two signed", {"a.txt.minisig": minisign(alice)}, f"verify a.txt {ALICE} {BOB} --threshold 2", "(1 of the 2 asked)")
case("stranger", "policy.signers", "the second signature is by somebody whom nobody trusts here", {**two, "a.txt.sig": bare(carol), "a.txt.minisig": minisign(mallory), "a.txt.alice.minisig": minisign(alice)}, f"verify a.txt {ALICE} {BOB} --threshold 2", "(1 of the 2 asked)")
case("other-file", "policy.signers", "the second signature is over another file", {**two, "a.txt.sig": bare(bob, OTHER)}, f"verify a.txt {ALICE} --key ../_keys/dora.pub --threshold 2", "(1 of the 2 asked)")
case("changed", "signature.mismatch", "the file was changed after both had signed", {**two, "a.txt": OTHER}, f"verify a.txt {ALICE} {BOB} --threshold 2")
case("one-key-two-formats", "policy.signers", "the same key in two formats is one signer", {"a.txt.minisig": minisign(alice), "a.txt.sig": bare(alice)}, f"verify a.txt {ALICE} --key ../_keys/alice.pem --threshold 2", "(1 of the 2 asked)")
case("one-key-two-files", "policy.signers", "two signatures by one key are one signer", {"a.txt.bob.sig": bare(bob), "a.txt.carol.sig": bare(bob)}, f"verify a.txt {BOB} {CAROL} --threshold 2", "(1 of the 2 asked)")
case("ended", "policy.signers", "a certificate that has ended counts for nobody", {"a.txt.asc": armoured["ended"], "a.txt.minisig": minisign(alice), "a.txt.sig": bare(alice)}, f"verify a.txt {ALICE} --key ../_keys/alice.pem --key ../_keys/ended.asc {AT} --threshold 2", "(1 of the 2 asked)", "also there: a.txt.asc: not trusted: openpgp.expired")
policy = [{"any-of": ["alice", "bob", "carol"], "threshold": 2}]
names = "--key alice=../_keys/alice.pub --key bob=../_keys/bob.pem --key carol=../_keys/carol.pem"
case("policy", "trusted", "a policy demands two of three", two, f"verify a.txt {names}", "policy: releases", policy=policy)
case("policy-two-groups", "trusted", "each group is met by another signature", two, f"verify a.txt {names}", policy=[{"any-of": ["alice"]}, {"any-of": ["bob", "carol"]}])
case("policy-one-group", "policy.signers", "one group is met, and nobody of the other one signed", {"a.txt.minisig": minisign(alice)}, f"verify a.txt {names}", "0 demanded signers signed, wanted 1 of 2: bob, carol", policy=[{"any-of": ["alice"]}, {"any-of": ["bob", "carol"]}])
case("policy-one-of-two", "policy.signers", "one of those whom the policy demands signed, and somebody else whom this machine knows", {"a.txt.minisig": minisign(alice), "a.txt.sig": bare(bob)}, f"verify a.txt {names}", "1 demanded signers signed, wanted 2 of 2: alice, carol (1 of the 2 asked)", policy=[{"any-of": ["alice", "carol"], "threshold": 2}])
case("policy-nobody", "policy.signers", "those who signed are none of the demanded", two, f"verify a.txt {names}", '0 demanded signers signed, wanted carol; signed by "alice", "bob", not among them', policy=[{"any-of": ["carol"]}])
case("statements", "dsse.threshold", "two builders state that they built it, each in an envelope of its own, which is judged for itself", {"a.txt.dsse.json": dsse(bob, PROVENANCE), "a.txt.carol.dsse.json": dsse(carol, PROVENANCE)}, f"verify a.txt {BOB} {CAROL} --threshold 2")
case("statement-of-a-result", "policy.signers", "a test result speaks of the file and may say that it failed: it does not add to a signature", {"a.txt.dsse.json": dsse(bob, RESULT), "a.txt.minisig": minisign(alice)}, f"verify a.txt {ALICE} {BOB} --threshold 2", "(1 of the 2 asked)")
case("named", "trusted", "both signatures are named", {"by-alice": minisign(alice), "by-bob": bare(bob)}, f"verify a.txt -s by-alice -s by-bob {ALICE} {BOB} --threshold 2")
case("named-twice", "policy.signers", "one signature that is named twice is one", {"by-alice": minisign(alice)}, f"verify a.txt -s by-alice -s ./by-alice {ALICE} {BOB} --threshold 2", "(1 of the 2 asked)")
case("named-and-false", "signature.mismatch", "whoever names a signature wants it verified: one that does not fit refuses, though another is good", {"by-alice": minisign(alice), "by-bob": bare(bob, OTHER)}, f"verify a.txt -s by-alice -s by-bob {ALICE} {BOB}", "also there: by-alice: trusted")
case("named-and-stranger", "trusted", "a named signature by somebody unknown is passed over where another is good", {"by-alice": minisign(alice), "by-mallory": minisign(mallory)}, f"verify a.txt -s by-mallory -s by-alice {ALICE}", "also there: by-mallory: not trusted: key.unknown")
case("named-strangers", "key.unknown", "two signatures by strangers", {"by-dora": minisign(dora), "by-mallory": minisign(mallory)}, f"verify a.txt -s by-mallory -s by-dora {ALICE} --threshold 2")

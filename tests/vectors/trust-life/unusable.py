#!/usr/bin/env python3
"""Makes the vectors unusable-* of this folder anew: imports that bring a root which this version cannot use. generate.py runs it last.

Needs: python3, openssl, and both programs (OFFLINEKIT and OFFLINEKIT_SIGN name their command lines). Keys are thrown away.
"""
import json, os, shutil, tempfile
from making import *

LATER = b'{"mediaType":"application/vnd.dev.sigstore.trustedroot.v0.9+json","logs":[]}\n'
IDENTITY = "--certificate-identity https://forge.example/acme/app/.github/workflows/release.yml@refs/heads/main --certificate-oidc-issuer https://token.forge.example"
BUNDLE = f"verify-bundle --bundle ../_inputs/certificate.bundle {IDENTITY} ../_inputs/a.txt --state state"
KEY = "verify ../_inputs/a.txt --signature ../_inputs/a.txt.rsa --key ../_inputs/rsa.pem --algorithm RSASSA_PKCS1_V1_5_SHA_256 --state state"
run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", WORK + "/all.key")
open(WORK + "/all.pub", "wb").write(run("openssl", "pkey", "-in", WORK + "/all.key", "-pubout"))


def replace(repo, file, content):
    """What our own signing program refuses to carry: the staged target is another one, and its hashes are right."""
    targets = json.loads(read(repo + "/staged/targets.json"))
    for name, text in ((file, content), ("trust.json", read(repo + "/staged/targets/trust.json").replace(sha256(read(f"{repo}/staged/targets/{file}")).encode(), sha256(content).encode()))):
        open(f"{repo}/staged/targets/{name}", "wb").write(text)
        targets["signed"]["targets"][name] = {"length": len(text), "hashes": {"sha256": sha256(text)}}
    json.dump(targets, open(repo + "/staged/targets.json", "w"))


def case(name, expect, about, args, steps, contains=()):
    if os.path.exists(name):
        shutil.rmtree(name)
    repo = tempfile.mkdtemp(dir=WORK) + "/repo"
    run(*SIGN, "trust", "init", repo, *[word for role in ("root", "targets", "snapshot", "timestamp") for word in (f"--{role}", WORK + "/all.pub")])
    for step in steps:
        run(*SIGN, "trust", step[0], repo, *step[1:])
    replace(repo, "later.json", LATER)
    run(*SIGN, "trust", "sign", repo, "--key", WORK + "/all.key")
    run(*SIGN, "trust", "publish", repo, "--key", WORK + "/all.key")
    os.makedirs(name)
    said = run(*OFFLINEKIT, "trust", "import", repo, "--state", name + "/state", "--root-fingerprint", sha256(read(repo + "/metadata/1.root.json"))).decode()
    assert "not usable  later: " in said, said
    for left in ("lock", "generations/.lock"):
        if os.path.exists(f"{name}/state/default/{left}"):
            os.remove(f"{name}/state/default/{left}")
    with open(name + "/case.txt", "w") as file:
        file.write(f"# {about}\nargs: {args}\nexpect: {expect}\n" + "".join(f"contains: {text}\n" for text in contains))


open(WORK + "/other.json", "wb").write(read("_inputs/trusted_root.json") + b"\n")
VIRTUAL, OTHER = (("add", path, "--name", name, "--kind", "sigstore-trusted-root") for path, name in (("_inputs/trusted_root.json", "virtual"), (WORK + "/other.json", "later")))
REVOKED = ("revoke", "later", "--reason", "moved", "--not-compromised", "--on", "2026-02-01T00:00:00Z")
case("unusable-root-beside", "trusted", "an import brings a root of a later version beside one that is understood: it stops nothing, and every verdict says so", BUNDLE, [VIRTUAL, OTHER], ["not used: trust root later: trusted root: media type"])
case("unusable-root-named", "trust.malformed", "the same where the root is the one that is asked for", BUNDLE + " --trust-root later", [VIRTUAL, OTHER])
case("unusable-root-alone", "trust.malformed", "an import that brings nothing else: what cannot be used is the answer", BUNDLE + " --no-bundled-trust", [OTHER])
case("unusable-root-other-question", "trusted", "a question that asks no such root", KEY, [VIRTUAL, OTHER])
case("unusable-root-revoked", "trust.malformed", "a root of a later version that is revoked: whom it revokes cannot be said", BUNDLE, [VIRTUAL, OTHER, REVOKED])

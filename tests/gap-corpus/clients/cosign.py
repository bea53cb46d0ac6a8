#!/usr/bin/env python3
"""cosign: bundles of a private instance, and attestations by a key."""
import base64
import json
import re
from pathlib import Path
from contract import NOT_SUPPORTED, by_status, main, program, run


def sigstore(file, bundle, root, identity, issuer):
    # cosign has two commands, and the content of the bundle decides which one a user takes.
    verb = ["verify-blob-attestation", "--type", "https://example.org/build/v1"] if '"dsseEnvelope"' in Path(bundle).read_text() and '"messageSignature"' not in Path(bundle).read_text() else ["verify-blob"]
    return by_status(run(program("cosign"), *verb, "--bundle", bundle, "--new-bundle-format", "--trusted-root", root, "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, file, HOME="."))


def dsse(file, envelope, key, type):
    if type != "application/vnd.in-toto+json":
        return NOT_SUPPORTED
    Path("envelope.b64").write_text(base64.b64encode(Path(envelope).read_bytes()).decode())
    return by_status(run(program("cosign"), "verify-blob-attestation", "--key", key, "--signature", envelope, "--insecure-ignore-tlog=true", "--type", "https://example.org/build/v1", file, HOME="."))


def bare(file, signature, key, algorithm):
    """Signatures by SHA-256 and PKCS #1, in base64."""
    if algorithm not in ("ecdsa-p256-sha256", "rsa-pkcs1-sha256", "ed25519"):
        return NOT_SUPPORTED
    Path("signature.b64").write_text(base64.b64encode(Path(signature).read_bytes()).decode())
    return by_status(run(program("cosign"), "verify-blob", "--key", key, "--signature", "signature.b64", "--insecure-ignore-tlog=true", file, HOME="."))


def version():
    said = run(program("cosign"), "version").out
    packed = run("dpkg-query", "-W", "-f", "${Version}", "cosign").out
    found = re.search(r"GitVersion:\s*v?(\d\S*)", said)
    return "cosign " + (found[1] if found else packed_version("cosign"))


def packed_version(name):
    """The version under which build/peers unpacked a program that does not tell its own."""
    import os
    note = Path(os.environ.get("PEERS", "/nonexistent"), "unpacked", name)
    return note.read_text().strip() if note.exists() else "of an unknown version"


main({"sigstore": sigstore, "dsse": dsse, "bare": bare}, version)

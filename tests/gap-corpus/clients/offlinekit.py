#!/usr/bin/env python3
"""OfflineKit: the program that OFFLINEKIT names, else the one in PATH."""
import hashlib
import json
import os
import shlex
from pathlib import Path
from contract import ACCEPTED, BROKEN, FORM_UNKNOWN, REFUSED, first_line, main, program, run

# Refusals that say: this is a form that I do not read, whoever signed it.
UNREAD = {"ssh.certificate-authority", "key.certificate", "key.unsupported", "algorithm.unsupported", "cms.other-content"}
QUIET = {"XDG_CONFIG_HOME": "/nonexistent/offlinekit-tests", "XDG_DATA_HOME": "/nonexistent/offlinekit-tests"}


def kit():
    return shlex.split(os.environ["OFFLINEKIT"]) if os.environ.get("OFFLINEKIT") else [program("offlinekit")]


def answer(*words):
    """Asks the program and reads its report."""
    said = run(*kit(), *words, "--output", "json", **QUIET)
    lines = [line for line in said.out.splitlines() if line.startswith("{")]
    report = json.loads(lines[-1]) if lines else {}
    reasons = {finding["reason"] for finding in report.get("findings", [])}
    print(said.out.strip()[-300:] if not reasons else " ".join(sorted(reasons)))
    if said.status not in (0, 1):
        return BROKEN
    if said.status == 0:
        return ACCEPTED
    return FORM_UNKNOWN if reasons & UNREAD else REFUSED


def small(file, signature, key, legacy="deny"):
    return answer("verify", file, "--signature", signature, "--key", key, *["--allow-legacy-minisign"] if legacy == "allow" else [])


def sshsig(file, signature, signers, identity, namespace, at):
    return answer("verify", file, "--signature", signature, "--allowed-signers", signers, "--identity", identity, "--namespace", namespace, "--at", at)


ALGORITHMS = {"ecdsa-p256-sha256": ("ECDSA_SHA_256", "--signature-encoding", "der"), "rsa-pkcs1-sha256": ("RSASSA_PKCS1_V1_5_SHA_256",), "rsa-pss-sha256": ("RSASSA_PSS_SHA_256",), "ed25519": ("ED25519_SHA_512",)}


def bare(file, signature, key, algorithm):
    return answer("verify", file, "--signature", signature, "--signature-text", "raw", "--format", "kms-detached", "--key", key, "--algorithm", *ALGORITHMS[algorithm])


def openpgp(file, signature, certificate):
    return answer("verify", file, "--signature", signature, "--key", certificate)


def cleartext(file, certificate):
    return answer("verify", file, "--format", "openpgp-clearsigned", "--key", certificate)


def cms(file, signature, authority):
    return answer("verify", file, "--signature", signature, "--ca", authority)


def dsse(file, envelope, key, type):
    return answer("verify-envelope", envelope, file, "--key", key, "--payload-type", type)


def jws(token, key, algorithm):
    return answer("verify", token, "--format", "jws", "--key", key)


def sigstore(file, bundle, root, identity, issuer):
    return answer("verify-bundle", "--bundle", bundle, "--trusted-root", root, "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, file)


def checksums(list, key):
    return answer("verify-export", os.path.dirname(list), "--key", key)


def archive(archive, key):
    return answer("verify-export", archive, "--key", key)


def tuf(root, target, earlier=None):
    """The whole repository is imported; a target is taken when it lies in what was imported."""
    pin = hashlib.sha256(Path(root).read_bytes()).hexdigest()
    for one in filter(None, (earlier, root)):
        folder = Path(one).parent.parent
        status = answer("trust", "import", str(folder), "--root-fingerprint", pin, "--state", "state")
        if status != ACCEPTED:
            return status if one == root else BROKEN
    return ACCEPTED if list(Path("state").rglob("targets/" + target)) else REFUSED


OPERATIONS = {"minisign": small, "signify": small, "sshsig": sshsig, "bare": bare, "openpgp": openpgp, "cleartext": cleartext, "cms": cms, "dsse": dsse, "jws": jws, "jwt": jws, "sigstore": sigstore,
              "checksums": checksums, "archive": archive, "tuf": tuf}
main(OPERATIONS, lambda: first_line(*kit(), "--version"))

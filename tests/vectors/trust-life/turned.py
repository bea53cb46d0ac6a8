#!/usr/bin/env python3
"""Makes the vectors turned-* of this folder anew: a certificate that is revoked by its hash, in another spelling of its own signature. generate.py runs it last.

Needs: python3, openssl, and both programs (OFFLINEKIT and OFFLINEKIT_SIGN name their command lines). Keys are thrown away.
"""
import os, shutil, tempfile
from making import *

N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
SIGNER = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"


def elements(der):
    while der:
        size, head = der[1], 2
        if size & 0x80:
            head, size = 2 + (size & 0x7F), int.from_bytes(der[2:2 + (size & 0x7F)], "big")
        yield der[0], der[head:head + size], der[:head + size]
        der = der[head + size:]


def element(tag, content):
    size = len(content)
    wide = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, size] if size < 128 else [tag, 0x80 | len(wide), *wide]) + content


def turned(certificate):
    """The same certificate with the other s."""
    tbs, algorithm, (_, bits, _) = elements(next(elements(certificate))[1])
    r, s = (int.from_bytes(content, "big") for _, content, _ in elements(next(elements(bits[1:]))[1]))
    number = lambda value: element(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))
    return element(0x30, tbs[2] + algorithm[2] + element(3, b"\0" + element(0x30, number(r) + number(N - s))))


def with_turned(message, certificate):
    """The CMS message, whose certificates nobody signs, with this one turned."""
    content_type, (_, explicit, _) = elements(next(elements(message))[1])
    parts = [(tag, content, whole) for tag, content, whole in elements(next(elements(explicit))[1])]
    for number, (tag, content, whole) in enumerate(parts):
        if tag == 0xA0:
            bag = [one for _, _, one in elements(content)]
            assert certificate in bag
            parts[number] = (tag, content, element(tag, b"".join(sorted(turned(one) if one == certificate else one for one in bag))))
    return element(0x30, content_type[2] + element(0xA0, element(0x30, b"".join(whole for _, _, whole in parts))))


def certificate(name, issuer, extensions, serial):
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{WORK}/{name}.key")
    open(f"{WORK}/{name}.cnf", "w").write(f"[req]\ndistinguished_name=d\nprompt=no\n[d]\nCN={name}\n[e]\n{extensions}")
    made = ["openssl", "req", "-new", "-x509", "-key", f"{WORK}/{name}.key", "-config", f"{WORK}/{name}.cnf", "-extensions", "e", "-days", "3650", "-set_serial", str(serial), "-out", f"{WORK}/{name}.pem"]
    run(*made, *([] if issuer == name else ["-CA", f"{WORK}/{issuer}.pem", "-CAkey", f"{WORK}/{issuer}.key"]))
    return run("openssl", "x509", "-in", f"{WORK}/{name}.pem", "-outform", "DER")


def case(name, expect, about, message, revoked=None):
    shutil.rmtree(name, ignore_errors=True)
    os.makedirs(name)
    shutil.copy(f"{WORK}/root.pem", name + "/root.pem")
    open(name + "/app", "w").write("hello\n")
    open(name + "/app.p7s", "wb").write(message)
    if revoked:
        repo = tempfile.mkdtemp(dir=WORK) + "/repo"
        run(*SIGN, "trust", "init", repo, *[word for role in ("root", "targets", "snapshot", "timestamp") for word in (f"--{role}", WORK + "/all.pub")])
        run(*SIGN, "trust", "revoke", repo, "--certificate", sha256(revoked), "--reason", "stolen")
        run(*SIGN, "trust", "sign", repo, "--key", WORK + "/all.key")
        run(*SIGN, "trust", "publish", repo, "--key", WORK + "/all.key")
        run(*OFFLINEKIT, "trust", "import", repo, "--state", name + "/state", "--root-fingerprint", sha256(read(repo + "/metadata/1.root.json")))
    open(name + "/case.txt", "w").write(f"# {about}\nargs: verify app --signature app.p7s --ca root.pem --at 2026-12-15T00:00:00Z{' --state state' if revoked else ''}\nexpect: {expect}\n")


run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", WORK + "/all.key")
open(WORK + "/all.pub", "wb").write(run("openssl", "pkey", "-in", WORK + "/all.key", "-pubout"))
certificate("root", "root", AUTHORITY, 1)
middle, leaf = certificate("middle", "root", AUTHORITY, 2), certificate("leaf", "middle", SIGNER, 3)
open(WORK + "/app", "w").write("hello\n")
signed = run("openssl", "cms", "-sign", "-binary", "-in", WORK + "/app", "-signer", WORK + "/leaf.pem", "-inkey", WORK + "/leaf.key", "-certfile", WORK + "/middle.pem", "-outform", "DER")
case("turned-certificate", "trusted", "the other s of a certificate's signature is as good as the first", with_turned(signed, leaf))
case("turned-leaf-certificate", "key.revoked", "the signer's certificate is revoked by its hash, and whoever carried it turned its s", with_turned(signed, leaf), leaf)
case("turned-middle-certificate", "key.revoked", "the same of the authority between", with_turned(signed, middle), middle)
case("turned-revocation", "key.revoked", "what is revoked is the turned certificate, and the first one comes", signed, turned(leaf))

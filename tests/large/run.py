"""Files beyond 2 GiB under every form of signature: run.py PROGRAM SIGNING_PROGRAM [FOLDER].

The file is sparse and takes no room; reading it takes the time of 2 GiB, some twenty times. No part of the tests that run by themselves.
Needs: minisign, signify-openbsd, ssh-keygen, openssl 3, gpg, tar, zip, and 2 GiB of room for the tar. Ends with 1 when an answer is not the one that is written here."""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

VERIFY, SIGN = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
SIZE = (1 << 31) + 5
AT = ["--at", "2026-11-30T12:00:00Z"]


def run(*words, **more):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, **more).stdout


def shell(line):
    return run("bash", "-euo", "pipefail", "-c", line)


def make():
    with open("big", "wb") as file:
        file.truncate(SIZE)
        file.seek(SIZE - 5)
        file.write(b"end.\n")
    for name, kind in ("rsa", ["rsa", "-pkeyopt", "rsa_keygen_bits:3072"]), ("ec", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]), ("ed", ["ed25519"]):
        run("openssl", "genpkey", "-quiet", "-algorithm", *kind, "-out", name + ".key")
        run("openssl", "pkey", "-in", name + ".key", "-pubout", "-out", name + ".pem")
    run("minisign", "-GW", "-p", "mini.pub", "-s", "mini.key")
    pathlib.Path("short").write_text("short\n")


def key_service(key, pss=()):
    run("openssl", "dgst", "-sha256", "-sign", key + ".key", *pss, "-out", "s.sig", "big")
    return ["s.sig", "--key", key + ".pem", "--algorithm", "ECDSA_SHA_256" if key == "ec" else "RSASSA_PSS_SHA_256" if pss else "RSASSA_PKCS1_V1_5_SHA_256"]


def minisign():
    run("minisign", "-S", "-s", "mini.key", "-m", "big", "-x", "s.minisig")
    return ["s.minisig", "--key", "mini.pub"]


def signify():
    # signify itself takes no file of this size: what it made of a short one stands in for any.
    run("signify-openbsd", "-G", "-n", "-p", "sify.pub", "-s", "sify.sec")
    run("signify-openbsd", "-S", "-s", "sify.sec", "-m", "short", "-x", "s.sfy")
    return ["s.sfy", "--key", "sify.pub"]


def ssh():
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ssh")
    pathlib.Path("signers").write_text("me@example.org " + pathlib.Path("ssh.pub").read_text())
    run("ssh-keygen", "-Y", "sign", "-f", "ssh", "-n", "file", "big")
    pathlib.Path("big.sig").rename("s.ssh")
    return ["s.ssh", "--allowed-signers", "signers", "--identity", "me@example.org", "--namespace", "file"]


def pure_ed25519():
    run("openssl", "pkeyutl", "-sign", "-inkey", "ed.key", "-rawin", "-in", "ed.pem", "-out", "s.ed")
    return ["s.ed", "--key", "ed.pem", "--algorithm", "ED25519_SHA_512"]


def jws():
    header = base64.urlsafe_b64encode(b'{"alg":"RS256"}').rstrip(b"=").decode()
    shell(f"{{ printf %s. {header}; base64 -w0 big | tr '+/' '-_' | tr -d =; }} | openssl dgst -sha256 -sign rsa.key -out s.raw")
    value = base64.urlsafe_b64encode(pathlib.Path("s.raw").read_bytes()).rstrip(b"=").decode()
    pathlib.Path("s.jws").write_text(f"{header}..{value}")
    return ["s.jws", "--key", "rsa.pem"]


def openpgp():
    pathlib.Path("home").mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", "home", "--batch", "--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", "20260101T000000"]
    run(*gpg, "--quick-generate-key", "me@example.org", "ed25519", "sign", "never")
    pathlib.Path("me.asc").write_bytes(run(*gpg, "--armor", "--export", "me@example.org"))
    run(*gpg, "--detach-sign", "--output", "s.pgp", "big")
    run("gpgconf", "--homedir", "home", "--kill", "all")
    return ["s.pgp", "--key", "me.asc", *AT]


def cms():
    run("openssl", "req", "-x509", "-key", "ec.key", "-subj", "/CN=me", "-days", "3650", "-addext", "keyUsage=digitalSignature", "-out", "me.crt")
    run("openssl", "cms", "-sign", "-binary", "-in", "big", "-signer", "me.crt", "-inkey", "ec.key", "-outform", "DER", "-out", "s.p7s")
    return ["s.p7s", "--key", "ec.pem"]


def own(form, name, key="ec", *more):
    run(SIGN, "sign", "big", "--format", form, "--key", key + ".key", "-o", name, *more)
    return [name, "--key", key + ".pem"]


def dsse():
    pathlib.Path("predicate.json").write_text("{}\n")
    return own("dsse", "s.dsse.json", "ec", "--predicate-type", "https://example.org/made", "--predicate", "predicate.json")


def ml_dsa():
    run(SIGN, "keygen", "--algorithm", "ML-DSA-65", "-s", "ml.key", "-p", "ml.pem", "-W")
    # Nor does offlinekit-sign sign so much at once.
    run(SIGN, "sign", "short", "--format", "kms", "--key", "ml.key", "-o", "s.ml")
    return ["s.ml", "--key", "ml.pem"]


def cosign():
    run("openssl", "dgst", "-sha256", "-sign", "ec.key", "-out", "s.raw", "big")
    pathlib.Path("s.bundle").write_text(json.dumps({"base64Signature": base64.b64encode(pathlib.Path("s.raw").read_bytes()).decode()}))
    return ["s.bundle", "--key", "ec.pem"]


def listed():
    shell("sha256sum big > SHA256SUMS; minisign -S -s mini.key -m SHA256SUMS")
    return ["SHA256SUMS", "--key", "mini.pub"]


def export(pack):
    shell(f"mkdir -p e; ln -f big e/big; cp SHA256SUMS SHA256SUMS.minisig e; {pack}")


FORMS = [
    ("minisign", minisign, "trusted"), ("signify", signify, "limit.message-too-large"), ("sshsig", ssh, "trusted"),
    ("kms-detached ECDSA", lambda: key_service("ec"), "trusted"), ("kms-detached RSA", lambda: key_service("rsa"), "trusted"),
    ("kms-detached PSS", lambda: key_service("rsa", ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]), "trusted"),
    ("kms-detached Ed25519", pure_ed25519, "limit.message-too-large"), ("kms-detached ML-DSA", ml_dsa, "limit.message-too-large"), ("jws detached", jws, "trusted"),
    ("openpgp", openpgp, "trusted"), ("cms", cms, "trusted"), ("dsse", dsse, "trusted"), ("sigstore", lambda: own("sigstore", "s.sigstore.json"), "trusted"),
    ("cosign", cosign, "trusted"), ("checksums", listed, "trusted"),
]
EXPORTS = [("folder", "true", "e"), ("tar", "tar -cf e.tar -C e .", "e.tar"), ("zip", "cd e && zip -q -1 ../e.zip *", "e.zip")]


def main():
    wrong = 0
    make()
    for name, sign, expected in FORMS:
        words = sign()
        said = subprocess.run([VERIFY, "verify", "big", "--signature", *words], capture_output=True, text=True)
        first = "trusted" if said.returncode == 0 else said.stdout + said.stderr
        right = first == "trusted" if expected == "trusted" else said.returncode == 1 and expected in first
        wrong += not right
        print("ok   " if right else "WRONG", name, expected if right else first, flush=True)
    for name, pack, path in EXPORTS:
        export(pack)
        said = subprocess.run([VERIFY, "verify-export", path, "--key", "mini.pub"], capture_output=True, text=True)
        wrong += said.returncode != 0
        print("ok   " if said.returncode == 0 else "WRONG", "export", name, "" if said.returncode == 0 else said.stdout + said.stderr, flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[3] if len(sys.argv) > 3 else None) as folder:
        os.chdir(folder)
        sys.exit(main())

"""A key that stands in a certificate and is named by itself as well is one signer. With keys of its own: `generate.py holders` makes these alone anew. Needs: gpg 2.2, faketime."""
import json, os, subprocess, tempfile
from lists import gpg
from making import *
from statements import case

LIST = "SHA256SUMS"
ARGS = "e --key ../_keys/hana.asc --key ../_keys/hana-subkey.pem --at 2026-11-30T12:00:00Z"
FILES = {"a.txt": b"first\n", "b.txt": b"second\n"}
PRIVATE_ED25519 = bytes.fromhex("302e020100300506032b657004220420")
SECRET_SUBKEY = 7


def make():
    os.environ["GNUPGHOME"] = tempfile.mkdtemp()
    gpg("--quick-generate-key", "hana@example.org", "ed25519", "cert", "never", at="2026-01-10 12:00:00")
    primary = fingerprints()[0]
    gpg("--quick-add-key", primary, "ed25519", "sign", "never", at="2026-01-11 12:00:00")
    (HERE / "_keys" / "hana.asc").write_bytes(gpg("--armor", "--export-options", "export-minimal", "--export", primary))
    write_key("hana-subkey", secret_of(gpg("--export-secret-subkeys", fingerprints()[1] + "!")))
    make_key("ivan")
    listed = sums(FILES)
    by_certificate = gpg("--armor", "--local-user", fingerprints()[1] + "!", "--detach-sign", data=listed)
    twice = {**FILES, LIST: listed, LIST + ".asc": by_certificate, LIST + ".sig": raw("hana-subkey", listed)}
    case("checksums-one-holder", "trusted", "a subkey signed as OpenPGP does, and by itself", twice, ARGS)
    case("checksums-one-holder-threshold", "dsse.threshold", "that is one signer and not two", twice, ARGS + " --threshold 2", ["1 distinct trusted keys signed"])
    case("checksums-one-holder-policy", "policy.signers", "nor two of the signers that a policy names", twice, ARGS + " --policy policy.json", ["1 demanded signers signed"], beside={"policy.json": policy("hana.asc", "hana-subkey.pem")})
    other = {**FILES, LIST: listed, LIST + ".asc": by_certificate, LIST + ".sig": raw("ivan", listed)}
    case("checksums-two-holders-threshold", "trusted", "a certificate and the key of somebody else are two", other, ARGS + " --key ../_keys/ivan.pem --threshold 2")
    subprocess.run(["gpgconf", "--kill", "all"], check=True)


def policy(*signers):
    return json.dumps({"version": 1, "name": "releases", "signers": [{"any-of": signers, "threshold": 2}]}).encode() + b"\n"


def fingerprints():
    return [line.split(":")[9] for line in gpg("--list-keys", "--with-colons", "hana@example.org").decode().split("\n") if line.startswith("fpr")]


def write_key(who, secret):
    pem = b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(PRIVATE_ED25519 + secret) + b"-----END PRIVATE KEY-----\n"
    (KEYS / f"{who}.pem").write_bytes(pem)
    run("openssl", "pkey", "-in", str(KEYS / f"{who}.pem"), "-pubout", "-out", str(HERE / "_keys" / f"{who}.pem"))


def secret_of(packets):
    """The 32 bytes of the only subkey that is no stub: behind version, time, algorithm, curve, point and the mark of no password."""
    at = 0
    while at < len(packets):
        size = 1 << (packets[at] & 3)
        length = int.from_bytes(packets[at + 1:at + 1 + size], "big")
        tag, body = (packets[at] >> 2) & 15, packets[at + 1 + size:at + 1 + size + length]
        at += 1 + size + length
        if tag == SECRET_SUBKEY:
            point = 7 + body[6]
            number = point + 3 + (int.from_bytes(body[point:point + 2], "big") + 7) // 8
            return body[number + 2:number + 2 + (int.from_bytes(body[number:number + 2], "big") + 7) // 8].rjust(32, b"\0")
    raise ValueError("no secret subkey")

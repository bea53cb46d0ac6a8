#!/usr/bin/env python3
"""Writes _keys/adopted.asc: a certificate that names the key of _keys/ed.asc as its subkey, to which that key never agreed. Needs: python3, openssl 3. Its own key is fresh and thrown away."""
import base64, hashlib, pathlib, struct, subprocess, tempfile

KEYS = pathlib.Path(__file__).parent / "_keys"
EDDSA, SHA256, USER_ID, SUBKEY, CERTIFICATION, BINDING = 22, 8, 13, 14, 0x13, 0x18
CURVE = bytes.fromhex("092b06010401da470f01")
MADE = 1768046400  # 2026-01-10T12:00:00Z


def packet(tag, body):
    return bytes([0xC0 | tag, 255]) + struct.pack(">I", len(body)) + body


def framed(body):
    return b"\x99" + struct.pack(">H", len(body)) + body


def number(octets):
    octets = octets.lstrip(b"\0")
    return struct.pack(">H", int.from_bytes(octets, "big").bit_length()) + octets


def subpacket(kind, content):
    return bytes([len(content) + 1, kind]) + content


def signature(key, own, kind, *signed):
    hashed = subpacket(2, struct.pack(">I", MADE)) + subpacket(27, b"\x03") + subpacket(33, b"\4" + hashlib.sha1(framed(own)).digest())
    head = bytes([4, kind, EDDSA, SHA256]) + struct.pack(">H", len(hashed)) + hashed
    digest = hashlib.sha256(b"".join(signed) + head + b"\4\xff" + struct.pack(">I", len(head))).digest()
    with tempfile.NamedTemporaryFile() as file:
        file.write(digest)
        file.flush()
        value = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", file.name], check=True, stdout=subprocess.PIPE).stdout
    return packet(2, head + b"\0\0" + digest[:2] + number(value[:32]) + number(value[32:]))


def victim():
    certificate = base64.b64decode("".join(line for line in (KEYS / "ed.asc").read_text().split("\n\n", 1)[1].split("\n") if line[:1] not in ("=", "-")))
    return certificate[2:2 + certificate[1]]


with tempfile.TemporaryDirectory() as folder:
    key = folder + "/key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True)
    public = subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"], check=True, stdout=subprocess.PIPE).stdout[-32:]
    own = b"\4" + struct.pack(">I", MADE) + bytes([EDDSA]) + CURVE + number(b"\x40" + public)
    name, other = b"thief@example.org", victim()
    user = signature(key, own, CERTIFICATION, framed(own), b"\xb4" + struct.pack(">I", len(name)), name)
    bound = signature(key, own, BINDING, framed(own), framed(other))
    certificate = packet(6, own) + packet(USER_ID, name) + user + packet(SUBKEY, other) + bound
    (KEYS / "adopted.asc").write_bytes(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + base64.encodebytes(certificate) + b"-----END PGP PUBLIC KEY BLOCK-----\n")

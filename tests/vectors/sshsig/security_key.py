#!/usr/bin/env python3
"""A security key in software, for test vectors only: makes sk- keys, signs as OpenSSH's PROTOCOL.u2f says, and changes armored signatures.

    security_key.py make FOLDER ed25519|ecdsa    writes sk-KIND.key and sk-KIND.pub
    security_key.py sign KEY FILE FLAGS          prints the armored signature for the namespace "file"
    security_key.py change SIGNATURE EXPRESSION  rewrites the bytes inside the armor, called blob
"""
import base64, hashlib, pathlib, struct, sys
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

APPLICATION, NAMESPACE, COUNTER = b"ssh:", b"file", 7
string = lambda b: struct.pack(">I", len(b)) + b
mpint = lambda n: string(n.to_bytes(n.bit_length() // 8 + 1, "big"))


def public(key):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        raw = key.public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw)
        return b"sk-ssh-ed25519@openssh.com", string(raw)
    point = key.public_key().public_bytes(ser.Encoding.X962, ser.PublicFormat.UncompressedPoint)
    return b"sk-ecdsa-sha2-nistp256@openssh.com", string(b"nistp256") + string(point)


def key_blob(key):
    kind, body = public(key)
    return string(kind) + body + string(APPLICATION)


def make(folder, kind):
    key = ed25519.Ed25519PrivateKey.generate() if kind == "ed25519" else ec.generate_private_key(ec.SECP256R1())
    base = pathlib.Path(folder) / f"sk-{kind}"
    base.with_suffix(".key").write_bytes(key.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption()))
    base.with_suffix(".pub").write_text(f"{public(key)[0].decode()} {base64.b64encode(key_blob(key)).decode()} demo\n")


def sign(path, file, flags):
    key = ser.load_pem_private_key(pathlib.Path(path).read_bytes(), None)
    digest = hashlib.sha512(pathlib.Path(file).read_bytes()).digest()
    message = b"SSHSIG" + string(NAMESPACE) + string(b"") + string(b"sha512") + string(digest)
    state = struct.pack(">BI", int(flags), COUNTER)
    signed = hashlib.sha256(APPLICATION).digest() + state + hashlib.sha256(message).digest()
    if isinstance(key, ed25519.Ed25519PrivateKey):
        value = key.sign(signed)
    else:
        r, s = utils.decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
        value = mpint(r) + mpint(s)
    signature = string(public(key)[0]) + string(value) + state
    armor(b"SSHSIG" + struct.pack(">I", 1) + string(key_blob(key)) + string(NAMESPACE) + string(b"") + string(b"sha512") + string(signature), sys.stdout)


def armor(blob, out):
    text = base64.b64encode(blob).decode()
    lines = [text[i:i + 70] for i in range(0, len(text), 70)]
    out.write("\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]))


def change(path, expression):
    lines = pathlib.Path(path).read_text().split("\n")
    blob = bytearray(base64.b64decode("".join(lines[1:-2])))

    def fix():
        """Makes the length of the last field true again."""
        at = 10
        for _ in range(4):
            at += 4 + struct.unpack(">I", blob[at:at + 4])[0]
        blob[at:at + 4] = struct.pack(">I", len(blob) - at - 4)

    scope = {"blob": blob, "fix": fix}
    exec(expression, scope)
    with open(path, "w") as out:
        armor(bytes(scope["blob"]), out)


{"make": make, "sign": sign, "change": change}[sys.argv[1]](*sys.argv[2:])

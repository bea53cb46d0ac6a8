"""OpenPGP packets of version 4 (RFC 9580), by Ed25519 (EdDSA legacy, which every program knows) and RSA."""
import base64
import hashlib
from .edwards import EdKey

HASHES = {"md5": 1, "sha1": 2, "sha256": 8, "sha512": 10}
MADE = 1577880000  # 2020-01-01 12:00 UTC
YEAR = 366 * 86400


def packet(tag, body):
    """A packet in the new form."""
    size = len(body)
    length = bytes([size]) if size < 192 else bytes([(size - 192 >> 8) + 192, size - 192 & 255]) if size < 8384 else b"\xff" + size.to_bytes(4, "big")
    return bytes([0xC0 | tag]) + length + body


def mpi(data):
    number = int.from_bytes(data, "big")
    return number.bit_length().to_bytes(2, "big") + number.to_bytes((number.bit_length() + 7) // 8, "big")


def key_body(key, made=MADE):
    """The body of a public key packet."""
    head = b"\x04" + made.to_bytes(4, "big")
    if isinstance(key, EdKey):
        return head + b"\x16\x09" + bytes.fromhex("2b06010401da470f01") + mpi(b"\x40" + key.public)
    return head + b"\x01" + mpi(key.n.to_bytes(key.size, "big")) + mpi(key.e.to_bytes(3, "big"))


def hashable(body):
    return b"\x99" + len(body).to_bytes(2, "big") + body


def fingerprint(body):
    return hashlib.sha1(hashable(body)).digest()


def sub(kind, data, critical=False):
    """A subpacket."""
    return bytes([len(data) + 1, kind | (0x80 if critical else 0)]) + data


def made_at(time):
    return sub(2, time.to_bytes(4, "big"))


def notation(name, value, critical=False):
    return sub(20, b"\x80\0\0\0" + len(name).to_bytes(2, "big") + len(value).to_bytes(2, "big") + name + value, critical)


def signature(signer, kind, material, hashed=(), unhashed=(), name="sha256", made=MADE, time=MADE + 86400, bend=None):
    """A signature packet's body, by a key, over material; `time` None leaves the creation time out."""
    body = key_body(signer, made)
    inner = b"".join(([made_at(time)] if time is not None else []) + [sub(33, b"\x04" + fingerprint(body)), *hashed])
    head = bytes([4, kind, 22 if isinstance(signer, EdKey) else 1, HASHES[name]]) + len(inner).to_bytes(2, "big") + inner
    whole = material + head + b"\x04\xff" + len(head).to_bytes(4, "big")
    digest = hashlib.new(name, whole).digest()
    if isinstance(signer, EdKey):
        value = signer.sign(digest)
        value = bend(value) if bend else value
        numbers = mpi(value[:32]) + mpi(value[32:])
    else:
        numbers = mpi(signer.sign(whole, name))
    outer = b"".join([sub(16, fingerprint(body)[-8:]), *unhashed])
    return head + len(outer).to_bytes(2, "big") + outer + digest[:2] + numbers


def certificate(primary, user=b"Test <test@example.org>", flags=0x03, name="sha256", made=MADE, more=(), subkeys=(), revoked=None, user_time=None):
    """A transferable public key: one user id, and whatever packets subkeys are."""
    body = key_body(primary, made)
    blob = packet(6, body)
    if revoked is not None:
        blob += packet(2, signature(primary, 0x20, hashable(body), [sub(29, bytes([revoked]) + b"")], made=made, time=MADE + 40 * 86400))
    blob += packet(13, user)
    material = hashable(body) + b"\xb4" + len(user).to_bytes(4, "big") + user
    blob += packet(2, signature(primary, 0x13, material, [sub(27, bytes([flags])), *more], name=name, made=made, time=user_time or made))
    return blob + b"".join(subkeys)


def subkey(primary, key, flags=0x02, cross=True, made=MADE, by=None, more=(), revoked=False, name="sha256"):
    """A subkey with its binding; `cross` is the subkey's own agreement (0x19)."""
    material = hashable(key_body(primary)) + hashable(key_body(key, made))
    agreed = [sub(32, signature(key, 0x19, material, made=made, time=made))] if cross else []
    blob = packet(14, key_body(key, made)) + packet(2, signature(by or primary, 0x18, material, [sub(27, bytes([flags])), *more], agreed, time=made, name=name))
    return blob + (packet(2, signature(primary, 0x28, material, [sub(29, b"\x02")], time=MADE + 40 * 86400)) if revoked else b"")


def crc24(data):
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc = crc << 1 ^ (0x1864CFB if crc & 0x800000 else 0)
    return crc.to_bytes(3, "big")


def armour(kind, data, checksum=None, headers=""):
    """ASCII armour, with the checksum that old programs want."""
    text = base64.b64encode(data).decode()
    lines = [f"-----BEGIN PGP {kind}-----", *headers.splitlines(), "", *(text[i:i + 64] for i in range(0, len(text), 64)), "=" + base64.b64encode(checksum or crc24(data)).decode(), f"-----END PGP {kind}-----", ""]
    return "\n".join(lines).encode()

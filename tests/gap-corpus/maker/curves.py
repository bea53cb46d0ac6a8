"""ECDSA on P-256 and P-384 with the nonces of RFC 6979: the same signature at every run. For test keys alone: nothing here is safe against timing."""
import hashlib
import hmac
from typing import NamedTuple
from .seeds import number


class Curve(NamedTuple):
    name: str
    oid: str
    size: int
    p: int
    b: int
    n: int
    base: tuple


P256 = Curve("P-256", "1.2.840.10045.3.1.7", 32, 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
             0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
             (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5))
P384 = Curve("P-384", "1.3.132.0.34", 48, 2**384 - 2**128 - 2**96 + 2**32 - 1, 0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
             0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
             (0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
              0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F))


def add(curve, first, second):
    """The sum of two affine points; None is the point at infinity."""
    if first is None or second is None:
        return first or second
    (x1, y1), (x2, y2) = first, second
    if x1 == x2 and (y1 + y2) % curve.p == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, curve.p) if first == second else (y2 - y1) * pow(x2 - x1, -1, curve.p)
    x = (slope * slope - x1 - x2) % curve.p
    return x, (slope * (x1 - x) - y1) % curve.p


def times(curve, factor, point):
    """The point, that many times."""
    total = None
    while factor:
        total = add(curve, total, point) if factor & 1 else total
        point, factor = add(curve, point, point), factor >> 1
    return total


class EcKey:
    """A key pair made from a public string, and so nobody's secret."""

    def __init__(self, label, curve=P256):
        self.curve, self.d = curve, number("ec " + label, curve.n - 1) + 1
        self.point = times(curve, self.d, curve.base)

    def raw(self):
        """The point, uncompressed."""
        return b"\x04" + b"".join(value.to_bytes(self.curve.size, "big") for value in self.point)

    def sign(self, message, name=None):
        """r and s over the hash of the message (by default the curve's own)."""
        name = name or ("sha256" if self.curve is P256 else "sha384")
        digest = hashlib.new(name, message).digest()
        n, size = self.curve.n, self.curve.size
        z = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - n.bit_length())
        k = nonce(self.d, z % n, n, size, name)
        r = times(self.curve, k, self.curve.base)[0] % n
        return r, pow(k, -1, n) * (z + r * self.d) % n


def nonce(d, z, n, size, name):
    """RFC 6979 section 3.2, for hashes as long as the order or shorter."""
    seed = d.to_bytes(size, "big") + z.to_bytes(size, "big")
    length = hashlib.new(name).digest_size
    v, k = b"\x01" * length, b"\x00" * length
    for mark in (b"\x00", b"\x01"):
        k = hmac.new(k, v + mark + seed, name).digest()
        v = hmac.new(k, v, name).digest()
    while True:
        text = b""
        while len(text) < size:
            v = hmac.new(k, v, name).digest()
            text += v
        candidate = int.from_bytes(text[:size], "big")
        if 0 < candidate < n:
            return candidate
        k = hmac.new(k, v + b"\x00", name).digest()
        v = hmac.new(k, v, name).digest()

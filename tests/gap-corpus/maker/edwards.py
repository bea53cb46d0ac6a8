"""Ed25519 by RFC 8032, with the parts apart so that signatures can be bent. For test keys alone."""
import hashlib
from .seeds import octets

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def from_y(y, sign):
    """The point with this y; ValueError where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * ROOT % P if (x * x - square) % P else x
    if (x * x - square) % P:
        raise ValueError("no point has this y")
    return (P - x if x & 1 != sign else x), y, 1, (P - x if x & 1 != sign else x) * y % P


BASE = from_y(4 * pow(5, -1, P) % P, 0)
NEUTRAL = (0, 1, 1, 0)


def add(first, second):
    """The sum of two points in extended coordinates."""
    a, b = (first[1] - first[0]) * (second[1] - second[0]) % P, (first[1] + first[0]) * (second[1] + second[0]) % P
    c, d = 2 * first[3] * second[3] * D % P, 2 * first[2] * second[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor, point):
    """The point, that many times."""
    total = NEUTRAL
    while factor:
        total = add(total, point) if factor & 1 else total
        point, factor = add(point, point), factor >> 1
    return total


def pack(point):
    """The 32 bytes of a point."""
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def scalar(*parts):
    """The hash of the parts, below the order."""
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


class EdKey:
    """A key pair made from a public string, and so nobody's secret."""

    def __init__(self, label):
        self.seed = octets("ed25519 " + label, 32)
        digest = hashlib.sha512(self.seed).digest()
        self.a, self.prefix = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254, digest[32:]
        self.public = pack(times(self.a, BASE))

    def sign(self, message):
        """The 64 bytes of a signature."""
        r = scalar(self.prefix, message)
        first = pack(times(r, BASE))
        return first + ((r + scalar(first, self.public, message) * self.a) % L).to_bytes(32, "little")


def other_scalar(signature):
    """The same signature with S + L in place of S: the equation holds, the encoding is not the canonical one."""
    return signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")


def small_order():
    """A point of order eight."""
    for y in range(2, 1000):
        try:
            point = times(L, from_y(y, 0))
        except ValueError:
            continue
        if pack(times(4, point)) != pack(NEUTRAL):
            return point
    raise AssertionError("there are such points")


def forged(point, message):
    """A signature of any message under a key that is a point of order eight, by somebody who knows no secret."""
    key = pack(point)
    for s in range(1, 1000):
        for multiple in range(8):
            part = times(multiple, point)
            first = pack(add(times(s, BASE), part))
            if pack(add(part, times(scalar(first, key, message), point))) == pack(NEUTRAL):
                return first + s.to_bytes(32, "little")
    raise AssertionError("one in eight fits")

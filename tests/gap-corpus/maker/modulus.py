"""RSA with the padding apart, so that it can be bent. For test keys alone."""
import functools
import hashlib
from .seeds import octets, number

DIGEST_INFO = {"sha256": bytes.fromhex("3031300d060960864801650304020105000420"), "sha512": bytes.fromhex("3051300d060960864801650304020305000440"), "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
               "md5": bytes.fromhex("3020300c06082a864886f70d020505000410")}
SMALL = [n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2))]


def is_prime(n):
    """Trial division and Miller-Rabin with fixed bases."""
    if any(n % d == 0 for d in SMALL):
        return n in SMALL
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19):
        x = pow(base, odd, n)
        if x not in (1, n - 1) and not any((x := x * x % n) == n - 1 for _ in range(twos - 1)):
            return False
    return True


def prime(label, bits, exponent):
    """The first fitting prime from the label's number on."""
    candidate = number(label, 1 << bits) | 3 << bits - 2 | 1
    while not (candidate % exponent != 1 and is_prime(candidate)):
        candidate += 2
    return candidate


@functools.cache
class RsaKey:
    """A key pair made from a public string, and so nobody's secret."""

    def __init__(self, label, bits=2048, e=65537):
        p, q = prime(f"rsa p {label}", bits // 2, e), prime(f"rsa q {label}", bits // 2, e)
        self.label, self.n, self.e, self.p, self.q, self.size = label, p * q, e, p, q, bits // 8
        self.d = pow(e, -1, (p - 1) * (q - 1))

    def power(self, block):
        """The private operation on a block as long as the modulus."""
        return pow(int.from_bytes(block, "big"), self.d, self.n).to_bytes(self.size, "big")

    def block(self, message, name="sha256", info=None):
        """EMSA-PKCS1-v1_5 (RFC 8017 section 9.2)."""
        tail = (DIGEST_INFO[name] if info is None else info) + hashlib.new(name, message).digest()
        return b"\x00\x01" + b"\xff" * (self.size - 3 - len(tail)) + b"\x00" + tail

    def sign(self, message, name="sha256", info=None):
        """RSASSA-PKCS1-v1_5."""
        return self.power(self.block(message, name, info))

    def sign_pss(self, message, name="sha256", mask=None, salt=None, trailer=b"\xbc"):
        """RSASSA-PSS with a salt that follows from the message."""
        length = hashlib.new(name).digest_size
        salt = octets("salt " + message.hex(), length if salt is None else salt)
        digest = hashlib.new(name, bytes(8) + hashlib.new(name, message).digest() + salt).digest()
        room = self.size - length - 1
        block = bytes(room - len(salt) - 1) + b"\x01" + salt
        masked = bytearray(a ^ b for a, b in zip(block, mgf1(digest, room, mask or name)))
        masked[0] &= 0x7F
        return self.power(bytes(masked) + digest + trailer)


def mgf1(seed, length, name):
    """The mask of RFC 8017 appendix B.2.1."""
    return b"".join(hashlib.new(name, seed + i.to_bytes(4, "big")).digest() for i in range(length // hashlib.new(name).digest_size + 1))[:length]

"""Bare signature values, as key services and `openssl dgst` make them: ECDSA, RSA and Ed25519."""
import hashlib
from maker.case import CARE, accept, refuse
from maker.curves import P256, EcKey
from maker.der import bits, ecdsa, explicit, integer, null, octet, oid, pem, seq, tlv
from maker.edwards import EdKey, forged, other_scalar, pack, small_order
from maker.modulus import DIGEST_INFO, RsaKey
from maker.spki import EC, ED25519, RSA as RSA_OID, public_pem, spki

FILE = b"firmware 1.0\n"
EC_KEY, ED, RSA = EcKey("bare"), EdKey("bare"), RsaKey("bare")
R, S = EC_KEY.sign(FILE)
X690, RFC8017, SEC1, RFC5480 = "X.690 section ", "RFC 8017 section ", "SEC 1 version 2 section 4.1.4", "RFC 5480 section "


def question(value, algorithm, key=None, data=FILE):
    default = {"e": EC_KEY, "r": RSA}.get(algorithm[0], None) or ED
    default = ED if algorithm == "ed25519" else default
    return dict(operation="bare", files={"file": ("firmware.bin", data), "signature": ("firmware.bin.sig", value), "key": ("key.pem", key or public_pem(default))}, algorithm=algorithm)


def ec(value, **more):
    return question(value, "ecdsa-p256-sha256", **more)


def ecdsa_values():
    n, width = P256.n, lambda value: value.to_bytes(32, "big")
    long = lambda value: tlv(2, bytes(value))
    yield accept("ecdsa", **ec(ecdsa((R, S))), why="r and s as DER.", source="RFC 3279 section 2.2.3")
    yield accept("ecdsa-other-half", **ec(ecdsa((R, n - S))), why="s and n - s are both good: nothing asks for the smaller one.", source=SEC1)
    yield refuse("ecdsa-file-edited", **ec(ecdsa((R, S)), data=FILE + b"x"), why="The signature is over other bytes.", source=SEC1)
    yield refuse("ecdsa-long-length", **ec(b"\x30\x81" + ecdsa((R, S))[1:]), why="DER has the shortest length.", source=X690 + "10.1")
    yield refuse("ecdsa-indefinite-length", **ec(b"\x30\x80" + ecdsa((R, S))[2:] + b"\0\0"), why="DER has definite lengths.", source=X690 + "10.1")
    yield refuse("ecdsa-leading-zero", **ec(seq(long(b"\0\0" + width(R)), integer(S))), why="An INTEGER has no needless leading octet.", source=X690 + "8.3.2")
    negative = next((r, s, m) for m in (FILE + bytes([i]) for i in range(99)) for r, s in [EC_KEY.sign(m)] if r >> 255)
    yield refuse("ecdsa-sign-missing", **ec(seq(long(width(negative[0])), integer(negative[1])), data=negative[2]), why="Without its zero octet the INTEGER is negative.", source=X690 + "8.3.3")
    yield refuse("ecdsa-r-plus-order", **ec(ecdsa((R + n, S))), why="r is below the order.", source=SEC1)
    yield refuse("ecdsa-r-zero", **ec(ecdsa((0, S))), why="r is not zero.", source=SEC1)
    yield refuse("ecdsa-zeros", **ec(ecdsa((0, 0))), why="r and s are not zero.", source=SEC1)
    yield refuse("ecdsa-s-order", **ec(ecdsa((R, n))), why="s is below the order.", source=SEC1)
    yield refuse("ecdsa-bytes-after", **ec(ecdsa((R, S)) + b"\0"), why="Bytes behind the value make a second spelling of it.", source=X690 + "8.1.1")
    yield refuse("ecdsa-bytes-inside", **ec(seq(integer(R), integer(S), null())), why="The SEQUENCE has two members.", source="RFC 3279 section 2.2.3")
    yield refuse("ecdsa-fixed-width-as-der", **ec(width(R) + width(S)), ground=CARE, why="The value was said to be DER and is not.", source="RFC 3279 section 2.2.3")
    r5, s5 = EC_KEY.sign(FILE, "sha512")
    yield refuse("ecdsa-other-hash", **ec(ecdsa((r5, s5))), why="The signature is over another hash than the one stated.", source=SEC1)
    yield refuse("ecdsa-empty", **ec(b""), why="Nothing was signed.", source=X690 + "8.1.1")


def ec_keys():
    value = ecdsa((R, S))
    point = EC_KEY.raw()
    prime = seq(integer(1), seq(oid("1.2.840.10045.1.1"), integer(P256.p)), seq(octet((P256.p - 3).to_bytes(32, "big")), octet(P256.b.to_bytes(32, "big"))), octet(b"\x04" + b"".join(v.to_bytes(32, "big") for v in P256.base)), integer(P256.n), integer(1))
    key = lambda body: pem("PUBLIC KEY", body)
    yield refuse("key-explicit-curve", **ec(value, key=key(seq(seq(oid(EC), prime), bits(point)))), why="A curve is named and never spelled out.", source=RFC5480 + "2.1.1")
    moved = EC_KEY.point  # the generator is the key's own point, so that the secret is 1
    forged_prime = prime.replace(octet(b"\x04" + b"".join(v.to_bytes(32, "big") for v in P256.base)), octet(b"\x04" + b"".join(v.to_bytes(32, "big") for v in moved)))
    k = 7
    from maker.curves import times
    r = times(P256, k, moved)[0] % P256.n
    s = pow(k, -1, P256.n) * (int.from_bytes(hashlib.sha256(FILE).digest(), "big") + r) % P256.n
    yield refuse("key-generator-moved", **ec(ecdsa((r, s)), key=key(seq(seq(oid(EC), forged_prime), bits(point)))), why="Whoever chooses the generator knows a secret for any point.", source=RFC5480 + "2.1.1")
    off = bytearray(point)
    off[-1] ^= 1
    yield refuse("key-off-curve", **ec(value, key=key(seq(seq(oid(EC), oid(P256.oid)), bits(bytes(off))))), why="The point is on the curve.", source="SEC 1 version 2 section 3.2.2.1")
    yield refuse("key-at-infinity", **ec(value, key=key(seq(seq(oid(EC), oid(P256.oid)), bits(b"\0")))), why="The point at infinity is no public key.", source="SEC 1 version 2 section 3.2.2.1")
    yield refuse("key-bytes-after", **ec(value, key=key(spki(EC_KEY) + b"\0\0")), ground=CARE, why="Bytes behind the key make a second spelling of it.", source=X690 + "8.1.1")
    yield refuse("key-two-blocks", **ec(value, key=public_pem(EC_KEY) + public_pem(EcKey("bare stranger"))), ground=CARE, why="Two keys in one file: which of them was meant is a guess.", source="RFC 7468 section 2")


def rs(value, **more):
    return question(value, "rsa-pkcs1-sha256", **more)


def rsa_values():
    good, size = RSA.sign(FILE), RSA.size
    block = RSA.block(FILE)
    hashed = DIGEST_INFO["sha256"] + hashlib.sha256(FILE).digest()
    yield accept("rsa", **rs(good), why="The encoding of section 9.2.", source=RFC8017 + "8.2.2")
    yield refuse("rsa-file-edited", **rs(good, data=FILE + b"x"), why="The signature is over other bytes.", source=RFC8017 + "8.2.2")
    yield refuse("rsa-byte-after", **rs(good + b"\0"), why="A signature is as long as the modulus.", source=RFC8017 + "8.2.2 step 1")
    yield refuse("rsa-byte-before", **rs(b"\0" + good), why="A signature is as long as the modulus.", source=RFC8017 + "8.2.2 step 1")
    short, message = next((value, m) for m in (FILE + str(i).encode() for i in range(9999)) for value in [RSA.sign(m)] if value[0] == 0)
    yield refuse("rsa-zero-dropped", **rs(short[1:], data=message), why="A signature is as long as the modulus.", source=RFC8017 + "8.2.2 step 1")
    high, other = next((int.from_bytes(value, "big") + RSA.n, m) for m in (FILE + str(i).encode() for i in range(99)) for value in [RSA.sign(m)] if int.from_bytes(value, "big") + RSA.n < 1 << 8 * size)
    yield refuse("rsa-plus-modulus", **rs(high.to_bytes(size, "big"), data=other), why="A representative is below the modulus.", source=RFC8017 + "5.2.2 step 1")
    yield refuse("rsa-null-missing", **rs(RSA.sign(FILE, info=bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20")), why="The parameters of a hash's identifier are NULL, and the encodings are compared whole.", source=RFC8017 + "8.2.2 and 9.2")
    yield refuse("rsa-bytes-after-hash", **rs(RSA.power(b"\0\1" + b"\xff" * 8 + b"\0" + hashed + bytes(size - 11 - len(hashed)))), why="The padding fills the block: bytes behind the hash are where forgers work.", source=RFC8017 + "8.2.2")
    yield refuse("rsa-padding-not-ff", **rs(RSA.power(block[:20] + b"\xfe" + block[21:])), why="The padding is of octets FF.", source=RFC8017 + "9.2")
    yield refuse("rsa-block-type-two", **rs(RSA.power(b"\0\2" + block[2:])), why="The block begins with 00 01.", source=RFC8017 + "9.2")
    yield refuse("rsa-hash-alone", **rs(RSA.power(b"\0\1" + b"\xff" * (size - 35) + b"\0" + hashlib.sha256(FILE).digest())), why="The block names the hash function.", source=RFC8017 + "9.2")
    yield refuse("rsa-long-form-length", **rs(RSA.power((lambda t: b"\0\1" + b"\xff" * (size - 3 - len(t)) + b"\0" + t)(b"\x30\x81" + hashed[1:]))), why="The encodings are compared whole, and DER has the shortest length.", source=RFC8017 + "8.2.2 and 9.2")
    yield refuse("rsa-sha1-inside", **rs(RSA.sign(FILE, "sha1")), why="SHA-256 was stated.", source=RFC8017 + "8.2.2")
    yield refuse("rsa-pss-as-pkcs1", **rs(RSA.sign_pss(FILE)), why="The scheme was stated.", source=RFC8017 + "8.2.2")
    weak, three = RsaKey("ssh weak", 1024), RsaKey("bare three", 2048, 3)
    yield refuse("rsa-1024", **rs(weak.sign(FILE), key=public_pem(weak)), why="Signatures by moduli below 2048 bits are legacy at most.", source="NIST SP 800-131A revision 2, table 2", ground=CARE)
    yield refuse("rsa-exponent-three", **rs(three.sign(FILE), key=public_pem(three)), why="The public exponent is above 2^16.", source="FIPS 186-5 appendix A.1.1")
    yield refuse("rsa-cube-root", **rs(cube_root(b"\0\1" + b"\xff" * 8 + b"\0" + hashed, size), key=public_pem(three)), why="A cube root of the block's beginning, made without the secret.", source=RFC8017 + "8.2.2")
    yield refuse("rsa-exponent-one", **rs(block, key=pem("PUBLIC KEY", seq(seq(oid(RSA_OID), null()), bits(seq(integer(RSA.n), integer(1)))))), why="With the exponent 1 everybody signs.", source=RFC8017 + "3.1")


def cube_root(prefix, size):
    """The number whose cube begins with the prefix."""
    low = int.from_bytes(prefix + bytes(size - len(prefix)), "big")
    root = 1 << (low.bit_length() + 2) // 3
    while (better := (2 * root + low // root**2) // 3) < root:
        root = better
    return (root + 1).to_bytes(size, "big")


def pss_values():
    ps = lambda value: question(value, "rsa-pss-sha256")
    yield accept("pss", **ps(RSA.sign_pss(FILE)), why="A salt as long as the hash, and the mask by the same hash.", source=RFC8017 + "8.1.2")
    yield refuse("pss-salt-20", **ps(RSA.sign_pss(FILE, salt=20)), why="The salt's length is stated, and is the hash's.", source=RFC8017 + "9.1.2 step 10")
    yield refuse("pss-salt-none", **ps(RSA.sign_pss(FILE, salt=0)), why="The salt's length is stated, and is the hash's.", source=RFC8017 + "9.1.2 step 10")
    yield refuse("pss-mask-sha1", **ps(RSA.sign_pss(FILE, mask="sha1")), why="The mask is by the hash that was stated.", source=RFC8017 + "9.1.2")
    yield refuse("pss-trailer-cc", **ps(RSA.sign_pss(FILE, trailer=b"\xcc")), why="The last octet is BC.", source=RFC8017 + "9.1.2 step 4")
    yield refuse("pss-byte-after", **ps(RSA.sign_pss(FILE) + b"\0"), why="A signature is as long as the modulus.", source=RFC8017 + "8.1.2 step 1")
    yield refuse("pkcs1-as-pss", **ps(RSA.sign(FILE)), why="The scheme was stated.", source=RFC8017 + "8.1.2")


def ed_values():
    ed = lambda value, **more: question(value, "ed25519", **more)
    good, weak = ED.sign(FILE), small_order()
    key = lambda octets: pem("PUBLIC KEY", seq(seq(oid(ED25519)), bits(octets)))
    prehashed = ED.sign(hashlib.sha512(FILE).digest())
    yield accept("ed25519", **ed(good), why="A signature of the file itself.", source="RFC 8032 section 5.1.7")
    yield refuse("ed25519-file-edited", **ed(good, data=FILE + b"x"), why="The signature is over other bytes.", source="RFC 8032 section 5.1.7")
    yield refuse("ed25519-scalar-plus-order", **ed(other_scalar(good)), why="S is to be below L.", source="RFC 8032 section 5.1.7")
    yield refuse("ed25519-byte-after", **ed(good + b"\0"), why="A signature has 64 octets.", source="RFC 8032 section 5.1.7")
    yield refuse("ed25519-byte-short", **ed(good[:63]), why="A signature has 64 octets.", source="RFC 8032 section 5.1.7")
    yield refuse("ed25519-of-hash", **ed(prehashed), why="The hash of the file was signed, and the file is asked about.", source="RFC 8032 section 5.1")
    yield refuse("ed25519-key-of-small-order", **ed(forged(weak, FILE), key=key(pack(weak))), ground=CARE, why="Under a key of small order anybody signs anything: it identifies nobody.", source="RFC 8032 section 8.9 and the rules of libsodium")
    yield refuse("ed25519-key-not-canonical", **ed(bytes([1]) + bytes(63), key=key((2**255 - 18).to_bytes(32, "little"))), why="y is below p: this key is another spelling of the neutral point, under which zeros verify everything.", source="RFC 8032 section 5.1.3 step 1")
    yield refuse("ed25519-key-with-parameters", **ed(good, key=pem("PUBLIC KEY", seq(seq(oid(ED25519), null()), bits(ED.public)))), why="The parameters are absent.", source="RFC 8410 section 3")


def cases():
    yield from ecdsa_values()
    yield from ec_keys()
    yield from rsa_values()
    yield from pss_values()
    yield from ed_values()

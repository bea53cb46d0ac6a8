"""Detached OpenPGP signatures, judged by pinned certificates."""
from maker.case import CARE, accept, refuse
from maker.edwards import EdKey, other_scalar
from maker.modulus import RsaKey
from maker.openpgp import MADE, YEAR, armour, certificate, key_body, notation, packet, signature, sub, subkey

RFC = "RFC 9580 section "
ED, RSA, SUB, OTHER = EdKey("openpgp"), RsaKey("openpgp"), EdKey("openpgp subkey"), EdKey("openpgp other")
FILE = b"a package\n"


def question(*signatures, cert=None, data=FILE, wrap=True):
    body = b"".join(packet(2, one) for one in signatures)
    return dict(operation="openpgp", files={"file": ("package.tar", data), "signature": ("package.tar.asc" if wrap else "package.tar.sig", armour("SIGNATURE", body) if wrap else body),
                                            "certificate": ("signer.asc", armour("PUBLIC KEY BLOCK", cert or certificate(ED)))})


def sig(key=ED, kind=0, hashed=(), **more):
    return signature(key, kind, more.pop("material", FILE), hashed, **more)


def values():
    yield accept("ed25519", **question(sig()), why="A signature as gpg writes it.", source=RFC + "5.2.3")
    yield accept("rsa", **question(sig(RSA), cert=certificate(RSA)), why="A signature as gpg writes it.", source=RFC + "5.2.3")
    yield accept("binary", **question(sig(), wrap=False), why="A detached signature may be without armour.", source=RFC + "10.4")
    crlf = b"one\r\ntwo\r\n"
    yield accept("text-mode", **question(sig(kind=1, material=crlf), data=b"one\ntwo\n"), why="A text signature is over lines that end in CRLF, whatever the file has.", source=RFC + "5.2.1.2")
    yield refuse("file-edited", **question(sig(), data=FILE + b"x"), why="The signature is over other bytes.", source=RFC + "5.2.4")
    yield refuse("sha1", **question(sig(name="sha1")), why="SHA-1 is not to be relied upon in a recent signature.", source=RFC + "9.5")
    yield refuse("md5", **question(sig(RSA, name="md5"), cert=certificate(RSA)), why="MD5 is not to be relied upon in a recent signature.", source=RFC + "9.5")
    yield refuse("rsa-1024", **question(sig(RsaKey("ssh weak", 1024)), cert=certificate(RsaKey("ssh weak", 1024))), why="RSA keys of fewer than 2048 bits are weak and deprecated; whoever reads them invites forgers.", source=RFC + "12.4", ground=CARE)
    yield refuse("scalar-plus-order", **question(sig(bend=other_scalar)), why="S is to be below L.", source="RFC 8032 section 5.1.7")
    yield accept("armour-checksum-wrong", **wrong_checksum(), why="An object is not to be refused because its armour has a wrong CRC24.", source=RFC + "6.1")
    yield refuse("signature-by-stranger", **question(sig(OTHER)), why="Only the pinned certificate may have signed.", source=RFC + "5.2.4")
    literal = packet(11, b"b\0" + bytes(4) + b"another text\n")
    message = packet(4, b"\x03\0\x08\x16" + bytes(8) + b"\x01") + literal + packet(2, sig(material=b"another text\n"))
    yield refuse("message-for-signature", **{**question(), "files": {**question()["files"], "signature": ("package.tar.asc", armour("MESSAGE", message))}}, ground=CARE, why="A signed message vouches for what it carries, not for the file beside it.", source=RFC + "10.4")


def wrong_checksum():
    asked = question()
    asked["files"]["signature"] = ("package.tar.asc", armour("SIGNATURE", packet(2, sig()), checksum=b"\1\2\3"))
    return asked


def subpackets():
    yield refuse("critical-unknown", **question(sig(hashed=[sub(60, b"x", critical=True)])), why="A critical subpacket that is not known makes the signature one in error.", source=RFC + "5.2.3.7")
    yield accept("uncritical-unknown", **question(sig(hashed=[sub(60, b"x")])), why="A subpacket that is neither known nor critical is passed over.", source=RFC + "5.2.3.7")
    yield refuse("critical-notation", **question(sig(hashed=[notation(b"approval@example.org", b"no", critical=True)])), why="A critical notation whose name is not known makes the signature one in error.", source=RFC + "5.2.3.24")
    yield accept("uncritical-notation", **question(sig(hashed=[notation(b"build@example.org", b"42")])), why="A notation that is not critical is for whoever knows it.", source=RFC + "5.2.3.24")
    yield refuse("no-creation-time", **question(sig(time=None)), why="The creation time is to be present.", source=RFC + "5.2.3.11")
    yield refuse("creation-time-unhashed", **question(sig(time=None, unhashed=[sub(2, (MADE + 86400).to_bytes(4, "big"))])), why="The creation time is to be in the hashed area: elsewhere anybody writes it.", source=RFC + "5.2.3.11")
    yield refuse("signature-expired", **question(sig(hashed=[sub(3, (86400).to_bytes(4, "big"))])), why="The signature says that it holds for a day of 2020.", source=RFC + "5.2.3.18")
    yield refuse("signature-to-come", **question(sig(time=4000000000)), ground=CARE, why="The signature says that it was made in 2096.", source=RFC + "5.2.3.11")
    yield refuse("signature-before-key", **question(sig(time=MADE - 86400)), ground=CARE, why="A signature older than its key was not made at the time it states.", source=RFC + "5.2.3.11")


def certificates():
    expiry = sub(9, YEAR.to_bytes(4, "big"))
    yield refuse("made-after-expiry", **question(sig(time=MADE + 2 * YEAR), cert=certificate(ED, more=[expiry])), why="The certificate ended a year before the signature.", source=RFC + "5.2.3.13")
    yield refuse("revoked-compromised", **question(sig(), cert=certificate(ED, revoked=2)), why="The owner said that the key is in other hands; every signature by it is suspect.", source=RFC + "5.2.3.31")
    yield refuse("revoked-no-reason", **question(sig(time=MADE + 50 * 86400), cert=certificate(ED, revoked=0)), why="The key was revoked before the signature was made.", source=RFC + "5.2.1.11")
    yield refuse("primary-may-not-sign", **question(sig(), cert=certificate(ED, flags=0x01)), why="The key flags let the primary key certify and not sign.", source=RFC + "5.2.3.29")
    yield refuse("certified-by-sha1", **question(sig(), cert=certificate(ED, name="sha1")), why="The only self-signature is by SHA-1, so nothing says what the key may do.", source=RFC + "9.5")
    user = packet(13, b"Test <test@example.org>")
    yield refuse("no-self-signature", **question(sig(), cert=packet(6, key_body(ED)) + user), ground=CARE, why="Without a self-signature nothing says that the key may sign.", source=RFC + "10.1.1")


def subkeys():
    def by(**more):
        time = more.pop("time", MADE + 10 * 86400)
        return question(sig(SUB, made=more.get("made", MADE), time=time), cert=certificate(ED, subkeys=[subkey(ED, SUB, **more)]))
    yield accept("subkey", **by(), why="A subkey that both sides bound.", source=RFC + "10.1.5")
    yield refuse("subkey-not-agreed", **by(cross=False), why="A signing subkey has signed the binding itself: otherwise anybody adopts the key of another and his signatures with it.", source=RFC + "5.2.1.10")
    yield refuse("subkey-for-encryption", **by(flags=0x0C), why="The key flags are those of encryption.", source=RFC + "5.2.3.29")
    yield refuse("subkey-expired", **by(more=[sub(9, (5 * 86400).to_bytes(4, "big"))]), why="The subkey ended five days before the signature.", source=RFC + "5.2.3.13")
    yield refuse("subkey-revoked", **by(revoked=True), why="The subkey was revoked as compromised.", source=RFC + "5.2.1.12")
    yield refuse("subkey-bound-by-stranger", **by(by=OTHER), why="The primary key did not bind this subkey.", source=RFC + "5.2.1.9")
    yield refuse("subkey-bound-by-md5", **question(sig(SUB), cert=certificate(RSA, subkeys=[subkey(RSA, SUB, name="md5")])), why="MD5 binds nothing.", source=RFC + "9.5")
    lone = certificate(ED) + packet(14, key_body(SUB))
    yield refuse("subkey-unbound", **question(sig(SUB), cert=lone), why="A subkey without a binding belongs to nobody.", source=RFC + "10.1.5")


def several():
    bad = sig(material=b"other")
    yield accept("good-beside-stranger", **question(sig(OTHER), sig()), ground=CARE, why="A signature by somebody unknown says nothing, and the other one is good.", source=RFC + "10.4")
    yield accept("good-beside-version-nine", **question(b"\x09" + sig()[1:], sig()), why="Signatures of versions that are not known are to be passed over.", source=RFC + "5.2")
    yield refuse("bad-beside-good", **question(bad, sig()), ground=CARE, why="One who signed is said to have signed this and did not: the file or the signature was changed.", source=RFC + "5.2.4")
    yield refuse("good-beside-bad", **question(sig(), bad), ground=CARE, why="The same in the other order, which must not matter.", source=RFC + "5.2.4")


def cases():
    yield from values()
    yield from subpackets()
    yield from certificates()
    yield from subkeys()
    yield from several()

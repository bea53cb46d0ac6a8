#!/usr/bin/env python3
"""Which self-signatures of a certificate count: of itself, of its names and of its subkeys. Needs: python3, openssl 3.
Makes its own vectors anew (word-*), packet by packet, with fresh keys that are thrown away afterwards."""
import calendar, hashlib, pathlib, shutil, struct, subprocess, tempfile

HERE = pathlib.Path(__file__).parent
AT, TEXT = "--at 2026-11-30T12:00:00Z", b"first release of the demo\n"
EDDSA, CURVE = 22, bytes.fromhex("092b06010401da470f01")
SHA1, SHA256, SHA512, SHA3_512 = (2, "sha1"), (8, "sha256"), (10, "sha512"), (14, "sha3_512")
UNUSABLE, EXPIRED, NO_SIGNER, CRITICAL = "openpgp.certificate-unusable", "openpgp.expired", "openpgp.not-for-signing", "openpgp.critical-unknown"
CERTIFIES, SIGNS, BOTH = b"\x01", b"\x02", b"\x03"
FOLDER = tempfile.TemporaryDirectory()


def time(year):
    return calendar.timegm((year, 1, 1, 0, 0, 0))


def packet(tag, body):
    """In the old form, the only one that gpgv reads in a keyring."""
    return bytes([0x81 | tag << 2]) + struct.pack(">H", len(body)) + body


def number(octets):
    octets = octets.lstrip(b"\0")
    return struct.pack(">H", int.from_bytes(octets, "big").bit_length()) + octets


def part(kind, content):
    size = len(content) + 1
    return (bytes([size]) if size < 192 else b"\xff" + struct.pack(">I", size)) + bytes([kind]) + content


class Key:
    def __init__(self, name):
        self.file = f"{FOLDER.name}/{name}.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.file], check=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.file, "-pubout", "-outform", "DER"], check=True, stdout=subprocess.PIPE).stdout[-32:]
        self.body = b"\4" + struct.pack(">I", time(2022)) + bytes([EDDSA]) + CURVE + number(b"\x40" + public)
        self.framed = b"\x99" + struct.pack(">H", len(self.body)) + self.body
        self.fingerprint = hashlib.sha1(self.framed).digest()

    def signs(self, kind, signed, year, parts=b"", how=SHA512, version=4):
        hashed = part(2, struct.pack(">I", time(year))) + part(33, b"\4" + self.fingerprint) + part(16, self.fingerprint[-8:]) + parts
        head = bytes([version, kind, EDDSA, how[0]]) + struct.pack(">H", len(hashed)) + hashed
        digest = hashlib.new(how[1], signed + head + bytes([version, 255]) + struct.pack(">I", len(head))).digest()
        pathlib.Path(FOLDER.name + "/digest").write_bytes(digest)
        value = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.file, "-in", FOLDER.name + "/digest"], check=True, stdout=subprocess.PIPE).stdout
        return head + b"\0\0" + digest[:2] + number(value[:32]) + number(value[32:])


PRIMARY, SUBKEY, STRANGER = Key("primary"), Key("subkey"), Key("stranger")
ENDS = part(9, struct.pack(">I", time(2024) - time(2022)))
MAY_SIGN, CERTIFIES_ONLY = part(27, BOTH), part(27, CERTIFIES)
MADE_BY_PRIMARY, MADE_BY_SUBKEY = PRIMARY.signs(0, TEXT, 2026), SUBKEY.signs(0, TEXT, 2026)


def direct(year, parts=b"", how=SHA512, kind=0x1F):
    return packet(2, PRIMARY.signs(kind, PRIMARY.framed, year, parts, how))


def word(name, year, parts=MAY_SIGN, how=SHA512, kind=0x13, by=PRIMARY, version=4):
    return packet(2, by.signs(kind, PRIMARY.framed + b"\xb4" + struct.pack(">I", len(name)) + name, year, parts, how, version))


def user(name, *words):
    return packet(13, name) + b"".join(words)


def bound(year=2022, parts=b"", agreed=2022, agreement=b"", how=SHA512, flags=SIGNS):
    inside = part(32, SUBKEY.signs(0x19, PRIMARY.framed + SUBKEY.framed, agreed, agreement)) if agreed else b""
    return packet(2, PRIMARY.signs(0x18, PRIMARY.framed + SUBKEY.framed, year, part(27, flags) + inside + parts, how))


def scenario(name, expect, about, certificate, signature):
    folder = HERE / ("word-" + name)
    folder.mkdir()
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "a.txt.sig").write_bytes(packet(2, signature))
    (folder / "key.pgp").write_bytes(certificate)
    (folder / "case.txt").write_text(f"# {about}\nargs: verify a.txt --signature a.txt.sig --key key.pgp {AT}\nexpect: {expect}\n")


def primary(name, expect, about, *packets):
    scenario(name, expect, about, packet(6, PRIMARY.body) + b"".join(packets), MADE_BY_PRIMARY)


def subkey(name, expect, about, *bindings):
    scenario("subkey-" + name, expect, about, packet(6, PRIMARY.body) + user(ADA, word(ADA, 2022, CERTIFIES_ONLY)) + packet(14, SUBKEY.body) + b"".join(bindings), MADE_BY_SUBKEY)


ADA, NEW, OLD = b"Ada <ada@example.org>", b"Ada <ada@new.example>", b"Ada <ada@old.example>"


def names():
    primary("direct-ends", EXPIRED, "the direct-key signature states the end, and names were added later that state none", direct(2022, ENDS + CERTIFIES_ONLY), user(ADA, word(ADA, 2022, b"")), user(NEW, word(NEW, 2023, b"")))
    primary("direct-certifies", NO_SIGNER, "the direct-key signature says that the key certifies, and a name added later says nothing of it", direct(2022, CERTIFIES_ONLY), user(ADA, word(ADA, 2023, b"")))
    primary("direct-behind-name", EXPIRED, "a direct-key signature counts wherever it stands", user(ADA, word(ADA, 2023), direct(2022, ENDS)))
    primary("direct-goes-on", "trusted", "the direct-key signature was renewed without an end", direct(2022, ENDS), direct(2023, MAY_SIGN), user(ADA, word(ADA, 2022)))
    primary("direct-taken-back", UNUSABLE, "the direct-key signature, which states an end, was taken back: nothing is known of the end", direct(2022, ENDS), direct(2023, kind=0x30), user(ADA, word(ADA, 2022)))
    primary("name-ends", EXPIRED, "one name states the end, a newer one states none", user(ADA, word(ADA, 2022, MAY_SIGN + ENDS)), user(NEW, word(NEW, 2025)))
    primary("main-name-ends", EXPIRED, "the name that is marked as the first states the end, a newer one states none", user(ADA, word(ADA, 2022, MAY_SIGN + ENDS + part(25, b"\1"))), user(NEW, word(NEW, 2025)))
    primary("name-certifies", NO_SIGNER, "one name says that the key certifies, a newer one that it signs", user(ADA, word(ADA, 2022, CERTIFIES_ONLY)), user(NEW, word(NEW, 2025)))
    primary("no-flags", "trusted", "nobody says what the key may do", user(ADA, word(ADA, 2022, b"")))
    primary("revoked-name-goes-on", EXPIRED, "the name that states no end was revoked", user(ADA, word(ADA, 2022, MAY_SIGN + ENDS)), user(NEW, word(NEW, 2025), word(NEW, 2026, b"", kind=0x30)))
    primary("revoked-name-ends", "trusted", "the name that states an end was revoked, the other one goes on", user(OLD, word(OLD, 2022, MAY_SIGN + ENDS), word(OLD, 2025, b"", kind=0x30)), user(ADA, word(ADA, 2022)))
    primary("revoked-name-alone", UNUSABLE, "the only name was revoked: nothing is said of the key", user(ADA, word(ADA, 2022), word(ADA, 2023, b"", kind=0x30)))
    primary("revoked-name-again", "trusted", "the name was revoked, and certified again later", user(ADA, word(ADA, 2022), word(ADA, 2023, b"", kind=0x30), word(ADA, 2024)))
    primary("name-twice", "trusted", "the same name stands there twice, and the newer word says that the key goes on", user(ADA, word(ADA, 2022, MAY_SIGN + ENDS)), user(ADA, word(ADA, 2023)))
    primary("from-the-future", EXPIRED, "the word that says that the key goes on is made later than the stated time", user(ADA, word(ADA, 2022, MAY_SIGN + ENDS), word(ADA, 2030)))
    primary("only-from-the-future", UNUSABLE, "the only word is made later than the stated time", user(ADA, word(ADA, 2030)))
    primary("newer-critical", CRITICAL, "one name's word has a critical part that nobody knows", user(ADA, word(ADA, 2022, MAY_SIGN + part(0x80 | 100, b"x"))), user(NEW, word(NEW, 2025)))


def copies():
    """Two copies of a certificate in one file: what the owner said last stands in one of them."""
    def of(*packets):
        return packet(6, PRIMARY.body) + b"".join(packets)
    whole, ended = of(user(ADA, word(ADA, 2022))), of(user(ADA, word(ADA, 2022), word(ADA, 2023, MAY_SIGN + ENDS)))
    scenario("copies-newer-ends", EXPIRED, "the newer copy states an end, the older one states none", whole + ended, MADE_BY_PRIMARY)
    scenario("copies-newer-first", EXPIRED, "the same in the other order", ended + whole, MADE_BY_PRIMARY)
    scenario("copies-direct-ends", EXPIRED, "a copy with a direct-key signature that states an end", whole + of(direct(2023, MAY_SIGN + ENDS), user(ADA, word(ADA, 2022))), MADE_BY_PRIMARY)
    scenario("copies-other-name-ends", EXPIRED, "a copy with another name, whose word states an end", whole + of(user(NEW, word(NEW, 2023, MAY_SIGN + ENDS))), MADE_BY_PRIMARY)
    scenario("copies-name-revoked", UNUSABLE, "a copy in which the only name was revoked", whole + of(user(ADA, word(ADA, 2023, b"", kind=0x30))), MADE_BY_PRIMARY)
    scenario("copies-go-on", "trusted", "the newer copy says that the key goes on", of(user(ADA, word(ADA, 2022, MAY_SIGN + ENDS))) + of(user(ADA, word(ADA, 2023))), MADE_BY_PRIMARY)
    sub = lambda *bindings: of(user(ADA, word(ADA, 2022, CERTIFIES_ONLY)), packet(14, SUBKEY.body), *bindings)
    scenario("copies-subkey-ends", EXPIRED, "the newer copy's binding of the subkey states its end", sub(bound()) + sub(bound(2023, ENDS)), MADE_BY_SUBKEY)
    scenario("copies-subkey-goes-on", "trusted", "the newer copy's binding says that the subkey goes on", sub(bound(parts=ENDS)) + sub(bound(2023)), MADE_BY_SUBKEY)


def doubts():
    old = word(ADA, 2022)
    newer = lambda name, about, packets: primary("newer-" + name, UNUSABLE, about, user(ADA, old, packets))
    newer("sha1", "the newer word states an end, by SHA-1", word(ADA, 2023, MAY_SIGN + ENDS, SHA1))
    newer("sha3", "the newer word states an end, by SHA3-512", word(ADA, 2023, MAY_SIGN + ENDS, SHA3_512))
    newer("sha3-certifies", "the newer word says that the key certifies, by SHA3-512", word(ADA, 2023, CERTIFIES_ONLY, SHA3_512))
    newer("two-ends", "the newer word states two ends", word(ADA, 2023, MAY_SIGN + ENDS + part(9, struct.pack(">I", 1))))
    newer("version-3", "the newer word is of version 3", packet(2, b"\3\5\x13" + struct.pack(">I", time(2023)) + PRIMARY.fingerprint[-8:] + bytes([EDDSA, 8]) + b"\0\0" + number(b"\1" * 32) * 2))
    newer("version-5", "the newer word is of version 5", word(ADA, 2023, MAY_SIGN + ENDS, version=5))
    newer("damaged", "a word by a key of the primary key's kind has parts that cannot be read", packet(2, bytes([4, 0x13, EDDSA, 10, 0, 3, 9, 2, 0, 0, 0, 0, 0])))
    newer("revocation-sha1", "a newer revocation of the name, by SHA-1", word(ADA, 2023, b"", SHA1, kind=0x30))
    primary("newer-direct-sha1", UNUSABLE, "a newer direct-key signature states an end, by SHA-1", direct(2023, MAY_SIGN + ENDS, SHA1), user(ADA, old))
    primary("older-sha1", "trusted", "an older word by SHA-1 was replaced", user(ADA, word(ADA, 2022, MAY_SIGN + ENDS, SHA1), word(ADA, 2023)))
    primary("older-name-sha1", "trusted", "a name of which nothing but an older word by SHA-1 is left", user(OLD, word(OLD, 2022, how=SHA1)), user(ADA, word(ADA, 2023)))
    primary("future-sha1", "trusted", "a word by SHA-1 that is made later than the stated time is not said yet", user(ADA, old, word(ADA, 2030, how=SHA1)))
    primary("stranger-sha1", "trusted", "newer certifications by others, by SHA-1 and of version 3, say nothing here",
            user(ADA, old, word(ADA, 2025, b"", SHA1, kind=0x10, by=STRANGER), packet(2, b"\3\5\x10" + struct.pack(">I", time(2025)) + STRANGER.fingerprint[-8:] + bytes([EDDSA, 2]) + b"\0\0" + number(b"\1" * 32) * 2)))


def subkeys():
    subkey("good", "trusted", "a subkey that agrees", bound())
    subkey("agreement-ended", NO_SIGNER, "its agreement has ended", bound(agreement=part(3, struct.pack(">I", 365 * 86400))))
    subkey("agreement-from-the-future", NO_SIGNER, "its agreement is made later than the stated time", bound(agreed=2030))
    subkey("agreement-critical", NO_SIGNER, "its agreement has a critical part that nobody knows", bound(agreement=part(0x80 | 100, b"x")))
    subkey("agreement-left-out", NO_SIGNER, "its newer binding has no agreement", bound(), bound(2023, agreed=None))
    subkey("from-the-future", UNUSABLE, "its only binding is made later than the stated time", bound(2030))
    subkey("goes-on-in-future", EXPIRED, "the binding that says that it goes on is made later than the stated time", bound(parts=ENDS), bound(2030))
    subkey("newer-sha1", UNUSABLE, "its newer binding states an end, by SHA-1", bound(), bound(2023, ENDS, how=SHA1))
    subkey("newer-sha3", UNUSABLE, "its newer binding states an end, by SHA3-512", bound(), bound(2023, ENDS, how=SHA3_512))
    subkey("newer-two-ends", UNUSABLE, "its newer binding states its end twice", bound(), bound(2023, ENDS + ENDS))
    subkey("older-sha1", "trusted", "its older binding by SHA-1 was replaced", bound(how=SHA1), bound(2023))
    subkey("same-second", NO_SIGNER, "of two bindings of one second one says that it encrypts", bound(), bound(flags=b"\x0c"))
    subkey("twice-ends", EXPIRED, "the subkey stands there twice, and its newer binding, which states the end, behind the other one", bound(), packet(14, SUBKEY.body), bound(2023, ENDS))


if __name__ == "__main__":
    for path in HERE.glob("word-*"):
        shutil.rmtree(path)
    names()
    copies()
    doubts()
    subkeys()

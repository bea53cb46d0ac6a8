#!/usr/bin/env python3
"""Revocations wherever they stand, and keys called by their ids. Needs: python3, gpg 2.2, faketime, openssl 3.
Makes its own vectors anew (revoked-* here, all of ../openpgp-trust), with fresh keys that are thrown away afterwards."""
import base64, hashlib, json, pathlib, shutil, struct, subprocess, tempfile

import keyrings
from keyrings import AT, HERE, HOME, TEXT, export, fingerprints, gpg, key, packet, sign, withdraw

OTHER = HERE.parent / "openpgp-trust"
REVOKED, UNUSABLE = "openpgp.revoked", "openpgp.certificate-unusable"
MADE = 1768046400  # 2026-01-10T12:00:00Z


def scenario(name, expect, about, args, files, contains=(), place=HERE):
    keyrings.HERE = place
    for file in files:
        (place / name / file).parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place / name)
    folders = {file: content for file, content in files.items() if "/" in file}
    keyrings.scenario(name, expect, about, args, {file: content for file, content in files.items() if file not in folders}, contains)
    for file, content in folders.items():
        (place / name / file).parent.mkdir(exist_ok=True)
        (place / name / file).write_bytes(content)


def revoked(name, expect, about, signature, files, more="", contains=()):
    keys = " ".join(f"--key {file}" for file in files)
    scenario("revoked-" + name, expect, about, f"verify a.txt --signature a.txt.asc {keys} {AT} {more}".strip(), {"a.txt": TEXT, "a.txt.asc": signature, **files}, contains)


def trust(name, expect, about, signature, words, files, contains=()):
    scenario(name, expect, about, f"verify a.txt --signature a.txt.asc {words} {AT}", {"a.txt": TEXT, "a.txt.asc": signature, **files}, contains, OTHER)


def armour(packets, label="PUBLIC KEY BLOCK"):
    checksum = 0xB704CE
    for octet in packets:
        checksum ^= octet << 16
        for _ in range(8):
            checksum = (checksum << 1) ^ (0x1864CFB if checksum & 0x800000 else 0)
    return f"-----BEGIN PGP {label}-----\n\n".encode() + base64.encodebytes(packets) + b"=" + base64.b64encode(checksum.to_bytes(3, "big")) + f"\n-----END PGP {label}-----\n".encode()


def revocation(who):
    """What gpg --gen-revoke writes, without its armour."""
    withdraw(who)
    text = pathlib.Path(HOME + "/rev-" + who).read_text()
    return base64.b64decode("".join(line for line in text.split("\n\n", 1)[1].split("\n") if line[:1] not in ("=", "-")))


def primaries():
    key("hal")
    key("mia")
    old, made, mia = export("hal", armor=False), sign("hal"), export("mia", armor=False)
    rev = revocation("hal")
    block = armour(rev)
    unreadable = old[:2 + old[1]] + packet(2, b"\5\x20" + b"\0" * 40) + old[2 + old[1]:]
    revoked("block", REVOKED, "the revocation is an armoured block of its own, as gpg --gen-revoke writes it", made, {"KEYS": b"the key, and its end:\n\n" + armour(old) + b"\n" + block})
    revoked("block-before", REVOKED, "the same, before the certificate", made, {"KEYS": block + armour(old)})
    revoked("block-signature", REVOKED, "the same under the label of a signature", made, {"KEYS": armour(old) + armour(rev, "SIGNATURE")})
    revoked("at-end", REVOKED, "the packet stands at the end of the certificate, behind a name", made, {"ring.gpg": old + rev})
    revoked("at-front", REVOKED, "the packet stands before the certificate", made, {"ring.gpg": rev + old})
    revoked("behind-another", REVOKED, "the packet stands at the end of the file, behind another certificate", made, {"ring.gpg": old + mia + rev})
    revoked("file", REVOKED, "the revocation is a file of its own", made, {"old.gpg": old, "rev.asc": block})
    revoked("file-binary", REVOKED, "the same in binary", made, {"old.gpg": old, "rev.gpg": rev})
    revoked("another", "trusted", "a revocation of somebody else takes nothing away, and the report says that it is there", sign("mia"), {"KEYS": armour(mia) + block}, contains=["1 OpenPGP revocations verify under no certificate here"])
    revoked("alone", "error", "a revocation is nobody to trust", made, {"rev.asc": block})
    revoked("unreadable-copies", UNUSABLE, "of two copies one has a revocation that cannot be read, each in a file", made, {"old.gpg": old, "unread.gpg": unreadable})
    revoked("unreadable-copy", UNUSABLE, "the same in one file", made, {"ring.gpg": old + unreadable})
    revoked("unreadable-at-end", UNUSABLE, "a revocation that cannot be read stands behind a name", made, {"ring.gpg": old + packet(2, b"\5\x20" + b"\0" * 40)})
    revoked("unreadable-of-another", "trusted", "the copy of somebody else is left out", sign("mia"), {"ring.gpg": mia + unreadable}, contains=["1 OpenPGP certificates are left out"])
    revoked("damaged-copy", "key.malformed", "of two copies one is cut: what it said against the key is not known", made, {"KEYS": armour(old) + armour(old[:-3])})
    trust("folder", REVOKED, "a folder of keys with a certificate and its revocation", made, "--key keys", {"keys/old.asc": armour(old), "keys/rev.asc": block})
    trust("folder-unreadable", UNUSABLE, "a folder of keys with two copies, one with a revocation that cannot be read", made, "--key keys", {"keys/old.gpg": old, "keys/unread.gpg": unreadable})
    trust("folder-damaged", "key.malformed", "a folder of keys with two copies, one of them cut", made, "--key keys", {"keys/old.gpg": old, "keys/other.gpg": old[:-3]})


def subkeys():
    gpg("--quick-generate-key", "iris@example.org", "ed25519", "cert", "never", at="2026-01-10 12:00:00")
    for _ in range(2):
        gpg("--quick-add-key", fingerprints("iris")[0], "ed25519", "sign", "never", at="2026-01-11 12:00:00")
    primary, one, two = fingerprints("iris")
    old = export("iris", armor=False)
    made = gpg("--armor", "--local-user", one + "!", "--detach-sign", data=TEXT)
    subprocess.run(["faketime", "-f", "2026-03-01 12:00:00", "gpg", "--no-tty", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", "--command-fd", "0", "--edit-key", "iris@example.org"],
                   input=b"key 1\nrevkey\ny\n0\n\ny\nsave\n", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    new = export("iris", armor=False)
    revoked("subkey-copies", REVOKED, "the subkey is revoked in the newer copy", made, {"old.gpg": old, "new.gpg": new})
    revoked("subkey-copy-narrowed", REVOKED, "the same, narrowed to the older copy", made, {"old.gpg": old, "new.gpg": new}, more="--key-id old.gpg")
    revoked("subkey-narrowed-other", "trusted", "the other subkey still holds", gpg("--armor", "--local-user", two + "!", "--detach-sign", data=TEXT), {"old.gpg": old, "new.gpg": new}, more="--key-id old.gpg")
    spki = bytes.fromhex("302a300506032b6570032100") + old[2:2 + old[1]][-32:]
    root = lambda name, content, **more: {"name": name, "kind": "public-key", "file": name + ".gpg", "sha256": hashlib.sha256(content).hexdigest(), "fingerprint": hashlib.sha256(spki).hexdigest(), "source": "x", "retrieved-on": "2026-01-01", "status": "active", "on-by-default": True, **more}
    manifest = json.dumps({"version": 1, "roots": [root("old", old), root("new", new, tenants=["acme"])]}, indent=1).encode() + b"\n"
    trust("tenant", REVOKED, "the newer copy belongs to a tenant, and the subkey is revoked in it", made, "--trust st --no-bundled-trust", {"st/trust.json": manifest, "st/old.gpg": old, "st/new.gpg": new})


def ids():
    gpg("--quick-generate-key", "noa@example.org", "ed25519", "cert", "never", at="2026-01-10 12:00:00")
    for _ in range(2):
        gpg("--quick-add-key", fingerprints("noa")[0], "ed25519", "sign", "never", at="2026-01-11 12:00:00")
    primary, one, two = fingerprints("noa")
    files = {"noa.gpg": export("noa", armor=False)}
    made = gpg("--armor", "--local-user", one + "!", "--detach-sign", data=TEXT)
    case = lambda name, expect, about, words: trust("id-" + name, expect, about, made, words, files)
    case("subkey-as-name", "trusted", "the certificate is named by the id of the subkey that signed", f"--key {one.lower()}=noa.gpg")
    case("other-subkey-as-name", "key.unknown", "the name is the id of the other subkey", f"--key {two.lower()}=noa.gpg")
    case("other-subkey-as-name-narrowed", "key.unknown", "the same, and narrowed to that name", f"--key {two.lower()}=noa.gpg --key-id {two.lower()}")
    case("other-key-id-as-name", "key.unknown", "the name is the key id of the other subkey, as gpg prints it", f"--key 0x{two[-16:]}=noa.gpg")
    case("other-short-id-as-name", "key.unknown", "the name is the end of its key id", f"--key {two[-8:]}=noa.gpg")
    case("primary-as-name", "trusted", "the name is the fingerprint of the primary key: any of its keys is meant", f"--key {primary}=noa.gpg")
    case("primary-of-subkey", "key.unknown", "narrowed to the certificate, of which the name has left the other subkey", f"--key {two}=noa.gpg --key-id {primary}")
    case("of-nobody-as-name", "key.malformed", "the name has the form of an id, and no key in the file is called so", f"--key {'ab' * 20}=noa.gpg")
    case("name", "trusted", "a name that is no id is a name", "--key cafebabe=noa.gpg --key-id cafebabe")
    case("upper-case", "trusted", "narrowed to the subkey as gpg prints its fingerprint", f"--key noa.gpg --key-id {one}")
    case("upper-case-other", "key.unknown", "narrowed so to the other subkey", f"--key noa.gpg --key-id {two}")
    case("hex-prefix", "trusted", "with 0x before it", f"--key noa.gpg --key-id 0x{one}")
    case("key-id", "trusted", "by the key id", f"--key noa.gpg --key-id {one[-16:]}")
    case("key-id-other", "key.unknown", "by the key id of the other subkey", f"--key noa.gpg --key-id {two[-16:]}")
    case("primary-upper-case", "trusted", "narrowed to the certificate, in upper case", f"--key noa.gpg --key-id {primary}")
    case("either", "trusted", "either subkey", f"--key noa.gpg --key-id {two} --key-id {one}")


EDDSA, SHA256 = 22, 8


class Key:
    """An Ed25519 key of openssl in OpenPGP's form."""

    def __init__(self, folder, name):
        self.pem = f"{folder}/{name}.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.pem], check=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.pem, "-pubout", "-outform", "DER"], check=True, stdout=subprocess.PIPE).stdout[-32:]
        self.body = b"\4" + struct.pack(">I", MADE) + bytes([EDDSA]) + bytes.fromhex("092b06010401da470f01") + number(b"\x40" + public)
        self.framed = b"\x99" + struct.pack(">H", len(self.body)) + self.body
        self.fingerprint = hashlib.sha1(self.framed).digest()

    def signature(self, kind, *signed, says=(), unhashed=b""):
        hashed = b"".join(subpacket(*one) for one in ((2, struct.pack(">I", MADE)), (33, b"\4" + self.fingerprint), *says))
        unhashed += subpacket(16, self.fingerprint[-8:])
        head = bytes([4, kind, EDDSA, SHA256]) + struct.pack(">H", len(hashed)) + hashed
        digest = hashlib.sha256(b"".join(signed) + head + b"\4\xff" + struct.pack(">I", len(head))).digest()
        with tempfile.NamedTemporaryFile() as file:
            file.write(digest)
            file.flush()
            value = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.pem, "-in", file.name], check=True, stdout=subprocess.PIPE).stdout
        return head + struct.pack(">H", len(unhashed)) + unhashed + digest[:2] + number(value[:32]) + number(value[32:])


def number(octets):
    octets = octets.lstrip(b"\0")
    return struct.pack(">H", int.from_bytes(octets, "big").bit_length()) + octets


def subpacket(kind, content):
    size = len(content) + 1
    return (bytes([size]) if size < 192 else bytes([((size - 192) >> 8) + 192, (size - 192) & 255])) + bytes([kind]) + content


def revoker():
    with tempfile.TemporaryDirectory() as folder:
        primary, one, two, other, stranger = (Key(folder, name) for name in ("primary", "one", "two", "other", "stranger"))
        direct = packet(2, primary.signature(0x1F, primary.framed, says=((27, b"\1"), (12, b"\x80\x16" + other.fingerprint))))

        name = b"owner@example.org"
        certified = packet(2, primary.signature(0x13, primary.framed, b"\xb4" + struct.pack(">I", len(name)), name, says=((27, b"\1"),)))

        def bound(sub, *more):
            agreed = sub.signature(0x19, primary.framed, sub.framed)
            binding = primary.signature(0x18, primary.framed, sub.framed, says=((27, b"\2"),), unhashed=subpacket(32, agreed))
            return packet(14, sub.body) + b"".join(packet(2, body) for body in more) + packet(2, binding)

        def certificate(*more):
            return packet(6, primary.body) + direct + packet(13, name) + certified + bound(one, *more) + bound(two)

        made, elsewhere = (armour(packet(2, sub.signature(0, TEXT)), "SIGNATURE") for sub in (one, two))
        by = lambda who: who.signature(0x28, primary.framed, one.framed)
        revoked("subkey-by-revoker", REVOKED, "the subkey is revoked by the one who may revoke in the owner's place", made, {"key.gpg": certificate(by(other))})
        revoked("subkey-by-revoker-other", "trusted", "the other subkey is not", elsewhere, {"key.gpg": certificate(by(other))})
        revoked("subkey-by-revoker-copy", REVOKED, "the same in a copy", made, {"old.gpg": certificate(), "new.gpg": certificate(by(other))}, more="--key-id old.gpg")
        revoked("subkey-by-stranger", "trusted", "a stranger revokes nothing, and the report says that he tried", made, {"key.gpg": certificate(by(stranger))}, contains=["1 OpenPGP revocations verify under no certificate here"])


if __name__ == "__main__":
    for path in HERE.glob("revoked-*"):
        shutil.rmtree(path)
    shutil.rmtree(OTHER, ignore_errors=True)
    OTHER.mkdir()
    primaries()
    subkeys()
    ids()
    revoker()
    subprocess.run(["gpgconf", "--kill", "all"], check=True)
    shutil.rmtree(HOME, ignore_errors=True)

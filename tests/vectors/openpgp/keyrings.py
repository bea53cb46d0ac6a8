#!/usr/bin/env python3
"""Files with several certificates, versions to come, and the samples of RFC 9580 for version 6. Needs: python3, gpg 2.2, faketime.
Makes its own vectors anew (keys-*, other-*, v6-*), with fresh keys that are thrown away afterwards."""
import base64, os, pathlib, shutil, struct, subprocess, tempfile

HERE = pathlib.Path(__file__).parent
HOME = tempfile.mkdtemp()
os.environ["GNUPGHOME"] = HOME
AT, TEXT = "--at 2026-11-30T12:00:00Z", b"first release of the demo\n"

# RFC 9580, appendix A.3 and A.6.
V6_CERTIFICATE = """-----BEGIN PGP PUBLIC KEY BLOCK-----

xioGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laPCsQYf
GwoAAABCBYJjh3/jAwsJBwUVCg4IDAIWAAKbAwIeCSIhBssYbE8GCaaX5NUt+mxy
KwwfHifBilZwj2Ul7Ce62azJBScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lw
gyU2kCcUmKfvBXbAf6rhRYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaE
QsiPlR4zxP/TP7mhfVEe7XWPxtnMUMtf15OyA51YBM4qBmOHf+MZAAAAIIaTJINn
+eUBXbki+PSAld2nhJh/LVmFsS+60WyvXkQ1wpsGGBsKAAAALAWCY4d/4wKbDCIh
BssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce62azJAAAAAAQBIKbpGG2dWTX8
j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDEM0g12vYxoWM8Y81W+bHBw805
I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUrk0mXubZvyl4GBg==
-----END PGP PUBLIC KEY BLOCK-----
"""
V6_SIGNATURE = """-----BEGIN PGP SIGNATURE-----

wpgGARsKAAAAKQWCY5ijYyIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
2azJAAAAAGk2IHZJX1AhiJD39eLuPBgiUU9wUA9VHYblySHkBONKU/usJ9BvuAqo
/FvLFuGWMbKAdA+epq7V4HOtAPlBWmU8QOd6aud+aSunHQaaEJ+iTFjP2OMW0KBr
NK2ay45cX1IVAQ==
-----END PGP SIGNATURE-----
"""
V6_TEXT = "What we need from the grocery store:\n\n- tofu\n- vegetables\n- noodles\n"
V6_CLEAR = "-----BEGIN PGP SIGNED MESSAGE-----\n\n" + V6_TEXT.replace("\n- ", "\n- - ") + "\n" + V6_SIGNATURE


def gpg(*words, data=None, at="2026-01-20 12:00:00"):
    return subprocess.run(["faketime", "-f", at, "gpg", "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--no-auto-check-trustdb", *words],
                          input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


def key(who, kind="ed25519", ends="never"):
    gpg("--quick-generate-key", f"{who}@example.org", kind, "sign", ends, at="2026-01-10 12:00:00")


def export(*who, armor=True):
    return gpg(*(["--armor"] if armor else []), "--export-options", "export-minimal", "--export", *(f"={name}@example.org" for name in who))


def sign(*who, at="2026-01-20 12:00:00", armor=True):
    return gpg(*(["--armor"] if armor else []), *(word for name in who for word in ("--local-user", f"={name}@example.org")), "--detach-sign", data=TEXT, at=at)


def scenario(name, expect, about, args, files, contains=()):
    folder = HERE / name
    folder.mkdir()
    for file, content in files.items():
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "case.txt").write_text("\n".join([f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")


def keys(name, expect, about, ring, signature, more="", contains=()):
    scenario("keys-" + name, expect, about, f"verify a.txt --signature a.txt.asc --key KEYS {AT} {more}".strip(), {"a.txt": TEXT, "a.txt.asc": signature, "KEYS": ring}, contains)


def packet(tag, body):
    return bytes([0xC0 | tag, 255]) + struct.pack(">I", len(body)) + body


def old_key():
    """A public key of version 3, as PGP 2 made them."""
    return packet(6, b"\3" + struct.pack(">IHB", 800000000, 0, 1) + struct.pack(">H", 512) + b"\x80" * 64 + struct.pack(">H", 5) + b"\x11")


def make():
    for who, kind in (("anna", "ed25519"), ("bert", "rsa3072"), ("cleo", "dsa2048"), ("dave", "nistp256")):
        key(who, kind)
    people = b"This file has the keys of all who sign releases.\n\npub   ed25519 2026-01-10\nuid   anna\n\n"
    keys("file", "trusted", "a KEYS file: text, and an armoured block for each", people + export("anna") + b"\nbert:\n\n" + export("bert"), sign("bert"))
    keys("one-block", "trusted", "one armoured block with several certificates", export("anna", "bert", "dave"), sign("dave"))
    keys("binary", "trusted", "several certificates as gpg --export writes them", export("anna", "bert", armor=False), sign("anna"))
    keys("of-nobody", "key.unknown", "none of them signed", export("anna") + export("bert"), sign("dave"))
    keys("threshold", "trusted", "two of them signed, and two are demanded", export("anna") + export("bert"), sign("anna", "bert"), "--threshold 2")
    keys("threshold-not-met", "policy.signers", "one of them signed", export("anna") + export("bert"), sign("anna"), "--threshold 2")
    keys("with-dsa", "trusted", "a certificate of a kind that is not supported is left out, and the report says so", export("cleo") + export("anna"), sign("anna"), contains=["1 OpenPGP certificates are left out"])
    keys("with-dsa-by-dsa", "key.unsupported", "and its signature is refused for that", export("cleo") + export("anna"), sign("cleo"), contains=["is left out"])
    keys("with-version-3", "trusted", "a key of version 3 is left out", export("anna", armor=False) + old_key(), sign("anna"), contains=["1 OpenPGP certificates are left out"])
    keys("secret", "key.private", "a secret key among them", export("anna") + gpg("--armor", "--export-secret-keys", "=bert@example.org"), sign("anna"))
    keys("no-certificate", "key.malformed", "an armoured signature is no certificate", export("anna") + sign("anna"), sign("anna"))
    key("eve", ends="2026-02-01")
    old = export("eve")
    keys("expired-among", "trusted", "an expired certificate takes nothing from the others", old + export("anna"), sign("anna"))
    keys("expired", "openpgp.expired", "and its own signature is refused", old + export("anna"), sign("eve"))
    fingerprint = [line.split(":")[9] for line in gpg("--list-keys", "--with-colons", "eve@example.org").decode().split("\n") if line.startswith("fpr")][0]
    gpg("--quick-set-expire", fingerprint, "2028-01-01", at="2026-01-30 12:00:00")
    keys("older-copy", "trusted", "of two copies of a certificate the newer one says that it goes on", old + export("eve"), sign("eve"))
    revoked(old)
    raw = export("anna", armor=False)
    keys("subkey-of-a-kind-to-come", "trusted", "a subkey that cannot be read signs nothing", raw + packet(14, b"\4" + struct.pack(">IB", 1770000000, 99) + b"\0" * 8), sign("anna"))
    keys("revocation-unreadable", "openpgp.certificate-unusable", "a revocation that cannot be read is not absent", raw[:2 + raw[1]] + packet(2, b"\3\5\x20" + b"\0" * 20) + raw[2 + raw[1]:], sign("anna"))
    keys("cut", "key.malformed", "the last certificate is cut", export("bert", "anna", armor=False)[:-3], sign("anna"))
    signature = sign("anna", armor=False)
    other = lambda name, expect, about, content, contains=(): scenario("other-" + name, expect, about, f"verify a.txt --signature a.txt.sig --key anna.asc {AT} --format openpgp", {"a.txt": TEXT, "a.txt.sig": content, "anna.asc": export("anna")}, contains)
    other("version-beside", "trusted", "a signature of a version to come beside a good one is one by somebody unknown", packet(2, b"\x09\0\x1b\x0a" + b"\0" * 20) + signature, ["1 signatures of a version or kind that is not known"])
    other("version-alone", "signature.malformed", "alone it is refused", packet(2, b"\x09\0\x1b\x0a" + b"\0" * 20))
    other("kind-beside", "trusted", "a signature by a kind of key to come", signature + packet(2, b"\4\0\x63\x08\0\6\5\x02\x69\0\0\0\0\0\0\0" + b"\0" * 16))
    other("packet", "signature.malformed", "another packet beside the signature", signature + packet(13, b"anna"))
    other("partial", "signature.malformed", "a length in parts", b"\xc2\xe1\4\0" + signature[2:])
    six = lambda name, expect, about, args, files: scenario("v6-" + name, expect, about, args, {**files, "key.asc": V6_CERTIFICATE})
    six("clearsigned", "trusted", "the clear-signed sample of RFC 9580, A.6, with the certificate of A.3", f"verify a.asc --key key.asc {AT}", {"a.asc": V6_CLEAR})
    six("detached", "trusted", "its signature beside the text, in text mode", f"verify a.txt --signature a.txt.asc --key key.asc {AT}", {"a.txt": V6_TEXT, "a.txt.asc": V6_SIGNATURE})
    six("changed", "signature.mismatch", "another text", f"verify a.txt --signature a.txt.asc --key key.asc {AT}", {"a.txt": V6_TEXT.replace("tofu", "beef"), "a.txt.asc": V6_SIGNATURE})
    packets = base64.b64decode("".join(V6_SIGNATURE.split("\n")[2:-2]))
    salt = bytearray(packets)
    salt[-64 - 8] ^= 1
    six("other-salt", "signature.mismatch", "another salt", f"verify a.txt --signature a.txt.sig --key key.asc {AT}", {"a.txt": V6_TEXT, "a.txt.sig": bytes(salt)})
    six("another-key", "key.unknown", "a signature of version 4 by somebody else", f"verify a.txt --signature a.txt.asc --key key.asc {AT}", {"a.txt": TEXT, "a.txt.asc": sign("anna")})


def revoked(old):
    key("fred")
    before = export("fred")
    made = sign("fred")
    withdraw("fred")
    keys("revoked-copy", "openpgp.revoked", "of two copies of a certificate one has the revocation", before + export("fred"), made)
    key("gina")
    gpg("--quick-add-key", fingerprints("gina")[0], "ed25519", "sign", "never", at="2026-01-11 12:00:00")
    before, made = export("gina"), sign("gina")
    withdraw("gina")
    keys("revoked-copy-alone", "openpgp.revoked", "the copy with the revocation holds the primary key alone, as servers of keys hand it out, and the subkey signed", before + without_subkeys(export("gina", armor=False)), made)
    keys("revoked-copy-narrowed", "openpgp.revoked", "the same, narrowed to the subkey, of which that copy says nothing", before + without_subkeys(export("gina", armor=False)), made, more="--key-id " + fingerprints("gina")[1].lower())


def fingerprints(who):
    return [line.split(":")[9] for line in gpg("--list-keys", "--with-colons", who + "@example.org").decode().split("\n") if line.startswith("fpr")]


def withdraw(who):
    subprocess.run(["faketime", "-f", "2026-03-01 12:00:00", "gpg", "--no-tty", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", "--command-fd", "0", "--yes", "--output", HOME + "/rev-" + who, "--gen-revoke", who + "@example.org"],
                   input=b"y\n1\n\ny\n", check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    gpg("--import", HOME + "/rev-" + who)


def without_subkeys(certificate):
    """The packets up to the first subkey, armoured; gpg writes them in the old form with one or two bytes of length."""
    end = 0
    while end < len(certificate) and (certificate[end] >> 2) & 15 != 14:
        size = 1 << (certificate[end] & 3)
        end += 1 + size + int.from_bytes(certificate[end + 1:end + 1 + size], "big")
    return b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + base64.encodebytes(certificate[:end]) + b"-----END PGP PUBLIC KEY BLOCK-----\n"


if __name__ == "__main__":
    for pattern in ("keys-*", "other-*", "v6-*"):
        for path in HERE.glob(pattern):
            if path.name != "other-signer":
                shutil.rmtree(path)
    make()
    subprocess.run(["gpgconf", "--kill", "all"], check=True)
    shutil.rmtree(HOME, ignore_errors=True)

#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away afterwards. Needs: python3, openssl 3, faketime; for Ed25519 an openssl of 3.2 or later, named by OPENSSL32=. `generate.py commitment` makes those of commitment() alone."""
import base64, os, pathlib, shutil, subprocess, sys, tempfile
import streamed

HERE = pathlib.Path(__file__).parent
KEYS = pathlib.Path(tempfile.mkdtemp())
PUBLIC = HERE / "_keys"
AT, TEXT = "--at 2026-11-30T12:00:00Z", b"first release of the demo\n"
CONFIG = """[ca]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[middle]
basicConstraints=critical,CA:true,pathlen:0
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[code]
keyUsage=critical,digitalSignature
extendedKeyUsage=codeSigning
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=email:build@example.org
[mail]
keyUsage=critical,digitalSignature,nonRepudiation
extendedKeyUsage=emailProtection
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=email:anna@example.org
[commitment]
keyUsage=critical,nonRepudiation
extendedKeyUsage=emailProtection
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[code-commitment]
keyUsage=critical,nonRepudiation
extendedKeyUsage=codeSigning
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[server]
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=DNS:www.example.org
[plain]
keyUsage=critical,digitalSignature
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
KINDS = {"rsa": ["RSA", "-pkeyopt", "rsa_keygen_bits:3072"], "weak": ["RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "p256": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
         "p384": ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"], "p521": ["EC", "-pkeyopt", "ec_paramgen_curve:P-521"], "ed": ["ED25519"]}


def openssl(*words, data=None, at="2026-01-20 12:00:00"):
    return subprocess.run(["faketime", "-f", at, "openssl", *map(str, words)], input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


def newer(*words, data=None):
    return subprocess.run([os.environ.get("OPENSSL32", "openssl"), *map(str, words)], input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "OPENSSL_CONF": "/dev/null"}).stdout


def certificate(who, kind, profile, issuer=None, days="3650", at="2026-01-10 12:00:00"):
    key, request = KEYS / f"{who}.key", KEYS / f"{who}.csr"
    openssl("genpkey", "-algorithm", *KINDS[kind], "-out", key)
    openssl("req", "-new", "-key", key, "-subj", f"/O=Example/CN={who}", "-out", request)
    sign = ["-signkey", key] if issuer is None else ["-CA", KEYS / f"{issuer}.crt", "-CAkey", KEYS / f"{issuer}.key", "-CAcreateserial"]
    openssl("x509", "-req", "-in", request, *sign, "-days", days, "-sha256", "-extfile", KEYS / "config", "-extensions", profile, "-out", KEYS / f"{who}.crt", at=at)


def cms(who, *more, form="DER", data=TEXT, at="2026-01-20 12:00:00", detach=True):
    run = newer if who == "build-ed" else lambda *words, data: openssl(*words, data=data, at=at)
    return run("cms", "-sign", "-binary", *([] if detach else ["-nodetach"]), "-signer", KEYS / f"{who}.crt", "-inkey", KEYS / f"{who}.key", *(more if "-md" in more else [*more, "-md", "sha256"]), "-outform", form, data=data)


def scenario(name, expect, about, args, files, contains=()):
    folder = HERE / name
    folder.mkdir()
    for file, content in files.items():
        (folder / file).write_bytes(content)
    (folder / "case.txt").write_text("\n".join([f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")


def beside(name, expect, about, signature, trust="--ca ../_keys/root.crt", text=TEXT, at=AT, contains=(), file="a.txt.p7s"):
    scenario(name, expect, about, f"verify a.txt --signature {file} {trust} {at}", {"a.txt": text, file: signature}, contains)


def make():
    (KEYS / "config").write_text(CONFIG)
    certificate("root", "rsa", "ca")
    certificate("other-root", "rsa", "ca")
    certificate("middle", "p256", "middle", "root")
    for kind in ("rsa", "p256", "p384", "p521", "ed"):
        certificate("build-" + kind, kind, "code", "root")
    certificate("anna", "p256", "mail", "middle")
    certificate("www", "p256", "server", "root")
    certificate("plain", "p256", "plain", "root")
    certificate("weak", "weak", "code", "root")
    certificate("ended", "p256", "code", "root", days="20")
    certificate("stranger", "p256", "code", "other-root")
    PUBLIC.mkdir()
    for name in ("root", "other-root"):
        shutil.copy(KEYS / f"{name}.crt", PUBLIC)
    openssl("x509", "-in", KEYS / "root.crt", "-outform", "DER", "-out", PUBLIC / "root.der")
    for name in ("build-rsa", "build-p256", "build-ed"):
        openssl("pkey", "-in", KEYS / f"{name}.key", "-pubout", "-out", PUBLIC / f"{name}.pem")

    for kind, md in (("rsa", "sha256"), ("p256", "sha256"), ("p384", "sha384"), ("p521", "sha512"), ("ed", "sha512")):
        beside("detached-" + kind, "trusted", f"openssl cms -sign -binary by {kind}", cms("build-" + kind, "-md", md), contains=["leads to", "for code signing"])
    beside("pss", "trusted", "RSA-PSS", cms("build-rsa", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:32"))
    beside("pem", "trusted", "PEM with the label CMS", cms("build-p256", form="PEM"))
    beside("pem-pkcs7", "trusted", "PEM with the label PKCS7, as openssl smime writes it",
           openssl("smime", "-sign", "-binary", "-signer", KEYS / "build-p256.crt", "-inkey", KEYS / "build-p256.key", "-md", "sha256", "-outform", "PEM", data=TEXT))
    beside("key-identifier", "trusted", "the signer by its key identifier", cms("build-p256", "-keyid"))
    beside("mail", "trusted", "a certificate for mail, below an authority that came along", cms("anna", "-certfile", KEYS / "middle.crt"), contains=["for e-mail protection"])
    beside("mail-without-middle", "cert.untrusted-issuer", "the authority between did not come along", cms("anna"))
    beside("bound", "trusted", "attributes of CAdES, which name the certificate", cms("build-p256", "-cades"))
    beside("bound-to-another", "cms.certificate-mismatch", "the certificate was replaced by another one of the same issuer and serial", twin())
    beside("authority-der", "trusted", "the authority in DER", cms("build-p256"), trust="--ca ../_keys/root.der")
    scenario("found-beside", "trusted", "the signature is found beside the file", f"verify a.txt --ca ../_keys/root.crt {AT}", {"a.txt": TEXT, "a.txt.p7s": cms("build-p256")})
    beside("called-sig", "trusted", "called .sig", cms("build-p256"), file="a.txt.sig")
    beside("changed", "signature.mismatch", "the file was changed", cms("build-p256"), text=TEXT + b"x")
    good = cms("build-p256")
    beside("signature-changed", "signature.mismatch", "the signature was changed", good[:-1] + bytes([good[-1] ^ 1]))
    beside("cut", "signature.malformed", "the end is missing", good[:-1])
    beside("trailing", "signature.malformed", "a byte behind the end", good + b"\0")
    beside("stranger", "cert.untrusted-issuer", "under another authority", cms("stranger"))
    beside("stranger-with-root", "cert.untrusted-issuer", "an authority that came along is no authority of the caller", cms("stranger", "-certfile", KEYS / "other-root.crt"))
    beside("nobody", "key.unknown", "a pinned key that did not sign", cms("build-rsa"), trust="--key ../_keys/build-p256.pem")
    for kind, md in (("rsa", "sha256"), ("p256", "sha256"), ("ed", "sha512")):
        beside("pinned-" + kind, "trusted", "by a pinned public key, whoever certifies it", cms("build-" + kind, "-md", md), trust=f"--key ../_keys/build-{kind}.pem")
    beside("pinned-without-certificate", "trusted", "by a pinned public key, without a certificate in the message", cms("build-p256", "-nocerts"), trust="--key ../_keys/build-p256.pem")
    beside("pinned-changed", "signature.mismatch", "the same, and the file was changed", good, trust="--key ../_keys/build-p256.pem", text=b"evil\n")
    beside("pinned-signature-changed", "signature.mismatch", "a false signature that names a pinned key", good[:-1] + bytes([good[-1] ^ 1]), trust="--key ../_keys/build-p256.pem")
    beside("without-certificate", "cms.missing-certificate", "an authority was named, and the certificate did not come along", cms("build-p256", "-nocerts"))
    beside("purpose", "cert.wrong-purpose", "the certificate of a server signs no files", cms("www"))
    beside("no-purpose", "cert.wrong-purpose", "a certificate that names no purpose", cms("plain"))
    beside("weak", "cert.unsupported-signature", "RSA of 1024 bits", cms("weak"))
    beside("sha1", "algorithm.unsupported", "SHA-1", cms("build-rsa", "-md", "sha1"))
    beside("ended", "cert.expired", "the certificate has ended", cms("ended"))
    beside("ended-later", "trusted", "the same, asked about a time when it was valid", cms("ended"), at="--at 2026-01-25T12:00:00Z")
    beside("too-early", "cert.not-yet-valid", "asked about a time before the certificate", cms("build-p256"), at="--at 2026-01-01T12:00:00Z")
    beside("no-attributes", "cms.no-attributes", "without signed attributes", cms("build-p256", "-noattr"))
    two = openssl("cms", "-sign", "-binary", "-signer", KEYS / "build-p256.crt", "-inkey", KEYS / "build-p256.key", "-signer", KEYS / "build-rsa.crt", "-inkey", KEYS / "build-rsa.key", "-md", "sha256", "-outform", "DER", data=TEXT)
    beside("two-signers", "trusted", "two signers", two, trust="--ca ../_keys/root.crt --threshold 2")
    beside("two-signers-one-pinned", "trusted", "two signers, of whom one is trusted", two, trust="--key ../_keys/build-rsa.pem")
    beside("threshold", "policy.signers", "one signer where two are demanded", good, trust="--ca ../_keys/root.crt --threshold 2")
    beside("identity", "trusted", "the mail address of the certificate is demanded", good, trust="--ca ../_keys/root.crt --identity build@example.org")
    beside("identity-subject", "trusted", "its subject is demanded", good, trust='--ca ../_keys/root.crt --identity "O=Example, CN=build-p256"')
    beside("identity-other", "policy.signers", "another address is demanded", good, trust="--ca ../_keys/root.crt --identity anna@example.org")
    beside("authority-unanswered", "verdict.demand-unanswered", "an authority is named for a signature that has no certificate",
           base64.b64encode(subprocess.run(["openssl", "dgst", "-sha256", "-sign", KEYS / "build-p256.key"], input=TEXT, check=True, stdout=subprocess.PIPE).stdout), trust="--ca ../_keys/root.crt --key ../_keys/build-p256.pem", file="a.txt.sig")
    beside("authority-and-key-id", "verdict.demand-unanswered", "keys are narrowed to one, and the authority is demanded as before",
           (HERE / "authority-unanswered" / "a.txt.sig").read_bytes(), trust="--ca ../_keys/root.crt --key ../_keys/build-p256.pem --key-id build-p256.pem", file="a.txt.sig")
    encrypted = openssl("cms", "-encrypt", "-binary", "-outform", "DER", KEYS / "anna.crt", data=TEXT)
    beside("encrypted", "cms.other-content", "an encrypted message", encrypted)
    signed = cms("build-p256", detach=False)
    scenario("opaque", "trusted", "the file inside its signature", f"verify a.txt.p7m --ca ../_keys/root.crt {AT}", {"a.txt.p7m": signed})
    scenario("opaque-cut", "signature.malformed", "the end is missing: the message's own fault is told, and no other file is looked for", f"verify a.txt.p7m --ca ../_keys/root.crt {AT}", {"a.txt.p7m": signed[:-9]})
    scenario("opaque-longer", "signature.malformed", "bytes behind the message", f"verify a.txt.p7m --ca ../_keys/root.crt {AT}", {"a.txt.p7m": signed + b"x\n"})
    scenario("opaque-pem", "trusted", "the same in PEM", f"verify a.p7m --ca ../_keys/root.crt {AT}", {"a.p7m": cms("build-p256", detach=False, form="PEM")})
    scenario("opaque-beside", "trusted", "and as the signature of the same file", f"verify a.txt --signature a.txt.p7m --ca ../_keys/root.crt {AT}", {"a.txt": TEXT, "a.txt.p7m": signed})
    scenario("opaque-of-another", "artifact.self-contained", "it signs no other file", f"verify a.txt --signature a.txt.p7m --ca ../_keys/root.crt {AT}", {"a.txt": b"evil\n", "a.txt.p7m": signed})
    scenario("opaque-changed", "signature.mismatch", "the content inside was changed", f"verify a.txt.p7m --ca ../_keys/root.crt {AT}", {"a.txt.p7m": signed.replace(b"first", b"First")})
    listed = subprocess.run(["sha256sum"], input=TEXT, check=True, stdout=subprocess.PIPE).stdout.replace(b"-", b"a.txt")
    scenario("list", "trusted", "a signed list of checksums, and one file of it", f"verify a.txt --signature SHA256SUMS --ca ../_keys/root.crt {AT}", {"a.txt": TEXT, "SHA256SUMS": listed, "SHA256SUMS.p7s": cms("build-p256", data=listed)})
    scenario("list-opaque", "trusted", "the list inside its signature, and a whole folder", f"verify-export . --ca ../_keys/root.crt --allow-unlisted {AT}", {"a.txt": TEXT, "SHA256SUMS.p7m": cms("build-p256", data=listed, detach=False)})
    scenario("list-stranger", "cert.untrusted-issuer", "a list by somebody else", f"verify a.txt --signature SHA256SUMS --ca ../_keys/root.crt {AT}", {"a.txt": TEXT, "SHA256SUMS": listed, "SHA256SUMS.p7s": cms("stranger", data=listed)})


def twin():
    """A signature whose attributes mean a certificate that was issued again, with the same key, name and serial and another end."""
    ends = []
    for days in ("100", "200"):
        openssl("x509", "-req", "-in", KEYS / "build-p256.csr", "-CA", KEYS / "root.crt", "-CAkey", KEYS / "root.key", "-set_serial", "1234567", "-days", days, "-sha256", "-extfile", KEYS / "config", "-extensions", "code", "-out", KEYS / "twin.crt", at="2026-10-01 12:00:00")
        ends.append(openssl("x509", "-in", KEYS / "twin.crt", "-outform", "DER"))
    (KEYS / "twin.key").write_bytes((KEYS / "build-p256.key").read_bytes())
    signed = cms("twin", "-cades", at="2026-10-02 12:00:00")
    assert ends[1] in signed and len(ends[0]) == len(ends[1])
    return signed.replace(ends[1], ends[0])


def commitment():
    (KEYS / "config").write_text(CONFIG)
    certificate("committing", "p256", "ca")
    for profile, expect, about in (("commitment", "trusted", "content commitment alone, as certificates of identity cards have it, is enough for e-mail (RFC 8550)"),
                                   ("code-commitment", "cert.wrong-purpose", "and is not for code")):
        certificate(profile, "p256", profile, "committing")
        beside(profile, expect, about, cms(profile), trust="--ca ../_keys/committing.crt")
    shutil.copy(KEYS / "committing.crt", PUBLIC)


if __name__ == "__main__" and sys.argv[1:] == ["commitment"]:
    for name in ("commitment", "code-commitment"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    commitment()
    shutil.rmtree(KEYS)
elif __name__ == "__main__":
    for path in HERE.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    make()
    streamed.make()
    commitment()
    shutil.rmtree(KEYS)

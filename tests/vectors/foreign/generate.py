#!/usr/bin/env python3
"""Makes every vector of this folder anew: a small file of each form that is known and not verified. Keys are thrown away.

Needs: Python 3.9, openssl, gpg, git, ssh-keygen. What openssl does not make is written by hand and holds no more than the marks of its form.
The files are called as the advice calls them, so that it can be typed as it stands.
"""
import base64, gzip, io, json, os, pathlib, shutil, struct, subprocess, tarfile, tempfile, zipfile, zlib

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path(tempfile.mkdtemp())
FILE = b"first release of the demo\n"
for old in HERE.iterdir():
    if old.is_dir():
        shutil.rmtree(old)


def ssl(*args, data=None):
    return subprocess.run(["openssl", *args], input=data, capture_output=True, check=True, cwd=WORK).stdout


(WORK / "extensions").write_text("[tsa]\nextendedKeyUsage=critical,timeStamping\n[ca]\nbasicConstraints=critical,CA:TRUE\n[mail]\nextendedKeyUsage=emailProtection\n")
ssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "CA.pem", "-days", "36500", "-subj", "/CN=demo authority", "-addext", "keyUsage=critical,keyCertSign")
for name in ("tsa", "mail"):
    ssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", f"/CN=demo {name}")
    ssl("x509", "-req", "-in", name + ".csr", "-CA", "CA.pem", "-CAkey", "ca.key", "-days", "36500", "-out", name + ".pem", "-extfile", "extensions", "-extensions", name)
ssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "k.key")
KEY, CA = ssl("pkey", "-in", "k.key", "-pubout"), (WORK / "CA.pem").read_bytes()
(WORK / "FILE").write_bytes(FILE)


def case(name, about, contains, signature, content, line=None, expect="signature.foreign-form", form=None, **files):
    """Further files of one form have names that begin with it."""
    assert form is None or name.startswith(form)
    folder = HERE / name
    folder.mkdir()
    for path, data in {"FILE": FILE, "key.pem": KEY, signature: content, **files}.items():
        (folder / path.replace("__", ".")).write_bytes(data)
    args = line or f"verify FILE --signature {signature} --key key.pem"
    (folder / "case.txt").write_text(f"# {about}\nargs: {args}\nexpect: {expect}\n" + "".join(f"contains: {text}\n" for text in contains))


def archive(*names, tail=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(zipfile.ZipInfo(name), b"x")
    return out.getvalue() + tail


def program(size):
    """A PE header with a certificate table of some size, and nothing behind it."""
    optional = struct.pack("<H", 0x20B) + bytes(110) + bytes(8 * 4) + struct.pack("<II", 512, size) + bytes(8 * 11)
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(16) + struct.pack("<HH", len(optional), 0) + optional + bytes(512)


b64 = lambda data: base64.b64encode(data).decode()

# In CMS.
case("smime", "a signed mail", ["openssl smime -verify"], "FILE", ssl("cms", "-sign", "-in", "FILE", "-signer", "mail.pem", "-inkey", "mail.key", "-md", "sha256", "-text"), line="verify key.pem --signature FILE --key key.pem", CA__pem=CA)
ssl("ts", "-query", "-data", "FILE", "-sha256", "-cert", "-out", "FILE.tsq")
(WORK / "serial").write_text("01\n")
(WORK / "tsa.cnf").write_text("[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\nordering=yes\ness_cert_id_alg=sha256\n")
ssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "FILE.tsq", "-out", "FILE.tsr")
case("timestamp", "a timestamp alone", ["openssl ts -verify"], "FILE.tsr", (WORK / "FILE.tsr").read_bytes(), CA__pem=CA)
case("pgp-mime", "a mail signed with OpenPGP", ["gpg --verify"], "FILE.eml", b"MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"; boundary=x\n\n--x\n")

# In programs, packages and documents: given as the signature, and as the file that nobody signed otherwise.
def carried(name, about, contains, file, content):
    case(name, about, contains, file, content, line=f"verify key.pem --signature {file} --key key.pem")


carried("authenticode", "a signed Windows program", ["Get-AuthenticodeSignature"], "setup.exe", program(1024))
carried("authenticode-msi", "a signed Windows installer", ["Get-AuthenticodeSignature"], "setup.msi", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "\x05DigitalSignature".encode("utf-16-le"))
carried("authenticode-script", "a signed script", ["Get-AuthenticodeSignature"], "setup.ps1", b"Write-Output hello\r\n# SIG # Begin signature block\r\n# MIIA\r\n# SIG # End signature block\r\n")
carried("apple", "a signed program for macOS", ["codesign --verify"], "tool", bytes.fromhex("cffaedfe") + bytes(64) + bytes.fromhex("fade0cc0"))
carried("apple-package", "an installer package for macOS", ["pkgutil --check-signature"], "tool.pkg", b"xar!\x00\x1c\x00\x01" + bytes(64))
carried("apk", "an Android package", ["apksigner verify"], "app.apk", archive("AndroidManifest.xml", tail=b"APK Sig Block 42"))
carried("nuget", "a NuGet package", ["dotnet nuget verify"], "demo.nupkg", archive("demo.nuspec", ".signature.p7s"))
carried("asic", "an ASiC container", ["digidoc-tool"], "demo.asice", archive("mimetype", "META-INF/signatures0.xml", tail=b"application/vnd.etsi.asic-e+zip"))
carried("office", "a signed document", ["the program that made it"], "demo.docx", archive("word/document.xml", "_xmlsignatures/sig1.xml"))
carried("jar", "a signed JAR", ["jarsigner -verify"], "demo.jar", archive("META-INF/MANIFEST.MF", "META-INF/DEMO.SF", "META-INF/DEMO.RSA"))
carried("rpm", "an RPM package", ["rpmkeys --checksig"], "demo.rpm", bytes.fromhex("edabeedb0300") + bytes(90))
carried("debsig", "a Debian package with a signature of its own", ["debsig-verify"], "demo.deb", b"!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n_gpgorigin      0           0     0     100644  4         `\nsig\n")
carried("pdf", "a signed PDF document", ["pdfsig"], "demo.pdf", b"%PDF-1.7\n1 0 obj<</Type/Sig/ByteRange[0 10 20 30]/Contents<00>>>endobj\n")
carried("xml", "a signed XML document", ["xmlsec1 --verify"], "demo.xml", b"<?xml version=\"1.0\"?>\n<a><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></a>\n")
carried("apple-image", "a signed disk image for macOS", ["codesign --verify"], "tool.dmg", bytes(2048) + bytes.fromhex("fade0cc0") + bytes(60) + b"koly" + bytes(508))
carried("msix", "an app of Windows", ["Get-AuthenticodeSignature"], "app.msix", archive("AppxManifest.xml", "AppxBlockMap.xml", "AppxSignature.p7x"))
carried("vscode", "the signature of an extension of Visual Studio Code", ["vsce-sign verify"], "demo.sigzip", archive(".signature.manifest", ".signature.p7s"))
carried("wheel", "a Python wheel with a signature within", ["wheel verify"], "demo-1.0-py3-none-any.whl", archive("demo/__init__.py", "demo-1.0.dist-info/RECORD", "demo-1.0.dist-info/RECORD.jws"))
carried("firefox", "an extension of Firefox", ["Firefox verifies"], "demo.xpi", archive("manifest.json", "META-INF/mozilla.sf", "META-INF/mozilla.rsa"))
carried("chrome", "an extension of Chrome", ["Chrome verifies"], "demo.crx", b"Cr24" + struct.pack("<II", 3, 64) + bytes(64) + archive("manifest.json"))
carried("authenticode-cabinet", "a signed cabinet", ["osslsigncode verify"], "demo.cab", b"MSCF" + bytes(60) + bytes.fromhex("060a2b060104018237020104") + bytes(200))


def tarred(*names):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = 256
            tar.addfile(info, io.BytesIO(bytes(256)))
    return out.getvalue()


# An Alpine package is three gzip members: the signature, whose archive has no end, the control data and the files.
carried("alpine", "an Alpine package", ["apk verify"], "demo.apk", b"".join(gzip.compress(part, mtime=0) for part in (tarred(".SIGN.RSA.demo-1.rsa.pub")[:1024], tarred(".PKGINFO")[:1024], tarred("usr/bin/demo"))))
carried("gem", "a Ruby gem with signatures within", ["gem install -P HighSecurity"], "demo.gem", tarred("metadata.gz", "data.tar.gz", "checksums.yaml.gz", "data.tar.gz.sig", "metadata.gz.sig", "checksums.yaml.gz.sig"))
carried("kernel-module", "a signed kernel module", ["modinfo"], "demo.ko", b"\x7fELF\x02\x01\x01" + bytes(200) + bytes(300) + struct.pack(">BBBBBxxxI", 0, 0, 2, 0, 0, 300) + b"~Module signature appended~\n")
carried("fit", "an image tree of U-Boot", ["fit_check_sign"], "demo.itb", bytes.fromhex("d00dfeed") + bytes(60) + b"value\0hashed-nodes\0hashed-strings\0")
carried("verity-image", "a disk image with signed verity data", ["systemd-dissect --validate"], "demo.raw", bytes(512) + b"EFI PART" + bytes(4096) + json.dumps({"rootHash": "00" * 32, "certificateFingerprint": "00" * 32, "signature": b64(bytes(300))}).encode() + bytes(600))
carried("appimage", "a signed AppImage", ["validate FILE"], "demo.AppImage", b"\x7fELF\x02\x01\x01\x00AI\x02" + bytes(200) + b"-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n")

# Made by git and gpg.
os.environ.update(GNUPGHOME=str(WORK / "gnupg"), GIT_CONFIG_GLOBAL="/dev/null", GIT_AUTHOR_DATE="2026-11-22T12:00:00Z", GIT_COMMITTER_DATE="2026-11-22T12:00:00Z")
(WORK / "gnupg").mkdir(mode=0o700)
sh = lambda *words: subprocess.run(words, check=True, cwd=WORK, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
sh("gpg", "--batch", "--passphrase", "", "--quick-gen-key", "demo <demo@example.org>", "ed25519", "sign", "never")
sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "demo", "-f", "ssh")
git = lambda *words: sh("git", "-C", "repository", "-c", "user.name=demo", "-c", "user.email=demo@example.org", "-c", "gpg.format=ssh", "-c", f"user.signingKey={WORK / 'ssh'}", *words)
sh("git", "init", "-q", "-b", "main", "repository")
(WORK / "repository" / "FILE").write_bytes(FILE)
git("add", "FILE")
git("commit", "-q", "-S", "-m", "first")
git("tag", "-s", "-m", "first", "v1")
git("bundle", "create", "-q", str(WORK / "bundle"), "v1", "main")
case("git", "a signed commit, as git cat-file prints it", ["git verify-commit"], "commit.txt", git("cat-file", "commit", "HEAD"))
case("git-tag", "a signed tag", ["git verify-tag"], "tag.txt", git("cat-file", "tag", "v1"), form="git")
carried("git-bundle", "a repository in one file", ["git verify-tag"], "demo.bundle", (WORK / "bundle").read_bytes())
for name, about, options in (("pgp-message", "a file that gpg packed and signed in one", ["--sign"]), ("pgp-message-zlib", "the same, packed otherwise", ["--compress-algo", "zlib", "--sign"]), ("pgp-message-plain", "the same, not packed", ["--compress-algo", "none", "--sign"]), ("pgp-message-armour", "the same in armour", ["--armor", "--sign"])):
    case(name, about, ["--decrypt"], "FILE.gpg", sh("gpg", "--batch", "--output", "-", *options, "FILE"), form="pgp-message")
subprocess.run(["gpgconf", "--kill", "all"], check=True)

# Of the kernel and of snapd.
case("ima", "a signature for the kernel's integrity subsystem", ["evmctl ima_verify"], "FILE.sig", bytes([3, 2, 4]) + bytes(4) + struct.pack(">H", 256) + bytes(256))
case("snap", "an assertion about snaps", ["snap ack"], "demo.assert", b"type: snap-revision\nauthority-id: canonical\nsnap-sha3-384: " + b"A" * 64 + b"\ndeveloper-id: canonical\nsnap-id: " + b"B" * 32 + b"\nsnap-revision: 1\nsnap-size: 4096\ntimestamp: 2026-11-22T12:00:00.000000Z\nsign-key-sha3-384: " + b"C" * 64 + b"\n\nAcLBUgQAAQoABgUC\n")
case("dkim", "mail that a mail server signed", ["dkimverify"], "FILE.eml", b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=demo; h=from; bh=AAAA; b=AAAA\r\nFrom: demo@example.org\r\n\r\nhello\r\n")

# Of registries and logs.
js = lambda value: json.dumps(value).encode() + b"\n"
signed = b"\x58\x40" + bytes(64)
case("cose", "COSE_Sign1 with its tag, over a file beside it", ["CoseSignTool"], "FILE.cose", b"\xd2\x84\x43\xa1\x01\x26\xa1\x04\x42\x31\x31\xf6" + signed)
case("cose-untagged", "COSE_Sign1 without a tag, its content inside", ["CoseSignTool"], "FILE.cose", b"\x84\x43\xa1\x01\x26\xa0\x45hello" + signed, form="cose")
case("cose-several", "COSE_Sign: several signatures", ["CoseSignTool"], "FILE.cose", b"\xd8\x62\x84\x43\xa1\x01\x26\xa0\xf6\x81\x83\x43\xa1\x01\x26\xa0" + signed, form="cose")
case("rekor-entry", "an entry of a log alone", ["rekor-cli verify"], "FILE.json", json.dumps({"24296fb24b8ad77a" + "0" * 64: {"body": "e30=", "integratedTime": 1795334400, "logID": "00" * 32, "logIndex": 1, "verification": {"signedEntryTimestamp": "AAAA"}}}).encode() + b"\n")
case("notation-cose", "a Notary Project signature in COSE", ["notation verify"], "FILE.cose", b"\xd2\x84\x58\x20" + b"io.cncf.notary.signingScheme" + bytes(64))
url = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
case("notation", "a Notary Project signature in JSON: a JWS with rules of its own", ["notation verify"], "FILE.sig", js({
    "payload": url(b'{"targetArtifact":{}}'), "protected": url(js({"alg": "PS256", "cty": "application/vnd.cncf.notary.payload.v1+json", "crit": ["io.cncf.notary.signingScheme"], "io.cncf.notary.signingScheme": "notary.x509"})),
    "header": {"x5c": [], "io.cncf.notary.signingAgent": "notation-go/1.0.0"}, "signature": url(bytes(256))}))
case("tuf", "TUF metadata, as Docker's content trust leaves it", ["offlinekit trust check"], "FILE.json", js({"signed": {"_type": "Targets", "expires": "2030-01-01T00:00:00Z", "targets": {}, "version": 1}, "signatures": []}))
case("in-toto-link", "in-toto metadata of before the envelopes", ["in-toto-verify"], "FILE.link", js({"signatures": [], "signed": {"_type": "link", "name": "build", "byproducts": {}, "materials": {}, "products": {}}}))
case("sigsum", "a Sigsum proof", ["sigsum-verify"], "FILE.proof", b"version=1\nlog=" + b"0" * 64 + b"\n")
case("opentimestamps", "an OpenTimestamps proof", ["ots verify"], "FILE.ots", b"\x00OpenTimestamps\x00\x00Proof\x00" + bytes(32))

# What stands in the place of a signature.
case("pgp-key", "an OpenPGP key where a signature belongs", ["not a signature"], "FILE.asc", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n")
case("ssh-key", "an SSH key where a signature belongs", ["not a signature"], "FILE.pub", b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA demo\n")
case("public-key", "a public key where a signature belongs", ["not a signature"], "FILE.sig", KEY)
case("minisign-key", "a minisign key in one line where a signature belongs", ["not a signature"], "FILE.sig", b"RWS9pvrrLH7SuWvI7bHk22CIG6eVacVPDd2Y6LV6yJcllbiEYKjtCRhD\n")
case("certificate", "a certificate where a signature belongs", ["not a signature"], "FILE.sig", CA)
case("statement", "an in-toto statement without an envelope", ["nobody signed it"], "FILE.json", js({"_type": "https://in-toto.io/Statement/v1", "subject": [], "predicateType": "https://example.com/built", "predicate": {}}))
case("web-page", "the page of a server that did not find the signature", ["a web page"], "FILE.sig", b"<!DOCTYPE html>\n<html><body>404</body></html>\n")
case("git-lfs", "a pointer where the file belongs", ["git lfs pull"], "FILE.sig", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 1\n")
case("encrypted", "an encrypted file where a signature belongs", ["decrypt it"], "FILE.age", b"age-encryption.org/v1\n-> X25519 AAAA\nAAAA\n--- AAAA\n")
case("private-key", "a secret key where a signature belongs", ["nobody but its owner"], "FILE.sig", b"-----BEGIN OPENSSH PRIVATE KEY-----\nnothing is in it\n-----END OPENSSH PRIVATE KEY-----\n")
case("server-error", "the error of a storage service", ["fetch it again"], "FILE.sig", b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code></Error>")
case("server-error-text", "the error of a forge", ["fetch it again"], "FILE.sig", b"404: Not Found", form="server-error")

# A file that carries its signature and has none beside it is named as well, and is still not signed.
case("beside-nothing", "a signed Windows program, and no signature beside it: the message says where it is", ["no signature next to setup.exe", "Get-AuthenticodeSignature"], "setup.exe", program(1024), line="verify setup.exe --key key.pem", expect="error")
case("beside-nothing-unsigned", "a Windows program without certificates is none of these", ["no signature next to setup.exe", "looked for"], "setup.exe", program(0), line="verify setup.exe --key key.pem", expect="error")
shutil.rmtree(WORK)

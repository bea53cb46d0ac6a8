#!/usr/bin/env python3
"""Signed lists as projects write them, and one file out of such a list. Needs: python3, coreutils 9, openssl 3, gpg 2.2, faketime, minisign, signify-openbsd; pwsh for the lists of Get-FileHash.
This script makes its own vectors anew (checksums-as-*, checksums-one-*), with fresh keys that are thrown away afterwards."""
import os
from making import *

FILES = {"app-1.0-linux.tar.gz": b"for linux\n", "app-1.0-windows.zip": b"for windows\n", "doc/guide.txt": b"read me\n"}
FLAT = {name: content for name, content in FILES.items() if "/" not in name}
AT = "--at 2026-11-30T12:00:00Z"
PGP, MINI, BOTH = f"--key ../_keys/lena.asc {AT}", "--key ../_keys/lena.minisign.pub", f"--key ../_keys/lena.asc --key ../_keys/lena.minisign.pub {AT}"
PWSH = os.environ.get("PWSH", "pwsh")


def make():
    make_list_keys()
    digests()
    spellings()
    powershell()
    clear_signed()
    apt()
    several()
    signatures()
    missing()
    names()
    one_file()


def make_list_keys():
    os.environ["GNUPGHOME"] = str(KEYS)
    os.chmod(KEYS, 0o700)
    for who in ("lena", "stranger"):
        gpg("--quick-generate-key", f"{who}@example.org", "ed25519", "sign", "never", at="2026-01-10 12:00:00")
    (HERE / "_keys" / "lena.asc").write_bytes(gpg("--armor", "--export-options", "export-minimal", "--export", "lena@example.org"))
    run("minisign", "-G", "-W", "-f", "-p", str(HERE / "_keys" / "lena.minisign.pub"), "-s", str(KEYS / "lena.minisign"))
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(KEYS / "lena.pem"))
    run("openssl", "pkey", "-in", str(KEYS / "lena.pem"), "-pubout", "-out", str(HERE / "_keys" / "lena.pem"))
    (HERE / "_keys" / "lena.signify.pub").unlink(missing_ok=True)
    run("signify-openbsd", "-G", "-n", "-p", str(HERE / "_keys" / "lena.signify.pub"), "-s", str(KEYS / "lena.signify.sec"))


def gpg(*words, data=None, at="2026-01-20 12:00:00"):
    return run("faketime", "-f", at, "gpg", "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--no-auto-check-trustdb", *words, data=data)


def detached(content, who="lena", *more):
    return gpg("--local-user", f"{who}@example.org", *more, "--detach-sign", data=content)


def clear(content, who="lena"):
    return gpg("--local-user", f"{who}@example.org", "--clearsign", data=content)


def by(program, files=FILES, *words):
    """What `program` prints of the files, in a folder that holds them."""
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), files)
        return subprocess.run([program, *words, *sorted(files)], cwd=folder, check=True, stdout=subprocess.PIPE).stdout


def listed(name, content, files=FILES, suffix=".minisig"):
    return {**files, name: content, name + suffix: minisig(content, "lena") if suffix == ".minisig" else detached(content)}


def export(name, expect, about, files, more=MINI, contains=()):
    scenario("checksums-as-" + name, expect, about, files, f"e {more}", contains)


def changed(name, about, files, more=MINI):
    export(name, "trusted", about, files, more)
    export(name + "-changed", "export.digest-mismatch", "the same, and a changed file", {**files, "app-1.0-linux.tar.gz": b"for LINUX\n"}, more)


def digests():
    changed("sha512", "sha512sum", listed("SHA512SUMS", by("sha512sum")))
    changed("sha384", "sha384sum", listed("SHA384SUMS", by("sha384sum")))
    changed("blake2b", "b2sum: as many digits as SHA-512, so both are tried", listed("B2SUMS", by("b2sum")))
    export("sha512-tar", "trusted", "the same in an archive, which is read twice", ("e.tar", tar(listed("SHA512SUMS", by("sha512sum")))), f"{MINI}".replace("e ", ""))
    case = HERE / "checksums-as-sha512-tar" / "case.txt"
    case.write_text(case.read_text().replace("verify-export e ", "verify-export e.tar "))
    export("md5", "algorithm.hash-not-accepted", "MD5 alone names no file", listed("MD5SUMS", by("md5sum")), contains=["is listed by MD5 alone"])
    export("sha1", "algorithm.hash-not-accepted", "SHA-1 alone names no file", listed("CHECKSUMS", by("sha1sum")), contains=["is listed by SHA-1 alone"])
    both = by("md5sum") + by("sha256sum")
    changed("md5-and-sha256", "several digests of each file; those by MD5 are passed over", listed("app.DIGESTS", both))
    export("md5-of-one", "algorithm.hash-not-accepted", "one file has no digest that counts", listed("app.DIGESTS", by("md5sum") + by("sha256sum", FLAT)))
    export("sha256-and-sha512", "export.digest-mismatch", "two digests of each file, of which one is another file's", listed("app.DIGESTS", by("sha256sum") + by("sha512sum", {**FILES, "doc/guide.txt": b"other\n"})))
    export("blake2s", "algorithm.hash-not-accepted", "a hash function that is known and not accepted", listed("CHECKSUMS", b"".join(b"BLAKE2s (%s) = %s\n" % (n.encode(), hashlib.blake2s(c).hexdigest().encode()) for n, c in FILES.items())))
    export("unknown-tag", "export.manifest-malformed", "a word that is no hash function", listed("CHECKSUMS", b"".join(b"FOO (%s) = %s\n" % (n.encode(), sha(c).encode()) for n, c in FILES.items())))


def spellings():
    export("tags", "trusted", "tags of several functions, as cksum writes them", listed("CHECKSUM", by("cksum", FILES, "-a", "sha384") + by("cksum", FILES, "-a", "blake2b") + by("sha256sum", FILES, "--tag")))
    export("openssl", "trusted", "openssl dgst", listed("checksums.txt", by("openssl", FILES, "dgst", "-sha256")))
    export("openssl-1", "trusted", "the same as openssl 1 named the function", listed("checksums.txt", by("openssl", FILES, "dgst", "-sha512").replace(b"SHA2-", b"SHA")))
    export("bom", "trusted", "a byte order mark, as Windows programs write it", listed("SHA256SUMS", b"\xef\xbb\xbf" + by("sha256sum")))
    export("utf16", "trusted", "UTF-16, as > in Windows PowerShell writes it", listed("SHA256SUMS", b"\xff\xfe" + by("sha256sum").decode().replace("\n", "\r\n").encode("utf-16-le")))
    export("utf16-odd", "export.manifest-malformed", "half a character at the end", listed("SHA256SUMS", b"\xff\xfe" + by("sha256sum").decode().encode("utf-16-le") + b"x"))
    export("nameless", "export.manifest-malformed", "a digest without a name", listed("SHA256SUMS", by("sha256sum") + sha(b"").encode() + b"\n"))
    export("tag-and-name-with-end", "trusted", "a name with brackets", listed("CHECKSUM", by("sha256sum", {"a (1) = b).txt": b"x"}, "--tag"), {"a (1) = b).txt": b"x"}))


def powershell():
    if not shutil.which(PWSH):
        raise SystemExit("pwsh is needed; say where it is by PWSH=")

    def hashes(command, files=FILES):
        with tempfile.TemporaryDirectory() as folder:
            write(pathlib.Path(folder) / "r", files)
            text = subprocess.run([PWSH, "-NoProfile", "-Command", f"Set-Location '{folder}/r'; $PSStyle.OutputRendering = 'PlainText'; {command}"], check=True, stdout=subprocess.PIPE).stdout
            return text.replace(folder.encode(), b"/build")

    table = hashes("Get-ChildItem -File -Recurse | Get-FileHash | Format-Table -AutoSize | Out-String -Width 400")
    export("get-filehash", "trusted", "the table of Get-FileHash: whole paths, of which the folder in common is no part of the names", listed("checksums.txt", table))
    export("get-filehash-windows", "trusted", "the same with paths of Windows", listed("checksums.txt", table.replace(b"/build/r/doc/", b"C:\\build\\r\\doc\\").replace(b"/build/r/", b"C:\\build\\r\\")))
    export("get-filehash-list", "trusted", "as a list of properties", listed("checksums.txt", hashes("Get-ChildItem -File -Recurse | Get-FileHash -Algorithm SHA512 | Format-List | Out-String -Width 400")))
    export("get-filehash-csv", "trusted", "as CSV", listed("checksums.txt", hashes("Get-ChildItem -File -Recurse | Get-FileHash -Algorithm SHA384 | ConvertTo-Csv")))
    export("get-filehash-relative", "trusted", "as CSV with relative paths of Windows", listed("checksums.txt", b'"Algorithm","Hash","Path"\r\n' + b"".join(b'"SHA256","%s",".\\%s"\r\n' % (sha(c).upper().encode(), n.replace("/", "\\").encode()) for n, c in FILES.items())))
    export("get-filehash-cut", "export.manifest-malformed", "a narrow screen cut the paths", listed("checksums.txt", table.replace(b".tar.gz", b"...")), contains=["cut to fit the screen"])
    export("get-filehash-md5", "algorithm.hash-not-accepted", "MD5", listed("checksums.txt", hashes("Get-ChildItem -File -Recurse | Get-FileHash -Algorithm MD5 | Format-List | Out-String -Width 400")))


def clear_signed():
    fedora = b"".join(b"# %s: %d bytes\nSHA256 (%s) = %s\n" % (n.encode(), len(c), n.encode(), sha(c).encode()) for n, c in FILES.items())
    changed("fedora", "a clear-signed CHECKSUM", {**FILES, "App-1.0-CHECKSUM": clear(fedora)}, PGP)
    export("fedora-list-changed", "signature.mismatch", "a digit of the clear-signed list was changed", {**FILES, "App-1.0-CHECKSUM": clear(fedora).replace(b"bytes", b"Bytes", 1)}, PGP)
    export("fedora-stranger", "key.unknown", "signed by somebody else", {**FILES, "App-1.0-CHECKSUM": clear(fedora, "stranger")}, PGP)
    listed256 = by("sha256sum")
    export("inline-asc", "trusted", "SHA256SUMS.asc alone, which holds the list", {**FILES, "SHA256SUMS.asc": clear(listed256)}, PGP)
    export("inline-asc-beside", "trusted", "the list, and the same list clear-signed beside it", {**FILES, "SHA256SUMS": listed256, "SHA256SUMS.asc": clear(listed256)}, PGP)
    export("inline-asc-of-another", "artifact.self-contained", "the clear-signed text is not the list beside it", {**FILES, "SHA256SUMS": listed256, "SHA256SUMS.asc": clear(by("sha256sum", FLAT))}, PGP)
    export("inline-text", "export.unknown-layout", "a clear-signed text that is no list says nothing of files", {**FILES, "NEWS.asc": clear(b"news\n")}, PGP)
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), {"SHA256": by("sha256sum", FILES, "--tag")})
        run("signify-openbsd", "-S", "-e", "-s", str(KEYS / "lena.signify.sec"), "-m", f"{folder}/SHA256", "-x", f"{folder}/SHA256.sig")
        changed("openbsd", "signify -S -e: the list under its signature", {**FILES, "SHA256.sig": (pathlib.Path(folder) / "SHA256.sig").read_bytes()}, "--key ../_keys/lena.signify.pub")


def release(files, fields="Date: Tue, 20 Jan 2026 12:00:00 UTC\n"):
    section = lambda name, hash: f"{name}:\n" + "".join(f" {hash(c).hexdigest()} {len(c):16} {n}\n" for n, c in sorted(files.items()))
    return ("Origin: Demo\nSuite: stable\n" + fields + "Architectures: amd64\n" + section("MD5Sum", hashlib.md5) + section("SHA256", hashlib.sha256)).encode()


def apt():
    files = {"main/binary-amd64/Packages": b"Package: demo\n", "main/binary-amd64/Packages.gz": gz(b"Package: demo\n")}
    good = {**files, "InRelease": clear(release(files)), "Release": release(files), "Release.gpg": detached(release(files), "lena", "--armor")}
    export("apt", "trusted", "InRelease, and Release with Release.gpg: each is a list", good, PGP, ["digests by MD5Sum were passed over"])
    export("apt-changed", "export.digest-mismatch", "the same, and a changed index", {**good, "main/binary-amd64/Packages": b"Package: demO\n"}, PGP)
    export("apt-size", "export.size-mismatch", "the same, and a longer index", {**good, "main/binary-amd64/Packages": b"Package: demo2\n"}, PGP)
    export("apt-partial", "export.entry-missing", "mirrors leave the large form of an index out", {n: c for n, c in good.items() if not n.endswith("Packages")}, PGP)
    export("apt-partial-allowed", "trusted", "the same, which the caller accepts", {n: c for n, c in good.items() if not n.endswith("Packages")}, PGP + " --allow-missing", ['"main/binary-amd64/Packages" is listed and not there'])
    until = "Date: Tue, 20 Jan 2026 12:00:00 UTC\nValid-Until: Tue, 27 Jan 2026 12:00:00 UTC\n"
    dated = {**files, "InRelease": clear(release(files, until))}
    export("apt-expired", "export.list-expired", "the list says until when it is the newest", dated, PGP)
    export("apt-not-expired", "trusted", "the same, asked about a time before", dated, PGP.replace("2026-11-30", "2026-01-25"))


def several():
    first, second = by("sha256sum"), by("sha512sum")
    export("two-lists", "trusted", "two signed lists of the same files", {**FILES, "SHA256SUMS": first, "SHA256SUMS.minisig": minisig(first, "lena"), "SHA512SUMS": second, "SHA512SUMS.asc": detached(second)}, BOTH)
    export("two-lists-other", "export.digest-mismatch", "the second list says another digest of a file", {**listed("SHA256SUMS", first), **{"SHA512SUMS": by("sha512sum", {**FILES, "doc/guide.txt": b"x"}), "SHA512SUMS.minisig": minisig(by("sha512sum", {**FILES, "doc/guide.txt": b"x"}), "lena")}})
    rest = by("sha256sum", {"doc/guide.txt": FILES["doc/guide.txt"]})
    parts = {**FILES, "SHA256SUMS": by("sha256sum", FLAT), "SHA256SUMS.minisig": minisig(by("sha256sum", FLAT), "lena"), "doc_SHA256SUMS": rest, "doc_SHA256SUMS.asc": detached(rest)}
    export("two-parts", "trusted", "two signed lists of different files", parts, BOTH)
    export("two-parts-threshold", "dsse.threshold", "each list has one signer: two lists are no two signers of any file", parts, BOTH + " --threshold 2")
    export("two-parts-stranger", "key.unknown", "the second list is by somebody else", {**parts, "doc_SHA256SUMS.asc": detached(rest, "stranger")}, BOTH)
    export("two-parts-extra", "export.entry-extra", "a file that no list names", {**parts, "evil": b"x"}, BOTH)
    export("md5-beside", "trusted", "a signed list by MD5 beside one by SHA-256 is passed over", {**listed("SHA256SUMS", first), "MD5SUMS": by("md5sum"), "MD5SUMS.minisig": minisig(by("md5sum"), "lena")}, contains=["MD5SUMS is passed over"])
    export("md5-beside-stranger", "key.unknown", "and must be by somebody trusted like every other file", {**listed("SHA256SUMS", first), "MD5SUMS": by("md5sum"), "MD5SUMS.asc": detached(by("md5sum"), "stranger")}, BOTH)


def signatures():
    content = by("sha256sum")
    aws = json.dumps({"KeyId": "arn:aws:kms:eu-central-1:111122223333:key/1", "Signature": b64(ecdsa(content)), "SigningAlgorithm": "ECDSA_SHA_256"}).encode()
    export("aws-json", "trusted", "what aws kms sign prints, beside the list", {**FILES, "SHA256SUMS": content, "SHA256SUMS.sig.json": aws}, "--key ../_keys/lena.pem")
    export("aws-json-false", "signature.mismatch", "the same over another list", {**FILES, "SHA256SUMS": content + b"#\n", "SHA256SUMS.sig.json": aws}, "--key ../_keys/lena.pem")
    changed("hashicorp", "a signature with the key's id in its name", {**FILES, "app_1.0_SHA256SUMS": content, "app_1.0_SHA256SUMS.sig": detached(content), "app_1.0_SHA256SUMS.72D7468F.sig": detached(content)}, PGP)
    for suffix in ("gpg", "asc", "sig", "sign", "pgp"):
        export("openpgp-" + suffix, "trusted", "an OpenPGP signature called ." + suffix, {**FILES, "SHA256SUMS": content, "SHA256SUMS." + suffix: detached(content, "lena", *(["--armor"] if suffix in ("asc", "sign") else []))}, PGP)
    export("openpgp-false", "signature.mismatch", "the list was changed after signing", {**FILES, "SHA256SUMS": content + b"# more\n", "SHA256SUMS.asc": detached(content)}, PGP)


def ecdsa(content):
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return run("openssl", "dgst", "-sha256", "-sign", str(KEYS / "lena.pem"), file.name)


def missing():
    part = {n: c for n, c in listed("SHA256SUMS", by("sha256sum")).items() if n != "doc/guide.txt"}
    export("part", "export.entry-missing", "a listed file is not there", part)
    export("part-allowed", "trusted", "the same, which the caller accepts", part, MINI + " --allow-missing", ['"doc/guide.txt" is listed and not there', "lists       2 files"])
    export("part-allowed-changed", "export.digest-mismatch", "what is there must fit", {**part, "app-1.0-windows.zip": b"x"}, MINI + " --allow-missing")
    export("part-allowed-extra", "export.entry-extra", "what is not listed is still refused", {**part, "evil": b"x"}, MINI + " --allow-missing")
    export("none-allowed", "export.entry-missing", "a list of which nothing is there says nothing", {n: c for n, c in part.items() if n not in FILES}, MINI + " --allow-missing", ["none of the 3 listed files is there"])


def names():
    content = by("sha256sum")
    export("any-name", "trusted", "a list with a name that says nothing, known by its first line", listed("release-notes.txt", content))
    export("named", "trusted", "the caller names the list", listed("release-notes.txt", content), MINI + " --list release-notes.txt")
    export("named-wrapped", "trusted", "the same in one folder around everything", {"r/" + n: c for n, c in listed("release-notes.txt", content).items()}, MINI + " --list release-notes.txt")
    export("named-missing", "export.manifest-missing", "and it is not there", listed("SHA256SUMS", content), MINI + " --list SHA512SUMS")
    export("named-other", "export.entry-extra", "another signed list is then a file like any other", {**listed("SHA256SUMS", content), "B2SUMS": by("b2sum"), "B2SUMS.minisig": minisig(by("b2sum"), "lena")}, MINI + " --list SHA256SUMS")
    export("named-path", "error", "a list lies at the top", listed("SHA256SUMS", content), MINI + " --list doc/SHA256SUMS")
    export("named-of-a-kit", "verdict.demand-unanswered", "a layout with a list of its own", listed("SHA256SUMS", content), MINI + " --list SHA256SUMS --layout offlinekit-kit")
    export("long-name", "trusted", "a long name", listed("terraform-provider-with-a-name-that-is-longer-than-sixty-four-letters_1.0.0_SHA256SUMS", content))


def one(name, expect, about, files, args, contains=()):
    export("x", expect, about, files, contains=contains)
    folder = HERE / ("checksums-one-" + name)
    (HERE / "checksums-as-x").rename(folder)
    case = (folder / "case.txt").read_text().split("\n")
    (folder / "case.txt").write_text("\n".join([line if not line.startswith("args: ") else "args: verify " + args for line in case]))


def one_file():
    app, content = "e/app-1.0-linux.tar.gz", by("sha256sum")
    only = {"app-1.0-linux.tar.gz": FILES["app-1.0-linux.tar.gz"]}
    alone = listed("SHA256SUMS", content, only)
    one("file", "trusted", "one file of a signed list of three", alone, f"{app} --signature e/SHA256SUMS {MINI}", ["covers      sha256:" + sha(only["app-1.0-linux.tar.gz"]), "lists       1 files", "2 other listed files were not asked about"])
    one("file-found", "trusted", "the list is found in the file's folder", alone, f"{app} {MINI}", ["2-list: ok: SHA256SUMS lists 3 files"])
    one("file-changed", "export.digest-mismatch", "a changed file", {**alone, "app-1.0-linux.tar.gz": b"x"}, f"{app} --signature e/SHA256SUMS {MINI}")
    one("file-found-changed", "export.digest-mismatch", "a changed file, and the list is found", {**alone, "app-1.0-linux.tar.gz": b"x"}, f"{app} {MINI}")
    one("file-not-listed", "checksum.not-listed", "a file that the list does not name", {**alone, "evil": b"x"}, f"e/evil --signature e/SHA256SUMS {MINI}")
    one("file-not-listed-found", "error", "no signature beside it, and no list names it", {**alone, "evil": b"x"}, f"e/evil {MINI}", ["no signature next to"])
    one("file-unsigned", "verdict.nothing-proved", "a list that nobody signed proves nothing", {**only, "SHA256SUMS": content}, f"{app} --signature e/SHA256SUMS {MINI}", ["trust comes only from a signature over the list"])
    one("file-list-changed", "signature.mismatch", "a line was added to the list", {**alone, "SHA256SUMS": content + b"# more\n"}, f"{app} --signature e/SHA256SUMS {MINI}")
    one("file-stranger", "key.unknown", "the list is by somebody else", {**only, "SHA256SUMS": content, "SHA256SUMS.asc": detached(content, "stranger")}, f"{app} --signature e/SHA256SUMS {PGP}")
    one("file-false-too", "signature.mismatch", "a false signature beside a good one", {**alone, "SHA256SUMS.asc": detached(content + b"#\n")}, f"{app} --signature e/SHA256SUMS {BOTH}")
    one("file-stranger-too", "trusted", "a signature by somebody else beside a good one", {**alone, "SHA256SUMS.asc": detached(content, "stranger")}, f"{app} --signature e/SHA256SUMS {BOTH}", ["is by somebody who is not trusted here"])
    one("file-threshold", "dsse.threshold", "one signer where two are demanded", alone, f"{app} --signature e/SHA256SUMS {BOTH} --threshold 2")
    one("file-threshold-met", "trusted", "two signers", {**alone, "SHA256SUMS.asc": detached(content)}, f"{app} --signature e/SHA256SUMS {BOTH} --threshold 2")
    one("file-in-folder", "trusted", "a file in a folder of the list", {**alone, "doc/guide.txt": FILES["doc/guide.txt"]}, f"e/doc/guide.txt --signature e/SHA256SUMS {MINI}")
    one("file-in-other-folder", "checksum.not-listed", "a file of that name in another folder", {**alone, "src/guide.txt": FILES["doc/guide.txt"]}, f"e/src/guide.txt --signature e/SHA256SUMS {MINI}")
    one("file-sha512", "trusted", "SHA-512", listed("SHA512SUMS", by("sha512sum"), only), f"{app} --signature e/SHA512SUMS {MINI}", ["covers      sha512:"])
    one("file-fedora", "trusted", "a clear-signed list", {**only, "App-CHECKSUM": clear(by("sha256sum", FILES, "--tag"))}, f"{app} --signature e/App-CHECKSUM {PGP}")
    one("file-inline-asc", "trusted", "a clear-signed list in an .asc file", {**only, "SHA256SUMS.asc": clear(content)}, f"{app} --signature e/SHA256SUMS.asc {PGP}")
    one("file-inline-text", "artifact.self-contained", "clear-signed text is the signature of no other file", {**only, "NEWS.asc": clear(b"news\n")}, f"{app} --signature e/NEWS.asc {PGP}")
    one("file-aws", "trusted", "a list by a key service", {**only, "SHA256SUMS": content, "SHA256SUMS.sig": b64(ecdsa(content)).encode() + b"\n"}, f"{app} --signature e/SHA256SUMS --key ../_keys/lena.pem --algorithm ECDSA_SHA_256".replace("../_keys", "../_keys"))
    one("file-md5", "algorithm.hash-not-accepted", "MD5", listed("MD5SUMS", by("md5sum"), only), f"{app} --signature e/MD5SUMS {MINI}")
    odd = content + b"".join(b"%s  %s\n" % (sha(b"").encode(), name) for name in (b"/etc/motd", b"..\\up", b"aux.h"))
    one("file-odd-names", "trusted", "names of other files that no file here may have", listed("SHA256SUMS", odd, only), f"{app} --signature e/SHA256SUMS {MINI}", ["5 other listed files were not asked about"])
    one("file-listed-itself", "checksum.not-listed", "a list says nothing of itself", listed("SHA256SUMS", by("sha256sum", {"SHA256SUMS": b""}), only), f"e/SHA256SUMS --signature e/SHA256SUMS {MINI}")
    one("file-demand", "verdict.demand-unanswered", "what no signature of the list can answer", alone, f"{app} --signature e/SHA256SUMS {MINI} --namespace file")
    one("file-no-key", "error", "nobody is trusted", alone, f"{app} --signature e/SHA256SUMS --no-bundled-trust")
    one("list-itself", "trusted", "the clear-signed list beside the list is its signature", {"SHA256SUMS": content, "SHA256SUMS.asc": clear(content)}, f"e/SHA256SUMS {PGP}")


if __name__ == "__main__":
    for pattern in ("checksums-as-*", "checksums-one-*"):
        for path in HERE.glob(pattern):
            shutil.rmtree(path)
    make()
    run("gpgconf", "--kill", "all")
    shutil.rmtree(KEYS)
    shutil.rmtree(HERE / "__pycache__", ignore_errors=True)

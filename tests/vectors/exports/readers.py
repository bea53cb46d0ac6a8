"""Archives as tools write them by default, and archives in which the readers of others (GNU tar, bsdtar, Python, busybox, 7-Zip, unzip, Java) see other files than we do.
Needs beside what generate.py needs: GNU tar, bsdtar, git, zip, jar. Alone, this script makes only its own vectors anew."""
import os
from making import *
from zips import Entry, FOLDER, deflated, packed

LONG = "app/" + "a-long-name-" * 10 + "end.txt"
FILES = {"app/readme.txt": b"first release of the demo\n", "app/größe.txt": "zwölf\n".encode(), LONG: b"long\n", "app/empty": b"", "notes.md": b"# notes\n" * 40}
PLAIN = {name: content for name, content in FILES.items() if name.isascii() and len(name) < 100}
GNU, POSIX = b"ustar  \0", b"ustar\0" + b"00"


def make():
    run("minisign", "-G", "-W", "-f", "-p", str(HERE / "_keys" / "dora.minisign.pub"), "-s", str(KEYS / "dora.minisign"))
    by_tools(signed(FILES), signed(PLAIN))
    tars(signed(PLAIN))
    zips(signed(PLAIN))
    lists()


def signed(files):
    listed = sums(files)
    return {**files, "SHA256SUMS": listed, "SHA256SUMS.minisig": minisig(listed, "dora")}


def case(name, expect, about, content, contains=()):
    suffix = "zip" if content[:2] == b"PK" else "tar.gz" if content[:2] == b"\x1f\x8b" else "tar"
    scenario("archive-" + name, expect, about, ("e." + suffix, content), f"e.{suffix} --key ../_keys/dora.minisign.pub", contains)


def lists():
    """Signed lists as projects write them."""
    def folder(name, expect, about, list_name="SHA256SUMS", line=lambda digest, file: f"{digest}  {file}\n", changed=b""):
        listed = "".join(line(sha(PLAIN[n]), n) for n in sorted(PLAIN)).encode().rstrip(b"\n")
        files = {**PLAIN, list_name: listed, list_name + ".minisig": minisig(listed, "dora"), "notes.md": PLAIN["notes.md"] + changed}
        scenario("archive-list-" + name, expect, about, files, "e --key ../_keys/dora.minisign.pub")
    folder("upper-case", "trusted", "upper-case hex, as Get-FileHash writes it", line=lambda digest, file: f"{digest.upper()}  {file}\n")
    folder("one-blank", "trusted", "one blank between digest and name", line=lambda digest, file: f"{digest} {file}\n")
    for number, name in enumerate(("app_1.0_checksums.txt", "app_1.0_SHA256SUMS", "app-1.0-CHECKSUM", "SHASUMS256.txt", "SHA256SUMS-1.0.txt", "SHA256")):
        folder(f"name-{number}", "trusted", "a name that projects use: " + name, name)
        folder(f"name-{number}-changed", "export.digest-mismatch", "the same, and a changed file", name, changed=b"x")


def by_tools(files, plain):
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder) / "release"
        write(top, files)
        for path in [top, *top.rglob("*")]:
            os.utime(path, (1795334400, 1795334400))
        shell = lambda command: subprocess.run(["sh", "-c", command], cwd=folder, check=True, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}).stdout
        case("gnu-tar", "trusted", "GNU tar's own format: long names in entries of their own", shell("tar -c --sort=name release"))
        case("gnu-tar-pax", "trusted", "GNU tar's pax format", shell("tar -c --sort=name --format=pax --pax-option=delete=atime,delete=ctime release"))
        case("bsdtar", "trusted", "bsdtar's default format", shell("bsdtar -c release"))
        case("bsdtar-zip-piped", "trusted", "a zip file that bsdtar writes into a pipe: descriptors, and zeros behind the end", shell("bsdtar -c --format zip release | cat"))
        git = "git -c user.name=x -c user.email=x@example.org -c init.defaultBranch=main"
        shell(f"cd release && {git} init -q && git add . && {git} commit -qm x --date 2026-11-22T00:00:00Z")
        case("git-tar", "trusted", "git archive: a global header with the commit, long names beside the id of the content", shell("cd release && git archive --format=tar --prefix=release/ HEAD"))
        case("git-tar-gz", "trusted", "git archive, compressed", shell("cd release && git archive --format=tar.gz HEAD"))
        case("git-zip", "trusted", "git archive as zip: the commit is its comment", shell("cd release && git archive --format=zip HEAD"))
        shutil.rmtree(top / ".git")
        case("java-zip", "trusted", "Java's jar tool: folders with two packed bytes, no Unix attributes", shell("jar -c -M -f java.zip release && cat java.zip"))
        shutil.rmtree(top)
        write(top, plain)
        case("info-zip-piped", "trusted", "Info-ZIP into a pipe: sizes in the local header, no checksum, an empty file stored with a descriptor", shell("zip -q -r - release | cat"))
    case("python-pax", "trusted", "Python's default: a question mark for each letter beyond ASCII in the entry's own header", by_python(files))
    case("macos-attributes", "trusted", "attributes of files as tar on macOS writes them", archive(plain, {"notes.md": pax(b"LIBARCHIVE.xattr.com.apple.quarantine=MDA4MQ", b"SCHILY.xattr.com.apple.quarantine=0081")}),
         ["note: the archive brings 2 extended attributes"])
    case("node-tar", "trusted", "node-tar: times behind the prefix, a size in both headers", archive(plain, {"notes.md": pax(b"size=320", b"SCHILY.dev=65024")}, lambda h: patched(h, 476, b"15156221031\0" b"15156221031\0")))
    umlaut = "app/größe.txt"
    field = struct.pack("<HHBI", 0x7075, 5 + len(umlaut.encode()), 1, zlib.crc32(umlaut.encode())) + umlaut.encode()
    more = {n: c for n, c in files.items() if n != LONG}
    more["SHA256SUMS"] = sums({n: c for n, c in more.items() if not n.startswith("SHA256")})
    more["SHA256SUMS.minisig"] = minisig(more["SHA256SUMS"], "dora")
    entry = lambda n: Entry(n, more[n], extra=field if n == umlaut else b"")
    case("zip-unicode-field", "trusted", "a name in UTF-8 that no flag marks, and a field beside it that says so, as Info-ZIP and jszip write it", packed([entry(n) for n in sorted(more)]), ["stand in Unicode fields alone"])


def by_python(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as made:
        for name in sorted(files):
            add(made, name, files[name])
    return out.getvalue()


def header(name, size, kind=b"0", magic=POSIX, mode=b"0000644\0", link=b"", prefix=b"", owner=b"0000000\0"):
    block = name.ljust(100, b"\0") + mode + owner + b"0000000\0" + b"%011o\0" % size + b"00000000000\0" + b" " * 8 + kind + link.ljust(100, b"\0") + magic + bytes(64) + b"0000000\0" * 2 + prefix.ljust(167, b"\0")
    return patched(block, 0, b"")


def patched(block, at, value):
    block = block[:at] + value + block[at + len(value):]
    return block[:148] + b"%06o\0 " % sum(block[:148] + b" " * 8 + block[156:]) + block[156:]


def padded(content):
    return content + bytes(-len(content) % 512)


def pax(*records, kind=b"x"):
    text = b""
    for record in records:
        length = len(record) + 2
        while length != len(record) + 2 + len(str(length)):
            length = len(record) + 2 + len(str(length))
        text += b"%d %s\n" % (length, record)
    return header(b"PaxHeader", len(text), kind) + padded(text)


def archive(files, before={}, change=lambda block: block, start=b"", **last):
    """`before` stands before the entry of that name; `last` and `change` are for the header of notes.md."""
    made = start
    for name in sorted(files):
        block = header(name.encode(), len(files[name]), **(last if name == "notes.md" else {}))
        made += before.get(name, b"") + (change(block) if name == "notes.md" else block) + padded(files[name])
    return made + bytes(1024)


def tars(files):
    case("gnu-prefix", "archive.malformed", "GNU's magic, and bytes where only POSIX has a prefix: some readers take them for a folder", archive(files, magic=GNU, prefix=b"../../x/y"))
    case("set-user-id", "archive.unsafe-entry", "a file that would run as its owner", archive(files, mode=b"0004755\0"), ["has mode 4755"])
    case("sticky-folder", "archive.unsafe-entry", "a folder with more than the rights to read, write and execute", archive(files, start=header(b"app/", 0, b"5", mode=b"0001777\0")))
    case("type-in-mode", "trusted", "some writers repeat in the mode that it is a file", archive(files, mode=b"0100644\0"))
    case("pax-other-name", "archive.malformed", "a reader without pax headers sees another name", archive(files, {"notes.md": pax(b"path=notes.md")}, lambda h: patched(h, 0, b"install.sh")))
    case("pax-other-size", "archive.malformed", "a reader without pax headers sees another size", archive(files, {"notes.md": pax(b"size=10")}))
    case("pax-global-path", "archive.unsafe-entry", "a global header that names every file", archive(files, start=pax(b"path=install.sh", kind=b"g")))
    case("pax-capability", "archive.unsafe-entry", "an attribute that gives rights", archive(files, {"notes.md": pax(b"SCHILY.xattr.security.capability=1")}))
    case("pax-number-zero", "archive.malformed", "a record whose length begins with a zero", archive(files, {"notes.md": header(b"PaxHeader", 12, b"x") + padded(b"012 mtime=1\n")}))
    case("owner-no-number", "archive.malformed", "an owner that is no number: Python ends there without a word", archive(files, owner=b"nobody\0\0"))
    case("link-target", "archive.malformed", "a file with the target of a link", archive(files, link=b"/etc/passwd"))
    case("size-without-end", "archive.malformed", "digits up to the next field: busybox reads on", archive(files, change=lambda h: patched(h, 124, b"%012o" % len(files["notes.md"]))))
    case("name-not-utf8", "archive.unsafe-name", "a name that is not UTF-8 becomes another one in each reader", archive(files, start=header(b"caf\xe9/", 0, b"5")), ["caf"])
    case("bzip2-mark", "archive.unsafe-name", "a folder for which bsdtar takes the archive for a compressed one", archive(files, start=header(b"BZh91AY&SY/", 0, b"5")))
    case("gzip-not-final", "archive.malformed", "compressed data without a last block: a reader that streams goes on", gz_not_final(archive(files)))


def gz_not_final(content):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(content) + deflate.flush(zlib.Z_SYNC_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + body + struct.pack("<II", zlib.crc32(content), len(content))


def zips(files):
    def last(content=files["notes.md"], **changes):
        return packed([Entry(n, files[n]) for n in sorted(files) if n != "notes.md"] + [Entry("notes.md", content, **changes)])
    notes = files["notes.md"]
    field = lambda kind, content: struct.pack("<HH", kind, len(content)) + content
    name = lambda text: field(0x7075, struct.pack("<BI", 1, zlib.crc32(b"notes.md")) + text)
    case("zip-not-final", "archive.malformed", "compressed data without a last block: a reader that streams goes on", last(packed=b"\0" + struct.pack("<HH", len(notes), len(notes) ^ 0xFFFF) + notes))
    case("zip-java-mark", "trusted", "Java's mark, which is empty", last(extra=field(0xCAFE, b"")))
    case("zip-java-mark-content", "archive.unsafe-entry", "Java's mark with bytes in it", last(extra=field(0xCAFE, b"PK\3\4" + bytes(36))))
    case("zip-times-and-more", "archive.unsafe-entry", "bytes hidden behind a time", last(extra=field(0x5455, b"\1" + bytes(4) + b"PK\3\4" + bytes(32))))
    case("zip-field-twice", "archive.malformed", "one extra field twice", last(extra=field(0xCAFE, b"") * 2))
    case("zip-unicode-other", "archive.malformed", "a field that gives an entry another name", last(extra=name(b"install.sh")))
    case("zip-unicode-same", "trusted", "a field that repeats the name", last(extra=name(b"notes.md")))
    case("zip-set-user-id", "archive.unsafe-entry", "a file that would run as its owner", last(attributes=0o104755 << 16), ["has mode 104755"])
    case("zip-comment-record", "archive.trailing-bytes", "a comment that holds bytes of records", packed([Entry(n, files[n]) for n in sorted(files)], comment=b"PK\1\2"))
    case("zip-stored-descriptor-empty", "trusted", "an empty file, stored with a descriptor", packed([Entry(n, files[n], method=0 if n == "app/empty" else 8, flags=8) for n in sorted(files)]))
    case("zip-folder-deflated", "archive.unsafe-entry", "a folder with more packed bytes than nothing needs", packed([Entry("app/", b"", attributes=FOLDER, packed=b"\1\0\0\xff\xff")] + [Entry(n, files[n]) for n in sorted(files)]))
    case("zip-also-tar", "archive.malformed", "the first folder's name makes the file a tar archive as well, and bsdtar reads that", also_tar([Entry(n, files[n]) for n in sorted(files)]))


def also_tar(entries):
    """A name of printable letters in which the fields of an old tar header stand, its checksum among them."""
    text = bytearray(b"n" * 600)
    for at, value in ((100, b"0000644 0000000 0000000 00000000100 00000000000 "), (156, b"5")):
        text[at - 30:at - 30 + len(value)] = value
    for guess in range(1 << 18):
        text[148 - 30:156 - 30] = b"%06o  " % guess
        made = packed([Entry(bytes(text) + b"/", b"", method=0, attributes=FOLDER)] + entries)
        if sum(made[:148] + b" " * 8 + made[156:512]) == guess:
            return made


if __name__ == "__main__":
    for path in HERE.glob("archive-*"):
        shutil.rmtree(path)
    make()
    shutil.rmtree(KEYS)
    shutil.rmtree(HERE / "__pycache__", ignore_errors=True)

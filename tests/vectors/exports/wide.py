"""Archives whose numbers other readers read in another way: wide ones (ZIP64), and those of pax headers. Alone, this script makes only its own vectors anew."""
from making import *
from readers import archive, header, padded, patched, pax
from zips import DESCRIPTOR, Entry, packed, with_zip64_end

KEY = "wide.minisign"
FILES = {"app/install.sh": b"#!/bin/sh\necho installed\n", "app/readme.txt": b"first release of the demo\n", "notes.md": b"# notes\n" * 40}


def make():
    run("minisign", "-G", "-W", "-f", "-p", str(HERE / "_keys" / (KEY + ".pub")), "-s", str(KEYS / KEY))
    listed = sums(FILES)
    files = {**FILES, "SHA256SUMS": listed, "SHA256SUMS.minisig": minisig(listed, "wide")}
    zips(files)
    tars(files)


def case(name, expect, about, content, contains=()):
    suffix = "zip" if content[:2] == b"PK" else "tar"
    scenario("archive-" + name, expect, about, ("e." + suffix, content), f"e.{suffix} --key ../_keys/{KEY}.pub", contains)


def by_python(files, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            with made.open(info, "w", force_zip64=name == "notes.md") as entry:
                entry.write(files[name])
    return out.getvalue()


def zips(files):
    case("zip-wide-stored", "archive.malformed", "stored with wide sizes, as Python's force_zip64 writes it: busybox appends the rest of the archive", by_python(files, zipfile.ZIP_STORED), ["busybox"])
    case("zip-wide-deflated", "trusted", "deflated with wide sizes, which every reader reads", by_python(files, zipfile.ZIP_DEFLATED))
    made = packed([Entry(n, files[n]) for n in sorted(files)])
    at = made.rindex(b"PK\1\2")
    size, packed_size, offset = struct.unpack("<I", made[at + 24:at + 28])[0], struct.unpack("<I", made[at + 20:at + 24])[0], struct.unpack("<I", made[at + 42:at + 46])[0]
    for name, about, fields in (("offset", "a wide offset that is not needed: busybox seeks elsewhere and leaves the file out", "offset"), ("sizes", "wide sizes in the directory that are not needed", "sizes"), ("directory", "every number of a record wide and not needed", "sizes offset")):
        numbers = ([size, packed_size] if "sizes" in fields else []) + ([offset] if "offset" in fields else [])
        extra = struct.pack("<HH", 1, 8 * len(numbers)) + b"".join(struct.pack("<Q", n) for n in numbers)
        record = bytearray(made[at:-22])
        if "sizes" in fields:
            record[20:28] = b"\xff" * 8
        if "offset" in fields:
            record[42:46] = b"\xff" * 4
        record[30:32] = struct.pack("<H", len(extra))
        end = bytearray(made[-22:])
        end[12:16] = struct.pack("<I", struct.unpack("<I", end[12:16])[0] + len(extra))
        case("zip-wide-" + name, "archive.malformed", about, made[:at] + bytes(record) + extra + bytes(end))
    case("zip-wide-end", "archive.malformed", "a wide offset in the end record that is not needed: busybox looks for an earlier end record", with_zip64_end(made, shown=()))
    name = b"notes.md"
    field = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(name)) + name
    entry = lambda n: Entry(n, files[n], **({"flags": DESCRIPTOR, "local": {"extra": field}} if n == "notes.md" else {}))
    case("zip-descriptor-unicode", "archive.unsafe-entry", "a data descriptor and a Unicode name in the local header: Debian's unzip stops", packed([entry(n) for n in sorted(files)]))


def tars(files):
    made = lambda *records: archive(files, {"notes.md": pax(*records)})
    for name, value in (("negative", b"uid=-5"), ("blank", b"gid= 5"), ("underscore", b"uid=1_0"), ("too-large", b"uid=4294967296"), ("nan", b"mtime=nan"), ("infinite", b"atime=inf"), ("exponent", b"mtime=1e400"),
                        ("empty", b"ctime="), ("hex", b"SCHILY.dev=0x10"), ("beyond", b"mtime=99999999999999999999")):
        case("pax-number-" + name, "archive.malformed", "a number that Python cannot set, and ends in the middle: " + value.decode(), made(value))
    case("pax-number-true", "trusted", "numbers as writers write them", made(b"uid=4294967294", b"gid=20", b"mtime=-1.5", b"atime=1795334400.123456789", b"SCHILY.dev=-16777220"))
    case("owner-negative", "archive.malformed", "a negative owner in binary", archive(files, owner=b"\xff" * 7 + b"\xfb"))
    case("time-beyond", "archive.malformed", "a time in binary that no system can set", archive(files, change=lambda h: patched(h, 136, b"\x80" + b"\x7f" * 11)))
    case("pax-flags-immutable", "archive.unsafe-entry", "a flag by which nobody can change the file, which bsdtar sets", made(b"SCHILY.fflags=schg"), ["who may change"])
    case("pax-flags-plain", "trusted", "a flag of FreeBSD that changes no rights", made(b"SCHILY.fflags=uarch,nodump"), ["brings 1 extended attribute"])
    case("pax-access-list", "archive.unsafe-entry", "an access list", made(b"SCHILY.acl.access=user::rwx"))
    case("pax-apple-access-list", "archive.unsafe-entry", "an access list as macOS keeps it", made(b"LIBARCHIVE.xattr.com.apple.acl.text=AA=="))
    case("pax-capability-of-libarchive", "archive.unsafe-entry", "an attribute that gives rights, by libarchive's keyword", made(b"LIBARCHIVE.xattr.security.capability=AQ=="))

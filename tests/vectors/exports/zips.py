"""zip files: good ones by Python's zipfile and by Info-ZIP, and one for everything in which two readers could see two archives, made byte by byte."""
import struct, zlib
from checksums import MINI, signed
from making import *

UTF8, DESCRIPTOR, ENCRYPTED = 0x0800, 0x0008, 0x0001
LINK, DEVICE, FILE, FOLDER = 0o120777 << 16, 0o020666 << 16, 0o100644 << 16, 0o040755 << 16


class Entry:
    """One entry; whatever is not given is right."""

    def __init__(self, name, content=b"", method=8, flags=0, attributes=FILE, extra=b"", packed=None, crc=None, size=None, local={}, descriptor=None):
        self.name, self.content, self.method, self.flags, self.attributes, self.extra = name if isinstance(name, bytes) else name.encode(), content, method, flags, attributes, extra
        self.packed = packed if packed is not None else deflated(content) if method == 8 else content
        self.crc = zlib.crc32(content) if crc is None else crc
        self.size = len(content) if size is None else size
        self.local, self.descriptor = local, self.crc if descriptor is None else descriptor

    def header(self):
        known = {"name": self.name, "method": self.method, "flags": self.flags, "crc": self.crc, "size": self.size, "packed": len(self.packed), "extra": self.extra}
        if self.flags & DESCRIPTOR:
            known.update(crc=0, size=0, packed=0)
        known.update(self.local)
        return (b"PK\3\4" + struct.pack("<5H3I2H", 20, known["flags"], known["method"], 0, 0x21, known["crc"], known["packed"], known["size"], len(known["name"]), len(known["extra"]))
                + known["name"] + known["extra"])

    def body(self):
        descriptor = b"PK\7\x08" + struct.pack("<3I", self.descriptor, len(self.packed), self.size) if self.flags & DESCRIPTOR else b""
        return self.header() + self.packed + descriptor

    def record(self, offset, disk=0, comment=b""):
        return (b"PK\1\2" + struct.pack("<6H3I5H2I", 0x0314, 20, self.flags, self.method, 0, 0x21, self.crc, len(self.packed), self.size, len(self.name), len(self.extra), len(comment), disk, 0, self.attributes, offset)
                + self.name + self.extra + comment)


def packed(entries, before=b"", gap=b"", after=b"", count=None, hidden=(), offsets=None, records=b"", comment=b"", entry_comment=b"", disk=0, swapped=False):
    """`hidden` entries stand behind the first one and not in the directory; an entry with an offset brings no content of its own."""
    body, directory = before, []
    for at, entry in enumerate(entries):
        offset = offsets[at] if offsets else None
        directory.append(entry.record(len(body) if offset is None else offset, comment=entry_comment))
        body += entry.body() if offset is None else b""
        body += b"".join(e.body() for e in hidden) if at == 0 else b""
    body += gap
    listed = b"".join(reversed(directory) if swapped else directory) + records
    total = len(entries) if count is None else count
    return body + listed + b"PK\5\6" + struct.pack("<4H2IH", disk, disk, total, total, len(listed), len(body), len(comment)) + comment + after


def entries_of(files):
    return [Entry(n, files[n]) for n in sorted(files)]


def with_zip64_end(content, shown=("count", "size", "offset"), **changes):
    """The same archive with a ZIP64 end record and its locator before the short one, which says the same but for what is not `shown`."""
    body, end = content[:-22], content[-22:]
    count, size, offset = struct.unpack("<H2I", end[10:20])
    short = [count if "count" in shown else 0xFFFF] * 2 + [size if "size" in shown else 0xFFFFFFFF, offset if "offset" in shown else 0xFFFFFFFF]
    told = {"count": count, "size": size, "offset": offset, "at": len(body), **changes}
    return (body + b"PK\6\6" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, told["count"], told["count"], told["size"], told["offset"])
            + b"PK\6\7" + struct.pack("<IQI", 0, told["at"], 1) + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, *short, 0))


def zip64_entries(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as entry:
                entry.write(files[name])
    return out.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot seek: zipfile then writes data descriptors."""

    def __init__(self):
        self.written = b""

    def writable(self):
        return True

    def write(self, piece):
        self.written += bytes(piece)
        return len(piece)


def streamed(files):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
    return pipe.written


def by_info_zip(files):
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder) / "in" / "release-1", files)
        subprocess.run(["zip", "-q", "-r", "../e.zip", "release-1"], cwd=folder + "/in", check=True)
        return (pathlib.Path(folder) / "e.zip").read_bytes()


def case(name, expect, about, content, contains=()):
    scenario("zip-" + name, expect, about, ("e.zip", content), f"e.zip {MINI}", contains)


def make():
    files = signed()
    good = entries_of(files)
    accepted(files, good)
    disagreeing(files, good)
    hiding(good)
    dangerous(good)


def accepted(files, good):
    case("good", "trusted", "deflated, by Python's zipfile", zipped(files), ["layout:         checksums"])
    case("stored", "trusted", "stored, by Python's zipfile", zipped(files, zipfile.ZIP_STORED))
    case("info-zip", "trusted", "by Info-ZIP, with folders, times and owners", by_info_zip(files), ["all in release-1/"])
    case("streamed", "trusted", "data descriptors, as a writer makes them that cannot seek", streamed(files))
    case("zip64", "trusted", "ZIP64 sizes in every local header", zip64_entries(files))
    case("zip64-end", "trusted", "a ZIP64 end record", with_zip64_end(packed(good)))
    case("utf8-name", "trusted", "a name beyond ASCII, marked as UTF-8", zipped(signed({"übersicht.txt": b"x\n"})))


def disagreeing(files, good):
    def last(**changes):
        return packed(good[:-1] + [Entry("notes.md", files["notes.md"], **changes)])
    for name, field, value in (("name", "name", b"notes.mD"), ("crc", "crc", 1), ("size", "size", 1), ("packed-size", "packed", 1), ("method", "method", 0), ("flags", "flags", UTF8)):
        case("other-" + name, "archive.malformed", f"the local header says another {name} than the directory", last(local={field: value}))
    case("other-descriptor", "archive.malformed", "the data descriptor has another checksum", last(flags=DESCRIPTOR, descriptor=1))
    case("wrong-crc", "archive.malformed", "the content has another checksum than all say", last(crc=7))
    case("size-too-small", "archive.malformed", "the content is larger than all say", last(size=3))
    case("size-too-large", "archive.malformed", "the content is smaller than all say", last(size=300))
    case("stored-sizes", "archive.malformed", "stored, and its two sizes differ", last(method=0, size=3))
    case("corrupt", "archive.malformed", "the compressed data is corrupt", last(packed=b"\xff" * 20))
    case("zip64-end-differs", "archive.malformed", "the ZIP64 end record says another offset", with_zip64_end(packed(good), offset=1))
    case("zip64-end-elsewhere", "archive.malformed", "the locator points elsewhere", with_zip64_end(packed(good), at=1))
    case("cut", "archive.malformed", "the end is missing", packed(good)[:-30])
    case("overlap", "archive.malformed", "two entries share one content: so the largest bombs are made", packed(good + [Entry(good[0].name + b"2", good[0].content)], offsets=[None] * len(good) + [0]))
    case("order", "archive.trailing-bytes", "the directory lists the entries in another order", packed(good, swapped=True))


def hiding(good):
    secret = Entry("evil", b"hidden")
    case("hidden-entry", "archive.trailing-bytes", "an entry that the directory does not name: readers from start to end find it", packed(good, hidden=[secret]))
    case("hidden-first", "archive.trailing-bytes", "an entry before all others that the directory does not name", packed(good, before=secret.body()))
    case("gap", "archive.trailing-bytes", "bytes between the last entry and the directory", packed(good, gap=b"hidden"))
    case("hidden-record", "archive.trailing-bytes", "a record more than the end record counts", packed(good, records=secret.record(0)))
    case("missing-record", "archive.malformed", "a record less than the end record counts", packed(good, count=len(good) + 1))
    case("comment", "trusted", "a comment of text, which is no record of any kind", packed(good, comment=b"any"))
    case("entry-comment", "trusted", "comments of entries of text: they are not extracted", packed(good, entry_comment=b"any"))
    case("after-the-end", "archive.trailing-bytes", "bytes behind the end record", packed(good, after=b"hidden"))
    case("two-archives", "archive.malformed", "two archives one after the other: readers take the first or the second", packed(good) + packed(good))
    case("deflate-tail", "archive.trailing-bytes", "bytes behind the end of the compressed data", packed(good + [Entry("more", b"x" * 9, packed=deflated(b"x" * 9) + b"hidden")]))
    case("prefix", "archive.malformed", "a program before the archive", b"#!/bin/sh\n" + packed(good))
    case("second-disk", "archive.malformed", "an archive on several disks", packed(good, disk=1))


def dangerous(good):
    def more(name, *args, **changes):
        return packed(good + [Entry(name, *args, **changes)])
    case("traversal", "archive.unsafe-name", "a name that leaves the export", more("../evil"))
    case("absolute", "archive.unsafe-name", "an absolute name", more("/etc/evil"))
    case("backslash", "archive.unsafe-name", "a separator on Windows", more("app\\evil"))
    case("drive", "archive.unsafe-name", "a drive of Windows", more("c:evil"))
    case("code-page", "archive.unsafe-name", "a name in some code page", more("caf\xe9".encode("latin-1")))
    case("name-twice", "archive.duplicate", "two entries of one name", more("notes.md", b"other"))
    case("case-collision", "archive.duplicate", "one file on Windows and macOS", more("NOTES.md", b"other"))
    case("file-and-folder", "archive.duplicate", "a file where a folder is", more("app", b"other"))
    case("symbolic-link", "archive.unsafe-entry", "a link out of the tree", more("evil", b"/etc/passwd", attributes=LINK), ["is a symbolic link"])
    case("device", "archive.unsafe-entry", "a character device", more("null", attributes=DEVICE))
    case("folder-as-file", "archive.unsafe-entry", "a folder by its attributes, a file by its name", more("evil", attributes=FOLDER))
    case("folder-with-content", "archive.unsafe-entry", "a folder that holds bytes", more("evil/", b"hidden", attributes=FOLDER))
    case("encrypted", "archive.unsafe-entry", "an encrypted entry", more("evil", b"?", flags=ENCRYPTED), ["is encrypted"])
    case("method", "archive.unsafe-entry", "packed by bzip2", more("evil", b"?", method=12), ["method 12"])
    case("stored-descriptor", "archive.unsafe-entry", "stored content of which only the directory says where it ends", more("evil", b"x", method=0, flags=DESCRIPTOR))
    case("other-name-field", "archive.malformed", "an extra field with another name", more("evil", b"x", extra=struct.pack("<HHBI", 0x7075, 9, 1, 0) + b"good"))
    case("extra-cut", "archive.malformed", "an extra field that is longer than its place", more("evil", b"x", extra=struct.pack("<HH", 0x5455, 9)))
    case("bomb", "archive.ratio", "64 MiB of zeros out of 64 KiB", more("zeros", bytes(64 << 20)))
    case("too-much", "archive.too-large", "an entry of 8 EiB, by its own account", packed(good + [Entry("all", b"x", extra=struct.pack("<HHQ", 1, 8, 2**62), size=0xFFFFFFFF)]))


def deflated(content):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflate.compress(content) + deflate.flush()

"""Archives that common readers take for different things. Each holds a signed list (minisign), so that a verifier of exports can be asked; readers are asked to extract."""
import struct
import zlib
from maker.archives import END, Zip, header, member, pax
from maker.case import CARE, accept, refuse
from .checksums import FILES, listed
from .minisign import joined, lines, public

PAX, NOTE, SAFE = "POSIX.1-2017 pax, ", "APPNOTE.TXT 6.3.10 section ", "CWE-"
CONTENT = {"SHA256SUMS": listed().encode(), "SHA256SUMS.minisig": joined(lines(data=listed().encode())), **FILES}
EVIL = b"the program, changed\n"


def question(name, data):
    return dict(operation="archive", files={"archive": (name, data), "key": ("release.pub", public())})


def tar(*more, end=END, first=(), **replaced):
    """A tar archive of the content, with members before and after it."""
    return question("release.tar", b"".join(first) + b"".join(replaced.get(name.replace(".", "_")) or member(name.encode(), data) for name, data in CONTENT.items()) + b"".join(more) + end)


def tars():
    app = b"app.tar"
    yield accept("tar", **tar(), why="An archive as every tar writes it.", source=PAX + "ustar Interchange Format")
    yield accept("tar-pax-times", **tar(first=[pax([(b"mtime", b"1577880000.5")])]), why="Times of an extended header change no name and no content.", source=PAX + "pax Extended Header")
    yield refuse("tar-name-twice", **tar(member(app, EVIL)), ground=CARE, why="The later file of one name replaces the earlier one, or does not: readers differ.", source=PAX + "pax Extended Header and " + SAFE + "694")
    yield refuse("tar-climbs", **tar(member(b"../release.txt", b"x")), ground=CARE, why="The name leads out of the folder.", source=SAFE + "23")
    yield refuse("tar-absolute", **tar(member(b"/gap-corpus-release.txt", b"x")), ground=CARE, why="The name leads out of the folder.", source=SAFE + "36")
    yield refuse("tar-link-out", **tar(header(b"link", 0, kind=b"2", linked=b"../.."), member(b"link/release.txt", b"x")), ground=CARE, why="A link leads out of the folder, and a file goes through it.", source=SAFE + "59")
    yield refuse("tar-checksum-wrong", **tar(member(b"more.txt", b"x", checksum=1)), why="The header's checksum is the sum of its octets.", source=PAX + "ustar Interchange Format, chksum")
    yield refuse("tar-cut", **question("release.tar", tar()["files"]["archive"][1][:-1024 - 100]), why="The archive ends inside of a file.", source=PAX + "ustar Interchange Format")
    yield refuse("tar-end-of-one-block", **tar(bytes(512), member(b"late.txt", b"x")), ground=CARE, why="One block of zeros ends the archive for some readers and not for others.", source=PAX + "ustar Interchange Format (two records of zeros)")
    yield refuse("tar-behind-the-end", **tar(end=END + member(b"late.txt", b"x") + END), ground=CARE, why="What stands behind the end is seen by readers that were told to go on.", source=PAX + "ustar Interchange Format")
    sized = pax([(b"size", b"%d" % (512 + len(EVIL)))])
    yield refuse("tar-two-sizes", **tar(sized, member(b"pad.txt", b"x" * 20), member(b"late.txt", EVIL)), ground=CARE, why="Extended header and header state different sizes, so that readers see different members.", source=PAX + "pax Extended Header, size")
    yield refuse("tar-size-negative", **tar(member(b"more.txt", b"", size_field=b"\xff" * 12)), why="A size is not negative.", source=PAX + "ustar Interchange Format, size")
    yield refuse("tar-device", **tar(header(b"disk", 0, kind=b"3")), ground=CARE, why="A device is no file of a release.", source=SAFE + "434")
    yield refuse("tar-set-user-id", **tar(member(b"tool", b"x", mode="0004755")), ground=CARE, why="Whoever unpacks this as root makes a program that runs as root.", source=SAFE + "732")


def zipped(archive=None, **more):
    archive = archive or Zip()
    for name, data in CONTENT.items():
        archive.add(name.encode(), data)
    return archive


def zips():
    plain = zipped().done()
    yield accept("zip", **question("release.zip", plain), why="An archive as every zip program writes it.", source=NOTE + "4.3.6")
    two = zipped()
    two.add(b"app.tar", EVIL)
    yield refuse("zip-name-twice", **question("release.zip", two.done()), ground=CARE, why="Of two files of one name readers take the first or the last.", source=SAFE + "694")
    other = zipped()
    other.add(b"readme.txt", b"x", listed=b"notes2.txt")
    yield refuse("zip-names-differ", **question("release.zip", other.done()), why="The name before the data and the one in the directory are the same.", source=NOTE + "4.3.7 and 4.3.12")
    hidden = zipped()
    hidden.add(b"hidden.txt", EVIL, hidden=True)
    yield refuse("zip-not-in-directory", **question("release.zip", hidden.done()), why="A file that the directory does not name is seen by readers that go from front to back.", source=NOTE + "4.3.6", ground=CARE)
    yield refuse("zip-climbs", **question("release.zip", zipped().add(b"../release.txt", b"x").done()), ground=CARE, why="The name leads out of the folder.", source=NOTE + "4.4.17.1 and " + SAFE + "23")
    yield refuse("zip-absolute", **question("release.zip", zipped().add(b"/gap-corpus-release.txt", b"x").done()), why="A name has no leading slash.", source=NOTE + "4.4.17.1")
    yield refuse("zip-backslash", **question("release.zip", zipped().add(b"..\\release.txt", b"x").done()), why="Names are written with forward slashes.", source=NOTE + "4.4.17.1")
    yield refuse("zip-checksum-wrong", **question("release.zip", zipped().add(b"more.txt", b"x", crc=1).done()), why="The CRC is the one of the data.", source=NOTE + "4.4.7")
    yield refuse("zip-link-out", **question("release.zip", zipped().add(b"link", b"../..", attributes=0o120777 << 16).add(b"link/release.txt", b"x").done()), ground=CARE, why="A link leads out of the folder, and a file goes through it.", source=SAFE + "59")
    yield refuse("zip-count-low", **question("release.zip", zipped().done(count=3)), why="The number of files is the one of the directory.", source=NOTE + "4.4.22")
    yield refuse("zip-two-directories", **question("release.zip", zipped().done(comment=Zip().add(b"late.txt", EVIL).done())), ground=CARE, why="The comment holds another archive: which of the two ends of a directory counts is for readers to guess.", source=NOTE + "4.3.16")
    yield refuse("zip-bytes-before", **question("release.zip", zipped().done(before=b"#!/bin/sh\necho hello\n")), ground=CARE, why="What stands before the first file is a program, or nothing, as one reads it.", source=NOTE + "4.1.9")
    yield refuse("zip-unicode-name-other", **question("release.zip", zipped().add(b"good.txt", b"x", extra=b"up" + struct.pack("<HBI", 13, 1, zlib.crc32(b"good.txt")) + b"evil.txt").done()), ground=CARE, why="A field names the file otherwise, for the readers that look at it.", source=NOTE + "4.6.9")
    yield refuse("zip-size-wrong", **question("release.zip", zipped().add(b"more.txt", b"xyz", size=2).done()), why="Stored data are as long as they are said to be.", source=NOTE + "4.4.9")


def cases():
    yield from tars()
    yield from zips()

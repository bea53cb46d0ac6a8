"""Archives from their parts, so that each part can be bent: ustar and zip."""
import struct
import zlib


def header(name, size, kind=b"0", mode="0000644", magic=b"ustar\x0000", prefix=b"", linked=b"", checksum=None, size_field=None):
    """A tar header of 512 octets."""
    field = size_field if size_field is not None else b"%011o\0" % size
    block = name.ljust(100, b"\0") + mode.encode() + b"\0" + b"0000000\0" * 2 + field + b"14000000000\0" + b" " * 8 + kind + linked.ljust(100, b"\0") + magic + bytes(64) + b"0000000\0" * 2 + prefix.ljust(155, b"\0") + bytes(12)
    total = sum(block) if checksum is None else checksum
    return block[:148] + b"%06o\0 " % total + block[156:]


def member(name, data, **more):
    """A header, the data, and zeros up to the block."""
    return header(name, len(data), **more) + data + bytes(-len(data) % 512)


def pax(values, kind=b"x"):
    """An extended header."""
    body = b""
    for key, value in values:
        rest = b" " + key + b"=" + value + b"\n"
        size = len(rest) + 1
        while len(str(size)) + len(rest) != size:
            size += 1
        body += str(size).encode() + rest
    return member(b"PaxHeaders/x", body, kind=kind)


END = bytes(1024)


class Zip:
    """A zip file that is written member by member."""

    def __init__(self):
        self.body, self.directory, self.count = b"", b"", 0

    def add(self, name, data, listed=None, crc=None, packed=False, hidden=False, attributes=0o100644 << 16, made_by=0x031E, extra=b"", flags=0, size=None):
        """A member; `listed` is its name in the directory where that differs."""
        content = raw_deflate(data) if packed else data
        common = struct.pack("<HHHHHIII", 20, flags, 8 if packed else 0, 0, 0x21, zlib.crc32(data) if crc is None else crc, len(content), len(data) if size is None else size)
        offset = len(self.body)
        self.body += b"PK\x03\x04" + common + struct.pack("<HH", len(name), len(extra)) + name + extra + content
        if not hidden:
            named = name if listed is None else listed
            self.directory += b"PK\x01\x02" + struct.pack("<H", made_by) + common + struct.pack("<HHHHHII", len(named), len(extra), 0, 0, 0, attributes, offset) + named + extra
            self.count += 1
        return self

    def done(self, comment=b"", before=b"", count=None):
        """The whole file."""
        count = self.count if count is None else count
        return before + self.body + self.directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(self.directory), len(self.body), len(comment)) + comment


def raw_deflate(data):
    """One stored block: the same bytes with every version of zlib."""
    return b"\1" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data

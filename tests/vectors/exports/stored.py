"""Stored zip entries with a data descriptor, as Info-ZIP, bsdtar and Python's zipfile write them into a pipe. With a key of its own: `generate.py stored` makes these alone anew. Needs besides: zip, bsdtar."""
import struct, zipfile, zlib
from making import *
from statements import case
from zips import DESCRIPTOR, Entry, Pipe, packed

ARGS = "e.zip --key ../_keys/nora.pem"
MARK, LENGTH = "holds the mark of one", "does not say its length"


def make():
    make_key("nora")
    files = listed({"a.bin": bytes(range(256)) * 9, "b.txt": b"second\n", "empty": b""})
    v("info-zip", "trusted", "what `zip -0` writes into a pipe: the lengths in the local header, and no checksum", shell(files, "zip -q -0 -r - . | cat"))
    v("bsdtar", "trusted", "bsdtar storing into a pipe", shell(files, "bsdtar --format zip --options zip:compression=store -cf - * | cat"))
    v("python", "archive.unsafe-entry", "Python's zipfile into a pipe: no lengths before the content", streamed(files), LENGTH)
    sized = lambda content: {"size": len(content), "packed": len(content)}
    holds = lambda content, **local: packed([entry(n, c, **(local if n == "m" else sized(c))) for n, c in listed({"m": content}).items()])
    inner = b"first\n"
    early = inner + b"PK\7\x08" + struct.pack("<3I", zlib.crc32(inner), len(inner), len(inner)) + b"rest\n"
    v("descriptor-within", "archive.unsafe-entry", "content that holds a descriptor of its own beginning: bsdtar ends it there when it reads from a pipe", holds(early, **sized(early)), MARK)
    v("descriptor-within-unsized", "archive.unsafe-entry", "the same without lengths", holds(early), LENGTH)
    long = bytes(65533) + b"PK\7\x08" + bytes(12)
    v("descriptor-between-blocks", "archive.unsafe-entry", "the mark lies across the end of a block", holds(long, **sized(long)), MARK)
    record = b"first\nPK\3\4" + bytes(30)
    v("header-within", "trusted", "a local header within content whose length is said: a zip file in a zip file", holds(record, **sized(record)))
    v("header-within-unsized", "archive.unsafe-entry", "a local header within content whose length is not said", holds(record), LENGTH)
    v("half-sized", "archive.unsafe-entry", "one of two lengths", holds(inner, size=len(inner)), LENGTH)
    v("other-size", "archive.malformed", "another length in the local header", holds(inner, size=3, packed=3))


def v(name, expect, about, content, *contains):
    case("zip-stored-descriptor-" + name, expect, about, ("e.zip", content), ARGS, contains)


def entry(name, content, **local):
    return Entry(name, content, method=0, flags=DESCRIPTOR, local=local)


def listed(files):
    content = sums(files)
    return {**files, "SHA256SUMS": content, "SHA256SUMS.dsse.json": dsse(statement([("SHA256SUMS", sha(content))], "https://slsa.dev/provenance/v1", {}), "nora")}


def streamed(files):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return pipe.written


def shell(files, command):
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), files)
        return subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True).stdout

"""Plain folders with a signed checksum list, and everything that a container may do wrong."""
import tarfile
from making import *

FILES = {"app/readme.txt": b"first release of the demo\n", "app/bin/tool": bytes(range(256)) * 8, "notes.md": b"# notes\n"}
MINI = "--key ../_keys/alice.minisign.pub"


def signed(files=FILES, name="SHA256SUMS", form=sums, who="alice"):
    listed = form(files)
    return {**files, name: listed, name + ".minisig": minisig(listed, who)}


def make():
    good()
    lists()
    files()
    containers()
    compressed()


def good():
    folder("good", "trusted", "coreutils list with a minisign signature", signed(), contains=["lists       3 files", "layout:         checksums"])
    folder("bsd", "trusted", "BSD style list", signed(name="checksums.sha256", form=bsd))
    manifest = b'{"any": "manifest"}\n'
    root = lambda files: b"root " + sha(manifest).encode() + b"\n" + sums(files)
    folder("root-line", "trusted", "a first line names the manifest's digest", {**signed(name="checksums.txt", form=root), "manifest.json": manifest})
    folder("root-line-changed", "export.root-mismatch", "the manifest is not the one of the root line",
           {**signed(name="checksums.txt", form=root), "manifest.json": manifest + b" "})
    dotted = lambda files: "".join(f"{sha(files[n])}  ./{n}\n" for n in sorted(files)).encode()
    folder("dotted-names", "trusted", "names as `find . -type f` gives them", signed(form=dotted))
    listed = sums(FILES)
    folder("bare-signature", "trusted", "openssl's Ed25519 signature in base64, as cosign sign-blob writes it",
           {**FILES, "SHA256SUMS": listed, "SHA256SUMS.sig": b64(raw("alice", listed)).encode() + b"\n"}, key="--key ../_keys/alice.pem")
    folder("dsse", "export.wrong-predicate", "a statement whose subject is the list, of a type that nobody knows: it may say the contrary of \"I made this\"",
           {**FILES, "SHA256SUMS": listed, "SHA256SUMS.dsse.json": dsse(statement([("SHA256SUMS", sha(listed))], "https://example.org/list/v1", {}), "alice")},
           key="--key ../_keys/alice.pem")
    folder("two-signatures", "trusted", "a second signature by somebody who is not trusted here is noted",
           {**signed(), "SHA256SUMS.signify": two_lines(listed, "mallory")}, contains=["is by somebody who is not trusted here"])
    folder("false-signature", "signature.mismatch", "a good signature does not make up for a false one: a bare value that fits no key cannot be told from a forgery",
           {**signed(), "SHA256SUMS.sig": b64(raw("mallory", listed)).encode() + b"\n"}, more="--key ../_keys/alice.pem")
    for kind, pack in (("tar", tar), ("tar.gz", lambda f: gz(tar(f))), ("tar.zst", lambda f: zst(tar(f)))):
        scenario("checksums-" + kind.replace(".", "-"), "trusted", f"the same as .{kind}: nothing is unpacked to disk", ("e." + kind, pack(signed())), f"e.{kind} {MINI}")
    scenario("checksums-wrapped", "trusted", "one folder is around everything", ("e.tar", tar({"release-1/" + n: c for n, c in signed().items()})),
             f"e.tar {MINI}", ["all in release-1/"])


def folder(name, expect, about, files, key=MINI, more="", contains=()):
    return scenario("checksums-" + name, expect, about, files, f"e {key} {more}".strip(), contains)


def lists():
    folder("unsigned", "export.signature-missing", "a list that nobody signed proves nothing", {**FILES, "SHA256SUMS": sums(FILES)})
    folder("other-signer", "key.unknown", "signed by a key that is not trusted", signed(who="mallory"))
    folder("list-changed", "signature.mismatch", "a line was added after signing", {**signed(), "SHA256SUMS": sums(FILES) + b"0" * 64 + b"  more\n"})
    folder("upper-case", "export.entry-missing", "upper-case hex is read, upper-case names are other names", signed(form=lambda f: sums(f).upper()))
    threshold = f"--key ../_keys/alice.pem --threshold 2"
    folder("threshold", "dsse.threshold", "two keys are demanded and one signed: the demand holds for every kind of signature", signed(), more=threshold)
    two = {**signed(), "SHA256SUMS.sig": b64(raw("bob", sums(FILES))).encode() + b"\n"}
    folder("unused-companion", "export.companion-unused", "a base manifest is named and no delta is there: the demand is not passed over", signed(), more="--base-manifest e/SHA256SUMS")
    folder("identity-of-another", "policy.signers", "a principal is demanded who did not sign", signed(), more="--identity bob@example.org")
    folder("threshold-met", "trusted", "two keys are demanded, and two signed the list", two, more=threshold.replace("alice", "bob"))
    folder("crlf", "trusted", "a list with lines as Windows ends them", signed(form=lambda f: sums(f).replace(b"\n", b"\r\n")))
    folder("bom", "trusted", "a byte order mark before the list", signed(form=lambda f: b"\xef\xbb\xbf" + sums(f)))
    folder("escaped", "export.manifest-malformed", "a name that coreutils writes with escapes", signed(form=lambda f: sums(f) + b"\\" + b"0" * 64 + b"  a\\nb\n"))
    folder("binary", "trusted", "a list by sha256sum -b", signed(form=lambda f: sums(f).replace(b"  ", b" *")))
    folder("listed-absolute", "archive.unsafe-name", "the list names a file by its absolute name", signed(form=lambda f: sums(f) + b"0" * 64 + b"  /etc/passwd\n"))
    folder("names-twice-by-dot", "export.manifest-malformed", "./NAME and NAME are one file", signed(form=lambda f: sums(f) + b"0" * 64 + b"  ./notes.md\n"))
    folder("empty-list", "export.manifest-malformed", "a signed list of nothing says nothing of any file", signed({}, form=lambda f: b"# nothing\n"))
    folder("listed-twice", "export.manifest-malformed", "one name, two digests", signed(form=lambda f: sums(f) + b"0" * 64 + b"  notes.md\n"))
    folder("mixed-forms", "export.entry-missing", "two spellings in one list: each line says what it is", signed(form=lambda f: sums(f) + b"SHA256 (x) = " + b"0" * 64 + b"\n"))
    folder("two-lists", "export.entry-extra", "two lists, of which one is signed: the other one is a file that it does not name", {**signed(), "checksums.txt": sums(FILES)})
    folder("no-list", "export.unknown-layout", "files and no list", FILES)
    folder("list-of-another-name", "export.manifest-missing", "the caller names the layout and its list is not there", FILES, more="--layout checksums")
    folder("listed-traversal", "archive.unsafe-name", "the list names a file outside", signed(form=lambda f: sums(f) + b"0" * 64 + b"  ../../etc/passwd\n"))
    folder("no-such-layout", "error", "a layout that does not exist", signed(), more="--layout usb-stick", contains=["the layouts are"])
    folder("no-key", "error", "nobody is trusted", signed(), key="--no-bundled-trust")


def files():
    folder("changed", "export.digest-mismatch", "one byte of a file changed", {**signed(), "notes.md": b"# n0tes\n"})
    folder("missing", "export.entry-missing", "a listed file is not there", {n: c for n, c in signed().items() if n != "notes.md"})
    folder("extra", "export.entry-extra", "a file that the list does not name", {**signed(), "app/malware": b"boo"})
    folder("extra-allowed", "trusted", "the same, accepted by the operator and said so", {**signed(), "app/more": b"boo"}, more="--allow-unlisted",
           contains=["1 files that nobody signed: \"app/more\""])
    many = {f"f{i:03}": b"x" for i in range(40)}
    folder("many-failures", "export.digest-mismatch", "the first ten are told, the rest counted", {**signed(many), **{n: b"y" for n in many}}, contains=["30 more failures"])
    linked = folder("link", "export.unsafe-entry", "a symbolic link, even to a listed file", signed())
    (linked / "e" / "app" / "link").symlink_to("readme.txt")
    several = folder("links", "export.unsafe-entry", "of several links the first one by name is told, in whatever order the disk has them", signed(), contains=["\"app/a\" is a link"])
    for name in ("z", "notes", "b", "a"):
        (several / "e" / "app" / name).symlink_to("readme.txt")


def archive(name, expect, about, content, suffix="tar", contains=()):
    scenario("container-" + name, expect, about, ("e." + suffix, content), f"e.{suffix} {MINI}", contains)


def containers():
    good = signed()
    file = tarfile.TarInfo
    archive("traversal", "archive.unsafe-name", "a name that leaves the export", tar(good, [(file("../evil"), b"x")]))
    archive("absolute", "archive.unsafe-name", "an absolute name", tar(good, [(file("/etc/evil"), b"x")]))
    archive("backslash", "archive.unsafe-name", "a separator on Windows", tar(good, [(file("app\\evil"), b"x")]))
    archive("windows-device", "archive.unsafe-name", "a name that Windows takes for a device", tar(good, [(file("app/Aux.h"), b"x")]))
    archive("numbered-device", "archive.unsafe-name", "a numbered device, with a blank before the dot", tar(good, [(file("lpt\u00b9 .log"), b"x")]))
    archive("trailing-dot", "archive.unsafe-name", "a dot that vanishes on Windows", tar(good, [(file("notes.md."), b"x")]))
    archive("gnu-long-name", "archive.malformed", "a GNU long name that is none of its entry", tar(good, [(special("././@LongLink", b"L"), b"notes.md\0"), (file("other"), b"x")]))
    archive("sparse", "archive.unsafe-entry", "a GNU sparse file", tar(good, [special("sparse", tarfile.GNUTYPE_SPARSE)]))
    archive("pax-path", "archive.malformed", "a pax header gives an entry the name of another one", tar(good, [(special("pax", tarfile.XHDTYPE), b"17 path=notes.md\n"), (file("other"), b"x")]))
    archive("pax-link", "archive.unsafe-entry", "a pax header that makes a link", tar(good, [(special("pax", tarfile.XHDTYPE), b"19 linkpath=../etc\n"), (file("other"), b"x")]))
    archive("pax-sparse", "archive.unsafe-entry", "a pax header that makes a sparse file", tar(good, [(special("pax", tarfile.XHDTYPE), b"21 GNU.sparse.size=1\n"), (file("other"), b"x")]))
    archive("binary-size", "archive.malformed", "a size in GNU's binary form", binary_size(tar(good)))
    archive("symbolic-link", "archive.unsafe-entry", "a link out of the tree", tar(good, [special("evil", tarfile.SYMTYPE, "/etc/passwd")]))
    archive("hard-link", "archive.unsafe-entry", "a hard link", tar(good, [special("evil", tarfile.LNKTYPE, "notes.md")]))
    archive("device", "archive.unsafe-entry", "a character device", tar(good, [special("null", tarfile.CHRTYPE)]))
    archive("pipe", "archive.unsafe-entry", "a pipe", tar(good, [special("pipe", tarfile.FIFOTYPE)]))
    archive("name-twice", "archive.duplicate", "two entries of one name: which one is meant depends on who unpacks", tar(good, [(file("notes.md"), b"other")]))
    archive("case-collision", "archive.duplicate", "one file on Windows and macOS", tar(good, [(file("NOTES.md"), b"other")]))
    archive("file-and-folder", "archive.duplicate", "a file where a folder is", tar(good, [(file("app"), b"other")]))
    archive("cut", "archive.malformed", "the archive ends in the middle", tar(good)[:2000])
    archive("after-the-end", "archive.trailing-bytes", "bytes behind the end mark", tar(good) + b"hidden")


def binary_size(content):
    head = bytearray(content[:512])
    head[124:136] = b"\x80" + int(head[124:135], 8).to_bytes(11, "big")
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + content[512:]


def compressed():
    good = tar(signed())
    archive("gzip-trailing", "archive.trailing-bytes", "bytes behind the gzip member", gz(good) + b"x", "tar.gz")
    archive("gzip-two-members", "archive.trailing-bytes", "two gzip members: other readers join them or stop", gz(good[:512]) + gz(good[512:]), "tar.gz")
    archive("gzip-cut", "archive.malformed", "a cut gzip file", gz(good)[:-20], "tar.gz")
    archive("gzip-corrupt", "archive.malformed", "a changed byte in the compressed data", flipped(gz(good), 40), "tar.gz")
    archive("zstd-two-frames", "archive.trailing-bytes", "two zstd frames: other readers join them or stop", zst(good[:1024]) + zst(good[1024:]), "tar.zst")
    archive("zstd-skippable", "archive.trailing-bytes", "a skippable frame, which holds anything", zst(good) + b"\x50\x2a\x4d\x18\4\0\0\0evil", "tar.zst")
    archive("zstd-trailing", "archive.trailing-bytes", "bytes behind the zstd frame", zst(good) + b"xxxx", "tar.zst")
    archive("zstd-bomb", "archive.ratio", "64 MiB of zeros out of a few KiB", zst(tar({**signed(), "zeros": bytes(64 << 20)})), "tar.zst")
    archive("gzip-bomb", "archive.ratio", "a thousand bytes out of one and more", gz(tar({"zeros": bytes(64 << 20)})), "tar.gz")


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1:]

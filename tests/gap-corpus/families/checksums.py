"""Lists of checksums. The list is signed (minisign), so that a verifier that asks for a signer can be asked too; others compare the files alone."""
import hashlib
from maker.case import CARE, accept, refuse
from .minisign import joined, lines, public

MANUAL, PAGE = "GNU coreutils manual, section sha2 utilities", "GNU coreutils manual, section md5sum"
FILES = {"app.tar": b"the program\n", "notes.txt": b"what is new\n"}
digest = lambda data, name="sha256": hashlib.new(name, data).hexdigest()


def listed(files=FILES):
    return "".join(f"{digest(data)}  {name}\n" for name, data in files.items())


def question(text, files=FILES, name="SHA256SUMS"):
    """A folder with a signed list and files; the folder is found by the list."""
    data = text if isinstance(text, bytes) else text.encode()
    return dict(operation="checksums", files={"list": ("release/" + name, data), "key": ("release.pub", public())},
                beside={f"release/{name}.minisig": joined(lines(data=data)), **{f"release/{file}": content for file, content in files.items()}})


def cases():
    good = listed()
    changed = {**FILES, "app.tar": b"the program, changed\n"}
    yield accept("plain", **question(good), why="Every listed file has its digest.", source=PAGE)
    yield accept("binary-mark", **question(good.replace("  ", " *")), why="The mark of binary mode says nothing on systems that have none.", source=PAGE)
    yield accept("bsd-form", **question("".join(f"SHA256 ({name}) = {digest(data)}\n" for name, data in FILES.items())), why="The form that --tag writes is read too.", source=PAGE + ", --tag")
    yield accept("upper-case", **question(good.replace(digest(FILES["app.tar"]), digest(FILES["app.tar"]).upper())), ground=CARE, why="Hexadecimal digits mean the same in either case.", source="RFC 4648 section 8")
    yield refuse("file-edited", **question(good, changed), why="A listed file has another digest.", source=PAGE + ", --check")
    yield refuse("file-missing", **question(good, {"notes.txt": FILES["notes.txt"]}), why="A listed file is not there.", source=PAGE + ", --check")
    yield refuse("line-cut", **question(good.replace(digest(FILES["app.tar"]), digest(FILES["app.tar"])[:40]), changed), ground=CARE, why="A line that cannot be read says nothing of its file: who passes over it leaves a changed file unseen.", source=PAGE + ", --strict")
    yield refuse("line-of-letters", **question(good.replace(digest(FILES["app.tar"]), "O" + digest(FILES["app.tar"])[1:]), changed), ground=CARE, why="A letter that is no digit makes the line one that cannot be read, and its file one that nobody compared.", source=PAGE + ", --strict")
    yield refuse("no-line", **question("\n"), why="A list without a line compares nothing.", source=PAGE + ", --check")
    yield refuse("file-twice-differing", **question(f"{digest(changed['app.tar'])}  app.tar\n" + good), why="One of the two lines is not the file's.", source=PAGE + ", --check")
    yield refuse("name-escaped-line-feed", **question("\\" + digest(b"x") + "  a\\nb\n" + good), ground=CARE, why="The name that the line means has a line feed in it, and there is no such file.", source=PAGE + ", escaped names")
    yield refuse("name-absolute", **question(f"{digest(b'')}  /dev/null\n" + good), ground=CARE, why="The list is of this folder: what lies elsewhere is not part of what was delivered.", source="CWE-36")
    yield refuse("name-climbs", **question(f"{digest(public())}  ../release.pub\n" + good), ground=CARE, why="The list is of this folder: what lies elsewhere is not part of what was delivered.", source="CWE-23")
    yield refuse("md5-of-changed", **question("".join(f"MD5 ({name}) = {digest(data, 'md5')}\n" for name, data in FILES.items())), ground=CARE, why="MD5 binds nothing: two files have one digest.", source="RFC 6151 section 2")
    yield refuse("sha1-alone", **question("".join(f"SHA1 ({name}) = {digest(data, 'sha1')}\n" for name, data in FILES.items())), ground=CARE, why="SHA-1 binds nothing: two files have one digest.", source="RFC 9155 and NIST SP 800-131A revision 2, table 8")
    yield refuse("not-listed", **question(good, {**FILES, "install.sh": b"rm -rf /\n"}), ground=CARE, why="A file that the list does not name was signed by nobody, and lies among those that were.", source="CWE-353")
    yield accept("byte-order-mark", **question(b"\xef\xbb\xbf" + good.encode()), ground=CARE, why="A byte order mark says how the text is written and is no part of it.", source="RFC 3629 section 6")
    yield accept("carriage-returns", **question(good.replace("\n", "\r\n")), ground=CARE, why="Line ends of Windows are no part of the names.", source=PAGE)
    yield refuse("html-page", **question("<html><body>404 Not Found</body></html>\n"), why="A page is no list, and compares nothing.", source=PAGE + ", --check")

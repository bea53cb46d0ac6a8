#!/usr/bin/env python3
"""Makes every vector of this folder anew. Needs: python3. The forms are docs/spec/checksums.md."""
import hashlib, pathlib, shutil

here = pathlib.Path(__file__).resolve().parent
for old in here.iterdir():
    if old.is_dir():
        shutil.rmtree(old)
NOTHING, MALFORMED = "verdict.nothing-proved", "signature.malformed"


def scenario(name, expect, why, args, contains, files):
    folder = here / name
    folder.mkdir()
    for file, data in files.items():
        (folder / file).write_bytes(data)
    (folder / "case.txt").write_text("\n".join([f"# {why}", f"args: {args}", f"expect: {expect}", *(f"contains: {words}" for words in contains)]) + "\n")


APP = b"wheel\n"
SUM = hashlib.sha256(APP).hexdigest()


def release(name, expect, why, file, content, contains=(), app=APP):
    scenario(name, expect, why, args=f"verify app.whl --signature {file} --no-bundled-trust", contains=contains, files={"app.whl": app, file: content.encode()})


release("sig-with-checksum", NOTHING, "a .sig that holds a checksum is no signature, and its name is misleading", "app.whl.sig", SUM + "\n", contains=["its name is misleading", "check checksum: ok"])
release("sig-with-wrong-checksum", "checksum.mismatch", "and the checksum may be wrong", "app.whl.sig", SUM + "\n", app=b"other\n")
release("listed", NOTHING, "a checksum list is integrity, not trust", "CHECKSUMS.txt", f"# release 1.0\n\n{'0' * 64}  other.whl\n{SUM}  app.whl\n", contains=["check checksum: ok"])
release("binary-mark", NOTHING, "the form of binary mode", "CHECKSUMS.txt", f"{SUM} *app.whl\n", contains=["check checksum: ok"])
release("tagged", NOTHING, "the tagged form", "CHECKSUMS.txt", f"SHA256 (app.whl) = {SUM}\n", contains=["check checksum: ok"])
release("mismatch", "checksum.mismatch", "the file is another one", "CHECKSUMS.txt", f"{SUM}  app.whl\n", app=b"other\n")
release("not-listed", "checksum.not-listed", "the list does not name the file", "CHECKSUMS.txt", f"{SUM}  other.whl\n")
release("duplicate", MALFORMED, "one name, two lines", "CHECKSUMS.txt", f"{SUM}  app.whl\n{'0' * 64}  app.whl\n")
release("parent-folder", MALFORMED, "a name that leaves its folder", "CHECKSUMS.txt", f"{SUM}  ../app.whl\n")
release("absolute", MALFORMED, "an absolute name", "CHECKSUMS.txt", f"{SUM}  /app.whl\n")
release("upper-case", NOTHING, "digests in upper case, as Get-FileHash writes them", "CHECKSUMS.txt", f"{SUM}  other.whl\n{SUM.upper()}  app.whl\n", contains=["check checksum: ok"])

"""What another reader reads otherwise, by a field that is only spelled in another way: names of fields of apt's lists, the version that a zip entry needs. Alone, this script makes only its own vectors anew."""
from making import *
from zips import Entry, packed

KEY, PGP_KEY = "spelled.minisign", "spelled.asc"
FILES = {"app/install.sh": b"#!/bin/sh\necho installed\n", "notes.md": b"# notes\n" * 40}
PACKAGES = {"main/Packages": b"Package: demo\n"}
ENDED = "Tue, 27 Jan 2026 12:00:00 UTC"


def make():
    run("minisign", "-G", "-W", "-f", "-p", str(HERE / "_keys" / (KEY + ".pub")), "-s", str(KEYS / KEY))
    listed = sums(FILES)
    zips({**FILES, "SHA256SUMS": listed, "SHA256SUMS.minisig": minisig(listed, "spelled")})
    home = tempfile.mkdtemp()
    gpg = lambda *words, data=None: run("gpg", "-q", "--batch", "--homedir", home, "--faked-system-time", "20260120T120000!", "--passphrase", "", *words, data=data)
    gpg("--quick-gen-key", "Spelled <spelled@example.org>", "ed25519", "sign", "never")
    (HERE / "_keys" / PGP_KEY).write_bytes(gpg("--armor", "--export"))
    lists(lambda text: gpg("--clearsign", data=text))
    shutil.rmtree(home)


def zips(files):
    def versioned(place, version):
        made = bytearray(packed([Entry(n, files[n]) for n in sorted(files)]))
        at = made.rindex(b"PK\3\4") + 4 if place == "local" else made.rindex(b"PK\1\2") + 6
        made[at:at + 2] = struct.pack("<H", version)
        return bytes(made)
    for name, expect, place, version, about in (
            ("known", "trusted", "directory", 46, "an entry that needs version 4.6, which unzip can do"),
            ("later", "archive.unsafe-entry", "directory", 47, "an entry that needs version 4.7, by the directory: unzip leaves it out"),
            ("later-local", "archive.unsafe-entry", "local", 47, "the same by its local header"),
            ("latest", "archive.unsafe-entry", "directory", 63, "an entry that needs version 6.3"),
            ("system", "archive.unsafe-entry", "directory", 0x0214, "an entry that needs version 2.0 on VMS")):
        scenario("archive-zip-version-" + name, expect, about, ("e.zip", versioned(place, version)), f"e.zip --key ../_keys/{KEY}.pub")


def lists(clear):
    section = lambda field, hash, content=PACKAGES: f"{field}:\n" + "".join(f" {hash(c).hexdigest()} {len(c)} {n}\n" for n, c in content.items())
    good = section("SHA256", hashlib.sha256)
    def case(name, expect, about, fields, sections=good, at="2026-11-30", contains=()):
        scenario("checksums-as-apt-" + name, expect, about, {**PACKAGES, "InRelease": clear(f"Origin: Demo\n{fields}{sections}".encode())}, f"e --key ../_keys/{PGP_KEY} --at {at}T12:00:00Z", contains)
    case("until-small", "export.list-expired", "apt holds names of fields against each other in any case", f"valid-until: {ENDED}\n")
    case("until-capital", "export.list-expired", "the same in capitals", f"VALID-UNTIL: {ENDED}\n")
    case("until-blank", "export.list-expired", "a blank before the colon, which apt drops", f"Valid-Until : {ENDED}\n")
    case("until-tab", "export.list-expired", "a tab before the colon", f"Valid-Until\t: {ENDED}\n")
    case("until-small-holds", "trusted", "the same, asked about a time before", f"valid-until: {ENDED}\n", at="2026-01-25")
    case("until-twice", "export.manifest-malformed", "two times: which one counts?", f"Valid-Until: {ENDED}\nValid-Until: Tue, 27 Jan 2099 12:00:00 UTC\n")
    case("until-twice-small", "export.manifest-malformed", "the same in another case", f"Valid-Until: Tue, 27 Jan 2099 12:00:00 UTC\nvalid-until: {ENDED}\n")
    case("section-twice", "export.manifest-malformed", "two sections of one hash", "", good + section("sha256", hashlib.sha256))
    case("section-small", "export.manifest-malformed", "a section in another case is read as well, and states another size", "", good + section("sha512", hashlib.sha512, {n: b"other" * 3 for n in PACKAGES}))

"""Clear-signed texts that list files: packages of Debian and charts of Helm. With a key of its own: `generate.py packages` makes these alone anew. Needs besides: gpg, dpkg-dev."""
import os
from making import *
from statements import case

ARGS = "e --key ../_keys/olga.asc --at 2026-11-30T12:00:00Z"
GPG = ["gpg", "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", "20260110T120000"]
CHART = """apiVersion: v2
appVersion: "1.0"
description: a chart
maintainers:
- name: Olga
name: demo
version: 1.2.3
"""


def make():
    with tempfile.TemporaryDirectory() as home:
        os.environ["GNUPGHOME"] = home
        subprocess.run([*GPG, "--quick-generate-key", "olga@example.org", "ed25519", "sign", "never"], check=True, stderr=subprocess.DEVNULL)
        (HERE / "_keys" / "olga.asc").write_bytes(subprocess.run([*GPG, "--armor", "--export-options", "export-minimal", "--export"], check=True, capture_output=True).stdout)
        debian()
        helm()
        subprocess.run(["gpgconf", "--kill", "all"], check=False)


def clear(text):
    return subprocess.run([*GPG, "--clearsign"], input=text, check=True, capture_output=True).stdout


def v(name, expect, about, files, *contains, one=None):
    case("checksums-" + name, expect, about, files, ARGS, contains)
    if one is not None:
        text = HERE / ("checksums-" + name) / "case.txt"
        text.write_text(text.read_text().replace("args: verify-export e ", f"args: verify e/{one} "))


def debian():
    files, dsc = source()
    tar = next(name for name in files)
    signed = lambda text: {**files, "demo_1.0.dsc": clear(text)}
    v("dsc", "trusted", "a source package as dpkg-source makes it, its .dsc signed as debsign does", signed(dsc), "digests by MD5, Sha1 were passed over" if b"Sha1" in dsc else "digests by MD5")
    v("dsc-one-file", "trusted", "the archive of a source package, and the .dsc in its folder", signed(dsc), "signed by   olga", one=tar)
    v("dsc-changed", "export.digest-mismatch", "the archive was changed, and has the size that is listed", {**signed(dsc), tar: files[tar][:-1] + b"?"})
    v("dsc-longer", "export.size-mismatch", "the archive is longer than the .dsc says", {**signed(dsc), tar: files[tar] + b"?"}, one=tar)
    size = str(len(files[tar])).encode()
    v("dsc-other-size", "export.size-mismatch", "the digest holds and no size does", signed(dsc.replace(b" " + size + b" ", b" 12 ")), "the list says 12")
    first, rest = dsc.split(b"Checksums-Sha256:", 1)
    v("dsc-two-sizes", "export.manifest-malformed", "two sections give two sizes", signed(first.replace(b" " + size + b" ", b" 12 ") + b"Checksums-Sha256:" + rest), "has two sizes")
    v("dsc-md5-alone", "algorithm.hash-not-accepted", "a file of which only MD5 and SHA-1 are known", signed(dsc.replace(b"Files:\n", b"Files:\n " + b"0" * 32 + b" 5 more.tar.xz\n")), "more.tar.xz")
    v("dsc-unlisted", "export.entry-extra", "a file that the .dsc does not name", {**signed(dsc), "more.tar.xz": b"more\n"})
    changes = b"Format: 1.8\nSource: demo\nChanges:\n demo (1.0) unstable; urgency=low\n .\n   * First release.\nChecksums-Sha256:\n %s %s %s\nFiles:\n %s %s misc optional %s\n" % (
        sha(files[tar]).encode(), size, tar.encode(), hashlib.md5(files[tar]).hexdigest().encode(), size, tar.encode())
    v("changes", "trusted", "a .changes, whose Files have section and priority before the name", {**files, "demo_1.0_amd64.changes": clear(changes)})


def source():
    """A native source package: its files, and the .dsc."""
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder) / "demo-1.0"
        write(top, {"debian/source/format": b"3.0 (native)\n", "README": b"demo\n",
                    "debian/control": b"Source: demo\nMaintainer: Olga <olga@example.org>\nStandards-Version: 4.7.0\n\nPackage: demo\nArchitecture: all\nDescription: demo\n a demo\n",
                    "debian/changelog": b"demo (1.0) unstable; urgency=low\n\n  * First release.\n\n -- Olga <olga@example.org>  Sat, 10 Jan 2026 12:00:00 +0000\n"})
        subprocess.run(["dpkg-source", "-b", "demo-1.0"], cwd=folder, check=True, capture_output=True)
        made = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir() if path.is_file()}
        return made, made.pop("demo_1.0.dsc")


def helm():
    chart = b"a chart's archive\n"
    prov = lambda sums: clear((CHART + "\n...\n" + sums).encode())
    line = f"  demo-1.2.3.tgz: sha256:{sha(chart)}\n"
    files = lambda sums, content=chart: {"demo-1.2.3.tgz": content, "demo-1.2.3.tgz.prov": prov(sums)}
    v("helm", "trusted", "a chart and its provenance file", files("files:\n" + line))
    v("helm-one-file", "trusted", "the chart, as `helm verify` is asked about it", files("files:\n" + line), "signed by   olga", one="demo-1.2.3.tgz")
    v("helm-quoted", "trusted", "a name in quotes, and images, which are no files", files(f"files:\n  \"demo-1.2.3.tgz\": sha256:{sha(chart)}\nimages:\n  registry/demo: sha256:{'0' * 64}\n".replace("registry/demo", "demo")))
    v("helm-changed", "export.digest-mismatch", "the chart was changed", files("files:\n" + line, b"another\n"), one="demo-1.2.3.tgz")
    v("helm-other-hash", "export.manifest-malformed", "a digest by another hash function", files(f"files:\n  demo-1.2.3.tgz: md5:{'0' * 32}\n"))
    v("helm-twice", "export.manifest-malformed", "one file with two digests", files("files:\n" + line + f"  demo-1.2.3.tgz: sha256:{'0' * 64}\n"), "listed twice")
    v("helm-two-sections", "export.manifest-malformed", "files stand there twice: readers of YAML disagree about which counts", files("files:\n" + line + "files:\n" + line))
    v("helm-escaped", "export.manifest-malformed", "a name with an escape", files(f"files:\n  \"demo\\x2d1.2.3.tgz\": sha256:{sha(chart)}\n"))
    v("helm-three-documents", "export.manifest-malformed", "a third document", files("files:\n" + line + "...\nfiles:\n" + line))

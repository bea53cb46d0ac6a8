"""The folder that every scenario starts from: keys, a trust repository in two states, kits in two versions, signed files."""
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
QUIET = {"XDG_CONFIG_HOME": "/nonexistent/offlinekit-tests", "XDG_DATA_HOME": "/nonexistent/offlinekit-tests"}


def program(variable, name):
    """A published program: the one that the variable names, else the one in artifacts."""
    return os.environ.get(variable) or str(ROOT / "artifacts" / "linux-x64" / name)


KIT, SIGN = program("OFFLINEKIT", "offlinekit"), program("OFFLINEKIT_SIGN", "offlinekit-sign")


class Run(NamedTuple):
    """One finished run."""
    status: int
    out: str
    err: str

    @property
    def said(self):
        return f"exit {self.status}: {(self.out + self.err).strip()[-600:]}"


def run(command, folder, before=(), stdout=None):
    """Runs a command in a folder, behind other words (strace, setpriv, prlimit) if wanted."""
    with open(folder / stdout, "wb") if stdout else open(os.devnull, "wb") as file:
        child = subprocess.run([*before, *command], cwd=folder, stdin=subprocess.DEVNULL, stdout=file if stdout else subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **QUIET}, timeout=120)
    return Run(child.returncode, (child.stdout or b"").decode("utf-8", "replace"), child.stderr.decode("utf-8", "replace"))


def kit(folder, *words, **more):
    return run([KIT, *words], folder, **more)


def sign(folder, *words, **more):
    return run([SIGN, *words], folder, **more)


def must(result):
    """The result of something that has to succeed."""
    if result.status:
        raise AssertionError(result.said)
    return result


def published(folder, *keys, revoke=()):
    """The next state of the trust repository: more keys, or fewer."""
    for key in keys:
        must(sign(folder, "trust", "add", "repo", f"{key}.pub", "--name", key))
    for key in revoke:
        must(sign(folder, "trust", "revoke", "repo", key, "--reason", "test"))
    must(sign(folder, "trust", "sign", "repo", "--key", "root.pem"))
    must(sign(folder, "trust", "publish", "repo", "--key", "root.pem"))


def packed(folder, version, text):
    """A kit of the sequence `feeds`."""
    content = folder / "content"
    content.mkdir(exist_ok=True)
    (content / "feed.txt").write_text(text)
    must(sign(folder, "export", "pack", "content", "--name", "feeds", "--version", version, "--key", "packer.pem", "-o", f"feeds-{version}.tar"))


def build(folder):
    """Makes the world."""
    folder.mkdir(parents=True)
    for name in ("root", "packer"):
        must(run(["openssl", "genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.pem"], folder))
        must(run(["openssl", "pkey", "-in", f"{name}.pem", "-pubout", "-out", f"{name}.pub.pem"], folder))
    for name in ("a", "b", "c"):
        must(sign(folder, "keygen", "-s", f"{name}.key", "-p", f"{name}.pub", "-W"))
        (folder / f"{name}.txt").write_text(f"file of {name}\n")
        must(sign(folder, "sign", f"{name}.txt", "--key", f"{name}.key"))
    roles = [word for role in ("--root", "--targets", "--snapshot", "--timestamp") for word in (role, "root.pub.pem")]
    must(sign(folder, "trust", "init", "repo", *roles))
    published(folder, "a", "c")
    shutil.copytree(folder / "repo", folder / "repo-old")
    published(folder, "b", revoke=("c",))
    shutil.copytree(folder / "repo", folder / "repo-new")
    for version in ("1", "2"):
        packed(folder, version, f"feed {version}\n")
    (folder / "list").write_text("a.txt\nb.txt\nc.txt\n")
    must(kit(folder, "trust", "import", "repo-old", "--root-fingerprint", pin(folder), "--state", "state"))
    must(kit(folder, "verify-export", "feeds-1.tar", "--key", "packer.pub.pem", "--state", "accepted"))
    prepared(folder)


def prepared(folder):
    """What single scenarios need: a page and results, an envelope, bundles, a log, a repository that waits for its publication."""
    shutil.copy(folder / "feeds-2.tar", folder / "stranger.tar")
    (folder / "short").write_text("a.txt\n")
    must(kit(folder, "verify", "--batch", "short", "--key", "a.pub", "--output", "ndjson", stdout="earlier"))
    must(kit(folder, "report", "earlier", "--html", "page.html"))
    kit(folder, "verify", "--batch", "list", "--key", "a.pub", "--output", "ndjson", stdout="complete")
    for form, name in (("dsse", "a.intoto.json"), ("sigstore", "a.jsonl")):
        must(sign(folder, "sign", "a.txt", "--format", form, *["--predicate-type", "https://example.org/test/v1"] if form == "dsse" else [], "--key", "root.pem", "-o", name))
    must(sign(folder, "sign", "a.txt", "--key", "a.key", "-o", "first.minisig", "--audit-log", "log", "--audit-key", "b.key"))
    shutil.copytree(folder / "state", folder / "state-new")
    shutil.copytree(folder / "accepted", folder / "accepted-new")
    must(kit(folder, "trust", "import", "repo-new", "--state", "state-new"))
    must(kit(folder, "verify-export", "feeds-2.tar", "--key", "packer.pub.pem", "--state", "accepted-new"))
    refused(folder)
    shutil.copytree(folder / "repo-old", folder / "work")
    must(sign(folder, "trust", "add", "work", "b.pub", "--name", "b"))
    must(sign(folder, "trust", "revoke", "work", "c", "--reason", "test"))
    must(sign(folder, "trust", "sign", "work", "--key", "root.pem"))


def refused(folder):
    """What questions.py asks about."""
    (folder / "edited.txt").write_text("file of somebody else\n")
    shutil.copy(folder / "a.txt.minisig", folder / "edited.txt.minisig")
    (folder / "policy.yaml").write_text("version: 1\nname: test\nalgorithms:\n  - ECDSA_SHA_256\n")
    for name in ("release", "changed"):
        there = folder / name
        there.mkdir()
        shutil.copy(folder / "a.txt", there)
        (there / "SHA256SUMS").write_text(f"{hashlib.sha256((folder / 'a.txt').read_bytes()).hexdigest()}  a.txt\n")
        must(sign(there, "sign", "SHA256SUMS", "--key", "../a.key"))
    (folder / "release" / "extra.sh").write_text("echo extra\n")
    (folder / "changed" / "a.txt").write_text("changed\n")


def pin(folder):
    """The fingerprint of the repository's first root."""
    return hashlib.sha256((folder / "repo-old" / "metadata" / "1.root.json").read_bytes()).hexdigest()

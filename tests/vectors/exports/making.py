"""What the generator of this folder is made of: keys by openssl and minisign, lists, statements, archives. Inputs are fixed; keys are fresh in every run and thrown away."""
import base64, gzip, hashlib, io, json, pathlib, shutil, struct, subprocess, tarfile, tempfile, zipfile, zlib

HERE = pathlib.Path(__file__).parent
KEYS = pathlib.Path(tempfile.mkdtemp())
STATEMENT = "application/vnd.in-toto+json"


def run(*command, data=None):
    return subprocess.run(command, input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


def sha(content):
    return hashlib.sha256(content).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def indented(value):
    return (json.dumps(value, sort_keys=True, indent=2) + "\n").encode()


def make_key(who):
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(KEYS / f"{who}.pem"))
    run("openssl", "pkey", "-in", str(KEYS / f"{who}.pem"), "-pubout", "-out", str(HERE / "_keys" / f"{who}.pem"))


def make_keys():
    public = HERE / "_keys"
    public.mkdir()
    for who in ("alice", "bob", "mallory"):
        make_key(who)
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(KEYS / "carol.pem"))
    run("openssl", "pkey", "-in", str(KEYS / "carol.pem"), "-pubout", "-out", str(public / "carol.pem"))
    for who in ("alice", "mallory"):
        run("minisign", "-G", "-W", "-f", "-p", str(public / f"{who}.minisign.pub"), "-s", str(KEYS / f"{who}.minisign"))


def raw(who, message):
    with tempfile.NamedTemporaryFile() as file:
        file.write(message)
        file.flush()
        if who == "carol":
            return run("openssl", "dgst", "-sha256", "-sign", str(KEYS / "carol.pem"), file.name)
        return run("openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(KEYS / f"{who}.pem"), "-in", file.name)


def b64(content):
    return base64.b64encode(content).decode()


def pae(kind, body):
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body)


def dsse(payload, *who, kind=STATEMENT):
    return indented({"payload": b64(payload), "payloadType": kind, "signatures": [{"sig": b64(raw(name, pae(kind, payload)))} for name in who]})


def statement(subjects, predicate_type, predicate):
    return canonical({"_type": "https://in-toto.io/Statement/v1", "predicateType": predicate_type, "predicate": predicate,
                      "subject": [{"name": name, "digest": digest if isinstance(digest, dict) else {"sha256": digest}} for name, digest in subjects]})


def about(subject, content):
    """The digest or digests that a statement names: those that `subject` makes of the content, those that it is, or the content's SHA-256."""
    return subject(content) if callable(subject) else subject or sha(content)


def minisig(content, who="alice"):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "m"
        path.write_bytes(content)
        run("minisign", "-S", "-W", "-s", str(KEYS / f"{who}.minisign"), "-m", str(path), "-t", "exports test", "-c", "test signature")
        return pathlib.Path(str(path) + ".minisig").read_bytes()


def two_lines(content, who):
    """A signify signature: the first half of a legacy minisign one."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "m"
        path.write_bytes(content)
        run("minisign", "-S", "-l", "-W", "-s", str(KEYS / f"{who}.minisign"), "-m", str(path), "-t", "exports test", "-c", "test signature")
        return b"".join(pathlib.Path(str(path) + ".minisig").read_bytes().splitlines(keepends=True)[:2])


def sums(files):
    return "".join(f"{sha(files[name])}  {name}\n" for name in sorted(files)).encode()


def bsd(files):
    return "".join(f"SHA256 ({name}) = {sha(files[name])}\n" for name in sorted(files)).encode()


def tar(files, extra=(), between=(), order=None):
    """ustar, owner 0, time 0; `extra` are TarInfo objects, or pairs with content, appended at the end."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in order or sorted(files):
            add(archive, name, files[name])
        for entry in extra:
            info, content = entry if isinstance(entry, tuple) else (entry, b"")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def add(archive, name, content):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def special(name, kind, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def gz(content):
    return gzip.compress(content, mtime=0)


def zst(content):
    return run("zstd", "-19", "-q", "-c", data=content)


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], compression)
    return out.getvalue()


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def scenario(name, expect, about, files, args="e --key ../_keys/alice.pem", contains=(), beside=(), command="verify-export"):
    """`files` is a folder e (dict) or one archive (name, bytes)."""
    folder = HERE / name
    folder.mkdir()
    if isinstance(files, dict):
        write(folder / "e", files)
    else:
        write(folder, dict([files]))
    write(folder, dict(beside))
    lines = ["# " + line for line in about.split("\n")] + [f"args: {command} {args}", f"expect: {expect}"] + [f"contains: {text}" for text in contains]
    (folder / "case.txt").write_text("\n".join(lines) + "\n")
    return folder


def clean():
    for path in HERE.iterdir():
        if path.is_dir() and path.name != "__pycache__":
            shutil.rmtree(path)

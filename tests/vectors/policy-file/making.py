"""What the makers of this folder share: keys, signatures, policies in both spellings, and cases."""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
KEYS = HERE / "_keys"
SECRET = pathlib.Path(tempfile.mkdtemp())
STATEMENT = "application/vnd.in-toto+json"


def run(*command, data=None):
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def clean():
    for folder in HERE.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    KEYS.mkdir()


def key(name):
    """A P-256 key pair; the private half is thrown away at the end."""
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", SECRET / name)
    run("openssl", "ec", "-in", SECRET / name, "-pubout", "-out", KEYS / f"{name}.pem")


def fingerprint(name):
    return run("openssl", "dgst", "-sha256", "-r", data=run("openssl", "pkey", "-pubin", "-in", KEYS / f"{name}.pem", "-outform", "DER"))[:64].decode()


def sign(name, data):
    return run("openssl", "dgst", "-sha256", "-sign", SECRET / name, data=data)


def envelope(file, subject, signers, predicate_type="https://example.org/release/v1", predicate=None):
    """A DSSE envelope over a statement about app.txt."""
    digest = run("openssl", "dgst", "-sha256", "-r", KEYS / "app.txt")[:64].decode()
    payload = json.dumps({
        "_type": "https://in-toto.io/Statement/v1", "subject": [{"name": subject, "digest": {"sha256": digest}}],
        "predicateType": predicate_type, "predicate": predicate or {},
    }).encode()
    signed = b"DSSEv1 %d %s %d %s" % (len(STATEMENT), STATEMENT.encode(), len(payload), payload)
    text = lambda data: base64.b64encode(data).decode()
    (KEYS / file).write_text(json.dumps({
        "payload": text(payload), "payloadType": STATEMENT, "signatures": [{"keyid": name, "sig": text(sign(name, signed))} for name in signers],
    }) + "\n")


def scalar(value):
    if not isinstance(value, str):
        return json.dumps(value)
    is_plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_/.@-]*", value) and value.lower() not in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    return value if is_plain else json.dumps(value)


def block(value, indent=0):
    """Block style, as people write it."""
    pad = "  " * indent
    if isinstance(value, dict):
        for name, member in value.items():
            if isinstance(member, (dict, list)) and member:
                yield f"{pad}{name}:"
                yield from block(member, indent + 1)
            else:
                yield f"{pad}{name}: {scalar(member)}"
    else:
        for element in value:
            if isinstance(element, dict):
                first, *rest = block(element, indent + 1)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{pad}- {scalar(element)}"


def policy(folder, **members):
    """policy.json and the same as policy.yaml."""
    whole = {"version": 1, "name": "releases", **{name.replace("_", "-"): value for name, value in members.items()}}
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / "policy.json").write_text(json.dumps(whole) + "\n")
    (HERE / folder / "policy.yaml").write_text("# the same as policy.json\n" + "\n".join(block(whole)) + "\n")


def case(folder, about, args, expect, *contains):
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / "case.txt").write_text(f"# {about}\nargs: {args}\nexpect: {expect}\n" + "".join(f"contains: {words}\n" for words in contains))


def store(folder, *roots):
    """A trust store: (name, key, further members) for each root."""
    trust = HERE / folder / "trust"
    trust.mkdir(parents=True)
    listed = []
    for name, pem, members in roots:
        content = (KEYS / f"{pem}.pem").read_bytes()
        (trust / f"{name}.pem").write_bytes(content)
        listed.append({
            "name": name, "kind": "public-key", "file": f"{name}.pem", "sha256": run("openssl", "dgst", "-sha256", "-r", data=content)[:64].decode(),
            "fingerprint": fingerprint(pem), "source": "test", "retrieved-on": "2026-11-22", "status": "active", "on-by-default": True, **members,
        })
    (trust / "trust.json").write_text(json.dumps({"version": 1, "roots": listed}) + "\n")


def finish():
    shutil.rmtree(SECRET)
    shutil.rmtree(HERE / "__pycache__", ignore_errors=True)

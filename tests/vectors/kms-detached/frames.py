#!/usr/bin/env python3
"""Values over files that are the frame of another format: `frames.py` makes these alone anew. Needs: python3, openssl 3."""
import base64, os, pathlib, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parent


def openssl(*args):
    return subprocess.run(["openssl", *args], check=True, capture_output=True).stdout


def case(name, expect, about, content, kind, called="setup.sh"):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / called).write_bytes(content)
    with tempfile.TemporaryDirectory() as secret:
        key = os.path.join(secret, "k.key")
        openssl("genpkey", *(["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"] if kind == "p256" else ["-algorithm", "ED25519"]), "-out", key)
        (folder / "key.pem").write_bytes(openssl("pkey", "-in", key, "-pubout"))
        rest = ["-digest", "sha256"] if kind == "p256" else []
        value = openssl("pkeyutl", "-sign", "-inkey", key, "-rawin", *rest, "-in", str(folder / called))
    (folder / "value.sig").write_text(base64.b64encode(value).decode() + "\n")
    (folder / "case.txt").write_text(f"# {about}\nargs: verify {called} --signature value.sig --key key.pem\nexpect: {expect}\n")


STATEMENT = b'{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"$(touch pwned)","digest":{"sha256":"' + b"0" * 64 + b'"}}],"predicateType":"https://example.org/t","predicate":{}}'
PAE = b"DSSEv1 28 application/vnd.in-toto+json %d %s" % (len(STATEMENT), STATEMENT)
SSH = b"SSHSIG" + b"".join(len(part).to_bytes(4, "big") + part for part in [b"file", b"", b"sha512", b"\1" * 64])
ATTRIBUTES = bytes.fromhex("3149301806092a864886f70d010903310b06092a864886f70d010701302d06092a864886f70d01090431200420") + b"\2" * 28
for kind in ["p256", "ed25519"]:
    case(f"frame-dsse-{kind}", "artifact.other-signed-form", "the encoding that DSSE signs, as a script", PAE, kind)
case("frame-ssh", "artifact.other-signed-form", "the message that an SSH signature is over", SSH, "ed25519")
case("frame-cms", "artifact.other-signed-form", "the attributes that a CMS signature is over", ATTRIBUTES, "p256")
case("frame-word", "trusted", "a text that begins with the name of a frame", b"DSSEv1 is a format of envelopes.\n", "p256", "readme.txt")
case("frame-other-set", "trusted", "a DER file that begins with a set of something else", bytes.fromhex("310a300806032a030405000500"), "p256", "set.der")

#!/usr/bin/env python3
"""Makes the vectors of this folder from those of the formats: signed documents under other names, and with other words where no signature covers any.
Needs: nothing but Python 3.9."""
import json, pathlib

HERE = pathlib.Path(__file__).resolve().parent
VECTORS = HERE.parent
AT = " --at 2026-11-30T12:00:00Z"


def case(name, about, file, content, key, expect):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    (folder / file).write_bytes(content)
    (folder / "case.txt").write_text(f"# {about}\nargs: verify {file} --key ../../{key}{AT}\nexpect: {expect}\n")


def envelope(**more):
    return json.dumps({**more, **json.loads((VECTORS / "dsse/attestation-alone/env.json").read_bytes())}).encode()


def main():
    one, p256, ed, alice, team = "dsse/_keys/one.pem", "jws/_keys/p256.pem", "openpgp/_keys/ed.asc", "signify/_keys/alice.pub --format signify-embedded", "dossier/_keys/team.pem"
    command = "$(touch owned)"
    case("dsse", "an envelope that is asked about as a file", "a.intoto.json", envelope(), one, "trusted")
    case("dsse-unknown-member", "a member that nobody knows is data in a file that is called so", "a.json", envelope(note="made by a builder"), one, "trusted")
    case("dsse-as-script", "the same under the name of a script, which a shell would run", "install.sh", envelope(x=command), one, "document.name")
    case("dsse-as-program", "and under a name without an end, which a shell runs as well", "install", envelope(x=command), one, "document.name")
    case("dsse-as-page", "a page", "index.html", envelope(x="<img src=x onerror=alert(1)>"), one, "document.name")
    jws = (VECTORS / "jws/general/a.jwt").read_bytes()
    case("jws-as-script", "a JWS in JSON under the name of a script", "go.sh", jws, p256, "document.name")
    compact = (VECTORS / "jws/b64-true/a.jwt").read_bytes()
    case("jws-compact", "three parts between dots leave no room for other words, whatever the file is called", "token", compact, p256, "trusted")
    case("dossier-as-script", "a dossier under the name of a script", "install.sh", (VECTORS / "dossier/generic-verify/demo.ds.md").read_bytes(), team, "document.name")
    text = (VECTORS / "openpgp/clearsigned/a.asc").read_bytes()
    for name, comment in [("command", command), ("backtick", "`touch owned`"), ("tag", "<script>alert(1)</script>"), ("two-commands", "x; touch owned")]:
        case("clearsigned-comment-" + name, "a comment above the signature, which nobody signed", "run.asc",
             text.replace(b"-----BEGIN PGP SIGNATURE-----\n", f"-----BEGIN PGP SIGNATURE-----\nComment: {comment}\n".encode()), ed, "document.unsigned-text")
    embedded = (VECTORS / "signify/embedded/a.sig").read_bytes()
    case("signify-comment-command", "the comment above an embedded signature", "run.sig", f"untrusted comment: {command}\n".encode() + embedded.split(b"\n", 1)[1], alice, "document.unsigned-text")


main()

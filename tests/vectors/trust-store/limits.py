#!/usr/bin/env python3
"""Limits that a key file states of its own key beside those of the manifest, and limits by kinds of roots; from files of other vectors. Needs: python3, the published offlinekit as OFFLINEKIT."""
import hashlib, json, os, pathlib, shutil, subprocess

HERE = pathlib.Path(__file__).resolve().parent
KEYS, OPENPGP = HERE.parent / "keys", HERE.parent / "openpgp"


def fingerprint(file):
    return subprocess.run([os.environ["OFFLINEKIT"], "trust", "fingerprint", file], check=True, capture_output=True, text=True).stdout.removeprefix("sha256:").split()[0]


def case(name, expect, about, signed, key, limits, contains=(), kind="public-key", args=""):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "trust").mkdir(parents=True)
    for file in signed:
        shutil.copy(file, folder / file.name)
    shutil.copy(key, folder / "trust" / "key.file")
    root = {"name": "release", "kind": kind, "file": "key.file", "sha256": hashlib.sha256(key.read_bytes()).hexdigest(), **({"fingerprint": fingerprint(key)} if kind == "public-key" else {}),
            "source": "made for these tests", "retrieved-on": "2026-11-22", "status": "active", "on-by-default": True, **limits}
    (folder / "trust" / "trust.json").write_text(json.dumps({"version": 1, "roots": [root]}, indent=2) + "\n")
    first, signature = (file.name for file in signed)
    (folder / "case.txt").write_text(f"# {about}\nargs: verify {first} --signature {signature} --trust trust{args}\nexpect: {expect}\n" + "".join(f"contains: {text}\n" for text in contains))


def algorithms(*labels):
    return {"algorithms": list(labels)}


AWS = [KEYS / "aws-json/a.txt", KEYS / "aws-json/a.sig"], KEYS / "aws-json/key"
PGP = [OPENPGP / "detached-rsa/a.txt", OPENPGP / "detached-rsa/a.txt.asc"], OPENPGP / "_keys/rsa.asc"
PKCS1, PSS, OTHER = "RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_256", "RSASSA_PKCS1_V1_5_SHA_512"
USED = f" --algorithm {PKCS1}"
AT = " --at 2026-11-30T12:00:00Z"

case("file-limits-meet", "trusted", "the key file lists two algorithms, the manifest one of them", *AWS, algorithms(PKCS1), args=USED)
case("file-limits-manifest", "algorithm.mismatch", "the manifest lists the other one of the two", *AWS, algorithms(PSS), args=USED)
case("file-limits-file", "algorithm.mismatch", "the manifest lists one that the key file does not", *AWS, algorithms(PSS, OTHER), args=f" --algorithm {OTHER}")
case("file-limits-apart", "trust.malformed", "the two lists have nothing in common", *AWS, algorithms(OTHER), ["allows RSASSA_PKCS1_V1_5_SHA_256, RSASSA_PSS_SHA_256 alone"], args=USED)
case("openpgp-digest", "trusted", "an OpenPGP certificate that may sign by the algorithm", *PGP, algorithms("RSASSA_PKCS1_V1_5_SHA_512"), args=AT)
case("openpgp-other-digest", "key.not-allowed", "an OpenPGP certificate that may sign by another hash", *PGP, algorithms("RSASSA_PKCS1_V1_5_SHA_384"), args=AT)
case("openpgp-other-kind", "key.not-allowed", "an OpenPGP certificate that may sign by another kind of key", *PGP, algorithms("ED25519_SHA_512"), args=AT)

# npm's keys: a limit that says something else than what holds anyway.
npm, folder = HERE.parent / "npm", HERE / "npm-other-formats"
root = next(root for root in json.loads((npm / "_trust/trust.json").read_text())["roots"] if root["kind"] == "npm-keys")
shutil.rmtree(folder, ignore_errors=True)
(folder / "trust").mkdir(parents=True)
for source, to in [(npm / "both/demo.tgz", folder), (npm / "both/a.json", folder), (npm / "_trust" / root["file"], folder / "trust")]:
    shutil.copy(source, to)
(folder / "trust" / "trust.json").write_text(json.dumps({"version": 1, "roots": [{**root, "formats": ["minisign"]}]}, indent=2) + "\n")
(folder / "case.txt").write_text("# keys of npm sign npm and nothing else\nargs: verify demo.tgz --signature a.json --no-bundled-trust --trust trust\nexpect: trust.malformed\n")

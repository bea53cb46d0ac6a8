#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away afterwards.

Needs: python3, minisign 0.11 or later, openssl. `limits.py` makes what it makes anew afterwards.
"""
import hashlib, json, os, shutil, subprocess, tempfile, base64

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for entry in os.listdir("."):
    if os.path.isdir(entry):
        shutil.rmtree(entry)
KEYS = tempfile.mkdtemp()
run = lambda *args: subprocess.run(args, check=True, capture_output=True).stdout
run("minisign", "-G", "-W", "-f", "-p", KEYS + "/demo.pub", "-s", KEYS + "/demo.key")
PUB = open(KEYS + "/demo.pub", "rb").read()
RAW = base64.b64decode(PUB.splitlines()[1])[10:]
FINGERPRINT = hashlib.sha256(bytes.fromhex("302a300506032b6570032100") + RAW).hexdigest()


def root(**changes):
    entry = {"name": "demo", "kind": "public-key", "file": "demo.pub", "sha256": hashlib.sha256(PUB).hexdigest(), "fingerprint": FINGERPRINT,
             "source": "made for these tests", "retrieved-on": "2026-11-22", "status": "active", "on-by-default": True, **changes}
    return {name: value for name, value in entry.items() if value is not None}


def case(name, expect, comment, roots, args="--trust trust", contains=(), manifest=None, key=PUB):
    os.makedirs(name + "/trust")
    with open(name + "/a.txt", "w") as file:
        file.write("first release of the demo\n")
    run("minisign", "-S", "-W", "-s", KEYS + "/demo.key", "-m", name + "/a.txt", "-x", name + "/a.txt.minisig", "-t", "demo release 1.0")
    with open(name + "/trust/demo.pub", "wb") as file:
        file.write(key)
    with open(name + "/trust/trust.json", "w") as file:
        file.write(manifest if manifest is not None else json.dumps({"version": 1, "roots": roots}, indent=2) + "\n")
    with open(name + "/case.txt", "w") as file:
        file.write(f"# {comment}\nargs: verify a.txt {args}\nexpect: {expect}\n" + "".join(f"contains: {text}\n" for text in contains))


case("on-by-default", "trusted", "a folder's root that is on by default", [root()], contains=["trust: demo (made for these tests, retrieved 2026-11-22)"])
case("named", "trusted", "a root that is off is switched on by name", [root(**{"on-by-default": False})], "--trust trust --trust-root demo")
case("off", "error", "a root that is off trusts nobody", [root(**{"on-by-default": False})], contains=["no key and no trust root was given"])
case("unknown-name", "error", "a name that no trust store has", [root()], "--trust trust --trust-root dmeo", ["no trust root called dmeo"])
case("bundled-dropped", "error", "--no-bundled-trust drops the bundled roots, also for --trust-root", [root()], "--no-bundled-trust --trust-root dossier-official", ["no trust root called dossier-official"])
case("folder-missing", "error", "the trust folder is not there", [root()], "--trust turst", ["trust folder turst does not exist"])
case("in-window", "trusted", "the key may sign until 2030 and the operator says that it is 2029", [root(**{"valid-until": "2030-01-01T00:00:00Z"})], "--trust trust --at 2029-06-01T12:00:00+02:00")
case("out-of-window", "key.not-valid", "the key may sign until 2030 and the operator says that it is 2031", [root(**{"valid-until": "2030-01-01T00:00:00Z"})], "--trust trust --at 2031-01-01T00:00:00Z")
case("not-a-time", "error", "--at wants RFC 3339", [root()], "--trust trust --at yesterday", ["no time of RFC 3339"])
case("revoked", "key.revoked", "a revoked key proves nothing", [root(status="revoked", **{"status-reason": "lost with a laptop"})], contains=["lost with a laptop"])
case("revoked-later", "key.revoked-undated", "nothing proves that the signature is older than the revocation", [root(status="revoked", **{"status-since": "2026-01-01T00:00:00Z"})])
case("deprecated", "trusted", "a deprecated key is still accepted", [root(status="deprecated")])
case("other-format", "key.not-allowed", "the root may sign dossiers only", [root(formats=["dossier"])])
case("edited-key-file", "trust.malformed", "the key file is not the one that the manifest was made for", [root()], key=PUB.replace(b"untrusted comment: ", b"untrusted comment: my "))
case("other-fingerprint", "trust.malformed", "file and hash fit, but the fingerprint is another key's", [root(fingerprint="0" * 64)])
case("unknown-kind", "trust.malformed", "a kind that does not exist", [root(kind="password")])
case("unknown-member", "trust.malformed", "a member that means nothing", [root(trusted=True)])
case("member-missing", "trust.malformed", "no source", [root(source=None)])
case("path-outside", "trust.malformed", "a file name that leaves the folder", [root(file="../a.txt")])
case("two-of-a-name", "trust.malformed", "two roots with one name", [root(), root()])
case("unknown-status", "trust.malformed", "a status that does not exist", [root(status="probably fine")])
case("bad-date", "trust.malformed", "a day that does not exist", [root(**{"retrieved-on": "2026-02-30"})])
case("empty-limit", "trust.malformed", "a key for no tenant: an empty list would restrict nothing", [root(tenants=[])], contains=["wanted at least one text"])
case("empty-limit-text", "trust.malformed", "a key for a namespace without a name", [root(namespaces=[""])], contains=["wanted at least one text"])
for name, pattern, about in (("caret", "[^a]*", "a set that other programs read the other way round"), ("open", "app[0-9", "a set without an end"), ("braces", "{app,lib}", "braces, in which some programs see two names"),
                             ("backslash", "app\\*", "a backslash, by which some programs take the star for a star")):
    case("pattern-" + name, "trust.malformed", about, [root(artifacts=[pattern])], contains=["read in several ways"])
case("newer-version", "trust.malformed", "a manifest of a version to come", [], manifest='{"version":2,"roots":[]}')
case("not-json", "trust.malformed", "a manifest that is no JSON", [], manifest="name = demo\n")
case("duplicate-member", "trust.malformed", "version twice", [], manifest='{"version":1,"version":1,"roots":[]}')


def revoked_beside(name, comment, args, trust):
    """The store in trust/, and one in revoking/ that says of the same key, whose root is off, that it is revoked."""
    case(name, "key.revoked-undated", comment, trust, args)
    os.makedirs(name + "/revoking")
    shutil.copy(name + "/trust/demo.pub", name + "/revoking")
    with open(name + "/revoking/trust.json", "w") as file:
        gone = root(status="revoked", **{"name": "demo-2025", "status-since": "2026-01-01T00:00:00Z", "on-by-default": False})
        file.write(json.dumps({"version": 1, "roots": [gone]}, indent=2) + "\n")


revoked_beside("revoked-in-another-store", "one store trusts the key, and another one revokes it", "--trust trust --trust revoking", [root()])
revoked_beside("revoked-before-another-store", "the same, whichever store is named first", "--trust revoking --trust trust", [root()])
revoked_beside("revoked-and-named-by-hand", "a store revokes the key that the command line names", "--key trust/demo.pub --trust revoking", [root()])
shutil.rmtree(KEYS)

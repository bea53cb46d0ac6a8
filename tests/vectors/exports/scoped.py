"""Keys that may sign files of some names: what a list vouches for is held against those too. With keys of its own: `generate.py scoped` makes these alone anew."""
import json
import shutil
import subprocess
from making import *

NAMES = ["docs-*.txt"]
ARGS = "--trust trust --no-bundled-trust"
EXPORT, FILE = ("verify-export", "e " + ARGS), ("verify", "e/install.sh --signature e/docs-1.txt " + ARGS)
ALONE = 'not "install.sh", which is listed'


def make():
    for who in ["quinn", "rosa"]:
        make_key(who)
    script = b"rm -rf /\n"
    files = {"install.sh": script, "docs-1.txt": (sha(script) + "  install.sh\n").encode()}
    one = {**files, "docs-1.txt.sig": raw("quinn", files["docs-1.txt"])}
    case("folder", "key.not-allowed", "the key may sign docs-*.txt alone: a list of that name vouches for no other file", one, EXPORT, {"quinn": NAMES}, [ALONE])
    case("file", "key.not-allowed", "the same, where one of the listed files is asked about", one, FILE, {"quinn": NAMES}, [ALONE])
    case("allowed", "trusted", "the key may sign the list and every file in it", one, EXPORT, {"quinn": [*NAMES, "install.*"]})
    case("allowed-file", "trusted", "the same, where one of the listed files is asked about", one, FILE, {"quinn": [*NAMES, "install.*"]})
    two = {**one, "docs-1.txt.rosa.sig": raw("rosa", files["docs-1.txt"])}
    case("other-signer", "trusted", "two signed the list, and one of them may sign what is listed", two, EXPORT, {"quinn": NAMES, "rosa": None})
    case("threshold", "policy.signers", "two are demanded, and one of the two may not sign what is listed", two, (EXPORT[0], EXPORT[1] + " --threshold 2"), {"quinn": NAMES, "rosa": None})


def root(who, artifacts):
    content = (HERE / "_keys" / (who + ".pem")).read_bytes()
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=content, check=True, capture_output=True).stdout
    return {"name": who, "kind": "public-key", "file": who + ".pem", "sha256": sha(content), "fingerprint": sha(der), "source": "made for these tests", "retrieved-on": "2026-01-01",
            "status": "active", "on-by-default": True, **({"artifacts": artifacts} if artifacts else {})}


def case(name, expect, about, files, asked, keys, contains=()):
    name = "scope-listed-" + name
    shutil.rmtree(HERE / name, ignore_errors=True)
    trust = {"trust/trust.json": json.dumps({"version": 1, "roots": [root(who, artifacts) for who, artifacts in keys.items()]}, indent=2).encode() + b"\n",
             **{f"trust/{who}.pem": (HERE / "_keys" / (who + ".pem")).read_bytes() for who in keys}}
    scenario(name, expect, about, files, asked[1], contains, trust, asked[0])

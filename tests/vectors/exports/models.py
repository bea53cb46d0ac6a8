"""Signed machine-learning models. With a key of its own: `generate.py models` makes these alone anew."""
import shutil
from making import *

KEY = "e --key ../_keys/grace.pem"
TYPE, EARLIER = "https://model_signing/signature/v1.0", "https://model_signing/Digests/v0.1"
FILES = {"config.json": b'{"layers": 2}\n', "weights/part-1.bin": b"\x00\x01\x02", "weights/part-2.bin": b"\x03\x04"}
GIT = {".gitattributes": b"*.bin filter=lfs\n", ".github/workflows/test.yml": b"on: push\n"}
IGNORED = ["model.sig", ".git", ".gitattributes", ".github", ".gitignore"]


def bundle(payload, who, kind=STATEMENT):
    """A bundle by a key, without log entries, as the tool's key method writes it."""
    return indented({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {"publicKey": {"hint": "0" * 64}, "tlogEntries": []},
                     "dsseEnvelope": {"payload": b64(payload), "payloadType": kind, "signatures": [{"sig": b64(raw(who, pae(kind, payload))), "keyid": ""}]}})


def predicate(files, ignored=IGNORED, method="files", hash_type="sha256", algorithm="sha256"):
    return {"serialization": {"method": method, "hash_type": hash_type, "allow_symlinks": False, "ignore_paths": ignored},
            "resources": [{"name": name, "algorithm": algorithm, "digest": sha(files[name])} for name in sorted(files)]}


def model(files=FILES, listed=None, who="grace", subject=None, kind=TYPE, payload=None, **how):
    said = predicate(listed or files, **how)
    root = subject or sha(b"".join(bytes.fromhex(resource["digest"]) for resource in said["resources"]))
    return {**files, "model.sig": bundle(statement([("demo", root)], kind, said) if payload is None else payload, who)}


def make():
    make_key("grace")
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(KEYS / "stranger.pem"))
    case("good", "trusted", "a model, signed by a key", model(), contains=['3 files of the model "demo"'])
    case("git", "trusted", "files of git, which the signer left out by name: nobody signed them, and the report says so", {**model(), **GIT}, contains=["2 files are there that the signer left out by name"])
    case("git-beside", "export.entry-extra", "a name that only begins like one that was left out", {**model(), ".gitattributes.py": b"evil\n"})
    case("ignores-all", "export.entry-extra", "a path that is not plain leaves nothing out", {**model(ignored=[".", "/", "..", "", "../x", "weights/../x"]), "x": b"evil\n"})
    case("ignores-listed", "export.digest-mismatch", "what is listed counts, also where it is left out by name", {**model(ignored=["weights"]), "weights/part-1.bin": b"evil"})
    case("earlier", "trusted", "the type before, whose subjects are the files", {**FILES, "model.sig": bundle(statement([(name, sha(FILES[name])) for name in sorted(FILES)], EARLIER, {}), "grace")})
    case("earlier-missing", "export.entry-missing", "the same, and a file is not there", {"config.json": FILES["config.json"], "model.sig": bundle(statement([(name, sha(FILES[name])) for name in sorted(FILES)], EARLIER, {}), "grace")})
    case("digest", "export.digest-mismatch", "weights that were changed", {**model(), "weights/part-2.bin": b"evil"})
    case("missing", "export.entry-missing", "weights that are not there", {name: content for name, content in model().items() if name != "weights/part-2.bin"})
    case("extra", "export.entry-extra", "a file too many", {**model(), "custom_code.py": b"evil"})
    case("other-list", "export.subject-mismatch", "the subject is the digest of another list", model(subject=sha(b"other")))
    case("other-key", "signature.mismatch", "signed by a key that is not trusted", model(who="stranger"))
    case("test-result", "export.wrong-predicate", "a genuine statement that says something else", model(kind="https://in-toto.io/attestation/test-result/v0.1"))
    case("shards", "export.unsupported-schema", "files in shards", model(method="shards"))
    case("blake2", "export.unsupported-schema", "digests of another function", model(hash_type="blake2b", algorithm="blake2b"))
    case("malformed", "export.manifest-malformed", "a signed list without its files", model(payload=statement([("demo", sha(b""))], TYPE, {"serialization": {"method": "files", "hash_type": "sha256"}})))
    case("unsafe-path", "archive.unsafe-name", "a signed list that names a file outside", model(listed={**FILES, "../outside": b"x"}))
    case("payload-type", "dsse.payload-type", "an envelope that is about no statement", {**FILES, "model.sig": bundle(b"{}", "grace", "application/octet-stream")})
    case("unsigned", "export.signature-missing", "the caller names the layout, and nobody signed the model", FILES, KEY + " --layout model-signing")
    case("unversioned", "export.unversioned", "the layout names no version, so no import can be kept in order", model(), KEY + " --state state --dry-run")


def case(name, expect, about, files, args=KEY, contains=(), beside=()):
    name = "model-signing-" + name
    shutil.rmtree(HERE / name, ignore_errors=True)
    scenario(name, expect, about, files, args, contains, beside)

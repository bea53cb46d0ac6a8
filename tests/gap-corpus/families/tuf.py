"""TUF repositories, from a trusted root file: may `release.txt` be taken? In some cases another repository was taken before."""
import hashlib
import json
from maker.case import CARE, accept, refuse
from maker.edwards import EdKey

SPEC = "TUF specification 1.0.34 section "
END, PAST, TARGET = "2049-12-31T00:00:00Z", "2021-01-01T00:00:00Z", b"version 2 is good\n"
KEYS = {name: EdKey("tuf " + name) for name in ("root", "root2", "targets", "targets2", "snapshot", "timestamp", "new root", "stranger")}


def canonical(value):
    """The canonical JSON of OLPC, for what is used here: no control characters."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()


def public(key):
    return {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": key.public.hex()}}


def key_id(key):
    return hashlib.sha256(canonical(public(key))).hexdigest()


def signed(body, *signers):
    """A metadata file; a signer is a key, or a pair of key id and key."""
    pairs = [one if isinstance(one, tuple) else (key_id(one), one) for one in signers]
    return json.dumps({"signatures": [{"keyid": name, "sig": key.sign(canonical(body)).hex()} for name, key in pairs], "signed": body}, indent=1).encode()


def role(kind, version=1, expires=END, **more):
    return {"_type": kind, "spec_version": "1.0.31", "version": version, "expires": expires, **more}


def root_body(version=1, root=("root", "root2"), threshold=1, targets=("targets", "targets2"), targets_threshold=1, extra=None, **more):
    """A root role; `extra` are further key ids for targets."""
    names = {"root": (root, threshold), "targets": (targets, targets_threshold), "snapshot": (("snapshot",), 1), "timestamp": (("timestamp",), 1)}
    keys = {key_id(KEYS[name]): public(KEYS[name]) for members, _ in names.values() for name in members}
    roles = {kind: {"keyids": [key_id(KEYS[name]) for name in members], "threshold": count} for kind, (members, count) in names.items()}
    for name, key in (extra or {}).items():
        keys[name] = public(key)
        roles["targets"]["keyids"].append(name)
    return role("root", version, consistent_snapshot=False, keys=keys, roles=roles, **more)


def meta(file, version):
    return {"version": version, "length": len(file), "hashes": {"sha256": hashlib.sha256(file).hexdigest()}}


def repository(roots=None, versions=(1, 1, 1), target=TARGET, listed=None, by=("targets",), targets=None, snapshot=None, timestamp=None, name="release.txt"):
    """The files of a repository: name -> bytes. A callable in place of a role's body changes it."""
    first = roots or {1: signed(root_body(), KEYS["root"])}
    described = target if listed is None else listed
    body = role("targets", versions[0], targets={name: {"length": len(described), "hashes": {"sha256": hashlib.sha256(described).hexdigest()}}})
    last = signed(targets(body) if targets else body, *(one if isinstance(one, tuple) else KEYS[one] for one in by))
    body = role("snapshot", versions[1], meta={"targets.json": meta(last, versions[0])})
    middle = signed(snapshot(body) if snapshot else body, KEYS["snapshot"])
    body = role("timestamp", versions[2], meta={"snapshot.json": meta(middle, versions[1])})
    return {**{f"metadata/{number}.root.json": text for number, text in first.items()}, "metadata/targets.json": last, "metadata/snapshot.json": middle,
            "metadata/timestamp.json": signed(timestamp(body) if timestamp else body, KEYS["timestamp"]), f"targets/{name}": target}


def question(files, earlier=None):
    """The trusted root is version 1 of the repository; what was taken before lies in `earlier`."""
    named = {"root": ("repository/metadata/1.root.json", files["metadata/1.root.json"])}
    beside = {f"repository/{name}": content for name, content in files.items()}
    if earlier:
        named["earlier"] = ("earlier/metadata/1.root.json", earlier["metadata/1.root.json"])
        beside.update({f"earlier/{name}": content for name, content in earlier.items()})
    return dict(operation="tuf", files=named, beside=beside, target="release.txt")


def changed(**more):
    return lambda body: {**body, **more}


def thresholds():
    two = {1: signed(root_body(targets_threshold=2), KEYS["root"])}
    mine = key_id(KEYS["targets"])
    yield accept("plain", **question(repository()), why="Every role is signed, and the target is as listed.", source=SPEC + "5.3 to 5.7")
    yield accept("threshold-met", **question(repository(two, by=("targets", "targets2"))), why="Two of two keys signed.", source=SPEC + "5.6.3")
    yield refuse("threshold-missed", **question(repository(two)), why="One of two keys signed.", source=SPEC + "5.6.3")
    yield refuse("one-signature-twice", **question(repository(two, by=((mine, KEYS["targets"]), (mine, KEYS["targets"])))), why="One key counts once.", source=SPEC + "4.2.1")
    alias = {1: signed(root_body(targets=("targets",), targets_threshold=2, extra={"ab" * 32: KEYS["targets"]}), KEYS["root"])}
    yield refuse("one-key-two-ids", **question(repository(alias, by=("targets", ("ab" * 32, KEYS["targets"])))), ground=CARE, why="One key under two ids is one key.", source=SPEC + "4.2.1 and 4.3")
    yield refuse("threshold-zero", **question(repository({1: signed(root_body(targets_threshold=0), KEYS["root"])}, by=())), why="A threshold is one or more.", source=SPEC + "4.3")
    yield refuse("signed-by-other-role", **question(repository(by=("snapshot",))), why="The key is one of another role.", source=SPEC + "5.6.3")
    yield refuse("signed-by-stranger", **question(repository(by=("stranger",))), why="The key is none of the repository.", source=SPEC + "5.6.3")
    yield accept("unknown-key-beside", **question(repository(by=("targets", "stranger"))), why="Signatures by others count for nothing.", source=SPEC + "4.2.1")


def roots():
    first = signed(root_body(), KEYS["root"])
    def then(version=2, *signers, **more):
        return repository({1: first, 2: signed(root_body(version, **more), *(KEYS[name] for name in signers))})
    yield accept("root-rotated", **question(then(2, "root", "new root", root=("new root",))), why="Old and new keys signed the new root.", source=SPEC + "5.3.4")
    yield refuse("root-not-by-old-keys", **question(then(2, "new root", root=("new root",))), why="The keys that were trusted did not sign the new root.", source=SPEC + "5.3.4")
    yield refuse("root-not-by-new-keys", **question(then(2, "root", root=("new root",))), why="The new root is signed by its own keys too.", source=SPEC + "5.3.4")
    yield refuse("root-version-skipped", **question(then(3, "root")), why="The root after 1 is 2.", source=SPEC + "5.3.5")
    yield refuse("root-version-same", **question(then(1, "root")), why="The root after 1 is 2.", source=SPEC + "5.3.5")
    yield refuse("root-expired", **question(repository({1: signed(root_body(expires=PAST), KEYS["root"])})), why="The newest root ended in 2021.", source=SPEC + "5.3.10")
    yield accept("older-root-expired", **question(repository({1: signed(root_body(expires=PAST), KEYS["root"]), 2: signed(root_body(2), KEYS["root"])})), why="Only the newest root must not have ended.", source=SPEC + "5.3.10")


def roles():
    yield refuse("timestamp-expired", **question(repository(timestamp=changed(expires=PAST))), why="The timestamp ended in 2021: newer targets may be withheld.", source=SPEC + "5.4.4")
    yield refuse("snapshot-expired", **question(repository(snapshot=changed(expires=PAST))), why="The snapshot ended in 2021.", source=SPEC + "5.5.6")
    yield refuse("targets-expired", **question(repository(targets=changed(expires=PAST))), why="The targets role ended in 2021.", source=SPEC + "5.6.5")
    yield refuse("targets-version-other", **question(repository(targets=changed(version=2))), why="The snapshot names another version of targets.", source=SPEC + "5.6.4")
    yield refuse("snapshot-version-other", **question(repository(snapshot=changed(version=2))), why="The timestamp names another version of the snapshot.", source=SPEC + "5.5.4")
    other = repository(versions=(1, 1, 1), target=b"version 1 is good\n")
    yield refuse("targets-of-other-snapshot", **question({**repository(), "metadata/targets.json": other["metadata/targets.json"], "targets/release.txt": b"version 1 is good\n"}), why="The snapshot names the hash of another targets file.", source=SPEC + "5.6.2")
    yield refuse("type-other", **question(repository(targets=changed(_type="snapshot"))), why="The file says that it is another role.", source=SPEC + "4.2 and 4.5")
    yield refuse("specification-two", **question(repository(targets=changed(spec_version="2.0.0"))), why="Another major version has rules that are not known.", source=SPEC + "4.3, spec_version")
    yield refuse("target-edited", **question(repository(target=b"version 3 is good\n", listed=TARGET)), why="The target has another hash.", source=SPEC + "5.7.3")
    yield refuse("target-longer", **question(repository(target=TARGET + b"x", listed=TARGET)), why="The target is longer than listed.", source=SPEC + "5.7.3")
    yield refuse("target-not-listed", **question({**repository(name="other.txt"), "targets/release.txt": TARGET}), why="No role lists this target.", source=SPEC + "5.7.1", ground=CARE)
    good = repository()
    doubled = good["metadata/timestamp.json"].replace(b'"version": 1,', b'"version": 1, "version": 1,', 1)
    yield refuse("member-twice", **question({**good, "metadata/timestamp.json": doubled}), ground=CARE, why="Of two members of one name readers take the first or the last.", source="RFC 8259 section 4")
    yield refuse("text-after", **question({**good, "metadata/timestamp.json": good["metadata/timestamp.json"] + b"{}"}), why="A JSON text is one value.", source="RFC 8259 section 2")
    edited = good["metadata/timestamp.json"].replace(b"2049", b"2059")
    yield refuse("metadata-edited", **question({**good, "metadata/timestamp.json": edited}), why="The signature covers the expiry.", source=SPEC + "5.4.2")


def histories():
    two = repository(versions=(2, 2, 2))
    yield accept("update", **question(two, repository()), why="Every version is newer than before.", source=SPEC + "5.4 to 5.6")
    yield refuse("timestamp-rolled-back", **question(repository(versions=(1, 1, 1)), two), why="The timestamp was newer before.", source=SPEC + "5.4.3")
    yield refuse("snapshot-rolled-back", **question(repository(versions=(1, 1, 3)), two), why="The snapshot was newer before.", source=SPEC + "5.4.3")
    yield refuse("targets-rolled-back", **question(repository(versions=(1, 3, 3)), two), why="The targets role was newer before.", source=SPEC + "5.5.5")


def cases():
    yield from thresholds()
    yield from roots()
    yield from roles()
    yield from histories()

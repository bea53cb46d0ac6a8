"""Our own kit and the StellaOps layouts: one good export each, and one for every way in which it can be wrong."""
import base64
from making import *
from receipts import receipt, log_checkpoint

PAYLOAD = {"app/tool": bytes(range(256)) * 4, "feeds/a.json": b'{"feed": "a"}\n', "VERIFY.txt": b"offlinekit verify-export .\n", "trust/packer.pem": b"a file like any other\n"}
KEY = "e --key ../_keys/alice.pem"
KIT, UPDATE = "https://offlinekit.dev/kit/v1", "https://stella-ops.org/attestations/offline-update/1"


def make():
    for part in (own_kit, update_kit, center, export_kit, devportal, locker, evidence_export, stella_bundle, mirror, ambiguous):
        part()


# --- our own kit -------------------------------------------------------------------------------------------------
def kit(files=PAYLOAD, who=("alice",), predicate=None, predicate_type=KIT, subject=None, **changes):
    listed = {"kitVersion": 1, "name": "feeds", "version": "2026.11.22", "createdAt": "2026-11-22T08:30:00Z",
              "files": [{"path": n, "size": len(files[n]), "sha256": sha(files[n])} for n in sorted(files)], **changes}
    content = canonical(listed)
    said = statement([("kit.json", about(subject, content))], predicate_type, predicate or {"name": listed["name"], "version": listed["version"]})
    return {**files, "kit.json": content, "kit.intoto.dsse.json": dsse(said, *who)}


def without(files, *names):
    return {n: c for n, c in files.items() if n not in names}


def own(name, expect, about, files, args=KEY, contains=()):
    return scenario("offlinekit-kit-" + name, expect, about, files, args, contains)


def own_kit():
    good = kit()
    own("good", "trusted", "a kit as export pack writes it", good, contains=["offlinekit-kit feeds 2026.11.22", "lists       4 files"])
    own("zst", "trusted", "the same kit as .tar.zst", ("e.tar.zst", zst(tar(good))), "e.tar.zst --key ../_keys/alice.pem")
    own("two-signers", "trusted", "two of two keys", kit(who=("alice", "carol")), KEY + " --key ../_keys/carol.pem --threshold 2")
    own("one-of-two", "dsse.threshold", "one key where two are demanded", good, KEY + " --key ../_keys/carol.pem --threshold 2")
    own("minisig", "trusted", "a minisign signature for receivers with minisign alone", {**good, "kit.json.minisig": minisig(good["kit.json"])},
        KEY + " --key ../_keys/alice.minisign.pub")
    own("minisig-of-another", "trusted", "a minisign signature by somebody unknown is noted", {**good, "kit.json.minisig": minisig(good["kit.json"], "mallory")},
        contains=["is by somebody who is not trusted here"])
    own("minisig-false", "signature.mismatch", "a minisign signature of another list", {**good, "kit.json.minisig": minisig(b"other")}, KEY + " --key ../_keys/alice.minisign.pub")
    own("wrapped", "export.unknown-layout", "a kit has no folder around it", {"feeds/" + n: c for n, c in good.items()})
    own("no-statement", "export.signature-missing", "nobody signed the list", without(good, "kit.intoto.dsse.json"))
    own("mallory", "signature.mismatch", "signed by a key that is not trusted", kit(who=("mallory",)))
    own("other-list", "export.subject-mismatch", "a genuine statement beside another list", kit(subject=sha(b"other")))
    own("wrong-predicate", "export.wrong-predicate", "a genuine statement of another kind", kit(predicate_type="https://example.org/build/v1"))
    own("other-version-stated", "kit.predicate-mismatch", "the statement is about another version", kit(predicate={"name": "feeds", "version": "2026.11.23"}))
    own("future-form", "export.unsupported-schema", "a kit of a later form", kit(kitVersion=2))
    own("indented", "export.manifest-malformed", "the list is not in the form of RFC 8785", {**good, "kit.json": indented(json.loads(good["kit.json"]))})
    own("size", "export.size-mismatch", "a file has another size", {**good, "feeds/a.json": b'{"feed": "a"}\n\n'})
    own("digest", "export.digest-mismatch", "a file has another content", {**good, "feeds/a.json": b'{"feed": "b"}\n'})
    own("missing", "export.entry-missing", "a file is not there", without(good, "trust/packer.pem"))
    own("extra", "export.entry-extra", "a file too many", {**good, "trust/more.pem": b"x"})
    own("unsafe-path", "archive.unsafe-name", "the list names a file outside", without(kit({"../x": b""}), "../x"))
    own("version-form", "export.manifest-malformed", "a version with a leading zero", kit(version="2026.01"))


# --- update kit --------------------------------------------------------------------------------------------------
ENTRIES = {"feeds/a.json": b'{"feed": "a"}\n', "images/tool.tar": bytes(range(256)) * 4}


def update(entries=ENTRIES, inside=None, who="alice", kind=UPDATE, named=None, payload_sum=None, told=None, proof=None, payload=None):
    payload = payload or zst(tar(inside or entries))
    manifest = indented({"version": "2026.11", "created_at": "2026-11-22T08:00:00Z", "payload_sha256": payload_sum or sha(payload),
                         "entries": [{"name": n, "sha256": sha(entries[n]), "size": len(entries[n])} for n in sorted(entries)]})
    said = statement([("stella-ops-offline-kit-2026-11-22.tgz", sha(b"unknown"))], kind,
                     {"offline_manifest_sha256": named or sha(manifest), "feeds": [], "builder": "ci", "created_at": "2026-11-22T08:00:00Z", "oukit_channel": "stable"})
    return {"manifest.json": manifest, "payload.tar.zst": payload, "payload.tar.zst.sha256": (told or sha(payload)).encode() + b"  payload.tar.zst\n",
            "statement.dsse.json": dsse(said, who), "rekor-receipt.json": proof or receipt()}


def up(name, expect, about, files, args=KEY, contains=(), beside=()):
    return scenario("offline-update-kit-" + name, expect, about, files, args, contains, beside)


def jws(manifest, who="carol", **header):
    head = base64.urlsafe_b64encode(canonical({"alg": "ES256", **header})).rstrip(b"=")
    message = head + b"." + base64.urlsafe_b64encode(manifest).rstrip(b"=")
    der = raw(who, message)
    if who == "carol":
        i, halves = 2, []
        for _ in range(2):
            halves.append(der[i + 2:i + 2 + der[i + 1]].lstrip(b"\0").rjust(32, b"\0"))
            i += 2 + der[i + 1]
        der = b"".join(halves)
    return head + b".." + base64.urlsafe_b64encode(der).rstrip(b"=") + b"\n"


def update_kit():
    good = update()
    up("good", "trusted", "the five files; the statement names manifest.json", good, contains=["7-binding: ok", "8-receipt: not evaluated"])
    wrapped = {"bundle-2026-11-22/" + n: c for n, c in good.items()}
    up("tgz", "trusted", "the same from inside a .tgz, with its signature beside it", ("kit.tgz", gz(tar(wrapped))), "kit.tgz --key ../_keys/alice.pem --key ../_keys/carol.pem",
       ["all in bundle-2026-11-22/", "archive-signature: ok"], {"kit.tgz.sig": b64(raw("carol", gz(tar(wrapped)))).encode()})
    up("tgz-signature", "signature.mismatch", "the archive's signature is of another archive", ("kit.tgz", gz(tar(wrapped))), "kit.tgz --key ../_keys/alice.pem --key ../_keys/carol.pem",
       beside={"kit.tgz.sig": b64(raw("carol", b"other")).encode()})
    up("incomplete", "export.kit-incomplete", "no receipt", without(good, "rekor-receipt.json"))
    up("extra", "export.entry-extra", "a sixth file", {**good, "more.txt": b"x"})
    up("manifest-digest", "export.digest-mismatch", "the manifest speaks of another payload", update(payload_sum=sha(b"other")))
    up("sum-file", "export.digest-mismatch", "the .sha256 file speaks of another payload", update(told=sha(b"other")))
    up("entry-missing", "export.entry-missing", "a listed entry is not in the payload", update(inside={"feeds/a.json": ENTRIES["feeds/a.json"]}))
    up("entry-extra", "export.entry-extra", "the payload holds more than is listed", update(inside={**ENTRIES, "evil": b"x"}))
    up("entry-size", "export.size-mismatch", "an entry of another size", update(inside={**ENTRIES, "feeds/a.json": b"{}"}))
    up("payload-no-archive", "archive.malformed", "the payload is no zstd archive", update(payload=b"text"), contains=["payload.tar.zst"])
    up("mallory", "signature.mismatch", "signed by a key that is not trusted", update(who="mallory"))
    up("wrong-predicate", "export.wrong-predicate", "a genuine statement of another kind", update(kind="https://example.org/build/v1"))
    up("not-bound", "export.payload-not-bound", "a genuine statement beside another payload", {**good, "statement.dsse.json": update(entries={"x": b"y"})["statement.dsse.json"]})
    manifest = indented({"payload": sha(good["payload.tar.zst"])})
    other = indented({"payload": "other"})
    offline = " --key ../_keys/carol.pem --offline-manifest offline.json"
    up("offline-manifest", "trusted", "an offline manifest with a detached JWS", good, KEY + offline + " --offline-manifest-jws offline.jws",
       ["10-offline-manifest: ok"], {"offline.json": manifest, "offline.jws": jws(manifest)})
    up("offline-manifest-jws-beside", "trusted", "the detached JWS lies beside the offline manifest, under its name", good, KEY + offline,
       ["10-offline-manifest: ok"], {"offline.json": manifest, "offline.json.jws": jws(manifest)})
    up("offline-manifest-jws-beside-mismatch", "signature.mismatch", "the detached JWS that lies beside the offline manifest is of another one", good, KEY + offline,
       beside={"offline.json": manifest, "offline.json.jws": jws(other)})
    named = update(named=sha(manifest))
    up("version-unsigned", "trusted", "the statement names the offline manifest: the version in manifest.json is signed by nobody", named, KEY + offline, ["is signed by nobody"], {"offline.json": manifest})
    up("version-unsigned-import", "export.unversioned", "an import in order cannot go by it", named, KEY + offline + " --state state --dry-run", beside={"offline.json": manifest})
    up("offline-manifest-other", "export.manifest-mismatch", "the given offline manifest does not list the payload", good, KEY + offline, beside={"offline.json": other})
    up("jws-malformed", "jws.malformed", "a JWS with a payload in it", good, KEY + offline + " --offline-manifest-jws offline.jws",
       beside={"offline.json": manifest, "offline.jws": jws(manifest).replace(b"..", b".e30.")})
    up("jws-none", "jws.unsigned", "alg none", good, KEY + offline + " --offline-manifest-jws offline.jws", beside={"offline.json": manifest, "offline.jws": jws(manifest, alg="none")})
    up("jws-key-kind", "algorithm.mismatch", "a JWS for RSA, and no RSA key is trusted", good, KEY + offline + " --offline-manifest-jws offline.jws",
       beside={"offline.json": manifest, "offline.jws": jws(manifest, alg="RS256")})
    up("jws-mismatch", "signature.mismatch", "a JWS of another manifest", good, KEY + offline + " --offline-manifest-jws offline.jws",
       beside={"offline.json": manifest, "offline.jws": jws(other)})
    log = KEY + " --log-key ../_keys/bob.pem"
    up("receipt", "trusted", "the receipt proves inclusion, and says nothing of this kit", good, log, ["8-receipt: ok", "8-receipt-binding: not evaluated"])
    up("receipt-in-a-file", "trusted", "the checkpoint lies beside the receipt", {**update(proof=receipt(checkpoint="checkpoint.sig")), "checkpoint.sig": log_checkpoint().encode()}, log)
    up("receipt-malformed", "receipt.malformed", "a sixth member", update(proof=receipt(more=1)))
    up("receipt-no-checkpoint", "receipt.checkpoint-missing", "the named checkpoint is not there", update(proof=receipt(checkpoint="checkpoint.sig")), log)
    up("receipt-other-log", "receipt.checkpoint-signature", "a checkpoint of an unknown log", good, KEY + " --log-key ../_keys/mallory.pem")
    up("receipt-root", "receipt.root-mismatch", "another root hash", update(proof=receipt(rootHash="0" * 64)), log)
    up("receipt-uuid", "receipt.uuid-format", "an id that holds no leaf hash", update(proof=receipt(uuid="entry-7")), log)
    up("receipt-inclusion", "receipt.inclusion", "another entry's id", update(proof=receipt(uuid=sha(b"other"))), log)


# --- Export Center -----------------------------------------------------------------------------------------------
CENTER = {"data/a.json": b'{"a": 1}\n', "data/b.json": b'{"b": 2}\n'}


def center_export(files=CENTER, who="alice", subject=None, kind="https://slsa.dev/provenance/v1", **changes):
    digests = sorted("sha256:" + sha(c) for c in files.values())
    manifest = indented({"schema": "https://stellaops.io/export-center/manifest/v1alpha2", "version": "1.1.0", "exportId": "export-0001", "tenant": "acme",
                         "profile": {"kind": "json", "variant": "raw", "name": "nightly"}, "selectors": {}, "generatedAt": "2026-11-22T08:00:00Z",
                         "contents": [{"path": n, "digest": "sha256:" + sha(files[n]), "bytes": len(files[n])} for n in sorted(files)],
                         "rerunHash": "sha256:" + sha("\n".join(digests).encode()), **changes})
    said = statement([("manifests/export.json", about(subject, manifest))], kind, {})
    return {**files, "manifests/export.json": manifest, "manifests/provenance.json": dsse(said, who)}


def center():
    def case(name, expect, about, files, args=KEY, contains=(), beside=()):
        return scenario("export-center-" + name, expect, about, files, args, contains, beside)
    good = center_export()
    case("good", "trusted", "manifest, provenance, contents", good, contains=["5-rerun-hash: ok", "stellaops", "export-center"])
    case("tar", "trusted", "the same as .tar.gz", ("e.tar.gz", gz(tar(good))), "e.tar.gz --key ../_keys/alice.pem")
    said = base64.b64decode(json.loads(good["manifests/provenance.json"])["payload"])
    case("detached", "trusted", "the provenance as a text and its envelope", {**without(good, "manifests/provenance.json"), "manifests/provenance.json": said,
         "manifests/provenance.dsse.json": good["manifests/provenance.json"]})
    case("detached-changed", "export.entry-extra", "the text is not what was signed", {**good, "manifests/provenance.json": said + b" \n", "manifests/provenance.dsse.json": good["manifests/provenance.json"]})
    case("schema", "export.unsupported-schema", "another schema", center_export(version="2.0.0"))
    case("malformed", "export.manifest-malformed", "an unknown kind", center_export(profile={"kind": "magic", "variant": "raw", "name": "x"}))
    case("rerun-hash", "export.rerun-hash", "a rerun hash of other contents", center_export(rerunHash="sha256:" + "0" * 64))
    case("unsigned", "export.signature-missing", "no provenance", without(good, "manifests/provenance.json"))
    case("other-subject", "export.subject-mismatch", "a genuine provenance of another export", center_export(subject=sha(b"other")))
    case("digest", "export.digest-mismatch", "a file changed", {**good, "data/a.json": b'{"a": 2}\n'})
    case("extra", "export.entry-extra", "a file too many", {**good, "data/c.json": b"{}"})
    base = center_export()["manifests/export.json"]
    delta = {"baseExportId": "export-0000", "baseManifestDigest": "sha256:" + sha(base), "tombstones": ["data/old.json"]}
    case("delta", "trusted", "a delta on the given base", center_export(delta=delta), KEY + " --base-manifest base.json", ["1 files are taken away"], {"base.json": base})
    case("delta-other-base", "export.base-mismatch", "a delta on another base", center_export(delta=delta), KEY + " --base-manifest base.json", beside={"base.json": base + b"\n"})
    case("delta-tombstone", "export.tombstone-present", "a file is taken away and there", center_export(delta={**delta, "tombstones": [{"path": "data/a.json"}]}))


# --- export kit, developer portal ----------------------------------------------------------------------------------
def export_kit_files(files={"export-kit/data.bin": b"data", "export-kit/tool": b"tool"}, who="alice", subject=None, member="artifact", kind="https://slsa.dev/provenance/v1", script=None):
    manifest = indented({"entries": [{"kind": "file", "kitVersion": "1", member: n.removeprefix("export-kit/"), "checksum": "sha256:" + sha(files[n])} for n in sorted(files)]})
    more = {"export-kit/verify-export-kit.sh": script} if script else {}
    return {**files, **more, "export-kit/manifest.json": manifest, "export-kit/manifest.dsse": dsse(statement([("manifest.json", about(subject, manifest))], kind, {}), who)}


def export_kit():
    scenario("export-kit-other-list", "export.subject-mismatch", "a genuine statement beside another list", export_kit_files(subject=sha(b"other")))
    scenario("export-kit-digest", "export.digest-mismatch", "an entry changed", {**export_kit_files(), "export-kit/tool": b"evil"})


def portal(files=None, who="alice", **changes):
    files = files or {"portal/index.html": b"<p>hello</p>\n", "sdks/sdk.zip": b"PK not really\n"}
    manifest = indented({"version": "devportal-offline/v1", "bundleId": "14b094c9-f0b4-4f9e-b221-b7a77c3f3445", "generatedAt": "2026-11-22T08:00:00Z", "metadata": {}, "sources": {},
                         "totals": {"entryCount": len(files), "totalSizeBytes": sum(map(len, files.values()))},
                         "entries": [{"category": n.split("/")[0], "path": n, "sha256": sha(files[n]), "sizeBytes": len(files[n]), "contentType": "text/html"} for n in sorted(files)], **changes})
    import hmac
    mac = hmac.new(bytes.fromhex(SECRET), pae("application/json", manifest), "sha256").digest()
    return {**files, "manifest.json": manifest, "checksums.txt": b"root " + sha(manifest).encode() + b"\n" + sums(files), "verify-offline.sh": b"#!/bin/sh\n",
            "manifest.dsse.json": indented({"payload": b64(manifest), "payloadType": "application/json", "signatures": [{"sig": b64(mac)}]}),
            "manifest.json.minisig": minisig(manifest, who)}


SECRET = "00112233445566778899aabbccddeeff" * 2
MINI = "e --key ../_keys/alice.minisign.pub --allow-unlisted"


def devportal():
    def case(name, expect, about, files, args=MINI, contains=(), beside=()):
        return scenario("devportal-" + name, expect, about, files, args, contains, beside)
    good = portal()
    case("good", "trusted", "a public-key signature over the manifest", good, contains=["5-hmac: not evaluated"])
    case("hmac", "trusted", "the HMAC is right too, and is only a remark", good, MINI + " --hmac-key-file secret.hex", ["proves no sender"], {"secret.hex": SECRET.encode()})
    case("hmac-alone", "export.signature-missing", "an HMAC alone is never trust", without(good, "manifest.json.minisig"), MINI + " --hmac-key-file secret.hex", beside={"secret.hex": SECRET.encode()})
    case("hmac-mismatch", "export.hmac-mismatch", "another secret", good, MINI + " --hmac-key-file secret.hex", beside={"secret.hex": SECRET.replace("0", "1").encode()})
    case("draft", "export.unsupported-schema", "the second draft", portal(version="0.1"))
    case("totals", "export.totals-mismatch", "totals of other entries", portal(totals={"entryCount": 3, "totalSizeBytes": 1}))
    case("root-line", "export.root-mismatch", "the list is of another manifest", {**good, "checksums.txt": b"root " + b"0" * 64 + b"\n" + sums({"portal/index.html": good["portal/index.html"]})})
    case("sums", "export.digest-mismatch", "list and manifest disagree", {**good, "checksums.txt": good["checksums.txt"].replace(sha(good["sdks/sdk.zip"]).encode(), b"0" * 64)})
    case("extra", "export.entry-extra", "a file too many", {**good, "portal/evil.js": b"x"}, MINI.replace(" --allow-unlisted", ""))
    case("script", "export.entry-extra", "the script that comes along is signed by nobody", good, MINI.replace(" --allow-unlisted", ""))


# --- evidence, mirror ----------------------------------------------------------------------------------------------
def locker_bundle(name="checksums.txt", envelope="signature.json", order=False, subject=None, who="alice", more={}, root=None, kind="https://schemas.stella-ops.org/attestations/evidence@1"):
    files = {"bundle.json": b"{}\n", "instructions.txt": b"read me\n", "data/log.txt": b"log\n", **more}
    manifest = b'{"bundle": 1}\n'
    listed = "".join((f"{sha(files[n])}  {n}\n" if name == "checksums.txt" else f"SHA256 ({n}) = {sha(files[n])}\n") for n in sorted(files, reverse=order)).encode()
    if name == "checksums.txt" or root:
        listed = b"root " + (root or sha(manifest)).encode() + b"\n" + listed
    said = statement([(name, about(subject, listed))], kind, {})
    return {**files, **({"manifest.json": manifest} if name == "checksums.txt" else {}), name: listed, envelope: dsse(said, who)}


def locker():
    def case(name, expect, about, files, args=KEY):
        return scenario("evidence-locker-" + name, expect, about, files, args)
    good = locker_bundle()
    case("good", "trusted", "a statement about checksums.txt", good)
    case("order", "export.not-canonical", "the list is not sorted", locker_bundle(order=True))
    case("not-bound", "export.payload-not-bound", "a genuine statement about something else", locker_bundle(subject=sha(b"other")))
    case("root-line", "export.root-mismatch", "another manifest", {**good, "manifest.json": b"{}"})
    case("mallory", "signature.mismatch", "signed by a key that is not trusted", locker_bundle(who="mallory"))
    case("digest", "export.digest-mismatch", "a file changed", {**good, "data/log.txt": b"lag\n"})


def evidence_export():
    name, envelope = "checksums.sha256", "attestations/list.dsse.json"
    good = locker_bundle(name, envelope)
    scenario("evidence-export-good", "trusted", "BSD list and an attestation about it", good)
    scenario("evidence-export-not-bound", "export.payload-not-bound", "a genuine attestation about something else", locker_bundle(name, envelope, subject=sha(b"other")))
    scenario("evidence-export-key-inside", "signature.mismatch", "the key that signed lies in the bundle: that is no trust", locker_bundle(name, envelope, who="mallory"))
    scenario("evidence-export-extra", "export.entry-extra", "a file too many", {**good, "keys/more.pem": b"x"})


def stella(files={"data/alert.json": b"{}\n"}, subject=None, who="alice", kind="stellaops.evidence.bundle.v1"):
    manifest = indented({"bundle_format_version": "1", "bundle_id": "b-1", "root_hash": "sha256:" + "1" * 64,
                         "entries": [{"path": n, "hash": "sha256:" + sha(files[n]), "size": len(files[n]), "content_type": "application/json"} for n in sorted(files)]})
    said = statement([("manifest.json", about(subject, manifest))], kind, {})
    return {**files, "manifest.json": manifest, "attestations/bundle.dsse.json": dsse(said, who)}


def stella_bundle():
    scenario("stella-bundle-good", "trusted", "a statement about manifest.json", ("e.stella.bundle.tgz", gz(tar(stella()))), "e.stella.bundle.tgz --key ../_keys/alice.pem")
    scenario("stella-bundle-root-hash", "export.payload-not-bound", "a statement about root_hash binds no file: how it is built is not published", stella(subject="1" * 64))
    scenario("stella-bundle-digest", "export.digest-mismatch", "a file changed", {**stella(), "data/alert.json": b"[]\n"})


def mirror_files(files={"root.json": b"{}\n", "targets/a.bin": b"a"}, who="alice", kind="application/vnd.stellaops.mirror.manifest+json", pae_of=None, manifest=None):
    manifest = manifest or canonical({"files": [{"path": n, "sha256": sha(files[n]), "size": len(files[n])} for n in sorted(files)]})
    text = base64.urlsafe_b64encode(manifest).rstrip(b"=")
    signed = pae(pae_of, manifest) if pae_of else text
    return {**files, "mirror-thin-v1.manifest.dsse.json": indented({"payload": text.decode(), "payloadType": kind, "signatures": [{"sig": b64(raw(who, signed))}]})}


def mirror():
    allowed = KEY + " --allow-mirror-payload-text"
    good = mirror_files()
    scenario("mirror-good", "trusted", "accepted knowingly, with a warning", good, allowed, ["not its type", "6-tuf-roles: not evaluated"])
    scenario("mirror-not-allowed", "export.mirror-signature", "the same without the long word", good)
    scenario("mirror-pae", "signature.mismatch", "a PAE signature is of another profile", mirror_files(pae_of="application/vnd.stellaops.mirror.manifest+json"), allowed)
    scenario("mirror-type", "dsse.payload-type", "another type, which the signature does not cover", mirror_files(kind="application/json"), allowed)
    scenario("mirror-mallory", "signature.mismatch", "signed by a key that is not trusted", mirror_files(who="mallory"), allowed)
    both = " --key ../_keys/bob.pem --threshold 2"
    more = mirror_files(who="bob", kind="application/vnd.stellaops.mirror.bundle+json")["mirror-thin-v1.manifest.dsse.json"]
    scenario("mirror-threshold", "dsse.threshold", "whoever signed the bundle's envelope signed no file", {**good, "mirror-thin-v1.bundle.dsse.json": more}, allowed + both)
    scenario("mirror-digest", "export.digest-mismatch", "a TUF file changed", {**good, "root.json": b"[]\n"}, allowed)


def ambiguous():
    scenario("ambiguous", "export.ambiguous-layout", "a kit that is also an update kit: what is meant?", {**kit(), **update()})

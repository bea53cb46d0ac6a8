"""What every layout refuses alike, and the order of imports: one vector for each layout and reason that its own cases do not show."""
import checksums
import layouts
from layouts import KEY, MINI, locker_bundle, without
from making import *
from receipts import logged

OTHER = b"another content\n"


def make():
    stella, mirror = layouts.stella(), layouts.mirror_files()
    alike("offlinekit-kit", layouts.kit(), KEY, "feeds/a.json", "kit.json", "kit.intoto.dsse.json")
    alike("export-center", layouts.center_export(), KEY, "data/a.json", "manifests/export.json", "manifests/provenance.json")
    alike("export-kit", layouts.export_kit_files(), KEY, "export-kit/tool", "export-kit/manifest.json", "export-kit/manifest.dsse", sized=False)
    alike("devportal", layouts.portal(), MINI, "portal/index.html", "manifest.json")
    alike("evidence-locker", locker_bundle(), KEY, "data/log.txt", "checksums.txt", "signature.json", sized=False)
    alike("evidence-export", locker_bundle("checksums.sha256", "attestations/list.dsse.json"), KEY, "data/log.txt", "checksums.sha256", "attestations/list.dsse.json", sized=False)
    alike("stella-bundle", stella, KEY, "data/alert.json", "manifest.json", "attestations/bundle.dsse.json")
    alike("mirror", mirror, KEY + " --allow-mirror-payload-text", "targets/a.bin", "mirror-thin-v1.manifest.dsse.json")
    alike("checksums", checksums.signed(), MINI, "notes.md", "SHA256SUMS", sized=False)
    signers()
    lists()
    update_kit()
    succession()


def case(name, expect, about, files, args, contains=(), beside=()):
    if not (HERE / name).exists():
        scenario(name, expect, about, files, args, contains, beside)


def alike(layout, good, args, victim, manifest, envelope=None, sized=True):
    other = bytes(b ^ 1 for b in good[victim])
    case(f"{layout}-missing", "export.entry-missing", "a listed file is not there", without(good, victim), args)
    case(f"{layout}-extra", "export.entry-extra", "a file too many", {**good, "more/evil": OTHER}, args)
    case(f"{layout}-digest", "export.digest-mismatch", "a file of the same size has another content", {**good, victim: other}, args)
    if sized:
        case(f"{layout}-size", "export.size-mismatch", "a file has another size", {**good, victim: good[victim] + b"x"}, args)
    case(f"{layout}-malformed", "export.manifest-malformed", "the list is cut", {**good, manifest: good[manifest][:40]}, args)
    case(f"{layout}-no-list", "export.manifest-missing", "the caller names the layout, and its list is not there", without(good, manifest), f"{args} --layout {layout}")
    if envelope:
        case(f"{layout}-no-statement", "export.signature-missing", "the caller names the layout, and nobody signed its list", without(good, envelope), f"{args} --layout {layout}")
        case(f"{layout}-statement-malformed", "signature.malformed", "the statement is no envelope", {**good, envelope: b"{}"}, args)
        case(f"{layout}-statement-empty", "statement.malformed", "a signed statement that says nothing", {**good, envelope: dsse(b"{}", "alice")}, args)
        kind = json.loads(good[envelope])
        case(f"{layout}-payload-type", "dsse.payload-type", "an envelope that is about no statement",
             {**good, envelope: dsse(base64.b64decode(kind["payload"]), "alice", kind="application/json")}, args)


def signers():
    case("export-center-mallory", "signature.mismatch", "signed by a key that is not trusted", layouts.center_export(who="mallory"), KEY)
    case("export-kit-mallory", "signature.mismatch", "signed by a key that is not trusted", layouts.export_kit_files(who="mallory"), KEY)
    case("stella-bundle-mallory", "signature.mismatch", "signed by a key that is not trusted", layouts.stella(who="mallory"), KEY)
    case("devportal-mallory", "key.unknown", "signed by a key that is not trusted", layouts.portal(who="mallory"), MINI)
    case("devportal-false-signature", "signature.mismatch", "a signature of another manifest", {**layouts.portal(), "manifest.json.minisig": minisig(OTHER)}, MINI)
    case("mirror-no-key", "key.unknown", "no Ed25519 key is trusted", layouts.mirror_files(), "e --key ../_keys/carol.pem --allow-mirror-payload-text")
    case("mirror-payload-malformed", "export.manifest-malformed", "a signed payload that lists nothing", layouts.mirror_files(manifest=b"{}"), KEY + " --allow-mirror-payload-text")


def lists():
    evil = {"../evil": OTHER}
    for layout, made, args in (
            ("export-center", layouts.center_export({**layouts.CENTER, **evil}), KEY), ("devportal", layouts.portal({"portal/index.html": b"<p>hello</p>\n", **evil}), MINI),
            ("export-kit", layouts.export_kit_files({"export-kit/tool": b"tool", "export-kit/../../evil": OTHER}), KEY), ("stella-bundle", layouts.stella({"data/alert.json": b"{}\n", **evil}), KEY),
            ("evidence-locker", locker_bundle(more=evil), KEY), ("evidence-export", locker_bundle("checksums.sha256", "attestations/list.dsse.json", more=evil), KEY),
            ("mirror", layouts.mirror_files(files={"root.json": b"{}\n", **evil}), KEY + " --allow-mirror-payload-text")):
        outside = [n for n in made if ".." in n]
        case(f"{layout}-unsafe-path", "archive.unsafe-name", "the list names a file outside", without(made, *outside), args)
    case("evidence-export-order", "export.not-canonical", "the list is not sorted", locker_bundle("checksums.sha256", "attestations/list.dsse.json", order=True), KEY)
    case("evidence-export-root-line", "export.root-mismatch", "the root line names a manifest that is not there", locker_bundle("checksums.sha256", "attestations/list.dsse.json", root=sha(OTHER)), KEY)
    case("export-kit-undocumented", "export.manifest-malformed", "an entry with a member that is not published", layouts.export_kit_files(member="path"), KEY)


def update_kit():
    good, files = layouts.update(), layouts.ENTRIES
    case("offline-update-kit-malformed", "export.manifest-malformed", "the manifest is cut", {**good, "manifest.json": good["manifest.json"][:40]}, KEY)
    case("offline-update-kit-sum-malformed", "export.manifest-malformed", "the .sha256 file holds no digest", {**good, "payload.tar.zst.sha256": b"none\n"}, KEY)
    case("offline-update-kit-entry-digest", "export.digest-mismatch", "an entry of the same size has another content", layouts.update(inside={**files, "feeds/a.json": b'{"feed": "b"}\n'}), KEY)
    case("offline-update-kit-entry-unsafe", "archive.unsafe-name", "the archive inside holds a name that leaves it", layouts.update(inside={**files, "../evil": OTHER}), KEY)
    case("offline-update-kit-entry-link", "archive.unsafe-entry", "the archive inside holds a link", layouts.update(payload=zst(tar(files, [special("evil", tarfile.SYMTYPE, "/etc/passwd")]))), KEY)
    case("offline-update-kit-entry-twice", "archive.duplicate", "the archive inside holds a name twice", layouts.update(payload=zst(tar(files, [(tarfile.TarInfo("feeds/a.json"), OTHER)]))), KEY)
    case("offline-update-kit-entry-trailing", "archive.trailing-bytes", "the archive inside goes on behind its end", layouts.update(payload=zst(tar(files) + b"hidden")), KEY)
    case("offline-update-kit-entry-bomb", "archive.ratio", "64 MiB of zeros in the archive inside", layouts.update(payload=zst(tar({**files, "zeros": bytes(64 << 20)}))), KEY)
    case("offline-update-kit-statement-malformed", "signature.malformed", "the statement is no envelope", {**good, "statement.dsse.json": b"{}"}, KEY)
    case("offline-update-kit-statement-empty", "statement.malformed", "a signed statement that says nothing", {**good, "statement.dsse.json": dsse(b"{}", "alice")}, KEY)
    case("offline-update-kit-payload-type", "dsse.payload-type", "an envelope that is about no statement",
         {**good, "statement.dsse.json": dsse(base64.b64decode(json.loads(good["statement.dsse.json"])["payload"]), "alice", kind="application/json")}, KEY)
    receipts(good)
    case("offline-update-kit-folder-signature", "export.signature-missing", "a signature of the archive, and the export is a folder", good, KEY + " --archive-signature a.sig", beside={"a.sig": b"x"})


def receipts(good):
    args = KEY + " --log-key ../_keys/bob.pem --receipt-entry entry.json"
    envelope = good["statement.dsse.json"]
    body, proof = logged(envelope)
    case("offline-update-kit-receipt-bound", "trusted", "the entry that the receipt proves records this statement", {**good, "rekor-receipt.json": proof}, args, ["8-receipt-binding: ok", "logged in   log.example - 7 at index 1"], {"entry.json": body})
    case("offline-update-kit-receipt-other-entry", "receipt.not-bound", "another entry than the receipt proves", {**good, "rekor-receipt.json": proof}, args, beside={"entry.json": body + b"\n"})
    for name, about, (body, proof) in (
            ("statement", "a genuine entry of another statement", logged(dsse(b"{}", "alice"))), ("key", "the entry records a key that is not trusted", logged(envelope, "mallory")),
            ("payload", "the entry records this signature and another payload", logged(envelope, payloadHash={"algorithm": "sha256", "value": "0" * 64})),
            ("kind", "the entry is none that can be read", logged(envelope, signatures=[]))):
        case(f"offline-update-kit-receipt-not-bound-{name}", "receipt.not-bound", about, {**good, "rekor-receipt.json": proof}, args, beside={"entry.json": body})


def accepted(sequence, version, numbers, digest):
    return {"state/accepted.json": canonical({"version": 1, "accepted": [{"sequence": sequence, "version": version, "numbers": numbers, "list": digest}]})}


def succession():
    """--dry-run writes nothing, so that a state folder can lie beside an export."""
    state = KEY + " --state state --dry-run"
    kit, center, update = layouts.kit(), layouts.center_export(), layouts.update()
    sha_of = {"kit": sha(kit["kit.json"]), "center": sha(center["manifests/export.json"]), "update": sha(update["manifest.json"])}
    time, zeros = 1795334400, "0" * 64
    case("offlinekit-kit-newer", "trusted", "an older kit was accepted before", kit, state, ["monotonic: ok"], accepted("offlinekit-kit feeds", "2026.11.21", [2026, 11, 21], zeros))
    case("offlinekit-kit-again", "trusted", "the very same kit was accepted before", kit, state, beside=accepted("offlinekit-kit feeds", "2026.11.22", [2026, 11, 22], sha_of["kit"]))
    case("offlinekit-kit-other-sequence", "trusted", "a newer kit of another name was accepted before", kit, state, beside=accepted("offlinekit-kit tools", "2027", [2027], zeros))
    case("offlinekit-kit-rollback", "export.rollback", "a newer kit was accepted before", kit, state, beside=accepted("offlinekit-kit feeds", "2026.12", [2026, 12], zeros))
    case("offlinekit-kit-same-version", "export.rollback", "another kit of this version was accepted before", kit, state, beside=accepted("offlinekit-kit feeds", "2026.11.22", [2026, 11, 22], zeros))
    case("offlinekit-kit-forced", "trusted", "the operator goes back, for a reason", kit, state + ' --force-activate --force-reason "the new feed is broken"',
         ["the operator forced the activation"], accepted("offlinekit-kit feeds", "2026.12", [2026, 12], zeros))
    case("offlinekit-kit-forced-without-reason", "error", "going back needs a reason", kit, state + " --force-activate", beside=accepted("offlinekit-kit feeds", "2026.12", [2026, 12], zeros))
    case("offlinekit-kit-state-damaged", "error", "nothing is decided without the state", kit, state, ["is damaged"], {"state/accepted.json": b'{"version":1,"accepted":['})
    case("offline-update-kit-rollback", "export.rollback", "a newer kit was accepted before", update, state, beside=accepted("offline-update-kit", "2026.12", [time + 1], zeros))
    case("export-center-rollback", "export.rollback", "a newer export of this tenant and profile was accepted before", center, state,
         beside=accepted("export-center acme json/raw/nightly", "export-0002", [time + 1], zeros))
    for layout, files, args in (
            ("checksums", checksums.signed(), MINI), ("export-kit", layouts.export_kit_files(), KEY), ("devportal", layouts.portal(), MINI), ("evidence-locker", locker_bundle(), KEY),
            ("evidence-export", locker_bundle("checksums.sha256", "attestations/list.dsse.json"), KEY), ("stella-bundle", layouts.stella(), KEY),
            ("mirror", layouts.mirror_files(), KEY + " --allow-mirror-payload-text")):
        case(f"{layout}-unversioned", "export.unversioned", "the layout names no version, so imports cannot be kept in order", files, args + " --state state --dry-run")
    case("devportal-bad-secret", "error", "a secret that is no secret says nothing of the export", layouts.portal(), MINI + " --hmac-key-file secret.hex", ["--hmac-key-file"], {"secret.hex": b"xyz"})
    case("offline-update-kit-bad-log-key", "error", "a log key that is no key says nothing of the export", update, KEY + " --log-key log.pem", ["--log-key"], {"log.pem": b"xyz"})

#!/usr/bin/env python3
"""Makes every vector of this folder anew: dossiers whose signature covers the front matter (v2, v3), and what goes wrong with them. Keys are fresh and thrown away.

Needs: python3, openssl 3, minisign 0.11 or later. The payloads are made here by the published rules, not by the code under test.
"""
import base64, hashlib, json, os, pathlib, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).parent
KEYS = pathlib.Path(tempfile.mkdtemp())
BODY = "# Rotate the password\n\n1. Announce the window.\n2. Rotate.\n"
MALFORMED, YAML, COVERS, MISMATCH = "signature.malformed", "dossier.front-matter-not-json", "dossier.unknown-coverage", "signature.mismatch"
V2, V3 = "frontmatter+body", "spec-frontmatter+body"
KEY = "--key ../_keys/team.pem"


def run(*command, data=None):
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def b64(data):
    return base64.b64encode(data).decode()


def make_keys():
    (HERE / "_keys").mkdir()
    for who in ("team", "other"):
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", KEYS / who)
        run("openssl", "pkey", "-in", KEYS / who, "-pubout", "-out", HERE / "_keys" / f"{who}.pem")
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", KEYS / "kms")
    run("openssl", "pkey", "-in", KEYS / "kms", "-pubout", "-out", HERE / "_keys" / "kms.pem")
    run("minisign", "-G", "-W", "-f", "-p", HERE / "_keys" / "minisign.pub", "-s", KEYS / "minisign")


def pem(who):
    return (HERE / "_keys" / f"{who}.pem").read_text()


def spki(who):
    return run("openssl", "pkey", "-in", KEYS / who, "-pubout", "-outform", "DER")


def raw_key(who):
    return b64(spki(who)[-32:])


def minisign_line():
    return (HERE / "_keys" / "minisign.pub").read_text().split("\n")[1]


def signed(who, payload):
    file = KEYS / "payload"
    file.write_bytes(payload)
    if who == "kms":
        return b64(run("openssl", "dgst", "-sha256", "-sign", KEYS / who, file))
    if who == "minisign":
        run("minisign", "-S", "-W", "-s", KEYS / who, "-m", file, "-x", KEYS / "out", "-t", "dossier signature")
        return (KEYS / "out").read_text()
    return b64(run("openssl", "pkeyutl", "-sign", "-inkey", KEYS / who, "-rawin", "-in", file))


def canonical(value):
    # Keys by UTF-16 code units; the texts and numbers used here are written alike by Python and by ECMAScript.
    def write(v):
        if isinstance(v, dict):
            return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + write(v[k]) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))) + "}"
        if isinstance(v, list):
            return "[" + ",".join(map(write, v)) + "]"
        return json.dumps(v, ensure_ascii=False)
    return write(value)


def checksum(body=BODY):
    return {"algorithm": "sha256", "hash": hashlib.sha256(body.encode()).hexdigest()}


def signature(who, payload, covers, **more):
    algorithm = {"kms": "ECDSA-SHA-256", "minisign": "minisign"}.get(who, "ed25519")
    key = {"kms": lambda: b64(spki(who)), "minisign": minisign_line}.get(who, lambda: raw_key(who))()
    said = {"algorithm": algorithm, "signature": signed(who, payload), "public_key": key, "signed_at": "2026-10-07T12:15:24.276Z", "covers": covers, "signed_by": "Team", **more}
    return {k: v for k, v in said.items() if v is not None}


def fields(**changes):
    made = {"dossier_schema_version": "1.0.0", "title": "Rotate the password", "version": "1.2.0", "status": "Stable", "risk_level": "low",
            "tags": ["db", "ops"], "timeout": 30, "owner": "Zoë 𝄞 ﬁ", "\ue000": 1, "\U00010000": 2, "checksum": checksum(), **changes}
    return {k: v for k, v in made.items() if v is not None}


# --- legacy layout ---------------------------------------------------------------------------------------------
def legacy(front, body=BODY, fence="---dossier"):
    return f"{fence}\n{json.dumps(front, indent=2, ensure_ascii=False)}\n---\n{body}"


def v2(who="team", body=BODY, covers=V2, edit=None, sign_more={}, **changes):
    front = fields(**{"checksum": checksum(body), **changes})
    payload = f"dossier-signature-v2\n{canonical(front)}\n{body}".encode()
    front["signature"] = signature(who, payload, covers, **sign_more)
    front.update(edit or {})
    return legacy({k: v for k, v in front.items() if v is not None}, body)


def v1(covers=None, body=BODY, **changes):
    front = fields(**{"checksum": checksum(body), **changes})
    front["signature"] = signature("team", body.encode(), covers)
    return legacy(front, body)


# --- Agent Skills layout ---------------------------------------------------------------------------------------
SKILL = {"name": "rotate-password", "description": "Rotates the password. Use when somebody asks for it.", "license": "Apache-2.0"}


def texts(front):
    return {f"dossier.{k}": v if isinstance(v, str) else json.dumps(v, separators=(",", ":"), ensure_ascii=False) for k, v in front.items()}


def single(text):
    return "'" + text.replace("'", "''") + "'"


def skill(top, metadata, body=BODY, fence="---", quote=single, newline="\n"):
    lines = [fence] + [f"{k}: {quote(v)}" for k, v in top.items()] + ["metadata:"] + [f"  {k}: {quote(v)}" for k, v in metadata.items()] + ["---"]
    return newline.join(lines) + newline + body


def v3(who="team", body=BODY, covers=V3, top=SKILL, more={}, edit=None, sign_more={}, write=skill, **changes):
    front = fields(**{"checksum": checksum(body), "\ue000": None, "\U00010000": None, **changes})
    metadata = {**texts(front), **more}
    payload = f"dossier-signature-v3\n{canonical({**top, 'metadata': metadata})}\n{body}".encode()
    metadata["dossier.signature"] = json.dumps(signature(who, payload, covers, **sign_more), separators=(",", ":"))
    metadata.update(edit or {})
    return write(top, metadata, body)


def case(name, expect, about, document, args=KEY, contains=(), command="dossier verify", beside={}, file="demo.ds.md"):
    folder = HERE / name
    folder.mkdir()
    (folder / file).write_bytes(document.encode() if isinstance(document, str) else document)
    for other, content in beside.items():
        (folder / other).parent.mkdir(parents=True, exist_ok=True)
        (folder / other).write_text(content)
    lines = [f"# {about}", f"args: {command} {file} {args}", f"expect: {expect}"] + [f"contains: {text}" for text in contains]
    (folder / "case.txt").write_text("\n".join(lines) + "\n")


def edited(document, old, new):
    assert old in document, old
    return document.replace(old, new, 1)


def make_payload_as_body():
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", KEYS / "third")
    body = f"dossier-signature-v2\n{canonical(fields(risk_level='critical'))}\n{BODY}"
    front = fields(title="Whatever", checksum=checksum(body))
    front["signature"] = {"algorithm": "ed25519", "signature": signed("third", body.encode())}
    case("v2-payload-as-v1", COVERS, "the payload of v2 stands as the body and covers was taken away: the signature fits, and front matter that nobody signed would count",
         legacy(front, body), "--key key.pem", beside={"key.pem": run("openssl", "pkey", "-in", KEYS / "third", "-pubout").decode()})


def make_v2():
    case("v2", "trusted", "front matter and body are signed: the declared risk counts", v2(), contains=["ALLOW", "over the front matter and the body", "risk level are authenticated", "1.2.0 of Rotate the password"])
    case("v2-kms", "trusted", "by a key service", v2("kms"), "--key ../_keys/kms.pem", ["ALLOW"])
    case("v2-minisign", "trusted", "by minisign", v2("minisign"), "--key ../_keys/minisign.pub", ["ALLOW"])
    for level, risk in (("medium", "medium"), ("high", "high"), ("critical", "critical"), ("Severe", "high"), (None, "medium")):
        case(f"v2-risk-{level or 'absent'}".lower(), "trusted", f"a signed risk level {level}", v2(risk_level=level), contains=["WARN", f"risk:           {risk}"])
    case("v2-risk-edited", MISMATCH, "the risk level was lowered after signing", edited(v2(risk_level="high"), '"risk_level": "high"', '"risk_level": "low"'), contains=["BLOCK"])
    case("v2-title-edited", MISMATCH, "the title was edited after signing", edited(v2(), "Rotate the password", "Rotate the passwords"))
    case("v2-member-added", MISMATCH, "a member was added after signing", v2(edit={"requires_approval": False}))
    case("v2-order-and-blanks", "trusted", "the order of members and blanks between them are not covered",
         (lambda parts: parts[0] + "\n" + json.dumps(dict(reversed(json.loads(parts[1]).items())), ensure_ascii=True) + "\n---\n" + BODY)(v2().replace("\n---\n" + BODY, "").split("\n", 1)))
    case("v2-body-edited", "dossier.checksum-mismatch", "the body was edited after signing", v2().replace("2. Rotate.", "2. Rotate!"))
    case("v2-body-and-checksum-edited", MISMATCH, "body and checksum were edited after signing", v2(edit={"checksum": checksum(BODY + "x\n")}) + "x\n")
    case("v2-as-v1", MISMATCH, "covers was taken away: the body alone was never signed", edited(v2(), f'"covers": "{V2}",', '"note": "",'))
    make_payload_as_body()
    case("v1-as-v2", MISMATCH, "covers was added: the front matter was never signed", v1(V2))
    case("v1-risk-edited", "trusted", "nobody signed the risk level of a v1 dossier, so it allows nothing", v1(risk_level="low"), contains=["WARN", "risk:           medium"])
    case("v1-risk-critical", "trusted", "a v1 dossier may call itself riskier", v1(risk_level="critical"), contains=["WARN", "risk:           critical"])
    for name, value in (("unknown", "everything-v9"), ("empty", ""), ("case", "Frontmatter+body"), ("number", 2), ("null", None), ("list", [V2]), ("spec", V3)):
        document = v1("?")
        case(f"covers-{name}", COVERS, f"covers is {value!r} in the legacy layout", edited(document, '"covers": "?"', f'"covers": {json.dumps(value)}'))
    case("v2-leading-blank-line", "dossier.checksum-mismatch", "the body of older parsers is none of v2", edited(v2(), "\n---\n#", "\n---\n\n#"), KEY + " --legacy-body")
    case("v2-large-integer", MALFORMED, "a number of which ECMAScript keeps another one", v2(timeout=9007199254740993))
    case("v2-minimum-version", "trusted", "the signed version satisfies a policy", v2(), KEY + " --policy policy.yaml", command="verify",
         beside={"policy.yaml": 'version: 1\nname: p\nsigners:\n  - any-of: [team.pem]\nminimum-version: "1.1"\n'})
    case("v2-version-too-old", "policy.version-too-old", "the signed version is below the demanded one", v2(), KEY + " --policy policy.yaml", command="verify",
         beside={"policy.yaml": 'version: 1\nname: p\nsigners:\n  - any-of: [team.pem]\nminimum-version: "2"\n'})
    case("v1-minimum-version", "policy.version-missing", "nobody signed the version of a v1 dossier", v1(), KEY + " --policy policy.yaml", command="verify",
         beside={"policy.yaml": 'version: 1\nname: p\nsigners:\n  - any-of: [team.pem]\nminimum-version: "1.1"\n'})
    case("refused-by-policy", "policy.signers", "a good signature of somebody whom the policy does not name: no TRUSTED, no ALLOW", v2(), KEY + " --policy policy.yaml",
         ["SIGNED_UNKNOWN", "BLOCK"], "verify", {"policy.yaml": "version: 1\nname: p\nsigners:\n  - any-of: [somebody-else]\n"})


def make_v3():
    good = v3()
    case("v3", "trusted", "the layout of skills: every field is signed", good, contains=["ALLOW", "over the front matter and the body", "1.2.0 of Rotate the password"])
    case("v3-kms", "trusted", "by a key service", v3("kms"), "--key ../_keys/kms.pem")
    case("v3-yaml-fence", "trusted", "the opening line says yaml", v3(write=lambda *a: skill(*a, fence="---yaml")))
    case("v3-dossier-fence", "trusted", "the opening line says dossier", v3(write=lambda *a: skill(*a, fence="---dossier")))
    case("v3-fence-with-blank", "trusted", "a blank behind the opening line", v3(write=lambda *a: skill(*a, fence="--- ")))
    case("v3-json-fence", YAML, "the opening line says json, and there is none", v3(write=lambda *a: skill(*a, fence="---json")))
    case("v3-plain", "trusted", "plain values, as people write them", v3(write=lambda *a: skill(*a, quote=lambda t: single(t) if t[:1] in "{[" or ": " in t else t)))
    plain = v3(write=lambda *a: skill(*a, quote=lambda t: single(t) if t[:1] in "{[" or ": " in t else t))
    case("v3-no-break-blank-line", "dossier.front-matter-not-json", "a line of blanks that YAML takes for text", edited(plain, "risk_level: low", "risk_level: low\n  \u00a0\u00a0\u00a0"))
    case("v3-wide-blank-line", "dossier.front-matter-not-json", "a line of blanks that YAML takes for text", edited(plain, "license: Apache-2.0", "license: Apache-2.0\n  \u3000\u3000\u3000"))
    case("v3-double-quoted", "trusted", "double quotes", v3(write=lambda *a: skill(*a, quote=lambda t: json.dumps(t))))
    case("v3-order", "trusted", "the order of keys is not covered", v3(write=lambda top, metadata, body: skill(dict(reversed(top.items())), dict(reversed(metadata.items())), body)))
    case("v3-comments", "trusted", "comments and empty lines are not covered", edited(edited(good, "metadata:", "# a comment\n\nmetadata: # of the dossier"), "'Rotate the password'", "'Rotate the password' # title"))
    case("v3-crlf", "trusted", "lines of the front matter end in CRLF", v3(write=lambda *a: skill(*a, newline="\r\n")))
    case("v3-indented-by-four", "trusted", "indentation is not covered", good.replace("\n  ", "\n    "))
    case("v3-other-tool", "trusted", "a key of another tool is kept, and signed", v3(more={"author": "somebody", "x.y": "1"}))
    case("v3-other-tool-edited", MISMATCH, "a key of another tool was edited after signing", edited(v3(more={"author": "somebody"}), "somebody", "nobody"))
    case("v3-license-edited", MISMATCH, "the license was edited after signing", edited(good, "Apache-2.0", "MIT"))
    case("v3-risk-edited", MISMATCH, "the risk level was lowered after signing", edited(v3(risk_level="high"), "dossier.risk_level: 'high'", "dossier.risk_level: 'low'"), contains=["BLOCK"])
    case("v3-list-respelled", MISMATCH, "the exact text of a value is covered", edited(good, '["db","ops"]', '["db", "ops"]'))
    case("v3-body-edited", "dossier.checksum-mismatch", "the body was edited after signing", good.replace("2. Rotate.", "2. Rotate!"))
    case("v3-version-as-json", "trusted", "a text that is JSON says its value: \"1.2.0\" in quotes is the version 1.2.0", v3(edit={}, version='"1.2.0"'), contains=["1.2.0 of Rotate the password"])
    case("v3-unsigned", "dossier.unsigned", "no signature", v3(edit={}, write=lambda top, m, body: skill(top, {k: v for k, v in m.items() if k != "dossier.signature"}, body)), contains=["UNSIGNED", "WARN"])
    case("v3-checksum-missing", "dossier.checksum-missing", "no checksum", v3(checksum=None))
    for name, covers in (("absent", None), ("legacy", V2), ("unknown", "all"), ("number", 3)):
        case(f"v3-covers-{name}", COVERS, f"covers is {covers!r} in the layout of skills", v3(covers=covers))
    case("v3-no-title", MALFORMED, "no title", v3(title=None))
    case("v3-no-description", MALFORMED, "a skill describes itself", v3(top={"name": "rotate-password"}))
    case("v3-name-form", MALFORMED, "a name with a capital", v3(top={**SKILL, "name": "Rotate"}))
    case("v3-name-hyphens", MALFORMED, "two hyphens together", v3(top={**SKILL, "name": "a--b"}))
    case("v3-name-long", MALFORMED, "a name of 65 letters", v3(top={**SKILL, "name": "a" * 65}))
    case("v3-description-long", MALFORMED, "a description of 1025 letters", v3(top={**SKILL, "description": "a" * 1025}))
    case("v3-compatibility-long", MALFORMED, "501 letters on compatibility", v3(top={**SKILL, "compatibility": "a" * 501}))
    case("v3-member-at-top", MALFORMED, "a field outside metadata", v3(top={**SKILL, "risk_level": "low"}))
    case("v3-skill-member-as-field", MALFORMED, "dossier.name would be a second name", v3(more={"dossier.name": "other"}))
    case("v3-field-without-name", MALFORMED, "dossier. names no field", v3(more={"dossier.": "x"}))
    case("v3-prototype", MALFORMED, "__proto__ is no name", v3(more={"__proto__": "x"}))
    case("v3-metadata-again", MALFORMED, "dossier.metadata with fields of a dossier", v3(metadata={"dossier.title": "Other"}))
    case("v3-key-twice", MALFORMED, "a key twice", edited(good, "  dossier.status:", "  dossier.title: 'Other'\n  dossier.status:"))
    case("v3-key-twice-quoted", MALFORMED, "the same key in quotes", edited(good, "  dossier.status:", "  \"dossier\\x2etitle\": 'Other'\n  dossier.status:"))
    case("v3-json-member-twice", MALFORMED, "covers twice in the signature", edited(good, '{"algorithm":"ed25519"', '{"covers":"spec-frontmatter+body","algorithm":"ed25519"'))
    case("v3-signature-no-object", MALFORMED, "the signature is a text", v3(edit={"dossier.signature": "signed"}))
    case("v3-merge", YAML, "a merge key", edited(good, "metadata:", "<<: 'x'\nmetadata:"))
    case("v3-alias", YAML, "an anchor", edited(good, "name: '", "name: &a '"))
    case("v3-tag", YAML, "a tag", edited(good, "name: '", "name: !!str '"))
    case("v3-flow", YAML, "a collection in one line", edited(good, "metadata:", "allowed-tools: [Bash, Read]\nmetadata:"))
    case("v3-block-scalar", YAML, "a text of several lines", edited(good, "metadata:", "compatibility: |\n  any\nmetadata:"))
    case("v3-no-value", YAML, "a key without a value", edited(good, "  dossier.status: 'Stable'", "  dossier.status:"))
    case("v3-tab", YAML, "indented by a tab", edited(good, "\n  dossier.status:", "\n\tdossier.status:"))
    case("v3-indentation", YAML, "one key further in than the others", edited(good, "\n  dossier.status:", "\n   dossier.status:"))
    case("v3-quote-open", YAML, "a quote that is never closed", edited(good, "'Stable'", "'Stable"))
    case("v3-after-quote", YAML, "text behind a quote", edited(good, "'Stable'", "'Stable' now"))
    case("v3-escape", YAML, "an escape that YAML does not have", edited(good, "'Stable'", '"\\q"'))
    case("v3-line-separator", YAML, "U+2028, which some readers take for the end of a line", edited(good, "'Stable'", "'Sta\u2028ble'"))
    case("v3-control", YAML, "a control character", edited(good, "'Stable'", "'Sta\u0085ble'"))
    case("yaml-without-fields", YAML, "a skill that is no dossier", "---\nname: 'x'\ndescription: 'y'\nmetadata:\n  author: 'z'\n---\n" + BODY)
    case("json-with-both", MALFORMED, "JSON with fields at its top and in its metadata: which are meant?", v1(metadata={"dossier.title": "Other"}))


def make_keys_and_names():
    bare = {"public_key": None}
    for name, key in (("raw", raw_key("team")), ("spki", b64(spki("team"))), ("pem", pem("team"))):
        case(f"public-key-{name}", "trusted", f"public_key as {name}", v2(sign_more={"public_key": key}))
    case("public-key-absent", "trusted", "no public_key: the trusted keys are tried", v2(sign_more=bare))
    case("public-key-victim-then-attacker", MALFORMED, "a trusted key, and behind it the PEM of the key that signed", v2("other", sign_more={"public_key": raw_key("team") + "\n" + pem("other")}))
    case("public-key-text-before-pem", MALFORMED, "text before the PEM block", v2(sign_more={"public_key": "team\n" + pem("team")}))
    case("public-key-two-pem", MALFORMED, "two PEM blocks", v2(sign_more={"public_key": pem("team") + pem("other")}))
    case("public-key-padding", MALFORMED, "32 bytes in base64 that does not encode back", v2(sign_more={"public_key": raw_key("team")[:-2] + "_="}))
    case("key-id-of-trusted", "key.unknown", "key_id names a trusted key, another one signed", v2("other", sign_more={"key_id": "team.pem"}), contains=["SIGNED_UNKNOWN"])
    arn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000001"
    case("arn-trusted-key-foreign", "key.unknown", "the ARN is trusted by name, the key that signed is somebody's", v2("other", sign_more={"key_id": arn}), "--trusted-keys keys.txt",
         ["is no public key"], beside={"keys.txt": f"{arn} official\n"})
    listed = "--trusted-keys keys.txt"
    case("trusted-keys-pem", "trusted", "a PEM block with its name behind it", v2(), listed, ["signed by   Team of ops"], beside={"keys.txt": "# ours\n" + pem("team").rstrip("\n") + " Team  of ops\n"})
    case("trusted-keys-pem-name-below", "trusted", "a PEM block with its name on the next line", v2(), listed, ["signed by   team"], beside={"keys.txt": pem("other") + "other\n" + pem("team") + "team\n"})
    case("trusted-keys-pem-without-name", "key.unknown", "a PEM block without a name gives no trust, and its line is told", v2(), listed, ["line 1:", "is no public key with a name"],
         beside={"keys.txt": pem("team") + f"{raw_key('other')} other\n"})
    case("trusted-keys-pem-open", "key.unknown", "a PEM block that never ends", v2(), listed, ["line 1:"], beside={"keys.txt": pem("team").split("-----END")[0]})
    store = {"version": 1, "roots": [{"name": "team", "kind": "public-key", "file": "team.pem", "sha256": hashlib.sha256(pem("team").encode()).hexdigest(), "fingerprint": hashlib.sha256(spki("team")).hexdigest(),
             "source": "made for these tests", "retrieved-on": "2026-11-22", "status": "active", "on-by-default": True, "artifacts": ["rotate-*.ds.md"]}]}
    beside = {"store/trust.json": json.dumps(store), "store/team.pem": pem("team")}
    trust = "--trust store --no-bundled-trust"
    case("artifact-pattern", "trusted", "the pattern is held against the name of the file", v2(), trust, command="verify", beside=beside, file="rotate-password.ds.md")
    case("artifact-pattern-v1", "trusted", "also where the body alone is signed", v1(), trust, command="verify", beside=beside, file="rotate-password.ds.md")
    case("artifact-pattern-other", "key.not-allowed", "another name", v2(), trust, ["SIGNED_UNKNOWN", "BLOCK"], "verify", beside, "restart.ds.md")


for entry in HERE.iterdir():
    if entry.is_dir():
        shutil.rmtree(entry)
make_keys()
make_v2()
make_v3()
make_keys_and_names()
shutil.rmtree(KEYS)

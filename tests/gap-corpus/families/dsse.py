"""DSSE envelopes around in-toto statements, by a pinned key; the statement must speak of the file."""
import base64
import hashlib
import json
from maker.case import CARE, accept, refuse
from maker.curves import EcKey
from maker.der import ecdsa
from maker.spki import public_pem

DSSE, STATEMENT, JSON = "DSSE 1.0.2 ", "in-toto attestation v1, ", "RFC 8259 section 4 and RFC 7493 section 2.3"
KEY, OTHER, FILE, TYPE = EcKey("dsse"), EcKey("dsse other"), b"container layer\n", "application/vnd.in-toto+json"
b64 = lambda data: base64.b64encode(data).decode()
SHA = hashlib.sha256(FILE).hexdigest()
SUBJECT = {"name": "layer.tar", "digest": {"sha256": SHA}}


def statement(subject=(SUBJECT,), **more):
    return json.dumps({"_type": "https://in-toto.io/Statement/v1", "subject": list(subject), "predicateType": "https://example.org/build/v1", "predicate": {"builder": "ci"}, **more}, separators=(",", ":")).encode()


def pae(payload, kind=TYPE):
    return b"DSSEv1 %d %s %d %s" % (len(kind.encode()), kind.encode(), len(payload), payload)


def sign(payload, key=KEY, kind=TYPE):
    return b64(ecdsa(key.sign(pae(payload, kind))))


def envelope(payload=None, kind=TYPE, **more):
    payload = statement() if payload is None else payload
    return {"payload": b64(payload), "payloadType": kind, "signatures": [{"sig": sign(payload, kind=kind)}], **more}


def question(document, data=FILE, kind=TYPE):
    text = document if isinstance(document, (bytes, str)) else json.dumps(document)
    return dict(operation="dsse", files={"file": ("layer.tar", data), "envelope": ("layer.intoto.json", text if isinstance(text, bytes) else text.encode()), "key": ("key.pem", public_pem(KEY))}, type=kind)


def envelopes():
    good, payload = envelope(), statement()
    by = good["signatures"][0]
    yield accept("plain", **question(good), why="One signature over type and payload.", source=DSSE + "protocol, Signature definition")
    yield accept("url-alphabet", **question({**good, "payload": good["payload"].replace("+", "-").replace("/", "_")}), why="Either base64 alphabet may be used.", source=DSSE + "envelope, Base64")
    yield accept("members-unknown", **question({**good, "comment": "built on Monday"}), why="Members that are not known are to be ignored.", source=DSSE + "envelope, Parsing rules")
    yield accept("good-beside-stranger", **question({**good, "signatures": [{"sig": sign(payload, OTHER)}, by]}), why="One signature by a known key is enough where one is asked for.", source=DSSE + "protocol, Verifying")
    yield refuse("payload-edited", **question({**good, "payload": b64(statement(predicate={"builder": "me"}))}), why="The signature covers the payload.", source=DSSE + "protocol, Signature definition")
    yield refuse("type-edited", **question({**good, "payloadType": "application/json"}, kind="application/json"), why="The signature covers the type.", source=DSSE + "protocol, Signature definition")
    yield refuse("type-not-expected", **question(envelope(kind="application/vnd.other+json")), why="A consumer takes only the types that it expects.", source=DSSE + "protocol, Verifying")
    yield refuse("payload-signed-alone", **question({**good, "signatures": [{"sig": b64(ecdsa(KEY.sign(payload)))}]}), why="What is signed is the encoding of type and payload, and not the payload.", source=DSSE + "protocol, Signature definition")
    yield refuse("base64-signed", **question({**good, "signatures": [{"sig": sign(good["payload"].encode())}]}), why="What is signed holds the payload itself, and not its base64.", source=DSSE + "protocol, Signature definition")
    yield refuse("no-signatures", **question({**good, "signatures": []}), why="Nobody signed.", source=DSSE + "protocol, Verifying")
    yield refuse("signature-empty", **question({**good, "signatures": [{"sig": ""}]}), why="Nothing was signed.", source=DSSE + "protocol, Verifying")
    yield refuse("signed-by-stranger", **question({**good, "signatures": [{"sig": sign(payload, OTHER)}]}), why="The key is not the pinned one.", source=DSSE + "protocol, Verifying")
    kind, long = "application/vnd.in-toto+json", statement()
    moved = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(long), long)
    yield refuse("length-of-type-moved", **question({"payload": b64(moved.split(b" ", 4)[4][2:]), "payloadType": TYPE, "signatures": [by]}), why="Lengths keep type and payload apart.", source=DSSE + "protocol, Signature definition")
    text = json.dumps(good)
    twice = text[:-1] + ', "payload": "' + b64(statement(predicate={"builder": "me"})) + '"}'
    yield refuse("payload-twice-last-false", **question(twice), ground=CARE, why="Of two members of one name readers take the first or the last.", source=JSON)
    yield refuse("payload-twice-first-false", **question('{"payload": "' + b64(statement(predicate={"builder": "me"})) + '", ' + text[1:]), ground=CARE, why="Of two members of one name readers take the first or the last.", source=JSON)
    yield refuse("payload-twice-escaped", **question('{"paylo\\u0061d": "' + b64(statement(predicate={"builder": "me"})) + '", ' + text[1:]), ground=CARE, why="An escaped name is the same name.", source=JSON)
    yield refuse("text-after", **question(text + '{"payload": ""}'), why="A JSON text is one value.", source="RFC 8259 section 2")
    yield refuse("base64-blanks", **question({**good, "payload": good["payload"][:40] + "  " + good["payload"][40:]}), ground=CARE, why="Blanks are outside of the alphabet.", source="RFC 4648 section 3.3")
    yield refuse("base64-mixed-alphabets", **question(mixed()), ground=CARE, why="One value is in one alphabet.", source="RFC 4648 section 5")


def mixed():
    """An envelope whose payload needs both of the letters that the alphabets write differently."""
    payload = statement(predicate={"note": "???>>>~~~" * 3})
    document = envelope(payload)
    document["payload"] = document["payload"].replace("/", "_", 1)
    assert "/" in document["payload"] or "+" in document["payload"]
    return document


def statements():
    other = {"name": "other.tar", "digest": {"sha256": "0" * 64}}
    about = lambda *subject, **more: question(envelope(statement(subject, **more)))
    yield accept("one-of-two-subjects", **about(other, SUBJECT), why="A statement may speak of several files.", source=STATEMENT + "Statement")
    yield accept("two-digests-that-agree", **about({"name": "layer.tar", "digest": {"sha256": SHA, "sha512": hashlib.sha512(FILE).hexdigest()}}), why="Both digests are the file's.", source=STATEMENT + "DigestSet")
    yield refuse("other-file", **question(envelope(), FILE + b"x"), why="No subject is this file.", source=STATEMENT + "Statement")
    yield refuse("no-subject", **about(), why="A statement has at least one subject.", source=STATEMENT + "Statement")
    yield refuse("digest-empty", **about({"name": "layer.tar", "digest": {}}), why="A subject without a digest names nothing that can be compared.", source=STATEMENT + "Statement")
    yield refuse("digests-that-contradict", **about({"name": "layer.tar", "digest": {"sha256": SHA, "sha512": "0" * 128}}), ground=CARE, why="One file cannot have both digests: whoever compares the other one takes another file.", source=STATEMENT + "DigestSet")
    yield refuse("name-alone", **about({"name": "layer.tar", "digest": {"sha256": "0" * 64}}), why="Names do not bind a statement to a file.", source=STATEMENT + "Statement")
    yield refuse("digest-md5-alone", **about({"name": "layer.tar", "digest": {"md5": hashlib.md5(FILE).hexdigest()}}), ground=CARE, why="MD5 binds nothing: two files have one digest.", source="RFC 6151 section 2")
    yield refuse("digest-shortened", **about({"name": "layer.tar", "digest": {"sha256": SHA[:16]}}), why="A digest has its full length.", source=STATEMENT + "DigestSet")
    yield refuse("no-statement", **question(envelope(b'{"hello":"world"}')), why="The payload's type says statement, and it is none.", source=STATEMENT + "Statement")
    yield refuse("type-of-statement-other", **question(envelope(statement(_type="https://example.org/Statement/v1"))), why="The kind of statement is not one that is known.", source=STATEMENT + "Statement")
    doubled = statement().replace(b'"subject":', b'"subject":' + json.dumps([other]).encode() + b',"subject":', 1)
    yield refuse("subject-twice", **question(envelope(doubled)), ground=CARE, why="Of two members of one name readers take the first or the last.", source=JSON)


def cases():
    yield from envelopes()
    yield from statements()

"""signify: a comment and one line of base64."""
import base64
from maker.case import CARE, accept, refuse
from maker.edwards import EdKey, other_scalar
from .minisign import stray

MANUAL = "signify(1), FILES, and signify.c of OpenBSD"
KEY, ID, FILE = EdKey("signify"), bytes.fromhex("1112131415161718"), b"base install set\n"
text = lambda data: base64.b64encode(data)


def signature(algorithm=b"Ed", key_id=ID, value=None, comment=b"untrusted comment: verify with base.pub", data=FILE):
    return comment + b"\n" + text(algorithm + key_id + (value or KEY.sign(data))) + b"\n"


def question(sig, data=FILE):
    key = b"untrusted comment: base public key\n" + text(b"Ed" + ID + KEY.public) + b"\n"
    return dict(operation="signify", files={"file": ("base.tgz", data), "signature": ("base.tgz.sig", sig), "key": ("base.pub", key)})


def cases():
    good = signature()
    yield accept("plain", **question(good), why="Two lines as the program writes them.", source=MANUAL)
    yield accept("comment-edited", **question(signature(comment=b"untrusted comment: anything")), why="The comment is called untrusted because nothing covers it.", source=MANUAL)
    yield refuse("file-edited", **question(good, FILE + b"x"), why="The signature is over other bytes.", source=MANUAL)
    yield refuse("key-number-other", **question(signature(key_id=bytes(8))), why="The signature names a key that is not the trusted one.", source=MANUAL)
    yield refuse("algorithm-other", **question(signature(algorithm=b"ED")), why="ED is another program's mode, of a hash.", source=MANUAL)
    yield refuse("scalar-plus-order", **question(signature(value=other_scalar(KEY.sign(FILE)))), why="S is to be below L.", source="RFC 8032 section 5.1.7")
    yield refuse("base64-stray-bits", **question(good.split(b"\n")[0] + b"\n" + stray(good.split(b"\n")[1]) + b"\n"), ground=CARE, why="Unused bits that are not zero make a second spelling of one signature.", source="RFC 4648 section 3.5")
    yield refuse("text-after-signature", **question(good + b"SHA256 (base.tgz) = 0\n"), ground=CARE, why="Lines behind the signature are covered by nothing and look as if they were.", source=MANUAL)
    yield refuse("comment-missing", **question(good.split(b"\n", 1)[1]), why="The first line begins with the words of a comment.", source=MANUAL)
    yield refuse("comment-other-words", **question(signature(comment=b"trusted comment: verify with base.pub")), why="The first line says \"untrusted comment: \", and no signify signature has a trusted one.", source=MANUAL)
    yield refuse("bytes-after-value", **question(signature(value=KEY.sign(FILE) + b"\0\0\0")), why="The value has 74 bytes.", source=MANUAL)
    yield refuse("value-short", **question(signature(value=KEY.sign(FILE)[:63])), why="The value has 74 bytes.", source=MANUAL)
    yield refuse("empty-signature", **question(b""), why="Nothing was signed.", source=MANUAL)

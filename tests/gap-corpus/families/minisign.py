"""minisign: four lines, of which the second signs the file and the fourth the third."""
import base64
import hashlib
from maker.case import CARE, accept, refuse
from maker.edwards import EdKey, forged, other_scalar, pack, small_order

PAGE = "minisign documentation, section "
KEY, OTHER, ID = EdKey("minisign"), EdKey("minisign other"), bytes.fromhex("0102030405060708")
FILE = b"a release of the demo\n"
COMMENT = b"timestamp:1700000000\tfile:release.txt\thashed"
text = lambda data: base64.b64encode(data)


def public(key=KEY.public, algorithm=b"Ed", key_id=ID):
    """A public key file."""
    return b"untrusted comment: minisign public key 0807060504030201\n" + text(algorithm + key_id + key) + b"\n"


def lines(algorithm=b"ED", data=FILE, comment=COMMENT, key=KEY, key_id=ID, value=None, whole=None):
    """The four lines of a signature, without their ends."""
    value = value or key.sign(hashlib.blake2b(data).digest() if algorithm == b"ED" else data)
    return [b"untrusted comment: signature from a test key", text(algorithm + key_id + value), b"trusted comment: " + comment, text(whole or key.sign(value + comment))]


def joined(parts, end=b"\n"):
    return b"".join(part + end for part in parts)


def question(signature, data=FILE, key=None, legacy="deny"):
    """The arguments of a case."""
    return dict(operation="minisign", files={"file": ("release.txt", data), "signature": ("release.txt.minisig", signature), "key": ("release.pub", key or public())}, legacy=legacy)


def bent(index, old, new):
    """A good signature with one line changed."""
    parts = lines()
    parts[index] = parts[index].replace(old, new)
    return joined(parts)


def spellings():
    """One meaning, other bytes: or not."""
    good = lines()
    yield accept("plain", **question(joined(good)), why="The four lines are as the program writes them.", source=PAGE + "Signature format")
    yield accept("empty-file", **question(joined(lines(data=b"")), b""), why="An empty file has a hash like any other.", source=PAGE + "Signature format")
    yield accept("final-line-feed-missing", **question(joined(good)[:-1]), ground=CARE, why="The end of the last line says nothing.", source=PAGE + "Signature format")
    yield accept("carriage-returns", **question(joined(good, b"\r\n")), ground=CARE, why="Mail and Windows editors change line ends; the comment that was signed has none.", source=PAGE + "Signature format")
    yield accept("untrusted-comment-edited", **question(bent(0, b"a test key", b"somebody else")), why="Nothing covers the untrusted comment, which is for people.", source=PAGE + "Signature format")
    yield refuse("base64-stray-bits", **question(joined([good[0], stray(good[1]), *good[2:]])), ground=CARE, why="Unused bits that are not zero make a second spelling of one signature.", source="RFC 4648 section 3.5")
    yield refuse("base64-with-blank", **question(joined([good[0], good[1][:20] + b" " + good[1][20:], *good[2:]])), why="A blank is outside the alphabet, and nothing tells a reader to skip it.", source="RFC 4648 section 3.3")
    yield refuse("prefix-missing", **question(bent(2, b"trusted comment: ", b"trusted-comment: ")), why="The third line begins with the words that make it a trusted comment.", source=PAGE + "Signature format")
    yield refuse("text-after-line-four", **question(joined([*good, b"trusted comment: this was not signed"])), ground=CARE, why="A fifth line is covered by nothing and is read by people as if it were.", source=PAGE + "Signature format")
    yield refuse("two-lines", **question(joined(good[:2])), why="Without the lines three and four this is no minisign signature.", source=PAGE + "Signature format")
    yield refuse("nul-in-comment", **question(joined([*good[:2], good[2] + b"\0 and is fit for production", good[3]])), ground=CARE, why="What follows the NUL is in the signed line and covered by nothing where text ends at NUL.", source=PAGE + "Signature format")
    yield refuse("nul-after-signature", **question(joined([good[0], good[1] + b"\0" + text(b"other"), *good[2:]])), ground=CARE, why="Bytes behind a NUL are hidden from readers whose text ends there.", source="RFC 4648 section 3.3")


def stray(line):
    """The same value with one unused bit set; the line ends in one `=`."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return line[:-2] + bytes([alphabet[alphabet.index(line[-2]) | 1]]) + b"="


def forgeries():
    """What nobody signed."""
    good, value = lines(), KEY.sign(hashlib.blake2b(FILE).digest())
    yield refuse("file-edited", **question(joined(good), FILE + b"x"), why="The signature is over the hash of another file.", source=PAGE + "Signature format")
    yield refuse("comment-edited", **question(bent(2, b"1700000000", b"1800000000")), why="The global signature covers the trusted comment.", source=PAGE + "Signature format")
    yield refuse("comment-blank-added", **question(bent(2, COMMENT, COMMENT + b" ")), why="A blank at the end of the trusted comment is signed like every other byte.", source=PAGE + "Signature format")
    yield refuse("comment-of-other-file", **question(joined([*good[:2], *lines(data=b"other")[2:]])), why="The global signature covers the first signature together with the comment.", source=PAGE + "Signature format")
    yield refuse("global-by-other-key", **question(joined(lines(whole=OTHER.sign(value + COMMENT)))), why="Both signatures are by the key that is trusted.", source=PAGE + "Signature format")
    yield refuse("global-zero", **question(joined(lines(whole=bytes(64)))), why="A global signature of zeros verifies nothing.", source=PAGE + "Signature format")
    yield refuse("key-id-other", **question(joined(lines(key_id=bytes(8)))), why="The signature names a key that is not the trusted one.", source=PAGE + "Signature format")
    yield refuse("scalar-plus-order", **question(joined(lines(value=other_scalar(value), whole=KEY.sign(other_scalar(value) + COMMENT)))), why="S is to be below L.", source="RFC 8032 section 5.1.7")


def modes():
    """Legacy and prehashed: the same key, other messages."""
    legacy, digest = joined(lines(b"Ed")), hashlib.blake2b(FILE).digest()
    yield accept("legacy-allowed", **question(legacy, legacy="allow"), why="Signatures of the file itself are read where they are allowed.", source=PAGE + "Compatibility")
    yield refuse("legacy-denied", **question(legacy), why="Only prehashed signatures were asked for (-H).", source="minisign(1), option -H")
    relabelled = joined([lines()[0], text(b"Ed" + ID + KEY.sign(digest)), *lines()[2:]])
    yield refuse("prehashed-relabelled", **question(relabelled, digest), why="Two letters that nothing covers turn a signature of a file into one of its 64 bytes of hash.", source=PAGE + "Signature format")
    yield refuse("legacy-relabelled", **question(joined(lines(b"ED", value=KEY.sign(FILE)))), why="The mode says that the hash was signed, and the file was.", source=PAGE + "Signature format")
    yield refuse("key-of-other-algorithm", **question(joined(lines()), key=public(algorithm=b"ED")), ground=CARE, why="The public key's algorithm is always Ed; ED is a mode of signatures.", source=PAGE + "Public key format")
    weak = small_order()
    forgery = forged(weak, digest)
    yield refuse("key-of-small-order", **question(joined(lines(value=forgery, whole=forged(weak, forgery + COMMENT))), key=public(pack(weak))), ground=CARE, why="Under a key of small order anybody signs anything: it identifies nobody.", source="RFC 8032 section 8.9 and the rules of libsodium")


def cases():
    yield from spellings()
    yield from forgeries()
    yield from modes()

"""SignedData of the Cryptographic Message Syntax (RFC 5652)."""
import hashlib
from .certificates import name
from .der import explicit, integer, null, octet, oid, seq, set_of, tlv
from .spki import SHA, signature_algorithm, value

DATA, SIGNED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"


def attribute(number, *values):
    return seq(oid(number), set_of(*values))


def attributes(data, digest="sha256", kind=DATA):
    """The two attributes that every signer signs."""
    return [attribute(CONTENT_TYPE, oid(kind)), attribute(MESSAGE_DIGEST, octet(hashlib.new(digest, data).digest()))]


def signer(key, issuer, serial, signed, data=None, digest="sha256", identifier=None, bend=None):
    """A SignerInfo over signed attributes; over the data itself where there are none."""
    body = set_of(*signed) if signed else data
    mark = value(key, body, digest)
    return seq(integer(3 if identifier else 1), identifier or seq(name(issuer), integer(serial)), seq(oid(SHA[digest]), *[null()] if digest in ("sha1", "md5") else []),
               *[b"\xa0" + body[1:]] if signed else [], signature_algorithm(key, digest), octet(bend(mark) if bend else mark))


def signed_data(signers, certificates, content=None, digest="sha256", kind=DATA):
    """A ContentInfo."""
    inner = seq(oid(kind), *[explicit(0, octet(content))] if content is not None else [])
    return seq(oid(SIGNED), explicit(0, seq(integer(1), set_of(seq(oid(SHA[digest]))), inner, tlv(0xA0, *certificates), set_of(*signers))))

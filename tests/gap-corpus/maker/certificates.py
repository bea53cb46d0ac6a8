"""Certificates (RFC 5280)."""
import hashlib
from .der import bits, boolean, explicit, implicit, integer, octet, oid, seq, set_of, time, tlv, utf8
from .spki import signature_algorithm, spki, value

START, END = "20200101000000", "20491231235959"
SERVER, CODE, MAIL, STAMP = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8"


def name(text):
    """A Name of one common name; of none where the text is empty."""
    return seq(*[set_of(seq(oid("2.5.4.3"), utf8(text)))] if text else [])


def extension(number, content, critical=False):
    """One Extension; the number is an OID, or the last arc below id-ce."""
    return seq(oid(number if "." in number else "2.5.29." + number), *[boolean(True)] if critical else [], octet(content))


def key_id(key):
    """Method 1 of RFC 5280 section 4.2.1.2, over what is in the BIT STRING."""
    whole = spki(key)
    return hashlib.sha1(whole[-len(key.raw()):] if hasattr(key, "raw") else whole).digest()


def is_authority(path=None):
    return extension("19", seq(boolean(True), *[integer(path)] if path is not None else []), critical=True)


def no_authority():
    return extension("19", seq(), critical=True)


def usage(*numbers):
    """KeyUsage: 0 digitalSignature, 5 keyCertSign, 6 cRLSign."""
    last = max(numbers)
    octets = bytearray(last // 8 + 1)
    for number in numbers:
        octets[number // 8] |= 0x80 >> number % 8
    return extension("15", bits(bytes(octets), 7 - last % 8), critical=True)


def purposes(*oids):
    return extension("37", seq(*map(oid, oids)))


def subject_id(key):
    return extension("14", octet(key_id(key)))


def authority_id(key):
    return extension("35", seq(implicit(0, key_id(key))))


def alternative_names(*names, critical=False):
    """SubjectAltName of pairs: the number of the kind, and the text (1 mail, 2 DNS, 6 URI) or, for 0, the DER of an OtherName."""
    return extension("17", seq(*(tlv(0xA0, text) if kind == 0 else implicit(kind, text.encode()) for kind, text in names)), critical)


def to_be_signed(subject, key, issuer, issuer_key, extensions, serial=1, start=START, end=END, digest="sha256"):
    """TBSCertificate of version 3."""
    return seq(explicit(0, integer(2)), integer(serial), signature_algorithm(issuer_key, digest), name(issuer), seq(time(start), time(end)), name(subject), spki(key),
               *[explicit(3, seq(*extensions))] if extensions else [])


def certificate(subject, key, issuer, issuer_key, extensions, **more):
    """A Certificate."""
    body = to_be_signed(subject, key, issuer, issuer_key, extensions, **more)
    digest = more.get("digest", "sha256")
    return seq(body, signature_algorithm(issuer_key, digest), bits(value(issuer_key, body, digest)))


def root(subject, key, **more):
    """A self-signed authority."""
    return certificate(subject, key, subject, key, [is_authority(), usage(5, 6), subject_id(key), authority_id(key)], **more)

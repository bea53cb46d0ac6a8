"""SubjectPublicKeyInfo and AlgorithmIdentifier of the three kinds of keys."""
from .curves import EcKey, P256
from .edwards import EdKey
from .der import bits, ecdsa, integer, null, oid, pem, seq

RSA, EC, ED25519 = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1", "1.3.101.112"
SHA = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1", "sha384": "2.16.840.1.101.3.4.2.2", "sha512": "2.16.840.1.101.3.4.2.3", "md5": "1.2.840.113549.2.5"}
RSA_WITH = {"sha1": "1.2.840.113549.1.1.5", "sha256": "1.2.840.113549.1.1.11", "sha512": "1.2.840.113549.1.1.13", "md5": "1.2.840.113549.1.1.4"}


def spki(key):
    """The public key in DER."""
    if isinstance(key, EcKey):
        return seq(seq(oid(EC), oid(key.curve.oid)), bits(key.raw()))
    if isinstance(key, EdKey):
        return seq(seq(oid(ED25519)), bits(key.public))
    return seq(seq(oid(RSA), null()), bits(seq(integer(key.n), integer(key.e))))


def public_pem(key):
    """The public key as openssl writes it."""
    return pem("PUBLIC KEY", spki(key))


def signature_algorithm(key, name="sha256"):
    """The algorithm of the signatures that `value` makes."""
    if isinstance(key, EcKey):
        return seq(oid("1.2.840.10045.4.3.2" if key.curve is P256 else "1.2.840.10045.4.3.3"))
    return seq(oid(ED25519)) if isinstance(key, EdKey) else seq(oid(RSA_WITH[name]), null())


def value(key, message, name="sha256"):
    """A signature as certificates and CMS hold it."""
    if isinstance(key, EcKey):
        return ecdsa(key.sign(message))
    return key.sign(message) if isinstance(key, EdKey) else key.sign(message, name)

"""Detached CMS signatures under an authority: the message, and the path to the authority."""
from maker.case import CARE, accept, refuse
from maker.certificates import CODE, MAIL, SERVER, alternative_names, authority_id, certificate, extension, is_authority, no_authority, purposes, root, subject_id, usage
from maker.cms import CONTENT_TYPE, DATA, MESSAGE_DIGEST, attribute, attributes, signed_data, signer
from maker.curves import EcKey
from maker.der import explicit, implicit, null, octet, oid, pem, seq, set_of, tlv
from maker.certificates import key_id
from maker.modulus import RsaKey

CMS, PATH = "RFC 5652 section ", "RFC 5280 section "
CA, SUB, LEAF, FALSE = EcKey("cms root"), EcKey("cms intermediate"), EcKey("cms leaf"), EcKey("cms false root")
FILE, NAME = b"minutes of the meeting\n", "Release Signing"
ROOT = root("Company Root", CA)


def leaf(extensions=None, issuer="Company Root", by=CA, key=LEAF, purpose=(MAIL, CODE), **more):
    """An end entity's certificate."""
    return certificate(NAME, key, issuer, by, extensions or [no_authority(), usage(0), purposes(*purpose), subject_id(key), authority_id(by)], serial=7, **more)


def middle(extensions=None, **more):
    return certificate("Company Issuing", SUB, "Company Root", CA, extensions or [is_authority(0), usage(5, 6), subject_id(SUB), authority_id(CA)], serial=3, **more)


def question(message, data=FILE, authority=ROOT):
    return dict(operation="cms", files={"file": ("minutes.txt", data), "signature": ("minutes.txt.p7s", message), "authority": ("authority.pem", pem("CERTIFICATE", authority))})


def message(certificates=None, signed=None, issuer="Company Root", content=None, key=LEAF, digest="sha256", **more):
    info = signer(key, issuer, 7, attributes(FILE, digest) if signed is None else signed, digest=digest, **more)
    return signed_data([info], [leaf()] if certificates is None else certificates, content, digest)


def messages():
    rsa = RsaKey("cms")
    yield accept("plain", **question(message()), why="Attributes, digest and path are right.", source=CMS + "5.6")
    yield accept("rsa", **question(message([leaf(key=rsa)], key=rsa)), why="The same with RSA.", source=CMS + "5.6")
    yield accept("by-key-identifier", **question(message(identifier=implicit(0, key_id(LEAF)))), why="A signer may be named by the identifier of its key.", source=CMS + "5.3")
    yield refuse("file-edited", **question(message(), FILE + b"x"), why="The message digest is of other bytes.", source=CMS + "11.2")
    yield refuse("content-type-missing", **question(message(signed=attributes(FILE)[1:])), why="Where there are signed attributes, the content type is one of them.", source=CMS + "11.1")
    yield refuse("content-type-other", **question(message(signed=attributes(FILE, kind="1.2.840.113549.1.9.16.1.4"))), why="The signed content type is not the message's.", source=CMS + "11.1")
    yield refuse("digest-missing", **question(message(signed=attributes(FILE)[:1])), why="Where there are signed attributes, the message digest is one of them.", source=CMS + "11.2")
    twice = [attributes(FILE)[0], attributes(b"other")[1], attributes(FILE)[1]]
    yield refuse("digest-twice", **question(message(signed=twice)), why="There is one message digest.", source=CMS + "11.2")
    two = attribute(MESSAGE_DIGEST, octet(bytes(32)), *[attributes(FILE)[1][-34:]])
    yield refuse("digest-of-two-values", **question(message(signed=[attributes(FILE)[0], two])), why="The attribute has one value.", source=CMS + "11.2")
    yield refuse("other-content-inside", **question(signed_data([signer(LEAF, "Company Root", 7, attributes(b"another\n"))], [leaf()], b"another\n")), why="The message carries what was signed, and it is not the file.", source=CMS + "5.4")
    body = set_of(*attributes(FILE))
    yield refuse("attributes-as-content", **question(signed_data([signer(LEAF, "Company Root", 7, [], body)], [leaf()]), body), ground=CARE,
                 why="The file is the attributes of another signature, whose value was put over it: without attributes of its own nobody can tell.", source="RFC 5652 section 5.4")
    yield refuse("sha1", **question(message(digest="sha1", key=rsa, certificates=[leaf(key=rsa)])), ground=CARE, why="SHA-1 is not to be used for signatures.", source="NIST SP 800-131A revision 2, table 8")
    yield refuse("value-edited", **question(message(bend=lambda mark: mark[:-1] + bytes([mark[-1] ^ 1]))), why="The value does not verify.", source=CMS + "5.6")
    yield refuse("bytes-after", **question(message() + b"\0\0"), ground=CARE, why="Bytes behind the message belong to nothing.", source="X.690 section 8.1.1")
    yield refuse("no-signers", **question(signed_data([], [leaf()])), why="Nobody signed.", source=CMS + "5.1")
    yield refuse("certificate-missing", **question(message([])), ground=CARE, why="Nothing says whose key it was.", source=CMS + "5.1")


def paths():
    chain = lambda last, between: question(message([last, between], issuer="Company Issuing"))
    under = lambda **more: leaf(issuer="Company Issuing", by=SUB, **more)
    yield accept("intermediate", **chain(under(), middle()), why="The message brings the certificate between.", source=PATH + "6.1")
    yield refuse("intermediate-is-no-authority", **chain(under(), middle([no_authority(), usage(0), subject_id(SUB), authority_id(CA)])), why="Basic constraints say that it is no authority.", source=PATH + "6.1.4 (k)")
    yield refuse("intermediate-may-not-sign", **chain(under(), middle([is_authority(0), usage(0), subject_id(SUB), authority_id(CA)])), why="Its key usage lacks keyCertSign.", source=PATH + "6.1.4 (n)")
    deeper = certificate("Company Deeper", FALSE, "Company Issuing", SUB, [is_authority(), usage(5, 6), subject_id(FALSE), authority_id(SUB)], serial=4)
    yield refuse("path-too-long", **question(message([leaf(issuer="Company Deeper", by=FALSE), deeper, middle()], issuer="Company Deeper")), why="The path length allows no authority below.", source=PATH + "6.1.4 (l)")
    yield refuse("intermediate-expired", **chain(under(), middle(end="20210101000000")), why="The authority's certificate ended in 2021.", source=PATH + "6.1.3 (a)(2)")
    yield refuse("root-in-message", **question(message([leaf(by=FALSE), root("Company Root", FALSE)])), why="A root of the same name that the message brings is nobody's authority.", source=PATH + "6.1.1 (d)")
    yield refuse("leaf-as-authority", **question(message([certificate(NAME, FALSE, "Stray", LEAF, [no_authority(), usage(0), purposes(MAIL, CODE)], serial=7), certificate("Stray", LEAF, "Company Root", CA, [no_authority(), usage(0), purposes(MAIL, CODE), subject_id(LEAF), authority_id(CA)], serial=8)], issuer="Stray", key=FALSE)),
                 why="An end entity's certificate signs no certificates.", source=PATH + "6.1.4 (k)")
    constrained = middle([is_authority(0), usage(5, 6), subject_id(SUB), authority_id(CA), extension("30", seq(tlv(0xA0, seq(implicit(1, b"example.org")))), critical=True)])
    named = [no_authority(), usage(0), purposes(MAIL, CODE), subject_id(LEAF), authority_id(SUB)]
    yield accept("name-permitted", **chain(under(extensions=[*named, alternative_names((1, "release@example.org"))]), constrained), why="The mail address is in the permitted domain.", source=PATH + "4.2.1.10")
    yield refuse("name-not-permitted", **chain(under(extensions=[*named, alternative_names((1, "release@example.com"))]), constrained), why="The mail address is outside of the permitted domain.", source=PATH + "4.2.1.10")


def ends():
    base = [no_authority(), usage(0), subject_id(LEAF), authority_id(CA)]
    yield refuse("expired", **question(message([leaf(end="20210101000000")])), why="The certificate ended in 2021.", source=PATH + "6.1.3 (a)(2)")
    yield refuse("to-come", **question(message([leaf(start="20480101000000")])), why="The certificate begins in 2048.", source=PATH + "6.1.3 (a)(2)")
    yield refuse("purpose-server", **question(message([leaf(purpose=(SERVER,))])), why="A certificate for servers signs no documents.", source=PATH + "4.2.1.12")
    yield refuse("usage-encipherment", **question(message([leaf([no_authority(), usage(2), purposes(MAIL, CODE), subject_id(LEAF), authority_id(CA)])])), why="The key may encipher, and not sign.", source=PATH + "4.2.1.3")
    yield refuse("critical-unknown", **question(message([leaf([*base, purposes(MAIL, CODE), extension("1.3.6.1.4.1.32473.1", null(), critical=True)])])), why="A critical extension that is not known refuses the certificate.", source=PATH + "4.2")
    yield refuse("certificate-by-sha1", **question(message([leaf(by=RsaKey("cms"), issuer="Old Root", digest="sha1")], issuer="Old Root"), authority=root("Old Root", RsaKey("cms"))), ground=CARE, why="A certificate by SHA-1 can be one of a colliding pair.", source="NIST SP 800-131A revision 2, table 8")
    forged = bytearray(leaf())
    forged[-1] ^= 1
    yield refuse("certificate-edited", **question(message([bytes(forged)])), why="The authority did not sign this certificate.", source=PATH + "6.1.3 (a)(1)")
    yield refuse("other-certificate-of-name", **question(message([leaf(key=SUB)])), why="The certificate that the signer names holds another key.", source=CMS + "5.6")


def cases():
    yield from messages()
    yield from paths()
    yield from ends()

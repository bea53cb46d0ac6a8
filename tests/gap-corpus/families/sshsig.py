"""SSH signatures (`ssh-keygen -Y`), with plain keys and with certificates."""
import base64
import hashlib
from maker.case import CARE, accept, refuse
from maker.curves import EcKey
from maker.edwards import EdKey, other_scalar
from maker.modulus import RsaKey

PROTOCOL, SIGNERS, CERTIFICATES = "OpenSSH PROTOCOL.sshsig", "ssh-keygen(1), ALLOWED SIGNERS", "OpenSSH PROTOCOL.certkeys"
ED, EC, RSA, CA, STRANGER = EdKey("ssh"), EcKey("ssh"), RsaKey("ssh"), EdKey("ssh authority"), EdKey("ssh stranger")
FILE, NAMESPACE, WHO = b"a commit\n", b"file", "alice@example.org"


def string(data):
    return len(data).to_bytes(4, "big") + data


def mpint(value):
    return string(value.to_bytes(value.bit_length() // 8 + 1, "big"))


def public(key):
    """The public key in SSH's encoding."""
    if isinstance(key, EdKey):
        return string(b"ssh-ed25519") + string(key.public)
    return string(b"ecdsa-sha2-nistp256") + string(b"nistp256") + string(key.raw()) if isinstance(key, EcKey) else string(b"ssh-rsa") + mpint(key.e) + mpint(key.n)


def value(key, message, kind=None):
    """The signature over a message, with its type."""
    if isinstance(key, EdKey):
        return string(kind or b"ssh-ed25519") + string(key.sign(message))
    if isinstance(key, EcKey):
        return string(kind or b"ecdsa-sha2-nistp256") + string(b"".join(map(mpint, key.sign(message))))
    kind = kind or b"rsa-sha2-512"
    return string(kind) + string(key.sign(message, {b"rsa-sha2-512": "sha512", b"rsa-sha2-256": "sha256", b"ssh-rsa": "sha1"}[kind]))


def signed(namespace=NAMESPACE, reserved=b"", name=b"sha512", data=FILE):
    """What the key signs."""
    return b"SSHSIG" + b"".join(map(string, (namespace, reserved, name, hashlib.new(name.decode(), data).digest())))


def blob(key=ED, namespace=NAMESPACE, reserved=b"", name=b"sha512", version=1, sig=None, pub=None, kind=None):
    """The signature in binary."""
    return b"SSHSIG" + version.to_bytes(4, "big") + b"".join(map(string, (pub or public(key), namespace, reserved, name, sig or value(key, signed(namespace, reserved, name), kind))))


def armour(data):
    text = base64.b64encode(data).decode()
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *(text[i:i + 70] for i in range(0, len(text), 70)), "-----END SSH SIGNATURE-----", ""]).encode()


def line(key=ED, who=WHO, options=""):
    kind = public(key)[4:4 + int.from_bytes(public(key)[:4], "big")].decode()
    return f"{who} {options + ' ' if options else ''}{kind} {base64.b64encode(public(key)).decode()}\n".encode()


def question(signature, signers=None, data=FILE, namespace="file", identity=WHO, at="2025-06-01T12:00:00Z"):
    return dict(operation="sshsig", files={"file": ("commit.txt", data), "signature": ("commit.txt.sig", signature), "signers": ("allowed_signers", signers or line())}, identity=identity, namespace=namespace, at=at)


def certificate(key=ED, authority=CA, principals=(WHO,), kind=1, after=1577836800, before=4102444800, forged=False):
    """A user certificate (kind 1) or a host's (kind 2)."""
    body = string(b"ssh-ed25519-cert-v01@openssh.com") + string(bytes(32)) + string(key.public) + (1).to_bytes(8, "big") + kind.to_bytes(4, "big") + string(b"alice") + \
        string(b"".join(string(name.encode()) for name in principals)) + after.to_bytes(8, "big") + before.to_bytes(8, "big") + string(b"") + string(b"") + string(b"") + string(public(authority))
    return body + string(value(STRANGER if forged else authority, body))


def kinds():
    yield accept("ed25519", **question(armour(blob())), why="A signature as ssh-keygen writes it.", source=PROTOCOL)
    yield accept("ecdsa", **question(armour(blob(EC)), line(EC)), why="A signature as ssh-keygen writes it.", source=PROTOCOL)
    yield accept("rsa-sha2-512", **question(armour(blob(RSA)), line(RSA)), why="A signature as ssh-keygen writes it.", source=PROTOCOL)
    yield accept("rsa-sha2-256", **question(armour(blob(RSA, kind=b"rsa-sha2-256")), line(RSA)), why="Both RSA types with SHA-2 are allowed.", source=PROTOCOL)
    yield accept("sha256-of-file", **question(armour(blob(name=b"sha256"))), why="The hash of the file is sha256 or sha512.", source=PROTOCOL)
    yield refuse("rsa-sha1", **question(armour(blob(RSA, kind=b"ssh-rsa")), line(RSA)), why="RSA keys sign by rsa-sha2-256 or rsa-sha2-512 and never by ssh-rsa.", source=PROTOCOL)
    yield refuse("rsa-1024", **question(armour(blob(RsaKey("ssh weak", 1024))), line(RsaKey("ssh weak", 1024))), ground=CARE, why="A modulus of 1024 bits is below every bound of today.", source="NIST SP 800-131A revision 2, table 2")
    yield refuse("scalar-plus-order", **question(armour(blob(sig=string(b"ssh-ed25519") + string(other_scalar(ED.sign(signed())))))), why="S is to be below L.", source="RFC 8032 section 5.1.7")
    yield refuse("type-of-other-key", **question(armour(blob(sig=string(b"ecdsa-sha2-nistp256") + string(ED.sign(signed()))))), why="The signature's type is not one of the key's.", source="RFC 8709 section 6")


def blobs():
    yield refuse("file-edited", **question(armour(blob()), data=FILE + b"x"), why="The signature is over the hash of another file.", source=PROTOCOL)
    yield refuse("hash-name-sha1", **question(armour(blob(name=b"sha1"))), why="The hash is sha256 or sha512.", source=PROTOCOL)
    yield refuse("namespace-empty", **question(armour(blob(namespace=b""))), why="The namespace is never empty, so that signatures of one purpose cannot stand for another.", source=PROTOCOL)
    yield refuse("namespace-other", **question(armour(blob(namespace=b"git"))), why="A signature for git is not one for files.", source=PROTOCOL)
    yield refuse("version-two", **question(armour(blob(version=2))), why="A verifier refuses versions that it does not know.", source=PROTOCOL)
    yield accept("reserved-signed", **question(armour(blob(reserved=b"tag"))), why="What is reserved is to be ignored when it is there, and it is part of what is signed.", source=PROTOCOL)
    yield refuse("reserved-unsigned", **question(armour(blob(reserved=b"tag", sig=value(ED, signed())))), why="What is signed holds the reserved string of the signature, which is not the empty one.", source=PROTOCOL)
    yield refuse("bytes-after-blob", **question(armour(blob() + b"\0")), ground=CARE, why="Bytes behind the last member belong to nothing.", source=PROTOCOL)
    yield refuse("bytes-after-key", **question(armour(blob(pub=public(ED) + b"\0"))), ground=CARE, why="The key in the signature is not the key of the list, byte for byte.", source="RFC 8709 section 4")
    yield refuse("text-before-armour", **question(b"approved by alice\n" + armour(blob())), why="The signature begins with its first armour line.", source=PROTOCOL)
    yield refuse("text-after-armour", **question(armour(blob()) + b"approved by alice\n"), ground=CARE, why="Text behind the armour is covered by nothing.", source=PROTOCOL)


def signers():
    yield refuse("key-not-listed", **question(armour(blob(STRANGER))), why="The key in the signature is a claim; the list says who may sign.", source=SIGNERS)
    yield refuse("principal-other", **question(armour(blob()), identity="bob@example.org"), why="The list gives the key to alice.", source=SIGNERS)
    yield accept("principal-pattern", **question(armour(blob()), line(who="*@example.org")), why="Principals are patterns.", source=SIGNERS)
    yield refuse("principal-negated", **question(armour(blob()), line(who="!alice@example.org,*@example.org")), why="A negated pattern that matches refuses, whatever else matches.", source="ssh_config(5), PATTERNS")
    yield refuse("namespaces-other", **question(armour(blob()), line(options='namespaces="git"')), why="The line lets the key sign for git alone.", source=SIGNERS)
    yield refuse("valid-before-passed", **question(armour(blob()), line(options='valid-before="20250101Z"')), why="The key was good until January.", source=SIGNERS)
    yield refuse("valid-after-to-come", **question(armour(blob()), line(options='valid-after="20260101Z"')), why="The key is good from next year on.", source=SIGNERS)
    yield accept("valid-window", **question(armour(blob()), line(options='valid-after="20250101Z",valid-before="20260101Z"')), why="The stated time is inside the window.", source=SIGNERS)
    yield refuse("option-unknown", **question(armour(blob()), line(options="only-on-sundays")), ground=CARE, why="A restriction that is not understood cannot be kept.", source=SIGNERS)
    yield refuse("plain-key-of-authority", **question(armour(blob()), line(options="cert-authority")), why="The line trusts certificates by this key, not signatures by it.", source=SIGNERS)


def certificates():
    def by(cert, **more):
        return question(armour(blob(pub=cert)), line(CA, options="cert-authority"), **more)
    yield accept("certificate", **by(certificate()), why="A certificate by the authority, for this principal and time.", source=CERTIFICATES)
    yield refuse("certificate-expired", **by(certificate(before=1609459200)), why="The certificate ended in 2021.", source=CERTIFICATES)
    yield refuse("certificate-to-come", **by(certificate(after=1893456000)), why="The certificate begins in 2030.", source=CERTIFICATES)
    yield refuse("certificate-of-other-principal", **by(certificate(principals=("bob@example.org",))), why="The certificate names bob.", source=CERTIFICATES)
    yield refuse("certificate-of-host", **by(certificate(kind=2)), ground=CARE, why="A host's certificate says which machine it is, and not which person.", source=CERTIFICATES)
    yield refuse("certificate-forged", **by(certificate(forged=True)), why="The authority did not sign this certificate.", source=CERTIFICATES)
    yield refuse("certificate-line-is-plain", **question(armour(blob(pub=certificate())), line(CA)), why="The line lists a key for signatures by itself, not an authority.", source=SIGNERS)


def cases():
    yield from kinds()
    yield from blobs()
    yield from signers()
    yield from certificates()

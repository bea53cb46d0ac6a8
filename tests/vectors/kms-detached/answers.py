#!/usr/bin/env python3
"""Makes the vectors answer-* of this folder and exported-* of ../keys anew: values as they are cut out of the answers of services, by keys that are thrown away.
Needs: Python 3.9 with the package cryptography."""
import base64, json, pathlib, shutil
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

HERE = pathlib.Path(__file__).resolve().parent
MESSAGE, PLAIN = b"first release of the demo\n", "verify a.txt --signature a.sig --key key"
url = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
pem = lambda key: key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)


def case(folder, name, about, args, expect, signature, key, *contains, message=MESSAGE):
    target = HERE.parent / folder / name
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    (target / "a.txt").write_bytes(message)
    (target / "key").write_bytes(key if isinstance(key, bytes) else json.dumps(key, indent=2).encode() + b"\n")
    (target / "a.sig").write_bytes(signature if isinstance(signature, bytes) else signature.encode())
    (target / "case.txt").write_text("\n".join([f"# {about}", f"args: {PLAIN}{args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")


def alphabet(made, wanted):
    """A signature in whose base64url stands a letter that standard base64 has not, or none, as wanted."""
    while True:
        value = made()
        if any(letter in url(value) for letter in "-_") == wanted:
            return value


def answers():
    modulus, curve, edwards = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()
    pss = lambda: modulus.sign(MESSAGE, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())

    def fixed():
        r, s = utils.decode_dss_signature(curve.sign(MESSAGE, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    v = lambda *args, **more: case("kms-detached", *args, **more)
    v("answer-azure-value", "the value of Azure's REST answer by itself: base64url without padding", " --algorithm PS256", "trusted", url(alphabet(pss, True)) + "\n", pem(modulus))
    v("answer-azure-value-es256", "the same of an elliptic key", " --algorithm ES256", "trusted", url(alphabet(fixed, True)), pem(curve))
    v("answer-azure-value-plain", "the same, without a letter that tells the alphabet", " --algorithm ES256", "trusted", url(alphabet(fixed, False)) + "\r\n", pem(curve))
    v("answer-azure-value-told", "the same where base64 was said", " --algorithm PS256 --signature-text base64", "trusted", url(alphabet(pss, True)), pem(modulus))
    v("answer-azure-value-changed", "over another file", " --algorithm PS256", "signature.mismatch", url(alphabet(pss, True)), pem(modulus), message=b"second release\n")
    v("answer-padded", "padded base64url is nobody's", " --algorithm PS256", "signature.malformed", base64.urlsafe_b64encode(alphabet(pss, True)), pem(modulus))
    v("answer-two-alphabets", "two alphabets in one value", " --algorithm PS256 --signature-text base64", "signature.malformed", url(alphabet(pss, True)).replace("-", "+", 1).replace("_", "-"), pem(modulus))
    v("answer-stray-bits", "bits behind the value", " --algorithm PS256 --signature-text base64", "signature.malformed", url(alphabet(pss, True))[:-1] + "B", pem(modulus))
    k = lambda *args, **more: case("keys", *args, **more)
    exported = lambda kind, keys: {"data": {"keys": keys, "name": "release", "type": kind}}
    signed = "vault:v1:" + base64.b64encode(curve.sign(MESSAGE, ec.ECDSA(hashes.SHA256()))).decode()
    k("exported-public-key", "what Vault prints of transit/export/public-key", "", "trusted", signed, exported("ecdsa-p256", {"1": pem(curve).decode()}))
    secret = curve.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.TraditionalOpenSSL, ser.NoEncryption()).decode()
    k("exported-signing-key", "the same of the secret half", "", "key.private", signed, exported("ecdsa-p256", {"1": secret}))
    raw = base64.b64encode(edwards.public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw)).decode()
    k("exported-base64", "32 bytes that may as well be a secret", "", "key.not-for-signing", "vault:v1:" + base64.b64encode(edwards.sign(MESSAGE)).decode(), exported("ed25519", {"1": raw}))


answers()

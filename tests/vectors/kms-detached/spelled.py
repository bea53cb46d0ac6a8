#!/usr/bin/env python3
"""Makes the vectors spelled-* of this folder and set-* of ../keys anew: sets of keys, wrapped signatures, and hashes that a label names, by keys that are thrown away.
Needs: Python 3.9 with the package cryptography."""
import base64, hashlib, json, pathlib, shutil
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

HERE = pathlib.Path(__file__).resolve().parent
MESSAGE, PLAIN = b"first release of the demo\n", "verify a.txt --signature a.sig --key "
b64 = lambda data: base64.b64encode(data).decode()
url = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
pem = lambda key: key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)
raw = lambda key: key.public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw)
SHA = {256: hashes.SHA256(), 384: hashes.SHA384(), 512: hashes.SHA512()}
modulus, one, two = rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()
curves = {256: ec.generate_private_key(ec.SECP256R1()), 384: ec.generate_private_key(ec.SECP384R1()), 521: ec.generate_private_key(ec.SECP521R1())}


def case(folder, name, about, args, expect, sig, *contains, message=MESSAGE, **files):
    target = HERE.parent / folder / name
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    (target / "a.txt").write_bytes(message)
    (target / "a.sig").write_bytes(sig if isinstance(sig, bytes) else json.dumps(sig).encode() + b"\n")
    for path, content in files.items():
        (target / path).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode() + b"\n")
    (target / "case.txt").write_text("\n".join([f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")


def values():
    v = lambda *args, **files: case("kms-detached", *args, **files)
    pkcs1 = lambda size: modulus.sign(MESSAGE, padding.PKCS1v15(), SHA[size])
    v("spelled-wrapped-base64", "what `base64` prints: lines of 76", PLAIN + "key --algorithm RS256", "trusted", base64.encodebytes(pkcs1(256)), key=pem(modulus))
    v("spelled-wrapped-base64-crlf", "the same on Windows", PLAIN + "key --algorithm RS256 --signature-text base64", "trusted", base64.encodebytes(pkcs1(256)).replace(b"\n", b"\r\n"), key=pem(modulus))
    v("spelled-wrapped-base64-blank", "a blank is no line end", PLAIN + "key --algorithm RS256 --signature-text base64", "signature.malformed", base64.encodebytes(pkcs1(256)).replace(b"\n", b" \n"), key=pem(modulus))
    v("spelled-wrapped-base64-edited", "wrapped, over another file", PLAIN + "key --algorithm RS256", "signature.mismatch", base64.encodebytes(pkcs1(256)), key=pem(modulus), message=b"second release\n")
    for bits, size in ((384, 256), (521, 256), (521, 384), (256, 384), (256, 512), (384, 512)):
        key, label = curves[bits], f"ecdsa-p{bits}+sha2-{size}"
        signature = key.sign(MESSAGE, ec.ECDSA(SHA[size]))
        v(f"spelled-p{bits}-sha{size}", f"Vault's label names hash and curve: {label}", PLAIN + f"key --algorithm {label}", "trusted", b"vault:v1:" + b64(signature).encode() + b"\n", "as the label says", key=pem(key))
        v(f"spelled-p{bits}-sha{size}-unsaid", "nobody names the hash: the file was not edited, and the message says what to type", PLAIN + "key", "algorithm.mismatch", signature, "the hash is another", f"if that is what the signer meant, pass --algorithm {label}", key=pem(key))
    v("spelled-p384-sha256-edited", "the label names the hash, and the file was edited", PLAIN + "key --algorithm ecdsa-p384+sha2-256", "signature.mismatch", curves[384].sign(MESSAGE, ec.ECDSA(SHA[256])), key=pem(curves[384]), message=b"second release\n")
    v("spelled-p384-sha256-other-label", "the label names another hash than the signer used", PLAIN + "key --algorithm ecdsa-p384+sha2-512", "algorithm.mismatch", curves[384].sign(MESSAGE, ec.ECDSA(SHA[256])), "pass --algorithm ecdsa-p384+sha2-256", key=pem(curves[384]))
    v("spelled-p256-label-of-p384", "a label of another curve", PLAIN + "key --algorithm ecdsa-p384+sha2-256", "algorithm.mismatch", curves[256].sign(MESSAGE, ec.ECDSA(SHA[256])), key=pem(curves[256]))
    v("spelled-p384-aws-label", "AWS has one hash for each curve: its label names no other", PLAIN + "key --algorithm ECDSA_SHA_256", "algorithm.mismatch", curves[384].sign(MESSAGE, ec.ECDSA(SHA[256])), key=pem(curves[384]))
    v("spelled-rsa-other-hash", "another hash than the label's", PLAIN + "key --algorithm RS256", "algorithm.mismatch", pkcs1(512), "the hash is another", "pass --algorithm RSASSA_PKCS1_V1_5_SHA_512", key=pem(modulus))
    pss = modulus.sign(MESSAGE, padding.PSS(padding.MGF1(SHA[384]), 48), SHA[384])
    v("spelled-rsa-other-padding", "another padding and hash than the label's", PLAIN + "key --algorithm RS256", "algorithm.mismatch", pss, "the hash and the padding is another", "pass --algorithm RSASSA_PSS_SHA_384", key=pem(modulus))


def sets():
    v = lambda *args, **files: case("keys", *args, **files)
    okp = lambda key, kid: {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": url(raw(key)), "kid": kid}
    jwks = {"keys": [okp(one, "one"), {"kty": "oct", "kid": "secret", "k": "AAAA"}, {**okp(two, "two"), "use": "sig"}, {**okp(one, "sealed"), "use": "enc"}]}
    vault = {"data": {"keys": {str(n): {"creation_time": "2026-01-01T00:00:00Z", "name": "ed25519", "public_key": b64(raw(key))} for n, key in ((1, one), (2, two))}, "latest_version": 2, "name": "release", "type": "ed25519", "supports_signing": True}}
    by_two = two.sign(MESSAGE)
    v("set-by-kid", "of a set the key that is named", PLAIN + "two=key", "trusted", by_two, key=jwks)
    v("set-by-key-id", "the same by a narrowing", PLAIN + "key --key-id two", "trusted", by_two, key=jwks)
    v("set-other-kid", "another key of the set signed", PLAIN + "one=key", "signature.mismatch", by_two, key=jwks)
    v("set-no-such-kid", "no key of the set has that name", PLAIN + "three=key", "key.malformed", by_two, "none of its keys is called three", key=jwks)
    v("set-kid-of-secret", "the key that is named is a secret", PLAIN + "secret=key", "key.private", by_two, key=jwks)
    v("set-kid-for-encryption", "the key that is named is not for signatures", PLAIN + "sealed=key", "key.not-for-signing", by_two, key=jwks)
    v("set-unnamed", "nobody says which: the message says how", PLAIN + "key", "key.malformed", by_two, "as --key one=FILE or with --key-id", key=jwks)
    v("set-vault-version", "of the versions of a Vault key the one that is named, as signatures write it", PLAIN + "v2=key", "trusted", b"vault:v2:" + b64(by_two).encode() + b"\n", key=vault)
    v("set-vault-number", "the same by its number", PLAIN + "2=key", "trusted", b"vault:v2:" + b64(by_two).encode() + b"\n", key=vault)
    v("set-vault-other-version", "another version signed", PLAIN + "v1=key", "signature.mismatch", b"vault:v2:" + b64(by_two).encode() + b"\n", key=vault)


values(), sets()

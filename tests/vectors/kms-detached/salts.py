#!/usr/bin/env python3
"""Makes the vectors salt-* of this folder anew: RSA-PSS with the salt that Vault and openssl choose, the largest that fits, by keys that are thrown away.
Needs: Python 3.9 with the package cryptography, and openssl 3, which makes the ordinary ones."""
import base64, json, pathlib, shutil, subprocess, tempfile
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import padding, rsa

HERE = pathlib.Path(__file__).resolve().parent
MESSAGE, PLAIN, AUTO = b"first release of the demo\n", "verify a.txt --signature a.sig --key key.pem", " --algorithm pss+sha2-256+salt_length=auto"
SHA = {256: hashes.SHA256(), 384: hashes.SHA384(), 512: hashes.SHA512()}
LARGEST = padding.PSS.MAX_LENGTH
b64 = lambda data: base64.b64encode(data).decode()
keys = {bits: rsa.generate_private_key(65537, bits) for bits in (2048, 2049, 3072)}
pem = lambda key: key.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)


def run(*args, data=b""):
    return subprocess.run(["openssl", *map(str, args)], input=data, capture_output=True, check=True).stdout


def by_openssl(key, size, message=MESSAGE):
    """What `openssl dgst` makes of the padding alone: its default salt is the largest."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(key.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption()))
        file.flush()
        return run("dgst", f"-sha{size}", "-sign", file.name, "-sigopt", "rsa_padding_mode:pss", data=message)


def pss(salt, size=256, key=keys[2048], mask=None, message=MESSAGE):
    return key.sign(message, padding.PSS(padding.MGF1(SHA[mask or size]), salt), SHA[size])


def case(name, about, args, expect, signature, *contains, key=pem(keys[2048]), message=MESSAGE):
    target = HERE / f"salt-{name}"
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    (target / "a.txt").write_bytes(message)
    (target / "key.pem").write_bytes(key)
    (target / "a.sig").write_bytes(signature if isinstance(signature, bytes) else json.dumps(signature).encode() + b"\n")
    (target / "case.txt").write_text("\n".join([f"# {about}", f"args: {PLAIN}{args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")


def asked():
    for bits, size, most in ((2048, 256, 222), (2048, 384, 206), (2048, 512, 190), (3072, 256, 350), (2049, 256, 222)):
        case(f"largest-{bits}-sha{size}", f"a signature of openssl with {bits} bits and SHA-{size}, and the label that asks for it", f" --algorithm pss+sha2-{size}+salt_length=auto", "trusted",
             by_openssl(keys[bits], size), f"the salt has {most} bytes", f"pss+sha2-{size}+salt_length=auto", key=pem(keys[bits]))
    case("largest-vault", "what Vault prints by default", AUTO, "trusted", b"vault:v1:" + b64(pss(LARGEST)).encode() + b"\n")
    case("largest-base64", "the same value, in base64", AUTO, "trusted", b64(pss(LARGEST)).encode() + b"\n")
    case("largest-changed", "the file was changed", AUTO, "signature.mismatch", pss(LARGEST), message=b"second release\n")
    damaged = bytearray(pss(LARGEST))
    damaged[100] ^= 1
    case("largest-damaged", "one bit of the value is another", AUTO, "signature.mismatch", bytes(damaged))
    case("largest-beyond-modulus", "a number that is no residue", AUTO, "signature.mismatch", b"\xff" * 256)
    number = keys[2048].public_key().public_numbers().n
    threes = next(number + more for more in range(2, 8, 2) if (number + more) % 3 == 0)
    case("largest-factor-of-three", "a modulus that no RSA key has: three divides it", AUTO, "signature.mismatch", b"\1" * 256, key=pem(rsa.RSAPublicNumbers(65537, threes)))
    case("largest-plus-modulus", "a good value, written as long as the modulus and one octet more", AUTO, "signature.malformed", b"\0" + pss(LARGEST))
    case("largest-other-mask", "the mask is made with another hash", AUTO, "signature.mismatch", pss(LARGEST, mask=512))
    case("largest-other-hash", "another hash than the label says", AUTO, "signature.mismatch", pss(LARGEST, 512))
    digest = hashes.Hash(SHA[256])
    digest.update(MESSAGE)
    case("largest-double-hash", "the hash was signed as if it were the file", AUTO, "kms.double-hash", pss(LARGEST, message=digest.finalize()))
    case("hash-where-largest", "the salt is as long as the hash, and the largest was asked for", AUTO, "algorithm.pss-salt", pss(32), "a salt of 32 bytes, wanted 222", "pass --algorithm pss+sha2-256+salt_length=hash")
    case("none-where-largest", "no salt at all: no label says so", AUTO, "algorithm.pss-salt", pss(0), "a salt of 0 bytes, wanted 222")
    case("one-short-of-largest", "a salt that is one octet shorter than the largest", AUTO, "algorithm.pss-salt", pss(221), "a salt of 221 bytes, wanted 222")


def unasked():
    case("largest-unasked", "nobody asks for the largest salt: the refusal says what to type", " --algorithm PS256", "algorithm.pss-salt", pss(LARGEST), "pass --algorithm pss+sha2-256+salt_length=auto")
    case("largest-by-document", "a document cannot ask for it itself", "", "algorithm.pss-salt", {"keyId": "k", "algorithm": "pss+sha2-256+salt_length=auto", "signature": b64(pss(LARGEST))})
    case("largest-against-document", "the document says another algorithm", AUTO, "algorithm.mismatch", {"KeyId": "k", "SigningAlgorithm": "RSASSA_PSS_SHA_256", "Signature": b64(pss(LARGEST))})
    case("largest-other-word", "openssl's word for it is no label", " --algorithm pss+sha2-256+salt_length=max", "algorithm.pss-salt", pss(LARGEST))
    case("largest-old-hash", "SHA-1 stays refused", " --algorithm pss+sha2-224+salt_length=auto", "algorithm.hash-not-accepted", pss(LARGEST))


def restricted():
    made = run("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048")
    bound = run("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_pss_keygen_md:sha256", "-pkeyopt", "rsa_pss_keygen_mgf1_md:sha256", "-pkeyopt", "rsa_pss_keygen_saltlen:32")
    for name, about, key, expect in (("pss-key", "a key that is for RSA-PSS and says no more", made, "trusted"), ("pss-key-with-salt", "a key that says how long the salt is", bound, "algorithm.mismatch")):
        with tempfile.NamedTemporaryFile() as file:
            file.write(key)
            file.flush()
            value = run("dgst", "-sha256", "-sign", file.name, "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:max", data=MESSAGE)
            case(f"largest-{name}", about, AUTO, expect, value, key=run("pkey", "-in", file.name, "-pubout"))


asked()
unasked()
restricted()

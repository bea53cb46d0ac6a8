#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away.
Needs: Python 3.9 with the package cryptography, 48 or later. HashML-DSA is not made by it: its key is written by hand."""
import base64, hashlib, json, pathlib, shutil
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric import mldsa

HERE = pathlib.Path(__file__).resolve().parent
MESSAGE = b"first release of the demo\n"
LONG = bytes(range(256)) * 40  # more than the 4096 bytes that AWS takes of a message
b64 = lambda b: base64.b64encode(b).decode()
url = lambda b: base64.urlsafe_b64encode(b).decode().rstrip("=")
raw = lambda k: k.public_key().public_bytes_raw()
KEYS = {"44": mldsa.MLDSA44PrivateKey.generate(), "65": mldsa.MLDSA65PrivateKey.generate(), "87": mldsa.MLDSA87PrivateKey.generate()}
OIDS = {"44": 17, "65": 18, "87": 19}


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x80 | (size.bit_length() + 7) // 8]) + size.to_bytes((size.bit_length() + 7) // 8, "big")) + body


def spki(number, key, parameters=b""):
    return der(0x30, der(0x30, der(0x06, bytes.fromhex("6086480165030403") + bytes([number])), parameters), der(0x03, b"\0" + key))


def pem(content):
    text = b64(content)
    return ("-----BEGIN PUBLIC KEY-----\n" + "\n".join(text[i:i + 64] for i in range(0, len(text), 64)) + "\n-----END PUBLIC KEY-----\n").encode()


def mu(key, message):
    return hashlib.shake_256(hashlib.shake_256(key).digest(64) + b"\0\0" + message).digest(64)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def case(name, about, args, expect, sig=None, contains=(), message=MESSAGE, signature="a.sig", **files):
    target = HERE / name
    target.mkdir()
    (target / "a.txt").write_bytes(message)
    if sig is not None:
        files[signature] = sig
    for path, content in files.items():
        (target / path.replace("__", ".")).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode() + b"\n")
    (target / "case.txt").write_text("\n".join([f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]) + "\n")


def main():
    for old in HERE.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    (HERE / "_keys").mkdir()
    for name, key in KEYS.items():
        assert spki(OIDS[name], raw(key)) == key.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)
        (HERE / "_keys" / f"{name}.pem").write_bytes(pem(spki(OIDS[name], raw(key))))
    k44, k65, k87 = KEYS.values()
    args = lambda name, more="": f"verify a.txt --signature a.sig --key ../_keys/{name}.pem{more}"
    own = lambda more="": f"verify a.txt --signature a.sig --key key{more}"
    s65 = k65.sign(MESSAGE)

    # --- trusted
    for name, key in KEYS.items():
        case(f"bare-{name}", "the key says which parameter set", args(name), "trusted", key.sign(MESSAGE), ["ML_DSA_SHAKE_256"])
    aws = lambda value: {"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/demo", "Signature": b64(value), "SigningAlgorithm": "ML_DSA_SHAKE_256"}
    case("aws-json", "what `aws kms sign --message-type RAW` prints", args("65"), "trusted", aws(s65))
    case("aws-json-long-message", "a file of more than 4096 bytes, signed by its mu: the signature says nothing of that", args("87"), "trusted", aws(k87.sign(LONG)), message=LONG)
    google = {"signature": b64(s65), "signatureCrc32c": str(crc32c(s65)), "verifiedDataCrc32c": True, "name": "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"}
    case("google-json", "the REST answer of Google Cloud KMS", args("65"), "trusted", google)
    for label in ("PQ_SIGN_ML_DSA_65", "PQ_SIGN_ML_DSA_65_EXTERNAL_MU", "ML_DSA_SHAKE_256", "ML-DSA-65"):
        case("label-" + label.lower().replace("_", "-"), f"the label {label}", args("65", " --algorithm " + label), "trusted", s65)
    case("base64", "strict base64 on one line", args("44"), "trusted", b64(k44.sign(MESSAGE)).encode() + b"\n")
    envelope = b"DSSEv1 %d application/octet-stream %d %s" % (len("application/octet-stream"), len(MESSAGE), MESSAGE)
    dsse = lambda value: {"payloadType": "application/octet-stream", "payload": b64(MESSAGE), "signatures": [{"keyid": "", "sig": b64(value)}]}
    case("dsse", "an envelope", "verify-envelope a.dsse.json --key ../_keys/65.pem --payload-type application/octet-stream", "trusted", dsse(k65.sign(envelope)), signature="a.dsse.json")

    # --- spellings of the key
    case("key-der", "SubjectPublicKeyInfo in DER", own(), "trusted", s65, key=spki(18, raw(k65)))
    case("key-jwk", "a JSON Web Key of RFC 9964", own(), "trusted", s65, key={"kty": "AKP", "alg": "ML-DSA-65", "kid": "demo", "pub": url(raw(k65))})
    case("key-aws-json", "AWS GetPublicKey", own(), "trusted", s65,
         key={"KeyId": "arn:demo", "PublicKey": b64(spki(18, raw(k65))), "KeySpec": "ML_DSA_65", "KeyUsage": "SIGN_VERIFY", "SigningAlgorithms": ["ML_DSA_SHAKE_256"]})
    g = lambda label, key, crc=0: {"algorithm": label, "name": "projects/p", "publicKeyFormat": "NIST_PQC", "protectionLevel": "SOFTWARE", "publicKey": {"data": b64(key), "crc32cChecksum": str(crc32c(key) ^ crc)}}
    case("key-google-json", "Google writes the bytes of the standard", own(), "trusted", s65, key=g("PQ_SIGN_ML_DSA_65", raw(k65)))
    case("key-google-wrong-checksum", "the CRC32C beside the key differs", own(), "key.malformed", s65, ["CRC32C"], key=g("PQ_SIGN_ML_DSA_65", raw(k65), 1))
    case("key-google-other-set", "the label is of another parameter set than the bytes", own(), "key.malformed", s65, ["wanted 1312"], key=g("PQ_SIGN_ML_DSA_44", raw(k65)))
    case("key-google-other-algorithm", "a label of another mathematics", own(), "algorithm.mismatch", s65, key=g("EC_SIGN_P256_SHA256", raw(k65)))
    case("key-jwk-secret", "a JSON Web Key with its seed", own(), "key.private", s65, key={"kty": "AKP", "alg": "ML-DSA-65", "pub": url(raw(k65)), "priv": url(k65.private_bytes_raw())})
    case("key-jwk-without-alg", "alg is what says the kind", own(), "key.malformed", s65, key={"kty": "AKP", "pub": url(raw(k65))})
    case("key-jwk-other-alg", "an algorithm that is none of ML-DSA", own(), "key.unsupported", s65, key={"kty": "AKP", "alg": "SLH-DSA-SHA2-128s", "pub": url(raw(k65))})
    case("key-with-null", "parameters must be absent", own(), "key.malformed", s65, key=pem(spki(18, raw(k65), b"\5\0")))
    case("key-short", "a byte of the key is missing", own(), "key.malformed", s65, ["wanted 1952"], key=pem(spki(18, raw(k65)[:-1])))
    case("key-hash-ml-dsa", "HashML-DSA has keys of its own", own(), "key.unsupported", s65, key=pem(spki(33, raw(k65))))

    # --- refused
    case("tampered-artefact", "the file was changed after signing", args("65"), "signature.mismatch", s65, message=b"second release\n")
    case("other-key", "signed by somebody else", args("65"), "signature.mismatch", mldsa.MLDSA65PrivateKey.generate().sign(MESSAGE))
    case("other-set", "a signature of another parameter set", args("65"), "signature.malformed", k44.sign(MESSAGE), ["wanted 3309"])
    case("one-byte-more", "a byte after the signature", args("65"), "signature.malformed", s65 + b"\n")
    case("with-context", "a signature for another purpose: its context is not empty", args("65"), "signature.mismatch", k65.sign(MESSAGE, b"other"))
    case("digest-signed", "the SHA-256 of the file was passed as the message", args("65"), "kms.signed-digest", k65.sign(hashlib.sha256(MESSAGE).digest()), ["signed the sha256 of the file"])
    case("hex-digest-signed", "its hex was", args("65"), "kms.signed-digest", k65.sign(hashlib.sha512(MESSAGE).hexdigest().encode()), ["signed the sha512 of the file"])
    case("mu-signed", "mu was passed as the message", args("65"), "kms.signed-digest", k65.sign(mu(raw(k65), MESSAGE)), ["signed the mu of the file"])
    case("digest-input", "ML-DSA signs the file, never a digest", args("65", " --digest-input"), "artifact.digest-only", s65, message=hashlib.sha256(MESSAGE).digest())
    case("label-other-set", "a label of another parameter set", args("65", " --algorithm PQ_SIGN_ML_DSA_87"), "algorithm.mismatch", s65)
    case("label-other-key", "a label of another mathematics", args("65", " --algorithm ECDSA_SHA_256"), "algorithm.mismatch", s65)
    case("label-slh-dsa", "the other post-quantum signatures", args("65", " --algorithm PQ_SIGN_SLH_DSA_SHA2_128S"), "algorithm.post-quantum", s65)
    case("encoding-demanded", "only ECDSA is written in two ways", args("65", " --signature-encoding der"), "algorithm.mismatch", s65)
    case("dsse-tampered", "the envelope's payload is not what was signed", "verify-envelope a.dsse.json --key ../_keys/65.pem --payload-type application/octet-stream", "signature.mismatch", dsse(s65), signature="a.dsse.json")


main()

#!/usr/bin/env python3
"""Makes the vectors of this folder and of ../keys anew, but for those of spelled.py, with fresh keys that are thrown away.
Needs: Python 3.9 with the package cryptography, openssl."""
import base64, hashlib, json, pathlib, shutil, subprocess
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

HERE = pathlib.Path(__file__).resolve().parent
MESSAGE = b"first release of the demo\n"
PLAIN = "verify a.txt --signature a.sig --key "
b64 = lambda b: base64.b64encode(b).decode()
url = lambda b: base64.urlsafe_b64encode(b).decode().rstrip("=")
spki = lambda k: k.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)
pem = lambda k: k.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)

rsa2048, p256, k1 = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256K1())
p384, p521, ed = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP521R1()), ed25519.Ed25519PrivateKey.generate()
KEYS = {"rsa": rsa2048, "p256": p256, "p384": p384, "p521": p521, "k1": k1, "ed": ed}


def fresh(folder):
    for old in folder.iterdir() if folder.exists() else []:
        if old.is_dir() and not old.name.startswith(("spelled-", "set-")):
            shutil.rmtree(old)


def case(folder, name, about, args, expect, sig=b"", contains=(), message=MESSAGE, **files):
    target = folder / name
    target.mkdir()
    (target / "a.txt").write_bytes(message)
    (target / "a.sig").write_bytes(sig if isinstance(sig, bytes) else json.dumps(sig).encode() + b"\n")
    for path, content in files.items():
        (target / path.replace("__", ".")).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode() + b"\n")
    lines = [f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {text}" for text in contains)]
    (target / "case.txt").write_text("\n".join(lines) + "\n")


def p1363(der, width):
    r, s = utils.decode_dss_signature(der)
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def pss(salt):
    return rsa2048.sign(MESSAGE, padding.PSS(padding.MGF1(hashes.SHA256()), salt), hashes.SHA256())


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def kms():
    folder = HERE
    fresh(folder)
    (folder / "_keys").mkdir()
    for name, key in KEYS.items():
        (folder / "_keys" / f"{name}.pem").write_bytes(pem(key))
    sha = hashes.SHA256()
    der = p256.sign(MESSAGE, ec.ECDSA(sha))
    pkcs1 = rsa2048.sign(MESSAGE, padding.PKCS1v15(), sha)
    digest = hashlib.sha256(MESSAGE).digest()
    v = lambda *a, **k: case(folder, *a, **k)
    key = lambda name: PLAIN + f"../_keys/{name}.pem"

    # --- trusted
    v("p256-by-its-curve", "an elliptic-curve key leaves one scheme, so no label is needed", key("p256"), "trusted", der, ["ECDSA_SHA_256"])
    v("p256-fixed-width", "64 bytes that are no DER are r and s side by side", key("p256") + " --algorithm ES256", "trusted", p1363(der, 32))
    v("p384-vault-label", "Vault's parameters, joined to one label", key("p384") + " --algorithm ecdsa-p384+sha2-384", "trusted", p384.sign(MESSAGE, ec.ECDSA(hashes.SHA384())))
    v("p521-declared-p1363", "halves of 66 bytes", key("p521") + " --signature-encoding p1363", "trusted", p1363(p521.sign(MESSAGE, ec.ECDSA(hashes.SHA512())), 66))
    v("k1-google-label", "secp256k1 under Google's label", key("k1") + " --algorithm EC_SIGN_SECP256K1_SHA256", "trusted", k1.sign(MESSAGE, ec.ECDSA(sha)))
    v("ed25519-by-its-kind", "pure Ed25519 over the file", key("ed"), "trusted", ed.sign(MESSAGE))
    v("rsa-pss-azure-label", "RSA-PSS under Azure's label", key("rsa") + " --algorithm PS256", "trusted", pss(32))
    v("hex-when-told", "hex is read only when the caller says so", key("rsa") + " --algorithm RS256 --signature-text hex", "trusted", pkcs1.hex().encode() + b"\n")
    v("base64-by-itself", "the file is strict base64 and only the decoded value fits", key("rsa") + " --algorithm RS256", "trusted", b64(pkcs1).encode() + b"\n")
    v("aws-json", "what `aws kms sign` prints", key("p256"), "trusted",
      {"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/demo", "Signature": b64(der), "SigningAlgorithm": "ECDSA_SHA_256"})
    v("azure-json", "the REST answer of Azure Key Vault", key("p256"), "trusted", {"kid": "https://demo.vault.azure.net/keys/demo/1", "value": url(p1363(der, 32))})
    v("azure-cli-json", "what `az keyvault key sign` prints", key("p256"), "trusted",
      {"algorithm": "ES256", "keyId": "https://demo.vault.azure.net/keys/demo/1", "signature": b64(p1363(der, 32))})
    v("google-json", "the REST answer of Google Cloud KMS, with its checksum", key("p256"), "trusted",
      {"signature": b64(der), "signatureCrc32c": str(crc32c(der)), "verifiedDigestCrc32c": True, "name": "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"})
    v("vault-text", "vault:v3:BASE64", key("p256"), "trusted", b"vault:v3:" + b64(der).encode() + b"\n")
    v("vault-json", "Vault's answer; jws marshalling is unpadded base64url of r and s", key("p256"), "trusted", {"data": {"signature": "vault:v1:" + url(p1363(der, 32))}})
    v("vault-half-padded", "the last sign of the padding is missing", key("p256"), "signature.malformed", b"vault:v1:" + b64(p1363(der, 32)).encode()[:-1] + b"\n")
    case(folder, "digest-input", "the artefact file holds the raw digest", key("p256") + " --digest-input", "trusted", der, ["the file that was given holds the digest"], message=digest)

    # --- labels
    for name, label, expect in [
        ("label-unknown", "ROT13", "algorithm.unsupported"), ("label-other-case", "ecdsa_sha_256", "algorithm.unsupported"),
        ("label-ed25519ph", "ED25519_PH_SHA_512", "algorithm.ed25519ph"), ("label-sm2", "SM2DSA", "algorithm.sm2"),
        ("label-ml-dsa", "ML_DSA_SHAKE_256", "algorithm.mismatch"), ("label-slh-dsa", "PQ_SIGN_SLH_DSA_SHA2_128S", "algorithm.post-quantum"), ("label-raw-pkcs1", "RSA_SIGN_RAW_PKCS1_2048", "algorithm.no-hash"),
        ("label-rsnull", "RSNULL", "algorithm.no-hash"), ("label-vault-none", "pkcs1v15+none", "algorithm.no-hash"), ("label-hs256", "HS256", "algorithm.symmetric"),
        ("label-sha1", "RSASSA_PKCS1_V1_5_SHA_1", "algorithm.hash-not-accepted"), ("label-vault-sha3", "pkcs1v15+sha3-256", "algorithm.hash-not-accepted"),
        ("label-vault-pss-default", "pss+sha2-256", "algorithm.pss-salt"), ("label-vault-unbound-hash", "ecdsa-p384+sha2-256", "algorithm.mismatch")]:
        v(name, f"the label {label} is refused for its own reason", key("rsa") + " --algorithm " + label, expect, pkcs1)
    v("label-missing", "an RSA key does not say which padding and hash", key("rsa"), "algorithm.missing", pkcs1)
    v("label-for-other-key", "an RSA label and an elliptic-curve key", key("p256") + " --algorithm RSASSA_PSS_SHA_256", "algorithm.mismatch", der)
    v("label-for-other-curve", "ES256K is secp256k1 only", key("p256") + " --algorithm ES256K", "algorithm.mismatch", der)
    v("label-for-other-size", "Google's label names the size of the key", key("rsa") + " --algorithm RSA_SIGN_PKCS1_4096_SHA256", "algorithm.mismatch", pkcs1)
    v("label-differs-from-json", "the container says another algorithm than the caller", key("p256") + " --algorithm ECDSA_SHA_384", "algorithm.mismatch",
      {"KeyId": "k", "Signature": b64(der), "SigningAlgorithm": "ECDSA_SHA_256"})
    v("encoding-differs-from-json", "AWS writes DER; the caller declares r and s", key("p256") + " --signature-encoding p1363", "algorithm.mismatch",
      {"KeyId": "k", "Signature": b64(der), "SigningAlgorithm": "ECDSA_SHA_256"})

    # --- values
    r29 = b"\x11" * 29
    v("two-encodings", "64 bytes that are strict DER and r and s at once", key("p256"), "kms.ambiguous-encoding", b"\x30\x3e\x02\x1d" + r29 + b"\x02\x1d" + r29)
    v("tampered-artefact", "the file was changed after signing", key("p256"), "signature.mismatch", der, message=b"second release\n")
    v("other-key", "signed by somebody else", key("p256"), "signature.mismatch", ec.generate_private_key(ec.SECP256R1()).sign(MESSAGE, ec.ECDSA(sha)))
    v("double-hash", "the digest was passed as the message", key("p256"), "kms.double-hash", p256.sign(digest, ec.ECDSA(sha)))
    v("hex-of-hash", "the hex text of the digest was passed as the message", key("rsa") + " --algorithm RS256", "kms.hex-digest", rsa2048.sign(digest.hex().encode(), padding.PKCS1v15(), sha))
    v("pss-largest-salt", "Vault's default salt", key("rsa") + " --algorithm PS256", "algorithm.pss-salt", pss(222), ["222 bytes, wanted 32"])
    v("raw-with-line-feed", "a byte after a binary signature", key("ed"), "signature.malformed", ed.sign(MESSAGE) + b"\n")
    v("base64-two-lines", "wrapped base64 says the same", key("rsa") + " --algorithm RS256", "trusted", base64.encodebytes(pkcs1))
    v("base64-declared-raw", "declared raw, so base64 is not tried", key("rsa") + " --algorithm RS256 --signature-text raw", "signature.malformed", b64(pkcs1).encode())
    v("hex-in-upper-case", "one spelling per value", key("rsa") + " --algorithm RS256 --signature-text hex", "signature.malformed", pkcs1.hex().upper().encode())
    v("google-wrong-checksum", "the CRC32C beside the value differs", key("p256"), "signature.malformed", {"signature": b64(der), "signatureCrc32c": str(crc32c(der) ^ 1)}, ["CRC32C"])
    v("aws-json-twice", "a member twice", key("p256"), "signature.malformed", b'{"Signature":"QQ==","Signature":"QQ==","SigningAlgorithm":"ECDSA_SHA_256"}')
    v("azure-cli-two-values", "two members with a value", key("p256"), "signature.malformed", {"algorithm": "ES256", "keyId": "k", "signature": "QQ", "value": "QQ"})
    v("vault-without-version", "not vault:vN:BASE64", key("p256"), "signature.malformed", b"vault:v:" + b64(der).encode())
    v("digest-input-as-hex", "a digest in hex where the raw digest belongs", key("p256") + " --digest-input", "kms.digest-length", der, message=digest.hex().encode())
    v("digest-input-ed25519", "pure Ed25519 signs the file, never a digest", key("ed") + " --digest-input", "artifact.digest-only", ed.sign(MESSAGE), message=digest)
    foreign_hashes(folder)


def keys():
    folder = HERE.parent / "keys"
    fresh(folder)
    sha = hashes.SHA256()
    der, pkcs1 = p256.sign(MESSAGE, ec.ECDSA(sha)), rsa2048.sign(MESSAGE, padding.PKCS1v15(), sha)
    numbers, point = rsa2048.public_key().public_numbers(), p256.public_key().public_numbers()
    aws = {"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/demo", "PublicKey": b64(spki(rsa2048)), "KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY",
           "SigningAlgorithms": ["RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_256"]}
    jwk_rsa = {"kty": "RSA-HSM", "kid": "https://demo.vault.azure.net/keys/demo/1", "key_ops": ["sign", "verify"], "n": url(numbers.n.to_bytes(256, "big")), "e": "AQAB"}
    jwk_ec = {"kty": "EC", "crv": "P-256", "x": url(point.x.to_bytes(32, "big")), "y": url(point.y.to_bytes(32, "big"))}
    google = {"pem": pem(p256).decode(), "algorithm": "EC_SIGN_P256_SHA256", "name": "projects/p/cryptoKeyVersions/1", "pemCrc32c": str(crc32c(pem(p256)))}
    rsa_case = lambda name, about, expect, key, extra=" --algorithm RSASSA_PKCS1_V1_5_SHA_256", **k: case(folder, name, about, PLAIN + "key" + extra, expect, pkcs1, key=key, **k)
    ec_case = lambda name, about, expect, key, extra="", **k: case(folder, name, about, PLAIN + "key" + extra, expect, der, key=key, **k)

    compressed = p256.public_key().public_bytes(ser.Encoding.X962, ser.PublicFormat.CompressedPoint)
    head = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
    ec_case("spki-der", "SubjectPublicKeyInfo in DER", "trusted", spki(p256))
    ec_case("spki-base64-line", "what `aws kms get-public-key --query PublicKey` prints", "trusted", b64(spki(p256)).encode() + b"\n")
    ec_case("spki-base64-wrapped", "the same, wrapped as `base64` does", "trusted", base64.encodebytes(spki(p256)))
    ec_case("spki-base64-twice", "two keys in base64 are none", "key.malformed", b64(spki(p256)).encode() + b"\n" + b64(spki(p256)).encode() + b"\n")
    ec_case("pem-crlf-and-text", "CRLF lines and text before BEGIN", "trusted", b"the demo key\r\n" + pem(p256).replace(b"\n", b"\r\n"))
    ec_case("compressed-point", "a compressed point is expanded", "trusted", head + compressed)
    rsa_case("aws-json", "AWS GetPublicKey", "trusted", aws)
    ec_case("google-json", "Google PublicKey, which fixes the algorithm", "trusted", google)
    rsa_case("jwk-rsa-wrapped", "Azure's key bundle around a JSON Web Key", "trusted", {"key": jwk_rsa, "attributes": {"enabled": True}})
    ec_case("jwk-ec", "a bare JSON Web Key", "trusted", jwk_ec)
    rsa_case("pkcs1-pem", "PEM RSA PUBLIC KEY", "trusted", rsa2048.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.PKCS1))

    rsa_case("aws-other-usage", "the service says that the key encrypts", "key.not-for-signing", {**aws, "KeyUsage": "ENCRYPT_DECRYPT"})
    rsa_case("aws-unlisted-label", "the service does not offer this algorithm for the key", "algorithm.mismatch", aws, " --algorithm RSASSA_PKCS1_V1_5_SHA_512")
    rsa_case("aws-no-usable-label", "only algorithms that are refused", "key.unsupported", {**aws, "SigningAlgorithms": ["SM2DSA"]})
    ec_case("google-other-algorithm", "algorithm and key disagree", "algorithm.mismatch", {**google, "algorithm": "EC_SIGN_P384_SHA384"})
    ec_case("google-wrong-checksum", "the checksum beside the PEM differs", "key.malformed", {**google, "pemCrc32c": "1"})
    ec_case("jwk-private", "a JSON Web Key with its secret", "key.private", {**jwk_ec, "d": "AQAB"})
    ec_case("jwk-for-encryption", "use is enc", "key.not-for-signing", {**jwk_ec, "use": "enc"})
    ec_case("jwk-short-coordinate", "a coordinate without its leading zeros", "key.malformed", {**jwk_ec, "x": url(b"\1" * 31)})
    ec_case("jwk-unknown-kind", "an octet key is a shared secret", "key.unsupported", {"kty": "oct"})
    ec_case("json-of-something-else", "JSON with no key in it", "key.malformed", {"hello": 1})
    ec_case("hybrid-point", "06 and 07 points", "key.unsupported",
            spki(p256).replace(b"\x00\x04" + point.x.to_bytes(32, "big"), b"\x00" + bytes([6 + point.y % 2]) + point.x.to_bytes(32, "big")))
    ec_case("point-off-the-curve", "a bit of y is flipped", "key.malformed", spki(p256)[:-1] + bytes([spki(p256)[-1] ^ 1]))
    ec_case("explicit-parameters", "the curve is written out: CVE-2020-0601", "key.unsupported", subprocess.run(
        ["openssl", "ec", "-pubin", "-param_enc", "explicit", "-pubout"], input=pem(p256), capture_output=True, check=True).stdout)
    ec_case("trailing-byte", "bytes after the SubjectPublicKeyInfo", "key.malformed", spki(p256) + b"\0")
    ec_case("two-blocks", "two keys in one file", "key.malformed", pem(p256) + pem(p384))
    ec_case("labels-differ", "BEGIN and END name different things", "key.malformed", pem(p256).replace(b"END PUBLIC", b"END EC PUBLIC"))
    ec_case("empty", "nothing", "key.malformed", b"")
    ec_case("openssh-line", "an authorized_keys line", "key.openssh", p256.public_key().public_bytes(ser.Encoding.OpenSSH, ser.PublicFormat.OpenSSH) + b" demo\n")
    rsa_case("weak-modulus", "RSA 1024", "key.weak", pem(rsa.generate_private_key(65537, 1024)))
    rsa_case("small-exponent", "e = 3", "key.weak", pem(rsa.generate_private_key(3, 2048)))
    pss_key = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], capture_output=True, check=True).stdout
    pss_pem = subprocess.run(["openssl", "pkey", "-pubout"], input=pss_key, capture_output=True, check=True).stdout
    rsa_case("pss-key-with-pkcs1-label", "an id-RSASSA-PSS key carries no PKCS#1 v1.5 label, even without parameters", "algorithm.mismatch", pss_pem)
    ec_case("private-pem", "a private key", "key.private", p256.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption()))
    ec_case("private-der", "a private key in DER", "key.private", p256.private_bytes(ser.Encoding.DER, ser.PrivateFormat.PKCS8, ser.NoEncryption()))
    printed(folder, jwk_rsa, rsa_case, ec_case)


def printed(folder, jwk_rsa, rsa_case, ec_case):
    """Keys as the services and their command lines print them."""
    raw = ed.public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw)
    ed_case = lambda name, about, expect, key, **k: case(folder, name, about, PLAIN + "key", expect, ed.sign(MESSAGE), key=key, **k)
    n = rsa2048.public_key().public_numbers().n.to_bytes(256, "big")
    az = {"attributes": {"enabled": True}, "key": {"crv": None, "d": None, "e": "AAEAAQ==", "keyOps": ["sign", "verify"], "kid": "https://demo.vault.azure.net/keys/demo/1", "kty": "RSA-HSM",
          "n": b64(n), "x": None, "y": None}, "managed": None, "tags": None}
    rsa_case("azure-hsm-exponent", "Azure leads the exponent of hardware keys by a zero octet", "trusted", {"key": {**jwk_rsa, "e": "AAEAAQ"}, "attributes": {"enabled": True}})
    rsa_case("az-keyvault-key-show", "az prints padded base64 and nulls", "trusted", az)
    rsa_case("jwk-two-alphabets", "both alphabets of base64 in one value", "key.malformed", {**jwk_rsa, "n": "-_+/" + url(n)[4:]})
    ed_case("vault-public-key", "what `vault read -field=public_key` prints: 44 characters", "trusted", b64(raw).encode() + b"\n")
    short = base64.urlsafe_b64encode(raw).rstrip(b"=")
    ed_case("ed25519-base64url", "an Ed25519 key in base64url without padding, as it stands in JSON Web Keys", "trusted", short + b"\n")
    ed_case("ed25519-base64url-stray-bits", "bits behind the last byte: another spelling of the key, which nobody writes", "key.malformed", short[:-1] + bytes([short[-1] + 1]) + b"\n")
    vault = lambda versions: {"data": {"keys": {v: {"creation_time": "2026-01-01T00:00:00Z", "name": "ed25519", "public_key": b64(raw)} for v in versions}, "latest_version": len(versions),
                              "name": "release", "type": "ed25519", "supports_signing": True}}
    ed_case("vault-json", "the answer of Vault's transit engine", "trusted", vault(["1"]))
    ed_case("vault-json-two-versions", "two versions, and nobody says which", "key.malformed", vault(["1", "2"]), contains=["2 keys (v1, v2)", "save it alone"])
    okp = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": url(raw)}
    ed_case("jwk-okp", "an octet key pair (RFC 8037)", "trusted", okp)
    ed_case("jwk-okp-other-curve", "X25519 agrees on keys and signs nothing", "key.unsupported", {**okp, "crv": "X25519"})
    ed_case("jwks-of-one", "a set of one key", "trusted", {"keys": [{**okp, "kid": "release"}]})
    ed_case("jwks-of-two", "a set of two, and nobody says which", "key.malformed", {"keys": [{**okp, "kid": "one"}, {**okp, "kid": "two"}]}, contains=["one, two"])
    ec_case("byte-order-mark", "a byte order mark before BEGIN says nothing else", "trusted", b"\xef\xbb\xbf" + pem(p256))
    ec_case("utf16", "the older Windows PowerShell writes UTF-16", "trusted", b"\xff\xfe" + pem(p256).decode().replace("\n", "\r\n").encode("utf-16-le"))
    ec_case("utf16-cut", "half a character at the end", "key.malformed", b"\xff\xfe" + pem(p256).decode().encode("utf-16-le") + b"x")


def foreign_hashes(folder):
    """Good signatures by another algorithm than the key's: the file was not edited."""
    for name, key, hash, about in (("p384-over-sha256", "p384", hashes.SHA256(), "Vault hashes with SHA-256 whatever the curve"), ("p521-over-sha256", "p521", hashes.SHA256(), "the same on the widest curve")):
        case(folder, name, about, PLAIN + "key", "algorithm.mismatch", KEYS[key].sign(MESSAGE, ec.ECDSA(hash)), ["ECDSA_SHA_256"], key=pem(KEYS[key]))
    case(folder, "rsa-other-padding", "PKCS#1 v1.5 where PSS was named", PLAIN + "key --algorithm RSASSA_PSS_SHA_256", "algorithm.mismatch",
         rsa2048.sign(MESSAGE, padding.PKCS1v15(), hashes.SHA256()), ["RSASSA_PKCS1_V1_5_SHA_256"], key=pem(rsa2048))
    case(folder, "p384-over-sha256-edited", "an edited file stays one", PLAIN + "key", "signature.mismatch", p384.sign(MESSAGE + b"x", ec.ECDSA(hashes.SHA256())), key=pem(p384))


if __name__ == "__main__":
    kms()
    keys()

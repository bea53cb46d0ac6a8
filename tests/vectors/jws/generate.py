#!/usr/bin/env python3
"""Makes every vector of this folder anew, with fresh keys that are thrown away, besides those of RFC 7515 appendix A and RFC 8037 appendix A.
Needs: Python 3.9 with the package cryptography, 48 or later."""
import base64, json, pathlib, shutil
from cryptography.hazmat.primitives import hashes, hmac, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, padding, rsa, utils

HERE = pathlib.Path(__file__).resolve().parent
FILE = b"first release of the demo\n"
CLAIMS = {"iss": "https://issuer.example", "sub": "demo", "nbf": 1790000000, "exp": 1800000000}
AT = " --at 2026-11-30T12:00:00Z"
url = lambda b: base64.urlsafe_b64encode(b).decode().rstrip("=")
text = lambda o: json.dumps(o, separators=(",", ":")).encode()
KEYS = {"rsa": rsa.generate_private_key(65537, 2048), "p256": ec.generate_private_key(ec.SECP256R1()), "p384": ec.generate_private_key(ec.SECP384R1()),
        "p521": ec.generate_private_key(ec.SECP521R1()), "k1": ec.generate_private_key(ec.SECP256K1()), "ed": ed25519.Ed25519PrivateKey.generate(),
        "ml": mldsa.MLDSA65PrivateKey.generate(), "other": ec.generate_private_key(ec.SECP256R1())}
HASH = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVE = {"ES256": ("p256", 32, "256"), "ES384": ("p384", 48, "384"), "ES512": ("p521", 66, "512"), "ES256K": ("k1", 32, "256")}


def sign(alg, message, key=None):
    if alg in CURVE:
        name, width, size = CURVE[alg]
        r, s = utils.decode_dss_signature(KEYS[key or name].sign(message, ec.ECDSA(HASH[size])))
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")
    if alg.startswith("RS"):
        return KEYS["rsa"].sign(message, padding.PKCS1v15(), HASH[alg[2:]])
    if alg.startswith("PS"):
        return KEYS["rsa"].sign(message, padding.PSS(padding.MGF1(HASH[alg[2:]]), HASH[alg[2:]].digest_size), HASH[alg[2:]])
    if alg.startswith("HS"):
        mac = hmac.HMAC(b"k" * 64, HASH[alg[2:]])
        mac.update(message)
        return mac.finalize()
    return b"" if alg == "none" else KEYS["ml" if alg.startswith("ML") else "ed"].sign(message)


def parts(header, payload, encoded=True, key=None, by=None):
    first = url(header if isinstance(header, bytes) else text(header))
    alg = by or (json.loads(header) if isinstance(header, bytes) else header)["alg"]
    return first, sign(alg, first.encode() + b"." + (url(payload).encode() if encoded else payload), key)


def compact(header, payload, key=None, by=None):
    first, value = parts(header, payload, key=key, by=by)
    return f"{first}.{url(payload)}.{url(value)}"


def detached(header, payload=FILE, encoded=True, key=None):
    first, value = parts(header, payload, encoded, key)
    return f"{first}..{url(value)}"


def flat(header, payload, unprotected=None, carried=True, encoded=True):
    first, value = parts(header, payload, encoded)
    body = {"payload": url(payload) if encoded else payload.decode()} if carried else {}
    return {**body, "protected": first, **({"header": unprotected} if unprotected else {}), "signature": url(value)}


def general(payload, *headers):
    return {"payload": url(payload), "signatures": [{k: v for k, v in flat(header, payload, carried=False).items()} for header in headers]}


def case(name, about, args, expect, contains=(), **files):
    target = HERE / name
    target.mkdir()
    for path, content in files.items():
        content = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else text(content) + b"\n"
        (target / path.replace("__", ".")).write_bytes(content)
    (target / "case.txt").write_text("\n".join([f"# {about}", f"args: {args}", f"expect: {expect}", *(f"contains: {line}" for line in contains)]) + "\n")


def key(name):
    return f" --key ../_keys/{name}.pem"


def token(name, about, jws, expect, by="p256", more=AT, contains=()):
    case(name, about, f"verify a.jwt{key(by)}{more}", expect, contains, a__jwt=jws)


def beside(name, about, jws, expect, by="p256", more="", contains=(), content=FILE, file="a__txt__jws"):
    case(name, about, f"verify a.txt --signature {file.replace('__', '.')}{key(by)}{more}", expect, contains, **{"a__txt": content, file: jws})


def behind_blanks():
    """An object that other readers find behind blanks or a byte order mark, and that the strict reader refuses; each with a key of its own."""
    own = ed25519.Ed25519PrivateKey.generate()
    pem = own.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo)
    twice = b'{"exp":1,"a":1,"a":2}'
    for name, about, payload in [("blank", "a blank", b" " + twice), ("line", "a line end", b"\r\n" + twice), ("mark", "a byte order mark", b"\xef\xbb\xbf" + b'{"exp":1}'),
                                 ("utf16", "an object in UTF-16", '\ufeff{"exp":1}'.encode("utf-16-le")), ("not-utf8", "a byte that is no UTF-8", b'\t{"exp":1,"a":"\xff"}')]:
        first = url(text({"alg": "EdDSA"}))
        value = own.sign(f"{first}.{url(payload)}".encode())
        case("claims-behind-" + name, f"an ended token whose claims stand behind {about}" if name in ("blank", "line", "mark") else f"an ended token: {about}",
             "verify a.jwt --key k.pem" + AT, "jws.claims", a__jwt=f"{first}.{url(payload)}.{url(value)}", k__pem=pem)


def rfcs():
    claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    rs_key = {"kty": "RSA", "e": "AQAB", "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
    rs = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    es_key = {"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
    es = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    p521_key = {"kty": "EC", "crv": "P-521", "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
                "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}
    ed_key = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    rs_head, es_head = "eyJhbGciOiJSUzI1NiJ9", "eyJhbGciOiJFUzI1NiJ9"
    early = " --at 2011-03-22T18:00:00Z"
    doc = lambda name, about, jws, jwk, expect="trusted", more="", contains=(): case(name, about, "verify a.jwt --key key.jwk" + more, expect, contains, a__jwt=jws, key__jwk=jwk)
    doc("rfc7515-a2-rs256", "RFC 7515 A.2, before its end in 2011", f"{rs_head}.{claims}.{rs}", rs_key, more=early)
    doc("rfc7515-a3-es256", "RFC 7515 A.3", f"{es_head}.{claims}.{es}", es_key, more=early)
    doc("rfc7515-a3-later", "the same, after its end", f"{es_head}.{claims}.{es}", es_key, "jws.expired", AT, ["ended at 2011-03-22T18:43:00Z"])
    doc("rfc7515-a4-es512", "RFC 7515 A.4: the payload is the word Payload", "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn", p521_key)
    doc("rfc7515-a5-none", "RFC 7515 A.5", f"eyJhbGciOiJub25lIn0.{claims}.", es_key, "jws.unsigned", early)
    doc("rfc7515-a1-hs256", "RFC 7515 A.1", f"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{claims}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", es_key, "algorithm.symmetric", early)
    doc("rfc7515-a6-general", "RFC 7515 A.6: two signatures; each names a key that is not trusted here by that name", {"payload": claims, "signatures": [
        {"protected": rs_head, "header": {"kid": "2010-12-29"}, "signature": rs},
        {"protected": es_head, "header": {"kid": "e9bc097a-ce51-4036-9562-d2ade882db0d"}, "signature": es}]}, es_key, more=early)
    doc("rfc7515-a7-flattened", "RFC 7515 A.7", {"payload": claims, "protected": es_head, "header": {"kid": "e9bc097a-ce51-4036-9562-d2ade882db0d"}, "signature": es}, es_key, more=early)
    doc("rfc8037-a4-eddsa", "RFC 8037 A.4", "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg", ed_key)
    case("rfc7797-4-2-hs256", "RFC 7797 §4.2 is made with a shared secret", "verify a.txt --signature a.txt.jws" + key("p256"), "algorithm.symmetric",
         a__txt=b"$.02", a__txt__jws="eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY")


def main():
    for old in HERE.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    (HERE / "_keys").mkdir()
    for name, pair in KEYS.items():
        (HERE / "_keys" / f"{name}.pem").write_bytes(pair.public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo))
    rfcs()
    claims, unencoded = text(CLAIMS), {"alg": "ES256", "b64": False, "crit": ["b64"]}
    raw = lambda name, about, header, expect, contains=(): token(name, about, f"{url(header)}.{url(claims)}.{url(sign('ES256', url(header).encode() + b'.' + url(claims).encode()))}", expect, contains=contains)

    # --- every algorithm, detached
    for alg, by in [("ES256", "p256"), ("ES384", "p384"), ("ES512", "p521"), ("ES256K", "k1"), ("RS256", "rsa"), ("RS384", "rsa"), ("RS512", "rsa"), ("PS256", "rsa"), ("PS384", "rsa"), ("PS512", "rsa"),
                    ("EdDSA", "ed"), ("Ed25519", "ed"), ("ML-DSA-65", "ml")]:
        beside("detached-" + alg.lower(), f"a detached JWS by {alg}", detached({"alg": alg}), "trusted", by)
    beside("detached-unencoded", "RFC 7797: the file enters the signature as it is", detached(unencoded, encoded=False), "trusted")
    beside("detached-unencoded-eddsa", "the same by a key that takes the message", detached({**unencoded, "alg": "EdDSA"}, encoded=False), "trusted", "ed")
    beside("detached-line-end", "a CR LF at the end of the JWS", detached({"alg": "ES256"}) + "\r\n", "trusted")
    beside("detached-large", "a file of several blocks", detached({"alg": "ES256"}, bytes(range(251)) * 500), "trusted", content=bytes(range(251)) * 500)
    beside("detached-flattened", "the payload is left out of the JSON form", flat({"alg": "ES256"}, FILE, carried=False), "trusted", file="a__txt__jws__json")
    beside("detached-content-type", "cty answers the demand for a payload type", detached({"alg": "ES256", "cty": "text/plain"}), "trusted", more=" --payload-type text/plain")
    beside("detached-other-content-type", "another cty than was demanded", detached({"alg": "ES256", "cty": "text/html"}), "policy.predicate-type", more=" --payload-type text/plain")
    case("found-beside", "found by its suffix", "verify a.txt" + key("p256"), "trusted", a__txt=FILE, a__txt__jws=detached({"alg": "ES256"}))

    # --- the file in the JWS
    beside("carried-same", "the JWS carries the file that is named", compact({"alg": "ES256"}, FILE), "trusted")
    beside("carried-other", "the JWS carries another file than is named", compact({"alg": "ES256"}, b"second release\n"), "artifact.self-contained")
    beside("carried-unencoded", "a payload that stands in the JSON as it is", flat(unencoded, FILE, encoded=False), "trusted", file="a__txt__jws__json")
    token("token", "a JWT", compact({"alg": "ES256", "typ": "JWT"}, claims), "trusted", contains=["the token holds from 2026-09-21T14:13:20Z until 2027-01-15T08:00:00Z"])
    cut = compact({"alg": "ES256", "typ": "JWT"}, claims)
    token("token-cut", "a token that was cut off within its payload", cut[:cut.index(".") + 41], "signature.malformed")
    token("token-ml-dsa", "a JWT by ML-DSA", compact({"alg": "ML-DSA-65", "typ": "JWT"}, claims), "trusted", by="ml")
    token("token-unnamed", "a token is one without typ too", compact({"alg": "ES256"}, claims), "jws.expired", more=" --at 2027-01-15T08:00:00Z")
    token("general", "two signatures, of which one is by a trusted key", general(claims, {"alg": "RS256"}, {"alg": "ES256"}), "trusted")
    token("general-threshold", "two signatures by two trusted keys", general(claims, {"alg": "RS256"}, {"alg": "ES256"}), "trusted", more=key("rsa") + " --threshold 2" + AT)
    token("general-twice-one-key", "two signatures by one key are one signer", general(claims, {"alg": "ES256"}, {"alg": "ES256", "kid": "x"}), "policy.signers", more=key("rsa") + " --threshold 2" + AT)
    token("kid-is-a-hint", "a name that no key has", compact({"alg": "ES256", "kid": "nobody"}, claims), "trusted")

    # --- times
    token("expired", "after its end", compact({"alg": "ES256", "typ": "JWT"}, claims), "jws.expired", more=" --at 2027-02-01T00:00:00Z")
    token("at-its-end", "the end itself is too late", compact({"alg": "ES256", "typ": "at+jwt"}, claims), "jws.expired", more=" --at 2027-01-15T08:00:00Z")
    token("not-yet", "before its beginning", compact({"alg": "ES256", "typ": "JWT"}, claims), "jws.not-yet-valid", more=" --at 2026-09-21T14:13:19Z")
    token("exp-fraction", "half a second after 2001-09-09T01:46:40Z", compact({"alg": "ES256", "typ": "JWT"}, b'{"exp":1000000000.5}'), "jws.expired", more=" --at 2001-09-09T01:46:40Z")
    token("exp-exponent", "a number with an exponent", compact({"alg": "ES256", "typ": "JWT"}, b'{"exp":1.8e9}'), "trusted")
    for name, value in [("text", '"1800000000"'), ("null", "null"), ("negative", "-1"), ("huge", "1e300"), ("past-the-calendar", "253402300800")]:
        token("exp-" + name, f"exp is {value}", compact({"alg": "ES256", "typ": "JWT"}, b'{"exp":' + value.encode() + b"}"), "jws.claims")
    token("claims-twice", "a claim twice", compact({"alg": "ES256", "typ": "JWT"}, b'{"exp":1800000000,"exp":9999999999}'), "jws.claims")
    token("claims-twice-unnamed", "the same without typ", compact({"alg": "ES256"}, b'{"exp":1800000000,"\\u0065xp":9999999999}'), "jws.claims")
    token("claims-no-object", "typ says JWT and the payload is a list", compact({"alg": "ES256", "typ": "JWT"}, b"[]"), "jws.claims")

    behind_blanks()

    # --- keys
    ec_jwk = {"kty": "EC", "crv": "P-256", "x": url(KEYS["other"].public_key().public_numbers().x.to_bytes(32, "big")), "y": url(KEYS["other"].public_key().public_numbers().y.to_bytes(32, "big"))}
    token("jwk-in-header", "the header brings its own key", compact({"alg": "ES256", "jwk": ec_jwk}, claims, key="other"), "signature.mismatch")
    token("jwk-beside-trusted", "a key in the header is not looked at", compact({"alg": "ES256", "jwk": ec_jwk}, claims), "trusted", contains=["the header offers a key (jwk), which was not looked at"])
    token("jku-in-header", "an address of keys is never opened", compact({"alg": "ES256", "jku": "https://evil.example/keys", "x5u": "https://evil.example/c"}, claims, key="other"), "signature.mismatch")
    token("other-key", "signed by somebody else", compact({"alg": "ES256"}, claims, key="other"), "signature.mismatch")
    case("kid-of-a-trusted-key", "one of two signatures names a trusted key and is not by it", "verify a.jwt --key key.jwk" + key("rsa") + AT, "signature.mismatch",
         a__jwt={"payload": url(claims), "signatures": [flat({"alg": "RS256"}, claims, carried=False), {**flat({"alg": "ES256", "kid": "release"}, claims, carried=False), "signature": url(b"\1" * 64)}]},
         key__jwk={**ec_jwk, "kid": "release"})
    case("jwk-alg-bound", "a key that its holder bound to another algorithm", "verify a.jwt --key key.jwk" + AT, "algorithm.mismatch", a__jwt=compact({"alg": "RS256"}, claims),
         key__jwk={"kty": "RSA", "alg": "PS256", "e": "AQAB", "n": url(KEYS["rsa"].public_key().public_numbers().n.to_bytes(256, "big"))})

    # --- algorithms that do not fit
    token("alg-of-another-kind", "the header says RS256, the trusted key is P-256", compact({"alg": "RS256"}, claims), "algorithm.mismatch")
    token("alg-of-another-curve", "ES384 over P-256", compact({"alg": "ES384"}, claims, by="ES256"), "algorithm.mismatch")
    token("alg-hs256-with-public-key", "an HMAC whose secret might be the public key", compact({"alg": "HS256"}, claims), "algorithm.symmetric")
    token("alg-none", "no signature", compact({"alg": "none"}, claims), "jws.unsigned")
    token("alg-none-in-one-of-two", "a second signature that is none", general(claims, {"alg": "ES256"}, {"alg": "none"}), "jws.unsigned")
    token("alg-none-spelled", "another spelling of none", compact({"alg": "NONE"}, claims, by="none"), "algorithm.unsupported")
    token("alg-of-a-service", "the name of a key service is none of JOSE", compact({"alg": "ECDSA_SHA_256"}, claims, by="ES256"), "algorithm.unsupported")
    token("alg-sha1", "SHA-1", compact({"alg": "RS1"}, claims, by="RS256"), "algorithm.hash-not-accepted")
    raw("alg-missing", "no algorithm", b'{"typ":"JWT"}', "signature.malformed")
    first, value = parts({"typ": "JWT"}, claims, by="ES256")
    token("alg-not-protected", "the algorithm stands where it is not signed", {"payload": url(claims), "protected": first, "header": {"alg": "ES256"}, "signature": url(value)}, "signature.malformed", contains=["stands in the part that is not signed"])
    token("header-in-both", "a member in both parts of the header", flat({"alg": "ES256", "kid": "a"}, claims, {"kid": "b"}), "signature.malformed")
    first, value = parts({"alg": "ES256"}, claims)
    token("der-value", "the signature in DER, as openssl writes it", f"{first}.{url(claims)}.{url(KEYS['p256'].sign((first + '.' + url(claims)).encode(), ec.ECDSA(hashes.SHA256())))}", "signature.malformed")

    # --- extensions
    raw("crit-unknown", "an extension that is not understood", b'{"alg":"ES256","crit":["exp2"],"exp2":1}', "jws.critical", ["crit names \"exp2\""])
    raw("crit-empty", "an empty list", b'{"alg":"ES256","crit":[]}', "signature.malformed")
    raw("crit-twice", "a name twice", b'{"alg":"ES256","b64":true,"crit":["b64","b64"]}', "signature.malformed")
    raw("crit-text", "crit is no list", b'{"alg":"ES256","b64":true,"crit":"b64"}', "signature.malformed")
    raw("crit-without-member", "crit names what is not there", b'{"alg":"ES256","crit":["b64"]}', "signature.malformed")
    raw("b64-without-crit", "RFC 7797 §6: crit must name it", b'{"alg":"ES256","b64":false}', "signature.malformed")
    raw("b64-text", "b64 is no truth value", b'{"alg":"ES256","b64":"false","crit":["b64"]}', "signature.malformed")
    raw("b64-true", "said although it is the rule", b'{"alg":"ES256","b64":true,"crit":["b64"]}', "trusted")
    raw("header-member-twice", "a member twice", b'{"alg":"ES256","alg":"none"}', "signature.malformed")
    token("crit-not-protected", "crit where it is not signed", flat({"alg": "ES256"}, claims, {"crit": ["b64"], "b64": True}), "signature.malformed")
    mixed = general(FILE, {"alg": "ES256"})
    mixed["signatures"].append({k: v for k, v in flat(unencoded, FILE, carried=False, encoded=False).items()})
    token("b64-differs", "one signature over the encoded payload, one over the plain one", mixed, "signature.malformed")
    beside("encoded-instead-of-plain", "the header says plain, the signature is over the encoded file", detached(unencoded), "signature.mismatch")

    # --- containers
    good = compact({"alg": "ES256"}, claims)
    head, body, value = good.split(".")
    token("jwe", "five parts", f"{head}.AA.AA.AA.AA", "signature.malformed", contains=["an encrypted token (JWE)"])
    token("padded", "padding", f"{head}.{body}.{value}==", "signature.malformed")
    token("standard-alphabet", "a payload in the other alphabet", f"{head}.{url(b'a' + claims)}.{'+' + value[1:]}", "signature.malformed")
    token("two-line-ends", "an empty line after the token", good + "\n\n", "signature.malformed")
    token("stray-bits", "bits of the last character that decode to nothing", f"{head}.{body}.{value[:-1]}{'B' if value[-1] == 'A' else chr(ord(value[-1]) + 1)}", "signature.malformed")
    both = flat({"alg": "ES256"}, claims)
    token("flat-and-general", "both forms in one object", {**both, "signatures": [both]}, "signature.malformed")
    token("no-signatures", "an empty list", {"payload": url(claims), "signatures": [], "protected2": {"protected": "x"}}, "signature.malformed")
    token("json-member-twice", "a member of the JSON form twice", json.dumps(both)[:-1] + ',"payload":"e30"}', "signature.malformed")
    case("detached-alone", "a detached JWS without its file", "verify a.txt.jws" + key("p256"), "jws.detached", a__txt__jws=detached({"alg": "ES256"}))
    beside("tampered-file", "the file was changed", detached({"alg": "ES256"}), "signature.mismatch", content=b"second release\n")
    token("tampered-claims", "a claim was changed", f"{head}.{url(text({**CLAIMS, 'sub': 'evil'}))}.{value}", "signature.mismatch")
    token("tampered-header", "a header was changed", f"{url(text({'alg': 'ES256', 'kid': 'x'}))}.{body}.{value}", "signature.mismatch")


main()

"""JSON Web Signatures in the compact form and in JSON, by one pinned key, and tokens whose times are asked about (jwt)."""
import base64
import hashlib
import hmac
import json
from maker.case import CARE, accept, refuse
from maker.curves import EcKey
from maker.der import ecdsa
from maker.edwards import EdKey
from maker.modulus import RsaKey
from maker.spki import public_pem

JWS, JWT, JWA, BCP = "RFC 7515 section ", "RFC 7519 section ", "RFC 7518 section ", "RFC 8725 section "
EC, OTHER, RSA, ED = EcKey("jws"), EcKey("jws other"), RsaKey("jws"), EdKey("jws")
CLAIMS = {"iss": "https://issuer.example.org", "sub": "release", "nbf": 1577836800, "exp": 4102444800}


def url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def text(value):
    return value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()


def fixed(pair, size=32):
    return b"".join(value.to_bytes(size, "big") for value in pair)


def value(signing, alg, key):
    """A signature by the named algorithm."""
    if alg == "ES256":
        return fixed(key.sign(signing))
    if alg == "HS256":
        return hmac.new(public_pem(key), signing, "sha256").digest()
    return {"RS256": lambda: key.sign(signing), "PS256": lambda: key.sign_pss(signing), "EdDSA": lambda: key.sign(signing), "none": lambda: b""}[alg]()


def token(header, payload=CLAIMS, key=EC, alg=None, raw=None):
    """The compact form."""
    first, second = url(text(header)), url(text(payload))
    return f"{first}.{second}.{url(value(f'{first}.{second}'.encode(), alg or header['alg'], key) if raw is None else raw)}"


def question(document, key=EC, alg="ES256", operation="jws"):
    document = document if isinstance(document, str) else json.dumps(document)
    return dict(operation=operation, files={"token": ("token.jwt", document.encode()), "key": ("key.pem", public_pem(key))}, algorithm=alg)


def algorithms():
    es = {"alg": "ES256", "typ": "JWT"}
    yield accept("es256", **question(token(es)), why="r and s of fixed width.", source=JWA + "3.4")
    yield accept("rs256", **question(token({"alg": "RS256"}, key=RSA), RSA, "RS256"), why="RSA PKCS #1 with SHA-256.", source=JWA + "3.3")
    yield accept("ps256", **question(token({"alg": "PS256"}, key=RSA), RSA, "PS256"), why="RSA-PSS with SHA-256.", source=JWA + "3.5")
    yield accept("eddsa", **question(token({"alg": "EdDSA"}, key=ED), ED, "EdDSA"), why="Ed25519.", source="RFC 8037 section 3.1")
    yield refuse("none", **question(token({"alg": "none"})), why="Nobody signed.", source=BCP + "3.2")
    yield refuse("none-in-capitals", **question(token({"alg": "nOnE"}, alg="none")), why="Nobody signed, and no algorithm has this name.", source=BCP + "3.2")
    yield refuse("none-with-value", **question(token({"alg": "none"}, raw=fixed(EC.sign(b"anything")))), why="The header says that nobody signed.", source=JWA + "3.6")
    yield refuse("secret-is-the-public-key", **question(token({"alg": "HS256"})), why="The public key as the secret of an HMAC: everybody knows it.", source=BCP + "2.1")
    yield refuse("algorithm-missing", **question(token({"typ": "JWT"}, alg="ES256")), why="A header names its algorithm.", source=JWS + "4.1.1")
    yield refuse("algorithm-of-other-key", **question(token({"alg": "RS256"}, alg="ES256")), why="The algorithm does not fit the key.", source=BCP + "3.1")
    yield refuse("es256-as-der", **question(token(es, raw=ecdsa(EC.sign(f"{url(text(es))}.{url(text(CLAIMS))}".encode())))), why="r and s stand side by side, each of 32 octets.", source=JWA + "3.4")
    yield refuse("es256-zeros", **question(token(es, raw=bytes(64))), why="r and s are not zero.", source=JWA + "3.4")
    yield refuse("es256-empty", **question(token(es, raw=b"")), why="Nothing was signed.", source=JWA + "3.4")
    yield refuse("signed-by-stranger", **question(token(es, key=OTHER)), why="The key is not the pinned one.", source=JWS + "5.2")
    yield refuse("payload-edited", **question(".".join([token(es).split(".")[0], url(text({**CLAIMS, "sub": "root"})), token(es).split(".")[2]])), why="The signature covers the payload.", source=JWS + "5.2")


def headers():
    def jwk(key):
        return {"kty": "EC", "crv": "P-256", "x": url(key.point[0].to_bytes(32, "big")), "y": url(key.point[1].to_bytes(32, "big"))}
    yield refuse("key-inside", **question(token({"alg": "ES256", "jwk": jwk(OTHER)}, key=OTHER)), why="A key that the token brings is nobody's.", source=JWS + "10.3 and " + BCP + "3.8")
    yield refuse("critical-unknown", **question(token({"alg": "ES256", "crit": ["exp"], "exp": 1})), why="What is critical and not understood refuses the token.", source=JWS + "4.1.11")
    yield refuse("critical-empty", **question(token({"alg": "ES256", "crit": []})), why="The list of what is critical is not empty.", source=JWS + "4.1.11")
    yield refuse("critical-not-there", **question(token({"alg": "ES256", "crit": ["b64"]})), why="What is critical stands in the header.", source=JWS + "4.1.11")
    yield refuse("critical-standard-name", **question(token({"alg": "ES256", "crit": ["alg"]})), why="Names that the standard defines are not listed as critical.", source=JWS + "4.1.11")
    yield refuse("b64-not-critical", **question(token({"alg": "ES256", "b64": False})), why="b64 is to be listed as critical.", source="RFC 7797 section 6")
    twice = b'{"alg":"none","alg":"ES256"}'
    yield refuse("algorithm-twice", **question(token(twice, alg="ES256")), why="Header names are unique: readers take the first or the last.", source=JWS + "4", ground=CARE)
    yield refuse("header-no-json", **question(token(b"ES256", alg="ES256")), why="A header is a JSON object.", source=JWS + "5.2 step 3")


def spellings():
    good = token({"alg": "ES256"})
    head, body, tail = good.split(".")
    yield refuse("padded", **question(f"{head}.{body}.{tail}=="), why="base64url is without padding.", source=JWS + "2")
    yield refuse("line-break-inside", **question(f"{head}.{body}.{tail[:20]}\n{tail[20:]}"), why="There are no line breaks or other characters in the values.", source=JWS + "2")
    yield refuse("other-alphabet", **question(f"{head}.{body}.{tail.replace('-', '+').replace('_', '/')}" if any(c in tail for c in "-_") else f"{head}.{body}.+{tail[1:]}"), why="The alphabet is the one for URLs.", source=JWS + "2")
    yield refuse("stray-bits", **question(f"{head}.{body}.{tail[:-1]}{next_letter(tail[-1])}"), why="Unused bits that are not zero make a second spelling of one token.", source="RFC 4648 section 3.5", ground=CARE)
    yield refuse("four-parts", **question(good + "." + tail), why="The compact form has three parts.", source=JWS + "5.2 step 1")
    yield refuse("two-parts", **question(f"{head}.{body}"), why="The compact form has three parts.", source=JWS + "5.2 step 1")
    yield refuse("text-after", **question(good + "\n" + token({"alg": "none"})), why="Two tokens are two questions, and the second is by nobody.", source=JWS + "7.1", ground=CARE)


def next_letter(letter):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return alphabet[alphabet.index(letter) | 1]


def forms():
    head, body, tail = token({"alg": "ES256"}).split(".")
    flat = {"payload": body, "protected": head, "signature": tail}
    yield accept("json-flattened", **question(flat), why="The flattened form.", source=JWS + "7.2.2")
    yield accept("json-general", **question({"payload": body, "signatures": [{"protected": head, "signature": tail}]}), why="The general form.", source=JWS + "7.2.1")
    yield accept("json-member-unknown", **question({**flat, "comment": "built on Monday"}), why="Members that are not known are ignored.", source=JWS + "7.2.1")
    yield refuse("json-header-in-both", **question({**flat, "header": {"alg": "none"}}), why="Names of the two headers are disjoint.", source=JWS + "7.2.1")
    yield refuse("json-algorithm-unprotected", **question({"payload": body, "header": {"alg": "ES256"}, "signature": url(fixed(EC.sign(f".{body}".encode())))}), ground=CARE, why="An algorithm that nothing covers is for whoever carries the token to choose.", source=JWS + "10.7")
    yield refuse("json-both-forms", **question({**flat, "signatures": [{"protected": head, "signature": tail}]}), why="The members of the flattened form are not there when `signatures` is.", source=JWS + "7.2.2")
    yield refuse("json-payload-twice", **question(json.dumps(flat)[:-1] + f', "payload": "{url(b"{}")}"}}'), ground=CARE, why="Of two members of one name readers take the first or the last.", source=JWS + "5.2 step 1")
    yield refuse("json-critical-unprotected", **question({**flat, "header": {"crit": ["exp"], "exp": 1}}), why="What is critical is protected.", source=JWS + "4.1.11")


def claims():
    yield accept("claims-hold", **question(token({"alg": "ES256", "typ": "JWT"}), operation="jwt"), why="The token holds from 2020 to 2100.", source=JWT + "4.1.4 and 4.1.5")
    at = lambda **more: question(token({"alg": "ES256", "typ": "JWT"}, {**CLAIMS, **more}), operation="jwt")
    yield refuse("expired", **at(exp=1600000000), why="The token ended in 2020.", source=JWT + "4.1.4")
    yield refuse("not-yet-valid", **at(nbf=4000000000), why="The token begins in 2096.", source=JWT + "4.1.5")
    yield refuse("expiry-as-text", **at(exp="4102444800"), why="A time is a number.", source=JWT + "4.1.4 and 2 (NumericDate)")
    yield refuse("expiry-is-null", **at(exp=None), why="A time is a number.", source=JWT + "4.1.4 and 2 (NumericDate)")
    twice = text(CLAIMS).replace(b'"exp":4102444800', b'"exp":1600000000,"exp":4102444800')
    yield refuse("expiry-twice", **question(token({"alg": "ES256", "typ": "JWT"}, twice), operation="jwt"), ground=CARE, why="Names of claims are unique: readers take the first or the last.", source=JWT + "4")


def cases():
    yield from algorithms()
    yield from headers()
    yield from spellings()
    yield from forms()
    yield from claims()

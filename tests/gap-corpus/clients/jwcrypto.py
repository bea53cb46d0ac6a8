#!/usr/bin/env python3
"""jwcrypto, as Debian packs it: jwt.JWT for the compact form, which looks at the times, and jws.JWS for JSON."""
from contract import NOT_SUPPORTED, by_status, main, run

PYTHON = "/usr/bin/python3"
VERIFY = """
import sys
from jwcrypto import jwk, jws, jwt
token, key, algorithm = sys.argv[1:]
text, known = open(token).read(), jwk.JWK.from_pem(open(key, "rb").read())
if text.startswith("{"):
    one = jws.JWS()
    one.allowed_algs = [algorithm]
    one.deserialize(text, known)
else:
    jwt.JWT(jwt=text, key=known, algs=[algorithm], check_claims={"exp": None, "nbf": None})
"""


def jws(token, key, algorithm):
    if run(PYTHON, "-c", "import jwcrypto").status:
        return NOT_SUPPORTED
    return by_status(run(PYTHON, "-c", VERIFY, token, key, algorithm))


main({"jws": jws, "jwt": jws}, lambda: "jwcrypto " + run("dpkg-query", "-W", "-f", "${Version}", "python3-jwcrypto").out.strip())

#!/usr/bin/env python3
"""jose, the program of latchset. It knows signatures and no times."""
from pathlib import Path
from contract import NOT_SUPPORTED, by_status, main, program, run

JWK = """
import base64, json, sys
from cryptography.hazmat.primitives import serialization
key = serialization.load_pem_public_key(open(sys.argv[1], "rb").read())
numbers, url = key.public_numbers(), lambda n, size: base64.urlsafe_b64encode(n.to_bytes(size, "big")).decode().rstrip("=")
value = {"kty": "EC", "crv": "P-256", "x": url(numbers.x, 32), "y": url(numbers.y, 32)} if hasattr(numbers, "x") else {"kty": "RSA", "n": url(numbers.n, 256), "e": url(numbers.e, 3)}
print(json.dumps({**value, "alg": sys.argv[2]}))
"""


def jws(token, key, algorithm):
    program("jose")
    if algorithm == "EdDSA" or run("/usr/bin/python3", "-c", "import cryptography").status:
        return NOT_SUPPORTED
    Path("key.jwk").write_text(run("/usr/bin/python3", "-c", JWK, key, algorithm).out)
    return by_status(run(program("jose"), "jws", "ver", "-i", token, "-k", "key.jwk"))


main({"jws": jws}, lambda: "jose " + run("dpkg-query", "-W", "-f", "${Version}", "jose").out.strip())

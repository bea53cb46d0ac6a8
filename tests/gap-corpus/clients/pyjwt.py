#!/usr/bin/env python3
"""PyJWT, as Debian packs it: the compact form."""
from pathlib import Path
from contract import NOT_SUPPORTED, by_status, main, run

PYTHON = "/usr/bin/python3"
VERIFY = """
import sys, jwt
token, key, algorithm = sys.argv[1:]
jwt.decode(open(token).read(), open(key).read(), algorithms=[algorithm])
"""


def jws(token, key, algorithm):
    if run(PYTHON, "-c", "import jwt").status or Path(token).read_text().startswith("{"):
        return NOT_SUPPORTED
    return by_status(run(PYTHON, "-c", VERIFY, token, key, algorithm))


main({"jws": jws, "jwt": jws}, lambda: "PyJWT " + run(PYTHON, "-c", "import jwt; print(jwt.__version__)").out.strip())

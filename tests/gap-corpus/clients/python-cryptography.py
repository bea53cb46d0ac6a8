#!/usr/bin/env python3
"""cryptography, the library of Python, as Debian packs it."""
import subprocess
import sys
from contract import NOT_SUPPORTED, by_status, main, program, run

PYTHON = "/usr/bin/python3"
VERIFY = """
import sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
file, signature, key, algorithm = sys.argv[1:]
read = lambda path: open(path, "rb").read()
known, sha = serialization.load_pem_public_key(read(key)), hashes.SHA256()
more = {"ecdsa-p256-sha256": lambda: (ec.ECDSA(sha),), "rsa-pkcs1-sha256": lambda: (padding.PKCS1v15(), sha), "rsa-pss-sha256": lambda: (padding.PSS(padding.MGF1(sha), 32), sha), "ed25519": tuple}[algorithm]()
known.verify(read(signature), read(file), *more)
"""


def version():
    return "python3-cryptography " + run(PYTHON, "-c", "import cryptography; print(cryptography.__version__)").out.strip()


def bare(file, signature, key, algorithm):
    if run(PYTHON, "-c", "import cryptography").status:
        return NOT_SUPPORTED
    return by_status(run(PYTHON, "-c", VERIFY, file, signature, key, algorithm))


main({"bare": bare}, version)

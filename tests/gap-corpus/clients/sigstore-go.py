#!/usr/bin/env python3
"""sigstore-go, by the program for verifying that its package has."""
import os
from pathlib import Path
from contract import by_status, main, program, run


def sigstore(file, bundle, root, identity, issuer):
    return by_status(run(program("sigstore-go-verification"), "-artifact", file, "-trustedrootJSONpath", root, "-expectedIssuer", issuer, "-expectedSAN", identity, bundle, HOME="."))


def version():
    program("sigstore-go-verification")
    note = Path(os.environ.get("PEERS", "/nonexistent"), "unpacked", "sigstore-go")
    return "sigstore-go " + (note.read_text().strip() if note.exists() else "of an unknown version")


main({"sigstore": sigstore}, version)

#!/usr/bin/env python3
"""signify, as OpenBSD has it and Debian packs it."""
import subprocess
from contract import by_status, main, program, run


def verify(file, signature, key):
    return by_status(run(program("signify-openbsd"), "-V", "-q", "-p", key, "-x", signature, "-m", file))


def version():
    program("signify-openbsd")
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "signify-openbsd"], capture_output=True, text=True).stdout
    return "signify " + (found or "of an unknown version")


main({"signify": verify}, version)

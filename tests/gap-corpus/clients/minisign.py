#!/usr/bin/env python3
"""minisign."""
from contract import by_status, first_line, main, program, run


def verify(file, signature, key, legacy):
    return by_status(run(program("minisign"), "-V", *["-H"] if legacy == "deny" else [], "-p", key, "-x", signature, "-m", file))


main({"minisign": verify}, lambda: first_line(program("minisign"), "-v"))

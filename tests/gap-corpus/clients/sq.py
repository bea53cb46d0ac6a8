#!/usr/bin/env python3
"""sq, Sequoia's command line."""
from contract import by_status, first_line, main, program, run


def detached(file, signature, certificate):
    return by_status(run(program("sq"), "verify", "--signer-cert", certificate, "--detached", signature, file))


main({"openpgp": detached, "cleartext": lambda file, certificate: by_status(run(program("sq"), "verify", "--signer-cert", certificate, file))}, lambda: first_line(program("sq"), "--version"))

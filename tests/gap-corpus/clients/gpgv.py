#!/usr/bin/env python3
"""gpgv, which knows no trust but its keyring."""
from contract import by_status, first_line, main, program, run


def with_keys(certificate, *words):
    run(program("gpg"), "--batch", "--dearmor", "--output", "keyring.gpg", certificate)
    return by_status(run(program("gpgv"), "--homedir", ".", "--keyring", "./keyring.gpg", *words))


main({"openpgp": lambda file, signature, certificate: with_keys(certificate, signature, file), "cleartext": lambda file, certificate: with_keys(certificate, file)}, lambda: first_line(program("gpgv"), "--version"))

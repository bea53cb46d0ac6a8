#!/usr/bin/env python3
"""GnuPG: gpg --verify with a home of its own that holds the pinned certificate."""
from contract import by_status, first_line, main, program, run
from pathlib import Path

OPTIONS = "--batch", "--no-tty", "--no-autostart", "--homedir", "home", "--trust-model", "always"


def with_keys(certificate, *words):
    Path("home").mkdir(mode=0o700)
    imported = run(program("gpg"), *OPTIONS, "--import", certificate)
    said = run(program("gpg"), *OPTIONS, "--verify", *words)
    return by_status(said._replace(out=imported.out + said.out) if said.status else said, unknown=("Unknown version",))


main({"openpgp": lambda file, signature, certificate: with_keys(certificate, signature, file), "cleartext": lambda file, certificate: with_keys(certificate, file)}, lambda: first_line(program("gpg"), "--version"))

#!/usr/bin/env python3
"""sqv, the verifier of Sequoia that apt calls."""
from contract import by_status, first_line, main, program, run

main({"openpgp": lambda file, signature, certificate: by_status(run(program("sqv"), "--keyring", certificate, signature, file))}, lambda: first_line(program("sqv"), "--version"))

#!/usr/bin/env python3
"""sha256sum -c --strict of GNU coreutils."""
import os
from contract import by_status, first_line, main, program, run


def checksums(list, key):
    os.chdir(os.path.dirname(list))
    return by_status(run(program("sha256sum"), "-c", "--strict", os.path.basename(list)))


main({"checksums": checksums}, lambda: first_line(program("sha256sum"), "--version") + " --strict")

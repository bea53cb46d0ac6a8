#!/usr/bin/env python3
"""7-Zip: extracts into an empty folder."""
import os
from contract import by_status, first_line, main, program, run


def archive(archive, key):
    os.mkdir("deep")
    os.chdir("deep")
    return by_status(run(program("7zz"), "x", "-y", archive))


main({"archive": archive}, lambda: first_line(program("7zz")))

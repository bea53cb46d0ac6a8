#!/usr/bin/env python3
"""GNU tar: extracts into an empty folder."""
import os
from contract import NOT_SUPPORTED, by_status, first_line, main, program, run


def archive(archive, key):
    if not archive.endswith(".tar"):
        return NOT_SUPPORTED
    os.mkdir("deep")
    os.chdir("deep")
    return by_status(run(program("tar"), "-xf", archive))


main({"archive": archive}, lambda: first_line(program("tar"), "--version"))

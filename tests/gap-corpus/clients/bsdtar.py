#!/usr/bin/env python3
"""bsdtar, of libarchive: both kinds: extracts into an empty folder."""
import os
from contract import by_status, first_line, main, program, run


def archive(archive, key):
    os.mkdir("deep")
    os.chdir("deep")
    return by_status(run(program("bsdtar"), "-xf", archive))


main({"archive": archive}, lambda: first_line(program("bsdtar"), "--version"))

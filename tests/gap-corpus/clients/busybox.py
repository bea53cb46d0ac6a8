#!/usr/bin/env python3
"""busybox: sha256sum, tar and unzip."""
import os
from contract import by_status, first_line, main, program, run


def checksums(list, key):
    os.chdir(os.path.dirname(list))
    return by_status(run(program("busybox"), "sha256sum", "-c", os.path.basename(list)))


def archive(archive, key):
    os.mkdir("deep")
    os.chdir("deep")
    return by_status(run(program("busybox"), *["unzip", "-o"] if archive.endswith(".zip") else ["tar", "-xf"], archive))


main({"checksums": checksums, "archive": archive}, lambda: first_line(program("busybox")))

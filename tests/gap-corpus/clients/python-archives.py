#!/usr/bin/env python3
"""tarfile (with the filter for data where it is there) and zipfile of Python."""
import os
import platform
import sys
from contract import by_status, main, run

EXTRACT = """
import sys, tarfile, zipfile
name = sys.argv[1]
if name.endswith(".zip"):
    with zipfile.ZipFile(name) as archive: archive.extractall()
else:
    with tarfile.open(name) as archive: archive.extractall(**({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
"""


def archive(archive, key):
    os.mkdir("deep")
    os.chdir("deep")
    return by_status(run(sys.executable, "-c", EXTRACT, archive))


main({"archive": archive}, lambda: "Python " + platform.python_version())

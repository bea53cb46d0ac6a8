#!/usr/bin/env python3
"""Makes cases/ anew: the same bytes at every run, with the standard library alone.

    generate.py [FOLDER]     writes the cases to FOLDER (default: cases beside this file), which must be empty or hold cases
"""
import shutil
import sys
from importlib import import_module
from pathlib import Path
from maker.case import written

FAMILIES = ("minisign", "signify", "sshsig", "openpgp", "cleartext", "bare", "cms", "dsse", "jws", "sigstore", "checksums", "archives", "tuf")


def main(target):
    """Writes every case of every family."""
    if target.exists():
        shutil.rmtree(target)
    for family in FAMILIES:
        names = set()
        for case in import_module("families." + family).cases():
            assert case.name not in names, f"{family}/{case.name} stands twice"
            names.add(case.name)
            for file, content in written(case).items():
                path = target / family / case.name / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "cases")

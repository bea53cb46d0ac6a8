#!/usr/bin/env python3
"""Makes every vector of this folder anew. Needs: python3 (3.11), openssl 3, minisign 0.11, zstd, Info-ZIP's zip. `generate.py statements` makes the scenarios of statements.py alone."""
import shutil
import sys
import making
import checksums
import layouts
import gaps
import readers
import statements
import zips

if sys.argv[1:] != ["statements"]:
    making.clean()
    making.make_keys()
    checksums.make()
    layouts.make()
    zips.make()
    readers.make()
    gaps.make()
statements.make()
shutil.rmtree(making.KEYS)
shutil.rmtree(making.HERE / "__pycache__", ignore_errors=True)

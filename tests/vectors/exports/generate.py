#!/usr/bin/env python3
"""Makes every vector of this folder anew. Needs: python3 (3.11), openssl 3, minisign 0.11, zstd, Info-ZIP's zip. `generate.py statements` makes the scenarios of statements.py alone, `generate.py who_counts` those of who_counts.py, `generate.py models` those of models.py, `generate.py holders` those of holders.py, `generate.py stored` those of stored.py, `generate.py packages` those of packages.py, `generate.py wide` those of wide.py, `generate.py spelled` those of spelled.py, `generate.py contradicting` those of contradicting.py, `generate.py called` those of called.py, `generate.py scoped` those of scoped.py."""
import shutil
import sys
import making
import called
import checksums
import contradicting
import layouts
import gaps
import holders
import lists
import models
import packages
import readers
import scoped
import writers
import statements
import spelled
import stored
import who_counts
import wide
import zips

PARTS = {"statements": [statements], "who_counts": [who_counts], "models": [models], "holders": [holders], "stored": [stored], "packages": [packages], "wide": [wide], "spelled": [spelled], "contradicting": [contradicting], "called": [called], "scoped": [scoped]}.get(" ".join(sys.argv[1:]))
if PARTS is None:
    making.clean()
    making.make_keys()
    checksums.make()
    layouts.make()
    zips.make()
    readers.make()
    writers.make()
    gaps.make()
    lists.make()
for part in PARTS or [statements, who_counts, models, holders, stored, packages, wide, spelled, contradicting, called, scoped]:
    part.make()
shutil.rmtree(making.KEYS)
shutil.rmtree(making.HERE / "__pycache__", ignore_errors=True)

#!/usr/bin/env python3
"""Makes every vector of this folder anew. Needs: python3 (3.11), openssl 3, minisign 0.11, zstd."""
import shutil
import making
import checksums
import layouts

making.clean()
making.make_keys()
checksums.make()
layouts.make()
shutil.rmtree(making.KEYS)
shutil.rmtree(making.HERE / "__pycache__", ignore_errors=True)

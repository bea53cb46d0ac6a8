#!/usr/bin/env python3
"""Makes every vector of this folder anew. Needs python3 and openssl 3; the private keys are thrown away. Some cases read files of other formats' vectors."""
import making
import checks
import demands
import scopes
import versions
import yamls

making.clean()
for name in ("one", "two", "three", "one-2027"):
    making.key(name)
(making.KEYS / "app.txt").write_text("release 1\n")
(making.KEYS / "app.txt.sig").write_bytes(making.sign("one", b"release 1\n"))
making.envelope("app.dsse.json", "app.txt", ["one", "two"])
demands.make()
versions.make()
checks.make()
scopes.make()
yamls.make()
making.finish()

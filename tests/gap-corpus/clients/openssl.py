#!/usr/bin/env python3
"""openssl: dgst, pkeyutl (for Ed25519) and cms."""
from contract import NOT_SUPPORTED, by_status, first_line, main, program, run


def bare(file, signature, key, algorithm):
    if algorithm == "ed25519":
        return by_status(run(program("openssl"), "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key, "-sigfile", signature, "-in", file))
    pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"] if "pss" in algorithm else []
    return by_status(run(program("openssl"), "dgst", "-sha256", *pss, "-verify", key, "-signature", signature, file))


def cms(file, signature, authority):
    return by_status(run(program("openssl"), "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", file, "-CAfile", authority, "-no-CApath", "-no-CAstore", "-out", "content"))


main({"bare": bare, "cms": cms}, lambda: first_line(program("openssl"), "version"))

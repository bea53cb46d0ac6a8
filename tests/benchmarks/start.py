"""What one small verification costs from exec to exit: minisign, RSA-4096, a Sigstore bundle. Needs minisign, openssl, valgrind; for the bundle ../shared/corpora, and cosign in PATH."""
import os
import shutil
from pathlib import Path
from measure import Bench, ROOT, PSS, instructions, in_turn, keys, minisign, sign_pss
import statistics

corpus = ROOT.parent / "shared/corpora/sigstore-conformance"
with Bench("start") as bench:
    keys()
    Path("small").write_text("a small release\n")
    minisign("small")
    sign_pss("small")
    bench.compare("a minisign file", [bench.kit, "verify", "small", "--signature", "small.minisig", "--key", "m.pub"], ["minisign", "-V", "-q", "-m", "small", "-x", "small.minisig", "-p", "m.pub"],
                  200, dict(processor="<= 2.0", instructions="<= 3.0", memory=""), "minisign -V")
    bench.compare("an RSA-4096 PSS signature", [bench.kit, "verify", "small", "--signature", "small.sig", "--key", "rsa.pub", "--algorithm", "RSASSA_PSS_SHA_256"],
                  ["openssl", "dgst", "-sha256", "-verify", "rsa.pub", *PSS, "-signature", "small.sig", "small"], 100, dict(processor="<= 0.9", instructions="<= 0.9", memory=""), "openssl dgst -verify")
    if corpus.exists():
        artefact, bundle = (str(corpus / "bundle-verify" / name) for name in ("a.txt", "happy-path-v0.3/bundle.sigstore.json"))
        issuer = ["--certificate-oidc-issuer", "https://token.actions.githubusercontent.com"]
        ours = [bench.kit, "verify-bundle", "--bundle", bundle, "--certificate-identity-prefix", "https://", *issuer, artefact]
        if shutil.which("cosign"):
            root = str(ROOT / "trust-roots/sigstore-public-good.trusted_root.json")
            theirs = ["cosign", "verify-blob", "--bundle", bundle, "--new-bundle-format", "--trusted-root", root, "--certificate-identity-regexp", "https://.*", *issuer, artefact]
            bench.compare("a Sigstore bundle", ours, theirs, 40, dict(processor=">= 7", memory=""), "cosign verify-blob")
        else:
            bench.row("a Sigstore bundle: processor time", statistics.median(one["processor"] for one in in_turn([ours], 40)[0]))
        bench.row("a Sigstore bundle: instructions", instructions(ours), unit="")
    else:
        print("a Sigstore bundle: not measured, ../shared/corpora is missing")

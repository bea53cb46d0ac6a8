"""What a statement about the list must say, and scripts that nobody signed. With a key of its own: `generate.py statements` makes these alone anew."""
import shutil
import layouts
from layouts import locker_bundle
from making import *

KEY = "e --key ../_keys/dora.pem"
RESULT = "https://in-toto.io/attestation/test-result/v0.1"
KIND = {"kind": RESULT, "who": "dora"}


def make():
    make_key("dora")
    good, script = layouts.export_kit_files(who="dora"), layouts.export_kit_files(who="dora", script=b"#!/bin/sh\n")
    case("export-kit-good", "trusted", "an export kit", good, contains=["the statement's predicate type is https://slsa.dev/provenance/v1"])
    case("export-kit-script", "export.entry-extra", "the script that comes along is signed by nobody", script)
    case("export-kit-script-allowed", "trusted", "the same, accepted knowingly", script, KEY + " --allow-unlisted", ["1 files that nobody signed"])
    case("export-kit-unversioned", "export.unversioned", "the layout names no version, so no import can be kept in order", good, KEY + " --state state --dry-run")
    case("export-kit-release", "trusted", "a release says so too", layouts.export_kit_files(who="dora", kind="https://in-toto.io/attestation/release/v0.1"))
    case("export-kit-test-result", "export.wrong-predicate", "a genuine test result about the manifest: it may have failed", layouts.export_kit_files(**KIND))
    case("export-kit-no-type", "export.wrong-predicate", "a type that nobody here knows", layouts.export_kit_files(who="dora", kind="https://example.org/kit/v1"))
    case("export-center-test-result", "export.wrong-predicate", "a genuine test result about the manifest", layouts.center_export(**KIND))
    case("evidence-locker-test-result", "export.wrong-predicate", "a genuine test result about the list", locker_bundle(**KIND))
    case("evidence-export-test-result", "export.wrong-predicate", "a genuine test result about the list", locker_bundle("checksums.sha256", "attestations/list.dsse.json", **KIND))
    case("stella-bundle-test-result", "export.wrong-predicate", "a genuine test result about the manifest", layouts.stella(**KIND))
    case("export-kit-namespace", "verdict.demand-unanswered", "an export without SSH signature cannot answer the demand for a namespace", good, KEY + " --namespace git")
    case("export-kit-secret", "verdict.demand-unanswered", "no layout but one has an HMAC", good, KEY + " --hmac-key-file secret.hex", beside={"secret.hex": layouts.SECRET.encode()})
    case("export-kit-log-key", "verdict.demand-unanswered", "no layout but one has a receipt", good, KEY + " --log-key ../_keys/bob.pem")
    case("export-kit-authority", "verdict.demand-unanswered", "no layout but one carries certificates", good, KEY + " --ca ../../kits/_keys/authority.crt")


def case(name, expect, about, files, args=KEY, contains=(), beside=()):
    shutil.rmtree(HERE / name, ignore_errors=True)
    scenario(name, expect, about, files, args, contains, beside)

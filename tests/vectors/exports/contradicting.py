"""Statements that name the list by several digests: all must be its own. With a key of its own: `generate.py contradicting` makes these alone anew."""
import hashlib
import shutil
import layouts
from making import *

KEY = "e --key ../_keys/frida.pem"
EXPORTS = {
    "offlinekit-kit": lambda subject: layouts.kit(who=("frida",), subject=subject),
    "export-center": lambda subject: layouts.center_export(who="frida", subject=subject),
    "export-kit": lambda subject: layouts.export_kit_files(who="frida", subject=subject),
    "evidence-locker": lambda subject: layouts.locker_bundle(who="frida", subject=subject),
    "evidence-export": lambda subject: layouts.locker_bundle("checksums.sha256", "attestations/list.dsse.json", who="frida", subject=subject),
    "stella-bundle": lambda subject: layouts.stella(who="frida", subject=subject),
}


def named(sha256, sha512):
    return lambda content: {**({"sha256": sha256(content)} if sha256 else {}), "sha512": sha512(content)}


def make():
    make_key("frida")
    right, wrong = (lambda content: hashlib.sha512(content).hexdigest()), (lambda content: "0" * 128)
    for layout, export in EXPORTS.items():
        case(layout + "-two-digests", "trusted", "the list by SHA-256 and SHA-512", export(named(sha, right)))
        case(layout + "-sha512-alone", "trusted", "the list by SHA-512 alone, as npm's statements name a package", export(named(None, right)))
        case(layout + "-contradicting", "statement.subject-conflict", "the list's SHA-256 beside the SHA-512 of something else", export(named(sha, wrong)))
        case(layout + "-contradicting-other-way", "statement.subject-conflict", "the list's SHA-512 beside the SHA-256 of something else", export(named(lambda content: "0" * 64, right)))


def case(name, expect, about, files, args=KEY):
    shutil.rmtree(HERE / name, ignore_errors=True)
    scenario(name, expect, about, files, args)

#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.md: every package that the shipped programs are built from, with version and licence.

    python3 build/third-party-notices.py [--check]

Packages are those of the lock files of the shipped projects; licences are read from the packages' own manifests in the package folder
(NUGET_PACKAGES, else .nuget/packages in the home folder), after a restore. --check compares instead of writing: exit status 1 when they differ.
"""
import glob, json, os, re, sys, xml.etree.ElementTree as xml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
FOLDER = os.environ.get("NUGET_PACKAGES") or os.path.join(os.path.expanduser("~"), ".nuget", "packages")
# Libraries in C that are linked into the native programs; their versions stand in build/sysroot.
NATIVE = [("glibc", "LGPL-2.1-or-later"), ("OpenSSL", "Apache-2.0"), ("libsodium", "ISC"), ("zstd", "BSD-3-Clause"), ("zlib", "Zlib"), ("GCC", "GPL-3.0-or-later WITH GCC-exception-3.1"), (".NET runtime", "MIT")]
ONLY_AT_BUILD = re.compile(r"^(Meziantou\.Analyzer|Microsoft\.CodeAnalysis\..*|Microsoft\.NETFramework\.ReferenceAssemblies.*|Microsoft\.DotNet\.ILCompiler|Microsoft\.NET\.ILLink\.Tasks|runtime\..*|NETStandard\.Library|PowerShellStandard\.Library|Microsoft\.NETCore\.Platforms)$", re.I)


def packages():
    found = set()
    for lock in glob.glob(os.path.join(ROOT, "src", "*", "packages*.lock.json")):
        with open(lock, encoding="utf-8") as text:
            for target in json.load(text)["dependencies"].values():
                found |= {(name, entry["resolved"]) for name, entry in target.items() if "resolved" in entry and not ONLY_AT_BUILD.match(name)}
    return sorted(found, key=lambda pair: (pair[0].lower(), pair[1]))


def licence(name, version):
    folder = os.path.join(FOLDER, name.lower(), version.lower())
    manifest = xml.parse(os.path.join(folder, name.lower() + ".nuspec")).getroot()
    space = re.match(r"\{.*\}", manifest.tag).group(0)
    meta = manifest.find(space + "metadata")
    said, address = meta.find(space + "license"), meta.find(space + "licenseUrl")
    if said is not None and said.get("type") == "expression":
        terms = said.text
    elif said is not None:
        terms = f"its file {said.text}"
    else:
        terms = address.text if address is not None else "not stated"
    by = meta.find(space + "authors")
    return terms, by.text if by is not None else ""


def page():
    lines = ["# Third-party notices", "", "The programs are built from these packages and libraries. Written by `build/third-party-notices.py`.", "",
             "| package | version | licence | by |", "|---|---|---|---|"]
    lines += [f"| {name} | {version} | {terms} | {by} |" for name, version in packages() for terms, by in [licence(name, version)]]
    lines += ["", "Linked into the native programs from the sysroot:", "", "| library | licence |", "|---|---|"] + [f"| {name} | {terms} |" for name, terms in NATIVE]
    return "\n".join(lines) + "\n"


def main():
    path, text = os.path.join(ROOT, "THIRD-PARTY-NOTICES.md"), page()
    if "--check" in sys.argv[1:]:
        with open(path, encoding="utf-8") as known:
            if known.read() == text:
                return 0
        print("THIRD-PARTY-NOTICES.md is not what the lock files say: run build/third-party-notices.py", file=sys.stderr)
        return 1
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return 0


sys.exit(main())

#!/usr/bin/env python3
"""Bytes that each dependency adds to the published programs: the figures of docs/dependencies.md.

    python3 build/measure-dependencies.py [RID]      after ./build.sh publish; linux-x64 where none is named

Packages: the objects of the compiler's map whose names start with one of the package's assemblies. Libraries in C: the symbols of the program that an archive
of the sysroot defines. What is in several archives is counted for the first of them.
"""
import collections, glob, json, os, re, subprocess, sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PROGRAMS = ("OfflineKit.Cli", "OfflineKit.Signing.Cli", "OfflineKit.Signer")
SHIPPED = {"OfflineKit.Cli": "offlinekit", "OfflineKit.Signing.Cli": "offlinekit-sign", "OfflineKit.Signer": "offlinekit-signer"}
ARCHIVES = {"libsodium": ["libsodium.a"], "OpenSSL": ["libcrypto.a", "libssl.a"], "libzstd": ["libzstd.a"], "zlib": ["libz.a"],
            "glibc": ["libc.a", "libm-*.a", "libpthread.a", "libdl.a", "librt.a", "libgcc.a", "libgcc_eh.a", "libc_nonshared.a"]}
TRIPLES = {"linux-x64": ("amd64", "x86_64-linux-gnu"), "linux-arm64": ("arm64", "aarch64-linux-gnu")}
NODE = re.compile(r'^  <\w+ (?:\w+="[^"]*" )*?Name="([^"]*)" (?:\w+="[^"]*" )*?Length="(\d+)"')


def assemblies(rid, program):
    """Package by the mangled name of its assemblies."""
    with open(f"{ROOT}/artifacts/obj/{rid}/{program}/project.assets.json", encoding="utf-8") as text:
        targets = json.load(text)["targets"]
    found = {}
    for target, packages in targets.items():
        for package, content in packages.items():
            if content.get("type") == "package":
                for path in content.get("runtime", {}):
                    if path.endswith(".dll"):
                        found[os.path.basename(path)[:-4].replace(".", "_").replace("-", "_")] = package.split("/")[0]
    return found


def managed(rid, program):
    path, = glob.glob(f"{ROOT}/artifacts/obj/{rid}/{program}/**/{program}.map.xml", recursive=True)
    by_assembly = assemblies(rid, program)
    # Before the name of what an object belongs to, the compiler writes what the object is.
    starts = re.compile("(?:__[A-Za-z]+?_?|_ZTV[0-9]*|_*)(" + "|".join(sorted(by_assembly, key=len, reverse=True)) + ")_")
    sizes = collections.Counter({package: 0 for package in by_assembly.values()})
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            node = NODE.match(line)
            owner = node and starts.match(node[1])
            if owner:
                sizes[by_assembly[owner[1]]] += int(node[2])
    return sizes


def symbols(path):
    """Name and size of what a file defines."""
    said = subprocess.run(["llvm-nm", "--defined-only", "--print-size", "--quiet", path], capture_output=True, text=True, check=True).stdout
    return {fields[3]: int(fields[1], 16) for fields in map(str.split, said.splitlines()) if len(fields) == 4}


def native(rid, program):
    architecture, triple = TRIPLES[rid]
    linked = symbols(f"{ROOT}/artifacts/symbols/{rid}/{program}.dbg")
    sizes = collections.Counter()
    for library, archives in ARCHIVES.items():
        for archive in archives:
            for path in glob.glob(f"{ROOT}/artifacts/sysroot/{architecture}/usr/lib/**/{archive}", recursive=True):
                for name in symbols(path):
                    sizes[library] += linked.pop(name, 0)
    return sizes


def main():
    rid = sys.argv[1] if len(sys.argv) > 1 else "linux-x64"
    for program in PROGRAMS:
        print(f"{SHIPPED[program]}  {os.path.getsize(f'{ROOT}/artifacts/{rid}/{SHIPPED[program]}'):,}")
        for name, size in sorted({**managed(rid, program), **native(rid, program)}.items()):
            print(f"  {name:60} {size:>12,}")


main()

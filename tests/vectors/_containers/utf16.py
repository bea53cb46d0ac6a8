#!/usr/bin/env python3
"""Makes the vectors written-* anew: signature files as `>` of Windows PowerShell 5.1 writes them (UTF-16 with a mark, CR LF), and as editors do (UTF-8 with a mark), of vectors that are there. Needs: Python 3.9."""
import codecs, pathlib, shutil

TOP = pathlib.Path(__file__).resolve().parent.parent
narrow = lambda text: text.replace(b"\r\n", b"\n").decode()
LE = lambda text: codecs.BOM_UTF16_LE + narrow(text).replace("\n", "\r\n").encode("utf-16-le")
BE = lambda text: codecs.BOM_UTF16_BE + narrow(text).replace("\n", "\r\n").encode("utf-16-be")
MARKED = lambda text: codecs.BOM_UTF8 + text


def make(source, name, about, write, expect="trusted", changed=None):
    origin, folder = TOP / source, TOP / source.split("/")[0] / ("written-" + name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(origin, folder)
    case = dict(line.split(": ", 1) for line in (origin / "case.txt").read_text().splitlines() if ": " in line and line[0] != "#")
    words = case["args"].split()
    signature = folder / (words[words.index("--signature") + 1] if "--signature" in words else words[1])
    signature.write_bytes(write(signature.read_bytes()))
    if changed:
        (folder / changed).write_bytes((folder / changed).read_bytes() + b"more\n")
    (folder / "case.txt").write_text(f"# {about}\nargs: {case['args']}\nexpect: {expect}\n")


make("kms-detached/aws-json", "utf-16", "what `aws kms sign` printed, into a file of Windows PowerShell", LE)
make("kms-detached/azure-cli-json", "utf-16", "what `az` printed, into a file of Windows PowerShell", LE)
make("kms-detached/vault-text", "vault-utf-16-be", "Vault's text in UTF-16 with its higher bytes first", BE)
make("kms-detached/base64-two-lines", "base64-utf-16", "a bare value in base64", LE)
make("kms-detached/aws-json", "utf-16-changed", "the same, and a file that was changed", LE, "signature.mismatch", changed="a.txt")
make("ml-dsa/aws-json", "utf-16", "an ML-DSA signature as `aws` printed it", LE)
make("minisign/two-keys", "utf-16", "a minisign signature", LE)
make("sshsig/wildcard", "utf-8-mark", "an SSH signature with a byte order mark", MARKED)
make("openpgp/detached-ed", "utf-16", "an OpenPGP signature in armour", LE)
make("cms/pem", "utf-16", "a CMS signature in PEM", LE)
make("jws/detached-es256", "utf-16", "a JWS", LE)
make("sigstore/cli-verify", "utf-16", "a Sigstore bundle", LE)
make("github/one", "utf-16", "GitHub's answer, by `gh api … > answer.json`", LE)
make("npm/publication", "utf-8-mark", "the attestations of npm with a byte order mark", MARKED)
make("openpgp/clearsigned", "utf-16-clearsigned", "a clear-signed text is its own artefact: its bytes are not what was signed", LE, "error")

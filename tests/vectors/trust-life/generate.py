#!/usr/bin/env python3
"""Makes every vector of this folder anew: the life of keys, and revocations wherever a key can be trusted.

Needs: python3, openssl, ssh-keygen, minisign 0.11 or later, and both programs (OFFLINEKIT and OFFLINEKIT_SIGN name their command lines).
Bundles come from ../sigstore (a virtual Sigstore instance): run this again after those vectors were written anew.
Imported trust lies in the scenarios' state/ folders; `offlinekit trust import` wrote it. Keys are thrown away.
"""
import base64, json, os, shutil, subprocess, sys, tempfile
from making import *

for entry in os.listdir("."):
    if os.path.isdir(entry):
        shutil.rmtree(entry)

# Inputs: a bundle by a key, one by a certificate, one with a time stamp; the log took the first two at 12:01.
os.makedirs("_inputs")
for source, name in [("_instance/a.txt", "a.txt"), ("_instance/trusted_root.json", "trusted_root.json"), ("key-and-log/key.pem", "key.pem"),
                     ("key-and-log/bundle.sigstore.json", "key.bundle"), ("cli-verify/bundle.sigstore.json", "certificate.bundle"),
                     ("timestamp-at-last-second/bundle.sigstore.json", "stamped.bundle")]:
    shutil.copy("../sigstore/" + source, "_inputs/" + name)
ROOT = json.loads(read("_inputs/trusted_root.json"))
PEM = read("_inputs/key.pem")
SPKI = lambda pem: base64.b64decode("".join(line for line in pem.decode().splitlines() if "-----" not in line))
IDENTITY = "--certificate-identity https://forge.example/acme/app/.github/workflows/release.yml@refs/heads/main --certificate-oidc-issuer https://token.forge.example"


def spki_of_certificate(der):
    pem = subprocess.run(["openssl", "x509", "-inform", "DER", "-pubkey", "-noout"], input=der, check=True, capture_output=True).stdout
    return sha256(SPKI(pem))


def leaf(bundle):
    return base64.b64decode(json.loads(read(bundle))["verificationMaterial"]["certificate"]["rawBytes"])


chain = lambda authority: [base64.b64decode(one["rawBytes"]) for one in ROOT[authority][0]["certChain"]["certificates"]]
logs = lambda kind: [sha256(base64.b64decode(log["publicKey"]["rawBytes"])) for log in ROOT[kind]]


def case(name, expect, about, args, contains=()):
    os.makedirs(name, exist_ok=True)
    with open(name + "/case.txt", "w") as file:
        file.write(f"# {about}\nargs: {args}\nexpect: {expect}\n" + "".join(f"contains: {text}\n" for text in contains))


# 1 The status of one key, in a trust store.
def listed(name, expect, about, contains=(), more="--trusted-root ../_inputs/trusted_root.json", kind="public-key", file="key.pem", signature="key.bundle", **status):
    os.makedirs(name + "/trust")
    shutil.copy("_inputs/" + file, name + "/trust/" + file)
    entry = {"name": "release", "kind": kind, "file": file, "sha256": sha256(read("_inputs/" + file)), "source": "made for these tests", "retrieved-on": "2026-11-22",
             "on-by-default": True, **({"fingerprint": sha256(SPKI(PEM))} if kind == "public-key" else {}), **{key.replace("_", "-"): value for key, value in status.items()}}
    with open(name + "/trust/trust.json", "w") as out:
        json.dump({"version": 1, "roots": [entry]}, out, indent=2)
    case(name, expect, about, f"verify ../_inputs/a.txt --signature ../_inputs/{signature} --trust trust {more}".rstrip(), contains)


FEB, WHY = "2026-02-01T00:00:00Z", "laptop stolen"
revoked = dict(status="revoked", status_since=FEB, status_reason=WHY)
listed("before-the-window", "trusted", "the log saw the signature before the theft: it counts, and the report says what became of the key",
       ["before that, and counts", "revoked since 2026-02-01T00:00:00Z, compromised from 2026-01-15T00:00:00Z until 2026-01-20T00:00:00Z (laptop stolen)", "proved to date from 2026-01-01T12:01:00Z"],
       compromised_since="2026-01-15T00:00:00Z", compromised_until="2026-01-20T00:00:00Z", **revoked)
listed("inside-the-window", "key.revoked", "the log saw the signature while the thief may have held the key", ["inside that window"],
       compromised_since="2026-01-01T00:00:00Z", compromised_until="2026-01-20T00:00:00Z", **revoked)
listed("window-ends-that-second", "key.revoked", "windows are closed: their last second belongs to the thief", ["inside that window"],
       compromised_since="2026-01-01T00:00:00Z", compromised_until="2026-01-01T12:01:00Z", **revoked)
listed("after-the-window", "key.revoked", "the log saw the signature when the theft was over: a proof of time says that it existed, not that no thief made it before", ["may have been made inside that window"],
       compromised_since="2025-11-01T00:00:00Z", compromised_until="2025-12-01T00:00:00Z", **revoked)
listed("open-window", "key.revoked", "a theft that nobody ended reaches to the revocation", ["compromised from 2026-01-01T00:00:00Z until further notice"], compromised_since="2026-01-01T00:00:00Z", **revoked)
listed("window-without-begin", "key.revoked", "a theft whose begin nobody knows reaches back to the first signature", ["compromised from the beginning until 2026-01-02T00:00:00Z"], compromised_until="2026-01-02T00:00:00Z", **revoked)
listed("after-the-revocation", "key.revoked", "the log saw the signature after the revocation", ["the signature dates from 2026-01-01T12:01:00Z, not before"], status="revoked", status_since="2026-01-01T12:00:59Z", status_reason="replaced")
listed("at-the-revocation", "key.revoked", "the second of the revocation is after it", status="revoked", status_since="2026-01-01T12:01:00Z", status_reason="replaced")
listed("before-the-revocation", "trusted", "the key was only replaced: older signatures stay good", ["before that, and counts"], status="revoked", status_since="2026-01-01T12:01:01Z", status_reason="replaced")
listed("without-verified-time", "key.revoked-undated", "the same signature, and nobody vouches for its time", ["nothing proves when the signature was made"], more="", **revoked)
listed("stated-time-proves-nothing", "key.revoked-undated", "the operator's word about the present says nothing of the signature", more="--at 2026-01-01T00:00:00Z", **revoked)
listed("revoked-without-date", "key.revoked", "a key of which nothing counts, not even what a log saw", ["the signature dates from"], status="revoked", status_reason=WHY)
listed("revoked-without-date-or-time", "key.revoked", "no proof of time could help, so none is asked for", ["no signature by it counts"], more="", status="revoked", status_reason=WHY)
listed("deprecated", "trusted", "a key that is about to go still counts, and the report says so", ["it still counts, and will not for ever", "deprecated since 2026-02-01T00:00:00Z (use release-2027)"],
       status="deprecated", status_since=FEB, status_reason="use release-2027")
listed("deprecated-without-time", "trusted", "the same where nothing proves a time", ["it still counts, and will not for ever"], more="", status="deprecated")
listed("window-needs-a-revocation", "trust.malformed", "a theft that ended, of a key revoked nobody knows when: everything since would count", status="revoked", compromised_until=FEB)
listed("window-backwards", "trust.malformed", "a theft that ends before it begins", compromised_since=FEB, compromised_until="2026-01-01T00:00:00Z", **revoked)
listed("active-with-window", "trust.malformed", "a key cannot be stolen and in use", status="active", compromised_since=FEB)
listed("deprecated-with-window", "trust.malformed", "a stolen key is revoked, not deprecated", status="deprecated", compromised_since=FEB)
listed("limit-that-nobody-enforces", "trust.malformed", "an end date on a file of many keys would only look like one", kind="sigstore-trusted-root", file="trusted_root.json", more="", status="active", valid_until=FEB)

# 2 Imported trust: one repository a case, with the key of everything on one machine.
run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", WORK + "/all.key")
open(WORK + "/all.pub", "wb").write(run("openssl", "pkey", "-in", WORK + "/all.key", "-pubout"))


def state(name, *steps, files=()):
    repo = tempfile.mkdtemp(dir=WORK) + "/repo"
    roles = [word for role in ("root", "targets", "snapshot", "timestamp") for word in (f"--{role}", WORK + "/all.pub")]
    run(*SIGN, "trust", "init", repo, *roles)
    for step in steps:
        run(*SIGN, "trust", step[0], repo, *step[1:])
    run(*SIGN, "trust", "sign", repo, "--key", WORK + "/all.key")
    run(*SIGN, "trust", "publish", repo, "--key", WORK + "/all.key")
    pin = sha256(read(repo + "/metadata/1.root.json"))
    os.makedirs(name, exist_ok=True)
    run(*OFFLINEKIT, "trust", "import", repo, "--state", name + "/state", "--root-fingerprint", pin)
    os.remove(name + "/state/default/lock")


INSTANCE = ("add", "_inputs/trusted_root.json", "--name", "virtual", "--kind", "sigstore-trusted-root")
revoke = lambda what, value, *dates: ("revoke", what, value, "--reason", WHY, *dates)
LATER, EARLIER = ("--not-compromised", "--on", FEB), ("--not-compromised", "--on", "2025-06-01T00:00:00Z")


def imported(name, expect, about, steps, args, contains=()):
    state(name, *steps)
    case(name, expect, about, args + " --state state", contains)


by_certificate = lambda bundle: f"verify-bundle --bundle ../_inputs/{bundle} {IDENTITY} ../_inputs/a.txt"
imported("imported-instance", "trusted", "a Sigstore instance that was carried in", [INSTANCE], by_certificate("certificate.bundle"), ["virtual"])
imported("revoked-log", "key.revoked", "the log's key was stolen: whoever holds it writes any date", [INSTANCE, revoke("--fingerprint", logs("tlogs")[0], *LATER)], by_certificate("certificate.bundle"), ["whoever holds its key dates what it signs"])
imported("revoked-log-named-by-hand", "key.revoked", "a revocation does not ask who named the instance", [revoke("--fingerprint", logs("tlogs")[0])], by_certificate("certificate.bundle") + " --trusted-root ../_inputs/trusted_root.json")
imported("revoked-ct-log", "key.revoked", "the certificate log's key was stolen", [INSTANCE, revoke("--fingerprint", logs("ctlogs")[0], *LATER)], by_certificate("certificate.bundle"))
imported("revoked-tsa-key", "key.revoked", "the time-stamping authority's key was stolen", [INSTANCE, revoke("--fingerprint", spki_of_certificate(chain("timestampAuthorities")[0]), *LATER)], by_certificate("stamped.bundle"))
imported("revoked-tsa-certificate", "key.revoked", "the same by the certificate's fingerprint", [INSTANCE, revoke("--certificate", sha256(chain("timestampAuthorities")[-1]))], by_certificate("stamped.bundle"))
imported("revoked-authority-key", "key.revoked", "the certificate authority's key was revoked before the signature", [INSTANCE, revoke("--fingerprint", spki_of_certificate(chain("certificateAuthorities")[0]), *EARLIER)], by_certificate("certificate.bundle"), ["virtual intermediate"])
imported("revoked-authority-later", "trusted", "the certificate authority was replaced after the log saw the signature", [INSTANCE, revoke("--fingerprint", spki_of_certificate(chain("certificateAuthorities")[0]), *LATER)], by_certificate("certificate.bundle"), ["before that, and counts"])
imported("revoked-anchor-certificate", "key.revoked", "the root certificate was revoked, by its fingerprint and without a date", [INSTANCE, revoke("--certificate", sha256(chain("certificateAuthorities")[-1]))], by_certificate("certificate.bundle"))
imported("revoked-leaf-key", "key.revoked", "the key in the signer's certificate was in a thief's hands", [INSTANCE, revoke("--fingerprint", spki_of_certificate(leaf("_inputs/certificate.bundle")), "--on", FEB, "--compromised-since", "2026-01-01T12:00:00Z", "--compromised-until", "2026-01-01T13:00:00Z")], by_certificate("certificate.bundle"), ["inside that window"])
imported("revoked-leaf-certificate", "key.revoked", "the signer's certificate, by its fingerprint", [INSTANCE, revoke("--certificate", sha256(leaf("_inputs/certificate.bundle")), *EARLIER)], by_certificate("certificate.bundle"))
imported("revoked-instance", "key.revoked", "a whole instance was revoked", [INSTANCE, ("revoke", "virtual", "--reason", "moved", *LATER)], by_certificate("certificate.bundle"), ["nothing that rests on it counts"])
imported("deprecated-instance", "trusted", "a whole instance is about to go", [INSTANCE, ("revoke", "virtual", "--reason", "moves in spring", "--only-deprecate", "--on", FEB)], by_certificate("certificate.bundle"), ["it still counts, and will not for ever"])
imported("revoked-key-beside-a-log", "trusted", "a key given by hand, revoked by an import after a log saw its signature", [revoke("--fingerprint", sha256(SPKI(PEM)), *LATER)],
         "verify ../_inputs/a.txt --signature ../_inputs/key.bundle --key ../_inputs/key.pem --trusted-root ../_inputs/trusted_root.json", ["before that, and counts"])
imported("revoked-twice", "key.revoked", "two entries about one key: the stricter one holds, whatever the order", [revoke("--fingerprint", sha256(SPKI(PEM)), *EARLIER), revoke("--fingerprint", sha256(SPKI(PEM)), *LATER)],
         "verify ../_inputs/a.txt --signature ../_inputs/key.bundle --key ../_inputs/key.pem --trusted-root ../_inputs/trusted_root.json")

# 3 Other families of keys.
run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", WORK + "/ssh")
kind, blob = read(WORK + "/ssh.pub").split()[:2]
with open("_inputs/signers.allowed", "w") as file:
    file.write(f"ada@example.org {kind.decode()} {blob.decode()}\n")
shutil.copy("_inputs/a.txt", WORK + "/a.txt")
run("ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", WORK + "/ssh", WORK + "/a.txt")
shutil.copy(WORK + "/a.txt.sig", "_inputs/a.txt.ssh")
SSH_KEY = sha256(bytes.fromhex("302a300506032b6570032100") + base64.b64decode(blob)[-32:])
SIGNERS = ("add", "_inputs/signers.allowed", "--name", "ssh", "--kind", "ssh-allowed-signers")
SSH = "verify ../_inputs/a.txt --signature ../_inputs/a.txt.ssh --identity ada@example.org --namespace file"
imported("imported-ssh-signers", "trusted", "a list of SSH signers that was carried in", [SIGNERS], SSH, ["trust root ssh"])
imported("revoked-ssh-signer", "key.revoked", "one signer of an imported list", [SIGNERS, revoke("--fingerprint", SSH_KEY)], SSH)
imported("revoked-ssh-signer-by-hand", "key.revoked-undated", "a list that was given by hand does not bring a revoked signer back", [revoke("--fingerprint", SSH_KEY, *LATER)], SSH + " --allowed-signers ../_inputs/signers.allowed")
name, spki = "revoked-ssh-signer-by-folder", bytes.fromhex("302a300506032b6570032100") + base64.b64decode(blob)[-32:]
os.makedirs(name + "/trust")
pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(spki) + b"\n-----END PUBLIC KEY-----\n"
with open(name + "/trust/ada.pem", "wb") as out:
    out.write(pem)
with open(name + "/trust/trust.json", "w") as out:
    json.dump({"version": 1, "roots": [{"name": "ada", "kind": "public-key", "file": "ada.pem", "sha256": sha256(pem), "source": "made for these tests", "retrieved-on": "2026-11-22",
               "on-by-default": False, "fingerprint": sha256(spki), "status": "revoked"}]}, out, indent=2)
case(name, "key.revoked", "a store that is named beside a list by hand still says whom it revokes", SSH + " --allowed-signers ../_inputs/signers.allowed --trust trust")
imported("deprecated-ssh-signers", "trusted", "a list of SSH signers that is about to go", [SIGNERS, ("revoke", "ssh", "--reason", "hardware keys from June", "--only-deprecate")], SSH, ["it still counts, and will not for ever", "hardware keys from June"])
run("minisign", "-G", "-W", "-f", "-p", WORK + "/mini.pub", "-s", WORK + "/mini.key")
run("minisign", "-S", "-W", "-s", WORK + "/mini.key", "-m", WORK + "/a.txt", "-x", "_inputs/a.txt.minisig")
shutil.copy(WORK + "/mini.pub", "_inputs/mini.pub")
MINI = sha256(bytes.fromhex("302a300506032b6570032100") + base64.b64decode(read("_inputs/mini.pub").splitlines()[1])[10:])
imported("revoked-minisign-key", "key.revoked-undated", "a minisign key: nothing dates its signatures", [revoke("--fingerprint", MINI, *LATER)], "verify ../_inputs/a.txt --signature ../_inputs/a.txt.minisig --key ../_inputs/mini.pub")
run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", WORK + "/rsa.key")
open("_inputs/rsa.pem", "wb").write(run("openssl", "pkey", "-in", WORK + "/rsa.key", "-pubout"))
run("openssl", "dgst", "-sha256", "-sign", WORK + "/rsa.key", "-out", os.path.abspath("_inputs/a.txt.rsa"), WORK + "/a.txt")
KMS = "verify ../_inputs/a.txt --signature ../_inputs/a.txt.rsa --key ../_inputs/rsa.pem --algorithm RSASSA_PKCS1_V1_5_SHA_256"
imported("revoked-kms-key", "key.revoked", "a key of a key service, by its SubjectPublicKeyInfo", [revoke("--fingerprint", sha256(SPKI(read("_inputs/rsa.pem"))))], KMS)

# 4 The state itself.
state("state-in-force", ("add", WORK + "/mini.pub", "--name", "demo"))
MINISIGN = "verify ../_inputs/a.txt --signature ../_inputs/a.txt.minisig"
case("state-in-force", "trusted", "a key that was carried in", MINISIGN + " --state state", ["demo"])
case("state-young-enough", "trusted", "the operator allows a hundred years", MINISIGN + " --state ../state-in-force/state --at 2099-01-01T00:00:00Z --max-trust-age 36500")
case("state-too-old", "trust.too-old", "the operator allows a month", MINISIGN + " --state ../state-in-force/state --at 2099-01-01T00:00:00Z --max-trust-age 30", ["allowed are 30 days"])
case("state-of-tomorrow", "trust.too-old", "a clock that was reset would make everything young", MINISIGN + " --state ../state-in-force/state --at 2001-01-01T00:00:00Z --max-trust-age 30", ["after the time of verification 2001-01-01T00:00:00Z"])
case("state-too-old-for-bundles", "trust.too-old", "the age counts for every verifying command", by_certificate("certificate.bundle") + " --trusted-root ../_inputs/trusted_root.json --state ../state-in-force/state --at 2099-01-01T00:00:00Z --max-trust-age 30")
case("state-of-other-root", "trust.other-root", "the operator states another root than the folder", MINISIGN + f" --state ../state-in-force/state --root-fingerprint {'0' * 64}")


def damaged(name, expect, about, damage):
    shutil.copytree("state-in-force/state", name + "/state")
    damage(name + "/state/default/", name + "/state/default/generations/000001/")
    case(name, expect, about, MINISIGN + " --state state")


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def other_pin(record):
    note = json.loads(read(record))
    note["pinned-root"] = "0" * 64
    write(record, json.dumps(note))


damaged("state-pointer-with-nul", "trust.state-damaged", "a NUL behind the number is no line end", lambda top, last: write(top + "current", "1\0"))
damaged("state-pointer-elsewhere", "trust.state-damaged", "the pointer leads out of the folder", lambda top, last: write(top + "current", "../1\n"))
damaged("state-generation-missing", "trust.state-damaged", "the generation in force is gone", lambda top, last: write(top + "current", "7\n"))
damaged("state-record-missing", "trust.state-damaged", "nothing says which root was pinned", lambda top, last: os.remove(last + "import.json"))
damaged("state-record-extended", "trust.state-damaged", "a member that no import writes", lambda top, last: write(last + "import.json", '{"version":1,"trusted":true}'))
damaged("state-other-pin", "tuf.unknown-root", "another root was pinned in the folder than the one that is there", lambda top, last: other_pin(last + "import.json"))
damaged("state-target-replaced", "tuf.hash-mismatch", "a key on disk was replaced by another of the same length", lambda top, last: write(last + "targets/demo.pub", read(last + "targets/demo.pub").decode()[::-1]))
shutil.rmtree(WORK)

# 5 Imports that bring what this version cannot use.
subprocess.run([sys.executable, "unusable.py"], check=True)

# 6 A revoked certificate in another spelling.
subprocess.run([sys.executable, "turned.py"], check=True)

"""What a policy demands: each demand met, and each not met."""
from making import case, envelope, fingerprint, policy

THREE = " ".join(f"--key {name}=../_keys/{name}.pem" for name in ("one", "two", "three"))
ENVELOPE = f"verify-envelope ../_keys/app.dsse.json ../_keys/app.txt {THREE} --policy policy.json"
FILE = "verify ../_keys/app.txt --signature ../_keys/app.txt.sig --key ../_keys/one.pem --algorithm ECDSA_SHA_256 --policy policy.json"
INSTANCE = "../../sigstore/_instance"
BUNDLE = f"verify-bundle --bundle ../../sigstore/message-rekor-v1/bundle.sigstore.json --trusted-root {INSTANCE}/trusted_root.json --policy policy.json"
ISSUER = "https://token.forge.example"
WORKFLOW = {"identity": "https://forge.example/acme/app/.github/workflows/release.yml@refs/heads/main", "issuer": ISSUER}


def signers():
    policy("two-of-three", signers=[{"any-of": ["one", "two", "three"], "threshold": 2}])
    case("two-of-three", "two of three release keys signed", ENVELOPE, "trusted")
    policy("three-of-three", signers=[{"any-of": ["one", "two", "three"], "threshold": 3}])
    case("three-of-three", "the third key did not sign", ENVELOPE, "policy.signers", "2 demanded signers signed")
    policy("other-signer", signers=[{"any-of": ["three"]}])
    case("other-signer", "trusted keys signed, but not the demanded one", ENVELOPE, "policy.signers")
    policy("both-groups", signers=[{"any-of": ["one"]}, {"any-of": ["two", "three"]}], predicate_types=["https://example.org/release/v1"])
    case("both-groups", "each group has its signer, and the statement is of the demanded type", ENVELOPE, "trusted")
    policy("by-fingerprint", signers=[{"any-of": ["sha256:" + fingerprint("one")]}])
    case("by-fingerprint", "a signer may be named by fingerprint", FILE, "trusted")
    policy("named-like-a-fingerprint", signers=[{"any-of": ["sha256:" + fingerprint("two")]}])
    case("named-like-a-fingerprint", "what is written as a fingerprint is no name: a key that is called by the fingerprint of another is not that one", FILE.replace("--key ", f"--key sha256:{fingerprint('two')}="), "policy.signers")
    policy("name-of-two-keys", signers=[{"any-of": ["one"]}])
    case("name-of-two-keys", "one name for two keys: whom the policy means is not decided by whoever gives his key that name", FILE.replace("--key ", "--key one=../_keys/two.pem --key one="), "policy.contradiction", '"one" is another key in one place of trust than in another')
    policy("name-of-one-key-twice", signers=[{"any-of": ["one"]}])
    case("name-of-one-key-twice", "one key that is given twice under one name is one key", FILE.replace("--key ", "--key one=../_keys/one.pem --key one="), "trusted")
    policy("key-does-not-make-trust", signers=[{"any-of": ["sha256:" + fingerprint("one")]}])
    case("key-does-not-make-trust", "a fingerprint in a policy is a demand and no trust", FILE.replace("one.pem", "two.pem"), "signature.mismatch")


def rotation():
    rotating = {"signer": "alice", "keys": ["one", "one-2027"]}
    envelope("app.rotated.dsse.json", "app.txt", ["one", "one-2027"])
    both = ENVELOPE.replace("app.dsse", "app.rotated.dsse") + " --key one-2027=../_keys/one-2027.pem"
    policy("rotation-either-key", signers=[{"any-of": [rotating, "two"], "threshold": 2}])
    case("rotation-either-key", "a signer with two keys signed by one of them, another signer as well", ENVELOPE, "trusted")
    policy("rotation-both-keys-are-one-signer", signers=[{"any-of": [rotating, "two"], "threshold": 2}])
    case("rotation-both-keys-are-one-signer", "two keys of one signer are one signer", both, "policy.signers", "1 demanded signers signed", "alice (by one or one-2027)")
    policy("one-key-for-two-names", signers=[{"any-of": ["one", "sha256:" + fingerprint("one"), "three"], "threshold": 2}])
    case("one-key-for-two-names", "a key that two signers name counts once", ENVELOPE, "policy.signers", "1 demanded signers signed")


def identities():
    policy("identity", identities=[{"identity": "https://example.org/ci", "issuer": "https://example.org"}])
    case("identity", "a key signed where an identity was demanded", "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --policy policy.json", "policy.identity")
    policy("identity-good", identities=[{"identity": "dev@example.com", "issuer": "https://accounts.example.com"}, WORKFLOW])
    case("identity-good", "one of the demanded identities signed", f"{BUNDLE} {INSTANCE}/a.txt", "trusted")
    policy("identity-by-other-issuer", identities=[{**WORKFLOW, "issuer": "https://token.forge.example.org"}])
    case("identity-by-other-issuer", "the name is right and another issuer vouches for it", f"{BUNDLE} {INSTANCE}/a.txt", "policy.identity", "wanted https://forge.example")
    policy("identity-of-export", signers=[{"any-of": ["alice.pem"]}], identities=[WORKFLOW])
    case("identity-of-export", "a kit that only a key signed, where a certificate is demanded as well", f"verify-export ../../exports/offlinekit-kit-good/e --key ../../exports/_keys/alice.pem --trusted-root {INSTANCE}/trusted_root.json --policy policy.json", "policy.identity")


def statements():
    policy("other-predicate", signers=[{"any-of": ["one"]}], predicate_types=["https://slsa.dev/provenance/v1"])
    case("other-predicate", "a release statement is no provenance", ENVELOPE, "policy.predicate-type")
    policy("predicate-of-file", signers=[{"any-of": ["one.pem"]}], predicate_types=["https://example.org/release/v1"])
    case("predicate-of-file", "a bare signature states nothing", FILE, "policy.predicate-type", "stated: nothing")


def algorithms():
    policy("algorithm", signers=[{"any-of": ["one.pem"]}], algorithms=["ED25519_SHA_512"])
    case("algorithm", "the policy allows Ed25519 alone", FILE, "policy.algorithm")
    policy("algorithm-allowed", signers=[{"any-of": ["one.pem"]}], algorithms=["ED25519_SHA_512", "ECDSA_SHA_256"])
    case("algorithm-allowed", "the key's algorithm is among the allowed ones", FILE, "trusted")
    policy("algorithm-of-certificate", identities=[WORKFLOW], algorithms=["ECDSA_SHA_384"])
    case("algorithm-of-certificate", "a certificate's key is held to the algorithms as well", f"{BUNDLE} {INSTANCE}/a.txt", "policy.algorithm", "signed by ECDSA_SHA_256, allowed: ECDSA_SHA_384")
    policy("algorithm-of-certificate-allowed", identities=[WORKFLOW], algorithms=["ECDSA_SHA_384"])
    case("algorithm-of-certificate-allowed", "a certificate with a P-384 key", f"{BUNDLE.replace('message-rekor-v1', 'p384-sha384')} {INSTANCE}/a.txt", "trusted", "ECDSA_SHA_384), trusted through")
    policy("algorithm-of-certificate-old-habit", identities=[WORKFLOW], algorithms=["ECDSA_SHA_384"])
    case("algorithm-of-certificate-old-habit", "a P-384 key that signed a SHA-256 digest signed by another algorithm", f"{BUNDLE.replace('message-rekor-v1', 'p384-sha256')} {INSTANCE}/a.txt", "policy.algorithm")


def ages():
    policy("no-age", signers=[{"any-of": ["one.pem"]}], max_age_days=30)
    case("no-age", "nothing proves the age of a bare signature", FILE, "policy.age")
    policy("age-good", identities=[WORKFLOW], max_age_days=30)
    case("age-good", "nine days after the log took the entry", f"{BUNDLE} --at 2026-01-10T00:00:00Z {INSTANCE}/a.txt", "trusted")
    life = "verify ../../trust-life/_inputs/a.txt --signature ../../trust-life/_inputs/a.txt.minisig --state ../../trust-life/state-in-force/state --at %s-01-01T00:00:00Z --policy policy.json"
    for name, about, at, words, expect in (
        ("trust-age-too-old", "the policy allows imported trust of a month", "2099", "", "trust.too-old"),
        ("trust-age-stricter-option", "the option is stricter than the policy", "2099", " --max-trust-age 29", "trust.too-old"),
        ("trust-age-laxer-option", "an option cannot loosen what the policy demands", "2099", " --max-trust-age 36500", "trust.too-old"),
    ):
        policy(name, signers=[{"any-of": ["alice"]}], max_trust_age_days=30)
        case(name, about, life % at + words, expect, "allowed are 29 days" if "29" in words else "allowed are 30 days")
    policy("age-of-tomorrow", identities=[WORKFLOW], max_age_days=30)
    case("age-of-tomorrow", "a clock that was reset would make every signature young", f"{BUNDLE} --at 2001-01-01T00:00:00Z {INSTANCE}/a.txt", "policy.age", "signed at 2026-01-01T12:01:00Z, after the time of verification 2001-01-01T00:00:00Z")
    policy("age-too-old", identities=[WORKFLOW], max_age_days=30)
    case("age-too-old", "half a year after the log took the entry", f"{BUNDLE} --at 2026-07-01T00:00:00Z {INSTANCE}/a.txt", "policy.age", "wanted at most 30 days before 2026-07-01T00:00:00Z")
    policy("age-of-key-in-log", signers=[{"any-of": ["key.pem"]}], max_age_days=30)
    case("age-of-key-in-log", "a log dates any valid signature by its own clock, an old one too: nine days after the entry nobody knows how old it is",
         f"verify-bundle --bundle ../../sigstore/key-and-log/bundle.sigstore.json --key ../../sigstore/key-and-log/key.pem --trusted-root {INSTANCE}/trusted_root.json --policy policy.json --at 2026-01-10T00:00:00Z {INSTANCE}/a.txt", "policy.age", "nothing proves since when")


def commands():
    image = "verify-image ../../oci-image/%s/layout --digest %s --key ../../oci-image/_instance/%s --policy policy.json"
    policy("export-good", signers=[{"any-of": ["alice.pem", "carol.pem"], "threshold": 2}], predicate_types=["https://offlinekit.dev/kit/v1"])
    case("export-good", "a kit that two of two packers signed", "verify-export ../../exports/offlinekit-kit-two-signers/e --key ../../exports/_keys/alice.pem --key ../../exports/_keys/carol.pem --policy policy.json", "trusted")
    policy("export-one-of-two", signers=[{"any-of": ["alice.pem", "carol.pem"], "threshold": 2}])
    case("export-one-of-two", "a kit that one of two packers signed", "verify-export ../../exports/offlinekit-kit-good/e --key ../../exports/_keys/alice.pem --key ../../exports/_keys/carol.pem --policy policy.json", "policy.signers")
    policy("export-malformed", signers=[])
    case("export-malformed", "a policy that is none refuses the export", "verify-export ../../exports/offlinekit-kit-good/e --key ../../exports/_keys/alice.pem --policy policy.json", "policy.malformed")
    for name, expect, who in (("image-good", "trusted", "cosign.pub"), ("image-other-signer", "policy.signers", "other.pub")):
        policy(name, signers=[{"any-of": [who]}])
        case(name, "an image by the demanded key" if expect == "trusted" else "an image by another key than the demanded one", image % (IMAGE[0], IMAGE[1], "cosign.pub"), expect)
    policy("nobody-trusted", signers=[{"any-of": ["one"]}])
    case("nobody-trusted", "a policy names signers and gives no trust", "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --policy policy.json", "error", "no key and no trust root was given")


def carried():
    """Policies that trust bundles carry: what is none, what is not there, what is not trusted."""
    for name, expect, about, target, words in (
        ("carried-no-policy", "policy.malformed", "the target of an imported bundle that is no policy", "default/trust.json", ""),
        ("carried-no-target", "error", "an imported bundle without that target", "default/policies/releases.yaml", '"default" carries no target policies/releases.yaml'),
        ("carried-no-import", "error", "nothing was imported under that name", "team/policies/releases.yaml", 'nothing was imported as "team"'),
        ("carried-no-name", "error", "a target without the name of its import", "releases.yaml", "names no policy"),
        ("carried-by-other-root", "trust.other-root", "the policy of an import whose root is not the stated one", "default/trust.json --root-fingerprint " + "0" * 64, ""),
    ):
        case(name, about, f"policy check trust:{target} --state ../../trust-life/state-in-force/state", expect, *([words] if words else []))


IMAGE = ("key", "sha256:0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74")


def make():
    carried()
    signers()
    rotation()
    identities()
    statements()
    algorithms()
    ages()
    commands()

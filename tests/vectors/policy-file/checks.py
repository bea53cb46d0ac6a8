"""What `policy check` says, and every contradiction it finds."""
from making import case, fingerprint, policy, store

CHECK = "policy check policy.json"
SIGNER = [{"any-of": ["one"]}]
IDENTITY = {"identity": "dev@example.com", "issuer": "https://accounts.example.com"}
INSTANCE = "../../sigstore/_instance/trusted_root.json"


def words():
    policy("check", signers=[{"any-of": ["one", "two", "three"], "threshold": 2}], identities=[IDENTITY], predicate_types=["https://slsa.dev/provenance/v1", "https://example.org/release/v1"],
           algorithms=["ECDSA_SHA_256"], max_age_days=30, max_trust_age_days=90, minimum_version="1.4.0")
    case("check", "the policy in words, and what may surprise", CHECK, "trusted",
         "demands: signed by 2 of 3: one, two, three", "demands: signed by the identity dev@example.com (issuer https://accounts.example.com)",
         "demands: a signed statement has predicate type https://slsa.dev/provenance/v1", "by no other algorithm than ECDSA_SHA_256", "at most 30 days old",
         "demands: imported trust is at most 90 days old", "it is at least 1.4.0",
         "note: no trust was named", "note: keys and certificates are both demanded", "note: a statement has one predicate type", "note: a version counts where it is signed")


def alone():
    one = lambda name, about, *contains, expect="policy.contradiction", **members: (policy(name, **members), case(name, about, CHECK, expect, *contains))
    policy("contradiction", signers=[{"any-of": ["one"], "threshold": 2}])
    case("contradiction", "two of one can never sign; whatever verifies by this policy is refused", "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --policy policy.json", "policy.contradiction")
    one("check-threshold", "two of one can never sign", "2 of 1 signers can never sign", signers=[{"any-of": ["one"], "threshold": 2}])
    one("nobody", "a policy that names nobody would accept anybody", predicate_types=["https://slsa.dev/provenance/v1"])
    one("check-algorithm", "an algorithm that does not exist", '"ES256K1"', signers=SIGNER, algorithms=["ES256K1"])
    one("check-algorithm-of-certificates", "no certificate signs by the only allowed algorithm", "no certificate signs by RSASSA_PSS_SHA_512", identities=[IDENTITY], algorithms=["RSASSA_PSS_SHA_512"])
    one("check-signer-twice", "one signer stands twice in a group, so that he could be two", "the signer one stands there twice", signers=[{"any-of": ["one", "one"], "threshold": 2}])
    one("check-key-twice", "two signers share a key", "the key one stands there twice", signers=[{"any-of": ["one", {"signer": "alice", "keys": ["one", "two"]}]}])
    one("check-identity-twice", "an identity stands twice", "stands there twice", identities=[IDENTITY, IDENTITY])
    one("check-fingerprint-form", "a fingerprint in capitals matches no key", "no fingerprint", signers=[{"any-of": ["sha256:" + "AB" * 32]}])
    one("check-empty-list", "an empty list of algorithms demands nothing", "wanted 1 to 256 elements", expect="policy.malformed", signers=SIGNER, algorithms=[])
    one("check-empty-name", "a signer without a name", expect="policy.malformed", signers=[{"any-of": [""]}])
    one("check-no-days", "no signature is younger than 0 days", "wanted 1 to 36500 days", expect="policy.malformed", signers=SIGNER, max_age_days=0)
    one("check-zero-of-one", "a threshold of 0 demands nobody", "a threshold from 1", expect="policy.malformed", signers=[{"any-of": ["one"], "threshold": 0}])
    one("check-version-word", "a minimum version that no version can be compared with", 'wanted a version such as "1.4.0"', expect="policy.malformed", signers=SIGNER, minimum_version="latest")
    one("check-version-number", "1.10 as a number would be 1.1", "wanted a string", expect="policy.malformed", signers=SIGNER, minimum_version=2)
    one("check-unknown-member", "a misspelt demand must not be ignored", 'unknown member "minimal-version"', expect="policy.malformed", signers=SIGNER, minimal_version="1.4.0")
    one("check-no-issuer", "anybody can have any name at another issuer", 'member "issuer" is missing', expect="policy.malformed", identities=[{"identity": "dev@example.com"}])
    policy("malformed", signers=[{"any-of": ["one"], "treshold": 2}])
    case("malformed", "a misspelt member must not be ignored", "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --policy policy.json", "policy.malformed", "treshold")
    case("check-missing-file", "a policy that is not there decides nothing", "policy check policy.json", "error", "policy policy.json does not exist")


def with_trust():
    keys = " --key one=../_keys/one.pem --key two=../_keys/two.pem"
    policy("check-names", signers=[{"any-of": ["one", "two"], "threshold": 2}], algorithms=["ECDSA_SHA_256"])
    case("check-names", "each name means a trusted key", CHECK + keys, "trusted", "SOUND")
    policy("check-unknown-name", signers=[{"any-of": ["one", "tow"]}])
    case("check-unknown-name", "a misspelt signer matches no key", CHECK + keys, "policy.contradiction", '"tow" names no trusted key; trusted: "one", "two"')
    policy("check-same-key", signers=[{"any-of": ["one", "sha256:" + fingerprint("one")], "threshold": 2}])
    case("check-same-key", "two names mean one key, which cannot sign twice", CHECK + keys, "policy.contradiction", "at most 1 of the demanded signers can sign")
    policy("check-algorithm-of-key", signers=[{"any-of": ["one"]}], algorithms=["ED25519_SHA_512"])
    case("check-algorithm-of-key", "the demanded signer cannot sign by the allowed algorithm", CHECK + keys, "policy.contradiction", '"one" signs by ECDSA_SHA_256 alone')
    store("check-revoked", ("one", "one", {"status": "revoked", "status-reason": "lost"}), ("two", "two", {}))
    policy("check-revoked", signers=[{"any-of": ["one", "two"], "threshold": 2}])
    case("check-revoked", "one of two demanded signers is revoked", CHECK + " --trust trust --no-bundled-trust", "policy.contradiction", '"one" is revoked')
    policy("check-no-authority", identities=[IDENTITY])
    case("check-no-authority", "an identity is demanded, and no authority is trusted", CHECK + keys, "policy.contradiction", "no trusted root for certificates is in force")
    policy("check-authority", identities=[IDENTITY])
    case("check-authority", "an identity under a trusted authority", CHECK + f" --trusted-root {INSTANCE}", "trusted")


def make():
    words()
    alone()
    with_trust()

"""minimum-version: where a version counts, in which order, and what is refused."""
from making import case, envelope, policy

SIGNER = [{"any-of": ["one"]}]
RELEASE = "https://in-toto.io/attestation/release/v0.2"


def statement(name, about, stated, least, expect, *contains, subject=None, **envelope_parts):
    envelope(f"{name}.dsse.json", subject or f"pkg:generic/acme/app@{stated}", ["one"], **envelope_parts)
    policy(name, signers=SIGNER, minimum_version=least)
    case(name, about, f"verify-envelope ../_keys/{name}.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --policy policy.json", expect, *contains)


def order():
    statement("version-good", "the very version that is demanded", "1.4.0", "1.4.0", "trusted", "version     1.4.0 of generic/acme/app, signed in its subject")
    statement("version-too-old", "an older release is offered again", "1.4.0", "1.5.0", "policy.version-too-old", "wanted at least 1.5.0")
    statement("version-by-numbers", "10 is more than 9: numbers are no texts", "1.10.0", "1.9.9", "trusted")
    statement("version-by-large-numbers", "numbers of any size are compared", "20261122123456789012345678", "9999999999999999999", "trusted")
    statement("version-pre-release", "a candidate comes before its release", "1.4.0-rc.1", "1.4.0", "policy.version-too-old")
    statement("version-pre-release-order", "the second candidate comes before the eleventh", "1.4.0-rc.2", "1.4.0-rc.11", "policy.version-too-old")
    statement("version-build", "build metadata does not count", "1.4.0%2Blinux.7", "1.4.0+linux.8", "trusted")
    statement("version-short", "a missing number counts as 0", "2", "2.0.0", "trusted")
    statement("version-with-v", "a v in front is no part of the version", "v1.4.0", "1.4.0", "trusted")
    statement("version-no-version", "a word is no version", "latest", "1.4.0", "policy.version-unreadable", '"latest" of "generic/acme/app"')
    statement("version-leading-zero", "01 has two readings", "1.01.0", "1.0.0", "policy.version-unreadable")


def places():
    statement("version-of-release", "the package URL in a release predicate", "", "1.4.0", "trusted", subject="app.txt", predicate_type=RELEASE, predicate={"purl": "pkg:github/acme/app@v1.4.0"})
    statement("version-of-two", "each signed version must be new enough", "1.4.0", "1.4.0", "policy.version-too-old", predicate_type=RELEASE, predicate={"purl": "pkg:github/acme/app@v1.3.9"})
    statement("version-of-unknown-predicate", "a member called version of an unknown predicate is no version", "", "1.0.0", "policy.version-missing", subject="app.txt", predicate={"version": "9.9.9"})
    statement("version-of-scope", "an at sign that belongs to a name", "", "1.0.0", "policy.version-missing", subject="pkg:npm/@9.9.9/app")
    policy("version-missing", signers=[{"any-of": ["one.pem"]}], minimum_version="1.0.0")
    case("version-missing", "a bare signature states no version", "verify ../_keys/app.txt --signature ../_keys/app.txt.sig --key ../_keys/one.pem --algorithm ECDSA_SHA_256 --policy policy.json", "policy.version-missing", "nothing that is signed states a version")
    policy("version-of-dossier", signers=[{"any-of": ["team.pem"]}], minimum_version="0.0.1")
    case("version-of-dossier", "a dossier's version stands outside what is signed", "verify ../../dossier/kms/demo.ds.md --key ../../dossier/_keys/team.pem --policy policy.json", "policy.version-missing")
    policy("version-of-sentinel-policy", signers=[{"any-of": ["policy-signing.pem"]}], minimum_version="1")
    case("version-of-sentinel-policy", "the version in a Sentinel policy is that of its form", "verify ../../sentinel/by-verify/policy.yaml --key ../../sentinel/_keys/policy-signing.pem --policy policy.json", "policy.version-missing")


def exports():
    packer = [{"any-of": ["alice.pem"]}]
    for name, least, expect in (("version-of-kit", "2026.11.22", "trusted"), ("version-of-old-kit", "2026.12", "policy.version-too-old")):
        policy(name, signers=packer, minimum_version=least)
        case(name, "the version in a kit's signed list", "verify-export ../../exports/offlinekit-kit-good/e --key ../../exports/_keys/alice.pem --policy policy.json", expect)
    for name, least, expect in (("version-of-update-kit", "2026.11", "trusted"), ("version-of-old-update-kit", "2027", "policy.version-too-old")):
        policy(name, signers=packer, minimum_version=least)
        case(name, "the version in an update kit's manifest", "verify-export ../../exports/offline-update-kit-good/e --key ../../exports/_keys/alice.pem --policy policy.json", expect)
    policy("version-of-export-center", signers=packer, minimum_version="1")
    case("version-of-export-center", "a layout without a version", "verify-export ../../exports/export-center-good/e --key ../../exports/_keys/alice.pem --policy policy.json", "policy.version-missing")


def packages():
    registry = [{"any-of": ["test-npm SHA256:h9aKBbF4NqBLImpDdbKtJe9QPbYDjHZ7t/cKyW5tpn4"]}]
    npm = "verify ../../npm/publication/demo.tgz --signature ../../npm/publication/a.json --no-bundled-trust --trust ../../npm/_trust --trust-root test-npm --trust-root test-sigstore --policy policy.json"
    python = [{"identity": "dev@example.com", "issuer": "http://127.0.0.1:15291"}]
    pypi = "verify ../../pypi/publish/Demo_Kit-1.0-py2.py3-none-any.whl --signature ../../pypi/publish/a.attestation --trusted-root ../../pypi/_instance/trusted_root.json --policy policy.json"
    for name, least, expect in (("version-of-npm-package", "1.0.0", "trusted"), ("version-of-old-npm-package", "1.0.1", "policy.version-too-old")):
        policy(name, signers=registry, minimum_version=least)
        case(name, "the version that the registry published", npm, expect)
    for name, least, expect in (("version-of-wheel", "1.0", "trusted"), ("version-of-old-wheel", "1.1", "policy.version-too-old")):
        policy(name, identities=python, minimum_version=least)
        case(name, "the version in the signed name of a wheel", pypi, expect)


def make():
    order()
    places()
    exports()
    packages()

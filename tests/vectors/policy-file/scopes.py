"""What a key may sign: formats, algorithms, artefact names, payload types, namespaces, tenants; several keys while one is rotated."""
from making import case, store

FILE = "verify ../_keys/app.txt --signature ../_keys/app.txt.sig --trust trust --no-bundled-trust --algorithm ECDSA_SHA_256"
ENVELOPE = "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --trust trust --no-bundled-trust"


def scope(name, about, members, expect, *contains, args=FILE):
    store(name, ("one", "one", members))
    case(name, about, args, expect, *contains)


def make():
    scope("scope-artifact", "the key may sign archives alone", {"artifacts": ["*.tar.gz"]}, "key.not-allowed", "may sign artefacts called *.tar.gz")
    scope("scope-artifact-allowed", "the key may sign this name", {"artifacts": ["*.tar.gz", "app.*"]}, "trusted")
    scope("scope-format", "the key may sign envelopes alone", {"formats": ["dsse"]}, "key.not-allowed", "may sign dsse, not kms-detached")
    scope("scope-format-allowed", "the key may sign this format", {"formats": ["dsse"]}, "trusted", args=ENVELOPE)
    scope("scope-algorithm", "the key may be used with another algorithm alone", {"algorithms": ["ECDSA_SHA_384"]}, "algorithm.mismatch")
    scope("scope-payload", "the key may sign statements alone", {"payload-types": ["application/vnd.in-toto+json"]}, "key.not-allowed")
    scope("scope-payload-other", "the key may sign another type of payload alone", {"payload-types": ["application/vnd.acme+json"]}, "key.not-allowed", args=ENVELOPE)
    scope("scope-payload-allowed", "the key may sign this type of payload", {"payload-types": ["application/vnd.in-toto+json"]}, "trusted", args=ENVELOPE)
    scope("scope-namespace", "the key may sign in a namespace alone", {"namespaces": ["releases"]}, "key.not-allowed")
    scope("scope-namespace-other", "the key may sign in another namespace", {"namespaces": ["releases"]}, "key.not-allowed", 'not in "builds"', args=FILE + " --namespace builds")
    scope("scope-namespace-allowed", "the key may sign in this namespace", {"namespaces": ["releases"]}, "trusted", args=FILE + " --namespace releases")
    scope("scope-tenant", "the key of another tenant is not tried; the only other key made no signature", {"tenants": ["red"]}, "signature.mismatch", args=FILE + " --tenant blue --key ../_keys/two.pem")
    scope("scope-tenant-allowed", "the key of this tenant", {"tenants": ["red"]}, "trusted", args=FILE + " --tenant red")
    scope("scope-tenant-none", "the key of a tenant, and no tenant is stated", {"tenants": ["red"]}, "key.unknown")
    store("rotation-old-key", ("alice-2026", "one", {"status": "deprecated"}), ("alice-2027", "one-2027", {}))
    case("rotation-old-key", "while a key is rotated both are trusted: this is by the old one", FILE, "trusted", "alice-2026")
    store("rotation-new-key", ("alice-2026", "two", {"status": "deprecated"}), ("alice-2027", "one", {}))
    case("rotation-new-key", "while a key is rotated both are trusted: this is by the new one", FILE, "trusted", "alice-2027")
    store("rotation-ended", ("alice-2026", "one", {"status": "revoked", "status-reason": "rotated"}), ("alice-2027", "one-2027", {}))
    case("rotation-ended", "after the rotation the old key is revoked", FILE, "key.revoked")

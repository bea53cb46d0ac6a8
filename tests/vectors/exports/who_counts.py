"""Demands are held against those who carry the verdict: what one signature states is never put to the account of another. With keys of its own: `generate.py who_counts` makes these alone anew."""
import json
from making import *
from statements import RESULT, case

LIST = "SHA256SUMS"
PROVENANCE, RELEASE = "https://slsa.dev/provenance/v1", "https://in-toto.io/attestation/release/v0.1"
ARGS = "e --key erin=../_keys/erin.pem --key frank=../_keys/frank.pem"


def make():
    make_key("erin")
    make_key("frank")
    two = export(dsse=("erin", PROVENANCE), intoto=("frank", RELEASE))
    both = export(dsse=("erin", PROVENANCE), intoto=("frank", PROVENANCE))
    demand("who-counts-other-statement", "policy.signers", "the demanded signer signed, and somebody else states the demanded type", two, "the signature by key \"frank\" does not count", signers=["frank"], types=[PROVENANCE])
    demand("who-counts-own-statement", "trusted", "the demanded signer states the demanded type; what else is there states another one", two, signers=["erin"], types=[PROVENANCE])
    demand("who-counts-one-of-two", "policy.signers", "two signed the list, and one of them states the demanded type", two, "1 demanded signers signed", signers=["erin", "frank"], threshold=2, types=[PROVENANCE])
    demand("who-counts-two-of-two", "trusted", "two signed the list, and both state the demanded type", both, signers=["erin", "frank"], threshold=2, types=[PROVENANCE])
    demand("who-counts-each-type", "policy.signers", "two types are demanded, and each of the signers states one of them", two, signers=["erin", "frank"], threshold=2, types=[PROVENANCE, RELEASE])
    demand("who-counts-each-type-of-one", "trusted", "one signer states both demanded types", export(dsse=("erin", PROVENANCE), intoto=("erin", RELEASE)), signers=["erin"], types=[PROVENANCE, RELEASE])
    result = export(dsse=("erin", RESULT))
    case("checksums-test-result", "export.wrong-predicate", "a genuine test result about the list: it may have failed", result, ARGS)
    demand("checksums-test-result-demanded", "trusted", "a policy demands just this type", result, signers=["erin"], types=[RESULT])


def export(**statements):
    files = {"a.txt": b"first\n", "b.txt": b"second\n"}
    listed = sums(files)
    signed = {f"{LIST}.{kind}.json": dsse(statement([(LIST, sha(listed))], predicate, {}), who) for kind, (who, predicate) in statements.items()}
    return {**files, LIST: listed, **signed}


def demand(name, expect, about, files, *contains, signers, types, threshold=1):
    policy = {"version": 1, "name": "releases", "signers": [{"any-of": signers, "threshold": threshold}], "predicate-types": types}
    case(name, expect, about, files, ARGS + " --policy policy.json", list(contains), beside={"policy.json": json.dumps(policy).encode() + b"\n"})

#!/usr/bin/env python3
"""sigstore-js: @sigstore/bundle and @sigstore/verify with a trusted root of the instance."""
from contract import by_status, main, program, run

VERIFY = """
const { readFileSync } = require("fs");
const { bundleFromJSON } = require("@sigstore/bundle");
const { TrustedRoot } = require("@sigstore/protobuf-specs");
const { toSignedEntity, toTrustMaterial, Verifier } = require("@sigstore/verify");
const [file, bundle, root, identity, issuer] = process.argv.slice(1);
const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(readFileSync(root, "utf8"))));
const entity = toSignedEntity(bundleFromJSON(JSON.parse(readFileSync(bundle, "utf8"))), readFileSync(file));
const escape = text => text.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&");
new Verifier(material).verify(entity, { subjectAlternativeName: new RegExp("^" + escape(identity) + "$"), extensions: { issuer } });
"""


def sigstore(file, bundle, root, identity, issuer):
    return by_status(run(program("peers-node"), "-e", VERIFY, file, bundle, root, identity, issuer))


def version():
    return "@sigstore/verify " + run(program("peers-node"), "-p", 'require("@sigstore/verify/package.json").version').out.strip()


main({"sigstore": sigstore}, version)

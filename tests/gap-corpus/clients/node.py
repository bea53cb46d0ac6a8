#!/usr/bin/env python3
"""crypto.verify of Node.js."""
from contract import by_status, main, program, run

VERIFY = """
const { createPublicKey, verify, constants } = require("crypto"), { readFileSync } = require("fs");
const [file, signature, key, algorithm] = process.argv.slice(1);
const known = createPublicKey(readFileSync(key));
const pss = algorithm === "rsa-pss-sha256" ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
process.exit(verify(algorithm === "ed25519" ? null : "sha256", readFileSync(file), { key: known, ...pss }, readFileSync(signature)) ? 0 : 1);
"""


def node():
    import os
    own = os.path.join(os.environ.get("PEERS", "/nonexistent"), "bin", "peers-node")
    return own if os.path.exists(own) else program("node")


main({"bare": lambda file, signature, key, algorithm: by_status(run(node(), "-e", VERIFY, file, signature, key, algorithm))}, lambda: "Node.js " + run(node(), "--version").out.strip())

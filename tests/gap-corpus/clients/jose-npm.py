#!/usr/bin/env python3
"""jose of npm: jwtVerify for the compact form, which looks at the times, and flattenedVerify or generalVerify for JSON."""
from contract import by_status, main, program, run

VERIFY = """
const { createPublicKey } = require("crypto"), { readFileSync } = require("fs"), jose = require("jose");
const [token, key, algorithm] = process.argv.slice(1);
(async () => {
  const text = readFileSync(token, "utf8"), known = createPublicKey(readFileSync(key)), options = { algorithms: [algorithm] };
  if (!text.trimStart().startsWith("{")) return jose.jwtVerify(text, known, options);
  const value = JSON.parse(text);
  return value.signatures ? jose.generalVerify(value, known, options) : jose.flattenedVerify(value, known, options);
})().catch(error => { console.error(String(error)); process.exit(1); });
"""


def jws(token, key, algorithm):
    return by_status(run(program("peers-node"), "-e", VERIFY, token, key, algorithm))


main({"jws": jws, "jwt": jws}, lambda: "jose (npm) " + run(program("peers-node"), "-p", 'JSON.parse(require("fs").readFileSync(process.env.NODE_PATH + "/jose/package.json")).version').out.strip())

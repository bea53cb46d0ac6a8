// What every part of the test instance needs: digests, encodings, keys of all spellings, and refusals.
'use strict';
const crypto = require('crypto');

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), crypto.createHash('sha256')).digest();
const base64 = bytes => Buffer.from(bytes).toString('base64');
const unbase64 = text => Buffer.from(text ?? '', 'base64');
const spki = key => key.export({ format: 'der', type: 'spki' });

const sorted = value => Array.isArray(value) ? value.map(sorted)
  : value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map(name => [name, sorted(value[name])])) : value;

/** JSON with sorted members: what the logs hash and sign. */
const canonical = value => Buffer.from(JSON.stringify(sorted(value)));

/** The key of a certificate or a public key, PEM or DER. */
function keyOf(bytes) {
  const isPem = bytes.toString('latin1').includes('-----BEGIN');
  try {
    return new crypto.X509Certificate(bytes).publicKey;
  } catch {
    return crypto.createPublicKey(isPem ? bytes : { key: bytes, format: 'der', type: 'spki' });
  }
}

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

module.exports = { sha256, base64, unbase64, spki, canonical, keyOf, Refused };

// An RFC 3161 authority; openssl does the work.
'use strict';
const { execFileSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { unbase64, Refused } = require('./bytes');
const { pem, timestampAuthority } = require('./certificates');

const openssl = (...words) => execFileSync('openssl', ['ts', ...words], { stdio: 'ignore' });

class Timestamps {
  constructor(folder) { this.folder = path.join(folder, 'timestamps'); }

  async start() {
    fs.mkdirSync(this.folder, { recursive: true });
    this.authority = await timestampAuthority();
    fs.writeFileSync(this.#file('key.pem'), crypto.KeyObject.from(this.authority.keys.privateKey).export({ format: 'pem', type: 'pkcs8' }));
    fs.writeFileSync(this.#file('cert.pem'), pem(this.authority.chain[0]));
    fs.writeFileSync(this.#file('chain.pem'), this.authority.chain.map(pem).join(''));
    fs.writeFileSync(this.#file('serial'), '01\n');
    fs.writeFileSync(this.#file('openssl.cnf'), ['[authority]', `serial = ${this.#file('serial')}`, `signer_cert = ${this.#file('cert.pem')}`,
      `signer_key = ${this.#file('key.pem')}`, 'signer_digest = sha256', 'default_policy = 1.3.6.1.4.1.57264.2', 'digests = sha256, sha384, sha512',
      'accuracy = secs:1', 'ess_cert_id_alg = sha256', ''].join('\n'));
  }

  /** The reply to a request, which is DER, or JSON as the public authority takes it too. */
  answer(bytes, request) {
    if ((request.headers['content-type'] ?? '').startsWith('application/json')) this.#query(JSON.parse(bytes));
    else fs.writeFileSync(this.#file('query'), bytes);
    try {
      openssl('-reply', '-config', this.#file('openssl.cnf'), '-section', 'authority', '-queryfile', this.#file('query'), '-out', this.#file('reply'));
    } catch {
      throw new Refused(400, 'Error generating timestamp response');
    }
    return { type: 'application/timestamp-reply', body: fs.readFileSync(this.#file('reply')) };
  }

  #file(name) { return path.join(this.folder, name); }

  #query({ artifactHash, hashAlgorithm = 'sha256', certificates, nonce }) {
    const options = [...certificates ? ['-cert'] : [], ...nonce ? [] : ['-no_nonce']];
    openssl('-query', '-digest', unbase64(artifactHash).toString('hex'), `-${hashAlgorithm}`, ...options, '-out', this.#file('query'));
  }
}

module.exports = { Timestamps };

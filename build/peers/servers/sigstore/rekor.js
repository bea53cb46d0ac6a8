// Rekor, versions 1 and 2. A signature is checked before its entry is taken.
'use strict';
const { execFileSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { base64, canonical, keyOf, sha256, spki, unbase64, Refused } = require('./bytes');
const { Log } = require('./log');

const ecKeys = () => crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const digestOf = bytes => ({ algorithm: 'sha256', value: bytes.toString('hex') });

/** Node verifies messages only; openssl verifies a digest too. */
function checkDigest(folder, key, digest, signature) {
  const file = (name, content) => { fs.writeFileSync(path.join(folder, name), content); return path.join(folder, name); };
  const files = ['-inkey', file('entry.key', key.export({ format: 'pem', type: 'spki' })), '-in', file('entry.digest', digest), '-sigfile', file('entry.sig', signature)];
  try {
    execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', ...files, '-pkeyopt', 'digest:sha256'], { stdio: 'ignore' });
  } catch {
    throw new Refused(400, 'verifying signature: invalid signature');
  }
}

/** The digest of the payload of a DSSE envelope, all of whose signatures are by `keys`. */
function checkEnvelope({ payload, payloadType, signatures }, keys) {
  const bytes = unbase64(payload), signed = Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${bytes.length} `), bytes]);
  if (!signatures?.length) throw new Refused(400, 'no signatures');
  if (!signatures.every(({ sig }) => keys.some(key => crypto.verify('sha256', signed, key, unbase64(sig))))) throw new Refused(400, 'could not verify envelope');
  return sha256(bytes);
}

class Rekor {
  /** The v1 log holds one entry from the start, since clients up to April 2025 refuse index 0; the v2 log starts empty. */
  constructor(folder, host) {
    const first = ecKeys(), second = crypto.generateKeyPairSync('ed25519');
    this.folder = folder;
    this.v1 = new Log({
      origin: `${host} - ${crypto.randomInt(2 ** 47)}`, host, keyId: sha256(spki(first.publicKey)), publicKey: first.publicKey, sign: bytes => crypto.sign('sha256', bytes, first.privateKey),
    });
    // The id of an Ed25519 key in a signed note: name, line feed, 1, key.
    this.v2 = new Log({
      origin: host, host, keyId: sha256(`${host}\n\x01`, spki(second.publicKey).subarray(-32)), publicKey: second.publicKey, sign: bytes => crypto.sign(null, bytes, second.privateKey),
    });
    this.v1.append(Buffer.from('{}'));
  }

  /** The body that version 1 logs for a proposed entry. Of an envelope it keeps digests and signatures. */
  #body({ kind, apiVersion, spec }) {
    if (kind === 'hashedrekord' && apiVersion === '0.0.1') {
      const { data: { hash: { algorithm, value } }, signature: { content, publicKey } } = spec;
      checkDigest(this.folder, keyOf(unbase64(publicKey.content)), Buffer.from(value, 'hex'), unbase64(content));
      return { kind, apiVersion, spec: { data: { hash: { algorithm, value } }, signature: { content, publicKey: { content: publicKey.content } } } };
    }
    if (kind !== 'dsse' || apiVersion !== '0.0.1') throw new Refused(400, `entry type ${kind} ${apiVersion} is not served here`);
    const { envelope: text, verifiers } = spec.proposedContent, envelope = JSON.parse(text);
    const payload = checkEnvelope(envelope, verifiers.map(one => keyOf(unbase64(one))));
    const signatures = envelope.signatures.map(({ sig }, i) => ({ signature: sig, verifier: verifiers[i] ?? verifiers[0] }));
    return { kind, apiVersion, spec: { envelopeHash: digestOf(sha256(text)), payloadHash: digestOf(payload), signatures } };
  }

  /** Version 1: a promise with a time, and a proof. */
  first(proposed) {
    const body = canonical(this.#body(proposed)), { index, size, root, hashes, checkpoint } = this.v1.append(body);
    const promise = { body: base64(body), integratedTime: Math.floor(Date.now() / 1e3), logID: this.v1.keyId.toString('hex'), logIndex: index };
    const inclusionProof = { checkpoint, hashes: hashes.map(one => one.toString('hex')), logIndex: index, rootHash: root.toString('hex'), treeSize: size };
    const uuid = sha256(Buffer.from([0]), body).toString('hex'), verification = { inclusionProof, signedEntryTimestamp: base64(this.v1.sign(canonical(promise))) };
    return { body: JSON.stringify({ [uuid]: { ...promise, verification } }), headers: { location: `/api/v1/log/entries/${uuid}` } };
  }

  /** Version 2: a proof only, no time. What is zero or empty is left out; DSSE is logged as a digest of what it signs. */
  second({ hashedRekordRequestV002: asked }) {
    if (!asked) throw new Refused(400, 'invalid type, must be hashedrekord');
    const { digest, signature: { content, verifier } } = asked;
    checkDigest(this.folder, keyOf(unbase64((verifier.x509Certificate ?? verifier.publicKey).rawBytes)), unbase64(digest), unbase64(content));
    const entry = { apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002: { data: { algorithm: 'SHA2_256', digest }, signature: { content, verifier } } } };
    const body = canonical(entry), { index, size, root, hashes, checkpoint } = this.v2.append(body), logIndex = index ? { logIndex: String(index) } : {};
    const path = hashes.length ? { hashes: hashes.map(base64) } : {};
    const inclusionProof = { ...logIndex, rootHash: base64(root), treeSize: String(size), ...path, checkpoint: { envelope: checkpoint } };
    return { body: JSON.stringify({ ...logIndex, logId: { keyId: base64(this.v2.keyId) }, kindVersion: { kind: entry.kind, version: entry.apiVersion }, canonicalizedBody: base64(body), inclusionProof }) };
  }
}

module.exports = { Rekor };

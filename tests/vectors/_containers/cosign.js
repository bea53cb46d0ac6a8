'use strict';
const crypto = require('crypto');
const { who, root, copy, newKey, spki, scenario, shared, signBlob, cosignKey, sha256 } = require('./tools.js');

module.exports = async () => {
  const vector = scenario('cosign'), artifact = 'release of a test\n';
  const keyless = await signBlob(artifact, false), keyed = await signBlob(artifact, true);
  const trusted = `${who} --trusted-root ../_instance/trusted_root.json`, verify = 'verify a.txt --signature a.bundle', promise = '--allow-promise-only';
  const files = bundle => ({ 'a.txt': artifact, 'a.bundle': bundle });

  // A log of our own, because nobody serves rekord entries any more.
  const log = newKey(), der = spki(log.publicKey), logId = crypto.createHash('sha256').update(der).digest();
  const ours = { ...copy(root.tlogs[0]), baseUrl: 'http://log.test', publicKey: { ...root.tlogs[0].publicKey, rawBytes: der.toString('base64') }, logId: { keyId: logId.toString('base64') } };
  shared('cosign', { 'trusted_root.json': { ...root, tlogs: [...root.tlogs, ours] }, 'cosign.pub': cosignKey });
  const logged = (bundle, body) => {
    const payload = { body: Buffer.from(JSON.stringify(body)).toString('base64'), integratedTime: bundle.rekorBundle.Payload.integratedTime, logID: logId.toString('hex'), logIndex: 7 };
    return { ...copy(bundle), rekorBundle: { SignedEntryTimestamp: crypto.sign('sha256', JSON.stringify(payload), log.privateKey).toString('base64'), Payload: payload } };
  };
  const rekord = (bundle, change = {}) => ({ apiVersion: '0.0.1', kind: 'rekord', spec: {
    data: { hash: { algorithm: 'sha256', value: sha256(artifact) } }, signature: { content: bundle.base64Signature, format: 'x509', publicKey: { content: bundle.cert }, ...change } } });

  vector('keyless', 'what `cosign sign-blob --bundle` wrote: the promise suffices only because the caller says so', `${verify} ${trusted} ${promise}`, 'trusted', files(keyless.bundle), ['comes without one; the caller accepts the promise alone']);
  vector('promise-only', 'the log promised, and nothing proves that it logged: refused unless the caller accepts promises', `${verify} ${trusted}`, 'bundle.promise-only', files(keyless.bundle), ['--allow-promise-only']);
  vector('other-artifact', 'the bundle belongs to another file', `${verify} ${trusted} ${promise}`, 'signature.mismatch', { ...files(keyless.bundle), 'a.txt': 'another file\n' });
  vector('other-identity', 'the certificate names somebody else', `${verify} ${trusted.replace('dev@', 'ops@')} ${promise}`, 'policy.identity', files(keyless.bundle));
  const later = copy(keyless.bundle); later.rekorBundle.Payload.integratedTime += 1;
  vector('promise-other-time', 'the time was changed by a second: the promise no longer covers it', `${verify} ${trusted} ${promise}`, 'log.promise-mismatch', files(later));
  const stranger = copy(keyless.bundle); stranger.rekorBundle.Payload.body = keyed.bundle.rekorBundle.Payload.body;
  vector('promise-other-entry', 'the log entry is the one of another signature', `${verify} ${trusted} ${promise}`, 'bundle.entry-mismatch', files(stranger));
  const bare = copy(keyless.bundle); delete bare.rekorBundle;
  vector('no-promise', 'a certificate without any log entry', `${verify} ${trusted} ${promise}`, 'bundle.no-log', files(bare));
  vector('unknown-member', 'a member that nobody reads is passed over', `${verify} ${trusted} ${promise}`, 'trusted', files({ ...keyless.bundle, proof: {} }));
  vector('managed-key', 'signed with a key: the pinned key decides, the promise is not needed', `${verify} --key ../_instance/cosign.pub`, 'trusted', files(keyed.bundle));
  vector('managed-key-promise', 'signed with a key, and the log is asked for: its promise counts when the caller accepts it', `${verify} --key ../_instance/cosign.pub --trusted-root ../_instance/trusted_root.json ${promise}`, 'trusted', files(keyed.bundle), ['logged in']);
  vector('managed-key-for-certificate', 'a key was given for a bundle with a certificate', `${verify} --key ../_instance/cosign.pub`, 'bundle.key-for-certificate', files(keyless.bundle));
  vector('rekord', 'a rekord entry of an old cosign', `${verify} ${trusted} ${promise}`, 'trusted', files(logged(keyless.bundle, rekord(keyless.bundle))), ['rekord 0.0.1']);
  vector('rekord-not-x509', 'a rekord entry that records a PGP signature', `${verify} ${trusted} ${promise}`, 'bundle.entry-kind', files(logged(keyless.bundle, rekord(keyless.bundle, { format: 'pgp' }))));
  vector('unknown-kind', 'an entry of a kind that says nothing of blobs', `${verify} ${trusted} ${promise}`, 'bundle.entry-kind', files(logged(keyless.bundle, { ...rekord(keyless.bundle), kind: 'alpine' })));
  const der64 = Buffer.from(keyless.bundle.cert, 'base64').toString().replace(/-----.*-----|\s/g, ''), { Payload: logged01, SignedEntryTimestamp: signedEntryTimestamp } = keyless.bundle.rekorBundle;
  const v01 = { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1', verificationMaterial: { x509CertificateChain: { certificates: [{ rawBytes: der64 }] }, tlogEntries: [{
    logIndex: String(logged01.logIndex), logId: { keyId: Buffer.from(logged01.logID, 'hex').toString('base64') }, kindVersion: { kind: 'hashedrekord', version: '0.0.1' },
    integratedTime: String(logged01.integratedTime), inclusionPromise: { signedEntryTimestamp }, canonicalizedBody: logged01.body }] },
    messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(sha256(artifact), 'hex').toString('base64') }, signature: keyless.bundle.base64Signature } };
  vector('bundle-v0.1-promise', 'a Sigstore bundle of version 0.1 may carry the promise alone, where the caller accepts it', `${verify} ${trusted} ${promise}`, 'trusted', files(v01));
  vector('bundle-v0.1-promise-refused', 'the same without the word of the caller', `${verify} ${trusted}`, 'bundle.promise-only', files(v01));
  vector('bundle-v0.3-promise', 'later versions always carry the proof: the option changes nothing for them', `${verify} ${trusted} ${promise}`, 'bundle.proof-missing',
    files({ ...v01, mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', verificationMaterial: { certificate: { rawBytes: der64 }, tlogEntries: v01.verificationMaterial.tlogEntries } }));
  const detached = { 'a.txt': artifact, 'a.sig': keyless.signature, 'a.pem': keyless.certificate };
  vector('detached', 'a bare signature with its certificate: nothing proves the time, so the certificate cannot be judged', `verify a.txt --signature a.sig --certificate a.pem ${trusted}`, 'bundle.no-time', detached);
  vector('detached-and-key', 'a bare signature with its certificate and a key: which of them is meant', 'verify a.txt --signature a.sig --certificate a.pem --key ../_instance/cosign.pub', 'bundle.key-for-certificate', detached);
  vector('detached-tampered', 'a bare signature over another file', `verify a.txt --signature a.sig --certificate a.pem ${trusted}`, 'signature.mismatch', { ...detached, 'a.txt': 'another file\n' });
  vector('detached-key', 'a bare signature by a pinned key needs no certificate', 'verify a.txt --signature a.sig --key ../_instance/cosign.pub --algorithm ECDSA_SHA_256', 'trusted', { 'a.txt': artifact, 'a.sig': keyed.signature });
};

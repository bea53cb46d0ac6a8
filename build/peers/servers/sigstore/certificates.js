// Certificate authorities of the test instance: a root and one certificate below it, P-384, made anew at each start.
'use strict';
require('reflect-metadata');
const crypto = require('crypto');
const x509 = require('@peculiar/x509');

x509.cryptoProvider.set(crypto.webcrypto);
const P384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const began = new Date(Date.now() - 3600e3), ends = new Date(Date.now() + 10 * 365 * 86400e3);
const mayCertify = new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true);
const newKeys = () => crypto.webcrypto.subtle.generateKey(P384, true, ['sign', 'verify']);
const name = common => `O=sigstore.test,CN=${common}`;

/** A positive serial number of 16 bytes, in hex. */
const serial = () => '00' + crypto.randomBytes(16).toString('hex').replace(/^./, '7');

/** A certificate for `publicKey` by `issuer` ({subject, keys}). */
async function certificate(issuer, { subject, publicKey, extensions, notBefore = began, notAfter = ends, serialNumber = serial() }) {
  const ids = [await x509.SubjectKeyIdentifierExtension.create(publicKey), await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey)];
  return x509.X509CertificateGenerator.create({
    serialNumber, subject, issuer: issuer.subject, notBefore, notAfter, publicKey, signingKey: issuer.keys.privateKey, signingAlgorithm: P384, extensions: [...extensions, ...ids],
  });
}

/** The authority `common`: subject, keys and chain (DER, lowest first) of the certificate below its root. */
async function authority(common, below, extensions) {
  const root = { subject: name(common), keys: await newKeys() }, keys = await newKeys();
  const top = await certificate(root, { subject: root.subject, publicKey: root.keys.publicKey, extensions: [new x509.BasicConstraintsExtension(true, 1, true), mayCertify] });
  const low = await certificate(root, { subject: name(below), publicKey: keys.publicKey, extensions });
  return { keys, subject: low.subject, chain: [low, top].map(one => Buffer.from(one.rawData)) };
}

const purpose = one => new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[one]]);
const signingAuthority = () => authority('fulcio root', 'fulcio intermediate', [new x509.BasicConstraintsExtension(true, 0, true), mayCertify, purpose('codeSigning')]);
const timestampAuthority = () => authority('tsa root', 'tsa', [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true)]);
const pem = der => new x509.X509Certificate(der).toString('pem') + '\n';

module.exports = { x509, began, certificate, serial, purpose, signingAuthority, timestampAuthority, pem };

// Fulcio: a certificate for whoever shows a token of the issuer and signs his own name with his key.
'use strict';
const crypto = require('crypto');
const { initializeCTLog } = require('@sigstore/mock');
const { keyOf, sha256, spki, unbase64, Refused } = require('./bytes');
const { x509, certificate, pem, purpose, serial, signingAuthority } = require('./certificates');

const ARC = '1.3.6.1.4.1.57264.1.', SCT_LIST = '1.3.6.1.4.1.11129.2.4.2', TEN_MINUTES = 600e3;
const lengthOf = n => n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
const element = (tag, content) => Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
// Extensions 1 to 6 hold bare text, later ones a UTF8String.
const bare = (number, text) => text && new x509.Extension(ARC + number, false, Buffer.from(text));
const utf8 = (number, text) => text && new x509.Extension(ARC + number, false, element(12, Buffer.from(text)));

/** What the client must have signed, and the name that the certificate gets. */
function subjectOf(claims) {
  if (!claims.email) return { challenge: claims.sub, name: { type: 'url', value: claims.job_workflow_ref ? `https://github.com/${claims.job_workflow_ref}` : claims.sub } };
  if (claims.email_verified !== true) throw new Refused(400, 'the e-mail address is not verified');
  return { challenge: claims.email, name: { type: 'email', value: claims.email } };
}

/** The claims of a token that `issuer` signed for Sigstore and that is in its time. */
async function claimsOf(token, issuer) {
  const [head, body, signature] = String(token).split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url')), claims = JSON.parse(Buffer.from(body ?? '', 'base64url')), now = Date.now() / 1e3;
  const { jwks_uri } = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  const jwk = (await (await fetch(jwks_uri)).json()).keys.find(key => key.kid === header.kid);
  const isTimely = claims.exp > now && claims.nbf <= now + 60;
  const isSigned = () => crypto.verify('sha256', Buffer.from(`${head}.${body}`), crypto.createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64url'));
  if (header.alg !== 'RS256' || !jwk || claims.iss !== issuer || claims.aud !== 'sigstore' || !isTimely || !isSigned()) {
    throw new Refused(401, 'There was an error processing the identity token');
  }
  return claims;
}

function extensionsOf(claims, name) {
  const github = claims.repository && `https://github.com/${claims.repository}`;
  return [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), purpose('codeSigning'), new x509.SubjectAlternativeNameExtension([name], true),
    bare(1, claims.iss), bare(2, claims.event_name), bare(3, claims.sha), bare(4, claims.workflow), bare(5, claims.repository), bare(6, claims.ref),
    utf8(8, claims.iss), utf8(9, claims.job_workflow_ref && name.value), utf8(11, claims.runner_environment), utf8(12, github), utf8(13, claims.sha), utf8(14, claims.ref),
    utf8(20, claims.event_name),
  ].filter(Boolean);
}

class Fulcio {
  constructor(issuer) { this.issuer = issuer; }

  async start() {
    this.authority = await signingAuthority();
    this.ctLog = await initializeCTLog(crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));
    this.keyHash = sha256(Buffer.from(await crypto.webcrypto.subtle.exportKey('spki', this.authority.keys.publicKey)));
  }

  async issue(token, key, proof) {
    const claims = await claimsOf(token, this.issuer), { challenge, name } = subjectOf(claims);
    if (!crypto.verify('sha256', Buffer.from(challenge), key, proof)) throw new Refused(400, 'The signature supplied in the request could not be verified');
    const publicKey = await new x509.PublicKey(spki(key)).export({ name: 'ECDSA', namedCurve: 'P-256' }, ['verify']);
    const notBefore = new Date(Math.floor(Date.now() / 1e3) * 1e3), notAfter = new Date(notBefore.getTime() + TEN_MINUTES), serialNumber = serial();
    const make = more => certificate(this.authority, { subject: '', publicKey, extensions: [...extensionsOf(claims, name), ...more], notBefore, notAfter, serialNumber });
    // The log signs the certificate as it is without the timestamp; each timestamp in the list has its length in front already.
    const timestamp = Buffer.from(await this.ctLog.log((await make([])).rawData, this.keyHash));
    const list = Buffer.concat([Buffer.from([timestamp.length >> 8, timestamp.length & 255]), timestamp]);
    return make([new x509.Extension(SCT_LIST, false, element(4, list))]);
  }

  /** Version 1 takes the key as DER in base64, version 2 as PEM. Go clients send the token in a header, sigstore-js in the body. */
  async answer(body, request) {
    const isOlder = request.url.startsWith('/api/v1/'), bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const asked = body.publicKeyRequest;
    const key = isOlder ? unbase64(body.publicKey.content) : Buffer.from(asked?.publicKey.content ?? ''), proof = isOlder ? body.signedEmailAddress : asked?.proofOfPossession;
    if (!key.length) throw new Refused(400, 'only publicKeyRequest is served here');
    const leaf = await this.issue(bearer ?? body.credentials?.oidcIdentityToken, keyOf(key), unbase64(proof));
    const certificates = [leaf.toString('pem') + '\n', ...this.authority.chain.map(pem)];
    return isOlder ? { status: 201, type: 'application/pem-certificate-chain', body: certificates.join('') }
      : { status: 200, body: JSON.stringify({ signedCertificateEmbeddedSct: { chain: { certificates } } }) };
  }
}

module.exports = { Fulcio };

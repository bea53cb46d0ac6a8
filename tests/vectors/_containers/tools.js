// What the generators of all containers share: a folder per scenario, signing by real clients, small changes to what they wrote.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const { bundleToJSON } = require('@sigstore/bundle');
const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = require('@sigstore/sign');

const [mock, instance, issuer, vectors, work] = process.argv.slice(2);
const TYPE = 'application/vnd.in-toto+json';
const who = `--certificate-identity dev@example.com --certificate-oidc-issuer ${issuer}`;
const root = JSON.parse(fs.readFileSync(path.join(instance, 'trusted_root.json')));

const hash = (algorithm, bytes) => crypto.createHash(algorithm).update(bytes).digest('hex');
const sha256 = bytes => hash('sha256', bytes), sha512 = bytes => hash('sha512', bytes);
const copy = value => JSON.parse(JSON.stringify(value));
const pem = (kind, der) => `-----BEGIN ${kind}-----\n${der.match(/.{1,64}/g).join('\n')}\n-----END ${kind}-----\n`;
const newKey = () => crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const spki = key => key.export({ format: 'der', type: 'spki' });
const publicPem = pair => pair.publicKey.export({ format: 'pem', type: 'spki' });
const token = async () => (await fetch(`${issuer}/token`)).text();

function scenario(format) { // a function that writes one scenario
  return (name, about, args, expect, files, contains = []) => {
    const folder = path.join(vectors, format, name);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    write(folder, files);
    const lines = [`# ${about}`, `args: ${args}`, `expect: ${expect}`, ...contains.map(text => `contains: ${text}`)];
    fs.writeFileSync(path.join(folder, 'case.txt'), lines.join('\n') + '\n');
  };
}

function write(folder, files) {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content) + '\n');
  }
}

function shared(format, files, name = '_instance') {
  fs.rmSync(path.join(vectors, format, name), { recursive: true, force: true });
  write(path.join(vectors, format, name), files);
}

const statement = (subjects, predicateType, predicate, version = 'v1') =>
  ({ _type: `https://in-toto.io/Statement/${version}`, subject: subjects, predicateType, ...(predicate === undefined ? {} : { predicate }) });

// A bundle as JSON: by certificate, or by `pair` with `hint`; with Rekor v1 entry (witness log), RFC 3161 token (witness time).
async function attest(content, { pair, hint, log = true, time = false } = {}) {
  const signer = pair
    ? { sign: async data => ({ signature: crypto.sign('sha256', data, pair.privateKey), key: { $case: 'publicKey', publicKey: publicPem(pair), hint } }) }
    : new FulcioSigner({ fulcioBaseURL: mock, identityProvider: { getToken: token } });
  const witnesses = [...(log ? [new RekorWitness({ rekorBaseURL: mock, majorApiVersion: 1, entryType: 'dsse' })] : []), ...(time ? [new TSAWitness({ tsaBaseURL: mock })] : [])];
  return bundleToJSON(await new DSSEBundleBuilder({ signer, witnesses }).create({ data: Buffer.from(JSON.stringify(content)), type: TYPE }));
}

const environment = {
  ...process.env, SIGSTORE_ROOT_FILE: path.join(work, 'fulcio.pem'), SIGSTORE_CT_LOG_PUBLIC_KEY_FILE: path.join(work, 'ct.pem'), SIGSTORE_REKOR_PUBLIC_KEY: path.join(work, 'rekor.pem'),
};
write(work, {
  'fulcio.pem': root.certificateAuthorities[0].certChain.certificates.map(c => pem('CERTIFICATE', c.rawBytes)).reverse().join(''),
  'ct.pem': pem('PUBLIC KEY', root.ctlogs[0].publicKey.rawBytes), 'rekor.pem': pem('PUBLIC KEY', root.tlogs[0].publicKey.rawBytes),
});
const cosign = (...args) => execFileSync('cosign', args, { cwd: work, env: environment, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
if (!fs.existsSync(path.join(work, 'cosign.key'))) cosign('generate-key-pair');
const cosignKey = fs.readFileSync(path.join(work, 'cosign.pub'), 'utf8');

// What cosign writes for a blob: keyless, or with its key.
async function signBlob(content, keyed) {
  write(work, { blob: content });
  cosign('sign-blob', '--yes', '--rekor-url', mock, '--fulcio-url', mock, '--new-bundle-format=false', '--bundle', 'blob.bundle', '--output-signature', 'blob.sig',
    ...(keyed ? ['--key', 'cosign.key'] : ['--output-certificate', 'blob.pem', '--identity-token', await token()]), 'blob');
  const read = name => fs.readFileSync(path.join(work, name), 'utf8');
  return { bundle: JSON.parse(read('blob.bundle')), signature: read('blob.sig'), certificate: keyed ? undefined : read('blob.pem') };
}

module.exports = { mock, instance, issuer, vectors, work, TYPE, who, root, sha256, sha512, copy, pem, newKey, spki, publicPem, scenario, shared, write, statement, attest, signBlob, cosignKey };

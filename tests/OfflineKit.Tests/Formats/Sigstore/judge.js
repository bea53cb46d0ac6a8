// The verdicts of @sigstore/verify on the bundles of a corpus: peers-node judge.js CORPORA CORPUS
// One line a manifest row: PATH, tab, accept or refuse, tab, why. Rows with another command line than a bundle's are left out.
'use strict';
const { execFileSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { bundleFromJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');

const [corpora, corpus] = process.argv.slice(2), work = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));

// Node verifies messages only; of a release only the digest is at hand, so openssl verifies that.
function overDigest(digest, signature) {
  const file = name => path.join(work, name);
  return {
    signature,
    compareSignature: other => other.equals(signature),
    compareDigest: other => other.equals(digest),
    compareSignedDigest: other => other.equals(digest),
    verifySignature: key => {
      fs.writeFileSync(file('key'), key.export({ format: 'pem', type: 'spki' })); fs.writeFileSync(file('digest'), digest); fs.writeFileSync(file('sig'), signature);
      try { execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', file('key'), '-in', file('digest'), '-sigfile', file('sig')], { stdio: 'ignore' }); return true; } catch { return false; }
    },
  };
}

function judge(file, args) {
  const folder = path.dirname(file), option = name => args.includes(name) ? args[args.indexOf(name) + 1] : undefined, artifact = args.at(-1);
  const at = name => name === '@production' ? path.join(corpora, 'trust-roots', 'production-trusted_root.json') : path.resolve(folder, name);
  const key = option('--key') && { publicKey: crypto.createPublicKey(fs.readFileSync(at(option('--key')))), validFor: () => true };
  const trust = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(fs.readFileSync(at(option('--trusted-root') ?? '@production')))), () => key);
  const bundle = bundleFromJSON(JSON.parse(fs.readFileSync(file))), isDigest = artifact.startsWith('sha256:'), message = bundle.content.$case === 'messageSignature';
  const entity = toSignedEntity(bundle, message && !isDigest ? fs.readFileSync(at(artifact)) : undefined);
  if (message && isDigest) entity.signature = overDigest(Buffer.from(artifact.slice(7), 'hex'), bundle.content.messageSignature.signature);
  const identity = option('--certificate-identity');
  new Verifier(trust).verify(entity, identity && { subjectAlternativeName: identity, extensions: { issuer: option('--certificate-oidc-issuer') } });
}

for (const line of fs.readFileSync(path.join(corpora, corpus, 'MANIFEST.tsv'), 'utf8').trim().split('\n').slice(1)) {
  const [name, kind, , args] = line.split('\t');
  if (!/bundle/.test(kind) || !/--certificate-identity|--key/.test(args)) continue;
  let verdict = 'accept', why = '';
  try { judge(path.join(corpora, corpus, name), args.split(' ')); } catch (error) { verdict = 'refuse'; why = `${error.code ?? ''} ${error.message}`.replace(/\s+/g, ' ').slice(0, 160); }
  console.log([name, verdict, why].join('\t'));
}
fs.rmSync(work, { recursive: true });

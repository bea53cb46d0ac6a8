'use strict';
const crypto = require('crypto');
const { who, root, copy, newKey, spki, scenario, shared, statement, attest, sha256, sha512 } = require('./tools.js');

const SLSA = 'https://slsa.dev/provenance/v1', PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1';

module.exports = async () => {
  const vector = scenario('npm'), archive = 'not really an archive\n', registry = newKey(), retired = newKey(), packages = newKey();
  const hint = pair => { // the list's name of a key: an OpenSSH fingerprint
    const part = bytes => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]), point = spki(pair.publicKey).subarray(-65);
    return 'SHA256:' + crypto.createHash('sha256').update(Buffer.concat([part(Buffer.from('ecdsa-sha2-nistp256')), part(Buffer.from('nistp256')), part(point)])).digest('base64').replace(/=+$/, '');
  };
  const listed = (pair, usage, validFor) => ({ keyId: hint(pair), keyUsage: usage, publicKey: { rawBytes: spki(pair.publicKey).toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor } });
  const open = { start: '2022-12-01T00:00:00.000Z' };
  const keys = JSON.stringify({ keys: [listed(registry, 'npm:attestations', open), listed(retired, 'npm:attestations', { ...open, end: '2023-01-01T00:00:00.000Z' }), listed(packages, 'npm:signatures', open)] });
  const trustedRoot = JSON.stringify(root), entry = (name, kind, file, content) => ({ name, kind, file, sha256: sha256(content), source: 'made for this test', 'retrieved-on': '2026-11-22', status: 'active', 'on-by-default': true });
  shared('npm', {
    'trust.json': { version: 1, roots: [entry('test-sigstore', 'sigstore-trusted-root', 'trusted_root.json', trustedRoot), entry('test-npm', 'npm-keys', 'keys.json', keys)] }, 'trusted_root.json': trustedRoot, 'keys.json': keys,
  }, '_trust');

  const digests = { sha512: sha512(archive) }, url = 'pkg:npm/%40scope/demo@1.0.0', named = (name = url, digest = digests) => [{ name, digest }];
  const published = (change = {}) => ({ name: '@scope/demo', version: '1.0.0', registry: 'https://registry.example.com', ...change });
  const byKey = (content, pair = registry) => attest(content, { pair, hint: hint(pair) });
  const provenance = { predicateType: SLSA, bundle: await attest(statement(named(), SLSA, {})) };
  const publication = { predicateType: PUBLISH, bundle: await byKey(statement(named(), PUBLISH, published(), 'v0.1')) };
  const files = (...attestations) => ({ 'demo.tgz': archive, 'a.json': { attestations, note: 'other members are ignored' } });
  const verify = 'verify demo.tgz --signature a.json --no-bundled-trust --trust ../_trust', named2 = `${verify} ${who}`, registryOnly = `${verify} --trust-root test-npm --trust-root test-sigstore`;
  const make = async (subjects, type, predicate, pair) => ({ predicateType: type, bundle: pair ? await byKey(statement(subjects, type, predicate, 'v0.1'), pair) : await attest(statement(subjects, type, predicate)) });

  vector('both', 'provenance by the demanded identity, publication by the registry: both hold', `${named2} --all`, 'trusted', files(publication, provenance), ['member https://slsa.dev/provenance/v1: trusted', `member ${PUBLISH}: trusted`]);
  vector('provenance', 'provenance alone', named2, 'trusted', files(provenance), ['the statement names pkg:npm/%40scope/demo@1.0.0']);
  vector('publication-is-no-identity', 'the registry published the package, which says nothing of the demanded identity', named2, 'verdict.nothing-proved', files(publication));
  vector('publication', 'publication alone, where the registry is whom the caller trusts', registryOnly, 'trusted', files(publication));
  vector('other-package-file', 'the attestations are of another file', named2, 'statement.artifact-not-subject', { ...files(provenance), 'demo.tgz': 'another file\n' });
  vector('other-identity', 'provenance by somebody else', named2.replace('dev@', 'ops@'), 'policy.identity', files(provenance));
  vector('outer-type', 'the response calls the attestation something else than what is signed', named2, 'npm.predicate-mismatch', files({ ...provenance, predicateType: 'https://slsa.dev/provenance/v0.2' }));
  vector('publication-by-certificate', 'anybody can get a certificate: a publication must be signed by the registry', named2, 'npm.signer', files(await make(named(), PUBLISH, published())));
  vector('provenance-by-key', 'provenance with the registry key says nothing of who built it', registryOnly, 'npm.signer', files(await make(named(), SLSA, {}, registry)));
  vector('two-subjects', 'a statement on two packages', named2, 'npm.package', files(await make([...named(), { name: 'pkg:npm/other@1.0.0', digest: { sha512: sha512('x') } }], SLSA, {})));
  vector('no-package-url', 'the subject is not an npm package', named2, 'npm.package', files(await make(named('pkg:pypi/demo@1.0.0'), SLSA, {})));
  vector('without-sha512', 'the subject has a digest that the registry does not use', named2, 'npm.package', files(await make(named(url, { sha256: sha256(archive) }), SLSA, {})));
  vector('other-version', 'the registry states another version than the subject', registryOnly, 'npm.package', files(await make(named(), PUBLISH, published({ version: '1.0.1' }), registry)));
  vector('retired-key', "the registry's key had left its window when the log took the entry", registryOnly, 'key.not-valid', files(await make(named(), PUBLISH, published(), retired)));
  vector('key-for-packages', 'a registry key that may sign packages only', registryOnly, 'signature.mismatch', files(await make(named(), PUBLISH, published(), packages)));
  const unlogged = copy(publication); unlogged.bundle.verificationMaterial.tlogEntries = [];
  vector('without-log', 'without log entry nothing proves that the key was in its window', registryOnly, 'bundle.no-log', files(unlogged));
  vector('no-attestations', 'a response without attestations', named2, 'verdict.nothing-proved', files());
};

'use strict';
const { who, root, copy, scenario, shared, statement, attest, sha256 } = require('./tools.js');

const PUBLISH = 'https://docs.pypi.org/attestations/publish/v1', SLSA = 'https://slsa.dev/provenance/v1';

const attestation = bundle => { // PEP 740 spells the same in members of its own
  const { certificate, tlogEntries } = bundle.verificationMaterial, { payload, signatures } = bundle.dsseEnvelope;
  return { version: 1, verification_material: { certificate: certificate.rawBytes, transparency_entries: tlogEntries }, envelope: { statement: payload, signature: signatures[0].sig } };
};

module.exports = async () => {
  const vector = scenario('pypi'), wheel = 'not really a wheel\n', file = 'Demo_Kit-1.0-py2.py3-none-any.whl';
  shared('pypi', { 'trusted_root.json': root });
  const named = (name = 'demo_kit-1.0.0-py3.py2-none-any.whl', digest = { sha256: sha256(wheel) }) => [{ name, digest }];
  const make = async (subjects, type, predicate, version) => attestation(await attest(statement(subjects, type, predicate, version)));
  const good = await make(named(), PUBLISH, null), slsa = await make(named(), SLSA, {});
  const files = (content, name = file) => ({ [name]: wheel, 'a.attestation': content });
  const verify = name => `verify ${name} --signature a.attestation ${who} --trusted-root ../_instance/trusted_root.json`, usual = verify(file);
  const publisher = { kind: 'GitHub', repository: 'example/demo', workflow: 'release.yml', environment: null };
  const provenance = (...attestations) => ({ version: 1, attestation_bundles: [{ publisher, attestations }] });

  vector('publish', 'a publish attestation; its name for the wheel is spelled in another way and means the same', usual, 'trusted', files(good), ['the statement names demo-kit 1']);
  vector('sdist', 'a source distribution with SLSA provenance', verify('demo-kit-1.0.tar.gz'), 'trusted', files(await make(named('demo_kit-1.0.tar.gz'), SLSA, {}), 'demo-kit-1.0.tar.gz'));
  vector('provenance', 'a provenance object: one attestation of two that holds is enough', usual, 'trusted', files(provenance(await make(named(undefined, { sha256: sha256('x') }), PUBLISH, null), slsa)), ['member attestation 2 (GitHub): trusted']);
  vector('provenance-all', 'every attestation of a provenance object is demanded', `${usual} --all`, 'statement.artifact-not-subject', files(provenance(good, await make(named(undefined, { sha256: sha256('x') }), PUBLISH, null))));
  vector('publisher-is-a-claim', 'the publisher that the index names is not whom the caller demands', usual.replace('dev@', 'ops@'), 'policy.identity', files(provenance(good)));
  vector('other-file', 'the attestation is of another file', usual, 'statement.artifact-not-subject', { ...files(good), [file]: 'another file\n' });
  vector('other-name', 'the same bytes under the name of another version', verify('demo_kit-1.1-py3-none-any.whl'), 'pypi.subject', files(good, 'demo_kit-1.1-py3-none-any.whl'));
  vector('renamed', 'the file has a name that no index serves', verify('demo.bin'), 'pypi.file-name', files(good, 'demo.bin'));
  vector('two-subjects', 'a statement on two files', usual, 'pypi.subject', files(await make([...named(), ...named('other-1.0.zip', { sha256: sha256('x') })], PUBLISH, null)));
  vector('statement-v0.1', 'an old statement', usual, 'pypi.subject', files(await make(named(), PUBLISH, null, 'v0.1')));
  vector('predicate-type', 'an attestation of a type that indexes do not publish', usual, 'pypi.predicate-type', files(await make(named(), 'https://example.com/p', {})));
  vector('publish-with-predicate', 'a publish attestation that says more than it may', usual, 'pypi.predicate-type', files(await make(named(), PUBLISH, { hello: 'world' })));
  vector('version-2', 'a version of the attestation that does not exist', usual, 'pypi.version', files({ ...good, version: 2 }));
  const unlogged = copy(good); unlogged.verification_material.transparency_entries = [];
  vector('without-log', 'an attestation without log entry', usual, 'signature.malformed', files(unlogged));
  const resigned = copy(good); resigned.envelope.statement = slsa.envelope.statement;
  vector('other-statement', 'the statement of one attestation under the signature of another', usual, 'signature.mismatch', files(resigned));
};

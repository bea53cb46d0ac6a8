'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const { who, root, copy, work, TYPE, newKey, publicPem, scenario, shared, write, statement, attest, signBlob, cosignKey, sha256 } = require('./tools.js');

const OCI = 'application/vnd.oci.image.', SIMPLE = 'application/vnd.dev.cosign.simplesigning.v1+json', BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

class Layout {
  files = { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}' };
  manifests = [];
  blob(content, mediaType, annotations) {
    const bytes = Buffer.from(typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    this.files[`blobs/sha256/${sha256(bytes)}`] = bytes;
    return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length, ...(annotations ? { annotations } : {}) };
  }
  manifest(layers, annotations, more = {}) {
    const config = this.blob('{}', `${OCI}config.v1+json`);
    const descriptor = this.blob({ schemaVersion: 2, mediaType: `${OCI}manifest.v1+json`, config, layers, ...more }, `${OCI}manifest.v1+json`);
    this.manifests.push({ ...descriptor, ...(annotations ? { annotations } : {}) });
    return descriptor;
  }
  tagged(image, suffix, layers) { return this.manifest(layers, { 'org.opencontainers.image.ref.name': `${image.digest.replace(':', '-')}${suffix}` }); }
  done() { return { ...this.files, 'index.json': JSON.stringify({ schemaVersion: 2, mediaType: `${OCI}index.v1+json`, manifests: this.manifests }) }; }
}

const under = files => Object.fromEntries(Object.entries(files).map(([name, content]) => [`layout/${name}`, content]));
const payload = (digest, type = 'cosign container image signature', reference = 'registry.example.com/demo') =>
  JSON.stringify({ critical: { identity: { 'docker-reference': reference }, image: { 'docker-manifest-digest': digest }, type }, optional: null });
const beside = ({ bundle, signature, certificate }) => ({
  'dev.cosignproject.cosign/signature': signature.trim(),
  ...(certificate ? { 'dev.sigstore.cosign/certificate': Buffer.from(certificate, 'base64').toString(), 'dev.sigstore.cosign/chain': Buffer.from(certificate, 'base64').toString(), 'dev.sigstore.cosign/bundle': JSON.stringify(bundle.rekorBundle) } : {}),
});

module.exports = async () => {
  const vector = scenario('oci-image'), other = newKey();
  shared('oci-image', { 'trusted_root.json': root, 'cosign.pub': cosignKey, 'other.pub': publicPem(other) });
  const image = layout => layout.manifest([layout.blob('a layer\n', `${OCI}layer.v1.tar`)], { 'org.opencontainers.image.ref.name': 'latest' });
  const digest = image(new Layout()).digest, elsewhere = `sha256:${sha256('another image')}`;
  const args = `verify-image layout --digest ${digest}`, byKey = `${args} --key ../_instance/cosign.pub`, byName = `${args} ${who} --trusted-root ../_instance/trusted_root.json`;

  const signed = async (text, keyed, change = annotations => annotations) => {
    const layout = new Layout(), descriptor = image(layout);
    layout.tagged(descriptor, '.sig', [layout.blob(text, SIMPLE, change(beside(await signBlob(text, keyed))))]);
    return layout.done();
  };
  const keyed = await signed(payload(digest), true), keyless = await signed(payload(digest), false);
  vector('key', 'an image signed with a key', byKey, 'trusted', under(keyed), ['image:          in the layout']);
  vector('other-key', 'an image signed with another key', `${args} --key ../_instance/other.pub`, 'signature.mismatch', under(keyed));
  vector('keyless', 'an image signed by certificate, with the promise of the log; the chain beside it is never trusted', `${byName} --allow-promise-only`, 'trusted', under(keyless), ['the chain beside the signature was ignored']);
  vector('keyless-promise-only', 'image signatures carry a promise alone, which the caller must accept', byName, 'bundle.promise-only', under(keyless));
  vector('key-for-certificate', 'a key was given for a signature by certificate', byKey, 'bundle.key-for-certificate', under(keyless));
  vector('reference', 'the name under which the image was signed is the demanded one', `${byKey} --reference registry.example.com/demo`, 'trusted', under(keyed));
  vector('reference-mismatch', 'the image was signed under another name', `${byKey} --reference registry.example.com/other`, 'image.reference-mismatch', under(keyed));
  vector('other-digest', 'a true signature of another image lies under the tag of this one', byKey, 'image.other-digest', under(await signed(payload(elsewhere), true)));
  vector('payload-type', 'a true signature over a payload that is no statement on an image', byKey, 'image.payload-type', under(await signed(payload(digest, 'atomic container signature'), true)));
  vector('capital-member', 'a member that is spelled with a capital is another member', byKey, 'signature.malformed', under(await signed(payload(digest).replace('docker-manifest', 'Docker-manifest'), true)));
  vector('no-signature', 'a layout without signatures of this image', `verify-image layout --digest ${elsewhere} --key ../_instance/cosign.pub`, 'oci.no-signature', under(keyed));
  const changed = { ...keyed }, layer = Object.keys(changed).find(name => changed[name].toString() === 'a layer\n'); changed[layer] = 'another layer\n';
  vector('blob-changed', 'a layer of the image has another digest than its name', byKey, 'oci.blob-mismatch', under(changed));
  const sized = { ...keyed, 'index.json': keyed['index.json'].replace(/"size":(\d+)/, (_, size) => `"size":${Number(size) + 1}`) };
  vector('size-changed', 'a descriptor says another size than the blob has', byKey, 'oci.blob-mismatch', under(sized));
  const { 'oci-layout': marker, ...unmarked } = keyed;
  vector('no-layout', 'a folder without the mark of a layout', byKey, 'oci.malformed', under(unmarked));
  vector('layout-version', 'a layout of a version that does not exist', byKey, 'oci.malformed', under({ ...keyed, 'oci-layout': marker.replace('1.0.0', '2.0.0') }));

  write(path.join(work, 'tar'), keyed);
  execFileSync('tar', ['--format=ustar', '--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '-cf', '../layout.tar', '.'], { cwd: path.join(work, 'tar') });
  vector('tar', 'a layout in a tar archive', byKey.replace('layout', 'layout.tar'), 'trusted', { 'layout.tar': fs.readFileSync(path.join(work, 'layout.tar')) });
  for (const [ending, program, words] of [['gz', 'gzip', ['-nc']], ['zst', 'zstd', ['-qc']]]) {
    vector(`tar-${ending}`, `the same as .tar.${ending}`, byKey.replace('layout', `layout.tar.${ending}`), 'trusted', { [`layout.tar.${ending}`]: execFileSync(program, [...words, path.join(work, 'layout.tar')]) });
  }

  const attested = async (subject, suffix = '.att') => {
    const layout = new Layout(), descriptor = image(layout), { dsseEnvelope } = await attest(statement([{ name: 'demo', digest: { sha256: subject.slice(7) } }], 'https://example.com/p', {}), { pair: other, hint: '' });
    layout.tagged(descriptor, suffix, [layout.blob({ ...dsseEnvelope, payloadType: TYPE }, 'application/vnd.dsse.envelope.v1+json', { 'dev.cosignproject.cosign/signature': '' })]);
    return layout.done();
  };
  const attestations = `${args} --key ../_instance/other.pub`;
  vector('attestation', 'an attestation on the image', `${attestations} --predicate-type https://example.com/p`, 'trusted', under(await attested(digest)));
  vector('reference-of-attestation', 'an attestation states no name that the image was signed under', `${attestations} --predicate-type https://example.com/p --reference registry.example.com/other`, 'image.reference-mismatch', under(await attested(digest)));
  vector('attestation-other-image', 'an attestation on another image under the tag of this one', attestations, 'statement.artifact-not-subject', under(await attested(elsewhere)));

  const referring = async subject => {
    const layout = new Layout(), descriptor = image(layout), bundle = await attest(statement([{ name: 'demo', digest: { sha256: subject.slice(7) } }], 'https://example.com/p', {}));
    layout.manifest([layout.blob(bundle, BUNDLE)], undefined, { artifactType: BUNDLE, subject: descriptor });
    return layout.done();
  };
  vector('referrer', 'a bundle that refers to the image', byName, 'trusted', under(await referring(digest)), ['member bundle 1: trusted']);
  vector('reference-of-bundle', 'a bundle states no name that the image was signed under', `${byName} --reference registry.example.com/other`, 'image.reference-mismatch', under(await referring(digest)));
  vector('referrer-other-image', 'a bundle refers to this image and speaks of another: only the statement binds', byName, 'statement.artifact-not-subject', under(await referring(elsewhere)));
};

// Makes the trust bundles of these vectors with an independent TUF implementation: @tufjs/models and tuf-js (npm).
//   npm install @tufjs/models tuf-js      (in some folder; name its node_modules with NODE_PATH)
//   NODE_PATH=.../node_modules node generate.mjs
// Needs tar (GNU) and zstd. Keys are made anew and thrown away; every run gives other fingerprints, so all cases are written again.
// The sound bundles are also read back by tuf-js's own client model before they are used.
import { createRequire } from 'node:module';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
const require = createRequire(path.join(process.env.NODE_PATH ?? process.cwd(), 'x.js'));
const m = { ...require('@tufjs/models'), ...require('@tufjs/models/dist/role.js'), ...require('@tufjs/models/dist/delegations.js'), ...require('@tufjs/models/dist/file.js'), ...require('@tufjs/models/dist/key.js') };
const { canonicalize } = require('@tufjs/canonical-json');
const here = path.dirname(new URL(import.meta.url).pathname);
const AT = '2026-11-01T00:00:00Z', EXPIRES = '2027-06-01T00:00:00Z';

function newKey(type) {
  const pair = type === 'rsa' ? crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })
    : type === 'ed25519' ? crypto.generateKeyPairSync('ed25519')
    : crypto.generateKeyPairSync('ec', { namedCurve: type });
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' });
  const [keyType, scheme, value] = type === 'rsa' ? ['rsa', 'rsassa-pss-sha256', pem]
    : type === 'ed25519' ? ['ed25519', 'ed25519', pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')]
    : type === 'P-384' ? ['ecdsa', 'ecdsa-sha2-nistp384', pem]
    : ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256', pem];
  const keyID = crypto.createHash('sha256').update(canonicalize({ keytype: keyType, scheme, keyval: { public: value } })).digest('hex');
  const key = new m.Key({ keyID, keyType, scheme, keyVal: { public: value } });
  const sign = (data) => {
    const sig = type === 'rsa'
      ? crypto.sign('sha256', data, { key: pair.privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
      : crypto.sign(type === 'ed25519' ? null : type === 'P-384' ? 'sha384' : 'sha256', data, pair.privateKey);
    return new m.Signature({ keyID, sig: sig.toString('hex') });
  };
  return { key, sign };
}
const keys = {
  root: [newKey('ed25519'), newKey('rsa'), newKey('prime256v1')], targets: [newKey('P-384'), newKey('ed25519')],
  snapshot: [newKey('rsa')], timestamp: [newKey('ed25519')], team: [newKey('prime256v1')],
};
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const text = (metadata) => Buffer.from(JSON.stringify(metadata.toJSON(), null, 1));
const signed = (body, signers) => { const md = new m.Metadata(body); signers.forEach((s) => md.sign(s.sign)); return text(md); };
const target = (name, content) => new m.TargetFile({ path: name, length: content.length, hashes: { sha256: sha256(content) } });

function root(version, signers, roles = keys, threshold = { root: 2, targets: 2, snapshot: 1, timestamp: 1 }) {
  const body = new m.Root({ version, specVersion: '1.0', expires: EXPIRES, consistentSnapshot: true, keys: {}, roles: Object.fromEntries(
    ['root', 'targets', 'snapshot', 'timestamp'].map((r) => [r, new m.Role({ keyIDs: [], threshold: threshold[r] })])) });
  for (const role of ['root', 'targets', 'snapshot', 'timestamp']) for (const k of roles[role]) body.addKey(k.key, role);
  return signed(body, signers);
}
// A release as files; everything can be overridden by a case.
function release({ version = 1, expires = EXPIRES, files = { 'release.pub': Buffer.from('not a key, only a target\n') }, targetSigners = keys.targets, extra = {}, teamFiles = { 'team/a.txt': Buffer.from('by the team\n') }, teamSigners = keys.team, noTeam = false, targetsVersion = version, spec = '1.0', depth = 0, use = keys, teamVersion = 1, teamName = 'team', teamPaths = ['team/*'], online = version } = {}) {
  const out = { 'metadata/1.root.json': root1 };
  const delegation = (name, paths) => new m.DelegatedRole({ name, keyIDs: [keys.team[0].key.keyID], threshold: 1, terminating: true, paths });
  const delegations = (name, paths) => new m.Delegations({ keys: { [keys.team[0].key.keyID]: keys.team[0].key }, roles: { [name]: delegation(name, paths) } });
  const body = new m.Targets({ version: targetsVersion, specVersion: spec, expires, targets: {}, delegations: noTeam ? undefined : delegations(teamName, teamPaths) });
  for (const [name, content] of Object.entries(files)) { body.addTarget(target(name, content)); out[hashed(name, content)] = content; }
  const targets = signed(body, targetSigners);
  out[`metadata/${version}.targets.json`] = targets;
  const meta = { 'targets.json': new m.MetaFile({ version, length: targets.length, hashes: { sha256: sha256(targets) } }) };
  if (targetsVersion !== version) meta['targets.json'] = new m.MetaFile({ version });
  const team = (name, next) => { const t = new m.Targets({ version: teamVersion, specVersion: '1.0', expires, targets: {}, delegations: next ? delegations(next, ['*']) : undefined });
    if (name === teamName) for (const [n, c] of Object.entries(teamFiles)) { t.addTarget(target(n, c)); out[hashed(n, c)] = c; }
    out[`metadata/${teamVersion}.${name}.json`] = signed(t, teamSigners); meta[`${name}.json`] = new m.MetaFile({ version: teamVersion }); };
  if (!noTeam) team(teamName, depth > 0 ? 'd1' : null);
  for (let i = 1; i <= depth; i++) team(`d${i}`, i < depth ? `d${i + 1}` : null);
  const snapshot = signed(new m.Snapshot({ version: online, specVersion: '1.0', expires, meta }), use.snapshot);
  out[`metadata/${online}.snapshot.json`] = snapshot;
  const ts = new m.Timestamp({ version: online, specVersion: '1.0', expires, snapshotMeta: new m.MetaFile({ version: online, length: snapshot.length, hashes: { sha256: sha256(snapshot) } }), unrecognizedFields: { 'x-offlinekit-signed-on': '2026-10-01T00:00:00Z' } });
  out['metadata/timestamp.json'] = signed(ts, use.timestamp);
  return { ...out, ...extra };
}
const hashed = (name, content) => `targets/${path.posix.join(path.posix.dirname(name), `${sha256(content)}.${path.posix.basename(name)}`)}`;
const root1 = root(1, keys.root), pin = sha256(root1);

function write(folder, files) {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) { const p = path.join(folder, name); fs.mkdirSync(path.dirname(p), { recursive: true }); fs.writeFileSync(p, content); }
}
function tar(file, files, flags = []) {
  const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'vec-')); write(tmp, files);
  execFileSync('tar', ['--format=ustar', '--sort=name', '--owner=0', '--group=0', '--mtime=@0', ...flags, '-cf', file, '-C', tmp, '.']); fs.rmSync(tmp, { recursive: true });
}
function scenario(name, comment, expect, args, contains = []) {
  fs.mkdirSync(path.join(here, name), { recursive: true });
  fs.writeFileSync(path.join(here, name, 'case.txt'), `# ${comment}\nargs: ${args}\nexpect: ${expect}\n${contains.map((c) => `contains: ${c}\n`).join('')}`);
  return path.join(here, name);
}
const check = (bundle, more = '') => `trust check ${bundle} --root-fingerprint ${pin} --at ${AT}${more}`;
// A folder case: the release as a .tar in the scenario's folder.
function forged(name, comment, expect, files, contains = [], more = '') { tar(path.join(scenario(name, comment, expect, check('bundle.tar', more), contains), 'bundle.tar'), files); }

const sound = release();
m.Metadata.fromJSON('root', JSON.parse(root1)).verifyDelegate('root', m.Metadata.fromJSON('root', JSON.parse(root1)));
fs.mkdirSync(path.join(here, '_bundles'), { recursive: true });
tar(path.join(here, '_bundles/v1.tar'), sound); tar(path.join(here, '_bundles/v2.tar'), release({ version: 2 }));
const AFTER = ' --after ../_bundles/v2.tar';
forged('sound', 'a repository made by another TUF implementation, with Ed25519, RSA-PSS, P-256 and P-384 keys, hashed names and a delegation', 'trusted', sound, ['SOUND', 'team/a.txt (12 bytes, by team)']);
const zst = scenario('sound-zstd', 'the same as a .tar.zst', 'trusted', check('bundle.tar.zst'), ['SOUND']);
execFileSync('zstd', ['-q', '-f', path.join(here, '_bundles/v1.tar'), '-o', path.join(zst, 'bundle.tar.zst')]);
scenario('newer-after-older', 'the next release follows the one before', 'trusted', check('../_bundles/v2.tar', ' --after ../_bundles/v1.tar'));
scenario('rollback', 'an old release offered after a newer one', 'tuf.rollback', check('../_bundles/v1.tar', AFTER), ['version 1, trusted already: 2']);
scenario('first-use-without-pin', 'trust on first use would be silent', 'error', `trust import ../_bundles/v1.tar --state none --at ${AT}`, ['root\'s fingerprint must be stated']);
scenario('check-without-pin', 'a check needs a root', 'error', `trust check ../_bundles/v1.tar --at ${AT}`);
scenario('bad-fingerprint', 'a fingerprint is 64 lower-case hex digits', 'error', `trust check ../_bundles/v1.tar --root-fingerprint ${pin.toUpperCase()} --at ${AT}`);
scenario('unknown-root', 'the bundle of somebody else: no root has the pinned hash', 'tuf.unknown-root', `trust check ../_bundles/v1.tar --root-fingerprint ${'0'.repeat(64)} --at ${AT}`);
scenario('expired', 'a freeze attack: metadata that stopped to be renewed', 'tuf.expired', `trust check ../_bundles/v1.tar --root-fingerprint ${pin} --at 2027-06-01T00:00:00Z`, ['expired at 2027-06-01T00:00:00Z']);
scenario('expired-accepted', 'the operator takes it as aged trust', 'trusted', `trust check ../_bundles/v1.tar --root-fingerprint ${pin} --at 2027-06-01T00:00:00Z --accept-expired-metadata`, ['EXPIRED 0 days ago']);
scenario('time-reversed', 'the stated time lies before the one at which the bundle was signed', 'tuf.time-reversed', `trust check ../_bundles/v1.tar --root-fingerprint ${pin} --at 2026-09-30T00:00:00Z`);
forged('threshold', 'one of two targets keys signed: a key compromise below the threshold', 'tuf.threshold', release({ targetSigners: keys.targets.slice(0, 1) }), ['1 of the 2 targets keys']);
forged('delegated-threshold', 'a delegated role signed by a stranger', 'tuf.threshold', release({ teamSigners: [newKey('prime256v1')] }), ['0 of the 1 team keys']);
forged('arbitrary-target', 'a target was replaced', 'tuf.hash-mismatch', { ...sound, [hashed('release.pub', Buffer.from('not a key, only a target\n'))]: Buffer.from('evil key, same byte count\n').subarray(0, 25) });
forged('endless-target', 'a target is longer than its signed length', 'tuf.too-large', { ...sound, [hashed('release.pub', Buffer.from('not a key, only a target\n'))]: Buffer.alloc(100000) });
forged('endless-timestamp', 'the one file without a signed length has a limit', 'tuf.too-large', { ...sound, 'metadata/timestamp.json': Buffer.alloc(20000, 32) });
forged('withheld-snapshot', 'a mirror withholds a file', 'tuf.missing-file', Object.fromEntries(Object.entries(sound).filter(([n]) => !n.endsWith('snapshot.json'))));
forged('mixed-versions', 'a snapshot names another version than the file has', 'tuf.version-mismatch', { ...release({ version: 2, targetsVersion: 1 }) });
forged('wrong-role', 'a snapshot in the place of the timestamp', 'tuf.wrong-role', { ...sound, 'metadata/timestamp.json': sound['metadata/1.snapshot.json'] });
forged('root-gap', 'root 3 is there and root 2 is not', 'tuf.root-gap', { ...sound, 'metadata/3.root.json': root(3, keys.root) });
const thief = [newKey('ed25519'), newKey('ed25519')];
forged('stolen-root-key', 'one root key of two appoints new keys', 'tuf.threshold', { ...sound, 'metadata/2.root.json': root(2, [keys.root[0], ...thief], { ...keys, root: thief }) }, ['root version 1']);
forged('unsigned-by-new-root', 'a new root that its own keys did not sign', 'tuf.threshold', { ...sound, 'metadata/2.root.json': root(2, keys.root, { ...keys, root: thief }) }, ['root version 2']);
forged('removed-role', 'a role vanished from the snapshot', 'tuf.removed', release({ version: 3, noTeam: true }), [], AFTER);
forged('malformed', 'duplicate member names', 'tuf.malformed', { ...sound, 'metadata/timestamp.json': Buffer.from('{"signed":{},"signed":{}}') });
forged('unknown-specification', 'specification 2 is not known', 'tuf.unknown-specification', { ...sound, 'metadata/1.targets.json': sound['metadata/1.targets.json'], 'metadata/timestamp.json': Buffer.from(sound['metadata/timestamp.json'].toString().replace('"spec_version": "1.0"', '"spec_version": "2.0"')) });
forged('unsafe-path', 'a target that would leave its folder', 'tuf.unsafe-path', release({ files: { '../evil': Buffer.from('x') } }));
forged('too-deep', 'delegations without end', 'tuf.delegation-limit', release({ depth: 12 }));
// The other attacks of the specification's list (§1.5.2), and the ways around their defences.
forged('extraneous-dependencies', 'a delegated role signs for files that nobody entrusted to it', 'trusted', release({ teamFiles: { 'team/a.txt': Buffer.from('by the team\n'), 'release.pub': Buffer.from('a key of the team\n'), 'other/x': Buffer.from('x') } }), ['release.pub (25 bytes, by targets)', 'team/a.txt (12 bytes, by team)']);
forged('extraneous-file', 'a file that no role signs for is no part of the repository', 'trusted', { ...sound, 'targets/evil.pub': Buffer.from('evil'), 'metadata/evil.json': Buffer.from('{}') }, ['SOUND']);
const two = { 'a.pub': Buffer.from('key A\n'), 'b.pub': Buffer.from('key B\n') };
forged('wrong-software', 'two sound files in the place of each other', 'tuf.hash-mismatch', { ...release({ files: two }), [hashed('a.pub', two['a.pub'])]: two['b.pub'], [hashed('b.pub', two['b.pub'])]: two['a.pub'] });
tar(path.join(here, '_bundles/forwarded.tar'), release({ online: 1000000 }));
const FORWARDED = ' --after ../_bundles/forwarded.tar';
scenario('fast-forward', 'stolen online keys made a version that nobody can follow', 'tuf.rollback', check('../_bundles/v2.tar', FORWARDED), ['trusted already: 1000000']);
const fresh = { ...keys, snapshot: [newKey('ed25519')], timestamp: [newKey('ed25519')] };
const recovered = { 'metadata/2.root.json': root(2, keys.root, fresh) };
forged('fast-forward-recovered', 'the root replaces the stolen keys, and their versions bind nobody', 'trusted', release({ version: 2, use: fresh, extra: recovered }), ['SOUND'], FORWARDED);
forged('recovery-spares-targets', 'the recovery lets nobody bring old targets back', 'tuf.rollback', release({ version: 1, use: fresh, extra: recovered }), ['targets.json: version 1, trusted already: 2'], AFTER);
tar(path.join(here, '_bundles/team2.tar'), release({ version: 2, teamVersion: 2 }));
forged('recovery-spares-delegations', 'nor old delegated targets', 'tuf.rollback', release({ version: 3, use: fresh, extra: recovered }), ['team.json: version 1, trusted already: 2'], ' --after ../_bundles/team2.tar');
const joined = { ...keys, timestamp: [...keys.timestamp, newKey('ed25519')] };
forged('joined-key-is-no-recovery', 'a key that joins a role replaces none: old files stay old', 'tuf.rollback', release({ version: 1, extra: { 'metadata/2.root.json': root(2, keys.root, joined) } }), ['timestamp.json: version 1, trusted already: 2'], AFTER);
for (const [role, size] of [['1.root', 600000], ['1.snapshot', 200], ['1.targets', 200]])
  forged(`endless-${role.slice(2)}`, `${role}.json goes on after its end`, 'tuf.too-large', { ...sound, [`metadata/${role}.json`]: Buffer.concat([sound[`metadata/${role}.json`], Buffer.alloc(size, 32)]) });
const v2 = release({ version: 2 });
let old = release(); while (old['metadata/1.targets.json'].length !== v2['metadata/2.targets.json'].length) old = release();
forged('mix-and-match', 'the targets of the last release among the files of this one', 'tuf.hash-mismatch', { ...v2, 'metadata/2.targets.json': old['metadata/1.targets.json'] });
forged('withheld-targets', 'a mirror withholds a target', 'tuf.missing-file', Object.fromEntries(Object.entries(sound).filter(([n]) => !n.endsWith('release.pub'))));
// One key under two ids.
const twin = (k) => { const keyID = 'a'.repeat(64); return { key: new m.Key({ keyID, keyType: k.key.keyType, scheme: k.key.scheme, keyVal: k.key.keyVal }), sign: (data) => new m.Signature({ keyID, sig: k.sign(data).sig }) }; };
const twins = [keys.targets[1], twin(keys.targets[1])];
forged('one-key-two-ids', 'one key under two ids is one signer', 'tuf.threshold', release({ extra: { 'metadata/2.root.json': root(2, keys.root, { ...keys, targets: twins }) }, targetSigners: twins }), ['1 of the 2 targets keys']);
const doubled = JSON.parse(sound['metadata/timestamp.json']); doubled.signatures.push(doubled.signatures[0]);
forged('one-signature-twice', 'a signature that is listed twice', 'tuf.malformed', { ...sound, 'metadata/timestamp.json': Buffer.from(JSON.stringify(doubled)) }, ['occurs twice']);
const edited = (name, edit) => { const file = JSON.parse(sound[name]); edit(file.signed); return Buffer.from(JSON.stringify(file)); };
forged('threshold-zero', 'a role that nobody need sign', 'tuf.malformed', { ...sound, 'metadata/2.root.json': edited('metadata/1.root.json', (r) => { r.version = 2; r.roles.timestamp.threshold = 0; }) }, ['threshold 0']);
forged('root-jump', 'a root that is signed well and has the version after the next', 'tuf.version-mismatch', { ...sound, 'metadata/2.root.json': root(3, keys.root) }, ['version 3, wanted 2']);
forged('succinct-roles', 'a delegation that specification 1.0 does not have', 'tuf.unknown-specification', { ...sound, ...resigned((t) => { t.delegations = { keys: {}, roles: [], succinct_roles: {} }; }) });
forged('role-named-like-a-root', 'a role whose file would lie where the second root does', 'tuf.malformed', release({ teamName: '2.root' }), ['role name']);
forged('role-named-snapshot', 'a delegated role with the name of a top-level one', 'tuf.malformed', { ...sound, ...resigned((t) => { t.delegations.roles[0].name = 'snapshot'; }) }, ['role name']);
forged('target-as-folder', 'a target that lies in another target', 'tuf.unsafe-path', release({ files: { a: Buffer.from('x'), 'a/b': Buffer.from('y') } }), ['which is a target too']);
forged('target-case', 'two targets that are one file on some systems', 'tuf.unsafe-path', release({ files: { 'Key.pub': Buffer.from('x'), 'key.pub': Buffer.from('y') } }), ['only by case']);
// Targets whose signed part was edited, signed again by all its keys and listed in snapshot and timestamp.
function resigned(edit) {
  const file = JSON.parse(sound['metadata/1.targets.json']); edit(file.signed);
  const body = Buffer.from(canonicalize(file.signed));
  const targets = Buffer.from(JSON.stringify({ signatures: keys.targets.map((k) => { const s = k.sign(body); return { keyid: s.keyID, sig: s.sig }; }), signed: file.signed }));
  const snapshot = signed(new m.Snapshot({ version: 1, specVersion: '1.0', expires: EXPIRES, meta: { 'targets.json': new m.MetaFile({ version: 1 }), 'team.json': new m.MetaFile({ version: 1 }) } }), keys.snapshot);
  const timestamp = signed(new m.Timestamp({ version: 1, specVersion: '1.0', expires: EXPIRES, snapshotMeta: new m.MetaFile({ version: 1 }) }), keys.timestamp);
  return { 'metadata/1.targets.json': targets, 'metadata/1.snapshot.json': snapshot, 'metadata/timestamp.json': timestamp };
}
forged('hash-prefixes', 'paths delegated by the beginning of their hash', 'trusted', { ...sound, ...resigned((t) => { const r = t.delegations.roles[0]; delete r.paths; r.path_hash_prefixes = [sha256(Buffer.from('team/a.txt')).slice(0, 3)]; }) }, ['team/a.txt (12 bytes, by team)']);
forged('paths-and-prefixes', 'a delegation by path and by hash at once', 'tuf.malformed', { ...sound, ...resigned((t) => { t.delegations.roles[0].path_hash_prefixes = ['0']; }) }, ['one of them']);
// Archives.
const tarOf = (dir) => path.join(dir, 'bundle.tar');
let d = scenario('archive-link', 'a symbolic link in the archive', 'archive.unsafe-entry', check('bundle.tar'), ['symbolic link']);
let tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'vec-')); fs.symlinkSync('/etc/passwd', path.join(tmp, 'link')); execFileSync('tar', ['--format=ustar', '--owner=0', '--group=0', '--mtime=@0', '-cf', tarOf(d), '-C', tmp, 'link']);
d = scenario('archive-parent', 'a name with ..', 'archive.unsafe-name', check('bundle.tar'));
fs.writeFileSync(path.join(tmp, 'a'), 'x'); execFileSync('tar', ['-P', '--format=ustar', '--owner=0', '--group=0', '--mtime=@0', '--transform=s,^a$,../a,', '-cf', tarOf(d), '-C', tmp, 'a']);
d = scenario('archive-case', 'two names that are one file on some systems', 'archive.duplicate', check('bundle.tar'));
fs.writeFileSync(path.join(tmp, 'A'), 'y'); execFileSync('tar', ['--format=ustar', '--owner=0', '--group=0', '--mtime=@0', '-cf', tarOf(d), '-C', tmp, 'a', 'A']);
d = scenario('archive-trailing', 'bytes hidden behind the end mark', 'archive.trailing-bytes', check('bundle.tar'));
fs.writeFileSync(tarOf(d), Buffer.concat([fs.readFileSync(path.join(here, '_bundles/v1.tar')), Buffer.from('hidden'.padEnd(512))]));
d = scenario('archive-cut', 'a transfer cut the archive', 'archive.malformed', check('bundle.tar'));
fs.writeFileSync(tarOf(d), fs.readFileSync(path.join(here, '_bundles/v1.tar')).subarray(0, 5000));
d = scenario('archive-bomb', 'a few kilobytes that unpack to 100 MB', 'archive.ratio', check('bundle.tar.zst'));
execFileSync('sh', ['-c', `head -c 16000000 /dev/zero > ${tmp}/z && tar --format=ustar --owner=0 --group=0 --mtime=@0 -C ${tmp} -cf - z | zstd -q -19 -f -o ${d}/bundle.tar.zst`]);
d = scenario('archive-large-entry', 'an entry over the limit', 'archive.too-large', check('bundle.tar'));
execFileSync('sh', ['-c', `truncate -s 20000000 ${tmp}/z && tar --format=ustar --owner=0 --group=0 --mtime=@0 -C ${tmp} -cf - z | head -c 1024 > ${tarOf(d)}`]);
fs.rmSync(tmp, { recursive: true });
console.log(`written; root fingerprint ${pin}`);

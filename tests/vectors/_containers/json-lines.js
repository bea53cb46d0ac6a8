'use strict';
const { who, root, copy, scenario, shared, statement, attest, sha256 } = require('./tools.js');

module.exports = async () => {
  const vector = scenario('json-lines'), artifact = 'release of a test\n', type = 'https://slsa.dev/provenance/v1';
  const subject = content => [{ name: 'a.txt', digest: { sha256: sha256(content) } }];
  const good = await attest(statement(subject(artifact), type, {})), other = await attest(statement(subject('another file\n'), type, {}));
  const stamped = await attest(statement(subject(artifact), type, {}), { log: false, time: true });
  const github = { ...copy(root), tlogs: [], ctlogs: [] };
  github.certificateAuthorities[0].uri = 'fulcio.githubapp.com';
  shared('json-lines', { 'trusted_root.json': root, 'roots.jsonl': [root, github].map(line => JSON.stringify(line)).join('\n') + '\n', 'github.json': github });
  const lines = (...list) => ({ 'a.txt': artifact, 'a.jsonl': list.map(line => typeof line === 'string' ? line : JSON.stringify(line)).join('\n') + '\n' });
  const verify = 'verify a.txt --signature a.jsonl', trusted = `${who} --trusted-root ../_instance/trusted_root.json`;

  vector('one-of-two', 'one line of two speaks of the file: that is enough', `${verify} ${trusted}`, 'trusted', lines(other, good), ['member line 1: not trusted: statement.artifact-not-subject', 'member line 2: trusted']);
  vector('every-line', 'every line is demanded, and one speaks of another file', `${verify} ${trusted} --all`, 'statement.artifact-not-subject', lines(good, other));
  vector('every-line-good', 'every line is demanded and holds', `${verify} ${trusted} --all`, 'trusted', lines(good, await attest(statement(subject(artifact), 'https://example.com/p', {}))));
  vector('none', 'no line speaks of the file', `${verify} ${trusted}`, 'statement.artifact-not-subject', lines(other, other));
  vector('foreign-line', 'a line of something else does not spoil the others', `${verify} ${trusted}`, 'trusted', lines(good, '{"hello":"world"}'), ['member line 2: not trusted: signature.unknown-format']);
  vector('foreign-line-all', 'a line of something else is refused where every line is demanded', `${verify} ${trusted} --all`, 'signature.unknown-format', lines(good, '{"hello":"world"}'));
  vector('demands-are-not-shared', 'identity in one line, predicate type in the other: evidence of two lines is never put together', `${verify} ${trusted} --predicate-type https://example.com/q`, 'policy.predicate-type', lines(good, good));
  vector('github', "GitHub's instance has no log: one timestamp is enough, and the second of two roots is the one that holds", `${verify} ${who} --trusted-root ../_instance/roots.jsonl`, 'trusted', lines(stamped, stamped), ['roots.jsonl line 2']);
  vector('github-under-public-root', 'a bundle without log entry is not enough where the instance has a log', `${verify} ${trusted}`, 'bundle.no-log', lines(stamped, stamped));
  vector('github-without-time', "GitHub's instance without a timestamp of its authority: a log entry does not replace it", `${verify} ${who} --trusted-root ../_instance/github.json`, 'bundle.no-time', lines(good, good));
};

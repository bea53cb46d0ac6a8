#!/usr/bin/env node
// An OIDC issuer that believes everybody, on one port of 127.0.0.1: a fresh RSA key, RS256 tokens that live an hour.
//
//   node identity-provider.js PORT     says "ready URL"; URL is the issuer; port 0: any
//
//   GET  /.well-known/openid-configuration, /keys      discovery
//   GET  /token?CLAIM=VALUE&…                          a token as text; each parameter is a claim, "-" leaves one out
//   GET  /github?audience=…                            what a GitHub Actions job asks; wants a bearer token of any kind
//   GET  /authorize?redirect_uri=…&state=…&…           a sign-in in the browser, which redirects at once
//   POST /token                                        authorization_code (PKCE is checked), client_credentials, refresh_token
'use strict';
const crypto = require('crypto');
const http = require('http');

const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' };
const signIns = new Map(); // code: what its request asked
const encoded = value => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims) {
  const now = Math.floor(Date.now() / 1e3);
  const kept = Object.entries({ iss: issuer, iat: now, nbf: now - 5, exp: now + 3600, ...claims }).filter(([, value]) => value !== '-' && value !== undefined);
  const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid: jwk.kid })}.${encoded(Object.fromEntries(kept))}`;
  return `${text}.${crypto.sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

const person = claims => token({ aud: 'sigstore', sub: 'dev', email: 'dev@example.com', email_verified: true, ...claims });

const job = audience => token({
  aud: audience, sub: 'repo:example/project:ref:refs/heads/main', repository: 'example/project', ref: 'refs/heads/main', sha: 'a'.repeat(40), event_name: 'push',
  workflow: 'release', runner_environment: 'github-hosted', job_workflow_ref: 'example/project/.github/workflows/release.yml@refs/heads/main',
});

const discovery = () => ({
  issuer, jwks_uri: `${issuer}/keys`, token_endpoint: `${issuer}/token`, authorization_endpoint: `${issuer}/authorize`, response_types_supported: ['code'],
  subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'],
});

const json = (value, status = 200) => ({ status, type: 'application/json', body: JSON.stringify(value) });
const refused = (status, error) => json({ error, error_description: `identity-provider.js: ${error}` }, status);
const granted = id_token => json({ token_type: 'Bearer', expires_in: 3599, access_token: 'opaque', id_token });

function grant(form) {
  if (form.grant_type === 'client_credentials' || form.grant_type === 'refresh_token') return granted(person());
  if (form.grant_type !== 'authorization_code') return refused(400, 'unsupported_grant_type');
  const asked = signIns.get(form.code);
  signIns.delete(form.code);
  const proof = crypto.createHash('sha256').update(form.code_verifier ?? '').digest('base64url');
  if (!asked || asked.redirect_uri !== form.redirect_uri || (asked.code_challenge && asked.code_challenge !== proof)) return refused(400, 'invalid_grant');
  return granted(person({ aud: asked.client_id || 'sigstore', nonce: asked.nonce }));
}

function signIn(query) {
  const code = crypto.randomUUID(), back = new URL(query.redirect_uri);
  signIns.set(code, query);
  back.searchParams.set('code', code);
  if (query.state) back.searchParams.set('state', query.state);
  return { status: 302, location: back.href };
}

function answer(method, url, headers, form) {
  const query = Object.fromEntries(url.searchParams);
  switch (`${method} ${url.pathname}`) {
    case 'GET /.well-known/openid-configuration': return json(discovery());
    case 'GET /keys': return json({ keys: [jwk] });
    case 'GET /token': return { type: 'text/plain', body: person('email_verified' in query ? { ...query, email_verified: query.email_verified === 'true' } : query) };
    case 'GET /github': return /^bearer ./i.test(headers.authorization ?? '') ? json({ value: job(query.audience ?? issuer), count: 1 }) : refused(401, 'no bearer token');
    case 'GET /authorize': return signIn(query);
    case 'POST /token': return grant(form);
    default: return refused(404, 'not found');
  }
}

let issuer;
const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { status = 200, type, location, body: text = '' } = answer(request.method, new URL(request.url, issuer), request.headers, Object.fromEntries(new URLSearchParams(body)));
  response.writeHead(status, location ? { location } : { 'content-type': type }).end(text);
}).listen(Number(process.argv[2]), '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  console.log('ready', issuer);
});

#!/usr/bin/env node
// A Sigstore instance of its own on one port of 127.0.0.1: Fulcio, Rekor versions 1 and 2, a CT log, a timestamp authority. All keys are fresh.
//
//   peers-node instance.js PORT FOLDER ISSUER       writes FOLDER/trusted_root.json and signing_config.json, then says "ready URL"; port 0: any
//
//   POST /api/v2/signingCert, /api/v1/signingCert   certificates for tokens of ISSUER (identity-provider.js)
//   POST /api/v1/log/entries, /api/v2/log/entries   hashedrekord and dsse; hashedrekord
//   POST /api/v1/timestamp                          RFC 3161
//   GET  /api/v1/log/publicKey
'use strict';
const { once } = require('events');
const fs = require('fs');
const http = require('http');
const path = require('path');
const { base64, sha256, spki, Refused } = require('./bytes');
const { began } = require('./certificates');
const { Fulcio } = require('./fulcio');
const { Rekor } = require('./rekor');
const { Timestamps } = require('./timestamps');

const [port, folder, issuer] = process.argv.slice(2), host = '127.0.0.1';
const fulcio = new Fulcio(issuer), timestamps = new Timestamps(folder), validFor = { start: began.toISOString() };
let rekor, url;

// No member that older clients would refuse.
function trustedRoot() {
  const log = (key, keyDetails, keyId) => ({ baseUrl: url, hashAlgorithm: 'SHA2_256', publicKey: { rawBytes: base64(key), keyDetails, validFor }, logId: { keyId: base64(keyId) } });
  const authority = (chain, commonName) => ({ subject: { organization: 'sigstore.test', commonName }, uri: url, certChain: { certificates: chain.map(one => ({ rawBytes: base64(one) })) }, validFor });
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(spki(rekor.v1.publicKey), 'PKIX_ECDSA_P256_SHA_256', rekor.v1.keyId), log(spki(rekor.v2.publicKey), 'PKIX_ED25519', rekor.v2.keyId)],
    certificateAuthorities: [authority(fulcio.authority.chain, 'fulcio')],
    ctlogs: [log(fulcio.ctLog.publicKey, 'PKIX_ECDSA_P256_SHA_256', sha256(fulcio.ctLog.publicKey))],
    timestampAuthorities: [authority(timestamps.authority.chain, 'tsa')],
  };
}

function signingConfig() {
  const service = (at, majorApiVersion) => ({ url: at, majorApiVersion, validFor, operator: 'sigstore.test' });
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json', caUrls: [service(url, 1)], oidcUrls: [service(issuer, 1)],
    rekorTlogUrls: [service(url, 2), service(url, 1)], rekorTlogConfig: { selector: 'ANY' }, tsaUrls: [service(`${url}/api/v1/timestamp`, 1)], tsaConfig: { selector: 'ANY' },
  };
}

async function answer(request, bytes) {
  switch (`${request.method} ${request.url.split('?')[0]}`) {
    case 'POST /api/v1/signingCert': case 'POST /api/v2/signingCert': return fulcio.answer(JSON.parse(bytes), request);
    case 'POST /api/v1/log/entries': return rekor.first(JSON.parse(bytes));
    case 'POST /api/v2/log/entries': return rekor.second(JSON.parse(bytes));
    case 'POST /api/v1/timestamp': return timestamps.answer(bytes, request);
    case 'GET /api/v1/log/publicKey': return { status: 200, type: 'application/x-pem-file', body: rekor.v1.publicKey.export({ format: 'pem', type: 'spki' }) };
    default: throw new Refused(404, 'not found');
  }
}

const refusal = error => ({ status: error.status ?? 400, body: JSON.stringify({ code: error.status === 401 ? 16 : 3, message: error.message, details: [] }) });

async function serve(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { status = 201, type = 'application/json', body, headers } = await answer(request, Buffer.concat(parts)).catch(refusal);
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

async function main() {
  fs.mkdirSync(folder, { recursive: true });
  rekor = new Rekor(folder, host);
  await Promise.all([fulcio.start(), timestamps.start()]);
  const server = http.createServer(serve).listen(Number(port), host);
  await once(server, 'listening');
  url = `http://${host}:${server.address().port}`;
  fs.writeFileSync(path.join(folder, 'trusted_root.json'), JSON.stringify(trustedRoot(), null, 1) + '\n');
  fs.writeFileSync(path.join(folder, 'signing_config.json'), JSON.stringify(signingConfig(), null, 1) + '\n');
  console.log('ready', url);
}

main();

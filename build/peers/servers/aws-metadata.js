#!/usr/bin/env node
// Where AWS puts credentials for machines and for containers, on one port of 127.0.0.1.
//
//   node aws-metadata.js PORT          says "ready URL"; port 0: any
//
//   AWS_EC2_METADATA_SERVICE_ENDPOINT=URL              instance metadata, version 2 only: a GET without a token is refused, so that a client that falls
//                                                      back to version 1 fails
//   AWS_CONTAINER_CREDENTIALS_FULL_URI=URL/container   with AWS_CONTAINER_AUTHORIZATION_TOKEN=let-me-in, exactly
//
// EXPIRES_IN in the environment: seconds that credentials last (3600).
'use strict';
const crypto = require('crypto');
const http = require('http');

const role = 'signer', longest = 6 * 3600;
const ends = new Map(); // the end of each token's life
const second = time => new Date(time).toISOString().replace(/\.\d+/, '');

const credentials = () => ({
  AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'secret', Token: 'session',
  Expiration: second(Date.now() + 1e3 * Number(process.env.EXPIRES_IN ?? 3600)),
});
const documents = {
  '/latest/meta-data/iam/security-credentials': () => role,
  [`/latest/meta-data/iam/security-credentials/${role}`]: () => JSON.stringify({ Code: 'Success', Type: 'AWS-HMAC', LastUpdated: second(Date.now()), ...credentials() }),
  '/latest/meta-data/placement/region': () => 'us-east-1',
  '/latest/meta-data/placement/availability-zone': () => 'us-east-1a',
  '/latest/dynamic/instance-identity/document': () => JSON.stringify({ region: 'us-east-1', accountId: '123456789012' }),
};

function newToken({ method, headers }) {
  const life = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (method !== 'PUT') return [405];
  // Through a proxy, so perhaps for somebody else.
  if (headers['x-forwarded-for']) return [403];
  if (!(life >= 1 && life <= longest)) return [400];
  const token = crypto.randomBytes(24).toString('base64');
  ends.set(token, Date.now() + 1e3 * life);
  return [200, token, { 'x-aws-ec2-metadata-token-ttl-seconds': String(life) }];
}

function answer(request) {
  const path = request.url.split('?')[0].replace(/\/$/, ''); // clients differ about the last slash
  if (path === '/latest/api/token') return newToken(request);
  if (path === '/container') {
    return request.headers.authorization === 'let-me-in' ? [200, JSON.stringify({ ...credentials(), RoleArn: `arn:aws:iam::123456789012:role/${role}` })] : [401];
  }
  if (!(ends.get(request.headers['x-aws-ec2-metadata-token']) > Date.now())) return [401];
  return path in documents ? [200, documents[path]()] : [404];
}

const server = http.createServer((request, response) => {
  const [status, body = '', headers = {}] = answer(request);
  response.writeHead(status, headers).end(body);
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready', `http://127.0.0.1:${server.address().port}`));

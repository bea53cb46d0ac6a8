// A transparency log that grows in memory: RFC 6962 section 2.1, with a checkpoint (a signed note) for each entry.
'use strict';
const { base64, sha256 } = require('./bytes');

const half = count => 2 ** Math.floor(Math.log2(count - 1)); // the largest power of two below

class Log {
  #leaves = [];

  /** `sign` signs the bytes of a note or a promise; `host` is the signer's name in notes. */
  constructor({ origin, host, keyId, publicKey, sign }) { Object.assign(this, { origin, host, keyId, publicKey, sign }); }

  /** Takes an entry; the result has its index, the tree's size and root, the path to the root, and a checkpoint. */
  append(body) {
    const index = this.#leaves.push(sha256(Buffer.from([0]), body)) - 1, size = this.#leaves.length, root = this.#hash(0, size);
    const note = `${this.origin}\n${size}\n${base64(root)}\n`;
    const checkpoint = `${note}\n— ${this.host} ${base64(Buffer.concat([this.keyId.subarray(0, 4), this.sign(Buffer.from(note))]))}\n`;
    return { index, size, root, hashes: this.#path(index, 0, size), checkpoint };
  }

  #hash(from, to) {
    if (to - from === 1) return this.#leaves[from];
    const middle = from + half(to - from);
    return sha256(Buffer.from([1]), this.#hash(from, middle), this.#hash(middle, to));
  }

  #path(index, from, to) {
    if (to - from === 1) return [];
    const middle = from + half(to - from);
    return index < middle ? [...this.#path(index, from, middle), this.#hash(middle, to)] : [...this.#path(index, middle, to), this.#hash(from, middle)];
  }
}

module.exports = { Log };

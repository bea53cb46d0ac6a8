#!/bin/bash
# Makes the vectors store-* of this folder anew: what people name as a key and gpg alone can read, by keys that are thrown away. Needs: gpg 2.2.
set -euo pipefail
cd "$(dirname "$0")"
export GNUPGHOME; GNUPGHOME=$(mktemp -d); trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
g() { gpg --batch --quiet --no-tty --pinentry-mode loopback --passphrase '' --no-auto-check-trustdb "$@" 2> "$GNUPGHOME/log" || { cat "$GNUPGHOME/log" >&2; return 1; }; }
scenario() { # NAME KEY WORDS: the comment comes on stdin
  rm -rf "$1"; mkdir "$1"; printf 'first release of the demo\n' > "$1/a.txt"
  { sed 's/^/# /'; echo "args: verify a.txt --signature a.txt.asc --key $2 --at 2026-11-30T12:00:00Z"; echo "expect: key.unsupported"; echo "contains: $3"; } > "$1/case.txt"
}
for curve in ed25519 brainpoolP256r1 secp256k1; do g --quick-generate-key "$curve@example.org" "$curve" sign never; done
scenario store-keybox pubring.kbx 'gpg --export --armor --output team.asc' <<< "gpg's own store, as it lies in ~/.gnupg"
g --local-user =ed25519@example.org --armor --output store-keybox/a.txt.asc --detach-sign store-keybox/a.txt; cp "$GNUPGHOME/pubring.kbx" store-keybox
for curve in brainpoolP256r1 secp256k1; do
  scenario "store-$curve" team.asc 'verify it with gpg or sq' <<< "a key on a curve that is not verified here"
  g --local-user "=$curve@example.org" --armor --output "store-$curve/a.txt.asc" --detach-sign "store-$curve/a.txt"; g --armor --export "=$curve@example.org" > "store-$curve/team.asc"
done

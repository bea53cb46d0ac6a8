#!/usr/bin/env bash
# Makes the vectors of cosign, json-lines, npm, oci-image and pypi. Needs node, openssl, tar, and PEERS (groups sigstore and js of build/peers/peers.sh):
#
#   . PEERS_FOLDER/env.sh; tests/vectors/_containers/generate.sh
#
# A test instance (Fulcio, Rekor v1, CT log, TSA, OIDC issuer) is started on two fixed ports of 127.0.0.1; real cosign 2.5.0 and sigstore-js sign.
# The instance's keys are gone when it stops: trust in the trusted roots that are left behind harms nobody.
set -eu
here=$(cd "$(dirname "$0")" && pwd); servers=$here/../../../build/peers/servers
[ -n "${PEERS:-}" ] || { echo "PEERS is not set" >&2; exit 1; }
work=$(mktemp -d); pids=()
stop() { for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"; }
trap stop EXIT
issuer=http://127.0.0.1:15291 mock=http://127.0.0.1:15280
node "$servers/identity-provider.js" 15291 >"$work/oidc.log" 2>&1 & pids+=($!)
"$PEERS/bin/peers-node" "$servers/sigstore/instance.js" 15280 "$work/instance" "$issuer" >"$work/mock.log" 2>&1 & pids+=($!)
for _ in $(seq 120); do grep -q '^ready' "$work/mock.log" 2>/dev/null && grep -q ready "$work/oidc.log" && break; sleep 0.25; done
export HOME=$work COSIGN_PASSWORD=
"$PEERS/bin/peers-node" "$here/generate.js" "$mock" "$work/instance" "$issuer" "$(dirname "$here")" "$work"

#!/bin/sh
# The signing service under load, beside the bare key in the same run; then memory over twenty rounds.
# Usage: tests/benchmarks/signer.sh [REQUESTS [OFFLINEKIT_SIGNER]]      REQUESTS in each round: 5000 unless given
# Needs the tests of the service, built (dotnet build tests/OfflineKit.Signer.Tests). Client and service share the machine: on a busy one
# compare processor time, which the clock of others does not change.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
export SIGNER_LOAD="${1:-5000}" SIGNER_PROGRAM="${2:-$top/artifacts/linux-x64/offlinekit-signer}"
[ -x "$SIGNER_PROGRAM" ] || { echo "signer.sh: $SIGNER_PROGRAM is not there: ./build.sh publish, or name one" >&2; exit 2; }
dotnet "$top/tests/OfflineKit.Signer.Tests/bin/Debug/net10.0/OfflineKit.Signer.Tests.dll" -noLogo -noColor -class OfflineKit.Signer.Tests.LoadTests -showLiveOutput |
  sed -n 's/.*\[OUTPUT\] *//p'

#!/bin/bash
# What the module costs a file beyond the verification itself: 10,000 files through the real cmdlet class and the published engine, against the same requests fed to the engine alone.
# Run by hand on an idle machine: tests/benchmarks/powershell.sh [FILES]. Needs: ./build.sh publish (or the build beside the tests), dotnet. Target: under 0.25 ms a file.
set -euo pipefail
cd "$(dirname "$0")/../.."
export OFFLINEKIT_BENCHMARK_FILES=${1:-10000}
dotnet build tests/OfflineKit.PowerShell.Tests -v q -nologo -clp:ErrorsOnly
dotnet tests/OfflineKit.PowerShell.Tests/bin/Debug/net10.0/OfflineKit.PowerShell.Tests.dll -noLogo -noColor -showLiveOutput -class OfflineKit.PowerShell.Tests.PipelineCostTests | grep -E 'ms a file|FAIL|Total'

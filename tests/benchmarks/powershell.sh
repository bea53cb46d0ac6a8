#!/bin/bash
# What the module costs a file beyond the verification itself: 10,000 files through the real cmdlet class and the published engine, against the same requests fed to the engine alone.
# Run by hand on an idle machine: tests/benchmarks/powershell.sh [FILES]. Needs: ./build.sh publish (or the build beside the tests), dotnet. Target: under 0.25 ms a file.
set -euo pipefail
cd "$(dirname "$0")/../.."
export OFFLINEKIT_BENCHMARK_FILES=${1:-10000}
dotnet build tests/OfflineKit.PowerShell.Tests -v q -nologo -clp:ErrorsOnly
dotnet tests/OfflineKit.PowerShell.Tests/bin/Debug/net10.0/OfflineKit.PowerShell.Tests.dll -noLogo -noColor -showLiveOutput -class OfflineKit.PowerShell.Tests.PipelineCostTests | grep -E 'ms a file|FAIL|Total'

# The same in a real PowerShell with the packed module, where both are.
if command -v pwsh > /dev/null && ls artifacts/module/OfflineKit/*/OfflineKit.psd1 > /dev/null 2>&1; then
    pwsh -NoProfile -NonInteractive -File tests/benchmarks/powershell.ps1 -Files "$OFFLINEKIT_BENCHMARK_FILES"
else
    echo "not measured in a real PowerShell: pwsh or artifacts/module (./build.sh packModule) is missing"
fi

#!/bin/sh
# ./build.sh setup|demo|test|publish|audit|pack — a thin shim over build/build.proj, where all build logic is.
set -e
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
command -v dotnet > /dev/null || { echo "build.sh: error: the .NET SDK is missing (dotnet is not in PATH); global.json says which version" >&2; exit 2; }
target=${1:-help}
[ $# -eq 0 ] || shift
exec dotnet msbuild build/build.proj -nologo -v:m -nodeReuse:false "-t:$target" "$@"

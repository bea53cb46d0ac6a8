#!/usr/bin/env pwsh
# ./build.ps1 setup|demo|test|publish|audit|pack — a thin shim over build/build.proj, where all build logic is.
param([string] $Target = 'help')
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'; $env:DOTNET_NOLOGO = '1'; $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'
dotnet msbuild build/build.proj -nologo -v:m -nodeReuse:false "-t:$Target" @args
exit $LASTEXITCODE

# What every suite here starts with: the packed module, a folder of its own, a good file and a changed one.
. (Join-Path $PSScriptRoot 'Shell.ps1')
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$psd1 = (Get-ChildItem (Join-Path $root 'artifacts/module/OfflineKit/*/OfflineKit.psd1')).FullName
# As an administrator has it; the runner's own scripts want to stop.
$ErrorActionPreference = 'Continue'
Import-Module $psd1 -Force
$vectors = Join-Path $root 'tests/vectors/minisign'
$key = Join-Path $vectors '_keys/alice.pub'
$folder = Join-Path ([IO.Path]::GetTempPath()) ('offlinekit-' + [guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $folder
$env:XDG_DATA_HOME = Join-Path $folder 'data'
$env:XDG_CONFIG_HOME = Join-Path $folder 'configuration'

function Copy-Good([string] $Name) {
    $path = Join-Path $folder $Name
    Copy-Item -LiteralPath (Join-Path $vectors 'prehashed/a.txt') -Destination $path
    Copy-Item -LiteralPath (Join-Path $vectors 'prehashed/a.txt.minisig') -Destination "$path.minisig"
    $path
}

# The engines that this shell has started and that still run.
function Get-Engine { @(Get-Process -Name offlinekit* -ErrorAction SilentlyContinue | Where-Object { $_.Parent.Id -eq $PID }) }

$good = Copy-Good 'good.txt'
$bad = Copy-Good 'bad.txt'
Add-Content -LiteralPath $bad -Value 'x'

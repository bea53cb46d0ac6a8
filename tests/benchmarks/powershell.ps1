# What the packed module costs in this PowerShell: a file beyond the verification itself (files through the pipeline, against the same requests fed to the engine alone), the import, and the first call.
# Run by powershell.sh, or by hand: pwsh -NoProfile -File powershell.ps1 [-Files 10000]. Needs ./build.sh packModule.
param([int] $Files = 10000, [int] $Rounds = 5)

$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$module = (Get-ChildItem (Join-Path $root 'artifacts/module/OfflineKit/*/OfflineKit.psd1')).FullName
Import-Module $module
$engine = (Get-OfflineKitInfo).EnginePath
$vector = Join-Path $root 'tests/vectors/minisign/prehashed/a.txt'
$key = Join-Path $root 'tests/vectors/minisign/_keys/alice.pub'
$folder = Join-Path ([IO.Path]::GetTempPath()) ('offlinekit-' + [guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $folder
try {
    $content = [IO.File]::ReadAllBytes($vector)
    $signature = [IO.File]::ReadAllBytes("$vector.minisig")
    for ($i = 0; $i -lt $Files; $i++) {
        [IO.File]::WriteAllBytes("$folder/$i.txt", $content)
        [IO.File]::WriteAllBytes("$folder/$i.txt.minisig", $signature)
    }
    $items = Get-ChildItem $folder -Filter *.txt
    $requests = Join-Path $folder 'requests'
    $answers = Join-Path $folder 'answers'
    [IO.File]::WriteAllLines($requests, [string[]]@($items | ForEach-Object { '{"id":"' + $_.BaseName + '","verb":"verify","path":"' + $_.FullName + '","publicKey":"' + $key + '"}' }) + '{"verb":"bye"}')

    # The least of some rounds: whatever else the machine does only ever adds.
    $alone = $piped = [double]::MaxValue
    for ($round = 0; $round -lt $Rounds; $round++) {
        $alone = [Math]::Min($alone, (Measure-Command { Start-Process $engine serve -RedirectStandardInput $requests -RedirectStandardOutput $answers -Wait }).TotalMilliseconds)
        $piped = [Math]::Min($piped, (Measure-Command { if (-not ($items | Test-PolicySignature -PublicKey $key)) { throw 'not valid' } }).TotalMilliseconds)
    }

    if (@(Select-String -LiteralPath $answers -Pattern '"status":"valid"' -SimpleMatch).Count -ne $Files) { throw 'the engine alone did not answer every file' }
    '{0}: {1} files: engine alone {2:0.000}, pipeline {3:0.000}, beyond verification {4:0.000} ms a file' -f `
        "PowerShell $($PSVersionTable.PSVersion)", $Files, ($alone / $Files), ($piped / $Files), (($piped - $alone) / $Files)

    # Each in a shell of its own: nothing of the module is loaded or compiled yet.
    . (Join-Path $root 'tests/module/Shell.ps1')
    $measure = "`$ErrorActionPreference = 'Stop'; `$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$module'; `$watch.Elapsed.TotalMilliseconds; `$watch.Restart(); if (-not (Test-PolicySignature '$vector' -PublicKey '$key')) { throw }; `$watch.Elapsed.TotalMilliseconds"
    $import = $first = [double]::MaxValue
    for ($round = 0; $round -lt 2 * $Rounds; $round++) {
        $took = [double[]](& $shell -NoProfile -NonInteractive -Command $measure)
        if ($took.Count -ne 2) { throw 'a shell did not measure' }
        $import, $first = [Math]::Min($import, $took[0]), [Math]::Min($first, $took[1])
    }
    'import {0:0} ms, first call {1:0} ms' -f $import, $first
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

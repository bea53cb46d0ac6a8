# Unpacks the module as an administrator would and runs the test that comes with it; each line of it is a test.
param(
    [Parameter(Mandatory)] [string] $Zip,
    [Parameter(Mandatory)] [string] $Results
)
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Results.ps1')
. (Join-Path $PSScriptRoot 'Shell.ps1')
$folder = Join-Path ([IO.Path]::GetTempPath()) ('offlinekit-' + [guid]::NewGuid().ToString('N'))
try {
    [IO.Compression.ZipFile]::ExtractToDirectory($Zip, $folder)
    $script = @(Get-ChildItem -LiteralPath $folder -Recurse -Filter Invoke-SelfTest.ps1)
    if ($script.Count -ne 1) { throw "$Zip holds $($script.Count) files called Invoke-SelfTest.ps1" }
    $lines = @(& $shell -NoProfile -NonInteractive -File $script[0].FullName)
    $status = $LASTEXITCODE
}
finally { if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force } }

$lines | Where-Object { $_ -like 'FAIL *' }
$tests = @(foreach ($line in $lines) {
    if ($line -match '^(pass|FAIL) +(.*)') { @{ Name = "Invoke-SelfTest.ps1: $($Matches[2])"; Result = @{ pass = 'Pass'; FAIL = 'Fail' }[$Matches[1]] } }
})
if ($status -ne 0 -or $lines[-1] -ne 'passed' -or $tests.Count -eq 0) { $tests += @{ Name = "Invoke-SelfTest.ps1 ended with $status"; Result = 'Fail' } }
Export-Result $Results $tests

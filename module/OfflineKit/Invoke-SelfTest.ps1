# Shows on this machine what the module promises. Windows PowerShell 5.1 syntax; needs no network, writes only to a temporary folder.
#   powershell -NoProfile -File Invoke-SelfTest.ps1
param([string] $Module = (Join-Path $PSScriptRoot 'OfflineKit.psd1'))

$ErrorActionPreference = 'Stop'
$script:failed = 0

function Show([string] $What, [scriptblock] $Check) {
    $why = ''
    try { $passed = [bool](& $Check) } catch { $passed = $false; $why = ': ' + $_.Exception.Message }
    if ($passed) { Write-Output "pass  $What" } else { $script:failed++; Write-Output "FAIL  $What$why" }
}

$folder = Join-Path ([System.IO.Path]::GetTempPath()) ('offlinekit-' + [guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory -Path $folder
try {
    Write-Output "      PowerShell $($PSVersionTable.PSVersion), $($ExecutionContext.SessionState.LanguageMode)"
    Show 'the module loads' { Import-Module $Module -Force; $true }
    Show 'its cmdlets are there' { (Get-Command -Module OfflineKit -CommandType Cmdlet).Count -eq 27 }
    Show 'its engine is the one that it was packed with' { (Get-OfflineKitInfo).EngineSha256.Length -eq 64 }

    # The list that the module was packed with; a signature over it, where its sender made one, covers all of this: Test-PolicyBundle on this folder.
    $place = Split-Path -Parent $Module
    $listed = @{}
    foreach ($line in [System.IO.File]::ReadAllLines((Join-Path $place 'SHA256SUMS'))) { $listed[$line.Substring(66)] = $line.Substring(0, 64) }
    $there = @(Get-ChildItem -LiteralPath $place -Recurse -Force -File | ForEach-Object { $_.FullName.Substring($place.Length + 1).Replace('\', '/') } | Where-Object { $_ -notlike 'SHA256SUMS*' -and $_ -ne 'PSGetModuleInfo.xml' })
    Show 'every file of the module is the one that its list names' { @($listed.Keys | Where-Object { (Get-FileHash -LiteralPath (Join-Path $place $_) -Algorithm SHA256).Hash -ne $listed[$_] }).Count -eq 0 }
    Show 'nothing else lies in its folder' { @($there | Where-Object { -not $listed.ContainsKey($_) }).Count -eq 0 }

    # One known answer: a minisign signature over 26 bytes by a key whose secret half nobody kept.
    $file = Join-Path $folder 'a.txt'
    $key = Join-Path $folder 'alice.pub'
    [System.IO.File]::WriteAllBytes($file, [System.Convert]::FromBase64String('Zmlyc3QgcmVsZWFzZSBvZiB0aGUgZGVtbwo='))
    [System.IO.File]::WriteAllBytes("$file.minisig", [System.Convert]::FromBase64String('dW50cnVzdGVkIGNvbW1lbnQ6IHNpZ25hdHVyZSBmcm9tIGFsaWNlJ3MgdGVzdCBrZXkKUlVTOXB2cnJMSDdTdVlWNFd2K1J2Z1dpNFVEUGhtLzhYWDlZNWRCc2N1NlQ4bW91TEZ4Yjk5bWEyUFNxOStmd2pIRFRiNlFCUzhQT2pPMjNjMUM3eDVrd3hIMlQvc1BLdmdrPQp0cnVzdGVkIGNvbW1lbnQ6IGRlbW8gcmVsZWFzZSAxLjAKNmpiQWVrUlViOGNFNU9CVEs1OXR0UU1POHJyNXltSTkwMHR1VWhLUExobVNSODhhOWlsWThPT3hFcU0vUERqUVFhamhQUjZiY2ZBZ21KUGxqUEI2Q2c9PQo='))
    [System.IO.File]::WriteAllBytes($key, [System.Convert]::FromBase64String('dW50cnVzdGVkIGNvbW1lbnQ6IG1pbmlzaWduIHB1YmxpYyBrZXkgQjlEMjdFMkNFQkZBQTZCRApSV1M5cHZyckxIN1N1V3ZJN2JIazIyQ0lHNmVWYWNWUERkMlk2TFY2eUpjbGxiaUVZS2p0Q1JoRAo='))

    Show 'a good file is True' { (Test-PolicySignature $file -PublicKey $key) -eq $true }
    Show 'a good file from Get-ChildItem is True' { (Get-ChildItem $file | Test-PolicySignature -PublicKey $key) -eq $true }
    Show 'its bytes in memory are True' { (Test-PolicySignature -Content ([System.IO.File]::ReadAllBytes($file)) -SignaturePath "$file.minisig" -PublicKey $key) -eq $true }
    Show 'Assert passes it on' { (Get-ChildItem $file | Assert-PolicySignature -PublicKey $key -PassThru).FullName -eq $file }
    Add-Content -LiteralPath $file -Value 'x'
    Show 'a changed file is False' { (Test-PolicySignature $file -PublicKey $key -Quiet) -eq $false }
    Show 'a changed file says why' {
        $null = Test-PolicySignature $file -PublicKey $key -ErrorAction SilentlyContinue -ErrorVariable why
        $why[0].FullyQualifiedErrorId -eq 'SignatureMismatch,OfflineKit.PowerShell.TestPolicySignatureCommand'
    }
    Show 'a missing file is False' { (Test-PolicySignature (Join-Path $folder 'none') -Quiet) -eq $false }
    Show 'null is False' { (Test-PolicySignature $null -Quiet) -eq $false }
    Show 'all of nothing is False' { (@() | Test-PolicySignature -Quiet) -eq $false }
    Show 'Assert stops for a changed file' { try { Assert-PolicySignature $file -PublicKey $key; $false } catch { $true } }
    Show 'two files are one Boolean' { @(Test-PolicySignature $file, $file -PublicKey $key -Quiet).Count -eq 1 }
    Show 'help is there' { (Get-Help Test-PolicySignature).Synopsis -like '*Boolean*' }
    Show 'the topic is there' { (Get-Help about_OfflineKit | Out-String) -like '*EngineTampered*' }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

if ($script:failed -eq 0) { Write-Output 'passed'; exit 0 } else { Write-Output "$script:failed failed"; exit 1 }

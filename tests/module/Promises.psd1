# What a guard promises, row by row: docs/spec/powershell.md says each of them in words. Promises.Tests.ps1 runs every script in a session of its own, in a folder of its
# own with good.txt (signed), bad.txt (changed after it was signed) and their signatures; $key is the key, $folder the folder. What it writes is here. Rows that end the script, and those that change the module (Own: a copy in the folder), run in a process of their own.
@{
    'r01' = @{
        Writes = 'a[1].sh holds what was verified', 'True', 'True', 'True', 'what was verified'
        Script = @'
$null = New-Item -ItemType Directory export, srv
[IO.File]::Copy("$folder/good.txt", "$folder/export/a[1].sh"); [IO.File]::Copy("$folder/good.txt.minisig", "$folder/export/a[1].sh.minisig")
'EVIL' | Set-Content export/a1.sh
if ($IsLinux) { & chmod 741 'export/a[1].sh' }
$content = [IO.File]::ReadAllText("$folder/good.txt")
$passed = Get-ChildItem -LiteralPath './export/a[1].sh' | Assert-PolicySignature -PublicKey $key -PassThru
$passed | Copy-Item -Destination srv
Get-ChildItem srv | ForEach-Object { "$($_.Name) holds $(if ([IO.File]::ReadAllText($_.FullName) -eq $content) { 'what was verified' } else { 'something else' })" }
$itself = Get-Item -LiteralPath './export/a[1].sh'
"$($passed.PSPath -eq $itself.PSPath -and $passed.FullName -eq $itself.FullName)"
"$($passed.Mode -eq $itself.Mode -and $passed.UnixMode -eq $itself.UnixMode)"
"$($passed.Length -eq $content.Length -and $passed.LastWriteTimeUtc -eq $itself.LastWriteTimeUtc)"
if (($passed | Get-Content -Raw) -eq $content) { 'what was verified' }
'@
    }
    'r02' = @{
        Writes = 'False', 'False', 'True'
        Script = @'
$null = New-Item -ItemType Directory sub
Copy-Item good.txt, good.txt.minisig sub
if ($IsWindows) { 'False', 'False', 'True'; return }
[IO.File]::WriteAllText("$folder/sub\good.txt", 'EVIL')
Get-ChildItem -File -Filter sub* | Test-PolicySignature -PublicKey $key -Quiet
Test-PolicySignature 'sub\good.txt' -PublicKey $key -Quiet
Test-PolicySignature sub/good.txt -PublicKey $key
'@
    }
    'r03' = @{
        Writes = 'True', 'False', 'False'
        Script = @'
[IO.File]::Copy("$folder/good.txt", "$folder/x[1].txt"); [IO.File]::Copy("$folder/good.txt.minisig", "$folder/x[1].txt.minisig")
Test-PolicySignature -LiteralPath 'x[1].txt' -PublicKey $key
[IO.File]::WriteAllText("$folder/x``[1``].txt", 'EVIL')
Test-PolicySignature "$folder/x``[1``].txt" -PublicKey $key -Quiet
Get-FileHash -LiteralPath "$folder/x``[1``].txt" | Test-PolicySignature -PublicKey $key -Quiet
'@
    }
    'r04' = @{
        Ends = $true
        Script = @'
function Install-It { [CmdletBinding()] param() Assert-PolicySignature bad.txt -PublicKey $key; 'installed a refused file' }
Install-It -ErrorAction SilentlyContinue
'went on'
'@
    }
    'r04-ignore' = @{ Ends = $true; Script = '$ErrorActionPreference = "Ignore"; Assert-PolicySignature bad.txt -PublicKey $key; "went on"' }
    'r05' = @{
        Writes = 'False 2 Valid Error'
        Script = @'
'good.txt', 'missing.txt' | Get-PolicySignature -PublicKey $key | Export-PolicyVerificationReport -Path r.json
$report = Get-Content r.json -Raw | ConvertFrom-Json
"$($report.trusted) $($report.artifacts) $($report.results.status)"
'@
    }
    'r06' = @{
        Writes = 'False', 'False', 'False', 'Invalid', 'False'
        Script = @'
Test-PolicySignature bad.txt -PublicKey $key -Quiet && 'ran'
$null = Test-PolicySignature bad.txt -PublicKey $key -Quiet; "$?"
$null = Test-PolicySignature bad.txt -PublicKey $key -ErrorAction Ignore; "$?"
$result = Get-PolicySignature bad.txt -PublicKey $key; $seen = $?
"$($result.Status)"; "$seen"
'@
    }
    'r07' = @{
        Writes = 'True', 'False', 'False', 'False', 'refused'
        Script = @'
Copy-Item $key one.pub; New-PolicySigningKey two.key -PublicKeyPath two.pub -NoPassphrase > $null
Test-PolicySignature good.txt -PublicKey (Get-ChildItem *.pub)
Test-PolicySignature bad.txt -PublicKey (Get-ChildItem *.pub) -Quiet
Test-PolicySignature good.txt -PublicKey $key -At 31.12.2026 -Quiet
Test-PolicySignature good.txt -PublicKy $key -Quiet
if (-not (Test-PolicySignature bad.txt -PublicKey (Get-ChildItem *.pub) -Quiet)) { 'refused'; return }
'went on'
'@
    }
    'r08' = @{ Writes = 'False'; Script = 'class Mute { [string] ToString() { throw "no" } }; @((Get-Item good.txt), [Mute]::new()) | Test-PolicySignature -PublicKey $key -Quiet' }
    'r09' = @{
        Writes = 'True', 'True', 'False', 'False'
        Script = @'
$null = New-Item -ItemType Directory export
Copy-Item good.txt, good.txt.minisig export
Get-ChildItem ./export -Recurse -File | Test-PolicySignature -PublicKey $key
Test-PolicySignature ./export -Recurse -PublicKey $key
'EVIL' | Set-Content export/.hidden.sh
Test-PolicySignature ./export -Recurse -PublicKey $key -Quiet
Test-PolicySignature './export/*' -PublicKey $key -Quiet
'@
    }
    'r10' = @{
        Writes = 'False', 'False'
        Script = @'
foreach ($how in @{}, @{ Force = $true }) { $null = New-PolicySigningKey ./release.pub -NoPassphrase @how 2>&1; "$(Test-Path release.pub)" }
'@
    }
    'r11' = @{
        Writes = '300 Error EngineFailure'
        Script = @'
$results = 1..300 | ForEach-Object { if ($_ -eq 150) { Get-Process offlinekit | Where-Object { $_.Parent.Id -eq $PID } | Stop-Process -Force }; '.' } | Get-PolicyBundle -PublicKey $key
"$(@($results).Count) $($results[-1].Status) $($results[-1].Reason)"
'@
    }
    'r12' = @{
        Writes = 'False', 'False', 'False', 'False', 'False', 'False', 'hidden'
        Script = @'
Test-PolicySignature good.txt -PublicKy $key -Quiet
Test-PolicySignature good.txt -PublicKey $key -Quiet spare
Test-PolicySignature good.txt -PublicKey $key -Quiet --detailed
$more = @{ Path = 'good.txt'; PublicKey = $key; Quiet = $true; Detaild = $true }; Test-PolicySignature @more
Test-PolicyBundle . -PublicKey $key -Layot kit -Quiet
Test-PolicyTrustRoot npm-registry -Att 2026-01-01 -Quiet
if (@(Get-Command -Module OfflineKit | Where-Object { $_.Parameters.ContainsKey('Unrecognized') -and -not $_.Parameters['Unrecognized'].Attributes.DontShow }).Count -eq 0) { 'hidden' }
'@
    }
    'r12-assert' = @{ Ends = $true; Script = 'Assert-PolicySignature good.txt -PublicKy $key; "went on"' }
    '2.2-1' = @{ Writes = 'Boolean', 'kept out'; Script = '(Test-PolicySignature bad.txt -PublicKey $key -Quiet).GetType().Name; if (Test-PolicySignature bad.txt -PublicKey $key -Quiet) { "ran" } else { "kept out" }' }
    '2.2-2' = @{ Writes = '1', 'kept out', 'refused'; Script = '@(Test-PolicySignature *.txt -PublicKey $key -Quiet).Count; if (Test-PolicySignature *.txt -PublicKey $key -Quiet) { "ran" } else { "kept out" }; if (-not (Test-PolicySignature good.txt, bad.txt -PublicKey $key -Quiet)) { "refused" }' }
    '2.2-3' = @{ Writes = 'ran', 'kept out'; Script = 'foreach ($f in "good.txt", "bad.txt") { if (Test-PolicySignature $f -PublicKey $key -Quiet) { "ran" } else { "kept out" } }' }
    '2.2-4' = @{
        Writes = 'accepted good.txt', 'False EngineMissing', 'False EngineMissing'
        Script = @'
foreach ($f in 'good.txt', 'bad.txt', 'good.txt') {
    $ok = Test-PolicySignature $f -PublicKey $key -ErrorAction SilentlyContinue -ErrorVariable why
    if ($ok) { "accepted $f" } else { "$ok $($why[0].FullyQualifiedErrorId -replace ',.*')" }
    Get-ChildItem module/bin -Recurse -File -Filter offlinekit* | Remove-Item
}
'@
        Own = $true
    }
    '2.2-5' = @{ Own = $true; Writes = 'refused'; Script = 'Remove-Item -Recurse module/bin; if (-not (Test-PolicySignature good.txt -PublicKey $key -Quiet)) { "refused"; return }; "went on"' }
    '2.2-6' = @{ Writes = 'refused', 'refused', 'refused'; Script = 'foreach ($f in $null, "", @()) { if (-not (Test-PolicySignature $f -PublicKey $key -Quiet)) { "refused" } else { "went on" } }' }
    '2.2-7' = @{ Writes = 'kept out', 'refused', 'False'; Script = 'if (@() | Test-PolicySignature -Quiet) { "ran" } else { "kept out" }; if (-not (@() | Test-PolicySignature -Quiet)) { "refused" }; "$(Get-ChildItem none* | Test-PolicySignature -PublicKey $key -Quiet)"' }
    '2.3-1' = @{ Writes = '1 True', '1 False', '1 False', '1 False', '1 False', '1 False'; Script = 'foreach ($f in @(, @("good.txt", "good.txt.minisig")) + @(, @("good.txt", "bad.txt")) + ".", "none*", "Env:PATH", $null) { $a = @(Test-PolicySignature $f -PublicKey $key -Quiet); "$($a.Count) $a" }' }
    '2.3-2' = @{ Writes = 'SignatureMismatch,OfflineKit.PowerShell.TestPolicySignatureCommand SecurityError Invalid', 'caught', 'False'; Script = '$null = Test-PolicySignature bad.txt -PublicKey $key -ErrorAction SilentlyContinue -ErrorVariable why; "$($why[0].FullyQualifiedErrorId) $($why[0].CategoryInfo.Category) $($why[0].TargetObject.Status)"; try { Test-PolicySignature bad.txt -PublicKey $key -ErrorAction Stop } catch { "caught" }; $null = Test-PolicySignature bad.txt -PublicKey $key 2>$null; "$?"' }
    '2.3-3' = @{ Writes = 'False', 'Valid Invalid'; Script = '@(Test-PolicySignature bad.txt -PublicKey $key -Quiet 2>&1); "$((Get-PolicySignature good.txt, bad.txt -PublicKey $key).Status)"' }
    '2.3-4' = @{ Writes = 'False', 'False', 'False', 'False'; Script = 'Test-PolicySignature $null -Quiet; Test-PolicySignature "" -Quiet; Test-PolicySignature @() -Quiet; Test-PolicySignature -LiteralPath $null -Quiet' }
    '2.3-5' = @{ Writes = 'True', 'True', 'True'; Script = '[IO.File]::Copy("$folder/good.txt", "$folder/a[1].txt"); [IO.File]::Copy("$folder/good.txt.minisig", "$folder/a[1].txt.minisig"); Get-ChildItem -LiteralPath "a[1].txt" | Test-PolicySignature -PublicKey $key; Move-Item -LiteralPath "a[1].txt" a1.txt; Move-Item -LiteralPath "a[1].txt.minisig" a1.txt.minisig; Test-PolicySignature "a[1].txt" -PublicKey $key; Rename-Item a1.txt "漢 x''y.txt"; Rename-Item a1.txt.minisig "漢 x''y.txt.minisig"; Get-ChildItem 漢*.txt | Test-PolicySignature -PublicKey $key' }
    '2.3-6' = @{
        Writes = 'Error', 'Error', 'False'
        Script = @'
$type = (Get-PolicySignature good.txt -PublicKey $key).Status.GetType()
"$([Activator]::CreateInstance($type))"; "$([Enum]::ToObject($type, 0))"
"$([Activator]::CreateInstance($type) -eq 'Valid')"
'@
    }
    'g01' = @{ Ends = $true; Script = 'if (-not (Test-PolicySignature bad.txt -PublicKey $key -OutBuffer abc)) { throw }; "went on"' }
    'g01-range' = @{ Ends = $true; Script = '$ErrorActionPreference = "SilentlyContinue"; $ok = $true; $ok = Test-PolicySignature bad.txt -PublicKey $key -OutBuffer -1; "went on $ok"' }
    'g01-twice' = @{ Ends = $true; Script = 'if (-not (Test-PolicySignature bad.txt -PublicKey $key -PublicKey $key)) { throw }; "went on"' }
    'g01-value' = @{ Ends = $true; Script = 'function Install-It { [CmdletBinding()] param() if (-not (Test-PolicySignature bad.txt -PublicKey)) { throw }; "went on" }; Install-It -ErrorAction SilentlyContinue; "went on"' }
    'g01-preference' = @{ Ends = $true; Script = 'Assert-PolicySignature bad.txt -PublicKey $key -ErrorAction Sometimes; "went on"' }
    'g02' = @{ Ends = $true; Script = 'if (-not ("{" | ConvertFrom-Json | Test-PolicySignature -PublicKey $key)) { throw }; "went on"' }
    'g02-behind' = @{ Ends = $true; Script = '$ErrorActionPreference = "Ignore"; Assert-PolicySignature bad.txt -PublicKey $key | No-Such; "went on"' }
    'g02-unchanged' = @{
        Writes = 'Continue', 'caught', 'Valid', 'Continue'
        Script = @'
$null = Test-PolicySignature good.txt -PublicKey $key; $null = 1..3 | Select-Object -First 1 | Test-PolicySignature -Quiet; $null = TabExpansion2 'Test-PolicySignature -Pub' 25
"$ErrorActionPreference"
& { try { Assert-PolicySignature good.txt -PublicKey $key -OutBuffer abc } catch { 'caught' } }
$script:ErrorActionPreference = 'Continue'
1..3 | ForEach-Object { 'good.txt' } | Get-PolicySignature -PublicKey $key | Select-Object -First 1 | ForEach-Object { "$($_.Status)" }
"$ErrorActionPreference"
'@
    }
    'g03' = @{
        Writes = 'False', 'False', 'False', 'True'
        Script = @'
foreach ($place in 'drop[1]', 'drop1') { $null = [IO.Directory]::CreateDirectory("$folder/$place"); [IO.File]::Copy("$folder/good.txt", "$folder/$place/a.txt"); [IO.File]::Copy("$folder/good.txt.minisig", "$folder/$place/a.txt.minisig") }
Test-PolicySignature 'drop[1]/*.txt' -PublicKey $key -Quiet
Test-PolicySignature 'drop[1]/a.txt' -PublicKey $key -Quiet
if ($IsWindows) { 'False' } else {
    & sh -c 'mkdir "$(printf "drop\3771")"; cp bad.txt "$(printf "drop\3771")/a.txt"'
    Test-PolicySignature 'dr*/*.txt' -PublicKey $key -Quiet
    & sh -c 'rm -r "$(printf "drop\3771")"'
}
Test-PolicySignature 'dr*/*.txt' -PublicKey $key
'@
    }
    'g04' = @{
        Writes = 'refused', 'refused'
        Script = @'
if ($IsWindows) { 'refused', 'refused'; return }
& mkfifo pipe; Copy-Item good.txt.minisig pipe.minisig
try { Get-PolicyVerifiedContent pipe -PublicKey $key } catch { 'refused' }
try { Get-PolicyVerifiedContent /dev/tty -SignaturePath good.txt.minisig -PublicKey $key } catch { 'refused' }
'@
    }
    'g06' = @{
        Writes = 'False', 'Invalid', 'False'
        Script = @'
$result = Get-PolicySignature bad.txt -PublicKey $key
foreach ($lie in @{ IsValid = $true }, @{ Status = 'Valid' }, @{ FullName = 'good.txt' }) { foreach ($name in $lie.Keys) { $result | Add-Member $name $lie[$name] -Force } }
$result | Export-PolicyVerificationReport r.json
$report = Get-Content r.json -Raw | ConvertFrom-Json
"$($report.trusted)"; "$($report.results.status)"
Get-PolicyTrustRoot npm-registry | Add-Member Name none -Force -PassThru | Test-PolicyTrustRoot -At 2026-01-01 -Quiet
'@
    }
    'g05' = @{
        Writes = 'False', 'False', 'False', 'False', 'False', 'False', 'True'
        Script = @'
$bad = (Get-Item bad.txt).FullName
foreach ($name in 'PSPath', 'LiteralPath', 'LP', 'FullName', 'Path') { Get-Item good.txt | Add-Member $name $bad -Force -PassThru | Test-PolicySignature -PublicKey $key -Quiet }
Get-PolicySignature good.txt -PublicKey $key | Add-Member PSPath $bad -Force -PassThru | Test-PolicySignature -PublicKey $key -Quiet
Get-Item good.txt | Add-Member Path good.txt -PassThru | Test-PolicySignature -PublicKey $key
'@
    }
    'g02-callers' = @{ Ends = $true; Script = 'function Inner { Test-PolicySignature bad.txt -PublicKey $key -OutBuffer abc }; function Outer { [CmdletBinding()] param() 1 | ForEach-Object { Inner }; "went on" }; Outer -ErrorAction SilentlyContinue; "went on"' }
    'g02-child' = @{ Ends = $true; Script = 'Set-Content child.ps1 "[CmdletBinding()] param() Test-PolicySignature bad.txt -OutBuffer abc; ''went on''"; & ./child.ps1 -ErrorAction Ignore; "went on"' }
    'g02-module' = @{ Ends = $true; Script = '$null = New-Module { function Install-It { [CmdletBinding()] param($with) Test-PolicySignature bad.txt -PublicKey $with -OutBuffer abc; "went on" } }; Install-It $key -ErrorAction SilentlyContinue; "went on"' }
    'g02-lost' = @{ Ends = $true; Script = '$ok = Test-PolicySignature good.txt -PublicKey $key; $ok = Test-PolicySignature bad.txt -PublicKey $key -Quiet | Tee-Object -FilePath none/log; if ($ok) { "went on" }' }
    'g02-later' = @{ Ends = $true; Script = 'function Write-Log { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $answer) process { $answer } end { $PSCmdlet.ThrowTerminatingError([Management.Automation.ErrorRecord]::new([Exception] "no log", "id", 0, $null)) } }; $ok = Test-PolicySignature good.txt -PublicKey $key; $ok = Test-PolicySignature bad.txt -PublicKey $key -Quiet | Write-Log; "went on"' }
    'g02-kept' = @{ Ends = $true; Script = 'function Write-Log { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $answer) process { $PSCmdlet.ThrowTerminatingError([Management.Automation.ErrorRecord]::new([Exception] "no log", "id", 0, $null)) } }; $last = Get-PolicySignature good.txt -PublicKey $key; $last = Get-PolicySignature bad.txt -PublicKey $key -OutBuffer 9 | Write-Log; "went on"' }
    'g02-whatif' = @{ Ends = $true; Script = 'function Inner { Test-PolicySignature bad.txt -PublicKey $key -OutBuffer abc }; function Outer { [CmdletBinding(SupportsShouldProcess)] param() Inner -ErrorAction SilentlyContinue; "went on" }; Outer -WhatIf -ErrorAction SilentlyContinue; "went on"' }
    'g02-confirm' = @{ Ends = $true; Script = '$ConfirmPreference = "Low"; $PSDefaultParameterValues = @{ "Set-*:WhatIf" = $true; "*:Exclude" = "*" }; Set-Variable ErrorActionPreference Continue -Option ReadOnly; function Inner { Test-PolicySignature bad.txt -PublicKey $key -OutBuffer abc }; function Outer { [CmdletBinding()] param() Inner; "went on" }; Outer -ErrorAction SilentlyContinue; "went on"' }
    'g02-enough' = @{
        Writes = 'False', 'Invalid', 'False', 'Continue', '1'
        Script = @'
Test-PolicySignature bad.txt -PublicKey $key -Quiet | Select-Object -First 1
Get-PolicySignature bad.txt, bad.txt -PublicKey $key | Select-Object -First 1 | ForEach-Object { "$($_.Status)" }
foreach ($once in 1) { Test-PolicySignature bad.txt -PublicKey $key -Quiet | ForEach-Object { "$_"; break } }
"$ErrorActionPreference"
$Error.Clear(); try { Test-PolicySignature bad.txt -OutBuffer abc } catch { "$($Error.Count)" }
'@
    }
    'g07' = @{
        Writes = 'False', 'False', 'False', 'False', 'False', 'True', 'True', 'True'
        Script = @'
if ($IsWindows) { @('False') * 5 + @('True') * 3; return }
foreach ($name in 'a[1].txt', 'b`c.txt') { [IO.File]::Copy("$folder/good.txt", "$folder/$name"); [IO.File]::Copy("$folder/good.txt.minisig", "$folder/$name.minisig") }
'EVIL' | Set-Content a1.txt
Get-FileHash -LiteralPath 'a[1].txt' | Test-PolicySignature -PublicKey $key -Quiet
Resolve-Path -LiteralPath 'a[1].txt' | Test-PolicySignature -PublicKey $key -Quiet
'Path', "$folder/a[1].txt" | ConvertFrom-Csv | Test-PolicySignature -PublicKey $key -Quiet
[pscustomobject]@{ FilePath = 'a[1].txt' } | Test-PolicySignature -PublicKey $key -Quiet
Test-PolicySignature ([pscustomobject]@{ Path = 'b`c.txt' }) -PublicKey $key -Quiet
[pscustomobject]@{ LiteralPath = 'a[1].txt' } | Test-PolicySignature -PublicKey $key
Get-Item -LiteralPath 'a[1].txt' | Test-PolicySignature -PublicKey $key
Get-FileHash good.txt | Test-PolicySignature -PublicKey $key
'@
    }
    'g08' = @{
        Writes = 'kept out', 'Boolean', 'refused', 'kept out', 'SignatureMismatch'
        Script = @'
if (Test-PolicySignature bad.txt -PublicKey $key 2>&1) { 'ran' } else { 'kept out' }
$ok = Test-PolicySignature bad.txt -PublicKey $key *>&1; $ok.GetType().Name
if (-not (Test-PolicySignature missing.txt, bad.txt -PublicKey $key 2>&1)) { 'refused' }
if (Test-PolicyTrustRoot none 2>&1) { 'ran' } else { 'kept out' }
$null = Test-PolicySignature bad.txt -PublicKey $key -ErrorVariable why 2>&1; "$($why[0].FullyQualifiedErrorId -replace ',.*')"
'@
    }
    'g09' = @{
        Writes = 'False', 'False', 'False', 'False', 'False', 'False', 'True', 'True'
        Script = @'
foreach ($defaults in @{ 'Test-PolicySignature:Identty' = 'bob' }, @{ 'Test-PolicySignature:-Identity' = 'bob' }, @{ 'OfflineKit\Test-PolicySignature:Identity' = 'bob' }, @{ 'Test-PolicySignature:Identity' = 'bob'; 'Test-Policy*:Identity' = 'eve' }, @{ 'Test-Policy*:Identity' = { } }) {
    $PSDefaultParameterValues = $defaults
    Test-PolicySignature good.txt -PublicKey $key -Quiet 3>$null
}
$PSDefaultParameterValues = @{ 'Test-PolicyTrustRoot:Att' = '2000-01-01' }
Test-PolicyTrustRoot npm-registry -At 2026-01-01 -Quiet
$PSDefaultParameterValues = @{ '*:Encoding' = 'utf8'; 'Test-*:PublicKey' = $key; 'Test-PolicySignature:Verbose' = $false; 'Test-PolicyBundle:AllowMissing' = $true }
Test-PolicySignature good.txt
$PSDefaultParameterValues = @{ 'Test-PolicySignature:Identty' = 'bob'; Disabled = $true }
Test-PolicySignature good.txt -PublicKey $key
'@
    }
    'g08-preference' = @{
        Writes = 'kept out', 'kept out', 'kept out', 'kept out', 'kept out', 'kept out', 'kept out', 'kept out', 'kept out', 'False', 'SignatureMismatch', 'caught'
        Script = @'
foreach ($more in @{ ErrorAction = 'Continue' }, @{ ErrorAction = 'Inquire' }, @{ Verbose = $true }, @{ Debug = $true }) { if (Test-PolicySignature bad.txt -PublicKey $key @more *>&1) { "ran $($more.Keys)" } else { 'kept out' } }
if (Test-PolicySignature bad.txt, missing.txt -PublicKey $key -Quiet -ErrorAction Continue 2>&1) { 'ran' } else { 'kept out' }
$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Continue' }
if (Test-PolicyBundle missing -PublicKey $key 2>&1) { 'ran' } else { 'kept out' }
if (Test-PolicyImage missing -PublicKey $key 2>&1) { 'ran' } else { 'kept out' }
if (Test-PolicyTrustRoot none 2>&1) { 'ran' } else { 'kept out' }
if (& { Test-PolicySignature bad.txt -PublicKey $key -Quiet:'True' } 2>&1) { 'ran' } else { 'kept out' }
$null = Test-PolicySignature bad.txt -PublicKey $key -ErrorVariable why 2>&1; "$?"; "$($why[0].FullyQualifiedErrorId -replace ',.*')"
try { $null = Test-PolicySignature bad.txt -PublicKey $key -ErrorAction Stop 2>&1 } catch { 'caught' }
'@
    }
    'g08-constant' = @{ Writes = 'kept out'; Script = 'Set-Variable ErrorActionPreference Continue -Option ReadOnly; if (Test-PolicySignature bad.txt -PublicKey $key 2>&1) { "ran" } else { "kept out" }' }
    'g08-warning' = @{ Ends = $true; Script = '$PSDefaultParameterValues = @{ "Test-PolicySignature:Identity" = "bob"; "Test-Policy*:Identity" = "eve" }; if (Test-PolicySignature bad.txt -PublicKey $key *>&1) { "ran" }; "went on"' }
    'g09-alias' = @{
        Writes = 'False', 'False', 'False', 'False', 'True'
        Script = @'
Set-Alias tps Test-PolicySignature; Set-Alias whole OfflineKit\Test-PolicySignature; Set-Alias again whole
foreach ($defaults in @{ 'tps:Identty' = 'bob' }, @{ 'tps:Identity' = 'bob'; 'Test-PolicySignature:Identity' = 'eve' }, @{ 'whole:Identity' = 'bob' }, @{ 'again:Identity' = 'bob' }) {
    $PSDefaultParameterValues = $defaults
    Test-PolicySignature good.txt -PublicKey $key -Quiet 3>$null
}
$PSDefaultParameterValues = @{ 'ls:Identty' = 'bob'; 'tps:PublicKey' = $key }
Test-PolicySignature good.txt
'@
    }
    'g10' = @{ Writes = 'kept out', 'NotChecked', 'True'; Script = '$info = Get-PolicySignatureInfo good.txt; if ($info.Verified) { "ran" } else { "kept out" }; "$($info.Verified)"; "$($info.Verified -eq "NotChecked")"' }
    'g11' = @{
        Writes = 'False', 'False', 'False'
        Script = @'
$name = if ($IsWindows) { 'none.txt' } else { "a$([char]27)[2Jb`nc.txt" }
[IO.File]::WriteAllText("$folder/$name", 'x')
$null = Test-PolicySignature -LiteralPath $name -PublicKey $key -ErrorAction SilentlyContinue -ErrorVariable why; "$("$($why[0])" -match '[\x00-\x1f]')"
$null = Test-PolicySignature -LiteralPath "$([char]27)[31mnone" -PublicKey $key -ErrorAction SilentlyContinue -ErrorVariable why; "$("$($why[0])" -match '[\x00-\x1f]')"
try { Assert-PolicySignature -LiteralPath $name -PublicKey $key } catch { "$("$_" -match '[\x00-\x1f]')" }
'@
    }
    'n01' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; if (-not (Test-PolicySignature $nothing.Trim() -PublicKey $key)) { throw "refused" }; "went on"' }
    'n01-strict' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; Set-StrictMode -Version Latest; Assert-PolicySignature $undefined -PublicKey $key; "went on"' }
    'n01-otherwise' = @{ Writes = 'went on', 'went on', 'refused'; Script = 'if (-not (Test-PolicySignature $nothing.Trim() -PublicKey $key)) { "refused" }; "went on"; Assert-PolicySignature ([IO.File]::ReadAllText("none")) -PublicKey $key; "went on"; $file = $nothing.Trim(); if (-not (Test-PolicySignature $file -PublicKey $key -Quiet)) { "refused" }' }
    'n02' = @{ Ends = $true; Script = "#Requires -Modules OfflineKit.NotThere`n'went on'" }
    'n02-before' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; Get-DropList | Assert-PolicySignature -PublicKey $key; "went on"' }
    'n02-first' = @{ Writes = 'went on', 'went on', 'went on', 'refused'; Script = 'Get-DropList | Assert-PolicySignature -PublicKey $key; "went on"; Get-Content $nothing.Trim() | Assert-PolicySignature -PublicKey $key; "went on"; if (-not (Get-DropList | Test-PolicySignature -PublicKey $key)) { "refused" }; "went on"; $list = Get-DropList; if (-not ($list | Test-PolicySignature -PublicKey $key -Quiet)) { "refused" }' }
    'n02-preference' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; Remove-Module OfflineKit; $PSModuleAutoLoadingPreference = "None"; Assert-PolicySignature bad.txt; "went on"' }
    'n02-otherwise' = @{ Writes = 'went on'; Script = 'Remove-Module OfflineKit; $PSModuleAutoLoadingPreference = "None"; Assert-PolicySignature bad.txt; "went on"' }
    'n03' = @{ Ends = $true; Script = '"bad.txt" | ForEach-Object { Assert-PolicySignature -LiteralPath $_ -PublicKey $key; [pscustomobject]@{ Name = $_; Length = (Get-Item -LiteralPath $_).Length } }; "went on"' }
    'n03-each' = @{ Ends = $true; Script = '"bad.txt" | Where-Object { Assert-PolicySignature -LiteralPath $_ -PublicKey $key; $true }; "went on"' }
    'n03-value' = @{ Writes = 'good.txt True', 'bad.txt False'; Script = '"good.txt", "bad.txt" | Select-Object @{ n = "Name"; e = { $_ } }, @{ n = "Signed"; e = { Test-PolicySignature -LiteralPath $_ -PublicKey $key -Quiet } } | ForEach-Object { "$($_.Name) $($_.Signed)" }' }
    'n03-otherwise' = @{
        Writes = 'went on', 'went on', 'went on'
        Script = @'
$ErrorActionPreference = 'Stop'
'bad.txt' | Select-Object @{ n = 'x'; e = { Assert-PolicySignature -LiteralPath $_ -PublicKey $key } } | Out-Null; 'went on'
$object = [pscustomobject]@{ a = 1 } | Add-Member ScriptProperty Checked { Assert-PolicySignature bad.txt -PublicKey $key } -PassThru; $null = $object.Checked; 'went on'
'bad.txt' | Format-Table @{ n = 'x'; e = { Assert-PolicySignature -LiteralPath $_ -PublicKey $key } } | Out-String | Out-Null; 'went on'
'@
    }
    'n03-cast' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; class Package { Package([string] $file) { Assert-PolicySignature -LiteralPath $file -PublicKey $env:KEY } }; $env:KEY = $key; $package = [Package]::new("bad.txt"); "went on"' }
    'n03-as' = @{ Writes = 'went on'; Script = '$ErrorActionPreference = "Stop"; class Package { Package([string] $file) { Assert-PolicySignature -LiteralPath $file -PublicKey $env:KEY } }; $env:KEY = $key; $package = "bad.txt" -as [Package]; "went on"' }
    'n04-cast' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; class Package { Package([string] $file) { Assert-PolicySignature -LiteralPath $file -PublicKey $env:KEY } }; $env:KEY = $key; $package = [Package] "bad.txt"; "went on"' }
    'n04-static' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; class Package { static $checked = $(Assert-PolicySignature bad.txt -PublicKey $env:KEY); static [void] Run() {} }; $env:KEY = $key; [Package]::Run(); "went on"' }
    'n04-script' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; $ExecutionContext.InvokeCommand.InvokeScript("Assert-PolicySignature ''$folder/bad.txt'' -PublicKey ''$key''"); "went on"' }
    'n04-whoever' = @{
        Writes = 'went on', 'went on', 'went on'
        Script = @'
class Package { Package([string] $file) { Assert-PolicySignature -LiteralPath $file -PublicKey $env:KEY } }; $env:KEY = $key
class Checked { static $checked = $(Assert-PolicySignature bad.txt -PublicKey $env:KEY); static [void] Run() {} }
$package = [Package] 'bad.txt'; 'went on'
[Checked]::Run(); 'went on'
$ExecutionContext.InvokeCommand.InvokeScript("Assert-PolicySignature '$folder/bad.txt' -PublicKey '$key'"); 'went on'
'@
    }
    'n04' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; { Assert-PolicySignature bad.txt -PublicKey $key }.Invoke(); "went on"' }
    'n04-call' = @{ Ends = $true; Script = '& { Assert-PolicySignature bad.txt -PublicKey $key }; "went on"' }
    'n04-each' = @{ Ends = $true; Script = '@("bad.txt").ForEach({ Assert-PolicySignature -LiteralPath $_ -PublicKey $key }); "went on"' }
    'n04-class' = @{ Ends = $true; Script = 'class Package { Package([string] $file, [string] $with) { Assert-PolicySignature -LiteralPath $file -PublicKey $with } }; $package = [Package]::new("bad.txt", $key); "went on"' }
    'n04-otherwise' = @{ Writes = 'went on', 'went on'; Script = '{ Assert-PolicySignature bad.txt -PublicKey $key }.Invoke(); "went on"; ([Action] { Assert-PolicySignature bad.txt -PublicKey $key }).Invoke(); "went on"' }
    'n05' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; $module = (Get-Module OfflineKit).Path; $bad = "$folder/bad.txt"; Start-Job { Import-Module $using:module; Assert-PolicySignature $using:bad -PublicKey $using:key } | Receive-Job -Wait -AutoRemoveJob; "went on"' }
    'n05-answer' = @{ Writes = 'refused'; Script = '$module = (Get-Module OfflineKit).Path; $bad = "$folder/bad.txt"; if (-not (Start-Job { Import-Module $using:module; Test-PolicySignature $using:bad -PublicKey $using:key -Quiet } | Receive-Job -Wait -AutoRemoveJob)) { "refused" }' }
    'n05-otherwise' = @{ Writes = 'went on'; Script = '$module = (Get-Module OfflineKit).Path; $bad = "$folder/bad.txt"; 1 | ForEach-Object -Parallel { Import-Module $using:module; Assert-PolicySignature $using:bad -PublicKey $using:key; "installed a refused file" }; "went on"' }
    'n06' = @{ Writes = 'refused', 'refused', 'accepted'; Script = '$results = Get-PolicySignature bad.txt, bad.txt -PublicKey $key; if ($results.IsValid -contains $false) { "refused" }; if (-not (Test-PolicySignature bad.txt, bad.txt -PublicKey $key -Quiet)) { "refused" }; if ($results.IsValid) { "accepted" }' }
    'n07' = @{ Writes = 'refused', 'accepted'; Script = 'if (-not (& { Test-PolicySignature bad.txt -PublicKey $key -Quiet } 2>&1)) { "refused" }; if (& { Test-PolicySignature bad.txt -PublicKey $key } 2>&1) { "accepted" }' }
    'n07-preference' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; if (& { Test-PolicySignature bad.txt -PublicKey $key } 2>&1) { "went on" }; "went on"' }
    'n08' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; Set-Content guard.psm1 "Assert-PolicySignature ''$folder/bad.txt'' -PublicKey ''$key''"; Import-Module ./guard.psm1; "went on"' }
    'n08-made' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; $null = New-Module { param($with) Assert-PolicySignature bad.txt -PublicKey $with } -ArgumentList $key; "went on"' }
    'n08-child' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; Set-Content guard.psm1 "Assert-PolicySignature ''$folder/bad.txt'' -PublicKey ''$key''"; Set-Content child.ps1 "#Requires -Modules $folder/guard.psm1`n''went on''"; & ./child.ps1; "went on"' }
    'n08-otherwise' = @{
        Writes = 'went on', 'went on', 'went on', 'went on'
        Script = @'
Set-Content guard.psm1 "Assert-PolicySignature '$folder/bad.txt' -PublicKey '$key'"; Import-Module ./guard.psm1; 'went on'
$null = New-Module { param($with) Assert-PolicySignature bad.txt -PublicKey $with } -ArgumentList $key; 'went on'
Set-Content guard.ps1 "Assert-PolicySignature '$folder/bad.txt' -PublicKey '$key'"; Set-Content m.psd1 "@{ ModuleVersion = '1.0'; ScriptsToProcess = 'guard.ps1' }"; Import-Module ./m.psd1; 'went on'
Set-Content child.ps1 "#Requires -Modules $folder/guard.psm1`n'went on in it'"; & ./child.ps1; 'went on'
'@
    }
    'n09' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; function Install-It { param([ValidateScript({ Assert-PolicySignature $_ -PublicKey $key; $true })] $file) }; Install-It bad.txt; "went on"' }
    'n09-dynamic' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; function Install-It { [CmdletBinding()] param($file) dynamicparam { Assert-PolicySignature $file -PublicKey $key } end { } }; Install-It bad.txt; "went on"' }
    'n09-delayed' = @{ Ends = $true; Script = '$ErrorActionPreference = "Stop"; Get-Item bad.txt | Rename-Item -NewName { Assert-PolicySignature $_ -PublicKey $key; "x" }; "went on"' }
    'n09-body' = @{ Ends = $true; Script = 'function Install-It { param($file) Assert-PolicySignature $file -PublicKey $key }; Install-It bad.txt; "went on"' }
    'n09-otherwise' = @{
        Writes = 'went on', 'went on', 'went on'
        Script = @'
function Install-It { param([ValidateScript({ Assert-PolicySignature $_ -PublicKey $key; $true })] $file) }; Install-It bad.txt; 'went on'
function Install-Other { [CmdletBinding()] param($file) dynamicparam { Assert-PolicySignature $file -PublicKey $key } end { } }; Install-Other bad.txt; 'went on'
Get-Item bad.txt | Rename-Item -NewName { Assert-PolicySignature $_ -PublicKey $key; 'x' }; 'went on'
'@
    }
    'n10' = @{
        Writes = 'ended 1', 'ended 1', 'ended 1'
        Script = @'
. "$(Split-Path $key)/../../../module/Shell.ps1"
function Read-Said { $said = Get-Content said -Raw; if ($said -notmatch 'begun') { 'nothing' } elseif ($said -match 'went on') { 'went on' } else { 'ended' } }
Set-Content install.ps1 "Import-Module '$((Get-Module OfflineKit).Path)'", "'begun'", "Assert-PolicySignature '$folder/bad.txt' -PublicKey '$key'", "'went on'"
Set-Content block.ps1 '& {', (Get-Content install.ps1 -Raw), '}', ''
foreach ($how in @{ ArgumentList = '-NoProfile -NonInteractive -File install.ps1' }, @{ ArgumentList = "-NoProfile -NonInteractive -Command `"& { $((Get-Content install.ps1) -join '; ') }`"" }, @{ ArgumentList = '-NoProfile -NonInteractive -Command -'; RedirectStandardInput = 'block.ps1' }) {
    $process = Start-Process $shell @how -RedirectStandardOutput said -RedirectStandardError errors -Wait -PassThru -WorkingDirectory $folder
    "$(Read-Said) $($process.ExitCode)"
}
'@
    }
    'n10-otherwise' = @{
        Writes = 'went on'
        Script = @'
. "$(Split-Path $key)/../../../module/Shell.ps1"
function Read-Said { $said = Get-Content said -Raw; if ($said -notmatch 'begun') { 'nothing' } elseif ($said -match 'went on') { 'went on' } else { 'ended' } }
Set-Content install.ps1 '$ErrorActionPreference = "Stop"', "Import-Module '$((Get-Module OfflineKit).Path)'", "'begun'", "Assert-PolicySignature '$folder/bad.txt' -PublicKey '$key'", "'went on'"
$null = Start-Process $shell '-NoProfile -NonInteractive -Command -' -RedirectStandardInput install.ps1 -RedirectStandardOutput said -RedirectStandardError errors -Wait -PassThru -WorkingDirectory $folder
Read-Said
'@
    }
    'g12' = @{ Ends = $true; Script = '$bytes = [IO.File]::ReadAllBytes("$folder/good.txt"); Set-Content good.txt EVIL; Assert-PolicySignature -Content $bytes -SourceName "$folder/good.txt" -PublicKey $key -PassThru | Copy-Item -Destination "$folder/installed"; "went on"' }
    'g12-result' = @{
        Writes = 'True', 'False', 'False', 'True'
        Script = @'
$bytes = [IO.File]::ReadAllBytes("$folder/good.txt"); Set-Content evil.sh EVIL
$result = Get-PolicySignature -Content $bytes -SourceName "$folder/evil.sh" -SignaturePath good.txt.minisig -PublicKey $key
"$($result.IsValid)"
$result | Copy-Item -Destination installed 2>$null; "$(Test-Path installed)"
$result | Test-PolicySignature -SignaturePath good.txt.minisig -PublicKey $key -Quiet
"$($result.FullName -eq "$folder/evil.sh")"
'@
    }
    'g13' = @{ Ends = $true; Script = '$document = "$(Split-Path $key)/../../document/dsse-unknown-member/a.json"; $signer = "$(Split-Path $key)/../../dsse/_keys/one.pem"; if (Test-PolicySignature $document -PublicKey $signer) { $policy = Get-PolicyVerifiedContent $document -PublicKey $signer | ConvertFrom-Json; "went on" }' }
    'g13-whole' = @{ Writes = 'True', 'nothing'; Script = 'if ((Get-PolicyVerifiedContent good.txt -PublicKey $key) -ceq [IO.File]::ReadAllText("$folder/good.txt")) { "True" }; $all = $null; try { $all = Get-PolicyVerifiedContent good.txt, "$(Split-Path $key)/../../document/dsse-unknown-member/a.json" -PublicKey $key, "$(Split-Path $key)/../../dsse/_keys/one.pem" | ForEach-Object { "handed on" } } catch { "nothing$all" }' }
    'g14' = @{
        Writes = 'True', 'True', 'True', 'True', 'False'
        Script = @'
$row = "DryRun`nTrue" | ConvertFrom-Csv
foreach ($value in $row.DryRun, ('{"dryRun": 1}' | ConvertFrom-Json).dryRun, 0.5, $null) {
    $null = New-Item -ItemType Directory export, quarantine -Force; 'x' > export/a.txt
    $null = Test-PolicyBundle export -PublicKey $key -Quiet -Quarantine quarantine -DryRun:$value
    "$(Test-Path export/a.txt)"
}
$null = Test-PolicyBundle export -PublicKey $key -Quiet -Quarantine quarantine -DryRun:([long] 0)
"$(Test-Path export/a.txt)"
'@
    }
    'g15' = @{
        Writes = 'refused', 'refused', 'none'
        Script = @'
$ErrorActionPreference = 'Stop'
$bundle = @{ Bundle = "$(Split-Path $key)/../../trust/sound/bundle.tar"; RootFingerprint = 'adf6250449859961841b264d989caadb402f554b02e506cf8ac3eae73fe4a425'; Name = 'x'; Confirm = $false }
try { Import-PolicyTrustRoot @bundle -At 2026-11-01 -ExpectedFingerprint ('0' * 64) } catch { 'refused' }
try { Import-PolicyTrustRoot $key -Name alice -Force -Confirm:$false -At 1999-99-99 } catch { 'refused' }
if (@(Get-PolicyTrustRoot -Source Imported | Where-Object Name -match '^(x|alice)').Count -eq 0) { 'none' }
'@
    }
}

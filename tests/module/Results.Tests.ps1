# One result for each path that was asked, in the order of asking; refusals that nobody can miss; reports that leave nothing out.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $missing = Join-Path $folder 'missing.txt'
    function Read-Report([string] $Path) { [IO.File]::ReadAllText($Path) | ConvertFrom-Json }
}
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'Get-PolicySignature' {
    It 'has a line for each path, in order' {
        $asked = $bad, $good, $missing, $good, $folder, (Join-Path $folder 'no*thing'), $bad
        $results = $asked | Get-PolicySignature -PublicKey $key
        $results.FullName | Should -Be $asked
        $results.Status | Should -Be 'Invalid', 'Valid', 'Error', 'Valid', 'Error', 'Error', 'Invalid'
        $results.IsValid | Should -Be $false, $true, $false, $true, $false, $false, $false
    }
    It 'has a line for what is no path' { ($null, 5, $good, @{ a = 1 } | Get-PolicySignature -PublicKey $key).Status | Should -Be 'Error', 'Error', 'Valid', 'Error' }
    It 'has an Error for each path when a parameter cannot be meant' { ($good, $bad | Get-PolicySignature -PublicKey $key -At never).Reason | Should -Be 'InvalidUsage', 'InvalidUsage' }
    It 'keeps the order of a thousand files' {
        $asked = @(1..1000 | ForEach-Object { if ($_ % 7) { $good } else { $bad } })
        ($asked | Get-PolicySignature -PublicKey $key).FullName | Should -Be $asked
    }
    It 'has an Error for each path that a lost engine left open' -ForEach 'Get-PolicySignature', 'Get-PolicyBundle' {
        $of = if ($_ -eq 'Get-PolicyBundle') { $folder } else { $good }
        $results = 1..300 | ForEach-Object { if ($_ -eq 150) { Get-Engine | Stop-Process -Force }; $of } | & $_ -PublicKey $key
        @($results).Count | Should -Be 300
        $results[-1].Status | Should -Be 'Error'
        $results[-1].Reason | Should -Be 'EngineFailure'
    }
    It 'travels through a job into a report' {
        $report = Join-Path $folder 'job.json'
        Start-Job { Import-Module $using:psd1; Get-PolicySignature $using:good, $using:bad -PublicKey $using:key } | Receive-Job -Wait -AutoRemoveJob | Export-PolicyVerificationReport -Path $report
        (Read-Report $report).results.status | Should -Be 'Valid', 'Invalid'
    }
}

Describe '$? after a refusal' {
    It 'is false for <_>' -ForEach @(
        'Test-PolicySignature $bad -PublicKey $key 2>$null', 'Test-PolicySignature $bad -PublicKey $key -Quiet', 'Test-PolicySignature $missing -Quiet', 'Test-PolicySignature -Quiet'
        'Test-PolicySignature $good -PublicKy $key -Quiet', 'Get-PolicySignature $bad -PublicKey $key', 'Get-PolicySignature $missing', 'Get-PolicyBundle $folder -PublicKey $key'
        'Test-PolicyBundle $folder -PublicKey $key -Quiet', 'Test-PolicyTrustRoot none -Quiet', '$bad | Get-PolicySignature -PublicKey $key | Out-Null'
        'Test-PolicySignature $bad -PublicKey $key -Quiet -ErrorAction Ignore'
    ) { Invoke-Expression "`$null = $_; `$seen = `$?"; $seen | Should -BeFalse }
    It 'stops a chain' { @(Invoke-Expression 'Test-PolicySignature $bad -PublicKey $key -Quiet && "ran"') | Should -Be @($false) }
    It 'is true after a good file' { $null = Get-PolicySignature $good -PublicKey $key; $? | Should -BeTrue }
    It 'leaves the preference as it was' {
        foreach ($preference in 'Continue', 'SilentlyContinue', 'Stop') {
            $ErrorActionPreference = $preference
            $null = Test-PolicySignature $bad -PublicKey $key -Quiet
            $ErrorActionPreference | Should -Be $preference
        }
    }
    It 'shows nothing with -Quiet, and keeps the reason in $Error' {
        $shown = Test-PolicySignature $bad -PublicKey $key -Quiet 2>&1
        $shown | Should -Be @($false)
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'SignatureMismatch,*'
    }
    It 'throws with -ErrorAction Stop' { { Get-PolicySignature $bad -PublicKey $key -ErrorAction Stop } | Should -Throw -ErrorId 'SignatureMismatch,*' }
}

Describe 'Test- answers one Boolean' {
    It 'whatever the defaults of the session say' {
        $PSDefaultParameterValues = @{ 'Test-PolicySignature:Detailed' = $true; '*:PassThru' = $true; 'Test-PolicySignature:Recurse' = $true }
        @(Test-PolicySignature $bad -PublicKey $key -Quiet) | Should -Be @($false)
        if (Test-PolicySignature $bad -PublicKey $key -Quiet) { throw 'ran' }
    }
}

Describe 'Export-PolicyVerificationReport' {
    BeforeEach { $report = Join-Path $folder ([guid]::NewGuid().ToString('N') + '.json') }
    It 'has a line for what is missing, and is not trusted' {
        'good.txt', 'missing.txt' | ForEach-Object { Join-Path $folder $_ } | Get-PolicySignature -PublicKey $key | Export-PolicyVerificationReport -Path $report
        $read = Read-Report $report
        $read.trusted, $read.artifacts | Should -Be $false, 2
        $read.results.status | Should -Be 'Valid', 'Error'
    }
    It 'does not count signatures as refused' {
        $place = New-Item -ItemType Directory (Join-Path $folder ([guid]::NewGuid().ToString('N')))
        Copy-Item -LiteralPath $good, "$good.minisig" -Destination $place
        Get-PolicySignature $place -Recurse -PublicKey $key | Export-PolicyVerificationReport -Path $report
        (Read-Report $report).trusted | Should -BeTrue
    }
    It 'writes nothing for <Name>' -ForEach @(
        @{ Name = 'a Boolean'; Value = { Test-PolicySignature $good -PublicKey $key } }, @{ Name = 'nothing'; Value = { $null } }, @{ Name = 'an empty pipeline'; Value = { @() } }
        @{ Name = 'a copy without its type'; Value = { Get-PolicySignature $good -PublicKey $key | Select-Object * } }
        @{ Name = 'a result beside something else'; Value = { Get-PolicySignature $good -PublicKey $key; 'text' } }
    ) {
        & $Value | Export-PolicyVerificationReport -Path $report -ErrorAction SilentlyContinue
        Test-Path -LiteralPath $report | Should -BeFalse
    }
    It 'takes results of exports' {
        Get-PolicyBundle $folder, (Join-Path $folder none) -PublicKey $key | Export-PolicyVerificationReport -Path $report
        (Read-Report $report).artifacts | Should -Be 2
    }
}

Describe 'Assert ends the script' {
    It 'under <_>' -ForEach 'Ignore', 'SilentlyContinue', 'Continue', 'Stop' {
        $ran = Join-Path $folder "ran-$_"
        $script = Join-Path $folder 'assert.ps1'
        foreach ($call in 'Assert-PolicySignature $bad -PublicKey $key', 'Assert-PolicySignature $good -PublicKy $key', 'Assert-PolicyBundle $folder -PublicKey $key', 'Get-PolicyVerifiedContent $bad -PublicKey $key', '$null | Assert-PolicySignature') {
            foreach ($way in "function Install-It { [CmdletBinding()] param() $call; '' | Set-Content '$ran' }; Install-It -ErrorAction $_", "`$ErrorActionPreference = '$_'; $call; '' | Set-Content '$ran'") {
                Set-Content -LiteralPath $script "Import-Module '$psd1'; `$key = '$key'; `$good = '$good'; `$bad = '$bad'; `$folder = '$folder'; $way"
                $null = & $shell -NoProfile -NonInteractive -File $script 2>&1
                Test-Path -LiteralPath $ran | Should -BeFalse -Because $way
                $LASTEXITCODE | Should -Be 1
            }
        }
    }
}

Describe 'Get-PolicyVerifiedContent' {
    It 'hands on text, and bytes' {
        Get-PolicyVerifiedContent $good -PublicKey $key | Should -BeExactly ([IO.File]::ReadAllText($good))
        $bytes = Get-PolicyVerifiedContent $good -PublicKey $key -AsByteStream
        , $bytes | Should -BeOfType [byte[]]
        [Convert]::ToBase64String($bytes) | Should -Be ([Convert]::ToBase64String([IO.File]::ReadAllBytes($good)))
    }
    It 'hands on no signature that was used: nobody signed its bytes' {
        $place = New-Item -ItemType Directory (Join-Path $folder ([guid]::NewGuid().ToString('N')))
        Copy-Item -LiteralPath $good, "$good.minisig" -Destination $place
        Get-ChildItem -LiteralPath $place -File | Get-PolicyVerifiedContent -PublicKey $key | Should -BeExactly ([IO.File]::ReadAllText($good))
        @(Get-PolicyVerifiedContent "$good.minisig", $good, $good -PublicKey $key).Count | Should -Be 2
    }
    It 'hands on nothing of a set in which one is refused' {
        $seen = @()
        try { Get-PolicyVerifiedContent $good, $bad -PublicKey $key | ForEach-Object { $seen += $_ } } catch { $caught = $_ }
        $seen.Count | Should -Be 0
        $caught.FullyQualifiedErrorId | Should -Be 'SignatureMismatch,OfflineKit.PowerShell.GetPolicyVerifiedContentCommand'
    }
    It 'reads <_>' -ForEach 'unicode', 'bigendianunicode', 'utf8BOM', 'utf8NoBOM' {
        $file = Join-Path $folder "text-$_"
        'größe' | Set-Content -LiteralPath $file -Encoding $_ -NoNewline
        $null = New-PolicySigningKey (Join-Path $folder "key-$_") -PublicKeyPath (Join-Path $folder "pub-$_") -NoPassphrase
        New-PolicySignature $file -KeyId (Join-Path $folder "key-$_")
        Get-PolicyVerifiedContent $file -PublicKey (Join-Path $folder "pub-$_") | Should -BeExactly 'größe'
    }
}

Describe 'New-PolicySigningKey' {
    It 'never lets one half of a key take the place of the other' -ForEach @{ Force = $false }, @{ Force = $true } {
        $path = Join-Path $folder 'release.pub'
        New-PolicySigningKey $path -NoPassphrase -Force:$Force -ErrorAction SilentlyContinue -ErrorVariable why
        $why[0].FullyQualifiedErrorId | Should -BeLike 'InvalidUsage,*'
        Test-Path -LiteralPath $path | Should -BeFalse
    }
}

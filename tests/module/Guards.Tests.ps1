# Every way in which a script could go on with a file that was refused, tried in a real shell.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    # Runs a script as an administrator would, in a shell of its own; the result is what it wrote.
    function Invoke-Script([string] $Text) {
        $file = Join-Path $folder 'script.ps1'
        Set-Content -LiteralPath $file "Import-Module '$psd1'; `$key = '$key'; `$good = '$good'; `$bad = '$bad'; $Text"
        & $shell -NoProfile -NonInteractive -File $file 2>$null
        $script:status = $LASTEXITCODE
    }
}
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'Test-PolicySignature under $ErrorActionPreference' {
    It '<_> is False' -ForEach 'SilentlyContinue', 'Continue', 'Ignore' {
        $ErrorActionPreference = $_
        (Test-PolicySignature $bad -PublicKey $key 2>$null) | Should -Be $false
    }
    It 'Stop throws with the id' {
        $ErrorActionPreference = 'Stop'
        { Test-PolicySignature $bad -PublicKey $key } | Should -Throw -ErrorId 'SignatureMismatch,*'
    }
    It 'is False where the preference takes a few values only' {
        Invoke-Script 'function f { [ValidateSet(''Stop'', ''Continue'')] $ErrorActionPreference = ''Continue''; if (-not (Test-PolicySignature $bad -PublicKey $key -Quiet)) { ''refused''; return }; ''went on'' }; f' | Should -Be 'refused'
    }
    It 'shows every reason where errors go to the console' {
        $file = Join-Path $folder 'shown.ps1'
        Set-Content -LiteralPath $file "Import-Module '$psd1'; function Test-It { Test-PolicySignature '$bad' -PublicKey '$key' }; Test-PolicySignature '$bad' -PublicKey '$key'; Test-It; & { Test-It }; if (Test-It) { 'went on' }"
        @([regex]::Matches((& $shell -NoProfile -NonInteractive -File $file 2>&1 | Out-String), 'does not verify')).Count | Should -Be 4
    }
    It 'does not go on where nobody can be asked' {
        Invoke-Script 'if (-not (Test-PolicySignature $bad -PublicKey $key -ErrorAction Inquire)) { throw }; ''went on''' | Should -BeNullOrEmpty
    }
    It 'sets $?' {
        $null = Test-PolicySignature $bad -PublicKey $key -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $null = Test-PolicySignature $good -PublicKey $key
        $? | Should -BeTrue
    }
}

Describe 'Assert-PolicySignature ends the script' {
    It 'after <_>' -ForEach @(
        'Assert-PolicySignature $bad -PublicKey $key'
        'Assert-PolicySignature $null'
        'Assert-PolicySignature'
        '@() | Assert-PolicySignature'
        'Assert-PolicySignature none.txt -ErrorAction SilentlyContinue'
        'Assert-PolicySignature $good -PublicKey $null'
        'function Inner { [CmdletBinding()] param() Assert-PolicySignature $bad -PublicKey $key }; Inner'
        '$good, $bad | Assert-PolicySignature -PublicKey $key -PassThru | ForEach-Object { "went on" }'
    ) {
        Invoke-Script "$_; 'went on'" | Should -BeNullOrEmpty
        $script:status | Should -Be 1
    }
    It 'after a good file that cannot be handed on' {
        Invoke-Script '$gone = Join-Path (Split-Path $bad) ''gone.txt''; Copy-Item $good $gone; Copy-Item "$good.minisig" "$gone.minisig"
            & { $gone; 1..200 | ForEach-Object { $good }; Remove-Item $gone } | Assert-PolicySignature -PublicKey $key -PassThru; ''went on''' | Should -BeNullOrEmpty
        $script:status | Should -Be 1
    }
    It 'and hands on a file whose name reads like a provider''s' -Skip:(-not $IsLinux) {
        Invoke-Script '$colons = (New-Item -ItemType Directory -Path (Join-Path (Split-Path $bad) ''colons'')).FullName
            [IO.File]::Copy($good, "$colons/a::b"); [IO.File]::Copy("$good.minisig", "$colons/a::b.minisig")
            Assert-PolicySignature $colons -Recurse -PublicKey $key -PassThru | ForEach-Object Name' | Should -Be 'a::b'
        $script:status | Should -Be 0
    }
    It 'and leaves what stands behind it its own end' {
        Invoke-Script 'try { Assert-PolicySignature $good -PublicKey $key -PassThru | ForEach-Object { throw "mine" } } catch { $_.Exception.Message }' | Should -Be 'mine'
    }
    It 'and not after a good file' { Invoke-Script 'Assert-PolicySignature $good -PublicKey $key; "went on"' | Should -Be 'went on' }
    It 'and can be caught' {
        try { Assert-PolicySignature $bad -PublicKey $key } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'SignatureMismatch,OfflineKit.PowerShell.AssertPolicySignatureCommand'
        $caught.CategoryInfo.Category | Should -Be 'SecurityError'
        $caught.TargetObject.Status | Should -Be 'Invalid'
    }
}

Describe 'an object of the pipeline that PowerShell passes over' {
    It 'is not left out: <_>' -ForEach @(
        '$good, $bad | Test-PolicySignature -LiteralPath { if ($_ -eq $bad) { throw } $_ } -PublicKey $key'
        '$good, $bad | Test-PolicySignature -LiteralPath { if ($_ -ne $bad) { $_ } } -PublicKey $key'
        '$good, $bad | Test-PolicySignature -Path { if ($_ -ne $bad) { $_ } } -PublicKey $key'
        '$good, @($good, @($bad, $good)), $good | Test-PolicySignature -PublicKey $key'
        'Test-PolicySignature @($good, @($good, @($bad))) -PublicKey $key'
        '"npm-registry", "none" | Test-PolicyTrustRoot -Name { if ($_ -ne "none") { $_ } } -At "2026-01-01"'
        '$bad | Test-PolicySignature $good -PublicKey $key'
        'Get-Item $bad | Test-PolicySignature -LiteralPath $good -PublicKey $key'
    ) { Invoke-Script "$_" | Should -Be 'False' }
    It 'ends Assert: <_>' -ForEach @(
        '$good, $bad | Assert-PolicySignature -LiteralPath { if ($_ -ne $bad) { $_ } } -PublicKey $key; "went on"'
        '$good, @($good, @($bad, $good)) | Assert-PolicySignature -PublicKey $key; "went on"'
    ) { Invoke-Script $_ | Should -BeNullOrEmpty }
    It 'is not left out when -InputObject is named: <_>' -ForEach @(
        '@() | Test-PolicySignature $good -InputObject $bad -PublicKey $key', '$bad | Test-PolicySignature $good -InputObject $good -PublicKey $key'
        'Test-PolicySignature $good -InputObject $bad -PublicKey $key', '@() | Test-PolicyBundle -InputObject $folder -PublicKey $key'
        '@() | Test-PolicyTrustRoot npm-registry -InputObject none -At "2026-01-01"', 'Test-PolicyTrustRoot npm-registry -InputObject none -At "2026-01-01"'
        '(@() | Get-PolicySignature $good -InputObject $bad -PublicKey $key).IsValid', '$PSDefaultParameterValues = @{ "Test-PolicySignature:InputObject" = $good }; $bad | Test-PolicySignature $good -PublicKey $key'
    ) { Invoke-Script "$_" | Should -Be 'False' }
    It 'is not needed when -InputObject is named' {
        Invoke-Script 'Test-PolicySignature -InputObject $good -PublicKey $key; Test-PolicyTrustRoot -InputObject npm-registry -At "2026-01-01"' | Should -Be 'True', 'True'
    }
    It 'is taken by its full name' {
        Copy-Good 'b[1].txt'
        Push-Location /
        try { Test-PolicySignature @(Get-ChildItem -LiteralPath (Join-Path $folder 'b[1].txt')) -PublicKey $key | Should -BeTrue } finally { Pop-Location }
    }
}

Describe 'a place that is no file system' {
    It 'takes no file: <_>' -ForEach @(
        'New-PolicySigningKey -Path Env:zzz -NoPassphrase', 'Get-PolicySigningKey -Path Env:HOME', 'Get-PolicySigningKey -Path Zz:\key'
        'Get-PolicySignature $good -PublicKey $key | Export-PolicyVerificationReport -Path Env:zzz'
    ) {
        $before = $_
        { Invoke-Expression $before } | Should -Throw -ErrorId 'PathNot*'
        Test-Path /zzz | Should -BeFalse
    }
}

Describe 'a parameter that is given but empty' {
    It '<_> refuses' -ForEach @(
        @{ PublicKey = $null }, @{ TrustRoot = $null }, @{ TrustRoot = @() }, @{ KeyId = $null }, @{ KeyId = @('alice.pub', $null) }, @{ CertificateIdentity = $null }
        @{ CertificateIdentity = '' }, @{ CertificateOidcIssuer = $null }, @{ SignaturePath = $null }, @{ Algorithm = $null }, @{ At = $null }
    ) {
        $given = $_
        $trust = if ($given.ContainsKey('PublicKey')) { @{} } else { @{ PublicKey = $key } }
        $answer = Test-PolicySignature $good @trust @given -ErrorAction SilentlyContinue -ErrorVariable why
        $answer | Should -Be $false
        $why[0].FullyQualifiedErrorId | Should -BeLike 'InvalidUsage,*'
    }
    It 'does not list, import or remove everything' {
        { Get-PolicyTrustRoot -Name $null } | Should -Throw -ErrorId 'InvalidUsage,*'
        { Import-PolicyTrustRoot $key -Name alice -ExpectedFingerprint $null -Force -Confirm:$false } | Should -Throw -ErrorId 'InvalidUsage,*'
        Get-PolicyTrustRoot -Source Imported | Should -BeNullOrEmpty
    }
}

Describe 'a name that is a pattern' {
    BeforeAll {
        $null = Copy-Good 'x1.txt'
        $odd = Join-Path $folder 'x[1].txt'
        Set-Content -LiteralPath $odd 'nobody signed this'
    }
    It 'is not another file, typed' { Test-PolicySignature $odd -PublicKey $key -Quiet | Should -BeFalse }
    It 'is not another file, as a FileInfo that no provider made' { [IO.FileInfo]::new($odd) | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse }
    It 'is not another file, as an object with FullName' { [pscustomobject]@{ FullName = $odd } | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse }
    It 'is the file itself when that is signed' { [IO.FileInfo]::new((Copy-Good 'y[1].txt')) | Test-PolicySignature -PublicKey $key | Should -BeTrue }
    It 'still is a pattern where no such file is' { Test-PolicySignature (Join-Path $folder '[x]1.txt') -PublicKey $key | Should -BeTrue }
}

Describe 'a FileInfo with a relative name' {
    BeforeAll {
        $here = (New-Item -ItemType Directory (Join-Path $folder 'here')).FullName
        Copy-Item -LiteralPath $bad -Destination (Join-Path $here 'good.txt')
        $before = [Environment]::CurrentDirectory
        [Environment]::CurrentDirectory = $folder
        $file = [IO.FileInfo]'good.txt'
    }
    AfterAll { [Environment]::CurrentDirectory = $before }
    AfterEach { Pop-Location }
    It 'is refused where cmdlets would take it for another file' {
        Push-Location -LiteralPath $here
        Test-PolicySignature $file -PublicKey $key -Quiet | Should -BeFalse
        $file | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse
        [pscustomobject]@{ FullName = $file } | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse
        Test-PolicySignature $good -PublicKey $key -SignaturePath ([IO.FileInfo]'good.txt.minisig') -Quiet | Should -BeFalse
    }
    It 'is taken where it is the same file, and from a provider anywhere' {
        Push-Location -LiteralPath $folder
        Test-PolicySignature $file -PublicKey $key -SignaturePath ([IO.FileInfo]'./good.txt.minisig') | Should -BeTrue
        $found = Get-ChildItem good.txt
        Set-Location -LiteralPath $here
        $found | Test-PolicySignature -PublicKey $key | Should -BeTrue
    }
}

Describe 'content that is called like a signature' {
    It 'is not taken for it' -ForEach @{ Value = [byte[]](1, 2, 3) }, @{ Value = $null } {
        Test-PolicySignature $good -Content $Value -SourceName "$good.minisig" -PublicKey $key -Quiet | Should -BeFalse
        (Get-PolicySignature $good -Content $Value -SourceName "$good.minisig" -PublicKey $key).Status | Should -Not -Contain 'Signature'
    }
    It 'while the file is' { Test-PolicySignature $good, "$good.minisig" -PublicKey $key | Should -BeTrue }
}

Describe 'what comes through the pipeline' {
    It 'binds Path, FilePath and LiteralPath of objects' {
        foreach ($name in 'Path', 'FilePath', 'LiteralPath', 'PSPath', 'FullName') { [pscustomobject]@{ $name = $good } | Test-PolicySignature -PublicKey $key | Should -BeTrue -Because $name }
    }
    It 'takes its own results' { Get-PolicySignature $good -PublicKey $key | Test-PolicySignature -PublicKey $key | Should -BeTrue }
    It 'is False for <_>' -ForEach 5, @{ a = 1 }, ([pscustomobject]@{ Other = 1 }), '' { $_ | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse }
    It 'is one False when one of many is bad' { @($good, $good, $bad, $good | Test-PolicySignature -PublicKey $key -Quiet) | Should -Be @($false) }
    It 'is False for a script block that gives nothing' { 'a' | Test-PolicySignature -LiteralPath { $null } -PublicKey $key -Quiet | Should -BeFalse }
}

Describe 'a drive or provider that is none' {
    It 'is False for <_>' -ForEach 'nodrive:/a.txt', 'env:PATH', 'function:prompt', 'a[.txt' { Test-PolicySignature $_ -PublicKey $key -Quiet | Should -BeFalse }
    It 'is False as -PublicKey' { Test-PolicySignature $good -PublicKey 'nodrive:/a' -Quiet | Should -BeFalse }
    It 'is False as -SignaturePath' { Test-PolicySignature $good -PublicKey $key -SignaturePath 'env:PATH' -Quiet | Should -BeFalse }
}

Describe 'prompts' {
    It 'that cannot be shown end the import, and nothing is trusted' {
        Invoke-Script 'try { Import-PolicyTrustRoot $key -Name alice } catch { $_.FullyQualifiedErrorId }; @(Get-PolicyTrustRoot -Source Imported).Count' |
            Should -Be @('InvalidOperation,OfflineKit.PowerShell.ImportPolicyTrustRootCommand', '0')
    }
    It 'are not needed with -Confirm:$false and the fingerprint, and a wrong fingerprint is refused' {
        Import-PolicyTrustRoot $key -Name alice -ExpectedFingerprint ('0' * 64) -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable why
        $why[0].FullyQualifiedErrorId | Should -BeLike 'UntrustedKey,*'
    }
    It 'say with -WhatIf what would be done, and nothing is' {
        foreach ($call in { New-PolicySignature $good -KeyId $key -Force -WhatIf }, { Import-PolicyTrustRoot $key -Name alice -WhatIf }, { Export-PolicyTrustRoot npm-registry (Join-Path $folder out) -As Json -WhatIf }, { Remove-PolicyTrustRoot npm-registry -WhatIf }) {
            & $call | Should -BeNullOrEmpty
        }
        Test-Path (Join-Path $folder out) | Should -BeFalse
    }
}

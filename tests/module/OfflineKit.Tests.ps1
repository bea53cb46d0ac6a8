# What only a real PowerShell shows: the binder, formatting, the pipeline, help. Needs Pester 5 or 6 and `./build.sh packModule`; `./build.sh test` brings both along with the shell.
BeforeAll { . (Join-Path $PSScriptRoot 'Module.ps1') }
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'the manifest' {
    It 'is sound' { (Test-ModuleManifest $psd1).ExportedCmdlets.Count | Should -Be 27 }
    It 'exports no alias and no function' {
        (Get-Module OfflineKit).ExportedAliases.Count | Should -Be 0
        (Get-Module OfflineKit).ExportedFunctions.Count | Should -Be 0
    }
}

Describe 'ordinary guards fail closed' {
    It 'an object would be true, so a Boolean comes out' { Test-PolicySignature $good -PublicKey $key | Should -BeOfType [bool] }
    It 'two files are one Boolean' { @(Test-PolicySignature $bad, $bad -PublicKey $key -Quiet).Count | Should -Be 1 }
    It 'a bad file keeps the body out' { if (Test-PolicySignature $bad -PublicKey $key -Quiet) { throw 'ran' } }
    It '-not sees a bad file' { (-not (Test-PolicySignature $bad -PublicKey $key -Quiet)) | Should -BeTrue }
    It 'a loop does not keep the last True' {
        $seen = foreach ($file in $good, $bad, 'none', $null, '') { $ok = Test-PolicySignature $file -PublicKey $key -Quiet; $ok }
        $seen | Should -Be @($true, $false, $false, $false, $false)
    }
    It 'null does not skip the guard' { $f = $null; $ran = $false; if (-not (Test-PolicySignature $f -Quiet)) { $ran = $true }; $ran | Should -BeTrue }
    It 'an empty pipeline is False' { (@() | Test-PolicySignature -Quiet) | Should -BeFalse }
    It 'a folder is False' { Test-PolicySignature $folder -Quiet | Should -BeFalse }
    It 'another provider is False' { Test-PolicySignature 'env:PATH' -Quiet | Should -BeFalse }
    It 'no argument at all is False' { Test-PolicySignature -Quiet | Should -BeFalse }
}

Describe 'errors' {
    It 'carry id, category and result' {
        $null = Test-PolicySignature $bad -PublicKey $key -ErrorAction SilentlyContinue -ErrorVariable why
        $why[0].FullyQualifiedErrorId | Should -Be 'SignatureMismatch,OfflineKit.PowerShell.TestPolicySignatureCommand'
        $why[0].CategoryInfo.Category | Should -Be 'SecurityError'
        $why[0].TargetObject.Status | Should -Be 'Invalid'
    }
    It 'throw with -ErrorAction Stop' { { Test-PolicySignature $bad -PublicKey $key -ErrorAction Stop } | Should -Throw }
    It 'Assert throws' { { Assert-PolicySignature $bad -PublicKey $key } | Should -Throw -ErrorId 'SignatureMismatch,*' }
}

Describe 'the binder' {
    It 'takes files of Get-ChildItem' { Get-ChildItem -LiteralPath $good | Test-PolicySignature -PublicKey $key | Should -BeTrue }
    It 'takes brackets literally from the pipeline' {
        $odd = Copy-Good 'a[1].txt'
        Get-ChildItem -LiteralPath $odd | Test-PolicySignature -PublicKey $key | Should -BeTrue
        Test-PolicySignature -LiteralPath $odd -PublicKey $key | Should -BeTrue
        Test-PolicySignature $odd -PublicKey $key -Quiet | Should -BeFalse
    }
    It 'expands wildcards of -Path' { Test-PolicySignature (Join-Path $folder 'goo*.txt') -PublicKey $key | Should -BeTrue }
    It 'takes strings from the pipeline' { $good | Test-PolicySignature -PublicKey $key | Should -BeTrue }
    It 'takes relative paths from the current location' {
        Push-Location $folder
        try { Test-PolicySignature good.txt -PublicKey $key | Should -BeTrue } finally { Pop-Location }
    }
    It 'takes bytes' { Test-PolicySignature -Content ([IO.File]::ReadAllBytes($good)) -SignaturePath "$good.minisig" -PublicKey $key | Should -BeTrue }
    It 'takes names of other scripts' { Test-PolicySignature -LiteralPath (Copy-Good "é 漢 'q'.txt") -PublicKey $key | Should -BeTrue }
}

Describe 'the pipeline' {
    It 'streams results and ends with the engine' { (1..200 | ForEach-Object { $good } | Get-PolicySignature -PublicKey $key | Where-Object IsValid).Count | Should -Be 200 }
    It 'stops early without an orphan' {
        1..500 | ForEach-Object { $good } | Get-PolicySignature -PublicKey $key | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        Start-Sleep -Milliseconds 500
        (Get-Engine).Count | Should -Be 0
    }
    It 'passes files on only after all passed' {
        $passed = @()
        try { $good, $bad | Assert-PolicySignature -PublicKey $key -PassThru | ForEach-Object { $passed += $_ } } catch { }
        $passed.Count | Should -Be 0
    }
}

Describe 'views' {
    It 'shows results as a table' { (Get-PolicySignature $good -PublicKey $key | Out-String) | Should -Match 'Status\s+Format\s+Reason\s+Signer\s+Path' }
    It 'shows results as a list' { (Get-PolicySignature $good -PublicKey $key | Format-List | Out-String) | Should -Match 'Digest\s+:' }
    It 'fits every table into 80 columns with room for the path' {
        $text = Get-PolicySignature $good -PublicKey $key | Out-String -Width 80
        ($text -split "`n" | Where-Object { $_ -match '^Valid' }).Length | Should -BeGreaterThan 76
    }
    It 'has a view of its own for <_>' -ForEach 'Get-PolicyTrustRoot', 'Get-OfflineKitInfo' {
        (Invoke-Expression $_ | Out-String) | Should -Match '(?m)^(Name|Version)\s{2,}\S'
    }
    It 'says that nothing was checked' { (Get-PolicySignatureInfo $good | Out-String) | Should -Match 'NotChecked' }
}

Describe 'help' {
    It 'has synopsis, parameters and an example for <_>' -ForEach @(Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../module/OfflineKit/OfflineKit.psd1')).CmdletsToExport {
        $help = Get-Help $_ -Full
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match ("^\s*" + [regex]::Escape($_) + ' \[')
        @($help.Examples.Example).Count | Should -BeGreaterThan 0
    }
    It 'shows examples and all parameters' {
        Get-Help Assert-PolicySignature -Examples | Out-String | Should -Match 'Copy-Item -Destination'
        Get-Help Test-PolicySignature -Full | Out-String | Should -Match 'Accept pipeline input\?\s+True \(ByValue\)'
    }
    It 'has the topic' { Get-Help about_OfflineKit | Out-String | Should -Match 'EngineTampered' }
    It 'shows one parameter' { (Get-Help Test-PolicySignature -Parameter LiteralPath).aliases | Should -Match 'PSPath' }
}

Describe 'completion' {
    It 'offers <Wanted> for <Line>' -ForEach @(
        @{ Line = 'Test-PolicySignature -Format si'; Wanted = 'Signify', 'Signify-Embedded', 'Sigstore' }
        @{ Line = 'Test-PolicySignature -TrustRoot sig'; Wanted = @('sigstore-public-good') }
        @{ Line = "Test-PolicySignature -TrustRoot 'sig"; Wanted = @('sigstore-public-good') }
        @{ Line = 'Test-PolicySignature -TrustRoot npm-registry, sig'; Wanted = @('sigstore-public-good') }
        @{ Line = 'Get-PolicyTrustRoot -Kind Pub'; Wanted = @('PublicKey') }
        @{ Line = 'Get-PolicyTrustRoot -Source B'; Wanted = @('Bundled') }
        @{ Line = 'Test-PolicyBundle -Layout ch'; Wanted = @('checksums') }
    ) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Wanted }
}

Describe 'what writes' {
    It 'writes nothing with -WhatIf' {
        $path = Join-Path $folder 'new.key'
        New-PolicySigningKey -Path $path -NoPassphrase -WhatIf
        Test-Path $path | Should -BeFalse
    }
    It 'imports, consults, completes and removes a key' {
        $fingerprint = (Get-PolicySignature $good -PublicKey $key).KeyId
        $null = Import-PolicyTrustRoot $key -Name alice -ExpectedFingerprint $fingerprint -Confirm:$false
        Test-PolicySignature $good | Should -BeTrue
        (TabExpansion2 'Get-PolicyTrustRoot -Name ali' 29).CompletionMatches.CompletionText | Should -Contain 'alice'
        Remove-PolicyTrustRoot alice -Confirm:$false
        Test-PolicySignature $good -Quiet | Should -BeFalse
    }
    It 'refuses to remove a bundled root' {
        Remove-PolicyTrustRoot (Get-PolicyTrustRoot -Source Bundled)[0].Name -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable why
        $why[0].FullyQualifiedErrorId | Should -BeLike 'TrustRootReadOnly,*'
    }
    It 'signs and verifies' {
        $file = Join-Path $folder 'app'
        Set-Content -LiteralPath $file -Value 'content'
        $null = New-PolicySigningKey -Path (Join-Path $folder 'own.key') -NoPassphrase
        (New-PolicySignature $file -KeyId (Join-Path $folder 'own.key') -PassThru).Name | Should -Be 'app.minisig'
        Test-PolicySignature $file -PublicKey (Join-Path $folder 'own.pub') | Should -BeTrue
    }
}

# What can be asked of the engine, asked by parameters in the real shell, and said back in parameters.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $vectors = Join-Path $root 'tests/vectors'
    $other = Join-Path $vectors 'minisign/_keys/bob.pub'
    if (-not (Test-Path $other)) { $other = (Get-ChildItem (Join-Path $vectors 'minisign/_keys/*.pub') | Where-Object Name -NE 'alice.pub')[0].FullName }
    $pem = Join-Path $folder 'own.pem'
    & openssl genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-256 -out $pem 2>$null
    $pub = Join-Path $folder 'own.pub.pem'
    & openssl pkey -in $pem -pubout -out $pub
    $image = Join-Path $vectors 'oci-image/key/layout'
    $digest = [regex]::Match((Get-Content (Join-Path $vectors 'oci-image/key/case.txt') -Raw), 'sha256:[0-9a-f]{64}').Value
    $cosign = Join-Path $vectors 'oci-image/_instance/cosign.pub'
    $pin = 'adf6250449859961841b264d989caadb402f554b02e506cf8ac3eae73fe4a425'
    $bundles = Join-Path $vectors 'trust/_bundles'
}
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'keys' {
    It 'means any of several' {
        Test-PolicySignature $good -PublicKey $other, $key | Should -BeTrue
        Test-PolicySignature $good -PublicKey $key, $other | Should -BeTrue
        Test-PolicySignature $good -PublicKey $other -Quiet | Should -BeFalse
    }
    It 'takes a key as its text, and with the id by which signatures call it' {
        $text = [IO.File]::ReadAllLines($key)[1]
        foreach ($given in $text, "release=$text", "release=$key") { Test-PolicySignature $good -PublicKey $given | Should -BeTrue -Because $given }
        Test-PolicySignature $good -PublicKey $text.Replace('RWS9', 'RWS8') -Quiet | Should -BeFalse
        Test-PolicySignature $good -PublicKey ([IO.File]::ReadAllLines($other)[1]) -Quiet | Should -BeFalse
        Push-Location $folder
        try {
            $null = New-Item -ItemType Directory -Path (Split-Path "./$text")  -Force
            Copy-Item -LiteralPath $other -Destination "./$text"
            Test-PolicySignature $good -PublicKey $text -Quiet | Should -BeFalse -Because 'a file is called like the key'
            Test-PolicySignature $good -PublicKey "./$text" -Quiet | Should -BeFalse
        }
        finally { Pop-Location }
    }
    It 'counts distinct keys' {
        Test-PolicySignature $good -PublicKey $key -Threshold 1 | Should -BeTrue
        Test-PolicySignature $good -PublicKey $key, $key -Threshold 2 -Quiet | Should -BeFalse
        foreach ($odd in 'two', '-1', '1.5', 0, $null) { Test-PolicySignature $good -PublicKey $key -Threshold $odd -Quiet | Should -BeFalse }
    }
    It 'answers False to each demand that the signature cannot meet' {
        foreach ($demand in @{ PayloadType = 'text/plain' }, @{ PredicateType = 'https://example.com/p' }, @{ Algorithm = 'PS256' }, @{ SignatureEncoding = 'der' }, @{ DigestInput = $true }, @{ EveryPart = $true },
            @{ Tenant = 'other' ; Namespace = 'git' }, @{ CertificateIdentityPrefix = 'a'; CertificateOidcIssuer = 'b' }, @{ RequireExtension = 'a=b' }) {
            Test-PolicySignature $good -PublicKey $key -Quiet @demand | Should -BeFalse -Because ($demand.Keys -join ', ')
        }
    }
    It 'reads key files as the older shell writes them' {
        $utf16 = Join-Path $folder 'utf16.pub'
        [IO.File]::WriteAllText($utf16, [IO.File]::ReadAllText($key), [Text.Encoding]::Unicode)
        Test-PolicySignature $good -PublicKey $utf16 | Should -BeTrue
        $marked = Join-Path $folder 'policy.json'
        [IO.File]::WriteAllText($marked, '{"version":1,"require":{"signatures":[{"keys":["alice.pub"]}]}}', [Text.Encoding]::Unicode)
        $first = @(Get-PolicySignature $good -PublicKey $key -Policy $marked)[0]
        [IO.File]::WriteAllText($marked, '{"version":1,"require":{"signatures":[{"keys":["alice.pub"]}]}}')
        (Get-PolicySignature $good -PublicKey $key -Policy $marked).Status | Should -Be $first.Status
    }
}

Describe 'messages' {
    It 'names parameters, never options' {
        $null = Test-PolicySignature $good -PublicKey $key -CertificateIdentity x -ErrorAction SilentlyContinue -ErrorVariable why
        "$($why[0])" | Should -Match '-CertificateIdentity and -CertificateOidcIssuer'
        "$($why[0])" | Should -Not -Match '--'
        $late = Get-PolicySignature (Join-Path $vectors 'jws/expired/a.jwt') -PublicKey (Join-Path $vectors 'jws/_keys/p256.pem') -At 2027-02-01
        $late.ReasonCode | Should -Be 'jws.expired'
        $late.NextStep | Should -Match ' -At$'
    }
}

Describe 'images' {
    It 'answers for the digest that was named' {
        Test-PolicyImage $image -Digest $digest -PublicKey $cosign | Should -BeTrue
        Test-PolicyImage $image -Digest ('sha256:' + '0' * 64) -PublicKey $cosign -Quiet | Should -BeFalse
        Test-PolicyImage $image -Digest $digest -PublicKey $key -Quiet | Should -BeFalse
        Test-PolicyImage $image -PublicKey $cosign -Quiet | Should -BeFalse
        Test-PolicyImage $image -Digest $null -PublicKey $cosign -Quiet | Should -BeFalse
        Test-PolicyImage $image -Digest sha256:00 -PublicKey $cosign -Quiet | Should -BeFalse
        Test-PolicyImage (Join-Path $folder none) -Digest $digest -PublicKey $cosign -Quiet | Should -BeFalse
    }
    It 'shows one result and ends the script' {
        (Get-PolicyImage $image -Digest $digest -PublicKey $cosign).Status | Should -Be Valid
        (Assert-PolicyImage $image -Digest $digest -PublicKey $cosign -PassThru).FullName | Should -Be (Resolve-Path $image).Path
        { Assert-PolicyImage $image -Digest $digest -PublicKey $key -ErrorAction SilentlyContinue } | Should -Throw
    }
}

Describe 'signing' {
    It 'makes <Format> signatures that verify' -ForEach @(
        @{ Format = 'Kms'; More = @{}; Content = 'x' }
        @{ Format = 'Dsse'; More = @{ PredicateType = 'https://example.com/p' }; Content = 'x' }
        @{ Format = 'Sentinel'; More = @{}; Content = "version: '1'`nrules:`n  - name: all`n    effect: allow`n    conditions:`n      profiles: [prod]`n" }
    ) {
        $file = Join-Path $folder "signed-$Format"
        Set-Content -LiteralPath $file -Value $Content
        $signature = New-PolicySignature $file -KeyId $pem -Format $Format -PassThru @More
        $signature.Exists | Should -BeTrue
        Test-PolicySignature $file -PublicKey $pub -SignaturePath $signature.FullName | Should -BeTrue
        Add-Content -LiteralPath $file -Value 'y'
        Test-PolicySignature $file -PublicKey $pub -SignaturePath $signature.FullName -Quiet | Should -BeFalse
    }
    It 'signs dossiers in place and events as documents' {
        $dossier = Join-Path $folder 'a.ds.md'
        Copy-Item (Join-Path $vectors 'dossier/kms/demo.ds.md') $dossier
        New-PolicySignature $dossier -KeyId $pem -Format Dossier -SignedBy Ada
        Test-PolicySignature $dossier -PublicKey $pub | Should -BeTrue
        $event = Join-Path $folder 'e.json'
        '{"event":"x"}' | Set-Content $event
        $signed = New-PolicySignature $event -KeyId $pem -Format CodeSentinel -Provider aws_kms -PassThru
        Test-PolicySignature $signed.FullName -PublicKey $pub | Should -BeTrue
    }
    It 'refuses a parameter that the format does not read' {
        $null = New-PolicySignature $good -KeyId $pem -Format Kms -Comment x -ErrorAction SilentlyContinue -ErrorVariable why
        $why.Count | Should -Be 1
        Test-Path "$good.sig" | Should -BeFalse
    }
}

Describe 'trust' {
    It 'switches a root on and off' {
        Enable-PolicyTrustRoot dossier-official -Confirm:$false
        (Get-PolicyTrustRoot dossier-official).Enabled | Should -BeTrue
        Disable-PolicyTrustRoot dossier-official -WhatIf
        (Get-PolicyTrustRoot dossier-official).Enabled | Should -BeTrue
        Disable-PolicyTrustRoot dossier-official
        (Get-PolicyTrustRoot dossier-official).Enabled | Should -BeFalse
        Disable-PolicyTrustRoot nobody -ErrorAction SilentlyContinue -ErrorVariable why
        $why.Count | Should -Be 1
    }
    It 'imports a signed bundle from its pinned root and brings it up to date' {
        Update-PolicyTrustRoot "$bundles/v1.tar" -At 2026-11-01 -ErrorAction SilentlyContinue -ErrorVariable why
        $why.Count | Should -Be 1 -Because 'nothing was imported that could be brought up to date'
        Import-PolicyTrustRoot -Bundle "$bundles/v1.tar" -RootFingerprint ('0' * 64) -At 2026-11-01 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable why
        $why.Count | Should -Be 1
        (Import-PolicyTrustRoot -Bundle "$bundles/v1.tar" -RootFingerprint $pin -At 2026-11-01 -Confirm:$false).Outcome | Should -Be Imported
        (Import-PolicyTrustRoot -Bundle "$bundles/v1.tar" -RootFingerprint $pin -At 2026-11-01 -Confirm:$false).Outcome | Should -Be Unchanged
        (Update-PolicyTrustRoot "$bundles/v2.tar" -At 2026-11-20).Outcome | Should -Be Imported
        Update-PolicyTrustRoot "$bundles/v1.tar" -At 2026-11-20 -ErrorAction SilentlyContinue -ErrorVariable why
        $why.Count | Should -Be 1 -Because 'nothing goes back'
    }
}

Describe 'the module itself' {
    It 'is verified whole by a signature over its list' {
        $copy = Join-Path $folder 'module'
        Copy-Item -Recurse (Split-Path $psd1) $copy
        New-PolicySigningKey (Join-Path $folder 'sender.key') -PublicKeyPath (Join-Path $folder 'sender.pub') -NoPassphrase
        New-PolicySignature (Join-Path $copy 'SHA256SUMS') -KeyId (Join-Path $folder 'sender.key')
        Test-PolicyBundle $copy -PublicKey (Join-Path $folder 'sender.pub') | Should -BeTrue
        Add-Content -LiteralPath (Join-Path $copy 'OfflineKit.Format.ps1xml') -Value ' '
        Test-PolicyBundle $copy -PublicKey (Join-Path $folder 'sender.pub') -Quiet | Should -BeFalse
        & $shell -NoProfile -NonInteractive -File (Join-Path $copy 'Invoke-SelfTest.ps1') | Should -Contain 'FAIL  every file of the module is the one that its list names'
    }
}

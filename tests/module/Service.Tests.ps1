# The cmdlets that ask a signing service, against the demonstration of the real one. It is published beside the other programs.
BeforeDiscovery {
    $signer = Join-Path $PSScriptRoot '../../artifacts/linux-x64/offlinekit-signer'
    $absent = -not (Test-Path -LiteralPath $signer)
}
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $signer = Join-Path $root 'artifacts/linux-x64/offlinekit-signer'
    if (Test-Path -LiteralPath $signer) {
        # A port that is free now; the demonstration names it in all its files.
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $service = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
        $listener.Stop()
        & $signer demo (Join-Path $folder demo) > $null
        $settings = Join-Path $folder 'demo/signer.yaml'
        [IO.File]::WriteAllText($settings, [IO.File]::ReadAllText($settings).Replace('http://127.0.0.1:8080', $service).Replace(':9090', ':0'))
        $running = Start-Process $signer 'run', $settings -PassThru -RedirectStandardOutput (Join-Path $folder 'out') -RedirectStandardError (Join-Path $folder 'err')
        for ($i = 0; $i -lt 300; $i++) {
            # Any answer will do: whoever shows nothing is refused.
            try { $null = Invoke-WebRequest $service -TimeoutSec 2 -SkipHttpErrorCheck; break } catch { Start-Sleep -Milliseconds 100 }
        }
        Set-Content (Join-Path $folder app.tar) 'an application'
        Set-Content (Join-Path $folder sbom.json) '{"components": ["a", "b"]}'
        $client = @{ Service = $service; TokenUrl = "$service/demonstration/token"; KeyId = "$folder/demo/client.pem"; Poe = "$folder/demo/poe.jwt" }
        $pin = "$folder/demo/signing.pub"
    }
}
AfterAll {
    if ($running) {
        $running.Kill()
        $running.WaitForExit()
    }
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'a signing service' -Skip:$absent {
    It 'signs a statement about files, and that verifies here' {
        $envelope = Request-PolicySignature (Join-Path $folder app.tar) -PredicateType stella.ops/sbom@v1 -Predicate (Join-Path $folder sbom.json) -PublicKey $pin @client
        $envelope.Name | Should -Be 'app.tar.intoto.json'
        Test-PolicySignature (Join-Path $folder app.tar) -SignaturePath $envelope.FullName -PublicKey $pin | Should -BeTrue
        Test-PolicySignature (Join-Path $folder sbom.json) -SignaturePath $envelope.FullName -PublicKey $pin -Quiet | Should -BeFalse
    }
    It 'signs the provenance of an export' {
        $envelope = Request-PolicyProvenance (Join-Path $folder sbom.json) -Archive (Join-Path $folder app.tar) -ExportId exp-000001 -Tool stella=2.4.1 -PublicKey $pin @client
        Test-PolicySignature $envelope -PublicKey $pin | Should -BeTrue
    }
    It 'is not taken by another key than the pinned one, and nothing is written' {
        $out = Join-Path $folder other.json
        Request-PolicySignature (Join-Path $folder app.tar) -PredicateType stella.ops/sbom@v1 -Predicate (Join-Path $folder sbom.json) -PublicKey $key -OutputPath $out -ErrorAction SilentlyContinue -ErrorVariable why @client
        $why.Count | Should -Be 1
        Test-Path -LiteralPath $out | Should -BeFalse
    }
    It 'is not asked with -WhatIf' {
        Request-PolicySignature (Join-Path $folder app.tar) -PredicateType stella.ops/sbom@v1 -Predicate (Join-Path $folder sbom.json) -PublicKey $pin -OutputPath (Join-Path $folder what.json) -WhatIf @client
        Test-Path -LiteralPath (Join-Path $folder what.json) | Should -BeFalse
    }
}

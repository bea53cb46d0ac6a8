# The module in the hosts and modes that administrators have: strict, constrained, parallel, interrupted, in jobs; and long pipelines.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    # A shell inside this one, with the module loaded.
    function New-Shell {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$psd1'; `$key = '$key'; `$good = '$good'; `$bad = '$bad'").Invoke()
        $shell.Commands.Clear()
        $shell
    }
}
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'modes' {
    It 'works in strict mode' {
        Set-StrictMode -Version Latest
        Test-PolicySignature $good -PublicKey $key | Should -BeTrue
        (Get-ChildItem -LiteralPath $good | Get-PolicySignature -PublicKey $key).IsValid | Should -BeTrue
    }
    It 'works in Constrained Language Mode: <_>' -ForEach @(
        'Test-PolicySignature $good -PublicKey $key'
        'Test-PolicySignature $good -PublicKey $key -At "2026-01-01"'
        '-not (Test-PolicySignature $bad -PublicKey $key -Quiet)'
        '(Get-ChildItem -LiteralPath $good | Get-PolicySignature -PublicKey $key).IsValid'
        '(Get-PolicyTrustRoot | Select-Object -First 1).Name.Length -gt 0'
        'Get-PolicySignatureInfo $good | ForEach-Object Verified'
    ) {
        $shell = New-Shell
        $shell.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
        $shell.AddScript($_).Invoke() | Should -BeIn $true, 'NotChecked'
        $shell.Streams.Error | Should -BeNullOrEmpty
    }
}

Describe 'other runspaces' {
    It 'verify in parallel' {
        $answers = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel { Import-Module $using:psd1; 1..20 | ForEach-Object { $using:good } | Test-PolicySignature -PublicKey $using:key }
        $answers | Should -Be @(1..8 | ForEach-Object { $true })
        (Get-Engine).Count | Should -Be 0
    }
    It 'verify in a job, and the result travels' {
        $result = Start-Job { Import-Module $using:psd1; Get-PolicySignature $using:good -PublicKey $using:key } | Receive-Job -Wait -AutoRemoveJob
        $result.IsValid | Should -BeTrue
        "$($result.Status)" | Should -Be 'Valid'
    }
}

Describe 'interruption' {
    It 'ends the engine when the pipeline is stopped' {
        $shell = New-Shell
        $running = $shell.AddScript('1..1000000 | ForEach-Object { $good } | Test-PolicySignature -PublicKey $key').BeginInvoke()
        for ($i = 0; $i -lt 100 -and (Get-Engine).Count -eq 0; $i++) { Start-Sleep -Milliseconds 100 }
        (Get-Engine).Count | Should -Be 1
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.ElapsedMilliseconds | Should -BeLessThan 2000
        Start-Sleep -Milliseconds 300
        (Get-Engine).Count | Should -Be 0
        $running.IsCompleted | Should -BeTrue
    }
    It 'leaves no engine behind <_>' -ForEach @(
        'an error downstream', { try { 1..500 | ForEach-Object { $good } | Get-PolicySignature -PublicKey $key | ForEach-Object { throw 'x' } } catch { } }
        'an error upstream', { try { 1..500 | ForEach-Object { if ($_ -eq 300) { throw 'x' }; $good } | Test-PolicySignature -PublicKey $key } catch { } }
        'a break', { foreach ($once in 1) { 1..500 | ForEach-Object { $good } | Get-PolicySignature -PublicKey $key | ForEach-Object { break } } }
        'a removed module', { 1..500 | ForEach-Object { if ($_ -eq 300) { Remove-Module OfflineKit }; $good } | Test-PolicySignature -PublicKey $key; Import-Module $psd1 }
    ) {
        if ($_ -is [scriptblock]) {
            $null = . $_
            Start-Sleep -Milliseconds 300
            (Get-Engine).Count | Should -Be 0
        }
    }
}

Describe 'long pipelines' {
    It 'answer ten thousand files with one Boolean, and show progress' {
        $shell = New-Shell
        $answer = $shell.AddScript('1..10000 | ForEach-Object { $good } | Test-PolicySignature -PublicKey $key').Invoke()
        $answer | Should -Be @($true)
        $shell.Streams.Error | Should -BeNullOrEmpty
        $progress = $shell.Streams.Progress
        $progress.Count | Should -BeGreaterThan 1
        $progress[$progress.Count - 1].RecordType | Should -Be 'Completed'
    }
    It 'find one bad file among a thousand' { (1..1000 | ForEach-Object { if ($_ -eq 777) { $bad } else { $good } }) | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse }
}

Describe 'loading' {
    It 'is quick' {
        [int](& $shell -NoProfile -Command "(Measure-Command { Import-Module '$psd1' }).TotalMilliseconds") | Should -BeLessThan 1500
    }
    It 'loads no other assembly' {
        $loaded = & $shell -NoProfile -Command "Import-Module '$psd1'; `$null = Test-PolicySignature '$good' -PublicKey '$key'; [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.Location -like '*OfflineKit*' } | ForEach-Object { `$_.GetName().Name }"
        $loaded | Should -Be 'OfflineKit.PowerShell'
    }
}

Describe 'the engine' {
    It 'takes no trust from the current folder: <_>' -ForEach @(
        { $env:HOME = '.'; $env:XDG_DATA_HOME = $null; $env:XDG_CONFIG_HOME = $null }
        { $env:HOME = ''; $env:XDG_DATA_HOME = $null; $env:XDG_CONFIG_HOME = $null }
        { $env:HOME = '/'; $env:XDG_DATA_HOME = '.local/share'; $env:XDG_CONFIG_HOME = '.config' }
    ) {
        $place = (New-Item -ItemType Directory (Join-Path $folder ([guid]::NewGuid().ToString('N')))).FullName
        $before = $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME
        Push-Location $place
        $current = [Environment]::CurrentDirectory
        try {
            $env:XDG_DATA_HOME = "$place/.local/share"; $env:XDG_CONFIG_HOME = "$place/.config"
            $null = Import-PolicyTrustRoot $key -Name alice -Force -Confirm:$false
            Test-PolicySignature $good | Should -BeTrue
            [Environment]::CurrentDirectory = $place
            & $_
            Test-PolicySignature $good -Quiet | Should -BeFalse
        }
        finally {
            [Environment]::CurrentDirectory = $current
            $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME = $before
            Pop-Location
        }
    }
    It 'says exactly what to do when it may not be executed' -Skip:$IsWindows {
        $copy = Join-Path $folder 'copied'
        Copy-Item -Recurse (Split-Path $psd1) $copy
        & chmod -x (Join-Path $copy 'bin/linux-x64/offlinekit')
        $said = & $shell -NoProfile -NonInteractive -Command "Import-Module '$copy/OfflineKit.psd1'; Test-PolicySignature '$good' -PublicKey '$key' -ErrorVariable why -ErrorAction SilentlyContinue; `$why[0].FullyQualifiedErrorId; `"`$(`$why[0])`""
        $said[0] | Should -Be 'False'
        $said[1] | Should -BeLike 'EngineMissing,*'
        "$said" | Should -BeLike "*chmod +x '$copy/bin/linux-x64/offlinekit'*"
    }
}

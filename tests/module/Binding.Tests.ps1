# Whatever a script hands to a guard, the guard answers: what fails to bind would end the statement that it stands in, and the script would go on.
BeforeDiscovery {
    $module = Import-Module (Get-ChildItem (Join-Path $PSScriptRoot '../../artifacts/module/OfflineKit/*/OfflineKit.psd1')).FullName -Force -PassThru
    $common = [Management.Automation.PSCmdlet]::CommonParameters
    $hidden = 'Unrecognized', 'Ambiguous'
    $guards = @($module.ExportedCmdlets.Values | Where-Object { $_.Parameters.ContainsKey('Unrecognized') })
    # Every parameter of every guard.
    $parameters = foreach ($guard in $guards) {
        foreach ($parameter in $guard.Parameters.Values | Where-Object { $_.Name -notin $common -and $_.Name -notin $hidden }) { @{ Guard = $guard.Name; Parameter = $parameter.Name } }
    }
    # Every beginning of a parameter's name that means several parameters.
    $short = foreach ($guard in $guards) {
        $names = @{}
        foreach ($parameter in $guard.Parameters.Values | Where-Object Name -ne Ambiguous) { foreach ($name in @($parameter.Name) + $parameter.Aliases) { $names[$name] = $parameter.Name } }
        $beginnings = foreach ($name in $names.Keys) { foreach ($length in 1..$name.Length) { $name.Substring(0, $length).ToLowerInvariant() } }
        foreach ($beginning in $beginnings | Sort-Object -Unique | Where-Object { -not $names.ContainsKey($_) }) {
            if (@($names.Keys | Where-Object { $_ -like "$beginning*" } | ForEach-Object { $names[$_] } | Sort-Object -Unique).Count -gt 1) { @{ Guard = $guard.Name; Beginning = $beginning } }
        }
    }
}
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    class Unread : Collections.ArrayList {
        Unread() { }
        Unread([string] $One) { $null = $this.Add($One) }
        [Collections.IEnumerator] GetEnumerator() { throw 'no' }
        [void] CopyTo([array] $To, [int] $At) { throw 'no' }
    }
    class Mute { [string] ToString() { throw 'no text' } }
    $endless = [Collections.ArrayList]::new()
    $null = $endless.Add($endless)
    $hostile = @{
        'nothing' = $null; 'an empty text' = ''; 'an empty list' = @(); 'a list of nothing' = @($null, $null); 'two texts' = @('x', 'y'); 'a list in a list' = @(@('x'), @(@('y')))
        'a list in itself' = $endless; 'a table' = @{ a = 1 }; 'an object' = [pscustomobject]@{ Other = 1 }; 'an object without text' = [Mute]::new(); 'a script block' = { throw 'ran' }
        'a number' = 5; 'a day' = [datetime]'2026-01-01'; 'a pattern that is none' = 'a[.txt'; 'an option' = '-Quiet'; 'a type' = [string]; 'a zero byte' = "a`0b"
        'a text that throws when it is made' = [Runtime.CompilerServices.FormattableStringFactory]::Create('{5}', [object[]]@())
        'an alias of nothing' = Add-Member -InputObject ([pscustomobject]@{ a = 1 }) -MemberType AliasProperty -Name PSPath -Value nowhere -PassThru
    }
    # What becomes of one call: the answer, or that the guard was skipped.
    function Get-Answer([string] $Guard, [hashtable] $Arguments) {
        try { @(& $Guard @Arguments 2>$null) } catch [Management.Automation.ActionPreferenceStopException] { 'ended' } catch { if ($_.FullyQualifiedErrorId -like '*,OfflineKit.PowerShell.*Command' -and $_.FullyQualifiedErrorId -notlike '*Binding*' -and $_.FullyQualifiedErrorId -notlike '*Argument*') { 'ended' } else { "skipped: $_" } }
    }
    # What is written by a parameter that names a place lands in the folder.
    Push-Location -LiteralPath $folder
    $subject = @{ 'Test-PolicyTrustRoot' = @{ Name = 'none' } }
    function Get-Subject([string] $Guard) { if ($subject.ContainsKey($Guard)) { $subject[$Guard].Clone() } else { @{ LiteralPath = $bad; PublicKey = $key } } }
}
AfterAll {
    Pop-Location
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'a guard answers whatever it is given' {
    It '<Guard> -<Parameter>' -ForEach $parameters {
        foreach ($what in $hostile.Keys) {
            $arguments = Get-Subject $Guard
            $arguments[$Parameter] = $hostile[$what]
            $answer = @(Get-Answer $Guard $arguments)
            if ($Guard -like 'Test-*') {
                $answer.Count | Should -Be 1 -Because $what
                $answer[0] | Should -Be $false -Because $what
            }
            else { "$answer" | Should -Not -BeLike 'skipped*' -Because $what }
        }
    }
    It '<Guard> -<Beginning>, which may be several parameters' -ForEach $short {
        $arguments = Get-Subject $Guard
        $answer = try { @(& ([scriptblock]::Create("param(`$a) $Guard @a -$Beginning x 2>`$null")) $arguments) } catch { if ($_.FullyQualifiedErrorId -like 'Ambiguous*') { 'skipped' } else { 'ended' } }
        "$answer" | Should -Not -Be 'skipped'
        if ($Guard -like 'Test-*') { $answer | Should -Be $false }
    }
}

Describe 'a guard answers False for' {
    It '<_>' -ForEach @(
        'Test-PolicySignature $good -PublicKy $key', 'Test-PolicySignature $good $good -PublicKey $key', 'Test-PolicySignature $good -PublicKey $key -Detailed'
        'Test-PolicySignature $good -PublicKey $key --quiet', '$h = @{ Path = $good; PublicKey = $key; Spare = 1 }; Test-PolicySignature @h'
        'Test-PolicySignature $good -PublicKey $key -At 31.12.2026', 'Test-PolicySignature $good -PublicKey $key -At "2026-01-01T10:00:00"'
        'Test-PolicySignature $good -PublicKey $key -Format Zip', 'Test-PolicyBundle $folder -PublicKey $key -Layout zip', 'Test-PolicyTrustRoot "[" -Quiet'
    ) { Invoke-Expression "$_ 2>`$null" | Should -Be $false }
    It 'an object whose text throws, beside a good file' { @((Get-Item -LiteralPath $good), [Mute]::new()) | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse }
    It 'a property that throws' {
        $object = Add-Member -InputObject ([pscustomobject]@{ a = 1 }) -MemberType ScriptProperty -Name PSPath -Value { throw 'no' } -PassThru
        @($good, $object) | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse
    }
    It 'a property that is an alias of none' {
        $object = Add-Member -InputObject ([pscustomobject]@{ a = 1 }) -MemberType AliasProperty -Name PSPath -Value nowhere -PassThru
        @($good, $object) | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse
        Test-PolicySignature $object -PublicKey $key -Quiet | Should -BeFalse
    }
    It 'a list that cannot be read' {
        foreach ($list in [Unread]::new(), [Unread]::new($good)) {
            Test-PolicySignature $good -InputObject $list -PublicKey $key -Quiet | Should -BeFalse
            Test-PolicySignature $good -PublicKey $list -Quiet | Should -BeFalse
        }
    }
    It 'content whose name is nothing' { Test-PolicySignature -Content ([IO.File]::ReadAllBytes($good)) -SourceName $null -PublicKey $key -Quiet | Should -BeFalse }
}

Describe 'a guard takes' {
    BeforeAll {
        # A machine without ICU knows the invariant culture only: its copies write dates as others do, and the named ones come where they exist.
        function Get-DateCulture {
            foreach ($pattern in 'dd.MM.yyyy', 'MM/dd/yyyy', 'yy-d-M') {
                $culture = [cultureinfo]::InvariantCulture.Clone()
                $culture.DateTimeFormat.ShortDatePattern = $pattern
                $culture.DateTimeFormat.DateSeparator = $pattern -replace '[dMy]' -replace '(?<=.).+'
                $culture
            }
            foreach ($name in 'de-DE', 'ar-SA', 'en-US', 'th-TH') { try { [cultureinfo]::new($name) } catch [Globalization.CultureNotFoundException] { } }
        }
    }
    It 'a time in ISO 8601 whatever the culture: <_>' -ForEach '2026-01-31', '2026-01-31T10:00:00Z', '2026-01-31T10:00+02:00', ([datetime]'2026-01-31'), ([datetimeoffset]'2026-01-31') {
        $before = [Threading.Thread]::CurrentThread.CurrentCulture
        try {
            foreach ($culture in Get-DateCulture) {
                [Threading.Thread]::CurrentThread.CurrentCulture = $culture
                Test-PolicySignature $good -PublicKey $key -At $_ | Should -BeTrue -Because "$($culture.Name) $($culture.DateTimeFormat.ShortDatePattern)"
            }
        }
        finally { [Threading.Thread]::CurrentThread.CurrentCulture = $before }
    }
}

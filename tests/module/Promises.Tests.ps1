# Every promise of docs/spec/powershell.md, kept in a real shell; and no promise without a test, no test without a promise.
BeforeDiscovery {
    $rows = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Promises.psd1')
    $tests = foreach ($id in $rows.Keys | Sort-Object) { @{ Id = $id; Script = $rows[$id].Script; Writes = @($rows[$id].Writes); Ends = [bool]$rows[$id].Ends; Own = [bool]$rows[$id].Own } }
}
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $rows = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Promises.psd1')
    $page = [IO.File]::ReadAllText((Join-Path $root 'docs/spec/powershell.md'))
    # A promise may have several scripts: "r04-ignore" is one of r04.
    $tested = @($rows.Keys | ForEach-Object { $_ -creplace '-[a-z]+$' } | Sort-Object -Unique)
    function Read-Rows([string] $Text, [string] $Pattern) { @([regex]::Matches($Text, "(?m)$Pattern") | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique) }
}
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'promise' {
    It '<Id>' -ForEach $tests {
        $place = (New-Item -ItemType Directory (Join-Path $folder ([guid]::NewGuid().ToString('N')))).FullName
        Copy-Item -LiteralPath $good, "$good.minisig", $bad, "$bad.minisig" -Destination $place
        $module = $psd1
        if ($Own) { Copy-Item -Recurse (Split-Path $psd1) (Join-Path $place 'module'); $module = Join-Path $place 'module/OfflineKit.psd1' }
        $text = "Set-Location '$place'; `$key = '$key'; `$folder = '$place'; Import-Module '$module'`n$Script"
        if ($Ends -or $Own) {
            $file = Join-Path $folder 'script.ps1'
            Set-Content -LiteralPath $file $text
            @(& $shell -NoProfile -NonInteractive -File $file 2>$null) | Should -Be $(if ($Ends) { $null } else { $Writes })
            $LASTEXITCODE | Should -Be ([int]$Ends)
        }
        else {
            $session = [powershell]::Create()
            try { @($session.AddScript($text).Invoke() | ForEach-Object { "$_" }) | Should -Be $Writes } finally { $session.Dispose() }
        }
    }
}

Describe 'the list of promises' {
    It 'has a script for each row, and a row for each script' { Read-Rows $page '^\| `([a-z]\d+|\d\.\d-\d+)` \|' | Should -Be $tested }
    It 'holds every fault that was seen in a real shell' {
        $faults = Join-Path $root '../shared/faults/powershell/README.md'
        if (-not (Test-Path -LiteralPath $faults)) { Set-ItResult -Skipped -Because 'the list of faults is not on this machine'; return }
        $ids = Read-Rows ([IO.File]::ReadAllText($faults)) '^\| (r\d+) \|'
        $ids.Count | Should -BeGreaterThan 10
        $ids | Should -BeIn $tested
    }
    It 'holds every trap of the design' {
        $design = Join-Path $root '../shared/powershell.md'
        if (-not (Test-Path -LiteralPath $design)) { Set-ItResult -Skipped -Because 'the design is not on this machine'; return }
        $section = [regex]::Match([IO.File]::ReadAllText($design), '(?ms)^### 2\.2 .*?(?=^### )').Value
        $traps = [regex]::Matches($section, '(?m)^\| (?!---|the cmdlet returned)').Count
        $traps | Should -BeGreaterThan 5
        1..$traps | ForEach-Object { "2.2-$_" } | Should -BeIn $tested
        # The set of cmdlets that the design decided on.
        foreach ($name in Read-Rows ([IO.File]::ReadAllText($design)) '^\| \*\*([A-Z][a-z]+-[A-Za-z]+)\*\*') { (Get-Module OfflineKit).ExportedCmdlets.Keys | Should -Contain $name }
    }
}

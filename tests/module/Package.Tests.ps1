# The package for galleries and file shares, saved and installed as an administrator does it, with no network.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    # Where the user's data folder is not there, its repositories are kept in the current one.
    $null = New-Item -ItemType Directory $env:XDG_DATA_HOME -Force
    $package = @(Get-ChildItem (Join-Path $root 'artifacts/packages/OfflineKit.*.nupkg'))
    $saved = (New-Item -ItemType Directory (Join-Path $folder 'saved')).FullName
    Register-PSResourceRepository -Name offlinekit-test -Uri $package[0].DirectoryName -Trusted -Force
    Save-PSResource OfflineKit -Repository offlinekit-test -Path $saved -SkipDependencyCheck
    $manifest = (Get-ChildItem $saved -Recurse -Filter OfflineKit.psd1).FullName
}
AfterAll {
    Unregister-PSResourceRepository -Name offlinekit-test
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'the package' {
    It 'is one file of the module''s version' { $package.Name | Should -Be "OfflineKit.$((Test-ModuleManifest $psd1).Version).nupkg" }
    It 'says what it is' {
        $found = Find-PSResource OfflineKit -Repository offlinekit-test
        $found.Tags | Should -Contain 'PSEdition_Desktop'
        foreach ($what in 'Description', 'ReleaseNotes', 'ProjectUri', 'Author') { "$($found.$what)" | Should -Not -BeNullOrEmpty -Because $what }
    }
    It 'holds the module whole' {
        $sums = Get-Content (Join-Path (Split-Path $manifest) 'SHA256SUMS')
        $sums.Count | Should -BeGreaterThan 5
        foreach ($line in $sums) { (Get-FileHash -LiteralPath (Join-Path (Split-Path $manifest) $line.Substring(66))).Hash | Should -Be $line.Substring(0, 64) }
    }
    It 'works once its engines may be executed' {
        if (-not $IsWindows) { Get-ChildItem -LiteralPath (Join-Path (Split-Path $manifest) 'bin') -Recurse -File | ForEach-Object { & chmod +x $_.FullName } }
        & $shell -NoProfile -NonInteractive -Command "Import-Module '$manifest'; Test-PolicySignature '$good' -PublicKey '$key'" | Should -Be 'True'
    }
}

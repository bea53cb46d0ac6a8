# The examples of the help and of docs/powershell.md run as they stand, in a folder that holds what they name.
BeforeDiscovery {
    $module = Import-Module (Get-ChildItem (Join-Path $PSScriptRoot '../../artifacts/module/OfflineKit/*/OfflineKit.psd1')).FullName -Force -PassThru
    $examples = foreach ($name in $module.ExportedCmdlets.Keys | Sort-Object) {
        foreach ($example in (Get-Help $name -Examples).examples.example) { @{ Name = "$name, $($example.title.Trim('- '))"; Code = $example.code } }
    }
    $page = [IO.File]::ReadAllText((Join-Path $PSScriptRoot '../../docs/powershell.md'))
    $number = 0
    $examples += foreach ($block in [regex]::Matches($page, '(?ms)^```powershell\r?\n(.*?)^```')) { @{ Name = "docs/powershell.md, block $((++$number))"; Code = $block.Groups[1].Value } }
    # A key at a service needs the service.
    $online, $here = $examples.Where({ $_.Code -match 'awskms:' }, 'Split')
}
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $place = (New-Item -ItemType Directory (Join-Path $folder 'examples')).FullName
    function Read-Host([switch] $AsSecureString) { ConvertTo-SecureString 'pass phrase' -AsPlainText -Force }
    Push-Location $place
    $null = New-PolicySigningKey own.key -PublicKeyPath release.pub -NoPassphrase
    $null = New-PolicySigningKey next.key -PublicKeyPath release-2027.pub -NoPassphrase
    $null = New-PolicySigningKey release.key -PublicKeyPath other.pub -Passphrase (Read-Host -AsSecureString)
    $null = New-Item -ItemType Directory export, export/sub, exports, policies, new
    '{"version": 1}' | Set-Content policy.json
    'a,b' | Set-Content policy.csv
    '"set up"' | Set-Content setup.ps1
    [IO.File]::WriteAllBytes("$place/tool.bin", [byte[]](0..255))
    'x' | Set-Content changed.json
    'new' | Set-Content new/a.txt
    foreach ($name in 'export/a.txt', 'export/sub/b.txt') { $name | Set-Content $name }
    New-PolicySignature policy.json, policy.csv, setup.ps1, tool.bin, changed.json, export/a.txt, export/sub/b.txt -KeyId own.key
    'y' | Add-Content changed.json
    $fingerprint = (Get-PolicySignature policy.json -PublicKey release.pub).KeyId
    Set-Content fingerprint-by-phone.txt $fingerprint
    $exports = Join-Path $root 'tests/vectors/exports'
    Copy-Item -Recurse (Join-Path $exports 'checksums-bsd/e') exports/one
    Copy-Item (Join-Path $exports '_keys/alice.minisign.pub') packer.pub
    & tar -cf feeds-2026.11.22.tar.zst --zstd -C exports/one .
    Copy-Item -Recurse (Join-Path $root 'tests/vectors/oci-image/key/layout') layout
    Copy-Item (Join-Path $root 'tests/vectors/oci-image/_instance/cosign.pub') cosign.pub
    [regex]::Match((Get-Content (Join-Path $root 'tests/vectors/oci-image/key/case.txt') -Raw), 'sha256:[0-9a-f]{64}').Value | Set-Content deployed-digest.txt
    foreach ($name in 'app', 'policy.yaml', 'guide.ds.md', 'provenance.json', 'trust.tar', 'trust-2026-11.tar') { 'x' | Set-Content $name }
    foreach ($name in 'release-2025', 'release-2026') { $null = Import-PolicyTrustRoot release.pub -Name $name -ExpectedFingerprint $fingerprint -Confirm:$false }
}
AfterAll {
    Pop-Location
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'examples' {
    It '<Name>' -ForEach $here {
        # Asked questions are answered with yes, as somebody at the console would.
        $ConfirmPreference = 'None'
        $Error.Clear()
        $null = & ([scriptblock]::Create($Code)) 2>&1
        # The one example of a refusal is about changed.json.
        $Error | Where-Object { "$_" -notlike '*changed.json*' } | Should -BeNullOrEmpty
    }
    It '<Name>' -ForEach $online -Skip { }
}

@{
    RootModule             = 'OfflineKit.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6c1f0f0e-3d0b-4d1c-9a53-0f7a3b9d2c41'
    Author                 = 'The OfflineKit authors'
    CompanyName            = 'The OfflineKit authors'
    Copyright              = '(c) The OfflineKit authors'
    Description            = 'Decides offline whether files may be trusted: verifies signatures, exports and trust roots with no network.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('OfflineKit.Format.ps1xml')
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Assert-PolicyBundle'
        'Assert-PolicyImage'
        'Assert-PolicySignature'
        'Disable-PolicyTrustRoot'
        'Enable-PolicyTrustRoot'
        'Export-PolicyPublicKey'
        'Export-PolicyTrustRoot'
        'Export-PolicyVerificationReport'
        'Get-OfflineKitInfo'
        'Get-PolicyBundle'
        'Get-PolicyImage'
        'Get-PolicySignature'
        'Get-PolicySignatureInfo'
        'Get-PolicySigningKey'
        'Get-PolicyTrustRoot'
        'Get-PolicyVerifiedContent'
        'Import-PolicyTrustRoot'
        'New-PolicySignature'
        'New-PolicySigningKey'
        'Remove-PolicyTrustRoot'
        'Request-PolicyProvenance'
        'Request-PolicySignature'
        'Test-PolicyBundle'
        'Test-PolicyImage'
        'Test-PolicySignature'
        'Test-PolicyTrustRoot'
        'Update-PolicyTrustRoot'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('signature', 'verification', 'offline', 'air-gap', 'sigstore', 'minisign', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux')
            ProjectUri   = 'https://offlinekit.dev/'
            LicenseUri   = 'https://offlinekit.dev/LICENSE'
            ReleaseNotes = 'Test- answers one Boolean always, Get-PolicySignature and Get-PolicyBundle show results, Assert- ends the script under every preference, Get-PolicyVerifiedContent hands on what was verified.'
        }
    }
}

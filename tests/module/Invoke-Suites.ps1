# Runs the suites of this folder in this shell by the given Pester and writes what became of each test.
#   pwsh -NoProfile -File Invoke-Suites.ps1 -Pester PATH/Pester.psd1 -Results results.xml [-Suite *.Tests.ps1]
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Results,
    [string] $Suite = '*.Tests.ps1'
)
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Results.ps1')
Import-Module $Pester

$configuration = New-PesterConfiguration
$configuration.Run.Path = @((Get-ChildItem (Join-Path $PSScriptRoot $Suite)).FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

$word = @{ Passed = 'Pass'; Failed = 'Fail' }
$tests = @(foreach ($test in $run.Tests) {
    $result = if ($word.ContainsKey("$($test.Result)")) { $word["$($test.Result)"] } else { 'Skip' }
    @{ Name = "Pester $((Get-Module Pester).Version): $($test.ExpandedPath)"; Result = $result; Reason = "$($test.Result): $($test.ErrorRecord)" }
})
# A suite or a block that could not even be set up holds tests that never ran.
$tests += @(foreach ($broken in @($run.FailedContainers) + @($run.FailedBlocks)) { @{ Name = "$broken could not be run"; Result = 'Fail' } })
Export-Result $Results $tests

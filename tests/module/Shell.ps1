# The program that runs this very shell. PowerShell installed as a .NET tool runs inside "dotnet", so there its own starter is asked for.
$shell = (Get-Process -Id $PID).Path
if ((Split-Path $shell -Leaf) -notlike 'pwsh*') { $shell = (Get-Command pwsh -CommandType Application -TotalCount 1).Source }

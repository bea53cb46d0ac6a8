Write-Output hello
# SIG # Begin signature block
# MIIA
# SIG # End signature block

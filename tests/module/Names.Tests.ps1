# What was verified is what goes on: each name means one file, here and in the cmdlets that use the file afterwards.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    # A signed file with that name; .NET takes names literally.
    function New-Signed([string] $Path) {
        [IO.File]::Copy((Join-Path $vectors 'prehashed/a.txt'), $Path)
        [IO.File]::Copy((Join-Path $vectors 'prehashed/a.txt.minisig'), "$Path.minisig")
    }
    $content = [IO.File]::ReadAllText($good)
}
AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'exactly' {
    BeforeEach {
        $place = (New-Item -ItemType Directory (Join-Path $folder ([guid]::NewGuid().ToString('N')))).FullName
        $target = (New-Item -ItemType Directory (Join-Path $place 'target')).FullName
        Push-Location $place
    }
    AfterEach { Pop-Location }

    Context 'a file called <_>' -ForEach 'a b.txt', 'größe 漢.txt', "x'y`"z.txt", 'a[1].txt', '[ab].txt', 'star*.txt', 'what?.txt', '-quiet', '$name.txt', 'back`tick.txt', ' lead.txt', 'semi;colon.txt' {
        BeforeEach {
            $path = Join-Path $place $_
            New-Signed $path
            # What the name would match as a pattern.
            foreach ($decoy in 'a1.txt', 'a.txt', 'b.txt', 'starX.txt', 'whatX.txt', 'backtick.txt') { [IO.File]::WriteAllText("$place/$decoy", 'EVIL') }
        }
        It 'is copied after Assert-PolicySignature -PassThru, and nothing else' {
            Get-Item -LiteralPath $path | Assert-PolicySignature -PublicKey $key -PassThru | Copy-Item -Destination $target
            [IO.Directory]::GetFiles($target) | Should -Be "$target/$_"
            [IO.File]::ReadAllText("$target/$_") | Should -Be $content
        }
        It 'is read after Assert-PolicySignature -PassThru' { Assert-PolicySignature -LiteralPath $path -PublicKey $key -PassThru | Get-Content -Raw | Should -Be $content }
        It 'is taken from a result by <_>' -ForEach 'Get-Content', 'Get-Item', 'Get-FileHash', 'Copy-Item' {
            $result = Get-PolicySignature -LiteralPath $path -PublicKey $key
            $result.FullName | Should -BeExactly $path
            switch ($_) {
                'Get-Content' { $result | Get-Content -Raw | Should -Be $content }
                'Get-Item' { ($result | Get-Item).FullName | Should -BeExactly $path }
                'Get-FileHash' { ($result | Get-FileHash).Path | Should -BeExactly $path }
                'Copy-Item' { $result | Copy-Item -Destination $target; [IO.Directory]::GetFiles($target) | Should -Be (Join-Path $target (Split-Path $path -Leaf)) }
            }
        }
        It 'is verified again from results of other cmdlets' {
            # What Get-FileHash calls Path is a pattern to whatever takes the object next.
            Get-FileHash -LiteralPath $path | Test-PolicySignature -PublicKey $key -Quiet | Should -Be ($_ -notmatch '[*?\[`]')
            Get-PolicySignature -LiteralPath $path -PublicKey $key | Test-PolicySignature -PublicKey $key | Should -BeTrue
        }
        It 'has its content' { (Get-Item -LiteralPath $path | Get-PolicyVerifiedContent -PublicKey $key) | Should -Be $content }
        It 'is named in a report' {
            Get-PolicySignature -LiteralPath $path -PublicKey $key | Export-PolicyVerificationReport -LiteralPath "$target/r.json"
            ([IO.File]::ReadAllText("$target/r.json") | ConvertFrom-Json).results.path | Should -BeExactly $path
        }
    }

    Context 'a name that may be two files' {
        It 'is refused where a backslash belongs to the name' -Skip:$IsWindows {
            $null = New-Item -ItemType Directory sub
            New-Signed "$place/sub/good.txt"
            Test-PolicySignature 'sub\good.txt' -PublicKey $key | Should -BeTrue
            [IO.File]::WriteAllText("$place/sub\good.txt", 'EVIL')
            Get-ChildItem -File | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse
            foreach ($way in { Test-PolicySignature 'sub\good.txt' -PublicKey $key -Quiet }, { Test-PolicySignature -LiteralPath "$place/sub\good.txt" -PublicKey $key -Quiet }, { Test-PolicySignature 'sub\*.txt' -PublicKey $key -Quiet }, { Test-PolicySignature './*.txt' -PublicKey $key -Quiet }, { Test-PolicySignature $place -Recurse -PublicKey $key -Quiet }) {
                & $way | Should -BeFalse -Because "$way"
            }
            Test-PolicySignature sub/good.txt -PublicKey $key | Should -BeTrue
        }
        It 'is refused where backticks belong to the name' {
            New-Signed "$place/x[1].txt"
            Test-PolicySignature 'x`[1`].txt' -PublicKey $key | Should -BeTrue
            [IO.File]::WriteAllText("$place/x``[1``].txt", 'EVIL')
            Test-PolicySignature 'x`[1`].txt' -PublicKey $key -Quiet | Should -BeFalse
            Get-FileHash -LiteralPath 'x`[1`].txt' | Test-PolicySignature -PublicKey $key -Quiet | Should -BeFalse
        }
        It 'is refused where its bytes are no text' -Skip:$IsWindows {
            New-Signed "$place/ok.bin"
            & sh -c 'printf EVIL > "$(printf "n\377.bin")"'
            Test-PolicySignature './*.bin' -PublicKey $key -Quiet | Should -BeFalse
            Test-PolicySignature $place -Recurse -PublicKey $key -Quiet | Should -BeFalse
            Test-PolicySignature ok.bin -PublicKey $key | Should -BeTrue
            & sh -c 'rm -f n*.bin'
        }
    }

    Context 'a folder' {
        BeforeEach {
            $null = New-Item -ItemType Directory export/sub
            foreach ($name in 'a.txt', 'sub/b.txt', 'sub/.hidden.sh') { New-Signed "$place/export/$name" }
        }
        It 'is whole with -Recurse, and its signatures are passed over' {
            Test-PolicySignature export -Recurse -PublicKey $key | Should -BeTrue
            $results = Get-PolicySignature export -Recurse -PublicKey $key
            $results.Status | Should -Be 'Valid', 'Signature', 'Valid', 'Signature', 'Valid', 'Signature'
            @($results | ForEach-Object { $_.FullName.Substring("$place/export/".Length) }) | Should -Be 'a.txt', 'a.txt.minisig', 'sub/.hidden.sh', 'sub/.hidden.sh.minisig', 'sub/b.txt', 'sub/b.txt.minisig'
        }
        It 'is whole through the pipeline, whatever its order' {
            Get-ChildItem export -Recurse -File -Force | Test-PolicySignature -PublicKey $key | Should -BeTrue
            Get-ChildItem export -Recurse -File -Force | Sort-Object FullName -Descending | Test-PolicySignature -PublicKey $key | Should -BeTrue
            (Get-ChildItem export -Recurse -File -Force | Assert-PolicySignature -PublicKey $key -PassThru).Name | Should -Be 'a.txt', '.hidden.sh', 'b.txt' -Because 'signatures are not handed on'
        }
        It 'is refused for <Name>' -ForEach @(
            @{ Name = 'a hidden file'; Do = { [IO.File]::WriteAllText("$place/export/.evil", 'EVIL') } }
            @{ Name = 'a changed file'; Do = { [IO.File]::AppendAllText("$place/export/a.txt", 'x') } }
            @{ Name = 'a signature without its file'; Do = { [IO.File]::Delete("$place/export/a.txt") } }
            @{ Name = 'a signature of another file'; Do = { [IO.File]::Copy("$place/export/a.txt.minisig", "$place/export/c.minisig") } }
            @{ Name = 'a link to a folder'; Do = { $null = New-Item -ItemType SymbolicLink -Path export/link -Target $folder } }
            @{ Name = 'a link that leads nowhere'; Do = { $null = New-Item -ItemType SymbolicLink -Path export/link -Target none } }
        ) {
            & $Do
            Test-PolicySignature export -Recurse -PublicKey $key -Quiet | Should -BeFalse
            { Assert-PolicySignature export -Recurse -PublicKey $key } | Should -Throw
            @(Get-PolicySignature export -Recurse -PublicKey $key | Where-Object Status -notin 'Valid', 'Signature').Count | Should -BeGreaterThan 0
        }
        It 'is refused without -Recurse, and when it is empty' {
            Test-PolicySignature export -PublicKey $key -Quiet | Should -BeFalse
            $null = New-Item -ItemType Directory empty
            Test-PolicySignature empty -Recurse -PublicKey $key -Quiet | Should -BeFalse
            Test-PolicySignature export, empty -Recurse -PublicKey $key -Quiet | Should -BeFalse
        }
        It 'is refused when part of it cannot be read' -Skip:($IsWindows -or (& id -u) -eq 0) {
            & chmod 0 export/sub
            try { Test-PolicySignature export -Recurse -PublicKey $key -Quiet | Should -BeFalse } finally { & chmod 755 export/sub }
        }
        It 'shows hidden files to a pattern' {
            [IO.File]::WriteAllText("$place/export/.evil", 'EVIL')
            Test-PolicySignature './export/*' -PublicKey $key -Quiet | Should -BeFalse
        }
    }
}

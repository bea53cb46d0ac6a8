using System;
using System.IO;
using System.Linq;
using OfflineKit.Testing;
using Xunit;

namespace OfflineKit.PowerShell.Tests;

/// <summary>Runs tests/module/*.Tests.ps1, which show what only a real PowerShell shows: binder, formatting, pipeline, help.</summary>
public sealed class PesterTests
{
    [Fact]
    public void The_Pester_suite_passes()
    {
        Execution.Needs("pwsh");
        Execution found = Execution.Of(["pwsh", "-NoProfile", "-NonInteractive", "-Command", "(Get-Module -ListAvailable Pester).Count"]);
        if (found.Stdout.Trim() is "" or "0")
        {
            Assert.Skip("Pester is not installed");
        }

        string packed = Repository.Path("artifacts", "module", "OfflineKit");
        if (!Directory.Exists(packed))
        {
            Assert.Skip("artifacts/module/OfflineKit is not packed (./build.sh pack)");
        }

        Execution run = Execution.Of(
            ["pwsh", "-NoProfile", "-NonInteractive", "-Command", $"Invoke-Pester -Path '{Repository.Path("tests", "module")}' -CI"], Path.GetTempPath(), seconds: 600);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}

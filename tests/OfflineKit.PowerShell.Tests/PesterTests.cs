using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using OfflineKit.Testing;
using Xunit;

namespace OfflineKit.PowerShell.Tests;

/// <summary>What only a real PowerShell shows: the suites in tests/module (binder, formatting, pipeline, help, hosts), and the packed module's own test of itself.</summary>
public sealed class PesterTests
{
    private static readonly string[] Shell = ["pwsh", "-NoProfile", "-NonInteractive"];

    [Fact]
    public void The_Pester_suites_pass()
    {
        Execution.Needs("pwsh");
        if (Execution.Of([.. Shell, "-Command", "@(Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0').Count"]).Stdout.Trim() is "" or "0")
        {
            Assert.Skip("Pester 5 is not installed");
        }

        if (!Directory.Exists(Repository.Path("artifacts", "module", "OfflineKit")))
        {
            Assert.Skip("the module is not packed (./build.sh packModule)");
        }

        Execution run = Execution.Of([.. Shell, "-Command", $"Invoke-Pester -Path '{Repository.Path("tests", "module")}' -CI"], Path.GetTempPath(), seconds: 1200);
        Match passed = Regex.Match(run.Stdout, "Tests Passed: ([0-9]+)", RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.True(run.ExitCode == 0 && passed.Success && passed.Groups[1].Value != "0", run.Everything);
    }

    [Fact]
    public void The_module_installed_from_its_zip_passes_its_own_test()
    {
        Execution.Needs("pwsh");
        string[] zips = Directory.Exists(Repository.Path("artifacts", "packages")) ? Directory.GetFiles(Repository.Path("artifacts", "packages"), "OfflineKit-*.zip") : [];
        if (zips.Length == 0)
        {
            Assert.Skip("the module is not packed (./build.sh packModule)");
        }

        string modules = Directory.CreateTempSubdirectory("offlinekit-modules-").FullName;
        try
        {
            ZipFile.ExtractToDirectory(zips.Single(), modules);
            string script = Directory.GetFiles(modules, "Invoke-SelfTest.ps1", SearchOption.AllDirectories).Single();
            Execution run = Execution.Of([.. Shell, "-File", script], Path.GetTempPath(), seconds: 300);
            Assert.True(run.ExitCode == 0 && run.Stdout.TrimEnd().EndsWith("passed", StringComparison.Ordinal), run.Everything);
        }
        finally
        {
            Directory.Delete(modules, recursive: true);
        }
    }
}

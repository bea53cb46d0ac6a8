using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using OfflineKit.PowerShell.Engine;
using Xunit;
using static OfflineKit.PowerShell.Tests.Invocation;

namespace OfflineKit.PowerShell.Tests;

/// <summary>The engine is found in one place, pinned, started with a clean environment, and ended whatever it does.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly string _module = Directory.CreateTempSubdirectory("offlinekit-module-").FullName;

    public void Dispose()
    {
        Directory.Delete(_module, recursive: true);
    }

    [Fact]
    public void The_engine_of_the_package_is_found()
    {
        string engine = Install("linux-x64", "offlinekit", "engine");
        Assert.Equal(engine, EngineLocation.Find(_module, "offlinekit", "linux-x64"));
        Assert.EndsWith("offlinekit.exe", Install("win-x64", "offlinekit.exe", "engine"), StringComparison.Ordinal);
        Assert.EndsWith("offlinekit.exe", EngineLocation.Find(_module, "offlinekit", "win-x64"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_was_replaced_on_disk_is_tampered()
    {
        string engine = Install("linux-x64", "offlinekit", "engine");
        File.WriteAllText(engine, "another engine");
        Assert.Equal("EngineTampered", Assert.Throws<EngineException>(() => EngineLocation.Find(_module, "offlinekit", "linux-x64")).ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  bin/linux-x64/offlinekit\n")]
    public void A_list_that_does_not_pin_the_engine_is_tampered(string sums)
    {
        Install("linux-x64", "offlinekit", "engine");
        File.WriteAllText(Path.Combine(_module, "SHA256SUMS"), sums);
        Assert.Equal("EngineTampered", Assert.Throws<EngineException>(() => EngineLocation.Find(_module, "offlinekit", "linux-x64")).ErrorId);
    }

    [Fact]
    public void A_package_without_list_or_without_engine_is_told_apart()
    {
        Assert.Equal("EngineMissing", Assert.Throws<EngineException>(() => EngineLocation.Find(_module, "offlinekit", "linux-x64")).ErrorId);
        Install("linux-x64", "offlinekit", "engine");
        File.Delete(Path.Combine(_module, "SHA256SUMS"));
        Assert.Equal("EngineTampered", Assert.Throws<EngineException>(() => EngineLocation.Find(_module, "offlinekit", "linux-x64")).ErrorId);
    }

    [Fact]
    public void A_replaced_engine_is_false_with_its_error_id()
    {
        Install("linux-x64", "offlinekit", "engine");
        File.WriteAllText(Path.Combine(_module, "bin", "linux-x64", "offlinekit"), "another");
        EngineSource.Find = program => EngineLocation.Find(_module, program, "linux-x64");
        TestPolicySignatureCommand command = Run(new TestPolicySignatureCommand { Path = Paths(typeof(EngineTests).Assembly.Location) });
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal("EngineTampered", Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void An_engine_that_may_not_be_executed_is_missing()
    {
        string engine = Install("linux-x64", "offlinekit", "#!/bin/sh\n");
        File.SetUnixFileMode(engine, UnixFileMode.UserRead);
        EngineException fault = Assert.Throws<EngineException>(() => new EngineSession(engine, TimeSpan.FromSeconds(2), inheritEnvironment: false));
        Assert.Equal("EngineMissing", fault.ErrorId);
        Assert.Contains("chmod", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("COMPlus_Any")]
    [InlineData("CORECLR_ENABLE_PROFILING")]
    [InlineData("LD_PRELOAD_OF_TEST")]
    [InlineData("OPENSSL_CONF_OF_TEST")]
    [InlineData("SSL_CERT_FILE_OF_TEST")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("https_proxy")]
    public void The_verifier_gets_a_clean_environment_and_the_signer_the_whole(string name)
    {
        Environment.SetEnvironmentVariable(name, "from-outside");
        try
        {
            using FakeEngine engine = FakeEngine.Raw(
                $"echo \"{{\\\"hello\\\":\\\"x\\\",\\\"protocol\\\":1,\\\"version\\\":\\\"${{{name}:-clean}}\\\"}}\"; read -r a; echo '{{\"bye\":true}}'\n");
            using EngineSession verifier = EngineSource.Open("offlinekit", inheritEnvironment: false);
            Assert.Equal("clean", verifier.Hello.Text("version"));
            using EngineSession signer = EngineSource.Open("offlinekit-sign", inheritEnvironment: true);
            Assert.Equal("from-outside", signer.Hello.Text("version"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void Stopping_kills_the_child_at_once()
    {
        string note = Path.Combine(_module, "pid");
        using FakeEngine engine = FakeEngine.Saying($"echo $$ > {note}; exec sleep 60\n");
        using TestPolicySignatureCommand command = new() { Path = Paths(typeof(EngineTests).Assembly.Location) };
        Bind(command);
        command.Begin();
        command.Process();
        Assert.True(System.Threading.SpinWait.SpinUntil(() => File.Exists(note) && File.ReadAllText(note).EndsWith('\n'), TimeSpan.FromSeconds(10)));
        int pid = int.Parse(File.ReadAllText(note), System.Globalization.CultureInfo.InvariantCulture);
        Stopwatch watch = Stopwatch.StartNew();
        command.Stop();
        Assert.True(System.Threading.SpinWait.SpinUntil(() => !Runs(pid), TimeSpan.FromSeconds(5)), "the child lives on");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_flood_of_complaints_is_drained_and_capped()
    {
        using FakeEngine engine = FakeEngine.Saying("for i in $(seq 1 5000); do echo 'complaint complaint complaint complaint' >&2; done; exit 3\n");
        TestPolicySignatureCommand command = Run(new TestPolicySignatureCommand { Path = Paths(typeof(EngineTests).Assembly.Location) });
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.InRange(Assert.Single(command.Errors).Exception.Message.Length, 1, 10_000);
    }

    private static bool Runs(int pid)
    {
        try
        {
            // A zombie has ended.
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended, before the file was opened or before it was read.
            return false;
        }
    }

    private string Install(string rid, string file, string content)
    {
        string folder = Path.Combine(_module, "bin", rid), path = Path.Combine(folder, file);
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, content);
        File.AppendAllText(Path.Combine(_module, "SHA256SUMS"), $"{EngineLocation.Sha256(path)}  bin/{rid}/{file}\n");
        return path;
    }
}

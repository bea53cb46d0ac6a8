using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What is shown to be typed: fingerprints to compare, and the options that demand who a certificate names.</summary>
public sealed class ClaimsToTypeTests
{
    private const string Line = "RWRfBkVvbUXiN85qSbIaMHVR5xJvdz+YlwVzs9Z4PZF5kACRd96RVdmN", Fingerprint = "sha256:eca6f14daa0632269cb2a9c27db0fdd934b2b434086420ec1c7c36e19398a522";

    [Fact]
    public void A_key_has_the_fingerprint_that_reports_and_trust_add_take()
    {
        Execution run = Client.Run(["trust", "fingerprint", "keys/release.pub", Line, "keys/kms-release.pem"], Repository.Path("tests", "demo"));
        Assert.True(run.ExitCode == 0, run.Everything);
        string[] said = run.Stdout.TrimEnd().Split('\n');
        Assert.Equal($"{Fingerprint}  keys/release.pub (minisign or signify key, called 37E2456D6F45065F)", said[0]);
        Assert.StartsWith($"{Fingerprint}  {Line} ", said[1], StringComparison.Ordinal);
        Assert.Equal(3, said.Length);
    }

    [Fact]
    public void What_is_no_key_has_none_and_then_nothing_is_said()
    {
        Execution run = Client.Run(["trust", "fingerprint", "keys/release.pub", "export/settings.conf"], Repository.Path("tests", "demo"));
        Assert.True(run is { ExitCode: 2, Stdout: "" } && run.Stderr.Contains("export/settings.conf: ", StringComparison.Ordinal), run.Everything);
    }

    [Fact]
    public void The_options_that_inspect_prints_are_those_that_verify_takes()
    {
        string folder = Repository.Path("tests", "vectors", "sigstore", "authority-name-permitted");
        string[] case_ = [.. File.ReadAllLines(Path.Combine(folder, "case.txt")).Single(line => line.StartsWith("args: ", StringComparison.Ordinal))[6..].Split(' ')];
        Execution inspected = Client.Run(["inspect", "bundle.sigstore.json"], folder);
        string printed = inspected.Stdout.Split('\n').Single(line => line.StartsWith("  to demand them: ", StringComparison.Ordinal))["  to demand them: ".Length..].Trim();
        int identity = Array.IndexOf(case_, "--certificate-identity");
        Assert.Equal(string.Join(' ', case_[identity..(identity + 4)]), printed);
        Execution run = Client.Run([.. case_[..identity], .. printed.Split(' '), .. case_[(identity + 4)..]], folder);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}

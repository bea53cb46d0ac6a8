using System.Diagnostics;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Tests;

/// <summary>A secret is in no message, however a service spells it.</summary>
public sealed class HeldSecretsTests
{
    private const string Token = "hvs.SECRETSECRET123";

    public static TheoryData<string> Spellings =>
    [
        $"bad token {Token}",
        "bad token hvs.SECRETSEC",
        "bad token ECRETSECRET12 and more",
        "bad token " + Token.ToLowerInvariant(),
        "bad token " + Token.Replace(".", "\\u002e", StringComparison.Ordinal),
        string.Concat(Token.Select(c => $"\\u{(int)c:X4}")),
        string.Concat(Token.Select(c => $"%{(int)c:X2}")),
        string.Concat(Token.Select(c => $"%25{(int)c:x2}")),
        string.Concat(Token.Select(c => $"&#{(int)c};")),
        Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(Token)),
        Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Token)),
        "x" + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("Bearer " + Token)).TrimEnd('=') + "y",
        Uri.EscapeDataString(Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("user:" + Token))),
        "member \"hvs.SECR\" twice",
        "\"hvs.SEC\",\"RETSECRET123\"",
        "hvs.\nSECRET\nSECRET\n123",
        $"redirects to https://{Token.ToLowerInvariant()}.example",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void No_spelling_of_a_secret_is_shown(string text)
    {
        HeldSecrets secrets = new();
        secrets.Hold(Token);
        Assert.True(secrets.AreIn(text));
        string shown = secrets.Without(text);
        Assert.False(secrets.AreIn(shown), shown);
        Assert.DoesNotContain("ECRETSEC", shown, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("the key release does not exist in eu-central-1 (sha256:5bd2a4d1c3a2b16c9d9f7b8a8d1ce5e2f9a3b7c6d5e4f3a2b1c0d9e8f7a6b5c4)")]
    [InlineData("permission denied: update on transit/sign/release/* is needed")]
    public void Ordinary_words_are_shown_as_they_are(string text)
    {
        HeldSecrets secrets = new();
        secrets.Hold(Token);
        secrets.Hold("1234");
        Assert.Equal(text, secrets.Without(text));
    }

    [Fact]
    public void What_stands_beside_a_secret_is_shown()
    {
        HeldSecrets secrets = new();
        secrets.Hold(Token);
        Assert.Equal("bad token [secret], ask for another", secrets.Without($"bad token {Token}, ask for another"));
    }

    [Fact]
    public void A_running_engine_writes_no_core()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells");
        ProcessStartInfo start = new(Peer.Needed("dotnet"), [Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), "serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process engine = Process.Start(start)!;
        Assert.Contains("offlinekit-sign", engine.StandardOutput.ReadLine(), StringComparison.Ordinal);
        string limits = File.ReadAllText($"/proc/{engine.Id}/limits");
        engine.StandardInput.Close();
        engine.WaitForExit();
        Assert.Matches(@"Max core file size\s+0\s+0\s", limits);
    }
}

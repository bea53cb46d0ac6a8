using System.Formats.Tar;
using System.Security.Cryptography;
using OfflineKit.Signing;
using OfflineKit.Signing.Formats;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>A signed list is one by its content, whatever it is called; an archive that cannot be looked into says why.</summary>
public sealed class UnnamedListTests : IDisposable
{
    private readonly Stick _stick = new();

    public void Dispose() => _stick.Dispose();

    [Theory]
    [InlineData("hashes.txt")]
    [InlineData("sums")]
    [InlineData("sha256.txt")]
    [InlineData("app.sha256sum")]
    [InlineData("deep/below/hashes.txt")]
    public async Task A_signed_list_of_any_name_speaks_for_its_files(string list)
    {
        await ListAsync(list, _stick.Team);
        Assert.Equal([$"{Folder(list)} trusted"], Words(_stick.Verify("stick", "--key", "keys")));
        File.WriteAllText(_stick[Beside(list, "a")], "changed");
        Execution changed = _stick.Verify("stick", "--key", "keys");
        Assert.Equal(1, changed.ExitCode);
        string[] told = [$"{Folder(list)} changed", $"{Beside(list, "a")} changed", $"{Beside(list, "b")} trusted", $"{list} trusted"];
        Assert.Equal(told.Order(StringComparer.Ordinal), Words(changed));
    }

    [Fact]
    public async Task A_link_that_is_called_like_a_signed_file_hides_no_list_beside_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links want a right of their own there");
        await ListAsync("hashes.txt", _stick.Team);
        Directory.CreateDirectory(_stick["closed"]);
        await _stick.SignedAsync("aaa.txt", "closed", _stick.Team, new MinisignSignature());
        File.Delete(_stick["aaa.txt"]);
        File.CreateSymbolicLink(_stick["aaa.txt"], _stick["closed"]);
        _stick.Write("a", "changed");
        Execution run = _stick.Verify("stick", "--key", "keys");
        Assert.Contains("b trusted", Words(run));
        Assert.Contains("aaa.txt undecided", Words(run));
    }

    [Fact]
    public async Task A_list_of_a_stranger_speaks_for_nobody()
    {
        await ListAsync("hashes.txt", _stick.Stranger);
        Execution run = _stick.Verify("stick", "--key", "keys");
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain(Words(run), line => line.EndsWith(" trusted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_it_does_not_name_is_not_trusted_by_it()
    {
        await ListAsync("hashes.txt", _stick.Team);
        _stick.Write("stray", "stray");
        Execution run = _stick.Verify("stick", "--key", "keys");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("stray not-signed", Words(run));
    }

    [Fact]
    public async Task Lists_of_one_file_each_beside_one_another_speak_each_for_its_own()
    {
        foreach (string name in (string[])["a.tar.gz", "b.tar.gz"])
        {
            _stick.Write(name, name);
            await _stick.SignedAsync(name + ".sha256sum", $"{Hash(name)}  {name}\n", _stick.Team, new MinisignSignature());
        }

        Assert.Equal([". trusted"], Words(_stick.Verify("stick", "--key", "keys")));
        _stick.Write("b.tar.gz", "changed");
        Execution changed = _stick.Verify("stick", "--key", "keys");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("b.tar.gz changed", Words(changed));
        Assert.Contains("a.tar.gz trusted", Words(changed));
    }

    [Fact]
    public async Task A_signed_text_that_is_no_list_makes_no_export_of_its_folder()
    {
        await _stick.SignedAsync("notes.txt", "Release notes\n", _stick.Team, new MinisignSignature());
        Assert.Equal(["notes.txt trusted"], Words(_stick.Verify("stick", "--key", "keys")));
    }

    [Fact]
    public void An_archive_that_cannot_be_looked_into_says_why()
    {
        using (TarWriter writer = new(File.Create(_stick["cut.tar"]), TarEntryFormat.Ustar, leaveOpen: false))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "SHA256SUMS") { LinkName = "/etc/passwd" });
        }

        Execution run = _stick.Verify("stick", "--key", "keys");
        Assert.Equal(["cut.tar not-signed"], Words(run));
        Assert.Contains("it cannot be looked into as an export: archive.unsafe-entry", run.Stdout, StringComparison.Ordinal);
    }

    private async Task ListAsync(string list, SigningKey signer)
    {
        _stick.Write(Beside(list, "a"), "first");
        _stick.Write(Beside(list, "b"), "second");
        await _stick.SignedAsync(list, $"{Hash("first")}  a\n{Hash("second")}  b\n", signer, new MinisignSignature());
    }

    private string[] Words(Execution run) => [.. _stick.Standings(run).Select(line => $"{line.Key} {line.Value}").Order(StringComparer.Ordinal)];

    private static string Folder(string list) => Path.GetDirectoryName(list) is { Length: > 0 } folder ? folder : ".";

    private static string Beside(string list, string name) => Path.Join(Path.GetDirectoryName(list), name);

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
}

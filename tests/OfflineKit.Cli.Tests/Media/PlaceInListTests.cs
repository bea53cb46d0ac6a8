using System.Security.Cryptography;
using OfflineKit.Signing.Formats;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>The line of a file in a signed list is that of its place, whatever word somebody typed from wherever.</summary>
public sealed class PlaceInListTests : IDisposable
{
    private readonly Stick _stick = new();

    public void Dispose() => _stick.Dispose();

    [Theory]
    [InlineData(".", "li/debug/tool", "li/SHA256SUMS", 1)]
    [InlineData("li", "debug/tool", "SHA256SUMS", 1)]
    [InlineData("li/debug", "tool", "../SHA256SUMS", 1)]
    [InlineData("li/debug", "./tool", "../SHA256SUMS", 1)]
    [InlineData("li/debug", "../debug/tool", "../../li/SHA256SUMS", 1)]
    [InlineData(".", "link/tool", "li/SHA256SUMS", 1)]
    [InlineData("link", "tool", "../SHA256SUMS", 1)]
    [InlineData(".", "li/tool", "li/SHA256SUMS", 0)]
    [InlineData("li", "tool", "SHA256SUMS", 0)]
    [InlineData("li/debug", "../tool", "../SHA256SUMS", 0)]
    [InlineData(".", "link/../tool", "li/SHA256SUMS", 0)]
    [InlineData("li", "other", "SHA256SUMS", 0)]
    [InlineData(".", "else/other", "li/SHA256SUMS", 0)]
    [InlineData("else", "other", "../li/SHA256SUMS", 0)]
    [InlineData(".", "else/tool", "li/SHA256SUMS", 1)]
    [InlineData("else", "tool", "../li/SHA256SUMS", 1)]
    [InlineData(".", "else/debug/tool", "li/SHA256SUMS", 1)]
    public async Task A_file_is_the_one_at_its_place(string from, string file, string list, int exit)
    {
        await ListAsync();
        Execution run = Client.Run(["verify", file, "--signature", list, "--key", _stick.Beside("keys/team.pub")], _stick[from]);
        Assert.True(run.ExitCode == exit, run.Everything);
    }

    [Theory]
    [InlineData("li/debug", "tool")]
    [InlineData(".", "li/debug/tool")]
    [InlineData("li", "debug/tool")]
    public async Task A_list_in_the_folder_of_the_file_speaks_of_that_folder(string from, string file)
    {
        await ListAsync();
        await _stick.SignedAsync("li/debug/SHA256SUMS", $"{Hash("good")}  tool\n", _stick.Team, new MinisignSignature());
        Assert.Equal(0, Client.Run(["verify", file, "--key", _stick.Beside("keys/team.pub")], _stick[from]).ExitCode);
        _stick.Write("li/debug/tool", "changed");
        Assert.Equal(1, Client.Run(["verify", file, "--key", _stick.Beside("keys/team.pub")], _stick[from]).ExitCode);
    }

    // Of li/debug/tool somebody made a copy of li/tool, which the list names as well.
    private async Task ListAsync()
    {
        _stick.Write("li/tool", "good");
        _stick.Write("li/debug/tool", "good");
        _stick.Write("li/other", "other");
        _stick.Write("else/tool", "good");
        _stick.Write("else/debug/tool", "debug");
        _stick.Write("else/other", "other");
        Directory.CreateSymbolicLink(_stick["link"], "li/debug");
        await _stick.SignedAsync("li/SHA256SUMS", $"{Hash("good")}  tool\n{Hash("debug")}  debug/tool\n{Hash("other")}  other\n", _stick.Team, new MinisignSignature());
    }

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
}

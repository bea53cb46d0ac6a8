using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What the program says about itself.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DocumentationTests
{
    private static readonly ProgramDocumentation Program = new("offlinekit", Client.Command);

    [Fact]
    public void Every_command_has_a_whole_help() => Program.HelpMustBeWhole();

    [Fact]
    public void The_manual_page_is_clean() => Program.ManualMustBeClean();

    [Fact]
    public void The_reference_is_the_page_in_docs() => Program.MustBe("commands.md");

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void A_shell_completes(string shell)
    {
        Program.MustComplete(shell, "verify-i", "verify-image");
        Program.MustComplete(shell, "verify a --output j", "json");
        Program.MustComplete(shell, "trust fin", "fingerprint");
    }
}

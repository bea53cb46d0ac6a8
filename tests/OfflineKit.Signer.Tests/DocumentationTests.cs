using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>What the service's program says about itself.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DocumentationTests
{
    private static readonly ProgramDocumentation Documentation = new("offlinekit-signer", ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signer.dll")]);

    [Fact]
    public void Every_command_has_a_whole_help() => Documentation.HelpMustBeWhole();

    [Fact]
    public void The_manual_page_is_clean() => Documentation.ManualMustBeClean();

    [Fact]
    public void Every_command_keeps_options_and_names_apart() => Assert.Equal("", string.Join('\n', CommandLineRules.Broken(Program.Root())));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void A_shell_completes(string shell) => Documentation.MustComplete(shell, "comp", "completion");
}

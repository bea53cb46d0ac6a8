using OfflineKit.CommandLine;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Words that were mistyped, and text on terminals.</summary>
public sealed class TerminalLookTests
{
    [Theory]
    [InlineData("verfy", "verify")]
    [InlineData("evrify", "verify")]
    [InlineData("verify-exp", "verify-export")]
    [InlineData("inspekt", "inspect")]
    [InlineData("reprot", "report")]
    [InlineData("x", null)]
    [InlineData("delete", null)]
    public void The_nearest_word_is_found(string typed, string? meant) =>
        Assert.Equal(meant, NearestWord.To(typed, ["verify", "verify-export", "verify-image", "inspect", "explain", "trust", "report"]));

    [Fact]
    public void Text_that_is_redirected_is_as_it_is() => Assert.Equal(Report, TerminalLook.Plain.Shown(Report));

    [Fact]
    public void A_narrow_terminal_breaks_lines_at_blanks() => Assert.Equal(
        "TRUSTED: a.txt\n  signed by   release.pub\n      (ED25519_SHA_512,\n      sha256:eca6f14daa0632269cb2a9c27db0fdd934b2b434),\n      trusted through --key\n      keys/release.pub\n",
        new TerminalLook(30, HasColour: false).Shown(Report));

    [Fact]
    public void The_verdict_alone_has_a_colour()
    {
        TerminalLook look = new(Width: null, HasColour: true);
        Assert.Equal("\u001b[1;32mTRUSTED\u001b[0m" + Report[7..], look.Shown(Report));
        Assert.Equal("\u001b[1;31mNOT TRUSTED\u001b[0m: TRUSTED: a\n", look.Shown("NOT TRUSTED: TRUSTED: a\n"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("NO_COLOR=", true)]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    public void A_terminal_shows_colour_unless_it_must_not(string variable, bool isColoured)
    {
        Execution.Needs("script");
        string line = $"{variable} {string.Join(' ', Client.Command)} verify export/tool-1.4.0.tar.gz --key keys/release.pub";
        Execution run = Execution.Of(["env", "-u", "NO_COLOR", "TERM=xterm", "script", "-qec", line, "/dev/null"], Repository.Path("tests", "demo"));
        Assert.True(run.ExitCode == 0 && run.Stdout.Contains("\u001b[1;32mTRUSTED\u001b[0m", StringComparison.Ordinal) == isColoured, run.Everything);
    }

    private const string Report = "TRUSTED: a.txt\n  signed by   release.pub (ED25519_SHA_512, sha256:eca6f14daa0632269cb2a9c27db0fdd934b2b434), trusted through --key keys/release.pub\n";
}

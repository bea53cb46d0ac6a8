using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Tests;

/// <summary>The program that docs/library.md shows, which sees of the library what a stranger sees.</summary>
public sealed class LibraryExampleTests
{
    private static Execution Ask(string file, string signature, string key) => Execution.Of(
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Example.dll"), Repository.Path("tests/demo/export/" + file), Repository.Path("tests/demo/export/" + signature), Repository.Path("tests/demo/keys/" + key)]);

    [Fact]
    public void A_genuine_file_is_trusted()
    {
        Execution answer = Ask("tool-1.4.0.tar.gz", "tool-1.4.0.tar.gz.minisig", "release.pub");
        Assert.Equal((0, "trusted\nsigned by release.pub, sha256:eca6f14daa0632269cb2a9c27db0fdd934b2b434086420ec1c7c36e19398a522\n"), (answer.ExitCode, answer.Stdout.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Another_file_is_refused_with_its_reason()
    {
        Execution answer = Ask("settings.conf", "tool-1.4.0.tar.gz.minisig", "release.pub");
        Assert.Equal((1, "not trusted\nsignature.mismatch: the signature does not fit the artefact and the key\n"), (answer.ExitCode, answer.Stdout.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void The_page_shows_the_program()
    {
        string page = File.ReadAllText(Repository.Path("docs/library.md")).ReplaceLineEndings("\n");
        string shown = Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains(shown, File.ReadAllText(Repository.Path("tests/OfflineKit.Example/Program.cs")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_every_public_type()
    {
        string page = File.ReadAllText(Repository.Path("docs/library.md"));
        Assert.Empty(typeof(Verifier).Assembly.GetExportedTypes().Select(type => type.Name).Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal) && !page.Contains($"`{name}.", StringComparison.Ordinal)));
    }
}

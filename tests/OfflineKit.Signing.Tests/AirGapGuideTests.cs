using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>docs/air-gap.md is a transcript: every command on it is run, in order, and says what the page says.</summary>
public sealed class AirGapGuideTests : IDisposable
{
    private const string OfOthers = "9. Carry what others publish";
    private const int AboutOthers = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Every_command_of_the_guide_says_what_the_guide_says()
    {
        Guide guide = Open();
        int count = guide.Replay(_folder, [.. guide.Sections.Where(section => section != OfOthers)]);
        Assert.Equal(guide.Count - AboutOthers, count);
    }

    [SharedFact("corpora")]
    [UnsupportedOSPlatform("windows")]
    public void Every_command_about_the_repository_of_others_says_what_the_guide_says()
    {
        Guide guide = Open();
        string corpus = Repository.SharedFolder(Path.Combine("corpora", "trust-roots"));
        using (FileStream file = File.OpenRead(Path.Combine(corpus, "production.tar.gz")))
        using (GZipStream plain = new(file, CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(plain, _folder, overwriteFiles: false);
        }

        Directory.Move(Path.Combine(_folder, "production"), Path.Combine(_folder, "root-signing"));
        Assert.Equal(AboutOthers, guide.Replay(_folder, OfOthers));
    }

    [UnsupportedOSPlatform("windows")]
    private Guide Open()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the guide is written for a Unix shell");
        Execution.Needs("openssl");
        Execution.Needs("sha256sum");
        Guide.Shim(_folder, "offlinekit", Client.Command);
        Guide.Shim(_folder, "offlinekit-sign", ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")]);
        return new Guide(Repository.Path("docs", "air-gap.md"));
    }
}

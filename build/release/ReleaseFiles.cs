using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OfflineKit.Release;

/// <summary>The files of a release, each made of the sources alone.</summary>
internal sealed class ReleaseFiles(ReleaseSources sources)
{
    private static readonly (string Shell, string Folder, Func<string, string> Name)[] Completions =
    [
        ("bash", "usr/share/bash-completion/completions", program => program),
        ("zsh", "usr/share/zsh/vendor-completions", program => "_" + program),
        ("fish", "usr/share/fish/vendor_completions.d", program => program + ".fish"),
    ];

    private readonly ImmutableArray<ReleaseEntry> _texts = [.. Texts(sources)];

    /// <summary>The archives of <paramref name="platform"/>.</summary>
    public IEnumerable<ReleaseEntry> Archived(Platform platform)
    {
        string name = $"offlinekit-{sources.Version}-{platform.Rid}";
        ImmutableArray<ReleaseEntry> entries = [.. Programs(platform, name).Concat(_texts.Select(text => text with { Name = $"{name}/{text.Name}" }))];
        yield return new ReleaseEntry(name + ".tar.gz", Archives.TarGz(entries), IsProgram: false);
        yield return new ReleaseEntry(name + ".zip", Archives.Zip(entries), IsProgram: false);
    }

    /// <summary>The packages of Debian for <paramref name="architecture"/>.</summary>
    public IEnumerable<ReleaseEntry> Debian(Platform platform, string architecture)
    {
        yield return DebianKit(platform, architecture);
        if (File.Exists(sources.At("artifacts", platform.Rid, Platform.Signer)))
        {
            yield return DebianSigner(platform, architecture);
        }
    }

    private ReleaseEntry DebianKit(Platform platform, string architecture)
    {
        DebianPackage package = new(DebianDescription.Kit, sources.Version, architecture,
        [
            .. Platform.Programs.Select(program => ReleaseEntry.Of($"usr/bin/{program.Program}", sources.At("artifacts", platform.Rid, program.Program), isProgram: true)),
            // cosign finds its plugins by this name.
            ReleaseEntry.Link("usr/bin/sigstore-kms-offlinekit", "offlinekit-sign"),
            .. Platform.Programs.SelectMany(program => Installed(program.Program)),
            .. Documents(DebianDescription.Kit),
        ]);
        return new ReleaseEntry(package.FileName, package.ToBytes(), IsProgram: false);
    }

    // The service loads SQLite from the folder that it lies in.
    private ReleaseEntry DebianSigner(Platform platform, string architecture)
    {
        const string Folder = "usr/lib/offlinekit-signer/";
        DebianPackage package = new(DebianDescription.Signer, sources.Version, architecture,
        [
            ReleaseEntry.Of(Folder + Platform.Signer, sources.At("artifacts", platform.Rid, Platform.Signer), isProgram: true),
            ReleaseEntry.Of(Folder + "libe_sqlite3.so", sources.At("artifacts", platform.Rid, "libe_sqlite3.so"), isProgram: false),
            ReleaseEntry.Link("usr/bin/" + Platform.Signer, "../lib/offlinekit-signer/" + Platform.Signer),
            ReleaseEntry.Text("usr/lib/systemd/system/offlinekit-signer.service", File.ReadAllText(sources.At("docs", "signer", "offlinekit-signer.service")).Replace("/usr/local/bin/", "/usr/bin/", StringComparison.Ordinal)),
            .. Installed(Platform.Signer),
            .. Documents(DebianDescription.Signer),
        ]);
        return new ReleaseEntry(package.FileName, package.ToBytes(), IsProgram: false);
    }

    private IEnumerable<ReleaseEntry> Documents(DebianDescription about)
    {
        string folder = $"usr/share/doc/{about.Name}/";
        yield return ReleaseEntry.Text(folder + "copyright", File.ReadAllText(sources.At("LICENSE")) + "\n" + File.ReadAllText(sources.At("THIRD-PARTY-NOTICES.md")));
        yield return new ReleaseEntry(folder + "changelog.gz", DebianPackage.Gzip(File.ReadAllText(sources.At("CHANGELOG.md"))), IsProgram: false);
    }

    /// <summary>The bills of materials of <paramref name="platform"/>.</summary>
    public IEnumerable<ReleaseEntry> Bills(Platform platform) => sources.ProgramsOf(platform).Select(program => ReleaseEntry.Text(
        $"{program.Program}-{sources.Version}-{platform.Rid}.cdx.json",
        SoftwareBill.Of(program.Program, sources.Version, platform.Rid, File.ReadAllBytes(sources.At("artifacts", platform.Rid, platform.FileOf(program.Program))), sources.Components(program.Project, platform))));

    /// <summary>The package of the core library.</summary>
    public ReleaseEntry Library()
    {
        string built = sources.At("artifacts", "library");
        JsonObject packages = JsonNode.Parse(File.ReadAllText(sources.At("src", "OfflineKit", "packages.lock.json")))!["dependencies"]!["net10.0"]!.AsObject();
        IEnumerable<(string, string)> needed = packages.Where(package => (string?)package.Value!["type"] == "Direct" && Component.IsShipped(package.Key))
            .Select(package => (package.Key, (string)package.Value!["resolved"]!));
        return new ReleaseEntry($"nuget/OfflineKit.{sources.Version}.nupkg", LibraryPackage.Of(sources.Version, needed,
        [
            ReleaseEntry.Of("lib/net10.0/OfflineKit.dll", Path.Combine(built, "OfflineKit.dll"), isProgram: false),
            ReleaseEntry.Of("lib/net10.0/OfflineKit.xml", Path.Combine(built, "OfflineKit.xml"), isProgram: false),
            ReleaseEntry.Of("README.md", sources.At("docs", "library.md"), isProgram: false),
            ReleaseEntry.Of("LICENSE", sources.At("LICENSE"), isProgram: false),
        ]), IsProgram: false);
    }

    private IEnumerable<ReleaseEntry> Programs(Platform platform, string folder) => sources.Published(platform)
        .Select(file => ReleaseEntry.Of($"{folder}/{file.Name}", file.Path, isProgram: Path.GetFileNameWithoutExtension(file.Name).StartsWith("offlinekit", StringComparison.Ordinal)));

    private IEnumerable<ReleaseEntry> Installed(string program)
    {
        yield return new ReleaseEntry($"usr/share/man/man1/{program}.1.gz", DebianPackage.Gzip(sources.Said(program, "manual")), IsProgram: false);
        foreach ((string shell, string folder, Func<string, string> name) in Completions)
        {
            yield return ReleaseEntry.Text($"{folder}/{name(program)}", sources.Said(program, "completion", shell));
        }
    }

    private static IEnumerable<ReleaseEntry> Texts(ReleaseSources sources)
    {
        foreach (string file in (string[])["LICENSE", "THIRD-PARTY-NOTICES.md", "CHANGELOG.md", "README.md"])
        {
            yield return ReleaseEntry.Of(file, sources.At(file), isProgram: false);
        }

        foreach ((string program, _) in Platform.Programs)
        {
            yield return ReleaseEntry.Text($"man/{program}.1", sources.Said(program, "manual"));
            foreach (string shell in (string[])["bash", "zsh", "fish", "pwsh"])
            {
                yield return ReleaseEntry.Text($"completions/{program}.{shell}", sources.Said(program, "completion", shell));
            }
        }
    }
}

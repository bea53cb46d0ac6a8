using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Release.Tests;

/// <summary>The release that the build assembled of what it published, and a copy of it that was signed by keys of this run.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class AssembledRelease : IDisposable
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("offlinekit-release-");
    private readonly Lazy<string> _kit;

    private readonly Lazy<string> _keys;

    public AssembledRelease() => (_kit, _keys) = (new Lazy<string>(SignCopy), new Lazy<string>(MakeKeys));

    /// <summary>The version that the sources state.</summary>
    public static string Version { get; } = Prefix().Match(File.ReadAllText(Repository.Path("Directory.Build.props"))).Value;

    /// <summary>The folder of the release. Without one the test that asks is skipped.</summary>
    public static string Folder
    {
        get
        {
            string folder = Repository.Path("artifacts", "release", $"offlinekit-{Version}");
            Assert.SkipUnless(Directory.Exists(folder), "no release was assembled: ./build.sh assembleRelease");
            return folder;
        }
    }

    /// <summary>The published programs.</summary>
    public static string Programs => Repository.Path("artifacts", "linux-x64");

    /// <summary>A folder of this run.</summary>
    public string Work => _work.FullName;

    /// <summary>The signed kit, which must not be changed: <see cref="Copy"/> it.</summary>
    public string Kit => _kit.Value;

    /// <summary>The public half of the key that signed.</summary>
    public string PublicKey => Path.Combine(Work, "key.pub");

    /// <summary>The public half of the minisign key.</summary>
    public string MinisignKey => Path.Combine(Work, "minisign.pub");

    /// <summary>A copy of the kit under <paramref name="name"/>, its files linked where nobody changes them.</summary>
    public string Copy(string name)
    {
        string copy = Path.Combine(Work, name);
        Must("cp", "-al", Kit, copy);
        return copy;
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static string Must(params string[] command)
    {
        Execution run = Execution.Of(command, seconds: 300);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Stdout;
    }

    public void Dispose() => _work.Delete(recursive: true);

    /// <summary>Signs the assembled release in <paramref name="folder"/>, which it changes, by the keys of this run.</summary>
    /// <returns>The kit.</returns>
    public string Sign(string folder, string version, string name)
    {
        string kit = Path.Combine(Work, name);
        Must("sh", Repository.Path("build", "release", "sign.sh"), Programs, folder, version, "2026-11-30T00:00:00Z", _keys.Value, Path.Combine(Work, "minisign.key"), kit);
        return kit;
    }

    private string SignCopy()
    {
        string copy = Path.Combine(Work, "release");
        Must("cp", "-r", Folder, copy);
        return Sign(copy, Version, "kit");
    }

    private string MakeKeys()
    {
        string key = Path.Combine(Work, "key.pem");
        Must("openssl", "genpkey", "-algorithm", "ed25519", "-out", key);
        Must("openssl", "pkey", "-in", key, "-pubout", "-out", PublicKey);
        Must(Path.Combine(Programs, "offlinekit-sign"), "keygen", "-W", "-s", Path.Combine(Work, "minisign.key"), "-p", MinisignKey);
        return key;
    }

    [GeneratedRegex("(?<=VersionPrefix.)[0-9.]+")]
    private static partial Regex Prefix();
}

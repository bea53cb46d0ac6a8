using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Trust.Tuf;

/// <summary>The TUF repositories that Sigstore and GitHub really publish, walked from their first root.</summary>
public sealed class RealHistories
{
    private static readonly DateTimeOffset Retrieved = new(2026, 8, 22, 0, 0, 0, TimeSpan.Zero);

    [SharedTheory("corpora")]
    [InlineData("production", 15, "6494e21ea73fa7ee769f85f57d5a3e6a08725eae1e38c755fc3517c9e6bc0b66")]
    [InlineData("staging", 14, "44deb991d4bbf2150751ccee235d9810bce4434383c26d8898c1bcadbace6ed8")]
    public void Sigstore_walks_from_its_first_root_to_the_newest(string name, int newest, string trustedRoot)
    {
        using Unpacked corpus = Unpacked.Of(name);
        RootMetadata first = new TufLayout(corpus.Files).Root(1)!;
        Result<TufRepository> opened = TufClient.Open(corpus.Files, first.Fingerprint, Retrieved, ExpiryRule.Refuse);
        Assert.Null(opened.Finding);
        TufRepository repository = opened.Value!;
        Assert.Equal(newest, repository.Roots.Length);
        Assert.Equal(newest, repository.Root.Version);
        Assert.Equal(["targets", "registry.npmjs.org"], repository.TargetsRoles.Select(role => role.Key));
        ReadOnlyMemory<byte> root = repository.Find("trusted_root.json")!.Value;
        Assert.Equal(trustedRoot, OfflineKit.Crypto.Digest.Sha256(root.Span).Hex);
        Assert.NotNull(repository.Find("registry.npmjs.org/keys.json"));
    }

    [SharedFact("corpora")]
    public void Sigstore_is_expired_a_week_later_and_still_opens_as_aged()
    {
        using Unpacked corpus = Unpacked.Of("production");
        string pin = new TufLayout(corpus.Files).Root(15)!.Fingerprint;
        Assert.Equal("73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8", pin);
        Assert.Equal("tuf.expired", TufClient.Open(corpus.Files, pin, Retrieved.AddDays(8), ExpiryRule.Refuse).Finding?.Reason.Code);
        Assert.Null(TufClient.Open(corpus.Files, pin, Retrieved.AddDays(8), ExpiryRule.Report).Finding);
    }

    [SharedFact("corpora")]
    public void GitHubs_root_is_signed_by_three_of_its_keys()
    {
        string path = Path.Combine(Unpacked.Corpus(), "github-tuf-root.json");
        RootMetadata root = RootMetadata.Parse("root.json", File.ReadAllBytes(path));
        root.Require("root", root.File);
        Assert.Equal((3L, 3, 8), (root.Version, root.Roles["root"].Threshold, root.Roles["root"].Keys.Length));
        Assert.Equal(6, root.File.Signatures.Length);
    }
}

/// <summary>A corpus archive, unpacked to a folder that is deleted afterwards.</summary>
internal sealed class Unpacked : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-tuf-").FullName;

    public FolderFiles Files { get; private init; } = null!;

    public string Folder { get; private init; } = "";

    public static string Corpus()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "corpora", "trust-roots");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip("../shared/corpora/trust-roots is absent");
        return "";
    }

    public static Unpacked Of(string name)
    {
        Unpacked unpacked = new();
        using FileStream file = File.OpenRead(Path.Combine(Corpus(), name + ".tar.gz"));
        using System.IO.Compression.GZipStream plain = new(file, System.IO.Compression.CompressionMode.Decompress);
        System.Formats.Tar.TarFile.ExtractToDirectory(plain, unpacked._folder, overwriteFiles: false);
        string folder = Path.Combine(unpacked._folder, name);
        return new Unpacked(unpacked._folder) { Folder = folder, Files = FolderFiles.Open(folder).Value! };
    }

    private Unpacked()
    {
    }

    private Unpacked(string folder) => _folder = folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

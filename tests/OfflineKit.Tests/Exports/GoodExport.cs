using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Exports;

/// <summary>The files of a good export among the vectors, and the verdict on files of that kind. Everything that can be evaluated is: log key, shared secret, mirror signatures.</summary>
internal sealed class GoodExport
{
    private static readonly string Vectors = Repository.Path("tests", "vectors", "exports");

    private GoodExport(string vector, ImmutableSortedDictionary<string, byte[]> files) => (Vector, Files) = (vector, files);

    /// <summary>The vector's name.</summary>
    public string Vector { get; }

    /// <summary>Its files by path.</summary>
    public ImmutableSortedDictionary<string, byte[]> Files { get; }

    /// <summary>The good export of the vector called <paramref name="vector"/>.</summary>
    public static GoodExport Of(string vector)
    {
        string folder = Path.Combine(Vectors, vector, "e");
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                files.Add(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file));
            }

            return new GoodExport(vector, files.ToImmutable());
        }

        byte[] archive = File.ReadAllBytes(Assert.Single(Directory.EnumerateFiles(Path.Combine(Vectors, vector), "e.*")));
        using GzipMember member = new(new MemoryStream(archive), archive.Length, ExportLimits.Archive);
        TarReader tar = new(member, ExportLimits.Archive);
        while (tar.Next() is { } entry)
        {
            files.Add(entry.Name, tar.ReadAll());
        }

        return new GoodExport(vector, files.ToImmutable());
    }

    /// <summary>The verdict on <paramref name="files"/>, listed as a folder is.</summary>
    public static ExportVerdict Judge(IEnumerable<KeyValuePair<string, byte[]>> files) => Judge(Listed(files));

    /// <summary><paramref name="files"/>, listed as a folder is.</summary>
    public static Result<ExportInventory> Listed(IEnumerable<KeyValuePair<string, byte[]>> files) => Result.Parse(ArchiveReasons.Malformed, () =>
    {
        EntryHasher hasher = new(new ControlBudget(), EntryReading.Usual);
        EntryNames names = new();
        InventoryEntry[] entries = [.. files.Select(file => hasher.Read(names.AddFile(file.Key), new MemoryContent(file.Value)))];
        return new ExportInventory("e", ExportContainer.Folder, entries);
    });

    /// <summary>The verdict on what was listed.</summary>
    public static ExportVerdict Judge(Result<ExportInventory> listed) => listed.Value is not { } inventory
        ? new ExportVerdict(Verdict.Refused("export", listed.Finding!), "", Version: null)
        : ExportVerifier.Verify(new ExportRequest(inventory, Context.Value, SignaturePolicy.AnyPinnedSigner)
        {
            Mirror = MirrorRule.AcceptPayloadText,
            Unlisted = HoldsTheNamesOfADevPortal(inventory) ? UnlistedRule.Note : UnlistedRule.Refuse,
            LogKeys = Answers(inventory, Demand.LogKey) ? [Key("bob.pem").Under(SignatureScheme.Ed25519)!] : [],
            Secret = Answers(inventory, Demand.Secret) ? Secret.Value : null,
        });

    // Nothing signs the script of a developer portal, so such an export is trusted only where unlisted files are allowed: here, that one and no other.
    private static bool HoldsTheNamesOfADevPortal(ExportInventory inventory) => inventory.Find("verify-offline.sh") is not null && inventory.Count == DevPortal.Value.Files.Keys.Count(name => inventory.Find(name) is not null);

    private static readonly Lazy<GoodExport> DevPortal = new(() => Of("devportal-good"));

    // What a layout cannot answer is refused, so it is not demanded of it.
    private static bool Answers(ExportInventory inventory, Demand demand) =>
        (ExportLayouts.Recognise(inventory).Value ?? (inventory.Unwrapped() is { } inside ? ExportLayouts.Recognise(inside).Value : null))?.Answers.Contains(demand) == true;

    private static readonly Lazy<VerificationContext> Context = new(() => new VerificationContext(
        new TrustStore { Keys = [Key("alice.pem"), Key("alice.minisign.pub"), Key("dora.pem"), Key("grace.pem")] }, new Expectations { AllowBareSignature = true }, StatedTime: null));

    private static readonly Lazy<SharedSecret> Secret = new(() => SharedSecret.FromHex(File.ReadAllText(Path.Combine(Vectors, "devportal-hmac", "secret.hex")), "secret"));

    private static TrustedKey Key(string name) => KeyFile.Parse(File.ReadAllBytes(Path.Combine(Vectors, "_keys", name)), name, "test");

    private sealed class MemoryContent(byte[] content) : EntryContent
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, content.Length - _position);
            content.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}

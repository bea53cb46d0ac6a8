using System.Security.Cryptography;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>What ships as trust is exactly what trust.json says.</summary>
public sealed class TrustRootTests
{
    [Fact]
    public void Every_file_has_the_hash_that_the_manifest_states_and_is_part_of_the_program()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("trust-roots", "trust.json")));
        foreach (JsonElement root in manifest.RootElement.GetProperty("roots").EnumerateArray())
        {
            string file = root.GetProperty("file").GetString()!;
            Assert.Equal(root.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.Path("trust-roots", file)))));
            Assert.Equal(File.ReadAllBytes(Repository.Path("trust-roots", file)), Embedded(file));
        }
    }

    [Fact]
    public void Every_file_of_trust_roots_is_in_the_manifest()
    {
        string manifest = File.ReadAllText(Repository.Path("trust-roots", "trust.json"));
        Sources.AssertNone(Directory.EnumerateFiles(Repository.Path("trust-roots"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Path("trust-roots"), file))
            .Where(file => file != "trust.json" && !file.EndsWith(".md", StringComparison.Ordinal) && !manifest.Contains($"\"{file}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_root_opens_and_has_its_fingerprint()
    {
        foreach (Trust.TrustRoot root in BundledTrust.ReadManifest().Roots)
        {
            Assert.NotNull(BundledTrust.Open(root));
        }
    }

    private static byte[] Embedded(string file)
    {
        using Stream stream = typeof(Verifier).Assembly.GetManifestResourceStream("trust-roots/" + file) ?? throw new InvalidOperationException($"{file} is not embedded");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

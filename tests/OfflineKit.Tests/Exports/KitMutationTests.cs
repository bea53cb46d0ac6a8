using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Exports;

/// <summary>A kit as <c>export pack</c> makes it, with certificates and a Sigstore bundle, changed in every part, and judged by an authority alone or by a key alone.</summary>
public sealed class KitMutationTests
{
    private static readonly string Vectors = Repository.Path("tests", "vectors", "kits");
    private static readonly Dictionary<string, byte[]> Kit = Directory.EnumerateFiles(Path.Combine(Vectors, "certificates-good", "e"), "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Path.Combine(Vectors, "certificates-good", "e"), file).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);

    private static readonly Dictionary<string, TrustStore> Stores = new(StringComparer.Ordinal)
    {
        ["authority"] = TrustStore.Empty.WithAuthority(TrustedAuthority.Parse(File.ReadAllBytes(Path.Combine(Vectors, "_keys", "authority.crt")), "test")),
        ["key"] = new TrustStore { Keys = [KeyFile.Parse(File.ReadAllBytes(Path.Combine(Vectors, "_keys", "packer.pem")), "packer.pem", "test")] },
    };

    [Theory]
    [InlineData("authority")]
    [InlineData("key")]
    public void No_changed_kit_stays_trusted(string trust)
    {
        Assert.True(IsTrusted(Kit, trust));
        ConcurrentBag<string> survivors = [];
        Parallel.ForEach(Kit.Keys.SelectMany(Changes), change =>
        {
            if (IsTrusted(change.Files, trust) && !IsAllowed(change.Path, change.Files))
            {
                survivors.Add($"{change.Path}: {change.What}");
            }
        });
        Assert.Equal("", string.Join('\n', survivors.Order(StringComparer.Ordinal).Take(20)));
    }

    private static bool IsTrusted(IEnumerable<KeyValuePair<string, byte[]>> files, string trust) => GoodExport.Listed(files).Value is { } inventory
        && ExportVerifier.Verify(new ExportRequest(
            inventory,
            new VerificationContext(Stores[trust], new Expectations { DemandedSigner = DemandedSigner.Key }, new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero)),
            SignaturePolicy.AnyPinnedSigner)).Verdict.IsTrusted;

    private static IEnumerable<(string Path, string What, Dictionary<string, byte[]> Files)> Changes(string path)
    {
        foreach ((string what, byte[] changed) in Mutation.Of(Kit[path]))
        {
            yield return (path, what, new Dictionary<string, byte[]>(Kit, StringComparer.Ordinal) { [path] = changed });
        }

        Dictionary<string, byte[]> without = new(Kit, StringComparer.Ordinal);
        without.Remove(path);
        yield return (path, "taken away", without);
        yield return (path, "renamed", new Dictionary<string, byte[]>(without, StringComparer.Ordinal) { [path + "2"] = Kit[path] });
        yield return ("more/" + path, "a copy added", new Dictionary<string, byte[]>(Kit, StringComparer.Ordinal) { ["more/" + path] = Kit[path] });
    }

    // Only what no verdict rests on: how an envelope is written and what it calls its key; the bundle as a whole, which a sender may leave out.
    private static bool IsAllowed(string path, Dictionary<string, byte[]> files) => path switch
    {
        "kit.intoto.dsse.json" => files.TryGetValue(path, out byte[]? envelope) && JsonNode.DeepEquals(WithoutKeyId(Kit[path]), WithoutKeyId(envelope)),
        "kit.sigstore.json" => !files.TryGetValue(path, out byte[]? bundle) ? !files.ContainsKey(path + "2") : JsonNode.DeepEquals(WithoutHint(Kit[path]), WithoutHint(bundle)),
        _ => false,
    };

    private static JsonNode? WithoutKeyId(byte[] envelope)
    {
        JsonNode json = JsonNode.Parse(envelope)!;
        foreach (JsonNode? signature in json["signatures"]!.AsArray())
        {
            // A member of another name is one that nobody reads.
            signature!.AsObject().Where(member => member.Key != "sig").Select(member => member.Key).ToList().ForEach(name => signature.AsObject().Remove(name));
        }

        return json;
    }

    private static JsonNode? WithoutHint(byte[] bundle)
    {
        JsonNode json = JsonNode.Parse(bundle)!;
        json["verificationMaterial"]!["publicKey"]!.AsObject().Remove("hint");
        return json;
    }
}

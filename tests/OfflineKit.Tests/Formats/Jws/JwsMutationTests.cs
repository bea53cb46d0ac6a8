using System.Text.Json.Nodes;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Tests.Exports;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Jws;

/// <summary>Every form of a JWS, changed in every byte, and the file that a detached one signs.</summary>
public sealed class JwsMutationTests
{
    private static readonly string Vectors = Repository.Path("tests", "vectors", "jws");

    [Theory]
    [InlineData("token", "a.jwt", null)]
    [InlineData("token-ml-dsa", "a.jwt", null)]
    [InlineData("general", "a.jwt", null)]
    [InlineData("detached-es256", "a.txt.jws", "a.txt")]
    [InlineData("detached-unencoded", "a.txt.jws", "a.txt")]
    [InlineData("detached-flattened", "a.txt.jws.json", "a.txt")]
    [InlineData("carried-unencoded", "a.txt.jws.json", "a.txt")]
    public void No_changed_jws_stays_trusted(string vector, string jws, string? file)
    {
        byte[] good = File.ReadAllBytes(Path.Combine(Vectors, vector, jws));
        byte[]? content = file is null ? null : File.ReadAllBytes(Path.Combine(Vectors, vector, file));
        string key = vector == "token-ml-dsa" ? "ml" : "p256";
        Assert.True(IsTrusted(good, content, key));
        List<string> survivors = [.. Mutation.Of(good).Where(change => IsTrusted(change.Changed, content, key) && !SaysTheSame(good, change.Changed)).Select(change => change.What)];
        if (content is not null)
        {
            survivors.AddRange(Mutation.Of(content).Where(change => IsTrusted(good, change.Changed, key)).Select(change => $"the file: {change.What}"));
        }

        Assert.Equal("", string.Join('\n', survivors));
    }

    // A line end, blanks between the members of JSON, members that nothing reads, another signature: payload, protected header and value are the same. One without its payload signs the file that is named.
    private static bool SaysTheSame(byte[] good, byte[] changed) => good[0] == (byte)'{'
        ? JsonNode.Parse(good) is JsonObject was && JsonNode.Parse(changed) is JsonObject now && (now["payload"] is null || JsonNode.DeepEquals(was["payload"], now["payload"])) && JsonNode.DeepEquals(Signed(was), Signed(now))
        : changed.AsSpan().TrimEnd("\n"u8).SequenceEqual(good.AsSpan().TrimEnd("\n"u8));

    private static JsonObject? Signed(JsonObject json) => json["signatures"] is JsonArray several
        ? several.OfType<JsonObject>().Select(Core).SingleOrDefault(core => core["protected"]?.GetValue<string>() == "eyJhbGciOiJFUzI1NiJ9")
        : Core(json);

    private static JsonObject Core(JsonObject json) => new() { ["protected"] = json["protected"]?.DeepClone(), ["signature"] = json["signature"]?.DeepClone() };

    private static bool IsTrusted(byte[] jws, byte[]? content, string key)
    {
        TrustStore store = new() { Keys = [KeyFile.Parse(File.ReadAllBytes(Path.Combine(Vectors, "_keys", key + ".pem")), key, "test")] };
        Artifact? artifact = content is null ? null : Artifact.FromBytes("a.txt", content);
        return Verifier.Verify(new VerificationRequest(
            artifact, jws, new VerificationContext(store, Expectations.None, new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero)), SignaturePolicy.AnyPinnedSigner)).IsTrusted;
    }
}

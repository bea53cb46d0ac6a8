using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Formats;

/// <summary>Where a policy signature goes, which decides its layout.</summary>
internal enum SentinelLayout
{
    /// <summary>A file: indented by two spaces, no final line feed, mode 0600.</summary>
    File,

    /// <summary>Standard output: the same and one line feed.</summary>
    StandardOutput,

    /// <summary>The value of a parameter: one line, nothing after it.</summary>
    Parameter,
}

/// <summary>Writes Sentinel's policy signatures, byte for byte as <c>sentinel policy sign</c> does.</summary>
/// <param name="layout">The layout.</param>
/// <param name="keyId">What <c>metadata.key_id</c> says: what the user typed; a hint that nothing covers.</param>
/// <remarks>Source: docs/spec/sentinel.md §1. The policy's digest is signed, so policies of any size can be.</remarks>
internal sealed class SentinelSignature(SentinelLayout layout, string keyId) : SignatureFormat
{
    /// <summary>A policy that Sentinel's validator would refuse is not signed; otherwise its faults are remarks.</summary>
    public bool RefusesInvalidPolicies { get; init; }

    /// <inheritdoc/>
    public override string Name => "sentinel";

    /// <inheritdoc/>
    public override string Suffix => ".sig.json";

    /// <inheritdoc/>
    public override SignatureScheme? SchemeForRsa => SignatureScheme.RsaPssSha256;

    /// <inheritdoc/>
    public override OutputShape Shape => new(OutputKinds.Signature(Name)) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) =>
        new([.. new[] { DigestAlgorithm.Sha256, key.Scheme.Digest ?? DigestAlgorithm.Sha256 }.Distinct()], Content: true);

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        if (RefusesInvalidPolicies && Remarks(subject) is [{ } first, ..])
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{subject.Name}: {first}");
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Remarks(Artifact subject) => SentinelPolicy.Faults(subject.Content!.Value.Span);

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        $"{key.PublicKey.Scheme.Label} by {key.Reference} over {subject.Digest(DigestAlgorithm.Sha256)}, key_id {keyId}, signed_at {GoTime(signedAt)}";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        VerifiedSignature signature = await key.SignSubjectAsync(subject, cancellation).ConfigureAwait(false);
        (string Name, string Value)[] metadata =
        [
            ("key_id", keyId),
            ("algorithm", key.PublicKey.Scheme.Label),
            ("signed_at", GoTime(signedAt)),
            ("policy_hash", subject.Digest(DigestAlgorithm.Sha256)!.Hex),
        ];
        string value = System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(SignatureEncoding.Stored(signature)));
        return new SignedOutput(Utf8Text.Encode(layout == SentinelLayout.Parameter ? Compact(value, metadata) : Indented(value, metadata)), signature.RequestId);
    }

    /// <summary>A time as Go's RFC3339Nano writes it: UTC, as many fraction digits as are not zero.</summary>
    internal static string GoTime(DateTimeOffset time) => UtcText.Exact(time);

    private static string Compact(string value, (string Name, string Value)[] metadata) =>
        $"{{\"signature\":{Text(value)},\"metadata\":{{{string.Join(',', metadata.Select(member => $"\"{member.Name}\":{Text(member.Value)}"))}}}}}";

    private string Indented(string value, (string Name, string Value)[] metadata) =>
        $"{{\n  \"signature\": {Text(value)},\n  \"metadata\": {{\n"
        + string.Join(",\n", metadata.Select(member => $"    \"{member.Name}\": {Text(member.Value)}"))
        + $"\n  }}\n}}{(layout == SentinelLayout.StandardOutput ? "\n" : "")}";

    private static string Text(string text) => System.Text.Encoding.UTF8.GetString(GoJson.String(text));
}

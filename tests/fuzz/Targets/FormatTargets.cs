using System.Collections.Immutable;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Fuzz.Targets;

/// <summary>Every signature format: what it is read into, and the verdict on it.</summary>
internal static class FormatTargets
{
    private static readonly Expectations Free = new() { AllowBareSignature = true, AllowLegacyMinisign = true, AllowLegacyDossierBody = true, AllowPromiseOnly = true, AllowTimestampOnly = true, Namespace = "file" };

    /// <summary>One for each format, and one for whatever is recognised.</summary>
    public static ImmutableArray<Target> All { get; } = [.. KnownFormats.All.Select(format => new Target($"format-{format.Name}", content => Read(format, content))), new("verify", content => Judge(content, format: null))];

    private static void Read(Format format, byte[] content)
    {
        Envelope envelope = format.Read(content, Free);
        _ = envelope.Claims.Length;
        Judge(content, format);
    }

    // By keys that are trusted for everything, so that the way goes on beyond the parser.
    private static void Judge(byte[] content, Format? format)
    {
        VerificationContext context = new(Trusted.Store, Free, StatedTime: new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
        using Artifact artifact = Artifact.FromBytes("artifact", Trusted.Artifact);
        Verdict verdict = Verifier.Verify(new VerificationRequest(format?.IsSelfContained == true ? null : artifact, content, context, SignaturePolicy.AnyPinnedSigner) { Format = format });
        _ = verdict.IsTrusted;
    }
}

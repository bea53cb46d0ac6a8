using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Host.Requests;
using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a Sigstore bundle and the artefact that it signs.</summary>
internal static class BundleAnswer
{
    private const string DigestPrefix = "sha256:";
    private const int DigestDigits = 64;

    /// <summary><paramref name="subject"/>, which is a digest exactly when its name looks like one and no file is called so.</summary>
    public static Subject Named(Subject subject)
    {
        string name = subject.Name;
        bool isDigest = subject.Content is null && name.StartsWith(DigestPrefix, StringComparison.Ordinal) && name.Length == DigestPrefix.Length + DigestDigits
            && name.Skip(DigestPrefix.Length).All(char.IsAsciiHexDigit) && FileStatus.IsAbsent(name);
        return isDigest ? subject with { Digest = Digest.FromHex(DigestAlgorithm.Sha256, name[DigestPrefix.Length..].ToLowerInvariant(), "digest") } : subject;
    }

    /// <summary>The report on <paramref name="subject"/>, whose signature is the bundle.</summary>
    /// <exception cref="UsageException">No signer is named.</exception>
    public static Report Of(Resolution trust, Subject subject, DateTimeOffset time)
    {
        ReadOnlyMemory<byte> bundle = subject.Read(subject.Signature!, Limits.SignatureFile, "bundle");
        using Artifact artifact = subject.Open();
        Verdict verdict = trust.Objection(time) is { } refusal
            ? Verdict.Refused("sigstore", refusal)
            : Verifier.Verify(new VerificationRequest(artifact, bundle, trust.Value!.Context(time), trust.Value.All(time)) { Format = new SigstoreFormat() });
        return new Report(subject.Name, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], subject.Signature!, verdict, trust.Roots, trust.Policies) { Notes = trust.Notes };
    }
}

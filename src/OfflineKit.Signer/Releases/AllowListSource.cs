using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Policy;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Releases;

/// <summary>A signed file of scanners that are released: <c>[{"digest","version","notAfter","approvedBy","reason"}]</c> in an envelope by a pinned key.</summary>
/// <param name="path">The file; it is read for each question, since it may be replaced.</param>
/// <param name="keys">The pinned keys.</param>
internal sealed class AllowListSource(string path, IReadOnlyList<TrustedKey> keys) : ReleaseSource
{
    /// <summary>The envelope's payload type.</summary>
    public const string PayloadType = "application/vnd.offlinekit.scanner-allow-list+json";

    /// <inheritdoc/>
    public override string Name => "allow-list";

    /// <inheritdoc/>
    public override Task<ReleaseAnswer> AskAsync(string digest, DateTimeOffset now, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> content = Read();
        Expectations expectations = new() { PayloadType = PayloadType, DemandedSigner = DemandedSigner.Key };
        VerificationContext context = new(new TrustStore { Keys = [.. keys] }, expectations, StatedTime: now);
        Verdict verdict = Verifier.Verify(new VerificationRequest(Artifact: null, content, context, SignaturePolicy.AnyPinnedSigner) { Format = KnownFormats.ByName("dsse") });
        return Task.FromResult(verdict.IsTrusted
            ? Result.Parse(Reasons.MalformedSignature, () => Entry(DsseEnvelope.Parse(content).Payload, digest, verdict, now)) is var read && read.Value is { } answer
                ? answer
                : new ReleaseAnswer.Refused($"the allow-list is malformed: {read.Finding!.Detail}")
            : new ReleaseAnswer.Refused($"the allow-list's signature does not hold: {verdict.Findings[0].Reason.Code}"));
    }

    private byte[] Read()
    {
        try
        {
            return InputFile.ReadAll(path, OfflineKit.Limits.SignatureFile, "allow-list");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UsageException or InputTooLargeException)
        {
            throw Problems.ReleaseCheckUnavailable.Because("the allow-list cannot be read").After(60);
        }
    }

    private static ReleaseAnswer Entry(ReadOnlyMemory<byte> payload, string digest, Verdict verdict, DateTimeOffset now)
    {
        List<(string Version, DateTimeOffset NotAfter)> entries = [];
        foreach (JsonValue entry in StrictJson.Parse(payload, "allow-list").Elements)
        {
            entry.RefuseOtherMembers("digest", "version", "notAfter", "approvedBy", "reason");
            _ = (entry.String("approvedBy"), entry.String("reason"));
            (string Version, DateTimeOffset NotAfter) read = (entry.String("version"), Rfc3339.Parse(entry.String("notAfter"), "allow-list notAfter"));
            if (string.Equals(SubjectList.ImageDigest(entry.String("digest")), digest, StringComparison.Ordinal))
            {
                entries.Add(read);
            }
        }

        return entries switch
        {
            [] => new ReleaseAnswer.Unknown(),
            [var only] when now >= only.NotAfter => new ReleaseAnswer.Refused($"the allow-list's entry ended at {UtcText.Seconds(only.NotAfter)}"),
            [var only] => new ReleaseAnswer.Trusted(verdict.Proof.Evidence.OfType<SignedByKey>().First().Fingerprint, CalendarVersion.In(only.Version), only.NotAfter),
            _ => new ReleaseAnswer.Refused("two entries of the allow-list claim one digest"),
        };
    }
}

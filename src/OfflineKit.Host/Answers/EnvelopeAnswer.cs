using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a DSSE envelope, and the file that it speaks of where one is given.</summary>
internal static class EnvelopeAnswer
{
    /// <summary>The report on the envelope <paramref name="path"/>; <paramref name="artifact"/> is what it must speak of, null: only its payload is authenticated.</summary>
    /// <exception cref="NobodyTrustedException">Nobody is trusted.</exception>
    public static Report Of(Resolution trust, Subject path, Subject? artifact, DateTimeOffset time)
    {
        if (trust.Finding is null && trust.Value!.Store.IsEmpty)
        {
            throw new NobodyTrustedException();
        }

        ReadOnlyMemory<byte> envelope = path.Content ?? path.Read(path.Name, Limits.SignatureFile, "envelope");
        using Artifact? opened = artifact?.Open();
        Verdict verdict = trust.Objection(time) is { } refusal
            ? Verdict.Refused("dsse", refusal)
            : Verifier.Verify(new VerificationRequest(opened, envelope, trust.Value!.Context(time), trust.Value.All(time)) { Format = new DsseFormat() });
        return new Report(
            artifact?.Name ?? path.Name,
            opened?.Size ?? envelope.Length,
            [.. (opened?.Digests ?? []).Select(digest => digest.ToString())],
            artifact is null ? "" : path.Name,
            verdict,
            trust.Roots,
            trust.Policies)
        {
            Notes = trust.Notes,
        };
    }
}

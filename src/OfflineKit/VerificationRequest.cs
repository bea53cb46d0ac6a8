namespace OfflineKit;

/// <summary>One question: is this artefact signed by somebody that this trust and this policy accept?</summary>
/// <param name="Artifact">What was signed; null when the signature file is the artefact (self-contained formats).</param>
/// <param name="Signature">The signature, envelope or signed document.</param>
/// <param name="Context">Trust, expectations and time.</param>
/// <param name="Policy">What is demanded of the evidence.</param>
public sealed record VerificationRequest(Artifact? Artifact, ReadOnlyMemory<byte> Signature, VerificationContext Context, Policy.SignaturePolicy Policy)
{
    /// <summary>The format, where the caller names it; otherwise it is recognised.</summary>
    internal Format? Format { get; init; }

    /// <summary>What a document that carries its own signature is called in the report.</summary>
    public string? DocumentName { get; init; }
}

using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>How the two halves of an ECDSA signature are written.</summary>
public enum EcdsaEncoding
{
    /// <summary>ECDSA-Sig-Value, as AWS and Google write it.</summary>
    Der,

    /// <summary>r‖s of fixed width, as Azure and JWS write it.</summary>
    FixedWidth,
}

/// <summary>How the caller names the signer of a format that knows keys and certificates.</summary>
internal enum DemandedSigner
{
    /// <summary>Not at all: whatever trust and policy allow.</summary>
    Unnamed,

    /// <summary>By a public key: a certificate in the file is refused.</summary>
    Key,

    /// <summary>By identity and issuer: a bare key in the file is refused.</summary>
    Identity,
}

/// <summary>What the caller knows from outside the file. Everything is optional; nothing here adds trust.</summary>
public sealed record Expectations
{
    /// <summary>No expectations.</summary>
    public static Expectations None { get; } = new();

    /// <summary>The algorithm label of a bare signature, in any vendor's spelling.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The encoding of a bare ECDSA signature.</summary>
    public EcdsaEncoding? EcdsaEncoding { get; init; }

    /// <summary>The artefact file holds the digest itself.</summary>
    public bool ArtifactIsDigest { get; init; }

    /// <summary>The text encoding of a bare signature: <c>raw</c>, <c>base64</c> or <c>hex</c>; null decides by the content.</summary>
    public string? SignatureText { get; init; }

    /// <summary>The caller names a key or an algorithm, so a value with nothing around it can be a signature.</summary>
    public bool AllowBareSignature { get; init; }

    /// <summary>minisign's legacy mode, whose signatures can be relabelled from the prehashed mode, is accepted.</summary>
    public bool AllowLegacyMinisign { get; init; }

    /// <summary>The historical dossier parser's body rule is accepted.</summary>
    public bool AllowLegacyDossierBody { get; init; }

    /// <summary>A log's promise to take an entry is accepted without proof that it kept it (legacy cosign bundles, v0.1 bundles).</summary>
    public bool AllowPromiseOnly { get; init; }

    /// <summary>Of a Sigstore instance whose trusted root lists no log an RFC 3161 time is enough.</summary>
    public bool AllowTimestampOnly { get; init; }

    /// <summary>The certificate (PEM) that belongs to a bare signature: a claim, never trust.</summary>
    public ReadOnlyMemory<byte>? Certificate { get; init; }

    /// <summary>Every member of a collection must be trusted, not just one.</summary>
    public bool DemandsEveryMember { get; init; }

    /// <summary>The name that an image must have been signed under.</summary>
    internal string? ImageReference { get; init; }

    /// <summary>The payload type that a DSSE envelope must have.</summary>
    public string? PayloadType { get; init; }

    /// <summary>How many distinct keys must have signed.</summary>
    public int Threshold { get; init; } = 1;

    /// <summary>How the signer is named from outside: by key, by certificate identity, or not at all.</summary>
    internal DemandedSigner DemandedSigner { get; init; }

    /// <summary>The principal of an SSH signature.</summary>
    public string? Identity { get; init; }

    /// <summary>The namespace of an SSH signature.</summary>
    public string? Namespace { get; init; }

    /// <summary>Shared secrets, with which an HMAC can be verified and nothing be trusted.</summary>
    internal ImmutableArray<Crypto.SharedSecret> Secrets { get; init; } = [];
}

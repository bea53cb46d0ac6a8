namespace OfflineKit;

/// <summary>Something that a caller demands and that narrows what is trusted. What answers none of them is refused: a demand is never passed over.</summary>
/// <remarks>Each envelope and each layout of exports declares which ones it answers. Source: docs/spec/demands.md.</remarks>
internal enum Demand
{
    /// <summary>The algorithm of a signature that does not say it itself.</summary>
    Algorithm,

    /// <summary>How an ECDSA signature is written.</summary>
    SignatureEncoding,

    /// <summary>How a bare signature file is written.</summary>
    SignatureText,

    /// <summary>The artefact file holds the digest itself.</summary>
    DigestInput,

    /// <summary>The certificate of a bare signature.</summary>
    Certificate,

    /// <summary>Every member of a collection is trusted.</summary>
    EveryMember,

    /// <summary>The name that an image was signed under.</summary>
    ImageReference,

    /// <summary>The purpose that a signature is for.</summary>
    Namespace,

    /// <summary>A shared secret under which an HMAC fits.</summary>
    Secret,

    /// <summary>An authority to which the certificates in an export lead.</summary>
    Authority,

    /// <summary>The list of an export, by its name.</summary>
    List,

    /// <summary>A transparency log that signed a receipt.</summary>
    LogKey,
}

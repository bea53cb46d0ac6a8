namespace OfflineKit;

/// <summary>Something that the mathematics proved with trusted key material. Policy looks at evidence and at nothing else.</summary>
/// <remarks>
/// Hashes without a signature, HMACs and claims are never evidence: they are <see cref="Remark"/>s.
/// All members are plain text, so that policy needs neither keys nor formats. Nobody outside this library makes any, and inside it each kind that says who signed, what is covered or when has a
/// private constructor behind one <c>Prove</c>, where the signer, the artefact or the witness is judged. Source: docs/decisions/0055-one-gate.md.
/// </remarks>
public abstract record Evidence
{
    private protected Evidence()
    {
    }
}

/// <summary>A signed statement says something of this type about the artefact.</summary>
public sealed record States : Evidence
{
    internal States(string payloadType, string predicateType) => (PayloadType, PredicateType) = (payloadType, predicateType);

    /// <summary>The authenticated payload type.</summary>
    public string PayloadType { get; }

    /// <summary>The in-toto predicate type; empty for payloads that are no statements.</summary>
    public string PredicateType { get; }
}

/// <summary>A signed part says which version of something this is.</summary>
/// <remarks>What stands in unsigned metadata is a <see cref="Claim"/>, never this. Source: docs/spec/policy-file.md.</remarks>
public sealed record StatesVersion : Evidence
{
    internal StatesVersion(string subject, string version, string source) => (Subject, Version, Source) = (subject, version, source);

    /// <summary>Of what: a package, a kit.</summary>
    public string Subject { get; }

    /// <summary>The version, as it is written there.</summary>
    public string Version { get; }

    /// <summary>Where it is written: <c>predicate</c>, <c>subject</c>, a manifest.</summary>
    public string Source { get; }
}

/// <summary>A signed list names files by digest, and every one of them was checked.</summary>
public sealed record ListsFiles : Evidence
{
    internal ListsFiles(long files, long bytes) => (Files, Bytes) = (files, bytes);

    /// <summary>How many.</summary>
    public long Files { get; }

    /// <summary>Their size together.</summary>
    public long Bytes { get; }
}

/// <summary>A comment that is covered by the signature.</summary>
public sealed record TrustedComment : Evidence
{
    internal TrustedComment(string text) => Text = text;

    /// <summary>Its exact text; untrusted for display, authenticated in content.</summary>
    public string Text { get; }
}

using System.Collections.Immutable;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Signing;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Audit;

/// <summary>What is known of one request, as far as it came: the record of it. No token, proof, predicate or PIN is in it.</summary>
internal sealed record RequestFacts
{
    /// <summary>The request's id, which the answer has too.</summary>
    public required string RequestId { get; init; }

    /// <summary>The trace that it belongs to; empty for none.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>The endpoint, one word.</summary>
    public required string Endpoint { get; init; }

    /// <summary>When it came.</summary>
    public required long StartedAt { get; init; }

    /// <summary>Whether authentication was reached: from then on there is a line in the audit log, whatever happens.</summary>
    public AuthenticationStage Stage { get; init; }

    /// <summary>The token, believed or not; the stage tells.</summary>
    public OpTok? Token { get; init; }

    /// <summary>The issuer that is configured.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The proof of entitlement's id; empty until it was read.</summary>
    public string PoeId { get; init; } = "";

    /// <summary>The entitlement, once somebody vouched for it.</summary>
    public KnownEntitlement? Entitlement { get; init; }

    /// <summary>The scanner's digest, verdict and the source of the verdict.</summary>
    public (string Digest, string Verdict, string Source) Scanner { get; init; } = ("", "", "");

    /// <summary>The predicate type; empty where nothing is signed.</summary>
    public string PredicateType { get; init; } = "";

    /// <summary>What the statement speaks of.</summary>
    public ImmutableArray<StatementSubject> Subjects { get; init; } = [];

    /// <summary>The mode; empty where nothing is signed.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The signatures that were made.</summary>
    public ImmutableArray<MadeSignature> Signatures { get; init; } = [];

    /// <summary>How long the keys took together.</summary>
    public TimeSpan SigningTime { get; init; }

    /// <summary>How long the envelope is.</summary>
    public int BundleBytes { get; init; }

    /// <summary>Digests of payload and envelope; empty until there is an envelope.</summary>
    public (string Payload, string Bundle) Sha256 { get; init; } = ("", "");

    /// <summary>The counted signature.</summary>
    public Reservation? Quota { get; init; }

    /// <summary>What an operator decided, in words; empty for other requests.</summary>
    public string Decision { get; init; } = "";

    /// <summary>The id of the bypass that let it pass; empty for none.</summary>
    public string Bypass { get; init; } = "";
}

/// <summary>How far a request came.</summary>
internal enum AuthenticationStage
{
    /// <summary>Its size and shape were looked at.</summary>
    Before,

    /// <summary>Somebody claims to be somebody.</summary>
    Reached,

    /// <summary>Token and sender are believed.</summary>
    Passed,
}

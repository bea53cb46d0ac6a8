using System.Collections.Immutable;

namespace OfflineKit.Formats.Dossier;

/// <summary>The dossier tools' words for a signature.</summary>
internal enum DossierStatus
{
    Invalid,
    Unsigned,
    SignedUnknown,
    Trusted,
    Official,
}

/// <summary>How risky a dossier is called, and what to do with it: never better than what is signed allows.</summary>
/// <param name="Level">Index into the four levels.</param>
/// <param name="Recommendation"><c>ALLOW</c>, <c>WARN</c> or <c>BLOCK</c>.</param>
/// <remarks>
/// A declared level counts as declared only where a trusted signature covers it. Elsewhere anybody could have written it, so it may raise the level and never lower it.
/// Source: docs/spec/dossier.md §6.
/// </remarks>
internal sealed record DossierRisk(int Level, string Recommendation)
{
    private const int Low = 0, Medium = 1, High = 2, Critical = 3;

    private static readonly ImmutableArray<string> Levels = ["low", "medium", "high", "critical"];

    /// <summary>The checksum is missing or wrong.</summary>
    public static DossierRisk OfBrokenBody { get; } = new(Critical, "BLOCK");

    /// <summary>There is a signature, and it is not one by a key of the dossier or of the trust store.</summary>
    public static DossierRisk OfForgedSignature { get; } = new(High, "BLOCK");

    /// <summary>The signature is good, and nobody who decides here trusts it.</summary>
    public static DossierRisk OfUnknownSigner { get; } = new(Medium, "BLOCK");

    /// <summary>Nothing is signed, so nothing that is said about the risk can be relied on.</summary>
    public static DossierRisk OfUnsigned { get; } = new(High, "WARN");

    /// <summary>The level in words.</summary>
    public string InWords => Levels[Level];

    /// <summary>Of a trusted dossier whose signature covers the level <paramref name="declared"/>; a word that is no level is taken for a high one.</summary>
    public static DossierRisk OfSigned(string? declared) => declared switch
    {
        "low" => new(Low, "ALLOW"),
        null => new(Medium, "WARN"),
        _ => new(Levels.IndexOf(declared) is >= 0 and int level ? level : High, "WARN"),
    };

    /// <summary>Of a trusted dossier whose signature covers its body alone: anybody may have written <paramref name="declared"/>.</summary>
    public static DossierRisk OfSignedBody(string? declared) => new(Math.Max(Medium, OfSigned(declared).Level), "WARN");
}

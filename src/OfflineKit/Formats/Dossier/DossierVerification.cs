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

/// <summary>What one reading of a body comes to: the verification, and the words of the dossier tools for it.</summary>
/// <remarks>Source: docs/spec/dossier.md §5, risk table. Levels only ever rise; the declared level, which nobody signed, may raise and never lower.</remarks>
internal sealed class DossierVerification
{
    private static readonly string[] Levels = ["low", "medium", "high", "critical"];

    private string _integrity = "valid";

    /// <summary>Checks, findings and evidence.</summary>
    public Verification Verification { get; } = new();

    /// <summary>The signature's standing.</summary>
    public DossierStatus Status { get; set; } = DossierStatus.Invalid;

    /// <summary>The signature is good, by a key that nobody trusts.</summary>
    public bool VerifiedByUnknownKey { get; set; }

    /// <summary>The bytes are the ones that were signed and summed, whoever did it.</summary>
    public bool IsSound => _integrity == "valid" && (Status >= DossierStatus.Trusted || VerifiedByUnknownKey);

    /// <summary>The signature is refused.</summary>
    public void Refuse(DossierStatus status, Finding finding)
    {
        Status = status;
        Verification.Failed("signature", finding);
    }

    /// <summary>The checksum is refused.</summary>
    public void RefuseIntegrity(string integrity, Finding finding)
    {
        _integrity = integrity;
        Verification.Failed("checksum", finding);
    }

    /// <summary>The proof, with the words for it.</summary>
    public Proof Close(string? declaredRisk)
    {
        DossierStatus status = _integrity == "valid" || Status == DossierStatus.Unsigned ? Status : DossierStatus.Invalid;
        (int level, bool blocks) = Risk(declaredRisk);
        ImmutableArray<KeyValuePair<string, string>> words =
        [
            KeyValuePair.Create("status", Word(status)), KeyValuePair.Create("integrity", _integrity),
            KeyValuePair.Create("risk", Levels[level]), KeyValuePair.Create("recommendation", Recommendation(level, blocks, declaredRisk)),
        ];
        return Verification.Close() with { Words = words };
    }

    private (int Level, bool Blocks) Risk(string? declared)
    {
        if (_integrity != "valid")
        {
            return (3, true);
        }

        return Status switch
        {
            DossierStatus.Invalid => (2, true),
            DossierStatus.SignedUnknown => (VerifiedByUnknownKey ? 1 : 2, true),
            DossierStatus.Unsigned => (declared switch { "high" => 1, "critical" => 2, _ => 0 }, false),
            _ => (0, false),
        };
    }

    // ALLOW is said of nothing that is not trusted, and of no signed document that calls itself risky.
    private string Recommendation(int level, bool blocks, string? declared) =>
        blocks ? "BLOCK" : level == 0 && Status >= DossierStatus.Trusted && declared is null or "low" ? "ALLOW" : "WARN";

    private static string Word(DossierStatus status) => status switch
    {
        DossierStatus.Official => "OFFICIAL",
        DossierStatus.Trusted => "TRUSTED",
        DossierStatus.SignedUnknown => "SIGNED_UNKNOWN",
        DossierStatus.Unsigned => "UNSIGNED",
        _ => "INVALID",
    };
}

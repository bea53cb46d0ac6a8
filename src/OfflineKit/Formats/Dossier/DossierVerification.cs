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

    /// <summary>The proof, which knows the words for any verdict on it.</summary>
    public Proof Close(string? declaredRisk) => Verification.Close() with { WordsFor = verdict => WordsFor(verdict, declaredRisk) };

    // A good signature of somebody who is trusted for something else, or is not the one demanded, is to the reader a stranger's.
    private ImmutableArray<KeyValuePair<string, string>> WordsFor(Verdict verdict, string? declaredRisk)
    {
        DossierStatus standing = Status >= DossierStatus.Trusted && !verdict.IsTrusted ? DossierStatus.SignedUnknown : Status;
        DossierStatus status = _integrity == "valid" || standing == DossierStatus.Unsigned ? standing : DossierStatus.Invalid;
        (int level, bool blocks) = Risk(standing, declaredRisk);
        return
        [
            KeyValuePair.Create("status", Word(status)), KeyValuePair.Create("integrity", _integrity),
            KeyValuePair.Create("risk", Levels[level]), KeyValuePair.Create("recommendation", Recommendation(level, blocks, standing, declaredRisk)),
        ];
    }

    private (int Level, bool Blocks) Risk(DossierStatus standing, string? declared)
    {
        if (_integrity != "valid")
        {
            return (3, true);
        }

        return standing switch
        {
            DossierStatus.Invalid => (2, true),
            DossierStatus.SignedUnknown => (VerifiedByUnknownKey || Status >= DossierStatus.Trusted ? 1 : 2, true),
            DossierStatus.Unsigned => (declared switch { "high" => 1, "critical" => 2, _ => 0 }, false),
            _ => (0, false),
        };
    }

    // ALLOW is said of nothing that is not trusted, and of no signed document that calls itself risky.
    private static string Recommendation(int level, bool blocks, DossierStatus standing, string? declared) =>
        blocks ? "BLOCK" : level == 0 && standing >= DossierStatus.Trusted && declared is null or "low" ? "ALLOW" : "WARN";

    private static string Word(DossierStatus status) => status switch
    {
        DossierStatus.Official => "OFFICIAL",
        DossierStatus.Trusted => "TRUSTED",
        DossierStatus.SignedUnknown => "SIGNED_UNKNOWN",
        DossierStatus.Unsigned => "UNSIGNED",
        _ => "INVALID",
    };
}

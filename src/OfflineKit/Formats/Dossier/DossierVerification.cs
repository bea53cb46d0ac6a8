using System.Collections.Immutable;

namespace OfflineKit.Formats.Dossier;

/// <summary>What one reading of a body comes to: the checks, and the words of the dossier tools for it.</summary>
/// <remarks>Source: docs/spec/dossier.md §5, §6.</remarks>
internal sealed class DossierVerification
{
    private const string Valid = "valid";

    private string _integrity = Valid;

    /// <summary>Checks, findings and evidence.</summary>
    public Verification Verification { get; } = new();

    /// <summary>The signature's standing.</summary>
    public DossierStatus Status { get; set; } = DossierStatus.Invalid;

    /// <summary>The signature is good, by a key that nobody trusts.</summary>
    public bool VerifiedByUnknownKey { get; set; }

    /// <summary>The bytes are the ones that were signed and summed, whoever did it.</summary>
    public bool IsSound => _integrity == Valid && (IsTrusted || VerifiedByUnknownKey);

    private bool IsTrusted => Status >= DossierStatus.Trusted;

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
    /// <param name="ofTrusted">The risk of the dossier, should it be trusted in the end.</param>
    public Proof Close(DossierRisk ofTrusted) => Verification.Close() with
    {
        WordsFor = verdict => verdict.IsTrusted ? Words(Status, ofTrusted) : Words(StatusOfRefused, OfRefused()),
    };

    // What is trusted here and refused by a policy or a key's scope is to the reader what a stranger signed.
    private DossierStatus StatusOfRefused =>
        _integrity != Valid && Status != DossierStatus.Unsigned ? DossierStatus.Invalid : IsTrusted ? DossierStatus.SignedUnknown : Status;

    private DossierRisk OfRefused() => _integrity != Valid
        ? DossierRisk.OfBrokenBody
        : Status switch
        {
            DossierStatus.Invalid => DossierRisk.OfForgedSignature,
            DossierStatus.Unsigned => DossierRisk.OfUnsigned,
            DossierStatus.SignedUnknown when !VerifiedByUnknownKey => DossierRisk.OfForgedSignature,
            _ => DossierRisk.OfUnknownSigner,
        };

    private ImmutableArray<KeyValuePair<string, string>> Words(DossierStatus status, DossierRisk risk) =>
    [
        KeyValuePair.Create("status", Word(status)),
        KeyValuePair.Create("integrity", _integrity),
        KeyValuePair.Create("risk", risk.InWords),
        KeyValuePair.Create("recommendation", risk.Recommendation),
    ];

    private static string Word(DossierStatus status) => status switch
    {
        DossierStatus.Official => "OFFICIAL",
        DossierStatus.Trusted => "TRUSTED",
        DossierStatus.SignedUnknown => "SIGNED_UNKNOWN",
        DossierStatus.Unsigned => "UNSIGNED",
        _ => "INVALID",
    };
}

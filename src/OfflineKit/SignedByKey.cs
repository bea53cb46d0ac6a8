using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>A pinned public key made the signature, and may have made it.</summary>
public sealed record SignedByKey : Evidence
{
    private readonly KeyMaterial _key;
    private readonly bool _isNamedByQuestion;

    private SignedByKey(TrustedKey entry, SignatureScheme scheme, string holder, Remark? standing) =>
        (Signer, _key, Algorithm, Root, Marks, IsLimitedToNamespaces, Holder, Standing, _isNamedByQuestion, Artifacts, IsUnderAuthority) = (entry.Name, entry.Material, scheme.Label, entry.Root, entry.Marks, entry.Scope.LimitsNamespaces, holder, standing, entry.IsNamedByQuestion, entry.Scope.Artifacts, !entry.Certificates.IsEmpty);

    private SignedByKey(SignedByKey first, TrustedKey also)
        : this(first) => (Artifacts, IsUnderAuthority) = (
            first.Artifacts.IsEmpty || also.Scope.Artifacts.IsEmpty ? [] : [.. first.Artifacts, .. also.Scope.Artifacts],
            first.IsUnderAuthority || !also.Certificates.IsEmpty);

    /// <summary>The name of the key in the trust store.</summary>
    public string Signer { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, lower-case hex: the signer's real identity.</summary>
    public string Fingerprint => _key.Fingerprint;

    /// <summary>How policies name the key.</summary>
    internal KeyName KeyName => new(_isNamedByQuestion ? null : Signer, _key.Fingerprints, Holder);

    /// <summary>By what signers are counted: the keys of one OpenPGP certificate are one signer's, however each of them was given.</summary>
    internal string Holder { get; }

    /// <summary>The scheme's label.</summary>
    public string Algorithm { get; }

    /// <summary>Where the trust comes from: the trust root's name, or the option that gave the key.</summary>
    public string Root { get; }

    /// <summary>The words of the entry to which a format gives a meaning.</summary>
    internal ImmutableArray<string> Marks { get; }

    /// <summary>The entry may sign in named namespaces only, so that the one that the caller states was held against it.</summary>
    internal bool IsLimitedToNamespaces { get; }

    /// <summary>Patterns of the names of files that it may vouch for, by whichever entries let it sign this; empty: every file.</summary>
    private ImmutableArray<string> Artifacts { get; }

    /// <summary>A certificate under an authority of the caller vouches for the key.</summary>
    internal bool IsUnderAuthority { get; }

    /// <summary>Why the signer may not vouch for one of <paramref name="files"/>, which what it signed lists by their paths, or null.</summary>
    internal Finding? RefusalOf(ImmutableArray<string> files) => new KeyScope { Artifacts = Artifacts }.JudgeListed(Signer, files);

    /// <summary>What a reader should know of the key, which is about to go or was revoked after it signed; null for a key in use.</summary>
    internal Remark? Standing { get; }

    /// <summary>The evidence that <paramref name="signature"/> is, or why it does not count: the one place where keys are judged.</summary>
    /// <remarks>A key may stand in several entries. What revokes it anywhere revokes it; what limits one entry does not limit another, so the first entry without a finding speaks; it may do what any of those lets it.</remarks>
    /// <param name="signature">What the mathematics says.</param>
    /// <param name="facts">What is known of the signature.</param>
    /// <param name="context">Trust, what the caller expects, and the operator's time.</param>
    internal static Result<SignedByKey> Prove(KeySignature signature, SignatureFacts facts, VerificationContext context)
    {
        SignedByKey? proved = null;
        Finding? refusal = null;
        foreach (TrustedKey entry in signature.Entries)
        {
            if (KeyJudgement.Of(entry, signature.Scheme, facts, context) is not { } finding)
            {
                proved = proved is not null ? new SignedByKey(proved, entry) : Of(entry, signature.Scheme, facts, context);
            }
            else
            {
                refusal ??= finding;
            }
        }

        return new Result<SignedByKey>(proved, proved is null ? refusal : null);
    }

    private static SignedByKey Of(TrustedKey entry, SignatureScheme scheme, SignatureFacts facts, VerificationContext context)
    {
        DateTimeOffset? latest = facts.ProvedTimes.IsEmpty ? null : facts.ProvedTimes.Max();
        return new SignedByKey(entry, scheme, context.Trust.HolderOf(entry.Material), context.Trust.StatusOf(entry).Remark($"key \"{entry.Name}\"", latest));
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Host.Policies;

/// <summary>What is wrong with a policy, seen together with the keys that are trusted, and what its writer should know.</summary>
internal static class PolicyReview
{
    /// <summary>Why <paramref name="policy"/> can never be satisfied by the keys in <paramref name="trust"/>, or null.</summary>
    public static Finding? Judge(PolicyFile policy, TrustStore trust)
    {
        foreach (NamedSigner signer in policy.Signers.SelectMany(group => group.AnyOf))
        {
            if (signer.Keys.FirstOrDefault(key => !trust.Keys.Any(trusted => new NamedSigner(key, [key]).IsSpokenForBy(trust.NameOf(trusted)))) is { } unknown)
            {
                return PolicyReasons.Contradiction.Because($"\"{unknown}\" names no trusted key; trusted: {Quoted(trust.Keys.Select(key => key.Name))}");
            }
        }

        foreach (SignerGroup group in policy.Signers)
        {
            ImmutableArray<TrustedKey> able = [.. trust.Keys.Where(key => WhyUnable(key, policy, trust) is null)];
            int signers = group.SignersAmong([.. able.Select(trust.NameOf)]);
            if (signers < group.Threshold)
            {
                IEnumerable<string> unable = trust.Keys.Where(key => group.AnyOf.Any(signer => signer.IsSpokenForBy(trust.NameOf(key))))
                    .Select(key => WhyUnable(key, policy, trust)).OfType<string>();
                return PolicyReasons.Contradiction.Because($"at most {signers} of the demanded signers can sign, each by a key of its own, wanted {group}{string.Concat(unable.Select(why => "; " + why))}");
            }
        }

        return !policy.Identities.IsEmpty && trust.SigstoreRoots.IsEmpty
            ? PolicyReasons.Contradiction.Because("a certificate identity is demanded, and no trusted root for certificates is in force")
            : null;
    }

    /// <summary>What no rule forbids and may surprise.</summary>
    public static IEnumerable<string> Remarks(PolicyFile policy, TrustStore? trust)
    {
        if (trust is null && !policy.Signers.IsEmpty)
        {
            yield return "no trust was named, so nobody checked that the signers' names mean a key: give --key, --trust-root or --trust";
        }

        if (!policy.Signers.IsEmpty && !policy.Identities.IsEmpty)
        {
            yield return "keys and certificates are both demanded: one signature is by a key or by a certificate, so only an export with several signatures can satisfy this, and each of them must meet every other demand";
        }

        if (policy.PredicateTypes.Length > 1)
        {
            yield return "a statement has one predicate type: only an export with several statements can satisfy this";
        }

        if (policy.MaxAgeDays is not null && !policy.Signers.IsEmpty)
        {
            yield return "a signature by a key never proves its age, not even in a log: only a certificate does, so every signature by a key is refused";
        }

        if (policy.MinimumVersion is not null)
        {
            yield return "a version counts where it is signed: kits, update kits, npm and PyPI publications, release statements, package URLs of subjects; everything else is refused";
        }

        if (policy.MaxTrustAgeDays is not null)
        {
            yield return "the age of trust is that of what was imported; keys and roots named on the command line have none";
        }
    }

    private static string? WhyUnable(TrustedKey key, PolicyFile policy, TrustStore trust)
    {
        if (trust.StatusOf(key).Phase == KeyPhase.Revoked)
        {
            return $"\"{key.Name}\" is revoked";
        }

        ImmutableArray<string> labels = [.. key.Labels];
        return policy.Algorithms.IsEmpty || policy.Algorithms.Any(label => labels.Contains(label, StringComparer.Ordinal))
            ? null
            : $"\"{key.Name}\" signs by {string.Join(", ", labels)} alone";
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\"")) is { Length: > 0 } some ? some : "nobody";
}

using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Host.Policies;

/// <summary>Whom the names of a policy mean where trust comes from several places.</summary>
/// <remarks>A name is unique within one trust store, and between two it is not: whom a policy means must not be decided by whoever else brings keys. Source: docs/spec/policy-file.md §1.</remarks>
internal static class SignerNames
{
    /// <summary>Which name of <paramref name="policy"/> means other signers in one place than in another, or null.</summary>
    /// <param name="policy">The policy; what it names by fingerprint means one key everywhere.</param>
    /// <param name="parts">What each place holds.</param>
    /// <param name="whole">All of them, as far as the question is not narrowed to certain keys.</param>
    public static Finding? Ambiguity(PolicyFile policy, TrustStore[] parts, TrustStore whole)
    {
        HashSet<string> left = new(whole.Keys.Select(key => key.Material.Fingerprint).Concat(whole.SshSigners.SelectMany(Fingerprints)), StringComparer.Ordinal);
        foreach (string name in policy.Signers.SelectMany(group => group.AnyOf).SelectMany(signer => signer.Keys).Where(name => !NamedSigner.IsFingerprint(name)))
        {
            List<SortedSet<string>> meanings = [.. parts.Select(part => Holders(name, part, whole, left)).Where(holders => holders.Count > 0)];
            if (meanings.Exists(meaning => !meaning.SetEquals(meanings[0])))
            {
                return PolicyReasons.Contradiction.Because($"\"{name}\" is another key in one place of trust than in another: {string.Join(" and ", meanings.SelectMany(meaning => meaning).Distinct(StringComparer.Ordinal).Select(holder => NamedSigner.ByFingerprint + holder))}; name the key by its fingerprint");
            }
        }

        return null;
    }

    // By holders, as signers are counted: a certificate and one of its keys are one signer.
    private static SortedSet<string> Holders(string name, TrustStore part, TrustStore whole, HashSet<string> left) => new(
        part.Keys.Where(key => key.Name == name && left.Contains(key.Material.Fingerprint)).Select(key => whole.HolderOf(key.Material))
            .Concat(part.SshSigners.Where(line => line.IsOf(name) && Fingerprints(line).Any(left.Contains)).Select(line => whole.HolderOf(line.Key.Value!.Material))),
        StringComparer.Ordinal);

    private static string[] Fingerprints(AllowedSigner line) => line.Key.Value is { } key ? [key.Material.Fingerprint] : [];
}

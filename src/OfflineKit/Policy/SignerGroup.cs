using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>Signers of which so many must have signed.</summary>
/// <param name="AnyOf">The signers.</param>
/// <param name="Threshold">How many of them.</param>
internal sealed record SignerGroup(ImmutableArray<NamedSigner> AnyOf, int Threshold)
{
    internal static SignerGroup Parse(JsonValue value)
    {
        value.RefuseOtherMembers("any-of", "threshold");
        ImmutableArray<NamedSigner> signers = [.. value.Array("any-of").Select(NamedSigner.Parse)];
        long threshold = value.Optional("threshold")?.Integer ?? 1;
        return signers.Length > 0 && threshold is >= 1 and <= int.MaxValue
            ? new SignerGroup(signers, (int)threshold)
            : throw value.Wanted("at least one signer and a threshold from 1");
    }

    /// <summary>How many of the signers signed, each by a key of its own.</summary>
    /// <param name="keys">The keys that signed.</param>
    /// <remarks>A key that two signers name stands for one of them: the largest assignment of keys to signers counts.</remarks>
    public int SignersAmong(ImmutableArray<KeyName> keys)
    {
        Dictionary<string, int> taken = new(StringComparer.Ordinal);
        int count = 0;
        for (int signer = 0; signer < AnyOf.Length; signer++)
        {
            count += Assign(signer, keys, taken, new HashSet<string>(StringComparer.Ordinal)) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The group in words.</summary>
    public override string ToString() => AnyOf.Length == 1 ? AnyOf[0].ToString() : $"{Threshold} of {AnyOf.Length}: {string.Join(", ", AnyOf)}";

    // A key that is taken is given up if its signer has another one.
    private bool Assign(int signer, ImmutableArray<KeyName> keys, Dictionary<string, int> taken, HashSet<string> tried)
    {
        foreach (KeyName key in keys)
        {
            if (AnyOf[signer].IsSpokenForBy(key) && tried.Add(key.Fingerprints[0])
                && (!taken.TryGetValue(key.Fingerprints[0], out int other) || Assign(other, keys, taken, tried)))
            {
                taken[key.Fingerprints[0]] = signer;
                return true;
            }
        }

        return false;
    }
}

/// <summary>A signer and the keys that speak for it: one, or several while a key is rotated.</summary>
/// <param name="Name">What the policy calls the signer.</param>
/// <param name="Keys">Names in the trust store, or <c>sha256:</c> and the fingerprint.</param>
internal sealed record NamedSigner(string Name, ImmutableArray<string> Keys)
{
    /// <summary>What stands before a fingerprint.</summary>
    internal const string ByFingerprint = "sha256:";

    /// <summary><paramref name="name"/> is a fingerprint, and no name in a trust store.</summary>
    internal static bool IsFingerprint(string name) => name.StartsWith(ByFingerprint, StringComparison.Ordinal);

    internal static NamedSigner Parse(JsonValue value)
    {
        if (value.Kind == JsonKind.String)
        {
            return new NamedSigner(PolicyFile.NotEmpty(value), [value.Text]);
        }

        value.RefuseOtherMembers("signer", "keys");
        return new NamedSigner(PolicyFile.NotEmpty(value["signer"]), PolicyFile.Texts(value["keys"]));
    }

    /// <summary>The key speaks for this signer.</summary>
    public bool IsSpokenForBy(KeyName key) =>
        Keys.Any(name => string.Equals(name, key.Name, StringComparison.Ordinal) || (IsFingerprint(name) && key.Fingerprints.Contains(name[ByFingerprint.Length..], StringComparer.Ordinal)));

    /// <summary>The signer in words.</summary>
    public override string ToString() => Keys.IsEmpty ? $"{Name} (by no key that this machine knows)" : Keys.Length == 1 && Keys[0] == Name ? Name : $"{Name} (by {string.Join(" or ", Keys)})";
}

/// <summary>A certificate identity and the issuer that vouches for it.</summary>
/// <param name="Identity">The exact subject alternative name.</param>
/// <param name="Issuer">The exact OIDC issuer.</param>
internal sealed record DemandedIdentity(string Identity, string Issuer)
{
    internal static DemandedIdentity Parse(JsonValue value)
    {
        value.RefuseOtherMembers("identity", "issuer");
        return new DemandedIdentity(PolicyFile.NotEmpty(value["identity"]), PolicyFile.NotEmpty(value["issuer"]));
    }
}

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
    /// <remarks>A key that two signers name stands for one of them, and so do all keys of one holder: the largest assignment of holders to signers counts.</remarks>
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

    // A holder who is taken is given up if the signer has another one.
    private bool Assign(int signer, ImmutableArray<KeyName> keys, Dictionary<string, int> taken, HashSet<string> tried)
    {
        foreach (KeyName key in keys)
        {
            if (AnyOf[signer].IsSpokenForBy(key) && tried.Add(key.Holder)
                && (!taken.TryGetValue(key.Holder, out int other) || Assign(other, keys, taken, tried)))
            {
                taken[key.Holder] = signer;
                return true;
            }
        }

        return false;
    }
}

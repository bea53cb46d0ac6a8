using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>Who may sign a metadata file, and how many of them must.</summary>
/// <param name="Name">The role's name: <c>root</c>, <c>targets</c>, or that of a delegation.</param>
/// <param name="Keys">The keys, by their ids.</param>
/// <param name="Threshold">How many distinct keys must sign; at least 1.</param>
internal sealed record TufRole(string Name, ImmutableArray<TufKey> Keys, int Threshold)
{
    /// <summary>The role object <paramref name="value"/>, whose ids stand in <paramref name="keys"/>.</summary>
    public static TufRole Parse(string name, JsonValue value, IReadOnlyDictionary<string, TufKey> keys)
    {
        var used = ImmutableArray.CreateBuilder<TufKey>();
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (JsonValue id in value.Array("keyids"))
        {
            if (!ids.Add(id.Text))
            {
                throw new MalformedException(TufReasons.Malformed, $"{value.Path}: key id {id.Text} occurs twice");
            }

            if (keys.TryGetValue(id.Text, out TufKey? key))
            {
                used.Add(key);
            }
        }

        long threshold = value["threshold"].Integer;
        return threshold is >= 1 and <= TufLimits.Signatures
            ? new TufRole(name, used.DrainToImmutable(), (int)threshold)
            : throw new MalformedException(TufReasons.Malformed, $"{value.Path}: threshold {threshold}, wanted 1 to {TufLimits.Signatures}");
    }

    /// <summary>The keys of <paramref name="value"/> by id.</summary>
    public static Dictionary<string, TufKey> ParseKeys(JsonValue value)
    {
        Dictionary<string, TufKey> keys = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonValue> member in value.Members)
        {
            keys.Add(member.Key, TufKey.Parse(member.Key, member.Value));
        }

        return keys;
    }

    /// <summary>Both roles have the same keys, whatever their ids.</summary>
    public bool HasKeysOf(TufRole other) => Fingerprints(this).SetEquals(Fingerprints(other));

    /// <summary><see cref="Threshold"/> distinct keys signed <paramref name="file"/>.</summary>
    public bool Signed(SignedFile file) => Signers(file) >= Threshold;

    /// <summary>Refuses <paramref name="file"/> unless <see cref="Threshold"/> distinct keys signed it.</summary>
    public void Require(SignedFile file, string authority)
    {
        int signers = Signers(file);
        if (signers < Threshold)
        {
            throw new MalformedException(
                TufReasons.Threshold, $"{file.Name}: {signers} of the {Keys.Length} {Name} keys of {authority} signed it, wanted {Threshold}");
        }
    }

    // Distinct by the key itself: one key under two ids is one signer.
    private int Signers(SignedFile file)
    {
        HashSet<string> signers = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> signature in file.Signatures)
        {
            TufKey? key = Keys.FirstOrDefault(candidate => string.Equals(candidate.Id, signature.Key, StringComparison.Ordinal));
            if (key is not null && !signers.Contains(key.Fingerprint) && key.Verifies(file.Canonical.Span, signature.Value))
            {
                signers.Add(key.Fingerprint);
            }
        }

        return signers.Count;
    }

    private static HashSet<string> Fingerprints(TufRole role) => new(role.Keys.Select(key => key.Fingerprint), StringComparer.Ordinal);
}

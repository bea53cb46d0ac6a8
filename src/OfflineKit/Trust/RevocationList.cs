using System.Collections.Frozen;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>Keys that no longer count, by fingerprint, whoever named them: also a key given with <c>--key</c>.</summary>
/// <param name="ByFingerprint">The status of each, by SHA-256 of its SubjectPublicKeyInfo.</param>
/// <remarks>
/// Two targets of a trust repository feed it: the revoked entries of <c>trust.json</c>, and <c>revocations.json</c> for keys that are not listed there:
/// <c>{"version":1,"revoked":[{"fingerprint":HEX,"compromised-since":TIME?,"reason":TEXT}]}</c>. Source: docs/spec/trust-bundle.md §5.
/// </remarks>
public sealed record RevocationList(FrozenDictionary<string, KeyStatus> ByFingerprint)
{
    /// <summary>The target's path.</summary>
    public const string FileName = "revocations.json";

    /// <summary>Everything that <paramref name="repository"/> revokes.</summary>
    public static RevocationList Of(TufRepository repository)
    {
        Dictionary<string, KeyStatus> all = new(StringComparer.Ordinal);
        if (repository.Find(TrustManifest.FileName) is { } manifest)
        {
            foreach (TrustRoot root in TrustManifest.Parse(manifest).Roots.Where(root => root.Status.Phase == KeyPhase.Revoked && root.Fingerprint.Length > 0))
            {
                all[root.Fingerprint] = root.Status;
            }
        }

        if (repository.Find(FileName) is { } list)
        {
            Read(StrictJson.ParseObject(list, FileName), all);
        }

        return new RevocationList(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary><paramref name="store"/> as this list leaves it.</summary>
    public TrustStore Apply(TrustStore store) => ByFingerprint.Count == 0 ? store : store with
    {
        Keys = [.. store.Keys.Select(key => ByFingerprint.TryGetValue(key.Material.Fingerprint, out KeyStatus? status) ? key with { Status = status } : key)],
    };

    private static void Read(JsonValue list, Dictionary<string, KeyStatus> all)
    {
        list.RefuseOtherMembers("version", "revoked");
        if (list["version"].Integer != 1)
        {
            throw list["version"].Wanted("1");
        }

        foreach (JsonValue entry in list.Array("revoked"))
        {
            entry.RefuseOtherMembers("fingerprint", "compromised-since", "reason");
            string fingerprint = Digest.FromHex(DigestAlgorithm.Sha256, entry.String("fingerprint"), entry.Path).Hex;
            DateTimeOffset? since = entry.OptionalString("compromised-since") is { } text ? TufTime.Parse(text, entry.Path) : null;
            all[fingerprint] = new KeyStatus(KeyPhase.Revoked, since, entry.String("reason"));
        }
    }
}

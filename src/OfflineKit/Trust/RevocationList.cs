using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>Keys and certificates that no longer count, by fingerprint, whoever named them: also a key given with <c>--key</c>.</summary>
/// <param name="ByFingerprint">The status of each, by SHA-256 of its SubjectPublicKeyInfo or of the whole certificate.</param>
/// <remarks>
/// Two targets of a trust repository feed it: the revoked entries of <c>trust.json</c>, and <c>revocations.json</c> for what is not listed there:
/// <c>{"version":1,"revoked":[{"fingerprint":HEX or "certificate":HEX,"revoked-on":TIME?,"compromised-since":TIME?,"compromised-until":TIME?,"reason":TEXT}]}</c>.
/// Source: docs/spec/trust-bundle.md §5.
/// </remarks>
public sealed record RevocationList(FrozenDictionary<string, KeyStatus> ByFingerprint)
{
    /// <summary>The target's path.</summary>
    public const string FileName = "revocations.json";

    /// <summary>Nothing is revoked.</summary>
    public static RevocationList Empty { get; } = new(FrozenDictionary<string, KeyStatus>.Empty);

    /// <summary>Everything that <paramref name="repository"/> revokes.</summary>
    public static RevocationList Of(TufRepository repository)
    {
        RevocationList roots = repository.Find(TrustManifest.FileName) is { } manifest ? Of(TrustManifest.Parse(manifest).Roots) : Empty;
        return repository.Find(FileName) is { } list ? Parse(list).And(roots) : roots;
    }

    /// <summary>The keys among <paramref name="roots"/> that are revoked, whether or not a run uses their roots.</summary>
    public static RevocationList Of(ImmutableArray<TrustRoot> roots)
    {
        Dictionary<string, KeyStatus> all = new(StringComparer.Ordinal);
        foreach (TrustRoot root in roots)
        {
            if (root.Status.Phase == KeyPhase.Revoked && root.Fingerprint.Length > 0)
            {
                Add(all, root.Fingerprint, root.Status);
            }
        }

        return all.Count == 0 ? Empty : new RevocationList(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The list in <paramref name="content"/>, a <c>revocations.json</c>.</summary>
    public static RevocationList Parse(ReadOnlyMemory<byte> content)
    {
        Dictionary<string, KeyStatus> all = new(StringComparer.Ordinal);
        JsonValue list = StrictJson.ParseObject(content, FileName);
        list.RefuseOtherMembers("version", "revoked");
        if (list["version"].Integer != 1)
        {
            throw list["version"].Wanted("1");
        }

        foreach (JsonValue entry in list.Array("revoked"))
        {
            entry.RefuseOtherMembers("fingerprint", "certificate", "revoked-on", "compromised-since", "compromised-until", "reason");
            string name = entry.Optional("certificate") is null ? "fingerprint" : "certificate";
            if (name == "certificate" && entry.Optional("fingerprint") is not null)
            {
                throw entry.Wanted("fingerprint or certificate, one of them");
            }

            string fingerprint = Digest.FromHex(DigestAlgorithm.Sha256, entry.String(name), entry.Path).Hex;
            Add(all, fingerprint, Status(entry));
        }

        return new RevocationList(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>What this list and <paramref name="other"/> revoke; whom both name has the stricter status of the two.</summary>
    public RevocationList And(RevocationList other)
    {
        if (other.ByFingerprint.Count == 0)
        {
            return this;
        }

        Dictionary<string, KeyStatus> all = new(ByFingerprint, StringComparer.Ordinal);
        foreach ((string fingerprint, KeyStatus status) in other.ByFingerprint)
        {
            Add(all, fingerprint, status);
        }

        return new RevocationList(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary><paramref name="store"/> as this list leaves it: its keys are marked, and it remembers the list for everything else that can sign.</summary>
    public TrustStore Apply(TrustStore store) => ByFingerprint.Count == 0 ? store : store with
    {
        Revocations = store.Revocations.And(this),
        Keys = [.. store.Keys.Select(key => ByFingerprint.TryGetValue(key.Material.Fingerprint, out KeyStatus? status) ? key with { Status = key.Status.Strictest(status) } : key)],
    };

    /// <summary>The status of the key with <paramref name="fingerprint"/>; active when it is not listed.</summary>
    public KeyStatus Of(string fingerprint) => ByFingerprint.TryGetValue(fingerprint, out KeyStatus? status) ? status : KeyStatus.Active;

    /// <summary>The status of <paramref name="certificate"/>: its own, or that of the key in it.</summary>
    /// <remarks>A key can stand in a certificate in another spelling than its canonical one (RSA as id-RSASSA-PSS); both are looked up.</remarks>
    public KeyStatus Of(Certificate certificate) => ByFingerprint.Count == 0
        ? KeyStatus.Active
        : Of(certificate.Fingerprint)
            .Strictest(Of(Digest.Sha256(certificate.SubjectPublicKeyInfo.Span).Hex))
            .Strictest(Of(certificate.Key.Value?.Fingerprint ?? ""));

    /// <summary>Why a witness that signs times itself (log, time-stamping authority) is not believed, or null.</summary>
    /// <remarks>A thief of such a key writes any date; therefore no date saves what it says.</remarks>
    public Finding? WitnessObjection(string witness, string fingerprint) => Of(fingerprint) is { Phase: KeyPhase.Revoked } status
        ? Reasons.KeyRevoked.Because($"{witness} is {status}; whoever holds its key dates what it signs, so nothing that it says counts")
        : null;

    /// <summary>The same of a witness that signs with a certificate under <paramref name="path"/>.</summary>
    public Finding? WitnessObjection(string witness, ImmutableArray<Certificate> path)
    {
        foreach (Certificate certificate in path)
        {
            if (Of(certificate) is { Phase: KeyPhase.Revoked } status)
            {
                return Reasons.KeyRevoked.Because(
                    $"certificate \"{certificate.Subject}\" of {witness} is {status}; whoever holds its key dates what it signs, so nothing that it says counts");
            }
        }

        return null;
    }

    private static void Add(Dictionary<string, KeyStatus> all, string fingerprint, KeyStatus status) =>
        all[fingerprint] = all.TryGetValue(fingerprint, out KeyStatus? known) ? known.Strictest(status) : status;

    private static KeyStatus Status(JsonValue entry) =>
        KeyStatus.Revoked(Time(entry, "revoked-on"), Time(entry, "compromised-since"), Time(entry, "compromised-until"), entry.String("reason"));

    private static DateTimeOffset? Time(JsonValue entry, string name) => entry.OptionalString(name) is { } text ? TufTime.Parse(text, $"{entry.Path}.{name}") : null;
}

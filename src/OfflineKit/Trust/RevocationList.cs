using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.OpenPgp;
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
internal sealed record RevocationList(FrozenDictionary<string, KeyStatus> ByFingerprint)
{
    /// <summary>The target's path.</summary>
    public const string FileName = "revocations.json";

    private const int OpenPgpDigits = 40;

    /// <summary>Nothing is revoked.</summary>
    public static RevocationList Empty { get; } = new(FrozenDictionary<string, KeyStatus>.Empty);

    /// <summary>The list of all of <paramref name="entries"/>; whom two of them name has the stricter status of the two.</summary>
    public static RevocationList Of(IEnumerable<KeyValuePair<string, KeyStatus>> entries)
    {
        Dictionary<string, KeyStatus> all = new(StringComparer.Ordinal);
        foreach ((string fingerprint, KeyStatus status) in entries)
        {
            Add(all, fingerprint, status);
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

            string hex = entry.String(name);
            Add(all, name == "fingerprint" ? Fingerprint(hex, entry.Path) : Digest.FromHex(DigestAlgorithm.Sha256, hex, entry.Path).Hex, Status(entry));
        }

        return new RevocationList(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The fingerprint in <paramref name="hex"/>: SHA-256 of a SubjectPublicKeyInfo, or that of an OpenPGP key, which has 40 digits in version 4 and 64 in version 6.</summary>
    /// <exception cref="MalformedException">Anything but 40 or 64 lower-case hex digits.</exception>
    public static string Fingerprint(string hex, string what) =>
        hex.Length == OpenPgpDigits ? StrictHex.Encode(StrictHex.Decode(hex, OpenPgpDigits / 2, what)) : Digest.FromHex(DigestAlgorithm.Sha256, hex, what).Hex;

    /// <summary>What this list and <paramref name="other"/> revoke; whom both name has the stricter status of the two.</summary>
    public RevocationList And(RevocationList other) => other.ByFingerprint.Count == 0 ? this : Of(ByFingerprint.Concat(other.ByFingerprint));

    /// <summary>The status of <paramref name="key"/>, by every spelling of it; active when none is listed.</summary>
    public KeyStatus Of(KeyMaterial key) => ByFingerprint.Count == 0 ? KeyStatus.Active : Strictest(key.Fingerprints);

    /// <summary>The status of the OpenPGP key <paramref name="key"/>, by the fingerprint by which OpenPGP calls it.</summary>
    internal KeyStatus Of(OpenPgpKey key) => ByFingerprint.GetValueOrDefault(key.Fingerprint, KeyStatus.Active);

    /// <summary>The status of <paramref name="certificate"/>: its own, or that of the key in it, by every spelling of either.</summary>
    public KeyStatus Of(Certificate certificate) => ByFingerprint.Count == 0
        ? KeyStatus.Active
        : Strictest([.. certificate.Fingerprints, Digest.Sha256(certificate.SubjectPublicKeyInfo.Span).Hex, .. certificate.Key.Value?.Fingerprints ?? []]);

    /// <summary>Why what was signed under <paramref name="path"/> does not count, or null: each certificate is judged at the time for which the path holds.</summary>
    public Finding? Judge(VerifiedPath path) => path.Certificates.Select(certificate => Of(certificate).Judge(HolderOf(certificate), path.Time)).FirstOrDefault(found => found is not null);

    /// <summary>What a reader should know of the certificates of <paramref name="path"/> although they count.</summary>
    public IEnumerable<Remark> Remarks(VerifiedPath path) => path.Certificates.Select(certificate => Of(certificate).Remark(HolderOf(certificate), path.Time)).OfType<Remark>();

    /// <summary>Why a witness that signs times itself with <paramref name="key"/> (a log) is not believed, or null.</summary>
    /// <remarks>A thief of such a key writes any date; therefore no date saves what it says.</remarks>
    public Finding? JudgeWitness(string witness, KeyMaterial key) => Of(key) is { Phase: KeyPhase.Revoked } status
        ? Reasons.KeyRevoked.Because($"{witness} is {status}; whoever holds its key dates what it signs, so nothing that it says counts")
        : null;

    /// <summary>The same of a witness that signs with a certificate under <paramref name="path"/> (a time-stamping authority).</summary>
    public Finding? JudgeWitness(string witness, ImmutableArray<Certificate> path)
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

    private static string HolderOf(Certificate certificate) => $"certificate {(certificate.Subject.IsEmpty ? "of the signer" : $"\"{certificate.Subject}\"")} (sha256:{certificate.Fingerprint})";

    private KeyStatus Strictest(IEnumerable<string> fingerprints)
    {
        KeyStatus status = KeyStatus.Active;
        foreach (string fingerprint in fingerprints)
        {
            status = ByFingerprint.TryGetValue(fingerprint, out KeyStatus? listed) ? status.Strictest(listed) : status;
        }

        return status;
    }

    private static void Add(Dictionary<string, KeyStatus> all, string fingerprint, KeyStatus status) =>
        all[fingerprint] = all.TryGetValue(fingerprint, out KeyStatus? known) ? known.Strictest(status) : status;

    private static KeyStatus Status(JsonValue entry) =>
        KeyStatus.Revoked(Time(entry, "revoked-on"), Time(entry, "compromised-since"), Time(entry, "compromised-until"), entry.String("reason"));

    private static DateTimeOffset? Time(JsonValue entry, string name) => entry.OptionalString(name) is { } text ? TufTime.Parse(text, $"{entry.Path}.{name}") : null;
}

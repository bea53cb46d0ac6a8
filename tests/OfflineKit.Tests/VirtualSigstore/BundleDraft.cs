using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>The kinds of log entries that a bundle can carry.</summary>
internal enum EntryKind
{
    None,
    HashedRekord,
    HashedRekordV2,
    Dsse,
    InToto,
}

/// <summary>A bundle to be made by a <see cref="VirtualSigstoreInstance"/>; every part can be set wrong before it is signed or logged.</summary>
internal sealed record BundleDraft(VirtualSigstoreInstance Instance)
{
    public static byte[] Artifact { get; } = "an artefact of the virtual sigstore\n"u8.ToArray();

    public string MediaType { get; init; } = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public EntryKind Entry { get; init; } = EntryKind.HashedRekord;
    public bool IsEnvelope { get; init; }
    public byte[] Signed { get; init; } = Artifact;
    public string PayloadType { get; init; } = "application/vnd.in-toto+json";
    public string? KeyId { get; init; }
    public ECDsa Key { get; init; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;
    public LeafRecipe? Leaf { get; init; } = new();
    public bool IsManaged { get; init; }
    public string Hint { get; init; } = "a key";
    public bool HasPromise { get; init; } = true;
    public DateTimeOffset IntegratedAt { get; init; } = VirtualSigstoreInstance.Noon.AddMinutes(1);
    public DateTimeOffset? StampedAt { get; init; }
    public VirtualLog? CheckpointSigner { get; init; }
    public string? Origin { get; init; }
    public string? NoteName { get; init; }
    public Func<JsonObject, JsonObject>? EditBody { get; init; }
    public Action<JsonObject>? Edit { get; init; }

    private VirtualLog Log => Entry == EntryKind.HashedRekordV2 ? Instance.RekorV2 : Instance.Rekor;

    public byte[] Statement => System.Text.Encoding.UTF8.GetBytes(
        $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a.txt","digest":{"sha256":"{{{Convert.ToHexStringLower(SHA256.HashData(Signed))}}}"}}],"predicateType":"https://example.com/built","predicate":{}}""");

    public byte[] Build()
    {
        byte[] message = IsEnvelope ? Pae() : Signed;
        byte[] signature = Key.SignData(message, Hash, DSASignatureFormat.Rfc3279DerSequence);
        byte[]? leaf = IsManaged ? null : Instance.Authority.Issue(Key, Leaf! with { CertificateLog = Leaf.CertificateLog ?? (Leaf.LoggedAt == default ? null : Instance.CertificateLog) });
        JsonObject material = leaf is null
            ? new JsonObject { ["publicKey"] = new JsonObject { ["hint"] = Hint } }
            : new JsonObject { ["certificate"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(leaf) } };
        material["tlogEntries"] = Entry == EntryKind.None ? new JsonArray() : new JsonArray(Logged(message, signature, leaf));
        if (StampedAt is { } time)
        {
            material["timestampVerificationData"] = new JsonObject { ["rfc3161Timestamps"] = new JsonArray(Stamp(Instance.Tsa.Stamp(signature, time))) };
        }

        JsonObject bundle = new() { ["mediaType"] = MediaType, ["verificationMaterial"] = material };
        AddContent(bundle, signature);
        Edit?.Invoke(bundle);
        return System.Text.Encoding.UTF8.GetBytes(bundle.ToJsonString());
    }

    public static JsonObject Stamp(byte[] token) => new() { ["signedTimestamp"] = Convert.ToBase64String(token) };

    public string KeyPem => Key.ExportSubjectPublicKeyInfoPem();

    private void AddContent(JsonObject bundle, byte[] signature)
    {
        string sig = Convert.ToBase64String(signature);
        if (!IsEnvelope)
        {
            bundle["messageSignature"] = new JsonObject
            {
                ["messageDigest"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = Convert.ToBase64String(SHA256.HashData(Signed)) },
                ["signature"] = sig,
            };
            return;
        }

        JsonObject one = new() { ["sig"] = sig };
        if (KeyId is not null) one["keyid"] = KeyId;
        bundle["dsseEnvelope"] = new JsonObject
        {
            ["payload"] = Convert.ToBase64String(Statement),
            ["payloadType"] = PayloadType,
            ["signatures"] = new JsonArray(one),
        };
    }

    private byte[] Pae() =>
        [.. System.Text.Encoding.UTF8.GetBytes($"DSSEv1 {System.Text.Encoding.UTF8.GetByteCount(PayloadType)} {PayloadType} {Statement.Length} "), .. Statement];

    private JsonObject Logged(byte[] message, byte[] signature, byte[]? leaf)
    {
        JsonObject record = EntryBodies.Of(Entry, this, message, signature, leaf);
        byte[] body = System.Text.Encoding.UTF8.GetBytes((EditBody?.Invoke(record) ?? record).ToJsonString());
        byte[][] leaves = [[1], [2], [3], body, [5], [6]];
        VirtualTree tree = new(leaves);
        bool isV2 = Entry == EntryKind.HashedRekordV2;
        long index = isV2 ? 3 : 1003, time = IntegratedAt.ToUnixTimeSeconds();
        JsonObject entry = new()
        {
            ["logIndex"] = $"{index}",
            ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(Log.Id) },
            ["kindVersion"] = new JsonObject { ["kind"] = EntryBodies.KindOf(Entry), ["version"] = EntryBodies.VersionOf(Entry) },
            ["inclusionProof"] = new JsonObject
            {
                ["logIndex"] = "3",
                ["rootHash"] = Convert.ToBase64String(tree.Root),
                ["treeSize"] = $"{leaves.Length}",
                ["hashes"] = new JsonArray([.. tree.Proof(3).Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]),
                ["checkpoint"] = new JsonObject { ["envelope"] = Log.Checkpoint(Origin ?? (isV2 ? Log.Host : Log.Host + " - 42"), leaves.Length, tree.Root, CheckpointSigner, NoteName) },
            },
            ["canonicalizedBody"] = Convert.ToBase64String(body),
        };
        if (!isV2 && HasPromise)
        {
            entry["integratedTime"] = $"{time}";
            entry["inclusionPromise"] = new JsonObject { ["signedEntryTimestamp"] = Convert.ToBase64String(Log.Promise(body, time, index)) };
        }

        return entry;
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.X509;

namespace OfflineKit.Formats.Sigstore;

/// <summary>The versions of the bundle format.</summary>
internal enum BundleVersion
{
    V01,
    V02,
    V03,
}

/// <summary>A Sigstore bundle: a signature, the material to verify it with, and what logs and time-stamping authorities say of it.</summary>
/// <remarks>Source: docs/spec/sigstore.md F1–F7. Parsed means: exactly one content, exactly one material, no unknown or duplicate members.</remarks>
internal sealed record SigstoreBundle
{
    /// <summary>The version that the media type names.</summary>
    public required BundleVersion Version { get; init; }

    /// <summary>The signing certificate; null when a bare key signed.</summary>
    public Certificate? Leaf { get; internal init; }

    /// <summary>Certificates after the leaf: never trusted, never used.</summary>
    public int OtherCertificates { get; internal init; }

    /// <summary>What the bundle calls the key; covered by nothing.</summary>
    public string KeyHint { get; internal init; } = "";

    /// <summary>Log entries, at most 32, no two with the same log and index.</summary>
    public ImmutableArray<LogEntry> Entries { get; internal init; } = [];

    /// <summary>RFC 3161 responses, at most 32, no two alike.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Timestamps { get; internal init; } = [];

    /// <summary>The signed envelope; null when a message was signed.</summary>
    public DsseEnvelope? Envelope { get; internal init; }

    /// <summary>What the bundle says is the message's digest; never a substitute for the message.</summary>
    public Digest? MessageDigest { get; internal init; }

    /// <summary>The one signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; internal init; }

    /// <summary>A promise alone is refused also where a pinned key decides and no log is judged: this kind of file is meant to carry proofs.</summary>
    internal bool DemandsProof { get; private init; }

    /// <summary>The bundle in <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">Reasons <c>bundle.*</c>, <c>cert.malformed</c>, <c>limit.input-too-large</c>.</exception>
    public static SigstoreBundle Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, "bundle");
        SigstoreBundle bundle = new() { Version = VersionOf(json) };
        json.RefuseOtherMembers("mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope");
        JsonValue material = json.Object("verificationMaterial");
        material.RefuseOtherMembers("certificate", "x509CertificateChain", "publicKey", "tlogEntries", "timestampVerificationData");
        bundle = bundle.WithMaterial(material) with
        {
            Entries = ParseEntries(material, "tlogEntries"),
            Timestamps = ParseTimestamps(material),
        };
        return bundle.WithContent(json).RequireProofs() with { DemandsProof = true };
    }

    private static BundleVersion VersionOf(JsonValue json) => json.OptionalNotNull("mediaType")?.Text switch
    {
        "application/vnd.dev.sigstore.bundle+json;version=0.1" => BundleVersion.V01,
        "application/vnd.dev.sigstore.bundle+json;version=0.2" => BundleVersion.V02,
        "application/vnd.dev.sigstore.bundle+json;version=0.3" or "application/vnd.dev.sigstore.bundle.v0.3+json" => BundleVersion.V03,
        string other => throw new MalformedException(SigstoreReasons.UnknownMediaType, $"bundle.mediaType: \"{other}\""),
        null => throw new MalformedException(SigstoreReasons.UnknownMediaType, "bundle.mediaType is missing"),
    };

    private SigstoreBundle WithMaterial(JsonValue material)
    {
        string kind = ProtoJson.OneOf(material, "certificate", "x509CertificateChain", "publicKey");
        JsonValue value = material.Object(kind);
        if (kind == "publicKey")
        {
            value.RefuseOtherMembers("hint");
            return this with { KeyHint = value.OptionalNotNull("hint")?.Text ?? "" };
        }

        if ((kind == "certificate") != (Version == BundleVersion.V03))
        {
            throw new MalformedException($"{value.Path}: a bundle of this version carries the certificate in another member");
        }

        if (kind == "certificate")
        {
            return this with { Leaf = CertificateIn(value) };
        }

        value.RefuseOtherMembers("certificates");
        ImmutableArray<JsonValue> chain = ProtoJson.Repeated(value, "certificates", Limits.BundleCertificates);
        return chain.IsEmpty
            ? throw new MalformedException($"{value.Path}: empty certificate chain")
            : this with { Leaf = CertificateIn(chain[0]), OtherCertificates = chain.Length - 1 };
    }

    private static Certificate CertificateIn(JsonValue json)
    {
        json.RefuseOtherMembers("rawBytes");
        return Certificate.Parse(ProtoJson.Bytes(json, "rawBytes"));
    }

    /// <summary>The entries in the member <paramref name="name"/>, no two alike.</summary>
    internal static ImmutableArray<LogEntry> ParseEntries(JsonValue material, string name)
    {
        ImmutableArray<LogEntry> entries = [.. ProtoJson.Repeated(material, name, Limits.BundleEntries).Select(LogEntry.FromJson)];
        HashSet<string> seen = new(StringComparer.Ordinal);
        return entries.All(entry => seen.Add($"{StrictHex.Encode(entry.LogId.Span)} {entry.LogIndex}"))
            ? entries
            : throw new MalformedException(SigstoreReasons.DuplicateEntry, "two log entries have the same log and index");
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ParseTimestamps(JsonValue material)
    {
        if (material.OptionalNotNull("timestampVerificationData") is not { } stamps)
        {
            return [];
        }

        stamps.RefuseOtherMembers("rfc3161Timestamps");
        HashSet<string> seen = new(StringComparer.Ordinal);
        var tokens = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        foreach (JsonValue stamp in ProtoJson.Repeated(stamps, "rfc3161Timestamps", Limits.BundleEntries))
        {
            stamp.RefuseOtherMembers("signedTimestamp");
            tokens.Add(ProtoJson.Bytes(stamp, "signedTimestamp"));
            if (!seen.Add(stamp.String("signedTimestamp")))
            {
                throw new MalformedException(SigstoreReasons.DuplicateEntry, "two timestamps are the same");
            }
        }

        return tokens.DrainToImmutable();
    }

    private SigstoreBundle WithContent(JsonValue json)
    {
        string kind = ProtoJson.OneOf(json, "messageSignature", "dsseEnvelope");
        JsonValue value = json.Object(kind);
        if (kind == "messageSignature")
        {
            value.RefuseOtherMembers("messageDigest", "signature");
            return this with { MessageDigest = DigestIn(value), Signature = ProtoJson.Bytes(value, "signature") };
        }

        value.RefuseOtherMembers("payload", "payloadType", "signatures");
        DsseEnvelope envelope = DsseEnvelope.FromJson(value);
        return envelope.Signatures.Length == 1
            ? this with { Envelope = envelope, Signature = envelope.Signatures[0].Bytes }
            : throw new MalformedException($"{value.Path}.signatures: {envelope.Signatures.Length}, wanted 1");
    }

    private static Digest? DigestIn(JsonValue message)
    {
        if (message.OptionalNotNull("messageDigest") is not { } digest)
        {
            return null;
        }

        digest.RefuseOtherMembers("algorithm", "digest");
        return Digest.FromBytes(HashAlgorithm.Parse(digest["algorithm"]), digest.Base64("digest"));
    }

    // F5: a v0.1 entry needs its promise, any later one its proof. Whether a promise alone is enough is judged, not parsed.
    internal SigstoreBundle RequireProofs() => this with { Entries = [.. Entries.Select(Proved)] };

    private LogEntry Proved(LogEntry entry)
    {
        bool isProved = entry.Proof is { Checkpoint.IsEmpty: false };
        if (Version == BundleVersion.V01)
        {
            return entry.Promise is null
                ? throw new MalformedException(SigstoreReasons.MissingProof, $"log entry {entry.LogIndex} of a v0.1 bundle has no promise")
                : isProved ? entry : entry with { Proof = null };
        }

        return isProved
            ? entry
            : throw new MalformedException(SigstoreReasons.MissingProof, $"log entry {entry.LogIndex} has no {(entry.Proof is null ? "inclusion proof" : "checkpoint")}");
    }
}

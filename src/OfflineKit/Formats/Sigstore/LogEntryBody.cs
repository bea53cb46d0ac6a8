using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Sigstore;

/// <summary>What a log entry records: a signature, who can verify it, and the digest of what was signed.</summary>
/// <param name="Kind">Such as <c>hashedrekord</c>.</param>
/// <param name="Version">Such as <c>0.0.1</c>.</param>
/// <param name="Signature">The recorded signature.</param>
/// <param name="Verifier">The recorded certificate or key: DER.</param>
/// <param name="VerifierKind">Whether the verifier is a certificate or a bare key.</param>
/// <param name="Digest">The digest of the artefact, or for envelope kinds of the payload.</param>
/// <remarks>Source: docs/spec/sigstore.md F44–F49.</remarks>
internal sealed record LogEntryBody(
    string Kind, string Version, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Verifier, VerifierKind VerifierKind, Digest Digest)
{
    /// <summary>The digest of the whole envelope as a file, signatures included, where the entry records that instead of the signature (intoto 0.0.1); null otherwise.</summary>
    public Digest? EnvelopeDigest { get; private init; }

    /// <summary>The entry is of Rekor v2: no promise, no time.</summary>
    public bool IsRekorV2 => Version == "0.0.2" && Kind == "hashedrekord";

    /// <summary>The entry records an envelope; otherwise a signature over an artefact.</summary>
    public bool IsEnvelope => Kind is "dsse" or "intoto";

    /// <summary>The entry in <paramref name="body"/>, which must be of the declared kind.</summary>
    /// <exception cref="MalformedException">Reason <c>bundle.entry-kind</c> for unknown kinds and for bodies that are of another one.</exception>
    public static LogEntryBody Parse(ReadOnlyMemory<byte> body, string kind, string version)
    {
        JsonValue json = StrictJson.ParseObject(body, "log entry");
        if (json.String("kind") != kind || json.String("apiVersion") != version)
        {
            throw new MalformedException(
                SigstoreReasons.UnknownEntryKind, $"the entry is {json.String("kind")} {json.String("apiVersion")}, declared as {kind} {version}");
        }

        JsonValue spec = json.Object("spec");
        return (kind, version) switch
        {
            ("hashedrekord", "0.0.1") => HashedRekord(spec, version),
            ("hashedrekord", "0.0.2") => HashedRekordV2(spec.Object("hashedRekordV002"), version),
            ("dsse", "0.0.1") => Dsse(spec, version),
            ("intoto", "0.0.1") => InTotoFile(spec, version),
            ("intoto", "0.0.2") => InToto(spec.Object("content"), version),
            _ => throw new MalformedException(SigstoreReasons.UnknownEntryKind, $"{kind} {version}"),
        };
    }

    /// <summary>The entry in <paramref name="body"/>, of a kind that only the body itself declares, as legacy cosign bundles carry it.</summary>
    /// <exception cref="MalformedException">Reason <c>bundle.entry-kind</c> for other kinds than hashedrekord, dsse, intoto and rekord of version 1.</exception>
    internal static LogEntryBody ParseUndeclared(ReadOnlyMemory<byte> body)
    {
        JsonValue json = StrictJson.ParseObject(body, "log entry");
        (string kind, string version) = (json.String("kind"), json.String("apiVersion"));
        return (kind, version) switch
        {
            ("rekord", "0.0.1") => Rekord(json.Object("spec"), version),
            ("hashedrekord", "0.0.2") => throw new MalformedException(SigstoreReasons.UnknownEntryKind, "a hashedrekord 0.0.2 entry is never promised"),
            _ => Parse(body, kind, version),
        };
    }

    private static LogEntryBody Rekord(JsonValue spec, string version)
    {
        JsonValue signature = spec.Object("signature");
        if (signature.String("format") != "x509")
        {
            throw new MalformedException(SigstoreReasons.UnknownEntryKind, $"{signature.Path}.format: \"{signature.String("format")}\", wanted x509");
        }

        (byte[] verifier, VerifierKind kind) = FromPem(signature.Object("publicKey").Base64("content"), signature.Path);
        return new LogEntryBody("rekord", version, signature.Base64("content"), verifier, kind, HexDigest(spec.Object("data").Object("hash")));
    }

    private static LogEntryBody HashedRekord(JsonValue spec, string version)
    {
        JsonValue signature = spec.Object("signature");
        (byte[] verifier, VerifierKind kind) = FromPem(signature.Object("publicKey").Base64("content"), signature.Path);
        return new LogEntryBody("hashedrekord", version, signature.Base64("content"), verifier, kind, HexDigest(spec.Object("data").Object("hash")));
    }

    private static LogEntryBody HashedRekordV2(JsonValue record, string version)
    {
        JsonValue signature = record.Object("signature"), verifier = signature.Object("verifier"), data = record.Object("data");
        bool isCertificate = ProtoJson.OneOf(verifier, "x509Certificate", "publicKey") == "x509Certificate";
        byte[] der = ProtoJson.Bytes(verifier.Object(isCertificate ? "x509Certificate" : "publicKey"), "rawBytes");
        return new LogEntryBody(
            "hashedrekord",
            version,
            signature.Base64("content"),
            der,
            isCertificate ? VerifierKind.Certificate : VerifierKind.PublicKey,
            Digest.FromBytes(HashAlgorithm.Parse(data["algorithm"]), data.Base64("digest")));
    }

    private static LogEntryBody Dsse(JsonValue spec, string version)
    {
        JsonValue signature = Only(spec.Array("signatures"), spec.Path);
        (byte[] verifier, VerifierKind kind) = FromPem(signature.Base64("verifier"), signature.Path);
        return new LogEntryBody("dsse", version, signature.Base64("signature"), verifier, kind, HexDigest(spec.Object("payloadHash")));
    }

    private static LogEntryBody InToto(JsonValue content, string version)
    {
        JsonValue signature = Only(content.Object("envelope").Array("signatures"), content.Path);
        (byte[] verifier, VerifierKind kind) = FromPem(signature.Base64("publicKey"), signature.Path);

        // The log stores the base64 text of the envelope as bytes, and bytes are base64 once more.
        byte[] decoded = StrictBase64.Decode(signature.Base64("sig").AsSpan(), $"{signature.Path}.sig");
        return new LogEntryBody("intoto", version, decoded, verifier, kind, HexDigest(content.Object("payloadHash")));
    }

    // The hash of the envelope's file covers every signature in it, so that nothing of the envelope is left open.
    private static LogEntryBody InTotoFile(JsonValue spec, string version)
    {
        JsonValue content = spec.Object("content");
        (byte[] verifier, VerifierKind kind) = FromPem(spec.Base64("publicKey"), spec.Path);
        return new LogEntryBody("intoto", version, ReadOnlyMemory<byte>.Empty, verifier, kind, HexDigest(content.Object("payloadHash"))) { EnvelopeDigest = HexDigest(content.Object("hash")) };
    }

    private static JsonValue Only(ImmutableArray<JsonValue> signatures, string path) =>
        signatures.Length == 1 ? signatures[0] : throw new MalformedException($"{path}: {signatures.Length} signatures, wanted 1");

    private static Digest HexDigest(JsonValue hash)
    {
        DigestAlgorithm algorithm = hash.String("algorithm") switch
        {
            "sha256" => DigestAlgorithm.Sha256,
            "sha384" => DigestAlgorithm.Sha384,
            "sha512" => DigestAlgorithm.Sha512,
            string other => throw new MalformedException(Reasons.UnsupportedAlgorithm, $"{hash.Path}.algorithm: \"{other}\""),
        };
        return Digest.FromHex(algorithm, hash.String("value"), hash.Path);
    }

    private static (byte[] Der, VerifierKind Kind) FromPem(byte[] text, string path)
    {
        Pem block = Pem.ParseOne(text, path);
        return block.Label switch
        {
            "CERTIFICATE" => (block.Content.ToArray(), VerifierKind.Certificate),
            "PUBLIC KEY" => (block.Content.ToArray(), VerifierKind.PublicKey),
            _ => throw new MalformedException($"{path}: PEM block {block.Label}, wanted a certificate or a public key"),
        };
    }
}

/// <summary>What a log entry names to verify its signature with.</summary>
internal enum VerifierKind
{
    PublicKey,
    Certificate,
}

/// <summary>The names of hash functions in bundles and trusted roots.</summary>
internal static class HashAlgorithm
{
    /// <summary>The function that <paramref name="name"/> says.</summary>
    public static DigestAlgorithm Parse(JsonValue name) => name.Text switch
    {
        "SHA2_256" => DigestAlgorithm.Sha256,
        "SHA2_384" => DigestAlgorithm.Sha384,
        "SHA2_512" => DigestAlgorithm.Sha512,
        string other => throw new MalformedException(Reasons.UnsupportedAlgorithm, $"{name.Path}: \"{other}\", wanted SHA2_256, SHA2_384 or SHA2_512"),
    };
}

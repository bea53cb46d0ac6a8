using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>Key versions of Google Cloud KMS, by REST with checksums both ways.</summary>
internal sealed class GoogleKeySource : KeySource
{
    private readonly HttpMessageHandler? _handler;

    /// <summary>A source with application default credentials.</summary>
    public GoogleKeySource()
    {
    }

    internal GoogleKeySource(HttpMessageHandler handler) => _handler = handler;

    /// <inheritdoc/>
    public override string Name => GoogleKms.Service;

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is GoogleKeyUri;

    /// <inheritdoc/>
    public override async Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        GoogleKeyUri google = (GoogleKeyUri)uri;
        GoogleKms kms = new(google, opening, _handler);
        try
        {
            JsonValue answer = (await kms.PublicKeyAsync(cancellation).ConfigureAwait(false)).Json(GoogleKms.Service);
            AlgorithmLabel label = RestAnswer.Read(GoogleKms.Service, () => AlgorithmLabel.Parse(answer.String("algorithm"), "algorithm"));
            return new GoogleSigningKey(google, Read(google, answer, label, opening.Scheme), label, kms);
        }
        catch (Exception)
        {
            kms.Dispose();
            throw;
        }
    }

    private static PublicKey Read(GoogleKeyUri uri, JsonValue answer, AlgorithmLabel label, SchemeChoice choice)
    {
        // 1 The version that was asked for.
        string name = RestAnswer.Read(GoogleKms.Service, () => answer.String("name"));
        if (name != uri.ResourceName)
        {
            throw SigningReasons.WrongAnswer.Refusal($"{uri}: the service answered about \"{name}\"");
        }

        // 2 The bytes that were sent, and 3 the algorithm that the version is made for.
        KeyMaterial material = RestAnswer.Read(GoogleKms.Service, () => answer.OptionalNotNull("pem") is null ? PostQuantum(answer.Object("publicKey"), label) : Checked(answer));
        if (label.Service != KeyService.Google || !label.Fits(material))
        {
            throw ServiceReasons.MalformedAnswer.Refusal($"{GoogleKms.Service}: algorithm {label.Text} does not fit a {material.Kind} key");
        }

        PublicKey key = new SchemeChoice(choice.Asked ?? label.Scheme, ForRsa: null).Bind(material);
        return key.Scheme == label.Scheme
            ? key
            : throw SigningReasons.SchemeMismatch.Refusal($"{name} signs by {label.Text} only, which is {label.Scheme.Label}, not by {key.Scheme.Label}");
    }

    private static KeyMaterial PostQuantum(JsonValue data, AlgorithmLabel label)
    {
        byte[] key = data.Base64("data");
        Crc32c.Require(data["crc32cChecksum"], key, "publicKey.data");
        return label.OnlyKind is { } kind && MlDsaParameterSet.Of(kind) is { } set
            ? KeyMaterial.MlDsa(set, key)
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"algorithm {label.Text} beside a key that has no PEM");
    }

    private static KeyMaterial Checked(JsonValue answer)
    {
        byte[] pem = Utf8Text.Encode(answer.String("pem"));
        Crc32c.Require(answer["pemCrc32c"], pem, "pem");
        Pem block = Pem.ParseOne(pem, "pem");
        return block.Label == "PUBLIC KEY" ? SubjectPublicKeyInfo.Parse(block.Content.Span) : throw new MalformedException($"pem is a {block.Label}");
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Exports;

/// <summary>A compact JWS whose payload lies in another file.</summary>
/// <remarks>Keys and certificates in the header are ignored; extensions that must be understood are refused. Source: RFC 7515, our profile of docs/spec/exports.md.</remarks>
internal sealed record DetachedJws(string Header, string Algorithm, byte[] Signature)
{
    /// <summary>The JWS in <paramref name="content"/>: <c>HEADER..SIGNATURE</c> and at most a final line feed.</summary>
    public static DetachedJws Parse(ReadOnlySpan<byte> content)
    {
        string[] parts = Utf8Text.DecodePrintable(content.TrimEnd("\n"u8), "JWS").Split('.');
        if (parts is not [var header, "", var signature])
        {
            throw new MalformedException("JWS: wanted HEADER..SIGNATURE with an empty payload");
        }

        JsonValue json = StrictJson.ParseObject(StrictBase64.DecodeUrl(header, "JWS header"), "JWS header");
        if (json.Optional("crit") is not null || json.Optional("b64") is not null)
        {
            throw new MalformedException("JWS header: crit and b64 are not accepted");
        }

        return new DetachedJws(header, json.String("alg"), StrictBase64.DecodeUrl(signature, "JWS signature"));
    }

    /// <summary>Verifies it over <paramref name="payload"/>: the algorithm must be the one of a trusted key.</summary>
    public void Verify(string step, ReadOnlyMemory<byte> payload, ExportVerification export)
    {
        if (Scheme(Algorithm) is not { } scheme)
        {
            export.Found.Failed(step, Reasons.UnsupportedAlgorithm.Because($"JWS algorithm \"{Algorithm}\", wanted ES256, EdDSA, PS256 or RS256"));
            return;
        }

        ImmutableArray<TrustedKey> keys = export.Request.Context.Trust.Candidates(scheme);
        if (keys.IsEmpty)
        {
            export.Found.Failed(step, Reasons.AlgorithmMismatch.Because($"the JWS says {Algorithm}, and no trusted key is of that kind"));
            return;
        }

        SigningInput message = SigningInput.Of(Utf8Text.Encode($"{Header}.{Url(payload.Span)}"));
        if (keys.Where(FitsCurve).Select(key => KeySignature.By(key, keys, scheme, message, Signature)).FirstOrDefault(made => made is not null) is not { } signature)
        {
            export.Found.Failed(step, Reasons.SignatureMismatch.Because("the JWS does not verify over offline-manifest.json under any trusted key"));
        }
        else if (export.Prove(step, signature, new SignatureFacts("jws") { ArtifactName = "offline-manifest.json" }, "a detached JWS") is { } signer)
        {
            // It signs a file beside the export that names the payload somewhere: no further signer of the export.
            export.Found.Passed(step, $"offline-manifest.json is signed by key \"{signer.Signer}\" ({Algorithm})", signer.Root);
        }
    }

    // ES256 is r and s of fixed width on P-256: the form that keys verify.
    private bool FitsCurve(TrustedKey key) => key.Material.Kind != KeyKind.P256 || Signature.Length == 64;

    private static SignatureScheme? Scheme(string algorithm) => algorithm switch
    {
        "ES256" => SignatureScheme.EcdsaSha256,
        "EdDSA" => SignatureScheme.Ed25519,
        "PS256" => SignatureScheme.RsaPssSha256,
        "RS256" => SignatureScheme.RsaPkcs1Sha256,
        _ => null,
    };

    private static string Url(ReadOnlySpan<byte> content) => System.Buffers.Text.Base64Url.EncodeToString(content);
}

using OfflineKit.Encoding;
using OfflineKit.Formats.Jws;
using OfflineKit.Trust;

namespace OfflineKit.Exports;

/// <summary>A compact JWS whose payload lies in another file of an export.</summary>
/// <param name="Signature">Its one signature.</param>
/// <remarks>Source: RFC 7515 appendix F, docs/spec/jws.md, our profile of docs/spec/exports.md.</remarks>
internal sealed record DetachedJws(JwsSignature Signature)
{
    /// <summary>The JWS in <paramref name="content"/>: <c>HEADER..SIGNATURE</c> and at most a line end.</summary>
    public static DetachedJws Parse(ReadOnlySpan<byte> content) => JwsDocument.Compact(content) is { Payload: null } document
        ? new DetachedJws(document.Signatures[0])
        : throw new MalformedException("JWS: wanted HEADER..SIGNATURE with an empty payload");

    /// <summary>Verifies it over <paramref name="payload"/>: the algorithm must be the one of a trusted key.</summary>
    public void Verify(string step, ReadOnlyMemory<byte> payload, ExportVerification export)
    {
        if (export.Prove(step, trust => Signature.Signer(trust, payload), new SignatureFacts(JwsFormat.FormatName) { ArtifactName = "offline-manifest.json" }, "a detached JWS") is { } signer)
        {
            // It signs a file beside the export that names the payload somewhere: no further signer of the export.
            export.Found.Passed(step, $"offline-manifest.json is signed by key \"{signer.Signer}\" ({Signature.Header.Label.Text})", signer.Root);
        }
    }
}

using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Transparency;

namespace OfflineKit.Exports;

/// <summary>The log entry of which a receipt speaks: it must record a signature of the statement, its payload and a trusted key.</summary>
/// <remarks>The caller gives the entry's body, byte for byte as the log hashed it. Source: docs/spec/exports.md §5.</remarks>
internal static class ReceiptEntry
{
    /// <summary>Binds the entry with <paramref name="leafHash"/> to the envelope at <paramref name="envelopePath"/>, when the caller gave it: <paramref name="place"/> is then evidence.</summary>
    public static void Verify(string step, string leafHash, LoggedIn place, string envelopePath, ExportVerification export)
    {
        if (export.Companion(DetachedFiles.ReceiptEntry) is not { } body)
        {
            export.Found.NotEvaluated(step, "the receipt holds no entry: inclusion is proved, that the entry is about this export is not, and no entry was given");
            return;
        }

        string hash = StrictHex.Encode(MerkleTree.LeafHash(body.Span));
        if (!string.Equals(hash, leafHash, StringComparison.Ordinal))
        {
            export.Found.Failed(step, ExportReasons.ReceiptNotBound.Because($"the given entry has leaf hash {hash}, the receipt speaks of {leafHash}"));
            return;
        }

        // The envelope parses: the statement in it was verified before.
        Result<LogEntryBody> entry = Result.Parse(ExportReasons.ReceiptNotBound, () => LogEntryBody.ParseUndeclared(body));
        Finding? finding = entry.Value is { } recorded
            ? Judge(recorded, Result.Parse(Reasons.MalformedSignature, () => DsseEnvelope.Parse(export.Inventory.Control(envelopePath)!.Value)), export)
            : ExportReasons.ReceiptNotBound.Because(entry.Finding!.Detail);
        if (finding is not null)
        {
            export.Found.Failed(step, finding);
        }
        else
        {
            export.Found.Passed(step, $"the entry ({entry.Value!.Kind}) records this statement, its signature and a trusted key");
            export.Found.Proved(place, envelopePath);
        }
    }

    private static Finding? Judge(LogEntryBody entry, Result<DsseEnvelope> parsed, ExportVerification export)
    {
        if (parsed.Value is not { } envelope)
        {
            return parsed.Finding;
        }

        Digest payload = Digest.Of(entry.Digest.Algorithm, envelope.Payload.Span);
        Result<KeyMaterial> key = Result.Parse(ExportReasons.ReceiptNotBound, () => entry.VerifierKind == VerifierKind.PublicKey
            ? SubjectPublicKeyInfo.Parse(entry.Verifier.Span)
            : throw new MalformedException("it records a certificate, and the statement is signed by a key"));
        string? differs = !entry.IsEnvelope ? $"it is a {entry.Kind} entry, which records no envelope"
            : !entry.Digest.Equals(payload) ? $"it records the payload {entry.Digest}, the statement is {payload}"
            : !envelope.Signatures.Any(signature => signature.Bytes.Span.SequenceEqual(entry.Signature.Span)) ? "it records a signature that the statement does not have"
            : key.Value is not { } material ? key.Finding!.Detail
            : !export.Request.Context.Trust.Keys.Any(trusted => trusted.Material.Equals(material)) ? $"it records the key {material.Fingerprint}, which is not trusted"
            : null;
        return differs is null ? null : ExportReasons.ReceiptNotBound.Because(differs);
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Formats.Dsse;
using OfflineKit.Trust;

namespace OfflineKit.Exports;

/// <summary>StellaOps' mirror thin bundle, whose signature covers the base64 text of the payload and not the payload's type.</summary>
/// <remarks>The steps are those of docs/spec/exports.md §10.</remarks>
internal sealed class MirrorBundle : ExportLayout
{
    private const string Manifest = "mirror-thin-v1.manifest.dsse.json", ManifestType = "application/vnd.stellaops.mirror.manifest+json";
    private const string Bundle = "mirror-thin-v1.bundle.dsse.json", BundleType = "application/vnd.stellaops.mirror.bundle+json";

    /// <inheritdoc/>
    public override string Name => "mirror";

    /// <inheritdoc/>
    public override string Title => "StellaOps mirror thin bundle";

    /// <inheritdoc/>
    public override string Mark => Manifest;

    /// <inheritdoc/>
    public override string OpenQuestions => "what the signed manifest lists is not published; the stellaops profile (OfflineKit) wants files[{path, sha256, size}], and keys inside the bundle are never trust";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(Manifest) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The caller accepts the weak signature, knowingly.
        if (export.Request.Mirror == MirrorRule.Refuse)
        {
            export.Found.Failed("2-profile", ExportReasons.MirrorNotAllowed.Because("the payload's type is covered by no signature"));
            return;
        }

        export.Found.Noted("note.mirror-b64payload", "accepted knowingly: the signature covers the base64 text of the payload, not its type");

        // 3 The envelope, its fixed type, and its signature.
        if (export.Read("3-signature", Manifest, content => MirrorEnvelope.Parse(content)) is not { } envelope || !RequireSignature(envelope, Manifest, ManifestType, export))
        {
            return;
        }

        if (export.Inventory.Find(Bundle) is not null && (export.Read("3-signature", Bundle, content => MirrorEnvelope.Parse(content)) is not { } bundle || !RequireSignature(bundle, Bundle, BundleType, export)))
        {
            return;
        }

        // 4 What it lists, the TUF files among them. 5 Nothing else.
        Result<Dictionary<string, ListedFile>> listed = Result.Parse(ExportReasons.ManifestMalformed, () => ListedFiles.ByPath(
            StrictJson.ParseObject(envelope.Payload, "mirror manifest").Array("files"),
            file => new ListedFile(file.String("path"), ListedFiles.Size(file["size"]), ListedFiles.Hex(file["sha256"]))));
        if (listed.Value is { } files)
        {
            export.Compare("4-files", "5-nothing-else", files);
            NoteRoles(export);
        }
        else
        {
            export.Found.Failed("4-files", listed.Finding!);
        }
    }

    // Where the targets of the bundle's TUF repository lie is not published; as files they are what the signed manifest lists.
    private static void NoteRoles(ExportVerification export)
    {
        if (export.Inventory.Find("root.json") is not null)
        {
            export.Found.NotEvaluated("6-tuf-roles", "the TUF files are the listed ones; their roles are judged by `offlinekit trust check`");
        }
    }

    private static bool RequireSignature(MirrorEnvelope envelope, string path, string type, ExportVerification export)
    {
        if (envelope.PayloadType != type)
        {
            export.Found.Failed("3-signature", DsseReasons.UnexpectedPayloadType.Because($"\"{envelope.PayloadType}\", wanted \"{type}\""));
            return false;
        }

        if (export.Prove("3-signature", trust => Signer(envelope, path, trust), new SignatureFacts("mirror-b64payload") { ArtifactName = path, PayloadType = type }, "the layout mirror") is not { } signer)
        {
            return false;
        }

        export.Found.Passed("3-signature", $"{path} is signed by key \"{signer.Signer}\", over the text of its payload", signer.Root);

        // The other envelope says nothing of the files: its signer is no further signer of them.
        if (path == Manifest)
        {
            export.Found.Proved(signer, path);
        }

        return true;
    }

    private static Result<KeySignature> Signer(MirrorEnvelope envelope, string path, TrustStore trust)
    {
        SigningInput text = SigningInput.Of(Utf8Text.Encode(envelope.Text));
        ImmutableArray<TrustedKey> keys = trust.Candidates(SignatureScheme.Ed25519);
        IEnumerable<KeySignature?> made = keys.SelectMany(key => envelope.Signatures.Select(value => KeySignature.By(key, keys, SignatureScheme.Ed25519, text, value)));
        return made.FirstOrDefault(signature => signature is not null) is { } signature
            ? new Result<KeySignature>(signature, Finding: null)
            : new Result<KeySignature>(Value: null, (keys.IsEmpty ? Reasons.UnknownKey : Reasons.SignatureMismatch).Because($"{path}: no trusted Ed25519 key made a signature over the base64url text of the payload"));
    }
}

/// <summary>An envelope of the mirror profile: its signatures are over the text of the payload.</summary>
internal sealed record MirrorEnvelope(string PayloadType, string Text, byte[] Payload, ImmutableArray<byte[]> Signatures)
{
    /// <summary>The envelope in <paramref name="content"/>; the payload is unpadded base64url.</summary>
    public static MirrorEnvelope Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, "envelope");
        string text = json.String("payload");
        return new MirrorEnvelope(
            json.String("payloadType"), text, StrictBase64.DecodeUrl(text, "envelope.payload"), [.. json.Array("signatures").Take(Limits.EnvelopeSignatures).Select(signature => signature.Base64("sig"))]);
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dossier;

/// <summary>A dossier: its body is the artefact, everything before it is a claim.</summary>
/// <remarks>Source: docs/spec/dossier.md §5; the numbers at the steps are those of its table.</remarks>
internal sealed class DossierEnvelope : Envelope
{
    private static readonly ImmutableArray<string> NamesOfDossiers = [".md", ".markdown"];
    private readonly DossierDocument _document;
    private readonly DossierFields _fields;
    private readonly DossierChecksum? _checksum;
    private readonly DossierSignature? _signature;
    private readonly DossierCoverage? _coverage;

    private DossierEnvelope(DossierDocument document)
    {
        _document = document;
        _fields = document.Fields;
        _checksum = _fields.Object("checksum") is { } checksum ? DossierChecksum.Parse(checksum) : null;
        if (_fields.Object("signature") is { } signature)
        {
            // What is covered comes first: a form that nobody knows is told before anything else of it.
            _coverage = DossierCoverage.Of(signature, _fields);
            _signature = DossierSignature.Parse(signature);
        }

        foreach (string required in (ReadOnlySpan<string>)["dossier_schema_version", "title", "version"])
        {
            _fields.Require(required);
        }
    }

    /// <inheritdoc/>
    public override string Format => "dossier";

    /// <inheritdoc/>
    public override ImmutableArray<string> DocumentNames => NamesOfDossiers;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        .. Claim("title", _fields.Text("title")), .. Claim("version", _fields.Text("version")), .. Claim("status", _fields.Text("status")),
        .. Claim("objective", _fields.Text("objective")), .. Claim("risk level", _fields.Text("risk_level")), .. Claim("checksum", _checksum?.Hash),
        .. Claim("covers", _coverage?.InWords), .. Claim("algorithm", _signature?.Algorithm),
        .. Claim("key id", _signature?.KeyId), .. Claim("public key", _signature?.EmbeddedKey is { } key ? "sha256:" + key.Fingerprint : null),
        .. Claim("signed by", _signature?.SignedBy), .. Claim("signed at", _signature?.SignedAt),
    ];

    /// <inheritdoc/>
    public override OwnContent? OwnContent => OwnContent.Inseparable(Reasons.SelfContained);

    /// <summary>The dossier in <paramref name="content"/>. Step 1.</summary>
    public static DossierEnvelope Parse(ReadOnlyMemory<byte> content) => new(DossierDocument.Parse(content));

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Nothing;

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        DossierVerification current = Examine(_document.Body, artifact, context);
        bool hasOtherReading = _coverage?.CoversFrontMatter != true && _document.LegacyBody.Length != _document.Body.Length;
        if (current.IsSound || !hasOtherReading)
        {
            return current.Close(Risk);
        }

        // The body of older parsers: accepted only when asked for, but the refusal says that it would do.
        DossierVerification legacy = Examine(_document.LegacyBody, artifact, context);
        if (!legacy.IsSound)
        {
            return current.Close(Risk);
        }

        DossierVerification chosen = context.Expectations.AllowLegacyDossierBody ? legacy : current;
        chosen.Verification.Noted("note.legacy-body", chosen == legacy
            ? "the body was read as parsers before March 2026 did: blank lines at its start are not covered"
            : "without the blank lines at its start, as parsers before March 2026 read it, the body would fit");
        if (chosen == current)
        {
            chosen.Verification.Advised(new Advice("{legacyBody} accepts the body as older parsers read it; ask the sender to sign it anew"));
        }

        return chosen.Close(Risk);
    }

    // Of the dossier, should it be trusted in the end.
    private DossierRisk Risk => _coverage?.CoversFrontMatter == true ? DossierRisk.OfSigned(_fields.Text("risk_level")) : DossierRisk.OfSignedBody(_fields.Text("risk_level"));

    private DossierVerification Examine(ReadOnlyMemory<byte> body, Artifact artifact, VerificationContext context)
    {
        DossierVerification dossier = new();
        Digest digest = Digest.Sha256(body.Span);

        // 2 The checksum: integrity only, since it stands in the same unsigned front matter.
        CheckChecksum(digest, dossier);

        // 3 Is there a signature at all?
        if (_signature is null)
        {
            dossier.Refuse(DossierStatus.Unsigned, DossierReasons.Unsigned.Because("there is no signature member"));
            return dossier;
        }

        if (!_coverage!.CoversFrontMatter)
        {
            dossier.Verification.Noted("note.unsigned-metadata", "the signature covers the body only: title, version, risk level, checksum and every other field before it are not authenticated");
        }

        // 4, 5 were settled by the parser; minisign's legacy mode is a matter of the caller's choice.
        if (_signature.Judge(context.Expectations) is { } finding)
        {
            dossier.Refuse(DossierStatus.Invalid, finding);
            return dossier;
        }

        // 6 Which trusted keys made it? 7, 8 If none, did the key in the document? 9 Standing of the key.
        Result<byte[]> signed = Result.Parse(Reasons.MalformedSignature, () => _coverage.Payload(body.Span));
        if (signed.Value is not { } payload)
        {
            dossier.Refuse(DossierStatus.Invalid, signed.Finding!);
            return dossier;
        }

        ImmutableArray<TrustedKey> signers = [.. context.Trust.Candidates(_signature.Scheme, _signature.KeyId)];
        KeySignature? signature = signers.Select(signer => _signature.By(signer, signers, payload)).FirstOrDefault(made => made is not null);
        TrustedKey? named = _signature.KeyId is { } id ? signers.FirstOrDefault(key => key.IsCalled(id)) : null;
        if (signature is not null)
        {
            JudgeTrusted(signature, named, Digest.Sha256(payload), artifact, context, dossier);
        }
        else
        {
            JudgeUnknown(named, payload, dossier);
        }

        return dossier;
    }

    private void CheckChecksum(Digest digest, DossierVerification dossier)
    {
        if (_checksum is null)
        {
            dossier.RefuseIntegrity("missing", DossierReasons.ChecksumMissing.Because($"there is no checksum member; the body has sha256 {digest.Hex}"));
        }
        else if (!string.Equals(_checksum.Hash, digest.Hex, StringComparison.Ordinal))
        {
            dossier.RefuseIntegrity("invalid", DossierReasons.ChecksumMismatch.Because($"expected {_checksum.Hash}, computed {digest.Hex}"));
        }
        else
        {
            dossier.Verification.Passed("checksum", $"sha256:{digest.Hex} of the body (integrity only)");
        }
    }

    private void JudgeTrusted(KeySignature signature, TrustedKey? named, Digest digest, Artifact artifact, VerificationContext context, DossierVerification dossier)
    {
        Result<SignedByKey> proved = SignedByKey.Prove(signature, new SignatureFacts(Format) { Form = _signature!.Form, ArtifactName = artifact.Name }, context);
        if (proved.Value is not { } signer)
        {
            // A good signature of somebody who is trusted for something else is a stranger's; one that a revoked key made is none.
            bool isStranger = proved.Finding!.Reason == Reasons.KeyNotAllowed;
            dossier.Refuse(isStranger ? DossierStatus.SignedUnknown : DossierStatus.Invalid, proved.Finding);
            dossier.VerifiedByUnknownKey = isStranger;
            return;
        }

        if (named is not null && _signature!.EmbeddedKey is { } embedded && !embedded.Equals(named.Material))
        {
            dossier.Refuse(DossierStatus.SignedUnknown, DossierReasons.ContradictoryKey.Because(
                $"key_id names \"{named.Name}\" (sha256:{named.Material.Fingerprint}), public_key is sha256:{embedded.Fingerprint}"));
            return;
        }

        dossier.Verification.Passed("signature", $"{_signature!.Algorithm} over {_coverage!.InWords} by key \"{signer.Signer}\"", signer.Root);
        dossier.Verification.Proved(signer);
        dossier.Verification.Proved(CoversArtifact.Prove(artifact, digest, _coverage.InWords));
        if (_coverage.CoversFrontMatter)
        {
            dossier.Verification.Proved(new StatesVersion(_fields.Text("name") ?? _fields.Text("title")!, _fields.Text("version")!, "front matter"));
            dossier.Verification.Noted("note.signed-metadata", "the signature covers the body and every field before it but the signature's own: title, version and risk level are authenticated");
        }

        if (_signature.LegacyNote is { } note)
        {
            dossier.Verification.Noted("note.legacy-minisign", note);
        }

        dossier.Status = signer.Marks.Contains("official", StringComparer.Ordinal) ? DossierStatus.Official : DossierStatus.Trusted;
    }

    private void JudgeUnknown(TrustedKey? named, ReadOnlySpan<byte> payload, DossierVerification dossier)
    {
        if (_signature!.EmbeddedKey is not { } embedded)
        {
            bool forged = named is not null;
            dossier.Refuse(
                forged ? DossierStatus.Invalid : DossierStatus.SignedUnknown,
                forged
                    ? Reasons.SignatureMismatch.Because($"the signature does not verify under key \"{named!.Name}\", which key_id names")
                    : Reasons.UnknownKey.Because("the dossier carries no public_key and no trusted key made the signature"));
            return;
        }

        if (!_signature.Verifies(PublicKey.Bind(embedded, _signature.Scheme), payload))
        {
            dossier.Refuse(DossierStatus.Invalid, Reasons.SignatureMismatch.Because(
                $"the signature does not verify over {_coverage!.InWords}, neither under a trusted key nor under the dossier's own (sha256:{embedded.Fingerprint})"));
            return;
        }

        dossier.Refuse(DossierStatus.SignedUnknown, Reasons.UnknownKey.Because($"the signature is by the key sha256:{embedded.Fingerprint}, which nobody here trusts"));
        dossier.VerifiedByUnknownKey = true;
        if (named is not null)
        {
            dossier.Verification.Noted("note.false-key-id", $"key_id claims the trusted key \"{named.Name}\", but another key made the signature");
        }
    }

    private static ImmutableArray<Claim> Claim(string name, string? value) => value is null ? [] : [new Claim(name, value)];
}

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Formats.Dossier;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>Signs a dossier in place: the body's checksum and a signature go into the front matter.</summary>
/// <remarks>
/// P-256 keys sign as ECDSA-SHA-256 (what "official" dossiers carry), minisign keys as minisign, other Ed25519 keys as ed25519.
/// Source: docs/spec/dossier.md §1–3. What is signed, and in which layout, is a matter of the scheme.
/// </remarks>
internal sealed class DossierInPlace : SignatureFormat
{
    private const string OfficialFingerprint = "3c81db5745a174e2654fc0c4213be0b1d3586673c37062f5c8804be55358e9cd";
    private static readonly ImmutableArray<string> OfficialNames = ["alias/dossier-official-prod", "alias/dossier-official", "d9ccd3fc-b190-49fd-83f7-e94df6620c1d"];

    /// <summary>How much is signed, and in which layout.</summary>
    public DossierScheme Scheme { get; init; } = DossierScheme.V3;

    /// <summary>The claimed signer; null leaves the member out.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The <c>key_id</c> of a local key; null leaves the member out. Service keys write their full name.</summary>
    public string? KeyName { get; init; }

    /// <summary>The project's official key may be used.</summary>
    public bool AllowsOfficialKey { get; init; }

    /// <inheritdoc/>
    public override string Name => "dossier";

    /// <inheritdoc/>
    public override string Suffix => "";

    /// <inheritdoc/>
    public override bool IsDocumentItself => true;

    /// <summary>A dossier that carries a signature: one without is somebody's work.</summary>
    public override OutputShape Shape => new(OutputKind.OfContent("signed dossier", Limits.SignedDocument, static content =>
        Result.Parse(Reasons.MalformedSignature, () => DossierDocument.Parse(content)).Value?.Fields.SignatureItself is not null));

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => ReadingPlan.Whole;

    /// <summary>Refuses <paramref name="uri"/> when it names the project's official key and that was not asked for.</summary>
    public void RefuseOfficial(KeyUri uri)
    {
        if (!AllowsOfficialKey && OfficialNames.Any(name => uri.Text.EndsWith(name, StringComparison.Ordinal)))
        {
            throw SigningReasons.GuardedKey.Refusal($"{uri} is the dossier project's official key");
        }
    }

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        RefuseOfficial(key.Uri);
        if (!AllowsOfficialKey && key.PublicKey.Material.Fingerprint == OfficialFingerprint)
        {
            throw SigningReasons.GuardedKey.Refusal($"{key.Uri} is the dossier project's official key");
        }

        if (key.PublicKey.Material.Kind is not (KeyKind.P256 or KeyKind.Ed25519))
        {
            throw SigningReasons.SchemeMismatch.Refusal($"dossiers are signed by P-256 or Ed25519 keys, the key is {key.PublicKey.Material.Kind}");
        }

        _ = Payload(subject);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Remarks(Artifact subject)
    {
        DossierDocument document = Document(subject);
        (bool Said, string Remark)[] remarks =
        [
            (Scheme == DossierScheme.V1, "only the body is signed: title, risk_level and all other front matter can be changed by anybody"),
            (Scheme == DossierScheme.V3 && !document.Fields.AreInMetadata, "the front matter was rewritten in the Agent Skills layout, which v3 signs; --scheme v2 keeps JSON"),
            (document.Fields.AreInMetadata && !IsWrittenAlike(document, subject), "the front matter was written anew as the dossier tools write it: comments and the choice of quotes are not kept"),
            (Scheme == DossierScheme.V1 && document.Body.Length != document.LegacyBody.Length, "the body begins with a blank line: readers before March 2026 hash it differently and refuse this signature"),
            (document.Fields.SignatureItself is not null, "the signature that was there is replaced"),
        ];
        return [.. remarks.Where(remark => remark.Said).Select(remark => remark.Remark)];
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt)
    {
        byte[] payload = Payload(subject);
        string covered = Scheme == DossierScheme.V1 ? "the body" : "the front matter and the body";
        return $"{Algorithm(key)} by {key.Reference} over {covered} ({Scheme.ToString().ToLowerInvariant()}), {payload.Length} bytes, {Digest.Sha256(payload)}";
    }

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        DossierDocument document = Document(subject);
        DossierDraft draft = Draft(document, subject);
        (string value, string requestId) = await ValueAsync(key, Payload(subject), signedAt, cancellation).ConfigureAwait(false);
        draft.Set("signature", SignatureMembers(key, value, signedAt));
        return new SignedOutput(draft.With(document.Body.Span), requestId);
    }

    // The draft is read as everybody else will read it: what is signed is what they see.
    private byte[] Payload(Artifact subject)
    {
        DossierDocument document = Document(subject);
        return Suitable(subject.Name, () =>
        {
            DossierDocument drafted = DossierDocument.Parse(Draft(document, subject).With(document.Body.Span));
            foreach (string required in (string[])["dossier_schema_version", "title", "version"])
            {
                drafted.Fields.Require(required);
            }

            return DossierCoverage.Of((int)Scheme, drafted.Fields).Payload(drafted.Body.Span);
        });
    }

    private DossierDraft Draft(DossierDocument document, Artifact subject) => Suitable(subject.Name, () =>
    {
        DossierDraft draft = DossierDraft.Of(document, Scheme, subject.Name);
        draft.Set("checksum", [("algorithm", "sha256"), ("hash", Digest.Sha256(document.Body.Span).Hex)]);
        return draft;
    });

    private bool IsWrittenAlike(DossierDocument document, Artifact subject) =>
        subject.Content!.Value.Span.StartsWith(Utf8Text.Encode(Suitable(subject.Name, () => DossierDraft.Of(document, Scheme, subject.Name)).Head));

    private static async Task<(string Value, string RequestId)> ValueAsync(
        SigningKey key, ReadOnlyMemory<byte> body, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        if (key.MinisignId is not null)
        {
            using Artifact artifact = Artifact.FromBytes("dossier", body);
            MinisignSignature minisign = new() { TrustedComment = "dossier signature" };
            artifact.Read(minisign.Plan(key.PublicKey));
            SignedOutput output = await minisign.SignAsync(key, artifact, signedAt, cancellation).ConfigureAwait(false);
            return (System.Text.Encoding.UTF8.GetString(output.Content.Span), output.RequestId);
        }

        VerifiedSignature signature = await key.SignMessageAsync(body, cancellation).ConfigureAwait(false);
        return (System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(SignatureEncoding.Stored(signature))), signature.RequestId);
    }

    private IEnumerable<(string Name, string Text)> SignatureMembers(SigningKey key, string value, DateTimeOffset signedAt)
    {
        string time = UtcText.Milliseconds(signedAt);
        string? keyId = key.IsLocal ? KeyName : key.Reference;
        bool isKms = key.PublicKey.Material.Kind == KeyKind.P256;
        (string Name, string? Text)[] members =
        [
            ("algorithm", Algorithm(key)),
            ("signature", value),
            ("public_key", PublicKeyText(key)),
            ("key_id", isKms ? keyId : null),
            (key.MinisignId is null ? "signed_at" : "timestamp", time),
            ("covers", Scheme switch { DossierScheme.V1 => null, DossierScheme.V2 => DossierCoverage.FrontMatterAndBody, _ => DossierCoverage.SpecFrontMatterAndBody }),
            ("key_id", isKms ? null : keyId),
            ("signed_by", SignedBy),
        ];
        return members.Where(member => member.Text is not null).Select(member => (member.Name, member.Text!));
    }

    private static string Algorithm(SigningKey key) =>
        key.PublicKey.Material.Kind == KeyKind.P256 ? "ECDSA-SHA-256" : key.MinisignId is null ? "ed25519" : "minisign";

    // Readers of v1 know PEM alone; later ones take the raw key for the one spelling.
    private string PublicKeyText(SigningKey key) => key.MinisignId is { } id ? MinisignText.PublicLine(id, key.PublicKey.Material)
        : Scheme == DossierScheme.V1 && key.PublicKey.Material.Kind == KeyKind.Ed25519 ? new string(PemEncoding.Write("PUBLIC KEY", key.PublicKey.Material.Spki.Span)) + "\n"
        : DossierKeyText.Of(key.PublicKey.Material);

    private static DossierDocument Document(Artifact subject) => Suitable(subject.Name, () => DossierDocument.Parse(subject.Content!.Value));

    private static T Suitable<T>(string name, Func<T> read)
        where T : class
    {
        Result<T> result = Result.Parse(SigningReasons.UnsuitableSubject, read);
        return result.Value ?? throw new SigningException(result.Finding! with { Detail = $"{name}: {result.Finding!.Detail}" });
    }
}

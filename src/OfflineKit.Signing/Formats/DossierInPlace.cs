using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Formats.Dossier;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Formats;

/// <summary>Signs a dossier in place: checksum and signature of the body go into the front matter.</summary>
/// <remarks>
/// P-256 keys sign as ECDSA-SHA-256 (what "official" dossiers carry), minisign keys as minisign, other Ed25519 keys as ed25519.
/// Source: docs/spec/dossier.md §1–3, §7. Only the body is signed: title, risk level and all other front matter are not.
/// </remarks>
internal sealed class DossierInPlace : SignatureFormat
{
    private const string OfficialFingerprint = "3c81db5745a174e2654fc0c4213be0b1d3586673c37062f5c8804be55358e9cd";
    private static readonly ImmutableArray<string> OfficialNames = ["alias/dossier-official-prod", "alias/dossier-official", "d9ccd3fc-b190-49fd-83f7-e94df6620c1d"];

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
        Result.Parse(Reasons.MalformedSignature, () => DossierDocument.Parse(content)).Value?.FrontMatter.Optional("signature") is not null));

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

        DossierDocument document = Document(subject);
        foreach (string required in (string[])["dossier_schema_version", "title", "version"])
        {
            if (document.FrontMatter.Optional(required) is null)
            {
                throw SigningReasons.UnsuitableSubject.Refusal($"{subject.Name}: the front matter has no \"{required}\"");
            }
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Remarks(Artifact subject)
    {
        DossierDocument document = Document(subject);
        List<string> remarks = ["only the body is signed: title, risk_level and all other front matter can be changed by anybody"];
        if (document.Body.Length != document.LegacyBody.Length)
        {
            remarks.Add("the body begins with a blank line: readers before March 2026 hash it differently and refuse this signature");
        }

        if (document.FrontMatter.Optional("signature") is not null)
        {
            remarks.Add("the signature that was there is replaced");
        }

        return [.. remarks];
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt)
    {
        DossierDocument document = Document(subject);
        return $"{Algorithm(key)} by {key.Reference} over the body, {document.Body.Length} bytes, {Digest.Sha256(document.Body.Span)}";
    }

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        DossierDocument document = Document(subject);
        (string value, string requestId) = await ValueAsync(key, document.Body, signedAt, cancellation).ConfigureAwait(false);
        string checksum = IndentedJson.Object(
            [("algorithm", "\"sha256\""), ("hash", $"\"{Digest.Sha256(document.Body.Span).Hex}\"")], depth: 1);
        List<(string Name, string Written)> members = [.. document.FrontMatter.Members.Select(member => (member.Key, IndentedJson.Write(member.Value, depth: 1)))];
        Set(members, "checksum", checksum);
        Set(members, "signature", IndentedJson.Object(SignatureMembers(key, value, signedAt), depth: 1));
        string frontMatter = IndentedJson.Object(members, depth: 0);
        return new SignedOutput((byte[])[.. Utf8Text.Encode($"---dossier\n{frontMatter}\n---\n"), .. document.Body.Span], requestId);
    }

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

    private List<(string Name, string Written)> SignatureMembers(SigningKey key, string value, DateTimeOffset signedAt)
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
            ("key_id", isKms ? null : keyId),
            ("signed_by", SignedBy),
        ];
        return [.. members.Where(member => member.Text is not null).Select(member => (member.Name, CanonicalJson.Quoted(member.Text!)))];
    }

    private static string Algorithm(SigningKey key) =>
        key.PublicKey.Material.Kind == KeyKind.P256 ? "ECDSA-SHA-256" : key.MinisignId is null ? "ed25519" : "minisign";

    private static string PublicKeyText(SigningKey key) => key.MinisignId is { } id
        ? MinisignText.PublicLine(id, key.PublicKey.Material)
        : key.PublicKey.Material.Kind == KeyKind.P256
            ? System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(key.PublicKey.Material.Spki.Span))
            : new string(PemEncoding.Write("PUBLIC KEY", key.PublicKey.Material.Spki.Span)) + "\n";

    private static void Set(List<(string Name, string Written)> members, string name, string written)
    {
        int at = members.FindIndex(member => member.Name == name);
        if (at >= 0)
        {
            members[at] = (name, written);
        }
        else
        {
            members.Add((name, written));
        }
    }

    private static DossierDocument Document(Artifact subject)
    {
        Result<DossierDocument> parsed = Result.Parse(SigningReasons.UnsuitableSubject, () => DossierDocument.Parse(subject.Content!.Value));
        return parsed.Value ?? throw new SigningException(parsed.Finding!);
    }
}

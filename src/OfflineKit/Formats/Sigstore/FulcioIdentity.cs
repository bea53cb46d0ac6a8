using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Who a signing certificate names, who vouched, and every further fact that the authority recorded.</summary>
/// <param name="Name">The one subject alternative name: mail address, URI, host or user name.</param>
/// <param name="Issuer">The OIDC issuer.</param>
/// <param name="Extensions">Further facts by field name.</param>
/// <remarks>Source: docs/spec/sigstore.md F57–F59.</remarks>
internal sealed record FulcioIdentity(string Name, string Issuer, ImmutableArray<KeyValuePair<string, string>> Extensions)
{
    private const string RawIssuer = "1", IssuerV2 = "8", UserName = "7";

    // The last number of the object identifier, and the field's name. Raw: the deprecated ones hold bare text instead of a DER string.
    private static readonly ImmutableArray<(string Number, string Name, bool IsRaw)> Fields =
    [
        ("2", "githubWorkflowTrigger", true),
        ("3", "githubWorkflowSHA", true),
        ("4", "githubWorkflowName", true),
        ("5", "githubWorkflowRepository", true),
        ("6", "githubWorkflowRef", true),
        ("9", "buildSignerURI", false),
        ("10", "buildSignerDigest", false),
        ("11", "runnerEnvironment", false),
        ("12", "sourceRepositoryURI", false),
        ("13", "sourceRepositoryDigest", false),
        ("14", "sourceRepositoryRef", false),
        ("15", "sourceRepositoryIdentifier", false),
        ("16", "sourceRepositoryOwnerURI", false),
        ("17", "sourceRepositoryOwnerIdentifier", false),
        ("18", "buildConfigURI", false),
        ("19", "buildConfigDigest", false),
        ("20", "buildTrigger", false),
        ("21", "runInvocationURI", false),
        ("22", "sourceRepositoryVisibilityAtSigning", false),
    ];

    /// <summary>The names of the fields that a certificate may state.</summary>
    public static IEnumerable<string> FieldNames => Fields.Select(fact => fact.Name);

    /// <summary>The identity in <paramref name="certificate"/>.</summary>
    /// <exception cref="MalformedException">Not exactly one usable name, no issuer or two, or an unreadable extension.</exception>
    public static FulcioIdentity Of(Certificate certificate)
    {
        ImmutableArray<GeneralName> names = certificate.Extensions.SubjectAlternativeNames;
        if (names.Length != 1 || !IsUsable(names[0]))
        {
            throw new MalformedException($"{names.Length} subject alternative names, wanted one mail address, URI, host or user name");
        }

        string issuer = IssuerOf(certificate) ?? throw new MalformedException("the certificate names no OIDC issuer");
        var facts = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach ((string number, string name, bool isRaw) in Fields)
        {
            if (Text(certificate, number, isRaw) is { } value)
            {
                facts.Add(KeyValuePair.Create(name, value));
            }
        }

        return names[0].Text.Length > 0 && issuer.Length > 0
            ? new FulcioIdentity(names[0].Text, issuer, facts.ToImmutable())
            : throw new MalformedException("the certificate's name or issuer is empty");
    }

    /// <summary>The issuer that <paramref name="certificate"/> names; null where it names none that can be read. A claim: nothing is proved by it.</summary>
    public static string? ClaimedIssuer(Certificate certificate) => Result.Parse(SigstoreReasons.NoIdentity, () => IssuerOf(certificate) ?? "").Value is { Length: > 0 } issuer ? issuer : null;

    // Some readers take the old extension and some the new one: they may not differ.
    private static string? IssuerOf(Certificate certificate)
    {
        string? issuer = Text(certificate, IssuerV2, isRaw: false), raw = Text(certificate, RawIssuer, isRaw: true);
        return issuer is null || raw is null || string.Equals(issuer, raw, StringComparison.Ordinal)
            ? issuer ?? raw
            : throw new MalformedException($"the certificate names two OIDC issuers, {issuer} and {raw}");
    }

    private static bool IsUsable(GeneralName name) =>
        name.Kind is GeneralNameKind.Email or GeneralNameKind.Uri or GeneralNameKind.Dns
        || (name.Kind == GeneralNameKind.OtherName && name.TypeId == $"{CertificateExtension.FulcioArc}.{UserName}");

    private static string? Text(Certificate certificate, string number, bool isRaw)
    {
        if (certificate.Extensions.Find($"{CertificateExtension.FulcioArc}.{number}") is not { } extension)
        {
            return null;
        }

        if (isRaw)
        {
            return Utf8Text.Decode(extension.Value.Span, $"extension {extension.Oid}");
        }

        DerCursor outer = new(extension.Value.Span, $"extension {extension.Oid}");
        string text = Utf8Text.Decode(outer.Content(DerCursor.Utf8StringTag), $"extension {extension.Oid}");
        outer.End();
        return text;
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Serve;
using OfflineKit.Signing.Cli.Commands;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Formats.Dossier;

namespace OfflineKit.Signing.Cli.Serve;

/// <summary>The form of signatures that a request asks for, and the members that say more of it. A member of another form is refused: nothing would read it.</summary>
/// <param name="Format">How signatures are made.</param>
/// <param name="IsInPlace">The document itself is signed and replaced.</param>
internal sealed record AskedForm(SignatureFormat Format, bool IsInPlace)
{
    private static readonly ImmutableArray<(string Form, ImmutableArray<string> Members)> Forms =
    [
        ("minisign", ["comment"]), ("signify", []), ("kms", []), ("sigstore", ["predicateType", "predicate", "payloadType"]), ("dsse", ["predicateType", "predicate", "payloadType"]),
        ("sentinel", []), ("dossier", ["scheme", "signedBy"]), ("codesentinel", ["provider"]),
    ];

    /// <summary>Every member that some form reads.</summary>
    public static ImmutableArray<string> Members { get; } = [.. Forms.SelectMany(form => form.Members).Distinct(StringComparer.Ordinal)];

    /// <summary>What <paramref name="request"/> asks of a key called <paramref name="uri"/>.</summary>
    /// <exception cref="UsageException">There is no such form, or it does not read a member.</exception>
    public static AskedForm Of(JsonValue request, KeyUri uri)
    {
        string name = request.String("format");
        (string Form, ImmutableArray<string> Members) form = Forms.FirstOrDefault(known => known.Form == name);
        if (form.Form is null)
        {
            throw new UsageException($"there is no format \"{name}\": wanted {string.Join(", ", Forms.Select(known => known.Form))}");
        }

        if (Members.FirstOrDefault(member => request.Optional(member) is not null && !form.Members.Contains(member, StringComparer.Ordinal)) is { } unread)
        {
            throw new UsageException($"{unread} with the format {name}: nothing reads it");
        }

        return new AskedForm(FormatOf(name, request, uri), IsInPlace: name == "dossier");
    }

    private static SignatureFormat FormatOf(string name, JsonValue request, KeyUri uri) => name switch
    {
        "minisign" => new MinisignSignature { TrustedComment = request.OptionalString("comment") },
        "signify" => new SignifySignature(),
        "kms" => new KmsSignature(KmsForm.Raw),
        "sigstore" => new SigstoreBundleSignature(Payload(request)),
        "dsse" => new DsseEnvelopeSignature(Payload(request) ?? throw new UsageException("a dsse envelope needs predicateType, for a statement about the file, or payloadType, for the file itself")),
        "sentinel" => new SentinelSignature(SentinelLayout.File, PolicyCommand.KeyId(uri)),
        "codesentinel" => new CodeSentinelEvent(request.String("provider")),
        _ => Dossier(request, uri),
    };

    private static DossierInPlace Dossier(JsonValue request, KeyUri uri)
    {
        DossierInPlace format = new()
        {
            Scheme = request.OptionalString("scheme") switch
            {
                null or "v3" => DossierScheme.V3,
                "v2" => DossierScheme.V2,
                "v1" => DossierScheme.V1,
                string other => throw new UsageException($"there is no scheme \"{other}\": wanted v1, v2 or v3"),
            },
            SignedBy = request.OptionalString("signedBy"),
        };
        format.RefuseOfficial(uri);
        return format;
    }

    private static DssePayload? Payload(JsonValue request)
    {
        string? predicate = request.OptionalString("predicate");
        return (request.OptionalString("predicateType"), request.OptionalString("payloadType")) switch
        {
            ({ Length: > 0 } type, null) => new DssePayload.About(type, predicate is null ? null : Object(predicate)),
            _ when predicate is not null => throw new UsageException("predicate without predicateType: the type says what kind of thing the predicate is"),
            (null, { Length: > 0 } type) => new DssePayload.Content(type),
            (null, null) => null,
            _ => throw new UsageException("predicateType and payloadType exclude each other, and none may be empty"),
        };
    }

    private static JsonValue Object(string path)
    {
        RequestPaths.Refuse("predicate", path);
        return StrictJson.ParseObject(InputFile.ReadAll(path, Limits.SignatureFile, "predicate"), "predicate");
    }
}

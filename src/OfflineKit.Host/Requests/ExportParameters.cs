using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Trust;
using static OfflineKit.Host.Requests.ParameterKind;

namespace OfflineKit.Host.Requests;

/// <summary>What only an export can be asked.</summary>
internal static class ExportParameters
{
    // What may be said once for all exports on a medium; the rest speaks of one export, or of what is kept of it.
    private const Questions EveryExport = Questions.Export | Questions.Medium;

    private static readonly string LayoutNames = string.Join(", ", ExportLayouts.All.Select(layout => layout.Name));

    public static ImmutableArray<RequestParameter> All { get; } =
    [
        new("layout", "--layout", Narrows, ParameterNames.Text, $"how the export is arranged; default: recognised by its mark ({LayoutNames})")
        {
            Asks = Questions.Export,
            Placeholder = "NAME",
            Land = static (request, given) => With(request, request.Export with { Layout = Layout(given) }),
        },
        new("list", "--list", Narrows, ParameterNames.Text, "the name of the signed list at the top of the export; default: found by its name or its first line")
        {
            Asks = Questions.Export,
            Placeholder = "NAME",
            Land = static (request, given) => With(request, request.Export with { List = ListName(given) }),
        },
        Switch("allowMissing", "--allow-missing", Permits, "accept that listed files are not there; the report names each", static terms => terms with { Missing = MissingRule.Note }) with { Asks = EveryExport },
        Switch("allowUnlisted", "--allow-unlisted", Permits, "accept files that the signed list does not name: nobody signed them", static terms => terms with { Unlisted = UnlistedRule.Note }) with { Asks = EveryExport },
        Switch("allowMirrorPayloadText", "--allow-mirror-payload-text", Permits, "accept a mirror bundle's signature, which does not cover the type of what it signs", static terms => terms with { Mirror = MirrorRule.AcceptPayloadText }) with { Asks = EveryExport },
        Beside("archiveSignature", "--archive-signature", DetachedFiles.ArchiveSignature, "the signature of the archive file; default: PATH.sig, when it is there"),
        Beside("offlineManifest", "--offline-manifest", DetachedFiles.OfflineManifest, "the offline-manifest.json that belongs to an update kit"),
        Beside("offlineManifestJws", "--offline-manifest-jws", DetachedFiles.OfflineManifestJws, "its detached JWS; default: FILE.jws, when it is there"),
        Beside("receiptEntry", "--receipt-entry", DetachedFiles.ReceiptEntry, "the body of the log entry of which an update kit's receipt speaks"),
        Beside("baseManifest", "--base-manifest", DetachedFiles.BaseManifest, "the manifest on which a delta builds"),
        new("logKey", "--log-key", Requires, ParameterNames.File, "trust the transparency log whose public key is in FILE; repeatable")
        {
            Asks = EveryExport,
            Placeholder = "FILE",
            Noun = "log key",
            IsRepeatable = true,
            Land = static (request, given) => With(request, request.Export with { LogKeys = [.. given.Files.Select(LogKey)] }),
        },
        Place("exportState", "--state", Narrows, "remember the newest accepted export of each sequence in DIR and refuse older ones", "DIR", static (terms, text) => terms with { State = text }),
        Switch("forceActivate", "--force-activate", Permits, "accept an export that is older or has no version; needs --force-reason", static terms => terms with { Activation = ActivationRule.Forced }),
        Place("forceReason", "--force-reason", Permits, "why; it is written to the audit file", "TEXT", static (terms, text) => terms with { ForceReason = text }) with { Names = ParameterNames.Text },
        Place("quarantine", "--quarantine", Narrows, "move an export that is refused into DIR", "DIR", static (terms, text) => terms with { Quarantine = text }),
        Switch("dryRun", "--dry-run", Permits, "decide and write nothing", static terms => terms with { IsDryRun = true }) with { ChangesVerdict = false },
    ];

    private static VerifyRequest With(VerifyRequest request, ExportTerms terms) => request with { Export = terms };

    private static RequestParameter Switch(string member, string option, ParameterKind kind, string meaning, Func<ExportTerms, ExportTerms> land) =>
        new(member, option, kind, ParameterNames.Nothing, meaning) { Asks = Questions.Export, Land = (request, _) => With(request, land(request.Export)) };

    private static RequestParameter Place(string member, string option, ParameterKind kind, string meaning, string placeholder, Func<ExportTerms, string, ExportTerms> land) =>
        new(member, option, kind, ParameterNames.Place, meaning) { Asks = Questions.Export, Placeholder = placeholder, Land = (request, given) => With(request, land(request.Export, given.Text)) };

    private static RequestParameter Beside(string member, string option, string role, string meaning) => new(member, option, Narrows, ParameterNames.File, meaning)
    {
        Asks = Questions.Export,
        Placeholder = "FILE",
        Noun = role.Replace('-', ' '),
        Limit = Limits.SignatureFile,
        Land = (request, given) => With(request, request.Export with { Detached = request.Export.Detached.Add(role, given.File) }),
    };

    private static ExportLayout Layout(GivenParameter given) =>
        ExportLayouts.ByName(given.Text) ?? throw new UsageException($"there is no layout \"{given.Text}\"", $"the layouts are {LayoutNames}");

    private static string ListName(GivenParameter given) => given.Text.Contains('/', StringComparison.Ordinal)
        ? throw given.Fault($"is \"{given.Text}\", which is a path", "give the name of a list at the top of the export; verify a part of it from the folder where its list lies")
        : given.Text;

    // A log's key may be used with any scheme of its kind that signs SHA-256 or the message itself.
    private static PublicKey LogKey(NamedFile file)
    {
        Result<TrustedKey> key = Result.Parse(Reasons.MalformedKey, () => KeyFile.Parse(file.Content, file.Name, file.Origin));
        foreach (SignatureScheme scheme in (ReadOnlySpan<SignatureScheme>)[SignatureScheme.Ed25519, SignatureScheme.EcdsaSha256, SignatureScheme.EcdsaSha384, SignatureScheme.RsaPkcs1Sha256])
        {
            if (key.Value?.Under(scheme) is { } bound)
            {
                return bound;
            }
        }

        // A bad file of the operator says nothing of the export: nothing is decided, and nothing is moved or written down.
        throw new UsageException($"{file.Origin}: {key.Finding?.Detail ?? "no log signs with a key of this kind"}", "check the file: nothing was decided about the export");
    }
}

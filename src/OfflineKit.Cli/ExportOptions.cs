using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Trust;

namespace OfflineKit.Cli;

/// <summary>What the caller says about an export: its layout, what lies beside it, and what is accepted knowingly.</summary>
internal sealed class ExportOptions
{
    private static readonly string LayoutNames = string.Join(", ", ExportLayouts.All.Select(layout => layout.Name));

    private readonly Option<string?> _layout = new("--layout") { Description = $"how the export is arranged; default: recognised by its mark ({LayoutNames})", HelpName = "NAME" };
    private readonly Option<bool> _unlisted = new("--allow-unlisted") { Description = "accept files that the signed list does not name: nobody signed them" };
    private readonly Option<bool> _mirror = new("--allow-mirror-payload-text") { Description = "accept a mirror bundle's signature, which does not cover the type of what it signs" };
    private readonly Option<string?> _archiveSignature = File("--archive-signature", "the signature of the archive file; default: PATH.sig, when it is there");
    private readonly Option<string?> _offlineManifest = File("--offline-manifest", "the offline-manifest.json that belongs to an update kit");
    private readonly Option<string?> _jws = File("--offline-manifest-jws", "its detached JWS; default: FILE.jws, when it is there");
    private readonly Option<string?> _receiptEntry = File("--receipt-entry", "the body of the log entry of which an update kit's receipt speaks");
    private readonly Option<string?> _base = File("--base-manifest", "the manifest on which a delta builds");
    private readonly Option<string[]> _logKeys = new("--log-key") { Description = "trust the transparency log whose public key is in FILE; repeatable", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly SecretOption _secret = new("--hmac-key-file");

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_layout, _unlisted, _mirror, _archiveSignature, _offlineManifest, _jws, _receiptEntry, _base, _logKeys])
        {
            command.Options.Add(option);
        }

        _secret.AddTo(command);
    }

    /// <summary>What the options add to a request; their files are read now, before anything is decided about the export.</summary>
    /// <exception cref="UsageException">There is no such layout or file, or a file does not hold what it should.</exception>
    public Func<ExportRequest, ExportRequest> Read(string path, ParseResult arguments)
    {
        SharedSecret? secret = _secret.Read(arguments) is { } read ? Required(read, "--hmac-key-file") : null;
        ImmutableArray<PublicKey> logs = [.. (arguments.GetValue(_logKeys) ?? []).SelectMany(file => Required(Result.Parse(Reasons.MalformedKey, () => LogKey(file)), $"--log-key {file}"))];
        ExportLayout? layout = LayoutOf(arguments);
        DetachedFiles companions = CompanionsOf(path, arguments);
        return request => request with
        {
            Layout = layout,
            Unlisted = arguments.GetValue(_unlisted) ? UnlistedRule.Note : UnlistedRule.Refuse,
            Mirror = arguments.GetValue(_mirror) ? MirrorRule.AcceptPayloadText : MirrorRule.Refuse,
            DetachedFiles = companions,
            LogKeys = logs,
            Secret = secret,
        };
    }

    // A bad file of the operator says nothing of the export: nothing is decided, and nothing is moved or written down.
    private static T Required<T>(Result<T> parsed, string option)
        where T : class => parsed.Value ?? throw new UsageException($"{option}: {parsed.Finding!.Detail}", "check the file: nothing was decided about the export");

    private static string? Beside(string? path, string ending) => System.IO.File.Exists(path) && System.IO.File.Exists(path + ending) ? path + ending : null;

    private DetachedFiles CompanionsOf(string path, ParseResult arguments)
    {
        string? signature = arguments.GetValue(_archiveSignature) ?? Beside(path, ".sig");
        var files = ImmutableDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach ((string role, string? file) in (ReadOnlySpan<(string, string?)>)
        [
            (DetachedFiles.ArchiveSignature, signature),
            (DetachedFiles.OfflineManifest, arguments.GetValue(_offlineManifest)),
            (DetachedFiles.OfflineManifestJws, arguments.GetValue(_jws) ?? Beside(arguments.GetValue(_offlineManifest), ".jws")),
            (DetachedFiles.ReceiptEntry, arguments.GetValue(_receiptEntry)),
            (DetachedFiles.BaseManifest, arguments.GetValue(_base)),
        ])
        {
            if (file is not null)
            {
                files.Add(role, InputFile.ReadAll(file, Limits.SignatureFile, role.Replace('-', ' ')));
            }
        }

        return new DetachedFiles(files.ToImmutable());
    }

    private ExportLayout? LayoutOf(ParseResult arguments) => arguments.GetValue(_layout) is not { } name
        ? null
        : ExportLayouts.ByName(name) ?? throw new UsageException($"there is no layout \"{name}\"", $"the layouts are {LayoutNames}");

    // A log's key may be used with any scheme of its kind that signs SHA-256 or the message itself.
    private static PublicKey[] LogKey(string path)
    {
        TrustedKey key = KeyFile.Parse(InputFile.ReadAll(path, Limits.KeyFile, "log key"), Path.GetFileName(path), $"--log-key {path}");
        foreach (SignatureScheme scheme in (ReadOnlySpan<SignatureScheme>)[SignatureScheme.Ed25519, SignatureScheme.EcdsaSha256, SignatureScheme.EcdsaSha384, SignatureScheme.RsaPkcs1Sha256])
        {
            if (key.Under(scheme) is { } bound)
            {
                return [bound];
            }
        }

        return [];
    }

    private static Option<string?> File(string name, string what) => new(name) { Description = what, HelpName = "FILE" };
}

using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Instances;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign sign FILE…</c>: detached signatures and envelopes.</summary>
internal sealed class SignCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "what to sign; - reads standard input", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _format = new("--format", "-f") { Description = "minisign, signify, kms, dsse or sigstore (also: sigstore-bundle)", HelpName = "FORMAT", Required = true };
    private readonly Option<string?> _trustedComment = new("--trusted-comment") { Description = "minisign: the signed comment; default: time and file name", HelpName = "TEXT" };
    private readonly Option<string?> _untrustedComment = new("--untrusted-comment") { Description = "minisign: the unsigned comment", HelpName = "TEXT" };
    private readonly Option<string?> _text = new("--signature-encoding") { Description = "kms: raw (default), base64 or aws-json", HelpName = "FORM" };
    private readonly Option<string?> _predicateType = new("--predicate-type") { Description = "dsse, sigstore: sign an in-toto statement of this type about FILE", HelpName = "URI" };
    private readonly Option<string?> _predicate = new("--predicate") { Description = "dsse, sigstore: the statement's predicate, a JSON object", HelpName = "JSON" };
    private readonly Option<string?> _payloadType = new("--payload-type") { Description = "dsse, sigstore: sign FILE itself as a payload of this type", HelpName = "TYPE" };
    private readonly Option<string?> _append = new("--append") { Description = "dsse: add a signature to this envelope about FILE, in place; sigstore: add the bundle to this file of JSON lines", HelpName = "FILE" };
    private readonly Option<int> _parallel = new("--parallel") { Description = "how many files at a time; default 4", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly KeyOptions _keys = new("--key", mustBeGiven: false);
    private readonly SigstoreOptions _sigstore = new();
    private readonly RunOptions _options = new();

    public static Command Create() => new SignCommand().Command();

    private CommandWithExample Command()
    {
        CommandWithExample command = new(
            "sign",
            "Sign files; the signature is verified before it is written.",
            "offlinekit-sign sign release.tar --format minisign --key ~/.minisign/minisign.key",
            "offlinekit-sign sign release.tar --format kms --key awskms:///alias/release --public-key release.pem",
            "offlinekit-sign sign app --format dsse --predicate-type https://slsa.dev/provenance/v1 --predicate provenance.json --key key.pem",
            "offlinekit-sign sign release.tar --format sigstore --keyless --yes",
            "offlinekit-sign sign release.tar --format sigstore --key key.pem --signing-config signing_config.json --trusted-root trusted_root.json");
        command.Arguments.Add(_files);
        foreach (Option option in (Option[])[_format, _trustedComment, _untrustedComment, _text, _predicateType, _predicate, _payloadType, _append, _parallel])
        {
            command.Options.Add(option);
        }

        _keys.AddTo(command);
        _sigstore.AddTo(command);
        _options.AddTo(command);
        command.SetAction((arguments, cancellation) =>
        {
            string[] files = arguments.GetRequiredValue(_files);
            _keys.Made = _sigstore.IsKeyless(arguments) ? opening => _sigstore.Key(arguments, opening) : null;
            SignatureFormat format = Format(arguments, files);
            RefuseStrayServices(arguments, format);
            _sigstore.AnnounceLogs(arguments);
            return SigningRun.SignAllAsync(arguments, _keys, _options, format, Outputs(arguments, files, format), Degree(arguments), cancellation);
        });
        return command;
    }

    private LogAndTimestampServices? LogAndTimestampServices(ParseResult arguments) => _sigstore.LogAndTimestampServices(arguments, _keys.Opening(arguments, forRsa: null));

    // What was asked for and cannot be done is refused, not left out.
    private void RefuseStrayServices(ParseResult arguments, SignatureFormat format)
    {
        if (format is not SigstoreBundleSignature && _sigstore.IsKeyless(arguments))
        {
            throw new UsageException($"--keyless with --format {format.Name}: there is no place for a certificate", "use --format sigstore");
        }

        bool hasPlace = format switch
        {
            SigstoreBundleSignature => true,
            KmsSignature detached => detached.LogAndTimestampServices is null or { AreOneAuthority: true },
            _ => LogAndTimestampServices(arguments) is null,
        };
        if (!hasPlace)
        {
            throw new UsageException($"logs or timestamps with --format {format.Name}", "use --format sigstore; with --format kms one timestamp is written beside the signature (--timestamp-url alone)");
        }
    }

    private int Degree(ParseResult arguments) =>
        arguments.GetValue(_parallel) is int n and >= 1 and <= 256 ? n : throw new UsageException("--parallel is not between 1 and 256");

    private SignatureFormat Format(ParseResult arguments, string[] files) => arguments.GetRequiredValue(_format) switch
    {
        "minisign" => Minisign(arguments),
        "signify" => new SignifySignature(),
        "kms" or "kms-detached" => new KmsSignature(Form(arguments.GetValue(_text))) { LogAndTimestampServices = LogAndTimestampServices(arguments) },
        "sigstore" or "sigstore-bundle" => new SigstoreBundleSignature(IsStatement(arguments) ? Payload(arguments, append: null) : null) { LogAndTimestampServices = LogAndTimestampServices(arguments) },
        "dsse" => new DsseEnvelopeSignature(Payload(arguments, arguments.GetValue(_append) is { } path && files.Length == 1 ? path : null)),
        string other => throw new UsageException($"--format {other}: there is no such format", "use minisign, signify, kms, dsse or sigstore; policies: `policy sign`, dossiers: `dossier sign`, events: `event sign`"),
    };

    private MinisignSignature Minisign(ParseResult arguments)
    {
        MinisignSignature plain = new();
        return new MinisignSignature
        {
            TrustedComment = arguments.GetValue(_trustedComment),
            UntrustedComment = arguments.GetValue(_untrustedComment) ?? plain.UntrustedComment,
        };
    }

    private bool IsStatement(ParseResult arguments) => (arguments.GetValue(_predicateType) ?? arguments.GetValue(_payloadType)) is not null;

    private DssePayload Payload(ParseResult arguments, string? append)
    {
        switch (arguments.GetValue(_predicateType), arguments.GetValue(_payloadType), append)
        {
            case ({ Length: > 0 } type, null, null):
                return new DssePayload.About(type, arguments.GetValue(_predicate) is { } path ? Json(path) : null);
            case (null, { } type, null):
                return new DssePayload.Content(type);
            case (null, null, { } envelope):
                return new DssePayload.Signed(DsseEnvelope.Parse(InputFile.ReadAll(envelope, Limits.SignatureFile, "envelope")));
            default:
                throw new UsageException(
                    "a dsse envelope needs exactly one of --predicate-type, --payload-type and --append (with one FILE)",
                    "--predicate-type signs a statement about FILE; --payload-type signs FILE itself");
        }
    }

    private IReadOnlyList<(string File, string Output)> Outputs(ParseResult arguments, string[] files, SignatureFormat format)
    {
        string? output = _options.Output(arguments) ?? arguments.GetValue(_append);
        bool isAppended = _options.Output(arguments) is null && output is not null;
        _options.AppendsToOutput = isAppended && format is SigstoreBundleSignature;
        if (format is SigstoreBundleSignature && arguments.GetValue(_append) is not null && !isAppended)
        {
            throw new UsageException("--output beside --append", "a bundle goes to the one or to the other");
        }

        _options.ReplacesOutput = isAppended && !_options.AppendsToOutput;
        if (output is not null && files.Length > 1 && !_options.AppendsToOutput)
        {
            throw new UsageException("--output with more than one FILE", "leave it out: each signature goes next to its file");
        }

        if (files.Contains("-", StringComparer.Ordinal) && output is null)
        {
            throw new UsageException("a signature of standard input needs --output");
        }

        return [.. files.Select(file => (file, output ?? file + format.Suffix))];
    }

    private static JsonValue Json(string path)
    {
        JsonValue value = StrictJson.Parse(InputFile.ReadAll(path, Limits.SignatureFile, "predicate"), "predicate");
        return value.Kind == JsonKind.Object ? value : throw value.Wanted("an object");
    }

    private static KmsForm Form(string? text) => text switch
    {
        null or "raw" => KmsForm.Raw,
        "base64" => KmsForm.Base64,
        "aws-json" => KmsForm.AwsJson,
        _ => throw new UsageException($"--signature-encoding {text}: wanted raw, base64 or aws-json"),
    };
}

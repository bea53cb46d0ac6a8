using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign sign FILE…</c>: detached signatures and envelopes.</summary>
internal sealed class SignCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "what to sign; - reads standard input", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _format = new Option<string?>("--format", "-f") { Description = "minisign, signify, kms, dsse or sigstore; default: what the key is for, where it is a minisign or signify key or none (--keyless)", HelpName = "FORMAT" }
        .Offers(() => Formats);
    private readonly Option<string?> _trustedComment = new("--trusted-comment") { Description = "minisign: the signed comment; default: time and file name", HelpName = "TEXT" };
    private readonly Option<string?> _untrustedComment = new("--untrusted-comment") { Description = "minisign: the unsigned comment", HelpName = "TEXT" };
    private readonly Option<string?> _text = new Option<string?>("--signature-encoding") { Description = "kms: raw (default), base64 or aws-json", HelpName = "FORM" }.TakesOneOf("raw", "base64", "aws-json");
    private readonly Option<string?> _predicateType = new("--predicate-type") { Description = "dsse, sigstore: sign an in-toto statement of this type about FILE", HelpName = "URI" };
    private readonly Option<string?> _predicate = new("--predicate") { Description = "dsse, sigstore: the statement's predicate, a JSON object", HelpName = "JSON" };
    private readonly Option<string?> _payloadType = new("--payload-type") { Description = "dsse, sigstore: sign FILE itself as a payload of this type", HelpName = "TYPE" };
    private readonly Option<string?> _append = new("--append") { Description = "dsse: add a signature to this envelope about FILE, in place; sigstore: add the bundle to this file of JSON lines", HelpName = "FILE" };
    private readonly Option<int> _parallel = new("--parallel") { Description = "how many files at a time; default 4", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly KeyOptions _keys = new("--key", mustBeGiven: false);
    private readonly SigstoreOptions _sigstore = new();
    private readonly RunOptions _options = new();

    public static Command Create() => new SignCommand().Command();

    /// <summary>Which options which formats read. An option in none of the lists is read for every format.</summary>
    internal OptionUse Uses => new OptionUse()
        .In([Minisign], _trustedComment, _untrustedComment)
        .In([Kms], _text)
        .In([Dsse, Sigstore], _predicateType, _predicate, _payloadType, _append)
        .In([Kms, Sigstore], _sigstore.ForStamps)
        .In([Sigstore], _sigstore.ForBundles);

    private const string Minisign = "minisign", Signify = "signify", Kms = "kms", Dsse = "dsse", Sigstore = "sigstore";

    /// <summary>The formats by the names that <c>--format</c> takes.</summary>
    internal static ImmutableArray<string> Formats { get; } = [Minisign, Signify, Kms, Dsse, Sigstore];

    internal CommandWithExample Command()
    {
        CommandWithExample command = new(
            "sign",
            "Sign files; the signature is verified before it is written.",
            "offlinekit-sign sign release.tar --key ~/.minisign/minisign.key",
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
        command.SetAction(async (arguments, cancellation) => await _options.RunAsync(arguments, await RequestAsync(arguments, cancellation), cancellation));
        return command;
    }

    private async Task<SigningRequest> RequestAsync(ParseResult arguments, CancellationToken cancellation)
    {
        bool isKeyless = _sigstore.IsKeyless(arguments);
        KeyRequest key = isKeyless ? _keys.RequestOf(arguments, opening => _sigstore.Key(arguments, opening)) : _keys.Request(arguments);
        string named = arguments.GetValue(_format) ?? (isKeyless ? Sigstore : FormatOf(key.Uri)), format = FormatNamed(named);
        Uses.RefuseUnread(arguments, format, $"--format {named}");
        LogAndTimestampServices? services = _sigstore.LogAndTimestampServices(arguments, key.Opening);
        if (format == Kms && services is { AreOneAuthority: false })
        {
            throw new UsageException($"logs or several timestamps with --format {named}", "use --format sigstore; with --format kms one timestamp is written beside the signature (--timestamp-url alone)");
        }

        _sigstore.AnnounceLogs(arguments);
        string[] files = arguments.GetRequiredValue(_files);
        string? append = arguments.GetValue(_append);
        RefuseUnclearOutputs(arguments, format, files);
        if (format == Dsse && append is not null)
        {
            Amendment amendment = new(append, () => InputFile.Open(append, "envelope"), document => new DsseEnvelopeSignature(new DssePayload.Signed(DsseEnvelope.Parse(document))));
            return await _options.RequestAsync(arguments, key, files.Select(file => RunOptions.Subject(file, target: null)), cancellation) with { Amendment = amendment };
        }

        SignatureFormat form = Form(arguments, format, services);
        IEnumerable<SubjectRequest> subjects = files.Select(file => RunOptions.Subject(file, append is not null
            ? OutputTarget.AppendedLine(append)
            : _options.Target(arguments, _options.Output(arguments) ?? file + form.Suffix)));
        return await _options.RequestAsync(arguments, key, subjects, cancellation) with { Format = form, Parallel = Degree(arguments) };
    }

    private int Degree(ParseResult arguments) =>
        arguments.GetValue(_parallel) is int n and >= 1 and <= 256 ? n : throw new UsageException("--parallel is not between 1 and 256");

    private static string FormatOf(KeyUri key) => key is FileKeyUri file && PrivateKeyFile.OnlyFormat(file.Path) is { } only ? only : throw new UsageException(
        "--format is needed: this key signs in several", "name one: kms (the plain signature), dsse, or sigstore; a minisign or signify key and --keyless need none");

    private static string FormatNamed(string text) => text switch
    {
        "kms-detached" => Kms,
        "sigstore-bundle" => Sigstore,
        _ when Formats.Contains(text, StringComparer.Ordinal) => text,
        _ => throw new UsageException(
            $"there is no format \"{text}\"", $"formats: {string.Join(", ", Formats)}; policies: `policy sign`, dossiers: `dossier sign`, events: `event sign`"),
    };

    private SignatureFormat Form(ParseResult arguments, string format, LogAndTimestampServices? services) => format switch
    {
        Minisign => new MinisignSignature
        {
            TrustedComment = arguments.GetValue(_trustedComment),
            UntrustedComment = arguments.GetValue(_untrustedComment) ?? new MinisignSignature().UntrustedComment,
        },
        Signify => new SignifySignature(),
        Kms => new KmsSignature(KmsFormOf(arguments.GetValue(_text))) { LogAndTimestampServices = services },
        Sigstore => new SigstoreBundleSignature(Payload(arguments)) { LogAndTimestampServices = services },
        _ => new DsseEnvelopeSignature(Payload(arguments) ?? throw new UsageException(
            "a dsse envelope needs exactly one of --predicate-type, --payload-type and --append (with one FILE)",
            "--predicate-type signs a statement about FILE; --payload-type signs FILE itself")),
    };

    private DssePayload? Payload(ParseResult arguments)
    {
        string? predicate = arguments.GetValue(_predicate);
        return (arguments.GetValue(_predicateType), arguments.GetValue(_payloadType)) switch
        {
            ({ Length: > 0 } type, null) => new DssePayload.About(type, predicate is null ? null : Json(predicate)),
            _ when predicate is not null => throw new UsageException("--predicate without --predicate-type", "the type says what kind of thing the predicate is"),
            (null, { Length: > 0 } type) => new DssePayload.Content(type),
            (null, null) => null,
            _ => throw new UsageException("--predicate-type and --payload-type exclude each other, and none may be empty", "--predicate-type signs a statement about FILE; --payload-type signs FILE itself"),
        };
    }

    private void RefuseUnclearOutputs(ParseResult arguments, string format, string[] files)
    {
        bool appends = arguments.GetValue(_append) is not null, names = _options.Output(arguments) is not null;
        if (appends && names)
        {
            throw new UsageException("--output beside --append", "the signature goes to the one or to the other");
        }

        if (appends && format == Dsse && new Option[] { _predicateType, _payloadType, _predicate }.Any(option => arguments.GetResult(option) is { Implicit: false }))
        {
            throw new UsageException("a dsse envelope needs exactly one of --predicate-type, --payload-type and --append (with one FILE)", "an envelope that is signed already says what it is about");
        }

        if (files.Length > 1 && (names || (appends && format == Dsse)))
        {
            throw new UsageException($"{(names ? "--output" : "--append")} with more than one FILE", "leave it out: each signature goes next to its file");
        }

        if (files.Contains("-", StringComparer.Ordinal) && !names && !appends)
        {
            throw new UsageException("a signature of standard input needs --output");
        }
    }

    private static JsonValue Json(string path)
    {
        JsonValue value = StrictJson.Parse(InputFile.ReadAll(path, Limits.SignatureFile, "predicate"), "predicate");
        return value.Kind == JsonKind.Object ? value : throw value.Wanted("an object");
    }

    private static KmsForm KmsFormOf(string? text) => text switch
    {
        null or "raw" => KmsForm.Raw,
        "base64" => KmsForm.Base64,
        _ => KmsForm.AwsJson,
    };
}

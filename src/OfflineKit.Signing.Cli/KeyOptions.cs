using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli;

/// <summary>The options that name the signing key and how it signs.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string>? _option;
    private readonly Argument<string>? _argument;
    private readonly Option<string?> _pinned = new("--public-key")
    {
        Description = "the public half that the key must have (PEM, DER, minisign); needed for every key that is not a local file",
        HelpName = "FILE",
    };

    private readonly Option<string?> _algorithm = new("--algorithm") { Description = "the algorithm, such as RSASSA_PSS_SHA_256 or PS256; default: by the kind of key", HelpName = "LABEL" };
    private readonly Option<int?> _passwordDescriptor = new("--password-fd") { Description = "read passwords and PINs from file descriptor N, one a line", HelpName = "N" };
    private readonly Option<int> _timeout = new("--timeout") { Description = "how long a token or a plugin may take to answer; default 120", HelpName = "SECONDS", DefaultValueFactory = _ => 120 };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "say every request to a service" };

    /// <summary>The key is the value of an option.</summary>
    public KeyOptions(string name, params string[] aliases) =>
        _option = new Option<string>(name, aliases) { Description = "the signing key: a path or a URI, see below", HelpName = "KEY", Required = true };

    /// <summary>The key is the value of an option that may be left out.</summary>
    public KeyOptions(string name, bool mustBeGiven) =>
        _option = new Option<string>(name, "-k") { Description = "the signing key: a path or a URI, see below", HelpName = "KEY", Required = mustBeGiven };

    /// <summary>The key is an argument.</summary>
    public KeyOptions() => _argument = new Argument<string>("KEY") { Description = "the signing key: a path or a URI, see below" };

    public void AddTo(Command command)
    {
        if (_option is not null)
        {
            command.Options.Add(_option);
        }
        else
        {
            command.Arguments.Add(_argument!);
        }

        command.Options.Add(_pinned);
        command.Options.Add(_algorithm);
        command.Options.Add(_passwordDescriptor);
        command.Options.Add(_timeout);
        command.Options.Add(_verbose);
    }

    /// <summary>The key where the option is left out; null when there is none.</summary>
    public string? Default { get; set; }

    /// <summary>Makes a key for this run, where an identity signs instead of a named key.</summary>
    public Func<KeyOpening, SigningKey>? Made { get; set; }

    /// <summary>The key as the user wrote it.</summary>
    public KeyUri Uri(ParseResult arguments)
    {
        string? named = _option is null ? arguments.GetValue(_argument!) : arguments.GetValue(_option);
        return (Made, named ?? Default) switch
        {
            (null, { } text) => KeyUri.Parse(text),
            (null, null) => throw new UsageException("no key is named", "name it with --key"),
            (_, null) when arguments.GetValue(_algorithm) is not null => throw new UsageException("--algorithm with --keyless", "the key that is made for the run is P-256"),
            (_, null) => KeyUri.Keyless,
            _ => throw new UsageException("--keyless beside --key", "an identity signs, or a key"),
        };
    }

    /// <summary>The pinned public half, or null.</summary>
    public KeyMaterial? Pinned(ParseResult arguments) => arguments.GetValue(_pinned) is { } path ? PublicKeyFile(path) : null;

    /// <summary>Opens the key; RSA keys sign by <paramref name="forRsa"/> unless told otherwise.</summary>
    public Task<SigningKey> OpenAsync(ParseResult arguments, SignatureScheme? forRsa, CancellationToken cancellation)
    {
        KeyUri uri = Uri(arguments);
        KeyOpening opening = Opening(arguments, forRsa);
        return Made is null ? KnownKeySources.OpenAsync(uri, opening, cancellation) : Task.FromResult(Made(opening));
    }

    /// <summary>A public key file of any kind.</summary>
    public static KeyMaterial PublicKeyFile(string path) =>
        KeyFile.Parse(InputFile.ReadAll(path, Limits.KeyFile, "public key"), Path.GetFileName(path), path).Material;

    /// <summary>What an algorithm label means, in any service's spelling.</summary>
    public static SignatureScheme Scheme(string label) => AlgorithmLabel.Parse(label, "--algorithm").Scheme;

    /// <summary>What opening a key and asking services needs.</summary>
    public KeyOpening Opening(ParseResult arguments, SignatureScheme? forRsa) => new()
    {
        Scheme = new SchemeChoice(arguments.GetValue(_algorithm) is { } label ? Scheme(label) : null, forRsa),
        Passwords = new PasswordReader(arguments.GetValue(_passwordDescriptor)),
        OnRequest = arguments.GetValue(_verbose) ? Stderr.Request : static _ => { },
        OnRemark = Stderr.Note,
        Timeout = arguments.GetValue(_timeout) is int seconds and >= 1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--timeout is not between 1 and 3600 seconds"),
    };
}

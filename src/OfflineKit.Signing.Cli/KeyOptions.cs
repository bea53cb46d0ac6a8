using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Host.Requests;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Requests;
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

    private PasswordPrompt? _passwords;

    /// <summary>The key is the value of an option.</summary>
    public KeyOptions(string name, params string[] aliases) =>
        _option = new Option<string>(name, aliases) { Description = "the signing key: a path or a URI, see below", HelpName = "KEY", Required = true };

    /// <summary>The key is the value of an option that may be left out.</summary>
    public KeyOptions(string name, bool mustBeGiven) =>
        _option = new Option<string>(name, "-k") { Description = "the signing key: a path or a URI, see below", HelpName = "KEY", Required = mustBeGiven };

    /// <summary>The key is an argument.</summary>
    public KeyOptions() => _argument = new Argument<string>("KEY") { Description = "the signing key: a path or a URI, see below" };

    /// <summary>Every option but the key itself, for tables of which are read where.</summary>
    public IEnumerable<Option> Others => [_pinned, _algorithm, _passwordDescriptor, _timeout, _verbose];

    /// <summary>Every option, for tables of which are read where.</summary>
    public IEnumerable<Option> All => _option is null ? Others : Others.Prepend(_option);

    public void AddTo(Command command)
    {
        if (_argument is not null)
        {
            command.Arguments.Add(_argument);
        }

        All.ToList().ForEach(command.Options.Add);
    }

    /// <summary>Who signs: the key that is named, with everything that was said about it. Files are read here, once.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="named">The key where the option is left out; null when there is none.</param>
    /// <exception cref="UsageException">No key is named.</exception>
    public KeyRequest Request(ParseResult arguments, string? named = null)
    {
        string text = (_option is null ? arguments.GetValue(_argument!) : arguments.GetValue(_option)) ?? named ?? throw new UsageException("no key is named", "name it with --key");
        return new KeyRequest(KeyUri.Parse(text), Pinned(arguments), Opening(arguments));
    }

    /// <summary>Who signs: an identity, by a key that is made for the run.</summary>
    /// <exception cref="UsageException">A key is named as well.</exception>
    public KeyRequest RequestOf(ParseResult arguments, Func<KeyOpening, SigningKey> made)
    {
        if (_option is not null && arguments.GetValue(_option) is not null)
        {
            throw new UsageException("--keyless beside --key", "an identity signs, or a key");
        }

        if (new Option[] { _algorithm, _pinned }.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } stray)
        {
            throw new UsageException($"{stray.Name} with --keyless", "the key is made for the run, on P-256, and belongs to nobody before");
        }

        return new KeyRequest(KeyUri.Keyless, Pinned: null, Opening(arguments)) { Made = made };
    }

    /// <summary>Where the run's passwords and PINs come from: one reader, since every password is read from there once.</summary>
    public PasswordPrompt Passwords(ParseResult arguments) => _passwords ??= new PasswordReader(arguments.GetValue(_passwordDescriptor));

    /// <summary>The pinned public half, or null.</summary>
    public KeyMaterial? Pinned(ParseResult arguments) => arguments.GetValue(_pinned) is { } path ? PublicKeyFile(path) : null;

    /// <summary>The file that pins the public key, or null.</summary>
    public NamedFile? PinnedFile(ParseResult arguments) => arguments.GetValue(_pinned) is { } path ? NamedPublicKey(path) : null;

    /// <summary>A public key file of any kind.</summary>
    public static KeyMaterial PublicKeyFile(string path) => PublicKey(NamedPublicKey(path));

    /// <summary>The key in <paramref name="file"/>.</summary>
    public static KeyMaterial PublicKey(NamedFile file) => KeyFile.Parse(file.Content, file.Name, file.Path).Material;

    /// <summary>A public key file, read.</summary>
    public static NamedFile NamedPublicKey(string path) => new(path, InputFile.ReadAll(path, Limits.KeyFile, "public key"), $"--public-key {path}");

    /// <summary>What an algorithm label means, in any service's spelling.</summary>
    public static SignatureScheme Scheme(string label) => AlgorithmLabel.Parse(label, "--algorithm").Scheme;

    /// <summary>What opening a key and asking services needs.</summary>
    public KeyOpening Opening(ParseResult arguments) => new()
    {
        Scheme = new SchemeChoice(arguments.GetValue(_algorithm) is { } label ? Scheme(label) : null, ForRsa: null),
        Passwords = Passwords(arguments),
        OnRequest = arguments.GetValue(_verbose) ? Stderr.Request : static _ => { },
        OnRemark = Stderr.Note,
        Secrets = Stderr.Secrets,
        Timeout = arguments.GetValue(_timeout) is int seconds and >= 1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--timeout is not between 1 and 3600 seconds"),
    };
}

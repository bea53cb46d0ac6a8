using System.CommandLine;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Cli.Remote;

/// <summary>The options that name a signing service, the client that asks it, and the keys that must have signed.</summary>
internal sealed class RemoteOptions
{
    private readonly Option<string> _service = new("--service") { Description = "the signing service", HelpName = "URL", Required = true };
    private readonly Option<string> _poe = new("--poe") { Description = "the proof of entitlement, a token in a file", HelpName = "FILE", Required = true };
    private readonly Option<string?> _token = new("--token") { Description = "the access token in a file", HelpName = "FILE" };
    private readonly Option<string?> _tokenUrl = new("--token-url") { Description = "where the authority issues access tokens", HelpName = "URL" };
    private readonly Option<string?> _client = new("--client-id") { Description = "as whom to ask the authority", HelpName = "ID" };
    private readonly Option<string?> _key = new("--key", "-k") { Description = "the client's own key (P-256 or Ed25519), which proves that the token is its own", HelpName = "KEY" };
    private readonly Option<string?> _certificate = new("--client-certificate") { Description = "the client's certificate (PEM) instead of a key", HelpName = "FILE" };
    private readonly Option<string?> _certificateKey = new("--client-certificate-key") { Description = "the certificate's private key (PEM)", HelpName = "FILE" };
    private readonly Option<string[]> _pins = new("--public-key") { Description = "a key that must have signed; each of several must", HelpName = "FILE", Required = true };
    private readonly Option<int?> _passwords = new("--password-fd") { Description = "read the key's password from file descriptor N", HelpName = "N" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "show each request to a service" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_service, _poe, _token, _tokenUrl, _client, _key, _certificate, _certificateKey, _pins, _passwords, _verbose])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Who asks, as <paramref name="arguments"/> say.</summary>
    public RemoteClient Client(ParseResult arguments) => new(
        arguments.GetRequiredValue(_service), arguments.GetRequiredValue(_poe), [.. arguments.GetRequiredValue(_pins)], OptionOf)
    {
        Token = arguments.GetValue(_token),
        TokenUrl = arguments.GetValue(_tokenUrl),
        ClientId = arguments.GetValue(_client),
        Key = arguments.GetValue(_key),
        Certificate = arguments.GetValue(_certificate),
        CertificateKey = arguments.GetValue(_certificateKey),
    };

    /// <summary>How the client's key is opened.</summary>
    public KeyOpening Opening(ParseResult arguments) => new()
    {
        Passwords = new PasswordReader(arguments.GetValue(_passwords)),
        OnRequest = arguments.GetValue(_verbose) ? Stderr.Request : static _ => { },
        OnRemark = Stderr.Note,
        Secrets = Stderr.Secrets,
    };

    private static string OptionOf(string member) => "--" + string.Concat(member.Select(letter => char.IsAsciiLetterUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}

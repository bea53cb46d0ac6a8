using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Remote;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli;

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

    /// <summary>The proof of entitlement.</summary>
    public string Poe(ParseResult arguments) => Line(arguments.GetRequiredValue(_poe), "proof of entitlement");

    /// <summary>The keys that must have signed.</summary>
    public ImmutableArray<TrustedKey> Pinned(ParseResult arguments) =>
        [.. arguments.GetRequiredValue(_pins).Select(path => KeyFile.Parse(InputFile.ReadAll(path, Limits.KeyFile, "public key"), Path.GetFileName(path), path))];

    /// <summary>The service, with everything that asking it needs.</summary>
    /// <exception cref="UsageException">Key and certificate, token and authority: one of each.</exception>
    public async Task<RemoteService> ServiceAsync(ParseResult arguments, CancellationToken cancellation)
    {
        KeyOpening opening = new()
        {
            Passwords = new PasswordReader(arguments.GetValue(_passwords)),
            OnRequest = arguments.GetValue(_verbose) ? Stderr.Request : static _ => { },
            OnRemark = Stderr.Note,
            Secrets = Stderr.Secrets,
        };
        RefuseUnclear(arguments);
        SigningKey? key = arguments.GetValue(_key) is { } uri ? await KnownKeySources.OpenAsync(KeyUri.Parse(uri), opening, cancellation) : null;
        if (key is not null)
        {
            new DpopProofs(key, opening.Clock).RefuseOtherKeys();
        }

        return new RemoteService(ServiceAddress.Parse(arguments.GetRequiredValue(_service), "--service"), opening)
        {
            Key = key,
            Certificate = arguments.GetValue(_certificate) is { } certificate ? Certificate(certificate, arguments.GetValue(_certificateKey)!) : null,
            Token = arguments.GetValue(_token) is { } token ? Line(token, "access token") : null,
            TokenAddress = arguments.GetValue(_tokenUrl) is { } address ? ServiceAddress.Parse(address, "--token-url") : null,
            ClientId = arguments.GetValue(_client),
        };
    }

    // The key is wiped as soon as the system's library has it.
    private static X509Certificate2 Certificate(string certificate, string key)
    {
        string text = Utf8Text.Decode(InputFile.ReadAll(certificate, Limits.KeyFile, "client certificate"), "client certificate");
        using SecretMemory secret = SecretFile.Read(key);
        char[] pem = new char[secret.Length];
        try
        {
            return X509Certificate2.CreateFromPem(text, pem.AsSpan(0, System.Text.Encoding.ASCII.GetChars(secret.Bytes, pem)));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new SigningException(SigningReasons.KeyUnreadable.Because($"{certificate} and {key}: they are no certificate and its private key in PEM"), fault);
        }
        finally
        {
            Array.Clear(pem);
        }
    }

    private void RefuseUnclear(ParseResult arguments)
    {
        if ((arguments.GetValue(_key) is null) == (arguments.GetValue(_certificate) is null) || (arguments.GetValue(_certificate) is null) != (arguments.GetValue(_certificateKey) is null))
        {
            throw new UsageException("who asks is not clear", "pass --key, or --client-certificate with --client-certificate-key");
        }

        if ((arguments.GetValue(_token) is null) == (arguments.GetValue(_tokenUrl) is null))
        {
            throw new UsageException("there is no access token, or two sources of one", "pass --token or --token-url");
        }

        if (arguments.GetValue(_client) is not null && arguments.GetValue(_tokenUrl) is null)
        {
            throw new UsageException("--client-id without --token-url: nothing reads it");
        }
    }

    private static string Line(string path, string what)
    {
        string text = Utf8Text.Decode(InputFile.ReadAll(path, Limits.KeyFile, what), what).TrimEnd('\r', '\n');
        return text.Length > 0 && text.All(c => c is > ' ' and < '\x7f') ? text : throw new UsageException($"{what} {path} is not one line of text");
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Remote;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Remote;

/// <summary>Who asks a signing service, and whose signatures count: as the command line and the engine both take it.</summary>
/// <param name="Service">The service's address.</param>
/// <param name="Poe">The file with the proof of entitlement.</param>
/// <param name="Pins">The files of the keys that must have signed, each of them.</param>
/// <param name="Spelt">How whoever asked calls a member of a request.</param>
internal sealed record RemoteClient(string Service, string Poe, ImmutableArray<string> Pins, Func<string, string> Spelt)
{
    /// <summary>The file with the access token; null where an authority is asked for one.</summary>
    public string? Token { get; init; }

    /// <summary>The authority's address; null where there is a token.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>As whom to ask the authority.</summary>
    public string? ClientId { get; init; }

    /// <summary>The client's own key; null where a certificate stands for it.</summary>
    public string? Key { get; init; }

    /// <summary>The client's certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate's private key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The proof of entitlement itself.</summary>
    public string ReadPoe() => Line(Poe, "proof of entitlement");

    /// <summary>The keys that must have signed.</summary>
    public ImmutableArray<TrustedKey> ReadPins() => Pins.IsEmpty
        ? throw new UsageException($"{Spelt("publicKey")} names no key that must have signed")
        : [.. Pins.Select(path => KeyFile.Parse(InputFile.ReadAll(path, Limits.KeyFile, "public key"), Path.GetFileName(path), path))];

    /// <summary>The service, with everything that asking it needs.</summary>
    /// <exception cref="UsageException">Key and certificate, token and authority: one of each.</exception>
    public async Task<RemoteService> ServiceAsync(KeyOpening opening, CancellationToken cancellation)
    {
        RefuseUnclear();
        SigningKey? key = Key is { } uri ? await KnownKeySources.OpenAsync(KeyUri.Parse(uri), opening, cancellation) : null;
        if (key is not null)
        {
            new DpopProofs(key, opening.Clock).RefuseOtherKeys();
        }

        return new RemoteService(ServiceAddress.Parse(Service, Spelt("service")), opening)
        {
            Key = key,
            Certificate = Certificate is { } certificate ? ReadCertificate(certificate, CertificateKey!) : null,
            Token = Token is { } token ? Line(token, "access token") : null,
            TokenAddress = TokenUrl is { } address ? ServiceAddress.Parse(address, Spelt("tokenUrl")) : null,
            ClientId = ClientId,
        };
    }

    // The key is wiped as soon as the system's library has it.
    private static X509Certificate2 ReadCertificate(string certificate, string key)
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

    private void RefuseUnclear()
    {
        if ((Key is null) == (Certificate is null) || (Certificate is null) != (CertificateKey is null))
        {
            throw new UsageException("who asks is not clear", $"pass {Spelt("key")}, or {Spelt("clientCertificate")} with {Spelt("clientCertificateKey")}");
        }

        if ((Token is null) == (TokenUrl is null))
        {
            throw new UsageException("there is no access token, or two sources of one", $"pass {Spelt("token")} or {Spelt("tokenUrl")}");
        }

        if (ClientId is not null && TokenUrl is null)
        {
            throw new UsageException($"{Spelt("clientId")} without {Spelt("tokenUrl")}: nothing reads it");
        }
    }

    private static string Line(string path, string what)
    {
        string text = Utf8Text.Decode(InputFile.ReadAll(path, Limits.KeyFile, what), what).TrimEnd('\r', '\n');
        return text.Length > 0 && text.All(c => c is > ' ' and < '\x7f') ? text : throw new UsageException($"{what} {path} is not one line of text");
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Host.Serve;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Requests;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Serve;

/// <summary>The verbs of the signing engine: key, sign, keygen, public-key, and what a signing service is asked.</summary>
internal static class SignServeVerbs
{
    /// <summary>Carries out <paramref name="request"/>; the result is the answer's status and what it holds.</summary>
    public static Task<(string Status, Action<Utf8JsonWriter> Members)> CarryAsync(JsonValue request, CancellationToken cancellation)
    {
        RequestPaths.Refuse(request, ["publicKey", "paths", "output", "secretKey", .. RemoteVerbs.Paths]);
        return request.String("verb") switch
        {
            "key" => KeyAsync(request, cancellation),
            "sign" => SignAsync(request, cancellation),
            "keygen" => Task.FromResult(Generate(request)),
            "public-key" => PublicAsync(request, cancellation),
            "remote-sign" or "remote-export" => RemoteVerbs.CarryAsync(request, cancellation),
            string other => throw new MalformedException($"request: there is no verb \"{other}\""),
        };
    }

    private static async Task<(string, Action<Utf8JsonWriter>)> KeyAsync(JsonValue request, CancellationToken cancellation)
    {
        request.RefuseOtherMembers("id", "verb", "key", "passphrase", "publicKey", "algorithm");
        await using SigningKey key = await Key(request).OpenAsync(SignatureScheme.RsaPssSha256, cancellation);
        KeyMaterial material = key.PublicKey.Material;
        (string uri, string algorithm, bool local) = (key.Uri.Text, key.PublicKey.Scheme.Label, key.IsLocal);
        return ("opened", json =>
        {
            json.WriteString("key", uri);
            json.WriteString("provider", local ? "File" : uri[..Math.Max(0, uri.IndexOf(':', StringComparison.Ordinal))]);
            json.WriteString("keyKind", material.Kind.ToString());
            json.WriteString("algorithm", algorithm);
            json.WriteString("fingerprint", material.Fingerprint);
        });
    }

    private static async Task<(string, Action<Utf8JsonWriter>)> SignAsync(JsonValue request, CancellationToken cancellation)
    {
        request.RefuseOtherMembers(["id", "verb", "key", "passphrase", "publicKey", "algorithm", "format", "paths", "output", "force", .. AskedForm.Members]);
        KeyRequest key = Key(request);
        (SignatureFormat format, bool isInPlace) = AskedForm.Of(request, key.Uri);
        ImmutableArray<string> paths = [.. request.Array("paths").Select(path => path.Text)];
        string? output = request.OptionalString("output");
        if (paths.IsEmpty || (output is not null && paths.Length > 1))
        {
            throw new UsageException(paths.IsEmpty ? "there is no file to sign" : "one output for more than one file");
        }

        Replacing replacing = MayReplace(request);
        SigningRequest asked = new(key, [.. paths.Select(path => RunOptions.Subject(path, isInPlace && output is null ? null : Target(output ?? path + format.Suffix, replacing)))])
        {
            Completion = isInPlace ? Completion.AllOrNone : Completion.Each,
            Format = format,
            SignedAt = TimeProvider.System.GetUtcNow(),
            FirstLook = FirstLook.Content,
        };
        ServeObserver observer = new();
        await SigningRun.SignAsync(asked, observer, cancellation);
        return ("signed", json =>
        {
            json.WriteStartArray("signatures");
            foreach (SigningReceipt receipt in observer.Receipts)
            {
                json.WriteStartObject();
                json.WriteString("path", receipt.Subject);
                json.WriteString("signaturePath", receipt.Target.Name);
                json.WriteString("digest", receipt.Digest);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static (string, Action<Utf8JsonWriter>) Generate(JsonValue request)
    {
        request.RefuseOtherMembers("id", "verb", "secretKey", "publicKey", "passphrase", "noPassphrase", "force");
        bool open = request.Optional("noPassphrase")?.Boolean == true;
        string? passphrase = request.OptionalString("passphrase");
        if (open == passphrase is not null)
        {
            throw new UsageException("exactly one of passphrase and noPassphrase is needed");
        }

        KeyPairFiles files = NewKeyFiles.Of(request.String("secretKey"), request.String("publicKey"), MayReplace(request));
        using SecretMemory? password = open ? null : new GivenPassword(passphrase).Ask("the new passphrase");
        using MinisignSecretKey key = MinisignSecretKey.Generate();
        files.Write(key, password);
        string fingerprint = KeyFile.Parse(key.PublicFile, "key", files.Public).Material.Fingerprint;
        return ("made", json =>
        {
            json.WriteString("key", files.Secret);
            json.WriteString("publicKey", files.Public);
            json.WriteString("provider", "File");
            json.WriteString("keyKind", "Ed25519");
            json.WriteString("algorithm", SignatureScheme.Ed25519.Label);
            json.WriteString("fingerprint", fingerprint);
        });
    }

    private static async Task<(string, Action<Utf8JsonWriter>)> PublicAsync(JsonValue request, CancellationToken cancellation)
    {
        request.RefuseOtherMembers("id", "verb", "key", "passphrase", "publicKey", "algorithm", "as");
        PublicKeyForm form = request.String("as") switch
        {
            "pem" => PublicKeyForm.Pem,
            "minisign" => PublicKeyForm.Minisign,
            "jwk" => PublicKeyForm.Jwk,
            string other => throw new UsageException($"there is no form \"{other}\": wanted pem, minisign or jwk"),
        };
        await using SigningKey key = await Key(request).OpenAsync(SignatureScheme.RsaPssSha256, cancellation);
        byte[] content = PublicKeyText.Write(key, form);
        string fingerprint = key.PublicKey.Material.Fingerprint;
        return ("public-key", json =>
        {
            json.WriteString("fingerprint", fingerprint);
            json.WriteString("text", System.Text.Encoding.ASCII.GetString(content));
        });
    }

    // Made once for each request: the pinned key is read here and nowhere else.
    private static KeyRequest Key(JsonValue request)
    {
        KeyUri uri = KeyUri.Parse(request.String("key"));
        if (uri is FileKeyUri file)
        {
            RequestPaths.Refuse("key", file.Path);
        }

        return new KeyRequest(uri, request.OptionalString("publicKey") is { } path ? KeyOptions.PublicKeyFile(path) : null, new KeyOpening
        {
            Scheme = new SchemeChoice(request.OptionalString("algorithm") is { } label ? KeyOptions.Scheme(label) : null, ForRsa: null),
            Secrets = Stderr.Secrets,
            Passwords = new GivenPassword(request.OptionalString("passphrase")),
        });
    }

    private static Replacing MayReplace(JsonValue request) => request.Optional("force")?.Boolean == true ? Replacing.EarlierOutput : Replacing.Nothing;

    private static OutputTarget Target(string path, Replacing replacing) => replacing == Replacing.Nothing ? OutputTarget.NewFile(path) : OutputTarget.ReplacedFile(path);
}

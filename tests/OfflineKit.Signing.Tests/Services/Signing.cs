using OfflineKit.Crypto;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Signs in this process, and asks openssl.</summary>
internal static class Signing
{
    private static readonly DateTimeOffset Time = new(2026, 1, 26, 10, 30, 0, TimeSpan.Zero);

    /// <summary>Every form that is a detached file, an envelope, a bundle or a policy's signature.</summary>
    public static SignatureFormat[] Formats =>
    [
        new KmsSignature(KmsForm.Raw), new KmsSignature(KmsForm.Base64), new KmsSignature(KmsForm.AwsJson),
        new DsseEnvelopeSignature(new DssePayload.About("https://example.com/p", Predicate: null)), new SigstoreBundleSignature(null), new SentinelSignature(SentinelLayout.File, "key"),
    ];

    /// <summary>Signs "hello\n", called a, into a.sig.</summary>
    public static Task WriteAsync(Folder folder, SigningKey key, KeyMaterial pin, SignatureFormat? format = null, string output = "a.sig") =>
        new SigningSession(key, pin, format ?? new KmsSignature(KmsForm.Raw), Time, audit: null).SignAsync(
            new SigningOrder("a", new MemoryStream("hello\n"u8.ToArray()), OutputTarget.NewFile(folder[output])), TestContext.Current.CancellationToken);

    /// <summary>Signs in every form, and has openssl verify the raw one.</summary>
    public static async Task EveryFormVerifiesAsync(SigningKey key, KeyMaterial pin)
    {
        using Folder folder = new();
        int number = 0;
        // Envelopes and bundles know no secp256k1, and RSA with SHA-256 only.
        bool isOdd = pin.Kind == KeyKind.Rsa && key.PublicKey.Scheme.Digest != DigestAlgorithm.Sha256;
        foreach (SignatureFormat format in Formats.Where(format => format.Name switch { "dsse" => !isOdd && pin.Kind != KeyKind.Secp256k1, "sigstore" => !isOdd && pin.Kind != KeyKind.Secp256k1, _ => true }))
        {
            await WriteAsync(folder, key, pin, format, $"out{number++}");
        }

        OpensslVerifies(folder, "out0", pin, key.PublicKey.Scheme);
    }

    public static void OpensslVerifies(Folder folder, string signature, KeyMaterial key, SignatureScheme scheme)
    {
        folder.Write("a", "hello\n");
        folder.Write("pin.pem", Pem(key));
        if (scheme.Digest is not { } digest)
        {
            Peer.Must(folder.Path, "openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", "pin.pem", "-rawin", "-in", "a", "-sigfile", signature]);
            return;
        }

        string[] padding = scheme.IsRsaPss ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", $"rsa_pss_saltlen:{digest.Size()}"] : [];
        Peer.Must(folder.Path, "openssl", ["dgst", $"-{digest.Name()}".Replace("sha-", "sha", StringComparison.Ordinal), .. padding, "-verify", "pin.pem", "-signature", signature, "a"]);
    }

    public static string Pem(KeyMaterial key) => new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", key.Spki.Span)) + "\n";
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Signing.Exports;

/// <summary>The certificate chains of a kit's signers, for receivers who trust an authority and not a key.</summary>
/// <remarks>Written in one spelling: the chains in the order given, each certificate once. Source: docs/spec/kit.md §6.</remarks>
internal static class KitCertificates
{
    private const int MostCertificates = 32;

    /// <summary>The chains in <paramref name="files"/>, each leaf first; the key of every leaf must be in <paramref name="signers"/>.</summary>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>.</exception>
    public static ImmutableArray<Certificate> Read(ImmutableArray<KitChain> files, IEnumerable<KeyMaterial> signers)
    {
        List<Certificate> all = [];
        foreach (KitChain file in files)
        {
            List<Certificate> chain = Parse(file);
            if (chain[0].Key.Value is not { } key || !signers.Contains(key))
            {
                throw SigningReasons.UnsuitableSubject.Refusal($"{file.Name}: the first certificate, \"{chain[0].Subject}\", is for no key that signs the kit");
            }

            for (int i = 1; i < chain.Count; i++)
            {
                if (!chain[i - 1].Issuer.Equals(chain[i].Subject))
                {
                    throw SigningReasons.UnsuitableSubject.Refusal($"{file.Name}: \"{chain[i - 1].Subject}\" was issued by \"{chain[i - 1].Issuer}\", and the next certificate is \"{chain[i].Subject}\"");
                }
            }

            all.AddRange(chain.Where(certificate => !all.Exists(known => known.Fingerprint == certificate.Fingerprint)));
        }

        return all.Count <= MostCertificates ? [.. all] : throw SigningReasons.UnsuitableSubject.Refusal($"{all.Count} certificates, a kit carries at most {MostCertificates}");
    }

    /// <summary>The file that carries them.</summary>
    public static byte[] Text(ImmutableArray<Certificate> certificates) =>
        Utf8Text.Encode(string.Concat(certificates.Select(certificate => new string(PemEncoding.Write("CERTIFICATE", certificate.Der.Span)) + "\n")));

    private static List<Certificate> Parse(KitChain file)
    {
        Result<List<Certificate>> parsed = Result.Parse(CertificateReasons.Malformed, () => Pem.ParseAll(file.Content.Span, MostCertificates, file.Name).ConvertAll(block => block.Label == "CERTIFICATE"
            ? Certificate.Parse(block.Content)
            : throw new MalformedException($"{file.Name}: PEM block {block.Label}, wanted CERTIFICATE")));
        return parsed.Value is { Count: > 0 } chain
            ? chain
            : throw SigningReasons.UnsuitableSubject.Refusal(parsed.Finding?.Detail ?? $"{file.Name} holds no certificate");
    }
}

/// <summary>A file with the certificate chain of one signer.</summary>
/// <param name="Name">What the user called it.</param>
/// <param name="Content">PEM, leaf first.</param>
internal sealed record KitChain(string Name, ReadOnlyMemory<byte> Content);

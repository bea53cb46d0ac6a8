using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reads a file with one OpenPGP certificate, armoured or binary, as <c>gpg --export</c> writes it.</summary>
/// <remarks>Source: RFC 9580 §10.1; docs/spec/openpgp.md.</remarks>
internal static class OpenPgpCertificateFile
{
    private const string What = "OpenPGP certificate";
    private const int MostBlocks = 16;

    /// <summary>The content is an armoured certificate or key, or begins with the packet of a key.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.IndexOf(OpenPgpArmor.Begin) >= 0 || LooksBinary(content);

    /// <summary>The certificate in <paramref name="content"/>, to be trusted under <paramref name="name"/>.</summary>
    public static TrustedKey Parse(ReadOnlyMemory<byte> content, string name, string root)
    {
        ImmutableArray<OpenPgpCertificate> certificates = OpenPgpCertificate.Parse(OpenPgpPackets.Read(LooksBinary(content.Span) ? content : Unarmoured(content.Span), What), What);
        if (certificates is not [OpenPgpCertificate certificate])
        {
            throw new MalformedException($"{What}: {certificates.Length} certificates in one file, wanted one; write each to a file of its own and name each");
        }

        return certificate.Primary.Key.Material is { Value: { } material }
            ? new TrustedKey(name, material, root) { OpenPgp = certificate, Hints = [.. certificate.Keys.Select(key => key.Key.Fingerprint)] }
            : throw new MalformedException(certificate.Primary.Key.Material.Finding!.Reason, certificate.Primary.Key.Material.Finding.Detail);
    }

    // Tags 5 and 6 (secret and public key) in the old form with its two usual lengths, and in the new form.
    private static bool LooksBinary(ReadOnlySpan<byte> content) => content is [0x94 or 0x95 or 0x98 or 0x99 or 0xC5 or 0xC6, _, _, ..] && content.Length > 64;

    private static ReadOnlyMemory<byte> Unarmoured(ReadOnlySpan<byte> text)
    {
        ImmutableArray<OpenPgpArmor> blocks = OpenPgpArmor.Blocks(text, MostBlocks, What);
        if (blocks.Any(block => block.Label == "PGP PRIVATE KEY BLOCK"))
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, $"{What}: a secret key");
        }

        return blocks is [{ Label: "PGP PUBLIC KEY BLOCK" } only]
            ? only.Content
            : throw new MalformedException($"{What}: {blocks.Length} armoured blocks, the first a {blocks[0].Label}; wanted one PGP PUBLIC KEY BLOCK");
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reads a file with OpenPGP certificates, armoured or binary, as <c>gpg --export</c> writes it and as projects put theirs into a file KEYS.</summary>
/// <remarks>Text around armoured blocks is for people. Source: RFC 9580 §10.1; docs/spec/openpgp.md.</remarks>
internal static class OpenPgpCertificateFile
{
    private const string What = "OpenPGP certificate";
    private const int MostBlocks = 1024;

    /// <summary>The content is an armoured certificate or key, or begins with the packet of a key.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.IndexOf(OpenPgpArmor.Begin) >= 0 || LooksBinary(content);

    /// <summary>The only certificate in <paramref name="content"/>, to be trusted under <paramref name="name"/>.</summary>
    public static TrustedKey Parse(ReadOnlyMemory<byte> content, string name, string root) => ParseAll(content, name, root) is { Keys: [var only], LeftOut: [] }
        ? only
        : throw new MalformedException($"{What}: several certificates in one file, wanted one; write each to a file of its own and name each");

    /// <summary>The certificates in <paramref name="content"/>, each to be trusted under <paramref name="name"/>; one that nothing can be verified by is left out.</summary>
    /// <exception cref="MalformedException">None is left, or there is a secret key.</exception>
    public static KeyFileContent ParseAll(ReadOnlyMemory<byte> content, string name, string root)
    {
        ImmutableArray<Result<OpenPgpCertificate>> certificates = LooksBinary(content.Span) ? OpenPgpCertificate.Parse(content, What) : Armoured(content.Span);
        var keys = ImmutableArray.CreateBuilder<TrustedKey>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutCertificate>();
        foreach (Result<OpenPgpCertificate> certificate in certificates)
        {
            if (certificate.Value is { Primary.Key.Material.Value: { } material } usable)
            {
                keys.Add(new TrustedKey(name, material, root) { OpenPgp = usable, Hints = usable.Fingerprints });
            }
            else
            {
                leftOut.Add(new LeftOutCertificate(root, certificate.Value?.Fingerprints ?? [], certificate.Finding ?? certificate.Value!.Primary.Key.Material.Finding!));
            }
        }

        return keys.Count > 0 ? new KeyFileContent(keys.ToImmutable(), leftOut.ToImmutable()) : throw new MalformedException(leftOut[0].Why.Reason, leftOut[0].Why.Detail);
    }

    // Tags 5 and 6 (secret and public key) in the old form with its two usual lengths, and in the new form.
    private static bool LooksBinary(ReadOnlySpan<byte> content) => content is [0x94 or 0x95 or 0x98 or 0x99 or 0xC5 or 0xC6, _, _, ..] && content.Length > 64;

    private static ImmutableArray<Result<OpenPgpCertificate>> Armoured(ReadOnlySpan<byte> text)
    {
        ImmutableArray<OpenPgpArmor> blocks = OpenPgpArmor.Blocks(text, MostBlocks, What);
        if (blocks.Any(block => block.Label == "PGP PRIVATE KEY BLOCK"))
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, $"{What}: a secret key");
        }

        return blocks.FirstOrDefault(block => block.Label != "PGP PUBLIC KEY BLOCK") is { } other
            ? throw new MalformedException($"{What}: an armoured {other.Label}; wanted PGP PUBLIC KEY BLOCK")
            : [.. blocks.SelectMany(block => Block(block.Content))];
    }

    // Of many blocks one may be damaged; alone it refuses the file.
    private static ImmutableArray<Result<OpenPgpCertificate>> Block(ReadOnlyMemory<byte> content)
    {
        Result<OpenPgpCertificate>[]? read = null;
        Finding? finding = Result.Parse(Reasons.MalformedKey, () => read = [.. OpenPgpCertificate.Parse(content, What)]).Finding;
        return finding is null ? [.. read!]
            : finding.Reason == Reasons.PrivateKeyGiven ? throw new MalformedException(finding.Reason, finding.Detail)
            : [new Result<OpenPgpCertificate>(Value: null, finding)];
    }
}

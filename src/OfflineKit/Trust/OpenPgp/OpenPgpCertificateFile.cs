using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Reads a file with OpenPGP certificates, armoured or binary, as <c>gpg --export</c> writes it and as projects put theirs into a file KEYS, and with revocations by themselves, as <c>gpg --gen-revoke</c> writes them.</summary>
/// <remarks>Text around armoured blocks is for people. Source: RFC 9580 §10.1; docs/spec/openpgp.md.</remarks>
internal static class OpenPgpCertificateFile
{
    private const string What = "OpenPGP certificate";
    private const int MostBlocks = 1024;

    /// <summary>The content is an armoured certificate or key, or begins with the packet of a key or a signature.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.IndexOf(OpenPgpArmor.Begin) >= 0 || LooksBinary(content);

    /// <summary>Refuses gpg's own store of certificates, <c>pubring.kbx</c>, by what it is: gpg writes what is in it.</summary>
    /// <exception cref="MalformedException">The content is one.</exception>
    public static void RefuseKeybox(ReadOnlySpan<byte> content)
    {
        if (content.Length > 12 && content[8..12].SequenceEqual("KBXf"u8))
        {
            throw new MalformedException(Reasons.UnsupportedKey, "a keybox, in which gpg keeps its certificates") { Advice = new Advice("write those that you mean to a file, with `gpg --export --armor --output team.asc FINGERPRINT`, and name that") };
        }
    }

    /// <summary>The only certificate in <paramref name="content"/>, to be trusted under <paramref name="name"/>.</summary>
    public static TrustedKey Parse(ReadOnlyMemory<byte> content, string name, string root) => ParseAll(content, name, root).Demanded() switch
    {
        { Keys: [var only], LeftOut: [] } file => only with { OpenPgp = only.OpenPgp!.And(file.Revocations) },
        { Keys: [] } => throw new MalformedException($"{What}: a revocation without a certificate"),
        _ => throw new MalformedException($"{What}: several certificates in one file, wanted one; write each to a file of its own and name each"),
    };

    /// <summary>The certificates in <paramref name="content"/>, each to be trusted under <paramref name="name"/>, and revocations that stand in none; what nothing can be verified by is left out.</summary>
    /// <exception cref="MalformedException">There is a secret key, or armour that is malformed.</exception>
    public static KeyFileContent ParseAll(ReadOnlyMemory<byte> content, string name, string root)
    {
        CertificateSequence sequence = new(root, What);
        if (LooksBinary(content.Span))
        {
            sequence.Add(content);
        }
        else
        {
            foreach (OpenPgpArmor block in Blocks(content.Span))
            {
                sequence.Add(block.Content);
            }
        }

        return sequence.Close(name);
    }

    // Tags 2, 5 and 6 (a signature, a secret and a public key) in the old form with its two usual lengths, and in the new form.
    private static bool LooksBinary(ReadOnlySpan<byte> content) => content is [0x88 or 0x89 or 0xC2 or 0x94 or 0x95 or 0x98 or 0x99 or 0xC5 or 0xC6, _, _, ..] && content.Length > 64;

    private static ImmutableArray<OpenPgpArmor> Blocks(ReadOnlySpan<byte> text)
    {
        ImmutableArray<OpenPgpArmor> blocks = OpenPgpArmor.Blocks(text, MostBlocks, What);
        if (blocks.Any(block => block.Label == "PGP PRIVATE KEY BLOCK"))
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, $"{What}: a secret key");
        }

        return blocks.FirstOrDefault(block => block.Label != "PGP PUBLIC KEY BLOCK" && !IsRevocation(block)) is { } other
            ? throw new MalformedException($"{What}: an armoured {other.Label}; wanted PGP PUBLIC KEY BLOCK")
            : blocks;
    }

    // Some programs write a revocation as the signature that it is.
    private static bool IsRevocation(OpenPgpArmor block) => block.Label == "PGP SIGNATURE" && FramedPacket.UpToDamage(block.Content, What) is { Damage: null, Packets: { IsEmpty: false } packets }
        && packets.All(packet => packet.Tag == FramedPacket.Signature && OpenPgpSignature.TypeOf(packet.Body.Span) is (PlacedRevocation.OfPrimary or PlacedRevocation.OfSubkey));
}

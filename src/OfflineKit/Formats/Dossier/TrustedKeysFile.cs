using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dossier;

/// <summary>The dossier tools' <c>trusted-keys.txt</c>, read for the key material in it and for nothing else.</summary>
/// <param name="Store">The keys; each may sign dossiers only.</param>
/// <param name="WithoutKey">One sentence on each line that names a key without holding it, and so gives no trust.</param>
/// <remarks>
/// Shape: UTF-8 lines of a key and a name; empty and <c>#</c> lines are skipped. A key is a minisign key line, the base64 of a SubjectPublicKeyInfo,
/// or the base64 of 32 Ed25519 bytes. Source: docs/spec/dossier.md §4.
/// </remarks>
public sealed record TrustedKeysFile(TrustStore Store, ImmutableArray<string> WithoutKey)
{
    private const int MinisignLine = 56;

    /// <summary>The file with <paramref name="content"/>, called <paramref name="root"/> in reports.</summary>
    public static TrustedKeysFile Parse(ReadOnlySpan<byte> content, string root)
    {
        Utf8Text.RefuseByteOrderMark(content, "trusted keys file");
        string[] lines = Utf8Text.Decode(content, "trusted keys file").Split('\n');
        Dictionary<string, TrustedKey> keys = new(StringComparer.Ordinal);
        var withoutKey = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0].StartsWith('#'))
            {
                continue;
            }

            string name = string.Join(' ', words[1..]);
            Result<TrustedKey> key = Result.Parse(Reasons.MalformedKey, () => Key(words[0], name, root));
            if (key.Value is { } known)
            {
                keys[known.Material.Fingerprint] = known;
            }
            else
            {
                withoutKey.Add($"line {i + 1}: \"{words[0]}\" is no public key, so \"{name}\" is not trusted by it");
            }
        }

        return new TrustedKeysFile(new TrustStore { Keys = [.. keys.Values] }, withoutKey.ToImmutable());
    }

    private static TrustedKey Key(string text, string name, string root)
    {
        byte[] ascii = Utf8Text.Encode(text);
        if (ascii.Length == MinisignLine && text.StartsWith("RW", StringComparison.Ordinal))
        {
            MinisignPublicKey minisign = MinisignPublicKey.ParseLine(ascii);
            return new TrustedKey(name, minisign.Material, root) { Hints = [minisign.DisplayId], Formats = ["dossier"] };
        }

        byte[] bytes = StrictBase64.Decode(ascii, "key");
        KeyMaterial material = bytes.Length == 32 ? KeyMaterial.Ed25519(bytes) : SubjectPublicKeyInfo.Parse(bytes);
        return new TrustedKey(name, material, root) { Formats = ["dossier"] };
    }
}

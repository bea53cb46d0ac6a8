using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Trust;

/// <summary>Signatures over TUF metadata: hex, DER for ECDSA.</summary>
internal static class MetadataSigning
{
    /// <summary>The file of <paramref name="signed"/>, signed by every one of <paramref name="keys"/>.</summary>
    public static async Task<byte[]> FileAsync(byte[] signed, IEnumerable<SigningKey> keys, CancellationToken cancellation)
    {
        var signatures = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (SigningKey key in keys)
        {
            signatures.Add(await SignatureAsync(signed, key, cancellation).ConfigureAwait(false));
        }

        return MetadataText.File(signed, signatures);
    }

    /// <summary>The signature of <paramref name="key"/> over the canonical form of <paramref name="signed"/>, with the key's id.</summary>
    public static async Task<KeyValuePair<string, string>> SignatureAsync(ReadOnlyMemory<byte> signed, SigningKey key, CancellationToken cancellation)
    {
        KeyMaterial material = key.PublicKey.Material;
        if (key.PublicKey.Scheme != TufKeyText.SchemeOf(material))
        {
            throw SigningReasons.SchemeMismatch.Refusal($"TUF metadata is signed by {TufKeyText.SchemeOf(material).Label}, the key was opened for {key.PublicKey.Scheme.Label}");
        }

        VerifiedSignature signature = await key.SignMessageAsync(OlpcJson.Write(StrictJson.Parse(signed, "metadata")), cancellation).ConfigureAwait(false);
        return KeyValuePair.Create(TufKeyText.IdOf(material), StrictHex.Encode(SignatureEncoding.Stored(signature)));
    }
}

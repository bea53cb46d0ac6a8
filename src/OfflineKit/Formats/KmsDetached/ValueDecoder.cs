using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>Brings a signature value into the one form that its key takes.</summary>
internal static class ValueDecoder
{
    /// <summary>The first reading of <paramref name="signature"/> that fits <paramref name="key"/>, or why none does.</summary>
    public static Result<byte[]> Decode(KmsSignature signature, PublicKey key)
    {
        Result<byte[]> result = default;
        foreach (ReadOnlyMemory<byte> reading in signature.Readings)
        {
            Result<byte[]> next = Result.Parse(Reasons.MalformedSignature, () => Fit(reading.Span, key, signature.Encoding));
            if (next.Value is not null)
            {
                return next;
            }

            // The reading as binary comes first and its fault is the one to show, unless only the second one is ambiguous.
            result = result.Finding is null ? next : result;
        }

        return result;
    }

    private static byte[] Fit(ReadOnlySpan<byte> value, PublicKey key, EcdsaEncoding? encoding) => key.Material.Kind switch
    {
        KeyKind.Rsa => Exactly(value, (key.Material.RsaBits + 7) / 8, "RSA signature"),
        KeyKind.Ed25519 => Exactly(value, 64, "Ed25519 signature"),
        _ when key.Material.Curve is { } curve => Ecdsa(value, curve, encoding),
        _ => MlDsa(value, MlDsaParameterSet.Of(key.Material.Kind)!),
    };

    private static byte[] MlDsa(ReadOnlySpan<byte> value, MlDsaParameterSet set) => Exactly(value, set.SignatureSize, $"{set.Name} signature");

    private static byte[] Exactly(ReadOnlySpan<byte> value, int size, string what) =>
        value.Length == size ? value.ToArray() : throw new MalformedException($"{what}: {value.Length} bytes, wanted {size}{BareLength.InWords(value.Length)}");

    private static byte[] Ecdsa(ReadOnlySpan<byte> value, EllipticCurve curve, EcdsaEncoding? encoding)
    {
        if (encoding is { } declared)
        {
            return declared == EcdsaEncoding.Der ? EcdsaSignature.FromDer(value, curve) : EcdsaSignature.FromFixedWidth(value, curve);
        }

        // Nothing declares the encoding: only a value that is exactly one of the two is taken.
        return EcdsaSignature.Readings(value.ToArray(), curve) switch
        {
            [var only] => only,
            [] => EcdsaSignature.FromDer(value, curve), // says what is wrong with it
            _ => throw new MalformedException(KmsDetachedReasons.AmbiguousEncoding, $"{value.Length} bytes that are both strict DER and r and s side by side"),
        };
    }
}

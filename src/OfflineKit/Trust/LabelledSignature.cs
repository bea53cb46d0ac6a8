using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>A key service's signature value under a label, and the search for the trusted key that made it.</summary>
/// <param name="Label">The label; it fixes scheme, hash, padding and salt.</param>
/// <param name="Encoding">How an ECDSA value is written.</param>
/// <param name="Value">The decoded value.</param>
/// <remarks>Key ids beside the value order the search and prove nothing. Source: docs/spec/kms-detached.md.</remarks>
internal sealed record LabelledSignature(AlgorithmLabel Label, EcdsaEncoding Encoding, ReadOnlyMemory<byte> Value)
{
    /// <summary>The trusted key that made this signature, or why there is none.</summary>
    /// <param name="trust">The keys to try: all that the label allows.</param>
    /// <param name="hint">The key id that the document claims; null when it claims none.</param>
    /// <param name="input">What is signed.</param>
    public Result<KeySignature> Signer(TrustStore trust, string? hint, SigningInput input)
    {
        ImmutableArray<TrustedKey> fitting = [.. trust.Candidates(Label.Scheme, hint).Where(key => Label.Fits(key.Material))];
        if (fitting.IsEmpty)
        {
            return Refused(NothingFits(trust, hint));
        }

        Finding? malformed = null;
        foreach (TrustedKey key in fitting)
        {
            Result<byte[]> plain = Result.Parse(Reasons.MalformedSignature, () => EcdsaSignature.Plain(key.Material, Value.Span, Encoding));
            if (plain.Value is { } value && KeySignature.By(key, fitting, Label.Scheme, input, value) is { } signature)
            {
                return new Result<KeySignature>(signature, Finding: null);
            }

            malformed ??= plain.Finding;
        }

        string tried = string.Join(", ", fitting.Select(key => $"\"{key.Name}\""));
        return Refused(malformed ?? Reasons.SignatureMismatch.Because(
            $"the {Label.Text} signature ({Value.Length} bytes) does not verify under {(fitting.Length == 1 ? "key" : "any of the keys")} {tried}{WrongLength(fitting)}"));
    }

    private Finding NothingFits(TrustStore trust, string? hint)
    {
        if (trust.Keys.IsEmpty)
        {
            return Reasons.UnknownKey.Because(hint is { Length: > 0 } ? $"the signature names key id \"{hint}\" and no key is trusted" : "no key is trusted");
        }

        string kinds = string.Join(", ", trust.Keys.Select(key => $"\"{key.Name}\" is {key.Material.Kind}{(key.Material.RsaBits > 0 ? $" of {key.Material.RsaBits} bits" : "")}"));
        return Reasons.AlgorithmMismatch.Because($"no trusted key may be used with {Label.Text}: {kinds}");
    }

    private string WrongLength(ImmutableArray<TrustedKey> keys) =>
        keys is [{ Material.RsaBits: > 0 and int bits }] && Value.Length != (bits + 7) / 8 ? $", whose signatures have {(bits + 7) / 8} bytes" : "";

    private static Result<KeySignature> Refused(Finding finding) => new(Value: null, finding);
}

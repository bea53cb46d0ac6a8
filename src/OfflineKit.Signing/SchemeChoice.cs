using OfflineKit.Crypto;

namespace OfflineKit.Signing;

/// <summary>Which scheme a key shall sign with: the user's word, or the only one that fits its kind, or the format's default for RSA.</summary>
/// <param name="Asked">The scheme that the user named; null when none.</param>
/// <param name="ForRsa">The format's default for RSA keys; null when the user must choose.</param>
internal sealed record SchemeChoice(SignatureScheme? Asked, SignatureScheme? ForRsa)
{
    /// <summary>Nothing was asked: fine for every kind of key but RSA.</summary>
    public static SchemeChoice ByKind { get; } = new(Asked: null, ForRsa: null);

    /// <summary>The public half bound to the chosen scheme.</summary>
    public PublicKey Bind(KeyMaterial material)
    {
        SignatureScheme? scheme = Asked ?? (material.OnlySchemes is [SignatureScheme only] ? only : null) ?? (material.Kind == KeyKind.Rsa ? ForRsa : ByKindOf(material));
        return scheme is null
            ? throw SigningReasons.SchemeRequired.Refusal($"an RSA key signs by one of {Labels(material)}")
            : PublicKey.Fits(material, scheme)
                ? PublicKey.Bind(material, scheme)
                : throw SigningReasons.SchemeMismatch.Refusal($"a {material.Kind} key does not sign by {scheme.Label}; it signs by {Labels(material)}");
    }

    private static SignatureScheme ByKindOf(KeyMaterial material) => SignatureScheme.All.First(scheme => PublicKey.Fits(material, scheme));

    private static string Labels(KeyMaterial material) =>
        string.Join(", ", SignatureScheme.All.Where(scheme => PublicKey.Fits(material, scheme)).Select(scheme => scheme.Label));
}

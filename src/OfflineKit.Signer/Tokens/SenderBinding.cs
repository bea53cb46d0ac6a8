using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>How a sender proves that a token is its own.</summary>
internal enum BindingKind
{
    /// <summary>By a DPoP proof: the thumbprint is that of a JSON Web Key.</summary>
    Dpop,

    /// <summary>By the client certificate of the connection: the thumbprint is that of the certificate.</summary>
    MutualTls,
}

/// <summary>The key or certificate that a token is bound to (<c>cnf</c>).</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Thumbprint">SHA-256, unpadded base64url.</param>
/// <remarks>Source: RFC 7800 §3, RFC 8705 §3.1, RFC 9449 §6.1.</remarks>
internal sealed record SenderBinding(BindingKind Kind, string Thumbprint)
{
    private const int ThumbprintSize = 32;

    /// <summary>The one binding in <paramref name="claims"/>.</summary>
    /// <exception cref="MalformedException">None, two, or another kind.</exception>
    public static SenderBinding Of(JsonValue claims)
    {
        JsonValue confirmation = claims.Object("cnf");
        return (confirmation.OptionalString("jkt"), confirmation.OptionalString("x5t#S256")) switch
        {
            ({ } key, null) => new SenderBinding(BindingKind.Dpop, Checked(key)),
            (null, { } certificate) => new SenderBinding(BindingKind.MutualTls, Checked(certificate)),
            _ => throw new MalformedException("cnf: wanted one of jkt and x5t#S256"),
        };
    }

    /// <summary>As the audit log writes it.</summary>
    public override string ToString() => (Kind == BindingKind.Dpop ? "dpop:" : "mtls:") + Thumbprint;

    /// <summary>Both are the same, compared in constant time.</summary>
    public bool Is(SenderBinding other) => Kind == other.Kind && Same(Thumbprint, other.Thumbprint);

    /// <summary>Two texts are the same, compared in constant time.</summary>
    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Utf8Text.Encode(left), Utf8Text.Encode(right));

    private static string Checked(string thumbprint) => StrictBase64.DecodeUrl(thumbprint, "cnf").Length == ThumbprintSize
        ? thumbprint
        : throw new MalformedException("cnf: no SHA-256");
}

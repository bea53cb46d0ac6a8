using System.Collections.Frozen;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>Ids that were called back before they ended: of access tokens, and of proofs of entitlement.</summary>
/// <param name="Ids">Their <c>jti</c>.</param>
internal sealed record RevokedTokens(FrozenSet<string> Ids)
{
    /// <summary>Nothing was called back.</summary>
    public static RevokedTokens None { get; } = new(FrozenSet<string>.Empty);

    /// <summary>The list in <paramref name="content"/>: <c>{"revoked": ["jti", …]}</c>.</summary>
    public static RevokedTokens Parse(ReadOnlyMemory<byte> content, string what)
    {
        JsonValue json = StrictJson.ParseObject(content, what);
        json.RefuseOtherMembers("revoked");
        return new RevokedTokens(json.Array("revoked").Select(id => id.Text).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>It was called back.</summary>
    public bool Contains(string id) => Ids.Contains(id);
}

using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What the primary key signed about itself: its last word on validity, and who may revoke in its place.</summary>
/// <param name="Newest">The newest of its direct signatures and certifications of its names; null: there is none with an accepted hash.</param>
/// <param name="Revokers">Fingerprints of those who may revoke it and its subkeys, lower-case hex.</param>
internal sealed record SelfSignatures(OpenPgpSignature? Newest, ImmutableArray<string> Revokers)
{
    private const int Generic = 0x10, Positive = 0x13, Direct = 0x1F;

    /// <summary>Those of <paramref name="primary"/> among <paramref name="components"/>, the first of which is the key itself.</summary>
    public static SelfSignatures Of(OpenPgpKey primary, ImmutableArray<Component> components)
    {
        byte[] framed = primary.Framed();
        IEnumerable<OpenPgpSignature> direct = components[0].Signatures.Where(signature => signature.Type == Direct && signature.MayBeBy(primary) && signature.IsBy(primary, framed));
        IEnumerable<OpenPgpSignature> named = components.SelectMany(component => component.FramedUserId is { } id
            ? component.Signatures.Where(signature => signature.Type is >= Generic and <= Positive && signature.MayBeBy(primary) && signature.IsBy(primary, framed, id))
            : []);
        ImmutableArray<OpenPgpSignature> own = [.. direct.Concat(named).OrderByDescending(signature => signature.Says.CreatedAt)];
        return new SelfSignatures(own.FirstOrDefault(), [.. own.SelectMany(signature => signature.Says.Revokers).Distinct(StringComparer.Ordinal)]);
    }
}

using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What the primary key signed about itself: its last word on validity, and revocations.</summary>
/// <param name="Newest">The newest of its direct signatures and certifications of its names; null: there is none with an accepted hash.</param>
/// <param name="Revocations">Its revocations of itself.</param>
internal sealed record SelfSignatures(OpenPgpSignature? Newest, ImmutableArray<OpenPgpSignature> Revocations)
{
    private const int Generic = 0x10, Positive = 0x13, Direct = 0x1F, Revocation = 0x20;

    /// <summary>Those of <paramref name="primary"/> among <paramref name="components"/>, the first of which is the key itself.</summary>
    public static SelfSignatures Of(OpenPgpKey primary, ImmutableArray<Component> components)
    {
        byte[] framed = primary.Framed();
        IEnumerable<OpenPgpSignature> direct = components[0].Signatures.Where(signature => signature.Type == Direct && signature.MayBeBy(primary) && signature.IsBy(primary, framed));
        IEnumerable<OpenPgpSignature> named = components.SelectMany(component => component.FramedUserId is { } id
            ? component.Signatures.Where(signature => signature.Type is >= Generic and <= Positive && signature.MayBeBy(primary) && signature.IsBy(primary, framed, id))
            : []);
        ImmutableArray<OpenPgpSignature> own = [.. direct.Concat(named).OrderByDescending(signature => signature.Says.CreatedAt)];
        ImmutableArray<string> revokers = [.. own.SelectMany(signature => signature.Says.Revokers)];
        return new SelfSignatures(own.FirstOrDefault(), [.. components[0].Signatures.Where(signature => signature.Type == Revocation && Counts(signature, primary, framed, revokers))]);
    }

    // A revocation that cannot be checked (an old hash, a revoker whose key is not here) is believed: what cannot be seen is not absent.
    private static bool Counts(OpenPgpSignature signature, OpenPgpKey primary, byte[] framed, ImmutableArray<string> revokers) =>
        signature.IsBy(primary, framed)
        || (signature.Digest is null && signature.MayBeBy(primary))
        || signature.IssuerHints.Any(hint => revokers.Any(revoker => revoker.EndsWith(hint, StringComparison.Ordinal)));
}

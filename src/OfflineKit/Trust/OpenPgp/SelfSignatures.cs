using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What the primary key signed about itself and its names: its word on validity, and who may revoke in its place.</summary>
/// <param name="Series">Its signatures about the key itself, and those about each of its names.</param>
/// <remarks>Source: RFC 9580 §5.2.1.4 to §5.2.1.10, §5.2.1.13, §5.2.3.10.</remarks>
internal sealed record SelfSignatures(ImmutableArray<SelfSignatureSeries> Series)
{
    /// <summary>The type of a signature that takes back a certification.</summary>
    public const int CertificationRevocation = 0x30;

    private const int Generic = 0x10, Persona = 0x11, Casual = 0x12, Positive = 0x13, Direct = 0x1F;

    /// <summary>Fingerprints of those who may revoke it and its subkeys, lower-case hex.</summary>
    public ImmutableArray<string> Revokers => [.. Series.SelectMany(series => series.Verified).SelectMany(word => word.Says.Revokers).Distinct(StringComparer.Ordinal)];

    /// <summary>Those of <paramref name="primary"/> among <paramref name="components"/>, the first of which is the key itself.</summary>
    public static SelfSignatures Of(OpenPgpKey primary, ImmutableArray<Component> components)
    {
        byte[] framed = primary.Framed();

        // A name that stands there twice is one name.
        IEnumerable<SelfSignatureSeries> named = components.Where(component => component.FramedUserId is not null)
            .GroupBy(component => Convert.ToHexString(component.FramedUserId!), StringComparer.Ordinal)
            .Select(same => SelfSignatureSeries.Of(primary, same.Aggregate((one, other) => one.And(other)), [Generic, Persona, Casual, Positive], CertificationRevocation, framed, same.First().FramedUserId!));
        return new SelfSignatures([About(primary, framed, components), .. named]);
    }

    // Wherever they stand. Who takes back what he said of the key itself leaves it without a word: neither an end nor the absence of one.
    private static SelfSignatureSeries About(OpenPgpKey primary, byte[] framed, ImmutableArray<Component> components)
    {
        Component all = components.Skip(1).Select(component => component.Only(Direct)).Aggregate(components[0], (one, other) => one.And(other));
        SelfSignatureSeries series = SelfSignatureSeries.Of(primary, all, [Direct], CertificationRevocation, framed);
        return series with { Withdrawals = [], Doubts = [.. series.Doubts, .. series.Withdrawals.Select(UnverifiableSignature.Of)] };
    }
}

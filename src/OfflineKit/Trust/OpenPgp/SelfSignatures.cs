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
    public ImmutableArray<string> Revokers
    {
        get
        {
            ImmutableArray<string> revokers = [];
            foreach (SelfSignatureSeries series in Series)
            {
                foreach (OpenPgpSignature word in series.Verified)
                {
                    revokers = [.. revokers, .. word.Says.Revokers];
                }
            }

            return [.. revokers.Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Those of <paramref name="primary"/> among <paramref name="components"/>, the first of which is the key itself.</summary>
    public static SelfSignatures Of(OpenPgpKey primary, ImmutableArray<Component> components)
    {
        byte[] framed = primary.Framed();

        // A name that stands there twice is one name.
        IEnumerable<SelfSignatureSeries> named = Component.Names(components)
            .Select(name => SelfSignatureSeries.Of(primary, name, [Generic, Persona, Casual, Positive], CertificationRevocation, framed, name.FramedUserId!));
        return new SelfSignatures([About(primary, framed, components), .. named]);
    }

    // Wherever they stand. Who takes back what he said of the key itself leaves it without a word: neither an end nor the absence of one.
    private static SelfSignatureSeries About(OpenPgpKey primary, byte[] framed, ImmutableArray<Component> components)
    {
        Component all = components[0];
        foreach (Component other in components[1..])
        {
            all = all.And(other.Only(Direct));
        }

        SelfSignatureSeries series = SelfSignatureSeries.Of(primary, all, [Direct], CertificationRevocation, framed);
        return series with { Withdrawals = [], Unaccepted = [.. series.Unaccepted, .. series.Withdrawals] };
    }
}

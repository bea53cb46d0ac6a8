using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>One level of a distinguished name: a set of attributes, nearly always of one.</summary>
/// <param name="Attributes">At least one.</param>
internal sealed record RelativeName(ImmutableArray<NameAttribute> Attributes)
{
    /// <summary>The RelativeDistinguishedName under <paramref name="set"/>.</summary>
    public static RelativeName Parse(DerCursor set)
    {
        if (set.AtEnd)
        {
            throw set.Malformed("empty relative name");
        }

        var attributes = ImmutableArray.CreateBuilder<NameAttribute>();
        while (!set.AtEnd)
        {
            attributes.Add(NameAttribute.Parse(set.Sequence()));
        }

        return new RelativeName(attributes.ToImmutable());
    }

    /// <summary>Whether this set of attributes and <paramref name="other"/> are the same; their order says nothing.</summary>
    public NameComparison CompareWith(RelativeName other) =>
        Attributes.Length != other.Attributes.Length ? NameComparison.Different : Least(Holds(other), other.Holds(this));

    /// <summary>The attributes, joined by <c>+</c>.</summary>
    public override string ToString() => string.Join('+', Attributes);

    // Every attribute of the other set stands in this one.
    private NameComparison Holds(RelativeName other)
    {
        NameComparison all = NameComparison.Same;
        foreach (NameAttribute wanted in other.Attributes)
        {
            all = Least(all, Attributes.Any(own => own.CompareWith(wanted) == NameComparison.Same) ? NameComparison.Same
                : Attributes.Any(own => own.CompareWith(wanted) == NameComparison.Unknown) ? NameComparison.Unknown
                : NameComparison.Different);
        }

        return all;
    }

    /// <summary>What is known of a whole of which two parts compare so: one difference decides, one doubt spoils certainty.</summary>
    internal static NameComparison Least(NameComparison one, NameComparison other) =>
        one == NameComparison.Different || other == NameComparison.Different ? NameComparison.Different
        : one == NameComparison.Unknown || other == NameComparison.Unknown ? NameComparison.Unknown
        : NameComparison.Same;
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The names that an authority may certify.</summary>
/// <remarks>Source: RFC 5280 §4.2.1.10. Forms that we cannot compare are never permitted once any constraint names them.</remarks>
internal sealed class NameConstraints
{
    private readonly ImmutableArray<GeneralName> _permitted, _excluded;

    private NameConstraints(ImmutableArray<GeneralName> permitted, ImmutableArray<GeneralName> excluded) => (_permitted, _excluded) = (permitted, excluded);

    /// <summary>How many comparisons <paramref name="names"/> names can cost.</summary>
    internal long Cost(int names) => (long)names * (_permitted.Length + _excluded.Length);

    /// <summary>Why <paramref name="name"/> may not be certified, or null.</summary>
    internal string? Judge(GeneralName name)
    {
        foreach (GeneralName excluded in _excluded)
        {
            if (name.IsConstrainedBy(excluded.Kind) && NameMatch.Excludes(excluded, name))
            {
                return $"{name.Kind} name \"{name.Text}\" is excluded by \"{excluded.Text}\"";
            }
        }

        bool constrained = false;
        foreach (GeneralName permitted in _permitted)
        {
            if (!name.IsConstrainedBy(permitted.Kind))
            {
                continue;
            }

            constrained = true;
            if (NameMatch.Permits(permitted, name))
            {
                return null;
            }
        }

        return constrained ? $"{name.Kind} name \"{name.Text}\" is under no permitted subtree" : null;
    }

    internal static NameConstraints Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "name constraints");
        DerCursor inside = outer.Sequence();
        outer.End();
        ImmutableArray<GeneralName> permitted = Subtrees(ref inside, DerCursor.Constructed(0));
        ImmutableArray<GeneralName> excluded = Subtrees(ref inside, DerCursor.Constructed(1));
        inside.End();
        return permitted.IsEmpty && excluded.IsEmpty
            ? throw new MalformedException("name constraints: empty")
            : new NameConstraints(permitted, excluded);
    }

    private static ImmutableArray<GeneralName> Subtrees(ref DerCursor constraints, byte tag)
    {
        if (!constraints.Next(tag))
        {
            return [];
        }

        DerCursor subtrees = constraints.Inside(tag);
        ImmutableArray<GeneralName>.Builder all = ImmutableArray.CreateBuilder<GeneralName>();
        do
        {
            // minimum is 0 by default, which DER does not write, and maximum must be absent (RFC 5280): End refuses both.
            DerCursor subtree = subtrees.Sequence();
            GeneralName name = GeneralName.Parse(ref subtree);
            subtree.End();
            NameForms.RequireConstraint(name);
            all.Add(name);
        }
        while (!subtrees.AtEnd);

        return all.ToImmutable();
    }
}

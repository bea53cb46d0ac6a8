using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The name of a subject or issuer: chained by its bytes, constrained by what it means, shown as text that no other name has.</summary>
/// <remarks>
/// Source: RFC 5280 §4.1.2.4. Where a path leads from one certificate to the next, two spellings of one name are two names, as in every strict path validation: that only refuses.
/// Where an authority excludes a name, every spelling of it is excluded (§7.1).
/// </remarks>
internal sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly ImmutableArray<RelativeName> _relativeNames;
    private readonly string _text;

    private DistinguishedName(ReadOnlyMemory<byte> der, ImmutableArray<RelativeName> relativeNames) =>
        (Der, _relativeNames, _text) = (der, relativeNames, string.Join(", ", relativeNames));

    /// <summary>The whole SEQUENCE.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The name has no component.</summary>
    public bool IsEmpty => _relativeNames.IsEmpty;

    /// <summary>The values of the emailAddress attribute, which name constraints cover too; a value that is no text has none that any constraint knows.</summary>
    internal ImmutableArray<string> Emails =>
        [.. _relativeNames.SelectMany(relative => relative.Attributes).Where(attribute => attribute.Type == NameAttribute.EmailAddress).Select(attribute => attribute.Text ?? "")];

    /// <summary>The Name in <paramref name="der"/>, all bytes consumed.</summary>
    public static DistinguishedName Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "distinguished name");
        DerCursor sequence = outer.Sequence();
        outer.End();
        var relativeNames = ImmutableArray.CreateBuilder<RelativeName>();
        while (!sequence.AtEnd)
        {
            relativeNames.Add(RelativeName.Parse(sequence.Inside(DerCursor.SetTag)));
        }

        return new DistinguishedName(der.ToArray(), relativeNames.ToImmutable());
    }

    /// <summary>Whether this name begins with all components of <paramref name="other"/>.</summary>
    internal NameComparison IsWithin(DistinguishedName other)
    {
        NameComparison all = other._relativeNames.Length > _relativeNames.Length ? NameComparison.Different : NameComparison.Same;
        for (int i = 0; all != NameComparison.Different && i < other._relativeNames.Length; i++)
        {
            all = RelativeName.Least(all, _relativeNames[i].CompareWith(other._relativeNames[i]));
        }

        return all;
    }

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) => other is not null && Der.Span.SequenceEqual(other.Der.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary><c>O=sigstore.dev, CN=sigstore</c>, in the order of the certificate, with the escapes of RFC 4514; untrusted text.</summary>
    public override string ToString() => _text.Length == 0 ? "(empty name)" : _text;
}

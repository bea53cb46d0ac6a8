using System.Globalization;

namespace OfflineKit.Encoding;

/// <summary>Where a value stands in a JSON document; put into words only when a message needs it.</summary>
/// <remarks>A text for each value would repeat the names above it: a document of one long name and many elements would need the product of both.</remarks>
internal sealed class JsonPath(JsonPath? parent, string? name, int index)
{
    private const int LongestName = 128;

    /// <summary>The document's own place, called <paramref name="what"/>.</summary>
    public JsonPath(string what)
        : this(parent: null, what, index: -1)
    {
    }

    /// <summary>The place of the member <paramref name="member"/>.</summary>
    public JsonPath Member(string member) => new(this, member, index: -1);

    /// <summary>The place of the element at <paramref name="position"/>.</summary>
    public JsonPath Element(int position) => new(this, name: null, position);

    /// <summary>The path from the document's name down, such as <c>bundle.messageSignature.signature</c>; long names are cut.</summary>
    public override string ToString() =>
        parent is null ? name!
        : name is null ? parent + "[" + index.ToString(CultureInfo.InvariantCulture) + "]"
        : parent + "." + (name.Length > LongestName ? name[..LongestName] + "…" : name);
}

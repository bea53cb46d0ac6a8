using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>Every layout, one line each.</summary>
internal static class ExportLayouts
{
    private static readonly ChecksumFolder Plain = new();

    /// <summary>The layouts with a mark of their own.</summary>
    private static readonly ImmutableArray<ExportLayout> Marked =
    [
        new OfflineKitLayout(),
        new UpdateKit(),
        new ExportCenter(),
        new ExportKitLayout(),
        new DevPortal(),
        EvidenceBundle.Locker,
        EvidenceBundle.Export,
        new StellaBundle(),
        new MirrorBundle(),
        new ModelFolder(),
    ];

    /// <summary>All layouts. The plain folder comes last: it is what remains when no other layout's mark is there.</summary>
    public static ImmutableArray<ExportLayout> All { get; } = [.. Marked, Plain];

    /// <summary>The plain folder, whose list the caller may name.</summary>
    internal static ExportLayout OfLists => Plain;

    /// <summary>A file or folder called <paramref name="name"/> at the top may be the mark of a layout.</summary>
    internal static bool MayMark(string name) => MetadataFileNames.MayHoldList(name) || All.Any(layout => string.Equals(layout.Mark.Split('/')[0], name, StringComparison.Ordinal));

    /// <summary>The layout called <paramref name="name"/>, or null.</summary>
    public static ExportLayout? ByName(string name) => All.FirstOrDefault(layout => string.Equals(layout.Name, name, StringComparison.Ordinal));

    /// <summary>The layout of <paramref name="inventory"/>, or the finding that says why there is none.</summary>
    internal static Encoding.Result<ExportLayout> Recognise(ExportInventory inventory)
    {
        ImmutableArray<ExportLayout> marked = [.. Marked.Where(layout => layout.IsMarked(inventory))];
        return marked switch
        {
            [var only] => new Encoding.Result<ExportLayout>(only, Finding: null),
            [] when Plain.IsMarked(inventory) => new Encoding.Result<ExportLayout>(Plain, Finding: null),
            [] => Refused(ExportReasons.UnknownLayout.Because($"{inventory.Count} files, and none of {string.Join(", ", All.Select(layout => layout.Mark))} among them")),
            _ => Refused(ExportReasons.AmbiguousLayout.Because(string.Join(", ", marked.Select(layout => $"{layout.Name} ({layout.Mark})")))),
        };
    }

    private static Encoding.Result<ExportLayout> Refused(Finding finding) => new(Value: null, finding);
}

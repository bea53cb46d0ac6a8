namespace OfflineKit.Exports;

internal static class ZipInventory
{
    public static ExportInventory Of(string name, Stream zip) => throw new Encoding.MalformedException(Archives.ArchiveReasons.Malformed, $"{name}: zip archives are not read yet ({zip.Length} bytes)");
}

namespace OfflineKit.Release;

/// <summary>The licences of what is by others: THIRD-PARTY-NOTICES.md, the one place that names them.</summary>
internal sealed class Notices
{
    // Debian's packages, by how the page calls the libraries in them.
    private static readonly (string Package, string Library)[] Libraries =
        [("libc6", "glibc"), ("libssl", "OpenSSL"), ("libsodium", "libsodium"), ("libzstd", "zstd"), ("zlib1g", "zlib"), ("libgcc", "GCC")];

    private readonly Dictionary<string, string> _licences = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the lines of the page say.</summary>
    public Notices(IEnumerable<string> lines)
    {
        foreach (string[] cells in lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)))
        {
            // Packages have four cells, libraries two.
            _licences[cells.Length >= 3 ? $"{cells[0]} {cells[1]}" : cells[0]] = cells.Length >= 3 ? cells[2] : cells[1];
        }
    }

    /// <summary>The licence of a package of NuGet.</summary>
    /// <exception cref="InvalidDataException">The page does not name it.</exception>
    public string OfPackage(string name, string version) =>
        name.StartsWith("runtime.", StringComparison.OrdinalIgnoreCase) || name == "Microsoft.DotNet.ILCompiler" ? Named(".NET runtime") : Named($"{name} {version}");

    /// <summary>The licence of a package of Debian that is linked in.</summary>
    /// <exception cref="InvalidDataException">The page does not name it.</exception>
    public string OfLibrary(string package) =>
        Libraries.FirstOrDefault(library => package.StartsWith(library.Package, StringComparison.Ordinal)) is { Library: { } name } ? Named(name)
        : throw new InvalidDataException($"nobody says which library is in {package}");

    private string Named(string name) => _licences.TryGetValue(name, out string? licence) ? licence : throw new InvalidDataException($"THIRD-PARTY-NOTICES.md does not name {name}: run build/third-party-notices.py");
}

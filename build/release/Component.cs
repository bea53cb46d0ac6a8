using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OfflineKit.Release;

/// <summary>Something by others that is in a program.</summary>
/// <param name="Name">As its publisher calls it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Purl">Its package URL.</param>
/// <param name="Algorithm">The digest's algorithm, as CycloneDX spells it.</param>
/// <param name="Digest">Of the package that it came in, in lower-case hex.</param>
/// <param name="Licence">An SPDX expression, or what stands for one.</param>
internal sealed record Component(string Name, string Version, string Purl, string Algorithm, string Digest, string Licence)
{
    // Compilers and analyzers: at work while the program is built, not in it.
    private static readonly string[] OnlyAtBuild = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.", "Microsoft.NET.ILLink.Tasks"];

    /// <summary>The package <paramref name="name"/> is in what is shipped.</summary>
    public static bool IsShipped(string name) => !OnlyAtBuild.Any(tool => name.StartsWith(tool, StringComparison.OrdinalIgnoreCase));

    /// <summary>The packages of NuGet that the lock file <paramref name="path"/> resolves, with their licences by <paramref name="notices"/>.</summary>
    public static IEnumerable<Component> OfLockFile(string path, Notices notices) =>
        JsonNode.Parse(File.ReadAllText(path))!["dependencies"]!.AsObject()
            .SelectMany(target => target.Value!.AsObject())
            .Where(package => package.Value!["resolved"] is not null && IsShipped(package.Key))
            .Select(package => OfPackage(package.Key, package.Value!, notices))
            .DistinctBy(component => component.Purl, StringComparer.Ordinal);

    /// <summary>The packages of Debian that the programs of <paramref name="architecture"/> are linked with, from the lines of the lock file.</summary>
    public static ImmutableArray<Component> OfSysRoot(IEnumerable<string> lines, string architecture, Notices notices) =>
    [
        .. lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' '))
            .Where(fields => fields[1] == architecture && fields[2] is not ("linux-libc-dev" or "libgcc-s1" or "libc6"))
            .Select(fields => new Component(fields[2], fields[3], $"pkg:deb/debian/{fields[2]}@{Uri.EscapeDataString(fields[3])}?arch={architecture}", "SHA-256", fields[4], notices.OfLibrary(fields[2]))),
    ];

    private static Component OfPackage(string name, JsonNode package, Notices notices)
    {
        string version = (string)package["resolved"]!;
        byte[] digest = Convert.FromBase64String((string)package["contentHash"]!);
        return new Component(name, version, $"pkg:nuget/{name}@{version}", "SHA-512", Convert.ToHexStringLower(digest), notices.OfPackage(name, version));
    }
}

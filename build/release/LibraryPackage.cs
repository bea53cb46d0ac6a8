using System.Security;

namespace OfflineKit.Release;

/// <summary>The package of the core library for NuGet.</summary>
/// <remarks>Source: the nuspec reference and the Open Packaging Conventions. Written here, because `dotnet pack` puts a time and a random name into it.</remarks>
internal static class LibraryPackage
{
    private const string Types = """
        <?xml version="1.0" encoding="utf-8"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" /><Default Extension="nuspec" ContentType="application/octet" /><Default Extension="dll" ContentType="application/octet" /><Default Extension="xml" ContentType="application/octet" /><Default Extension="md" ContentType="application/octet" /><Override PartName="/LICENSE" ContentType="application/octet" /></Types>

        """;

    private const string Relations = """
        <?xml version="1.0" encoding="utf-8"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/OfflineKit.nuspec" Id="R1" /></Relationships>

        """;

    /// <summary>The package.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="dependencies">Name and version of the packages that the library needs.</param>
    /// <param name="files">The library, its documentation, README.md and LICENSE, by their names in the package.</param>
    public static byte[] Of(string version, IEnumerable<(string Name, string Version)> dependencies, IEnumerable<ReleaseEntry> files) => Archives.Zip(
    [
        ReleaseEntry.Text("OfflineKit.nuspec", Nuspec(version, dependencies)),
        ReleaseEntry.Text("[Content_Types].xml", Types.ReplaceLineEndings("\n")),
        ReleaseEntry.Text("_rels/.rels", Relations.ReplaceLineEndings("\n")),
        .. files,
    ]);

    private static string Nuspec(string version, IEnumerable<(string Name, string Version)> dependencies) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>OfflineKit</id>
            <version>{SecurityElement.Escape(version)}</version>
            <authors>OfflineKit</authors>
            <license type="expression">Apache-2.0</license>
            <readme>README.md</readme>
            <projectUrl>https://offlinekit.dev</projectUrl>
            <description>Verifies signatures with no network, no clock and no ambient trust: minisign, signify, OpenPGP, SSH, key services, DSSE, Sigstore, exports.</description>
            <tags>signature verification offline air-gap sigstore minisign dsse kms</tags>
            <dependencies>
              <group targetFramework="net10.0">
        {string.Join('\n', dependencies.OrderBy(dependency => dependency.Name, StringComparer.Ordinal).Select(dependency => $"        <dependency id=\"{dependency.Name}\" version=\"{dependency.Version}\" />"))}
              </group>
            </dependencies>
          </metadata>
        </package>

        """.ReplaceLineEndings("\n");
}

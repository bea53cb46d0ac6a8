using System;
using System.IO;
using System.IO.Compression;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

// Writes the module as the package that Install-PSResource and Save-PSResource take from a file share or a gallery: names in ordinal order, one fixed time.
// What it says of itself is what OfflineKit.psd1 says.
public sealed class PackModuleNupkg : Task
{
    private const string Types = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\" /><Default Extension=\"nuspec\" ContentType=\"application/octet\" /></Types>\n";

    private const string Relations = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + "<Relationship Type=\"http://schemas.microsoft.com/packaging/2010/07/manifest\" Target=\"/OfflineKit.nuspec\" Id=\"R1\" /></Relationships>\n";

    [Required]
    public string Folder { get; set; }

    [Required]
    public string Nupkg { get; set; }

    public override bool Execute()
    {
        string manifest = File.ReadAllText(Path.Combine(Folder, "OfflineKit.psd1"));
        File.Delete(Nupkg);
        using (FileStream file = File.Create(Nupkg))
        using (ZipArchive archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            Add(archive, "OfflineKit.nuspec", new UTF8Encoding(false).GetBytes(Nuspec(manifest)));
            Add(archive, "[Content_Types].xml", Encoding.ASCII.GetBytes(Types));
            Add(archive, "_rels/.rels", Encoding.ASCII.GetBytes(Relations));
            string top = Path.GetFullPath(Folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            string[] names = Array.ConvertAll(Directory.GetFiles(top, "*", SearchOption.AllDirectories), path => path.Substring(top.Length).Replace('\\', '/'));
            Array.Sort(names, StringComparer.Ordinal);
            foreach (string name in names)
            {
                Add(archive, name, File.ReadAllBytes(Path.Combine(Folder, name)));
            }
        }

        return true;
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using (Stream target = entry.Open())
        {
            target.Write(content, 0, content.Length);
        }
    }

    private static string Nuspec(string manifest)
    {
        string tags = string.Join(" ", Array.ConvertAll(Said(manifest, "Tags").Split(','), tag => tag.Trim(' ', '\'')));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<package xmlns=\"http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd\">\n  <metadata>\n"
            + Element("id", "OfflineKit") + Element("version", Said(manifest, "ModuleVersion")) + Element("authors", Said(manifest, "Author")) + Element("owners", Said(manifest, "CompanyName"))
            + "    <license type=\"file\">LICENSE</license>\n" + Element("requireLicenseAcceptance", "false") + Element("projectUrl", Said(manifest, "ProjectUri")) + Element("description", Said(manifest, "Description"))
            + Element("releaseNotes", Said(manifest, "ReleaseNotes")) + Element("copyright", Said(manifest, "Copyright")) + Element("tags", tags + " PSModule") + "  </metadata>\n</package>\n";
    }

    private static string Element(string name, string text) => "    <" + name + ">" + SecurityElement.Escape(text) + "</" + name + ">\n";

    private static string Said(string manifest, string name)
    {
        Match match = Regex.Match(manifest, @"^ *" + name + @" *= *(?:'([^']*)'|@\(([^)]*)\))", RegexOptions.Multiline);
        return match.Success ? match.Groups[1].Value + match.Groups[2].Value : throw new InvalidDataException("OfflineKit.psd1 has no " + name);
    }
}

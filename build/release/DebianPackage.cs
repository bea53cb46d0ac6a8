using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OfflineKit.Release;

/// <summary>A binary package of Debian.</summary>
/// <remarks>Source: deb(5) — an ar archive of debian-binary, control.tar and data.tar — and the Debian Policy Manual, chapters 3 to 5 and 12.</remarks>
/// <param name="about">What the package is.</param>
/// <param name="version">Its version.</param>
/// <param name="architecture">What Debian calls the machines that it is for.</param>
/// <param name="files">What it installs.</param>
internal sealed class DebianPackage(DebianDescription about, string version, string architecture, IReadOnlyCollection<ReleaseEntry> files)
{
    private const int Kibibyte = 1024;

    /// <summary>The name that a package of this version and architecture has.</summary>
    public string FileName => $"{about.Name}_{version}_{architecture}.deb";

    /// <summary>The package.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        bytes.Write("!<arch>\n"u8);
        Member(bytes, "debian-binary", "2.0\n"u8);
        Member(bytes, "control.tar.gz", Archives.TarGz([ReleaseEntry.Text("control", Control()), ReleaseEntry.Text("md5sums", Sums())]));
        Member(bytes, "data.tar.gz", Archives.TarGz(files, withFolders: true));
        return bytes.ToArray();
    }

    /// <summary>A file below /usr/share/doc, compressed as the policy wants it.</summary>
    public static byte[] Gzip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private string Control() => string.Join('\n',
        $"Package: {about.Name}",
        $"Version: {version}",
        $"Architecture: {architecture}",
        "Maintainer: OfflineKit <security@offlinekit.dev>",
        $"Installed-Size: {files.Sum(file => (file.Content.Length + Kibibyte - 1) / Kibibyte)}",
        "Depends: libc6 (>= 2.36)",
        "Recommends: ca-certificates",
        $"Section: {about.Section}",
        "Priority: optional",
        "Homepage: https://offlinekit.dev",
        $"Description: {about.Summary}",
        string.Join('\n', about.Text.Select(line => " " + line)),
        "");

    // dpkg --verify compares these.
#pragma warning disable CA5351 // The package format demands MD5; nobody trusts it: the package itself is signed by the list of the release.
    private string Sums() => string.Concat(files.Where(file => file.LinkTarget is null).OrderBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => $"{Convert.ToHexStringLower(MD5.HashData(file.Content.Span))}  {file.Name}\n"));
#pragma warning restore CA5351

    private static void Member(MemoryStream archive, string name, ReadOnlySpan<byte> content)
    {
        string header = string.Create(CultureInfo.InvariantCulture, $"{name,-16}{0,-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n");
        archive.Write(Encoding.ASCII.GetBytes(header));
        archive.Write(content);
        if (content.Length % 2 != 0)
        {
            archive.WriteByte((byte)'\n');
        }
    }
}

using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

// Writes SHA256SUMS over the module's files, then the zip: names in ordinal order, one fixed time, engines executable.
// The module pins its engines by SHA256SUMS, so the list is part of the package.
public sealed class PackModuleZip : Task
{
    private const int RegularFile = 0x8000, Executable = 0x1ED, Readable = 0x1A4, UnixShift = 16;

    [Required]
    public string Folder { get; set; }

    [Required]
    public string Root { get; set; }

    [Required]
    public string Zip { get; set; }

    public override bool Execute()
    {
        string sums = Path.Combine(Folder, "SHA256SUMS");
        File.WriteAllText(sums, Sums());
        File.Delete(Zip);
        using (FileStream file = File.Create(Zip))
        using (ZipArchive archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (string name in Names(Root))
            {
                Add(archive, name);
            }
        }

        return true;
    }

    private void Add(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        int mode = RegularFile | (name.Contains("/bin/linux") || name.Contains("/bin/osx") ? Executable : Readable);
        // Inline tasks are compiled against netstandard 2.0, which does not name this property; every runtime that builds us has it.
        typeof(ZipArchiveEntry).GetProperty("ExternalAttributes").SetValue(entry, unchecked((int)((uint)mode << UnixShift)));
        using (Stream target = entry.Open())
        using (FileStream source = File.OpenRead(Path.Combine(Root, name)))
        {
            source.CopyTo(target);
        }
    }

    private string Sums()
    {
        StringBuilder text = new StringBuilder();
        using (SHA256 sha = SHA256.Create())
        {
            foreach (string name in Names(Folder))
            {
                if (name != "SHA256SUMS")
                {
                    byte[] digest = sha.ComputeHash(File.ReadAllBytes(Path.Combine(Folder, name)));
                    text.Append(BitConverter.ToString(digest).Replace("-", "").ToLowerInvariant()).Append("  ").Append(name).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string[] Names(string folder)
    {
        string top = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        string[] names = Array.ConvertAll(Directory.GetFiles(top, "*", SearchOption.AllDirectories), path => path.Substring(top.Length).Replace('\\', '/'));
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }
}

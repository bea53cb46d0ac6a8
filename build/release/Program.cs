using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Release;

// OfflineKit.Release ROOT VERSION COMMIT OUT: assembles in the folder OUT what was published in the checkout ROOT.
if (args is not [string root, string version, string commit, string output])
{
    Console.Error.WriteLine("usage: OfflineKit.Release ROOT VERSION COMMIT OUT");
    return 2;
}

ReleaseSources sources = new(Path.GetFullPath(root), version, commit);
ReleaseFiles files = new(sources);
ImmutableArray<Platform> platforms = sources.Platforms;
List<(string Name, string Sha256)> written = [];
foreach (ReleaseEntry file in platforms.SelectMany(files.Archived)
    .Concat(platforms.Where(platform => platform.Debian is not null).SelectMany(platform => files.Debian(platform, platform.Debian!)))
    .Concat(platforms.SelectMany(files.Bills))
    .Append(files.Library())
    .Concat(Module()))
{
    Write(file);
}

// The statement speaks of everything above; the list of checksums of the statement too.
Write(ReleaseEntry.Text("provenance.intoto.json", Provenance.Of(version, commit, [.. written], platforms.SelectMany(platform => sources.ProgramsOf(platform).SelectMany(program => sources.Components(program.Project, platform))))));
Write(ReleaseEntry.Text("SHA256SUMS", string.Concat(written.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Name}\n"))));
Console.WriteLine($"release: {version}, {written.Count} files for {string.Join(", ", platforms.Select(platform => platform.Rid))}");
return 0;

IEnumerable<ReleaseEntry> Module() => ((string[])[$"OfflineKit-{version}.zip", $"OfflineKit.{version}.nupkg"])
    .Select(name => ReleaseEntry.Of($"powershell/{name}", sources.At("artifacts", "packages", name), isProgram: false));

void Write(ReleaseEntry file)
{
    string path = Path.Combine(output, file.Name);
    _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllBytes(path, file.Content.Span);
    written.Add((file.Name, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span))));
}

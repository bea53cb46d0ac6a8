using System.Collections.Immutable;
using System.Diagnostics;

namespace OfflineKit.Release;

/// <summary>What a release is assembled from: a checkout and what was published in it.</summary>
/// <param name="Root">The checkout.</param>
/// <param name="Version">The version.</param>
/// <param name="Commit">The commit, in hex.</param>
internal sealed record ReleaseSources(string Root, string Version, string Commit)
{
    private Notices? _notices;

    /// <summary>The licences of what is by others.</summary>
    public Notices Notices => _notices ??= new Notices(File.ReadLines(At("THIRD-PARTY-NOTICES.md")));

    /// <summary>The platforms that both programs were published for.</summary>
    public ImmutableArray<Platform> Platforms =>
        [.. Platform.All.Where(platform => Platform.Programs.All(program => File.Exists(At("artifacts", platform.Rid, platform.FileOf(program.Program)))))];

    /// <summary>A path in the checkout.</summary>
    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The programs of <paramref name="platform"/> and their projects.</summary>
    public IEnumerable<(string Program, string Project)> ProgramsOf(Platform platform) =>
        Platform.Programs.Append((Program: Platform.Signer, Project: "OfflineKit.Signer")).Where(program => File.Exists(At("artifacts", platform.Rid, platform.FileOf(program.Program))));

    /// <summary>The published files of <paramref name="platform"/>: programs, and libraries beside them.</summary>
    public IEnumerable<(string Name, string Path)> Published(Platform platform) =>
        Directory.GetFiles(At("artifacts", platform.Rid)).Select(path => (Path.GetFileName(path), path)).Where(file => new FileInfo(file.path).LinkTarget is null);

    /// <summary>What is in <paramref name="project"/> on <paramref name="platform"/>.</summary>
    public ImmutableArray<Component> Components(string project, Platform platform) =>
    [
        .. Component.OfLockFile(At("src", project, $"packages.{platform.Rid}.lock.json"), Notices),
        .. platform.Debian is { } architecture ? Component.OfSysRoot(File.ReadLines(At("build", "sysroot", "packages.lock")), architecture, Notices) : [],
    ];

    /// <summary>What <c>PROGRAM WORDS</c> of this machine prints: manual pages and completions are the same everywhere.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public string Said(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(At("artifacts", "linux-x64", program), words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}");
    }
}

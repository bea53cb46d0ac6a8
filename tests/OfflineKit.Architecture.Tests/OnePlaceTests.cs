using System.Text.RegularExpressions;

namespace OfflineKit.Architecture.Tests;

/// <summary>What must be done in one place is not done in another: reading folders, following links, talking to a terminal.</summary>
public sealed partial class OnePlaceTests
{
    // On Linux a name is bytes, and .NET makes another name of one that is no UTF-8: OfflineKit.FileSystem reads names as bytes.
    // What writes (OfflineKit.Files) knows nothing of the core; it reads links as bytes in FileFacts, and only asks whether a folder is empty.
    private static readonly string[] ReadersOfNames =
        ["src/OfflineKit/FileSystem/", "src/OfflineKit.Files/FileFacts.cs", "src/OfflineKit.Files/FileTransaction.cs", "src/OfflineKit.Files/FolderDraft.cs", "src/OfflineKit.Files/FolderLock.cs",
            "src/OfflineKit.Files/PhysicalPath.cs"];

    // Behind these stands OfflineKit.Reporting.TerminalWriter; JSON, which escapes by itself, and signatures go to the stream.
    private static readonly string[] WritersOfBytes =
    [
        "src/OfflineKit.Cli/", "src/OfflineKit.Signing.Cli/", "src/OfflineKit.Signer/Program.cs", "src/OfflineKit.Signer/Commands/",
    ];

    // Whoever writes looks at the place before it opens it, and the opening says what is wrong; the command line has no core; programs are looked for as shells do.
    private static readonly string[] Lookers =
        ["src/OfflineKit/FileSystem/", "src/OfflineKit.Files/", "src/OfflineKit.CommandLine/", "src/OfflineKit.PowerShell/", "src/OfflineKit.Signing/Plugins/PluginProgram.cs"];

    [Fact]
    public void What_cannot_be_seen_is_told_from_what_is_absent_in_one_place() =>
        Sources.AssertNone(Found(Looks(), file => Lookers.Any(place => file.StartsWith(place, StringComparison.Ordinal))));

    [Fact]
    public void Folders_are_read_and_links_followed_in_one_place() =>
        Sources.AssertNone(Found(NamesOfFiles(), file => ReadersOfNames.Any(place => file.StartsWith(place, StringComparison.Ordinal)) || file.StartsWith("src/OfflineKit.PowerShell/", StringComparison.Ordinal)));

    [Fact]
    public void Only_the_programs_have_a_console() =>
        Sources.AssertNone(Found(Consoles(), file => WritersOfBytes.Any(place => file.StartsWith(place, StringComparison.Ordinal)) || file is "src/OfflineKit.CommandLine/Progress.cs" || file.StartsWith("src/OfflineKit.PowerShell/", StringComparison.Ordinal)));

    [Fact]
    public void What_a_forward_stream_cannot_do_is_said_in_one_place() =>
        Sources.AssertNone(Found(Streams(), file => file is "src/OfflineKit/Encoding/ForwardStream.cs"));

    [Theory]
    [InlineData("src/OfflineKit.Cli/Program.cs")]
    [InlineData("src/OfflineKit.Signing.Cli/Program.cs")]
    [InlineData("src/OfflineKit.Signer/Program.cs")]
    public void Each_program_puts_the_escaping_writer_before_everything_else(string program)
    {
        string[] code = [.. Sources.Code(program)];
        int main = Array.FindIndex(code, line => line.Contains(" Main(string[] args)", StringComparison.Ordinal));
        Assert.Equal(["Console.SetOut(new TerminalWriter(Console.Out));", "Console.SetError(new TerminalWriter(Console.Error));"], code[(main + 2)..].Where(line => line.StartsWith("Console.Set", StringComparison.Ordinal)));
        Assert.True(Array.FindIndex(code, line => line.StartsWith("Console.SetError", StringComparison.Ordinal)) - main <= 4, "the writers come first");
        Assert.DoesNotContain(code, line => line.Contains("OpenStandardError", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Found(Regex pattern, Func<string, bool> isAllowed) => Sources.Below("src").Where(file => !isAllowed(file))
        .SelectMany(file => Sources.Code(file).Where(line => pattern.IsMatch(line)).Select(line => $"{file}: {line}"));

    [GeneratedRegex(@"Directory\.(Enumerate|GetFiles|GetDirectories|GetFileSystemEntries)|\.Enumerate(Files|Directories|FileSystemInfos)\(|\.GetFileSystemInfos\(|FileSystemEnumer|\.LinkTarget\b|ResolveLinkTarget")]
    private static partial Regex NamesOfFiles();

    [GeneratedRegex(@"\bclass \w+.*: Stream\b|override long Seek\(")]
    private static partial Regex Streams();

    [GeneratedRegex(@"\b(File|Directory|Path)\.Exists\b")]
    private static partial Regex Looks();

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write|OpenStandardOutput|OpenStandardError)\b|\bConsole\.Write")]
    private static partial Regex Consoles();
}

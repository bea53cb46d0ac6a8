using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>What must be done in one place is not done in another: reading folders, following links, talking to a terminal.</summary>
public sealed partial class OnePlaceTests
{
    // On Linux a name is bytes, and .NET makes another name of one that is no UTF-8: OfflineKit.FileSystem reads names as bytes.
    // What writes (OfflineKit.Files) knows nothing of the core; it reads links as bytes in FileFacts, and only asks whether a folder is empty.
    private static readonly string[] ReadersOfNames =
        ["src/OfflineKit/FileSystem/", "src/OfflineKit.Files/FileFacts.cs", "src/OfflineKit.Files/FileTransaction.cs", "src/OfflineKit.Files/FolderDraft.cs", "src/OfflineKit.Files/FolderLock.cs",
            "src/OfflineKit.Files/PhysicalPath.cs"];

    // Values of ECDSA are numbers in many spellings and r‖s in one; curves measure points and secrets as well.
    private static readonly string[] ReadersOfCurves =
        ["src/OfflineKit/Crypto/", "src/OfflineKit/Trust/JsonWebKey.cs", "src/OfflineKit.Signing/Pkcs11/TokenPublicKey.cs", "src/OfflineKit.Signing/Keys/Files/PrivateKeyDer.cs"];

    // The programs and the module; a test project has a console of its own.
    public static TheoryData<string, string> Assemblies() => new(
        ("OfflineKit", "net10.0"), ("OfflineKit.Files", "net10.0"), ("OfflineKit.Host", "net10.0"), ("OfflineKit.Cli", "net10.0"), ("OfflineKit.Signing", "net10.0"),
        ("OfflineKit.Signing.Cli", "net10.0"), ("OfflineKit.Signer", "net10.0"), ("OfflineKit.PowerShell", "netstandard2.0"));

    // Whoever writes looks at the place before it opens it, and the opening says what is wrong; the command line has no core; programs are looked for as shells do.
    private static readonly string[] Lookers =
        ["src/OfflineKit/FileSystem/", "src/OfflineKit.Files/", "src/OfflineKit.CommandLine/", "src/OfflineKit.PowerShell/", "src/OfflineKit.Signing/Plugins/PluginProgram.cs"];

    // The module has neither and asks the engine; the others open by a descriptor, by names that the program made itself, or below a folder that was resolved before.
    private static readonly string[] Openers =
    [
        "src/OfflineKit/FileSystem/", "src/OfflineKit.Files/", "src/OfflineKit.PowerShell/", "src/OfflineKit.CommandLine/NativeText.cs", "src/OfflineKit.Host/State/UserRoots.cs",
        "src/OfflineKit.Host/State/TrustFolder.cs", "src/OfflineKit.Host/Answers/ExportActivation.cs", "src/OfflineKit.Signer/Audit/AuditIndex.cs", "src/OfflineKit.Host/State/Administrator.cs", "src/OfflineKit.Signing/Exports/KitPacker.cs", "src/OfflineKit.Signing.Cli/PasswordReader.cs",
    ];

    [Fact]
    public void What_cannot_be_seen_is_told_from_what_is_absent_in_one_place() =>
        Sources.AssertNone(Found(Looks(), file => Lookers.Any(place => file.StartsWith(place, StringComparison.Ordinal))));

    [Fact]
    public void Folders_are_read_and_links_followed_in_one_place() =>
        Sources.AssertNone(Found(NamesOfFiles(), file => ReadersOfNames.Any(place => file.StartsWith(place, StringComparison.Ordinal)) || file.StartsWith("src/OfflineKit.PowerShell/", StringComparison.Ordinal)));

    // .NET folds `..` before it follows links, and would open another file than the one that was named: whoever opens asks Links or PhysicalPath first.
    [Fact]
    public void Files_are_opened_where_a_path_means_what_it_means_to_the_system() =>
        Sources.AssertNone(Found(Openings(), file => Openers.Any(place => file.StartsWith(place, StringComparison.Ordinal))).Where(line => !line.Contains("Links.", StringComparison.Ordinal) && !line.Contains("PhysicalPath.", StringComparison.Ordinal)));

    // Behind it stands OfflineKit.Reporting.TerminalWriter, which no byte of a file, name or claim passes unescaped.
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Nobody_writes_to_a_terminal_but_the_one_who_escapes(string project, string framework)
    {
        string path = Repository.Path("src", project, "bin", "Debug", framework, project + ".dll");
        Assert.SkipUnless(File.Exists(path), $"{project} is not built");
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        Sources.AssertNone(
            from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind == HandleKind.TypeReference
            let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
            let name = metadata.GetString(member.Name)
            where metadata.GetString(type.Namespace) == "System" && metadata.GetString(type.Name) == "Console" && Output().IsMatch(name)
            select $"{project} calls Console.{name}");
    }

    [Fact]
    public void The_command_line_writes_to_a_terminal_in_one_file() => Sources.AssertNone(Found(Consoles(), file => file is "src/OfflineKit.CommandLine/Terminal.cs"));

    [Fact]
    public void Signatures_of_ECDSA_change_their_form_in_one_place() => Sources.AssertNone(Found(Ecdsa(), file => ReadersOfCurves.Any(place => file.StartsWith(place, StringComparison.Ordinal))));

    [Fact]
    public void What_a_forward_stream_cannot_do_is_said_in_one_place() =>
        Sources.AssertNone(Found(Streams(), file => file is "src/OfflineKit/Encoding/ForwardStream.cs"));

    // The module has no core.
    [Fact]
    public void Times_are_spelled_in_one_place() => Sources.AssertNone(Found(Times(), file => file is "src/OfflineKit/Encoding/UtcText.cs" or "src/OfflineKit/Encoding/Rfc3339.cs" or "src/OfflineKit/Trust/Tuf/TufTime.cs" || file.StartsWith("src/OfflineKit.PowerShell/", StringComparison.Ordinal)));

    // The platform takes NULs behind digits. The module has no core; what matched a pattern of digits, and words of the caller's own, are no texts of files.
    [Fact]
    public void Numbers_are_read_in_one_place() => Sources.AssertNone(Found(Numbers(), file => file is "src/OfflineKit/Encoding/DecimalText.cs" or "src/OfflineKit.Signing/Pkcs11KeyUri.cs" or "src/OfflineKit.Signer/Entitlements/CalendarVersion.cs"
        || file.StartsWith("src/OfflineKit.PowerShell/", StringComparison.Ordinal)));

    // Every character may stand in a text of others: what is joined by one can be made of other parts. Netstring counts, SortedKey spells; the others are of specifications.
    [Fact]
    public void Texts_become_one_key_in_one_place() => Sources.AssertNone(Found(JoinedKeys(), file => file is "src/OfflineKit.Host/Results/SortedKey.cs"
        or "src/OfflineKit/Exports/ExportCenter.cs" or "src/OfflineKit.Signer/Audit/RequestEntry.cs" or "src/OfflineKit.Signer/Service/Demonstration.cs"));

    [Theory]
    [InlineData("src/OfflineKit.Cli/Program.cs")]
    [InlineData("src/OfflineKit.Signing.Cli/Program.cs")]
    [InlineData("src/OfflineKit.Signer/Program.cs")]
    public void Each_program_puts_the_escaping_writer_before_everything_else(string program)
    {
        string[] code = [.. Sources.Code(program)];
        int main = Array.FindIndex(code, line => line.Contains(" Main(string[] args)", StringComparison.Ordinal));
        Assert.Equal(["{", "CoreDumps.TurnOff();", "FileSizeLimit.MeetAsError();", "Terminal.Guard(static writer => new TerminalWriter(writer));"], code[(main + 1)..(main + 5)]);
    }

    private static IEnumerable<string> Found(Regex pattern, Func<string, bool> isAllowed) => Sources.Below("src").Where(file => !isAllowed(file))
        .SelectMany(file => Sources.Code(file).Where(line => pattern.IsMatch(line)).Select(line => $"{file}: {line}"));

    [GeneratedRegex(@"Directory\.(Enumerate|GetFiles|GetDirectories|GetFileSystemEntries)|\.Enumerate(Files|Directories|FileSystemInfos)\(|\.GetFileSystemInfos\(|FileSystemEnumer|\.LinkTarget\b|ResolveLinkTarget")]
    private static partial Regex NamesOfFiles();

    [GeneratedRegex(@"\bFile\.(Open|Read|Write|Append|Create|Copy|Move|Delete)|\bnew File(Stream|Info)\(|\bDirectory\.(CreateDirectory|Move|Delete)\(|Path\.GetFullPath\(")]
    private static partial Regex Openings();

    [GeneratedRegex(@"\bclass \w+.*: Stream\b|override long Seek\(")]
    private static partial Regex Streams();

    [GeneratedRegex(@"\b(File|Directory|Path)\.Exists\b")]
    private static partial Regex Looks();

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write|SetOut|SetError|OpenStandardOutput|OpenStandardError)\b|\bConsole\.Write|using static System\.Console")]
    private static partial Regex Consoles();

    [GeneratedRegex(@"\b(int|uint|long|ulong|short|ushort)\.(Try)?Parse\((?!.*(AllowHexSpecifier|AllowLeadingSign))")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"Join\('\\(0|u00)|\}\\(0|u000)|Sha256\(Utf8Text\.Encode\(\s*(string\.Join|\$"")|(Digest|Counted|SessionKey) =>.*\$""[^""]*\} \{")]
    private static partial Regex JoinedKeys();

    [GeneratedRegex("HH:mm|dd'T'")]
    private static partial Regex Times();

    [GeneratedRegex("^(Write.*|get_Out|get_Error|SetOut|SetError|OpenStandardOutput|OpenStandardError)$")]
    private static partial Regex Output();

    [GeneratedRegex(@"\bCoordinateSize\b|Rfc3279DerSequence|(Standard|Plain)DsaEncoding")]
    private static partial Regex Ecdsa();
}

using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>A question is asked once: below the surfaces there is no command line, and what they share has no console.</summary>
public sealed partial class SurfaceTests
{
    private static readonly string[] CommandLines = ["src/OfflineKit.Cli/", "src/OfflineKit.CommandLine/", "src/OfflineKit.Signing.Cli/", "src/OfflineKit.Signer/Commands/", "src/OfflineKit.Signer/Program.cs"];

    // Where a parsed command line is read: commands, their options, and the program itself.
    private static readonly string[] Rooms = ["src/OfflineKit.Cli/Commands/", "src/OfflineKit.Cli/Options/", "src/OfflineKit.Cli/Batches/BatchOptions.cs", "src/OfflineKit.Cli/Program.cs", "src/OfflineKit.Cli/VersionText.cs"];

    [Fact]
    public void A_parsed_command_line_stays_in_the_room_of_the_command_line() => Sources.AssertNone(Sources.Below("src")
        .Where(file => !CommandLines.Any(file.StartsWith) || (file.StartsWith("src/OfflineKit.Cli/", StringComparison.Ordinal) && !Rooms.Any(file.StartsWith)))
        .Where(file => Sources.Code(file).Any(line => line.Contains("ParseResult", StringComparison.Ordinal))));

    [Fact]
    public void No_source_file_is_compiled_into_two_programs() => Sources.AssertNone(Sources.Tracked()
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && (file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)))
        .SelectMany(file => File.ReadLines(Repository.Path(file)).Where(line => line.Contains("<Compile Include=\"", StringComparison.Ordinal)))
        // The compiler looks for it in each assembly: docs/decisions/0005-sequences.md.
        .Where(line => !line.Contains("Shared/Enumerable.cs", StringComparison.Ordinal)));

    [Fact]
    public void What_assemblies_share_as_source_is_the_array_of_a_spread_and_nothing_else() => Assert.Equal(["src/Shared/Enumerable.cs"], Sources.Below("src/Shared"));

    [Fact]
    public void No_text_of_the_core_names_an_option() => Sources.AssertNone(Sources.Below("src/OfflineKit")
        .SelectMany(file => Sources.Code(file).Where(line => NamedOption().IsMatch(OtherProgram().Replace(line, ""))).Select(line => $"{file}: {line.Trim()}")));

    // What a reason says to do is worded by the surface: NextStep itself is in the words of every host.
    [Fact]
    public void The_command_lines_say_advice_in_their_own_words() => Sources.AssertNone(Sources.Below("src")
        .Where(file => file.StartsWith("src/OfflineKit.Cli/", StringComparison.Ordinal) || file.StartsWith("src/OfflineKit.Signing.Cli/", StringComparison.Ordinal))
        .SelectMany(file => Sources.Code(file).Where(line => line.Contains(".NextStep", StringComparison.Ordinal)).Select(line => $"{file}: {line.Trim()}")));

    // What to type for another program is said as it is typed.
    [GeneratedRegex("`(?!offlinekit)[^`]*`")]
    private static partial Regex OtherProgram();

    [GeneratedRegex("\"[^\"]*(?<![-!])--[a-z]")]
    private static partial Regex NamedOption();

    [Theory]
    [InlineData("OfflineKit.Host", "System.Console", "System.CommandLine")]
    [InlineData("OfflineKit.CommandLine", "OfflineKit", "OfflineKit.Host")]
    [InlineData("OfflineKit.Cli", "OfflineKit.Signing", "System.Net.Http")]
    public void A_project_does_not_reach_where_it_must_not(string project, params string[] never)
    {
        string path = Repository.Path("src", project, "bin", "Debug", "net10.0", project + ".dll");
        Assert.SkipUnless(File.Exists(path), $"{project} is not built");
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        Sources.AssertNone(metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Intersect(never, StringComparer.Ordinal));
    }
}

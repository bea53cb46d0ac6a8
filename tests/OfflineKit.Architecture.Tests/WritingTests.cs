using System.Text.RegularExpressions;

namespace OfflineKit.Architecture.Tests;

/// <summary>There is one way to write, and options end where requests begin.</summary>
public sealed partial class WritingTests
{
    // A refused export is moved aside as it is, and a kit is built inside a draft of its folder.
    private static readonly string[] Movers = ["src/OfflineKit.Host/Answers/ExportActivation.cs", "src/OfflineKit.Signing/Exports/KitPacker.cs"];

    [Fact]
    public void Only_the_one_place_that_writes_makes_or_moves_files() =>
        Sources.AssertNone(Sources.Below("src")
            .Where(file => !file.StartsWith("src/OfflineKit.Files/", StringComparison.Ordinal) && !file.StartsWith("src/OfflineKit.PowerShell/", StringComparison.Ordinal) && !Movers.Contains(file, StringComparer.Ordinal))
            .SelectMany(file => Sources.Code(file).Where(line => Writes().IsMatch(line)).Select(line => $"{file}: {line}")));

    [Fact]
    public void Signing_knows_no_command_line_below_its_commands_and_options() =>
        Sources.AssertNone(Sources.Below("src/OfflineKit.Signing").Concat(Sources.Below("src/OfflineKit.Signing.Cli"))
            .Where(file => !file.Contains("/Commands/", StringComparison.Ordinal) && !file.EndsWith("Options.cs", StringComparison.Ordinal) && file is not ("src/OfflineKit.Signing.Cli/Program.cs" or "src/OfflineKit.Signing.Cli/OptionUse.cs"))
            .Where(file => Sources.Code(file).Any(line => line.Contains("ParseResult", StringComparison.Ordinal))));

    [GeneratedRegex(@"\bFile\.(WriteAll|AppendAll|Create|Move|Copy|Replace|OpenWrite)|FileMode\.(Create|Append|OpenOrCreate|Truncate)|Directory\.(CreateDirectory|Move)", RegexOptions.ExplicitCapture)]
    private static partial Regex Writes();
}

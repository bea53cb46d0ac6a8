using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;

namespace OfflineKit.CommandLine.Manual;

/// <summary>Everything that the documentation of a program says.</summary>
/// <param name="Program">How it is called.</param>
/// <param name="Version">Which version it is of.</param>
/// <param name="Meaning">What it is for, in one sentence.</param>
/// <param name="Commands">Its commands.</param>
/// <param name="Closing">The lines that its help ends with; the last one is the meaning of the exit status.</param>
internal sealed record ProgramManual(string Program, string Version, string Meaning, ImmutableArray<CommandPage> Commands, ImmutableArray<string> Closing)
{
    /// <summary>The meaning of the exit status.</summary>
    public string ExitStatus => Closing[^1];

    /// <summary>What every help says before that; may be empty.</summary>
    public ImmutableArray<string> Notes => [.. Closing[..^1].Where(line => line.Length > 0)];

    /// <summary>What a stranger must know first, in paragraphs.</summary>
    public ImmutableArray<string> Description { get; init; } = [];

    /// <summary>Other pages.</summary>
    public ImmutableArray<string> SeeAlso { get; init; } = [];

    /// <summary>The manual of the program whose commands <paramref name="root"/> holds; its help says how it ends.</summary>
    public static ProgramManual Of(Command root, string program, string version) =>
        new(program, version, root.Description ?? "", [.. CommandPage.All(root, program)],
            root.Options.OfType<HelpOption>().Select(option => option.Action).OfType<HelpWithExamples>().Single().ClosingLines);
}

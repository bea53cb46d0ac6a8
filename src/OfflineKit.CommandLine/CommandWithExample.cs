using System.CommandLine;

namespace OfflineKit.CommandLine;

/// <summary>A command whose help ends in real examples.</summary>
internal sealed class CommandWithExample(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Complete command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Under which heading of the help an option stands; by default all stand under one.</summary>
    public Func<Option, string> Heading { get; set; } = _ => OptionsHeading;

    /// <summary>The heading of options that have no other.</summary>
    public const string OptionsHeading = "Options";

    /// <summary>The heading that comes first.</summary>
    public const string Foremost = "Most used";
}

using System.Collections.Immutable;
using System.CommandLine;

namespace OfflineKit.CommandLine.Manual;

/// <summary>A term of a command line and what it means.</summary>
/// <param name="Term">As it is typed, placeholders in angle brackets.</param>
/// <param name="Meaning">In one line; may be empty.</param>
internal sealed record CommandTerm(string Term, string Meaning)
{
    /// <summary>Under which heading it stands, among the options.</summary>
    public string Heading { get; init; } = CommandWithExample.OptionsHeading;
}

/// <summary>What the documentation says of one command. Help, manual and reference are made of the same commands.</summary>
/// <param name="Path">The program and the command, as they are typed.</param>
/// <param name="Meaning">What it does, in one line.</param>
internal sealed record CommandPage(string Path, string Meaning)
{
    /// <summary>What it takes, in order.</summary>
    public ImmutableArray<CommandTerm> Arguments { get; init; } = [];

    /// <summary>Its options, in the order of its help.</summary>
    public ImmutableArray<CommandTerm> Options { get; init; } = [];

    /// <summary>What is below it, if it is a group.</summary>
    public ImmutableArray<CommandTerm> Commands { get; init; } = [];

    /// <summary>Complete command lines.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>How it is called.</summary>
    public string Usage => $"{Path}{string.Concat(Arguments.Select(argument => " " + argument.Term))}{(Commands.Length > 0 ? " [command]" : "")}{(Options.Length > 0 ? " [options]" : "")}";

    /// <summary>The pages of everything that <paramref name="root"/> can do, those of groups before what is in them.</summary>
    public static IEnumerable<CommandPage> All(Command root, string program) =>
        root.Subcommands.Where(command => !command.Hidden).SelectMany(command => Under(command, program));

    /// <summary>The page of <paramref name="command"/>, which is typed as <paramref name="path"/>.</summary>
    public static CommandPage Of(Command command, string path)
    {
        Func<Option, string> heading = command is CommandWithExample { Heading: { } own } ? own : _ => CommandWithExample.OptionsHeading;
        // By heading, each where its first option stands; the order within is the command's own.
        ImmutableArray<CommandTerm> options = [.. command.Options.Where(option => !option.Hidden).Select(option => Term(option) with { Heading = heading(option) })];
        return new CommandPage(path, command.Description ?? "")
        {
            Arguments = [.. command.Arguments.Where(argument => !argument.Hidden).Select(Term)],
            Options = [.. options.GroupBy(option => option.Heading, StringComparer.Ordinal).OrderBy(group => group.Key switch { CommandWithExample.Foremost => 0, CommandWithExample.OptionsHeading => 2, _ => 1 }).SelectMany(group => group)],
            Commands = [.. command.Subcommands.Where(child => !child.Hidden).Select(child => new CommandTerm(string.Join(' ', child.Arguments.Select(argument => $"<{argument.Name}>").Prepend(child.Name)), child.Description ?? ""))],
            Examples = command is CommandWithExample { Examples: { } examples } ? [.. examples] : [],
        };
    }

    private static IEnumerable<CommandPage> Under(Command command, string above)
    {
        string path = $"{above} {command.Name}";
        yield return Of(command, path);
        foreach (CommandPage page in command.Subcommands.Where(child => !child.Hidden).SelectMany(child => Under(child, path)))
        {
            yield return page;
        }
    }

    private static CommandTerm Term(Argument argument)
    {
        string name = $"<{argument.Name}>", several = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
        return new CommandTerm(argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}{several}]" : name + several, argument.Description ?? "");
    }

    private static CommandTerm Term(Option option)
    {
        // The library also takes /h and /?, which are paths to everybody here.
        IEnumerable<string> names = option.Aliases.Where(alias => alias[0] != '/').OrderBy(alias => alias.Length).ThenBy(alias => alias, StringComparer.Ordinal).Append(option.Name).Distinct(StringComparer.Ordinal);
        string value = option.Arity.MaximumNumberOfValues > 0 && option is not Option<bool> ? $" <{option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}>" : "";
        return new CommandTerm(string.Join(", ", names) + value, (option.Description ?? "") + (option.Required ? " (required)" : ""));
    }
}

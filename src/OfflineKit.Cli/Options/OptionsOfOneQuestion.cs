using System.CommandLine;

namespace OfflineKit.Cli.Options;

/// <summary>The options that belong to one of two questions of a command: given to the other one, they would be believed to hold.</summary>
internal static class OptionsOfOneQuestion
{
    /// <summary>Requires that none of <paramref name="others"/> is given.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="why">What is asked instead, such as <c>without BUNDLE</c>.</param>
    /// <param name="hint">What to do.</param>
    /// <param name="others">The options of the other question.</param>
    /// <exception cref="UsageException">One of them is given.</exception>
    public static void Require(ParseResult arguments, string why, string hint, params ReadOnlySpan<Option> others)
    {
        foreach (Option option in others)
        {
            if (arguments.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} has no meaning {why}", hint);
            }
        }
    }
}

using System.CommandLine;

namespace OfflineKit.Signing.Cli;

/// <summary>Which options mean something in which of a command's ways. What was given and is read by nobody is refused: it may have been meant as a restriction.</summary>
internal sealed class OptionUse
{
    private readonly List<(Option Option, string[] Ways)> _uses = [];

    /// <summary>Every option with the ways in which it is read.</summary>
    public IReadOnlyList<(Option Option, string[] Ways)> All => _uses;

    /// <summary><paramref name="option"/> is read in <paramref name="ways"/> alone.</summary>
    public OptionUse In(string[] ways, params IEnumerable<Option> options)
    {
        _uses.AddRange(options.Select(option => (option, ways)));
        return this;
    }

    /// <summary>Refuses the first option that was given and that <paramref name="way"/> does not read.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="way">The way that was chosen.</param>
    /// <param name="said">How the way was chosen, for the message: <c>--format kms</c>.</param>
    /// <exception cref="UsageException">There is one.</exception>
    public void RefuseUnread(ParseResult arguments, string way, string said)
    {
        foreach ((Option option, string[] ways) in _uses)
        {
            if (!ways.Contains(way, StringComparer.Ordinal) && arguments.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} with {said}: nothing reads it", $"leave it out; it belongs to {string.Join(", ", ways)}");
            }
        }
    }
}

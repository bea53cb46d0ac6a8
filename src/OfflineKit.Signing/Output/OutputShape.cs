using System.Collections.Immutable;
using OfflineKit.Files;

namespace OfflineKit.Signing.Output;

/// <summary>A file that is written beside an output, called like it with <paramref name="Suffix"/>.</summary>
/// <param name="Suffix">What is appended to the output's name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record CompanionShape(string Suffix, OutputKind Kind);

/// <summary>The files that one signature becomes: what they hold, which tells what <c>--force</c> may replace.</summary>
/// <param name="Kind">What the output holds.</param>
internal sealed record OutputShape(OutputKind Kind)
{
    /// <summary>The mode that the output is made with; null leaves it to the umask.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>What is written beside it.</summary>
    public ImmutableArray<CompanionShape> Companions { get; init; } = [];
}

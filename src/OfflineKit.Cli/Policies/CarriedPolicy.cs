using System.CommandLine;
using OfflineKit.Host.State;
using OfflineKit.Encoding;

namespace OfflineKit.Cli.Policies;

/// <summary><c>--policy trust:IMPORT/PATH</c>: a policy that was carried in as a target of imported trust, signed and never older than before.</summary>
/// <remarks>
/// The import is always named, so that no other one can put its policy in the place of this one, and the words always mean imported trust: a file of that name is
/// <c>./trust:…</c>. Source: docs/spec/policy-file.md §4.
/// </remarks>
internal static class CarriedPolicy
{
    /// <summary>What such a name begins with.</summary>
    public const string Prefix = "trust:";

    private const string StateOption = "--trust-state";

    /// <summary>The content of the target <paramref name="name"/>, verified from the import's pinned root, or why it does not verify.</summary>
    /// <exception cref="UsageException">There is no such import or target.</exception>
    public static Result<byte[]> Read(string name, ParseResult arguments)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == name.Length - 1)
        {
            throw new UsageException($"\"{Prefix}{name}\" names no policy", $"write {Prefix}IMPORT/PATH; ask the maintainers of the bundle which policies it carries");
        }

        TrustState state = TrustState.At(Text(arguments, StateOption));
        TrustFolder folder = state.Root(name[..slash]);
        if (!folder.IsThere)
        {
            throw new UsageException($"nothing was imported as \"{folder.Name}\"", "`offlinekit trust status` shows what was");
        }

        Result<ImportedTrust> trust = folder.Load(Text(arguments, "--root-fingerprint"), TimeOption.StatedOrNow(arguments));
        if (trust.Value is not { } imported)
        {
            return new Result<byte[]>(Value: null, trust.Finding);
        }

        return imported.Repository.Find(name[(slash + 1)..]) is { } content
            ? new Result<byte[]>(content.ToArray(), Finding: null)
            : throw new UsageException($"\"{folder.Name}\" carries no target {name[(slash + 1)..]}", "ask the maintainers of the bundle which policies it carries");
    }

    private static string? Text(ParseResult arguments, string name) =>
        arguments.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name)) is { } option
            ? arguments.GetValue(option)
            : null;
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Policies;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Requests;

/// <summary>Reads the policy of a question, or that of a machine, where its source says.</summary>
internal static class PolicyOpening
{
    /// <summary>The policy that <paramref name="source"/> names, or why there is none.</summary>
    /// <param name="source">What the question names.</param>
    /// <param name="imported">The imported trust in force.</param>
    /// <exception cref="UsageException">It names a target that imported trust does not carry.</exception>
    public static Result<AppliedPolicy> Of(PolicySource source, ImportedRoots imported) => source switch
    {
        PolicySource.Named { File: var file } => Result.Parse(PolicyReasons.Malformed, () => AppliedPolicy.Parse(file.Content, file.Origin, PolicyReach.Question)),
        PolicySource.Carried carried => carried.Find(imported.Imports) is { } target
            ? Result.Parse(PolicyReasons.Malformed, () => AppliedPolicy.Parse(target, carried.Word, PolicyReach.Question))
            : throw Missing(carried, imported),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source"),
    };

    /// <summary>The policy that binds a machine: what its file holds, or the target of the machine's own trust that its only line names.</summary>
    /// <exception cref="MalformedException">It is none, or the target is not there.</exception>
    public static AppliedPolicy OfMachine(NamedFile file, ImmutableArray<ImportedTrust> imports)
    {
        if (!file.Content.Span.StartsWith("trust:"u8))
        {
            return AppliedPolicy.Parse(file.Content, file.Path, PolicyReach.Machine);
        }

        string word = Utf8Text.Decode(file.Content.Span, "policy").TrimEnd('\n', '\r');
        return PolicySource.Carried.Of(word) is { } carried && carried.Find(imports) is { } target
            ? AppliedPolicy.Parse(target, $"{file.Path} ({word})", PolicyReach.Machine)
            : throw new MalformedException($"no trust that was imported for this machine carries {word}");
    }

    private static UsageException Missing(PolicySource.Carried carried, ImportedRoots imported) => imported.Find(carried.Import) is null
        ? new UsageException($"nothing was imported as \"{carried.Import}\"", "`offlinekit trust status` shows what was")
        : new UsageException($"\"{carried.Import}\" carries no target {carried.Path}", "ask the maintainers of the bundle which policies it carries");
}

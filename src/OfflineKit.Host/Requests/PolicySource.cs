using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Policies;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Requests;

/// <summary>Where the policy of a question is: in a file that was read, or in imported trust.</summary>
internal abstract record PolicySource
{
    /// <summary>The policy, or why there is none.</summary>
    /// <param name="imported">The imported trust in force.</param>
    public abstract Result<AppliedPolicy> Read(ImportedRoots imported);

    /// <summary>The policy that binds a machine: what its file holds, or the target of the machine's own trust that its only line names.</summary>
    /// <exception cref="MalformedException">It is none, or the target is not there.</exception>
    public static AppliedPolicy OfMachine(NamedFile file, ImmutableArray<ImportedTrust> imports)
    {
        if (!file.Content.Span.StartsWith("trust:"u8))
        {
            return AppliedPolicy.Parse(file.Content, file.Path, PolicyReach.Machine);
        }

        string word = Utf8Text.Decode(file.Content.Span, "policy").TrimEnd('\n', '\r');
        return Carried.Of(word) is { } carried && carried.Find(imports) is { } target
            ? AppliedPolicy.Parse(target, $"{file.Path} ({word})", PolicyReach.Machine)
            : throw new MalformedException($"no trust that was imported for this machine carries {word}");
    }

    /// <summary>The policy in a file.</summary>
    public sealed record Named(NamedFile File) : PolicySource
    {
        public override Result<AppliedPolicy> Read(ImportedRoots imported) => Result.Parse(PolicyReasons.Malformed, () => AppliedPolicy.Parse(File.Content, File.Origin, PolicyReach.Question));
    }

    /// <summary>A policy that was carried in as a target of imported trust, signed and never older than before.</summary>
    /// <param name="Import">The name of the import; always given, so that no other one can put its policy in the place of this one.</param>
    /// <param name="Path">The target.</param>
    /// <remarks>Source: docs/spec/policy-file.md §4.</remarks>
    public sealed record Carried(string Import, string Path) : PolicySource
    {
        private const string Prefix = "trust:";

        /// <summary>What <c>trust:IMPORT/PATH</c> names; null for every other word. A file of that name is <c>./trust:…</c>.</summary>
        /// <exception cref="UsageException">It names no target.</exception>
        public static Carried? Of(string word)
        {
            if (!word.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return null;
            }

            int slash = word.IndexOf('/', StringComparison.Ordinal);
            return slash > Prefix.Length && slash < word.Length - 1
                ? new Carried(word[Prefix.Length..slash], word[(slash + 1)..])
                : throw new UsageException($"\"{word}\" names no policy", $"write {Prefix}IMPORT/PATH; ask the maintainers of the bundle which policies it carries");
        }

        /// <summary>The target in <paramref name="imports"/>; null where it is not there.</summary>
        public ReadOnlyMemory<byte>? Find(ImmutableArray<ImportedTrust> imports) =>
            imports.FirstOrDefault(trust => string.Equals(trust.Name, Import, StringComparison.Ordinal))?.Repository.Find(Path);

        public override Result<AppliedPolicy> Read(ImportedRoots imported) => Find(imported.Imports) is { } target
            ? Result.Parse(PolicyReasons.Malformed, () => AppliedPolicy.Parse(target, $"{Prefix}{Import}/{Path}", PolicyReach.Question))
            : throw (imported.Find(Import) is null
                ? new UsageException($"nothing was imported as \"{Import}\"", "`offlinekit trust status` shows what was")
                : new UsageException($"\"{Import}\" carries no target {Path}", "ask the maintainers of the bundle which policies it carries"));
    }
}

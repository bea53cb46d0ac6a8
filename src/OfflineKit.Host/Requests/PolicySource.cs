using System.Collections.Immutable;
using OfflineKit.Host.State;

namespace OfflineKit.Host.Requests;

/// <summary>Where the policy of a question is: in a file that was read, or in imported trust.</summary>
internal abstract record PolicySource
{
    private PolicySource()
    {
    }

    /// <summary>The policy in a file.</summary>
    public sealed record Named(NamedFile File) : PolicySource;

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

        /// <summary>The word that names it.</summary>
        public string Word => $"{Prefix}{Import}/{Path}";

        /// <summary>The target in <paramref name="imports"/>; null where it is not there.</summary>
        public ReadOnlyMemory<byte>? Find(ImmutableArray<ImportedTrust> imports) =>
            imports.FirstOrDefault(trust => string.Equals(trust.Name, Import, StringComparison.Ordinal))?.Repository.Find(Path);
    }
}

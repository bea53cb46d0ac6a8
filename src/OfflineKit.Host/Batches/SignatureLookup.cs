using System.Collections.Immutable;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Results;

namespace OfflineKit.Host.Batches;

/// <summary>Looks for the signatures of the files of a folder. One that cannot be read has a line that says so, and ends nothing else.</summary>
/// <param name="format">The format of every signature; null: each is recognised.</param>
/// <param name="inputs">Where this run reads.</param>
internal sealed class SignatureLookup(Format? format, Inputs inputs)
{
    /// <summary>The files that could not be looked at, each with why; more may be added before they are looked for.</summary>
    public Dictionary<string, BatchEntry> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>The files that are called as signatures of the one at <paramref name="path"/>; none of one that cannot be looked at.</summary>
    public ImmutableArray<string> Of(string path)
    {
        if (Faults.ContainsKey(path))
        {
            return [];
        }

        try
        {
            return [.. SignatureSearch.Found(new Subject(path) { Inputs = inputs }, format)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Faults.Add(path, ListedFolder.Why(path, UndecidedReasons.PathNotFound, fault.Message));
            return [];
        }
    }
}

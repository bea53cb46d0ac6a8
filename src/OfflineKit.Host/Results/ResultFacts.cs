using System.Collections.Immutable;
using OfflineKit.Host.Batches;

namespace OfflineKit.Host.Results;

/// <summary>What reports say of results as a whole, gathered in one pass.</summary>
internal sealed class ResultFacts : IDisposable
{
    /// <summary>How many trusted files are listed one by one.</summary>
    public const int MostListed = 2000;

    private readonly SortedSet<string> _policies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ResultRow> _examples = new(StringComparer.Ordinal);
    private readonly List<ResultRow> _listed = [];

    /// <summary>By outcome and first reason. Labels: the outcome in words, the reason, its meaning.</summary>
    public ResultGroups Outcomes { get; } = new();

    /// <summary>By proved signer of what is trusted. Labels: who, by what, through which root.</summary>
    public ResultGroups Signers { get; } = new();

    /// <summary>Trust roots that were in force. Labels: name, source, day of retrieval.</summary>
    public ResultGroups Roots { get; } = new();

    /// <summary>What remains to be known. Label: the note.</summary>
    public ResultGroups Notes { get; } = new();

    /// <summary>Trusted files by folder, format and signers. Labels: these three.</summary>
    public ResultGroups Trusted { get; } = new();

    /// <summary>How many signatures have a proved time.</summary>
    public long Times { get; private set; }

    /// <summary>The first and the last proved time, where there is one.</summary>
    public (DateTimeOffset First, DateTimeOffset Last) Span { get; private set; } = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    /// <summary>The policies under which anything was decided, in words and in order.</summary>
    public IEnumerable<string> Policies => _policies;

    /// <summary>The first refused result of each reason, by reason.</summary>
    public IReadOnlyDictionary<string, ResultRow> Examples => _examples;

    /// <summary>The trusted files, as long as there are no more than <see cref="MostListed"/>; otherwise none.</summary>
    public IReadOnlyList<ResultRow> Listed => _listed.Count > MostListed ? [] : _listed;

    /// <summary>Takes one result.</summary>
    public void Take(ResultRow row)
    {
        BatchResult result = row.Result;
        TakePolicies(row.Policies);
        Outcomes.Add(SortedKey.Of(result.Reason, $"{result.Standing}"), ResultGroup.Of(row, result.Standing.InWords(), result.Reason, row.Meaning));
        foreach ((string name, string source, string retrievedOn) in row.Roots)
        {
            Roots.Add(SortedKey.Of(name, source, retrievedOn), ResultGroup.Of(row, name, source, retrievedOn));
        }

        foreach (string note in row.Notes.Distinct(StringComparer.Ordinal))
        {
            Notes.Add(note, ResultGroup.Of(row, note));
        }

        if (result.Status == BatchResult.Valid)
        {
            TakeTrusted(row);
        }
        else
        {
            _examples.TryAdd(result.Reason, row);
        }
    }

    /// <summary>Takes what a run says of its policies; null: nothing.</summary>
    public void TakePolicies(ImmutableArray<string>? policies) => _policies.UnionWith(policies is not { } known ? [] : known.IsEmpty ? [ResultSet.None] : known);

    /// <inheritdoc/>
    public void Dispose()
    {
        Outcomes.Dispose();
        Signers.Dispose();
        Roots.Dispose();
        Notes.Dispose();
        Trusted.Dispose();
    }

    private void TakeTrusted(ResultRow row)
    {
        foreach (RowSigner signer in row.Signers.Distinct())
        {
            Signers.Add(SortedKey.Of(signer.Name, signer.By, signer.Root), ResultGroup.Of(row, signer.Name, signer.By, signer.Root));
        }

        Trusted.Add(SortedKey.Of(row.Folder, row.Format, row.SignerNames), ResultGroup.Of(row, row.Folder, row.Format, row.SignerNames));
        if (_listed.Count <= MostListed)
        {
            _listed.Add(row);
        }

        if (row.SignedAt is { } time)
        {
            Times++;
            Span = (time < Span.First ? time : Span.First, time > Span.Last ? time : Span.Last);
        }
    }
}

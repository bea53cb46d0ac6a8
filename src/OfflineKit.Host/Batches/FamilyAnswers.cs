using System.Collections.Immutable;
using OfflineKit.Host.Results;

namespace OfflineKit.Host.Batches;

/// <summary>What is said of one file.</summary>
/// <param name="Results">Its lines.</param>
/// <param name="Use">Which files beside it were used for them.</param>
internal sealed record AnsweredFile(ImmutableArray<BatchResult> Results, SignatureUse Use);

/// <summary>The lines of a file and of everything that is called as a signature of it: a file without a line was used as one.</summary>
internal static class FamilyAnswers
{
    /// <summary>The lines of <paramref name="family"/>: those of its file, and of each file beside it that was not used, or that is signed itself.</summary>
    /// <param name="family">The file.</param>
    /// <param name="ask">Asks about one file with its signatures, and never throws for what is there.</param>
    public static ImmutableArray<BatchResult> Of(FileFamily family, Func<FileFamily, AnsweredFile> ask)
    {
        AnsweredFile answered = ask(family);
        return
        [
            .. answered.Results,
            .. family.Beside.Where(beside => !beside.Beside.IsEmpty || !answered.Use.Used.Contains(beside.Path, StringComparer.Ordinal))
                .SelectMany(beside => Of(beside, ask)).Select(line => Explained(line, family, answered.Use)),
        ];
    }

    // That nobody signed it is true; what it was tried as says more.
    private static BatchResult Explained(BatchResult line, FileFamily family, SignatureUse use)
    {
        bool isAlone = line.Reason == UndecidedReasons.SignatureMissing.Code || line.Reason == UndecidedReasons.SignatureAlone.Code;
        return isAlone && use.NotUsed.FirstOrDefault(tried => tried.Name == line.Path) is { } tried
            ? ResultLine.Undecided(new BatchEntry(line.Path, Members: null), BatchResult.NotSigned, UndecidedReasons.SignatureNotCounted,
                $"a signature of {family.Path} that does not count: {tried.Verdict.Findings[0].Reason.Code}: {tried.Verdict.Findings[0].Detail}") with { Position = line.Position }
            : line;
    }
}

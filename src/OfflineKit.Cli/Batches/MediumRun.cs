using System.Collections.Immutable;
using OfflineKit.FileSystem;
using OfflineKit.Host.Media;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Batches;

/// <summary>One run over everything on a medium.</summary>
/// <param name="paths">Folders and files that the user named.</param>
internal sealed class MediumRun(string[] paths)
{
    /// <summary>One of <paramref name="paths"/> is a folder.</summary>
    public static bool HoldsFolder(string[] paths) => paths.Any(path => !Inputs.IsStandardInput(path) && FileStatus.Of(path) == FileType.Folder);

    /// <summary>The file <paramref name="path"/> begins like an archive.</summary>
    public static bool IsArchive(string path)
    {
        using Stream stream = InputFile.Open(path, "artefact");
        return stream.CanSeek && Exports.ExportSource.IsArchive(stream);
    }

    /// <summary>Decides everything and writes the results in the order of the medium.</summary>
    /// <returns>The exit code.</returns>
    public int Run(ImmutableArray<GivenParameter> given, OutputForm form, ResultPage? page, int jobs)
    {
        MediumQuestions questions = MediumQuestions.Of(given, ThisRun.Machine);
        Inputs inputs = new(standardInput: null);
        MediumWholes wholes = new(questions, inputs, TimeProvider.System, Look);
        MediumAnswers answers = new(questions, wholes, inputs, TimeProvider.System);
        // Of folders inside one another that are both named, each file is answered once.
        HashSet<string> seen = new(StringComparer.Ordinal);
        IEnumerable<MediumItem> items = paths.SelectMany(path => new MediumWalk(wholes, questions.Format, inputs, paths.ToHashSet(StringComparer.Ordinal)).Items(path)).Where(item => seen.Add(item.Key ?? item.Path));
        using Stream output = Terminal.OpenOutput();
        using BatchWriter writer = new(output, form, Terminal.Error);
        return new BatchRun<MediumItem>(items, length: -1, answers.Decide, writer) { Page = page }.Run(RunFacts.Of(questions.Digest, questions.Policies, given), questions.Policies, jobs);
    }

    // A whole is read from its first byte to its last before anything is said of it.
    private static void Look(string path)
    {
        if (!Console.IsErrorRedirected)
        {
            Terminal.Error.Write($"\r\u001b[K{TerminalText.Escape(path)} is read as a whole");
        }
    }
}

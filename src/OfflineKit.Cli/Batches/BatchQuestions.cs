using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using OfflineKit.Cli.Commands;
using OfflineKit.Cli.Serve;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Batches;

/// <summary>Decides entries of a batch, from any thread; whatever happens to one, the others go on.</summary>
internal sealed class BatchQuestions(VerifyCommand verify, ParseResult common, OptionTokens words, Result<TrustStore> trust, EarlierResults? earlier)
{
    private readonly ConcurrentDictionary<string, Lazy<(ParseResult Line, Result<TrustStore> Trust)>> _own = new(StringComparer.Ordinal);

    /// <summary>The result on <paramref name="entry"/>.</summary>
    public BatchResult Decide(BatchEntry entry)
    {
        BatchResult result = entry.Fault is { } fault
            ? ResultLine.Undecided(entry, BatchResult.Error, "malformed-request", fault)
            : earlier?.Of(entry) ?? Guarded(entry);
        return result with { Position = entry.Position };
    }

    private BatchResult Guarded(BatchEntry entry)
    {
        try
        {
            return Ask(entry);
        }
        catch (NoSignatureException fault)
        {
            return ResultLine.Undecided(entry, BatchResult.NotSigned, "signature.missing", fault.Message);
        }
        catch (UsageException fault)
        {
            bool missing = !File.Exists(entry.Path) && !Directory.Exists(entry.Path);
            return ResultLine.Undecided(entry, BatchResult.Error, missing ? "path-not-found" : "usage", fault.Hint is null ? fault.Message : $"{fault.Message}; {fault.Hint}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ResultLine.Undecided(entry, BatchResult.Error, "path-not-found", fault.Message);
        }
#pragma warning disable CA1031 // A bug ends one entry, which is then an error, never the batch and never "valid".
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return ResultLine.Undecided(entry, BatchResult.Error, "internal-error", $"{bug.GetType().Name}: {bug.Message}");
        }
    }

    private BatchResult Ask(BatchEntry entry)
    {
        (ParseResult line, Result<TrustStore> trusted) = entry.HasOwnOptions ? Own(entry.Members!) : (common, trust);
        if (entry.Path == "-")
        {
            throw new UsageException("standard input is no entry of a batch", "write ./- for a file of that name");
        }

        // The marks are taken first: a file that changes meanwhile has another mark the next time.
        FileMark? artifact = FileMark.Of(entry.Path);
        VerifyCommand.Question question = verify.QuestionOf(line, entry.Path, entry.SignaturePath, content: null) with { IsWatched = false };
        FileMark? signature = question.Signature is { } path ? FileMark.Of(path) : null;
        Report report = VerdictOutput.ReportOf(entry.Path, question.Signature ?? "", () => VerifyCommand.Answer(question, trusted));
        return ResultLine.Decided(entry, [.. new[] { artifact, signature }.OfType<FileMark>()], report);
    }

    // Entries that agree in their options share one parsed line and one store: keys are parsed once a run.
    private (ParseResult Line, Result<TrustStore> Trust) Own(JsonValue members)
    {
        ImmutableArray<string> own = [.. VerifyMembers.Words(members).Where(word => !word.StartsWith("--signature=", StringComparison.Ordinal))];
        return _own.GetOrAdd(string.Join('\0', own), _ => new Lazy<(ParseResult, Result<TrustStore>)>(() =>
        {
            ParseResult line = verify.Command.Parse([.. words.Words, .. own], new ParserConfiguration { ResponseFileTokenReplacer = null });
            return line.Errors.Count == 0 ? (line, verify.Trust(line)) : throw new UsageException(line.Errors[0].Message);
        })).Value;
    }
}

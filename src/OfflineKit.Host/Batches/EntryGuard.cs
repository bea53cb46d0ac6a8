using OfflineKit.Host.Results;
using OfflineKit.Reporting;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;

namespace OfflineKit.Host.Batches;

/// <summary>Whatever happens to one entry is said of that entry, and the others go on: an error is never "valid".</summary>
internal static class EntryGuard
{
    /// <summary>What <paramref name="ask"/> says of <paramref name="entry"/>, or the error that it ended with.</summary>
    public static ImmutableArray<BatchResult> Of(BatchEntry entry, Func<ImmutableArray<BatchResult>> ask)
    {
        try
        {
            return ask();
        }
        catch (NoSignatureException fault)
        {
            return [ResultLine.Undecided(entry, BatchResult.NotSigned, UndecidedReasons.SignatureMissing, Wording.Members.Of(fault.Message))];
        }
        catch (UsageException fault)
        {
            bool missing = fault is MissingInputException { Absent: not null };
            string message = fault.Hint is null ? fault.Message : $"{fault.Message}; {fault.Hint}";
            return [ResultLine.Undecided(entry, BatchResult.Error, missing ? UndecidedReasons.PathNotFound : UndecidedReasons.Usage, Wording.Members.Of(message))];
        }
        catch (MalformedException fault)
        {
            return [ResultLine.Undecided(entry, BatchResult.Error, fault.Reason ?? UndecidedReasons.MalformedRequest, fault.Message)];
        }
        catch (InputTooLargeException fault)
        {
            return [ResultLine.Undecided(entry, BatchResult.Error, Reasons.InputTooLarge, fault.Message)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [ResultLine.Undecided(entry, BatchResult.Error, UndecidedReasons.PathNotFound, fault.Message)];
        }
#pragma warning disable CA1031 // A bug ends one entry, which is then an error, never the run and never "valid".
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return [ResultLine.Undecided(entry, BatchResult.Error, UndecidedReasons.InternalError, $"{bug.GetType().Name}: {bug.Message}")];
        }
    }
}

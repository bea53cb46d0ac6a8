using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Verifies log entries under one trusted root: checkpoint, inclusion, promise and the window of the log's key.</summary>
/// <param name="root">Where the logs' keys come from.</param>
/// <param name="revoked">Keys of logs that count no longer.</param>
/// <param name="verification">Takes the checks.</param>
/// <param name="stampedTimes">Verified RFC 3161 times: the only time of an entry that carries none.</param>
/// <remarks>Source: docs/spec/sigstore.md §4–6. An entry's log is the one that its id names; no other log of the root can stand in.</remarks>
internal sealed class LogEntryVerification(SigstoreTrustedRoot root, RevocationList revoked, Verification verification, ImmutableArray<DateTimeOffset> stampedTimes)
{
    /// <summary>Times of promises that verified.</summary>
    public List<DateTimeOffset> PromisedTimes { get; } = [];

    /// <summary>The caller accepts a promise without inclusion proof.</summary>
    public bool PromiseSuffices { get; init; }

    /// <summary>The entry is in a log of the root, as far as its checkpoint says.</summary>
    public bool Verify(LogEntry entry)
    {
        if (root.Log(entry.LogId.Span) is not { } log)
        {
            verification.NotEvaluated("log-entry", $"ignored: no log of {root.Name} is called {StrictHex.Encode(entry.LogId.Span)}");
            return false;
        }

        Result<TrustedLog> admitted = TrustedLog.Admit(log, revoked);
        if (admitted.Value is not { } trusted)
        {
            verification.Failed("log-entry", admitted.Finding!);
            return false;
        }

        if (entry.Proof is null)
        {
            return VerifyPromiseAlone(entry, log, trusted);
        }

        Checkpoint? checkpoint = VerifyCheckpoint(entry, log);
        bool isIncluded = checkpoint is not null && VerifyInclusion(entry, log, checkpoint);
        bool isPromised = VerifyPromise(entry, trusted);
        bool isInWindow = VerifyWindow(entry, log);
        if (!isIncluded || !isPromised || !isInWindow)
        {
            return false;
        }

        // Only a promise signs the index over all shards; without one the leaf's place in the tree is what is proved.
        long index = entry.Promise is null ? entry.Proof!.LogIndex : entry.LogIndex;
        verification.Proved(LoggedIn.Prove(trusted, index, (long)checkpoint!.Size));
        return true;
    }

    private bool VerifyPromiseAlone(LogEntry entry, TransparencyLog log, TrustedLog trusted)
    {
        if (!PromiseSuffices || entry.Promise is null)
        {
            verification.Failed("inclusion-proof", SigstoreReasons.PromiseOnly.Because($"entry {entry.LogIndex} of {log.Name} comes without inclusion proof"));
            return false;
        }

        verification.NotEvaluated("inclusion-proof", $"entry {entry.LogIndex} comes without one; the caller accepts the promise alone");
        bool isPromised = VerifyPromise(entry, trusted), isInWindow = VerifyWindow(entry, log);
        if (isPromised && isInWindow)
        {
            verification.Proved(LoggedIn.Prove(trusted, entry.LogIndex, treeSize: 0));
        }

        return isPromised && isInWindow;
    }

    private Checkpoint? VerifyCheckpoint(LogEntry entry, TransparencyLog log)
    {
        Result<Checkpoint> parsed = Result.Parse(LogReasons.MalformedNote, () => Checkpoint.Parse(entry.Proof!.Checkpoint));
        if (parsed.Value is not { } checkpoint)
        {
            verification.Failed("checkpoint", parsed.Finding!);
            return null;
        }

        if (CheckpointOwner.Objection(checkpoint, log) is { } finding)
        {
            verification.Failed("checkpoint", finding);
            return null;
        }

        verification.Passed("checkpoint", $"{log.Name} signed a tree of {checkpoint.Size} entries", root.Name);
        return checkpoint;
    }

    private bool VerifyInclusion(LogEntry entry, TransparencyLog log, Checkpoint checkpoint)
    {
        InclusionProof proof = entry.Proof!;
        if ((ulong)proof.TreeSize != checkpoint.Size || !proof.RootHash.Span.SequenceEqual(checkpoint.RootHash.Span))
        {
            verification.Failed("inclusion-proof", LogReasons.InclusionMismatch.Because(
                $"the proof is for a tree of {proof.TreeSize} entries with root {StrictHex.Encode(proof.RootHash.Span)}, the checkpoint for {checkpoint.Size} with {StrictHex.Encode(checkpoint.RootHash.Span)}"));
            return false;
        }

        Result<byte[]> implied = Result.Parse(LogReasons.MalformedInclusion, () => MerkleTree.RootByInclusion(
            (ulong)proof.LogIndex, checkpoint.Size, MerkleTree.LeafHash(entry.CanonicalBody.Span), proof.Hashes));
        if (implied.Value is not { } rootHash)
        {
            verification.Failed("inclusion-proof", implied.Finding!);
            return false;
        }

        if (!rootHash.AsSpan().SequenceEqual(checkpoint.RootHash.Span))
        {
            verification.Failed("inclusion-proof", LogReasons.InclusionMismatch.Because(
                $"the proof leads to root {StrictHex.Encode(rootHash)}, the log signed {StrictHex.Encode(checkpoint.RootHash.Span)}"));
            return false;
        }

        verification.Passed("inclusion-proof", $"the entry is leaf {proof.LogIndex} of {log.Name}", root.Name);
        return true;
    }

    private bool VerifyPromise(LogEntry entry, TrustedLog log)
    {
        if (entry.Promise is not { } promise)
        {
            return true;
        }

        Result<SignedAt> proved = SignedAt.Prove(log, promise);
        if (proved.Value is not { } at)
        {
            verification.Failed("promise", proved.Finding!);
            return false;
        }

        PromisedTimes.Add(at.Time);
        verification.Passed("promise", $"{log.Name} took the entry at {UtcText.Seconds(at.Time)}", root.Name);
        verification.Proved(at);
        return true;
    }

    // An open window needs no time: the log's key was never retired.
    private bool VerifyWindow(LogEntry entry, TransparencyLog log)
    {
        ImmutableArray<DateTimeOffset> times = entry.Promise is not null && entry.IntegratedTime is > 0 and <= 253402300799
            ? [DateTimeOffset.FromUnixTimeSeconds(entry.IntegratedTime)]
            : stampedTimes;
        bool isUndated = times.IsEmpty && log.Validity.Until is not null;
        if (!isUndated && times.All(log.Validity.Contains))
        {
            return true;
        }

        string seen = isUndated ? "and nothing proves the time of the entry" : $"not at {string.Join(", ", times.Where(time => !log.Validity.Contains(time)).Select(UtcText.Seconds))}";
        verification.Failed("log-window", SigstoreReasons.LogWindow.Because($"{log.Name} is trusted {log.Validity}, {seen}"));
        return false;
    }
}

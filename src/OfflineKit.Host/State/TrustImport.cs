using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.State;

/// <summary>The time at which a bundle is judged: stated by the operator, or the machine's clock.</summary>
/// <param name="Time">UTC.</param>
/// <param name="IsStated">The operator stated it: a time that is proved to be wrong is refused instead of corrected.</param>
internal readonly record struct JudgedAt(DateTimeOffset Time, bool IsStated);

/// <summary>One import: what comes in, and by which rules.</summary>
/// <param name="Files">The bundle.</param>
/// <param name="Bundle">Its name, for people.</param>
/// <param name="Pin">The root's fingerprint; needed for the first import only.</param>
/// <param name="At">The time.</param>
/// <param name="Rule">What expired metadata means.</param>
internal sealed record ImportRequest(ITufFiles Files, string Bundle, string? Pin, JudgedAt At, ExpiryRule Rule);

/// <summary>How an import ended.</summary>
/// <param name="Before">The trust in force before; null for a first import.</param>
/// <param name="Now">The trust in force now; null when the bundle was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="IsUnchanged">The bundle held nothing new, so nothing was written.</param>
internal sealed record ImportOutcome(ImportedTrust? Before, ImportedTrust? Now, Finding? Finding, bool IsUnchanged);

/// <summary>Brings a bundle into the state: verified whole in memory, then written, then put in force in one step.</summary>
internal static class TrustImport
{
    /// <summary>Imports into <paramref name="folder"/>.</summary>
    public static ImportOutcome Run(TrustFolder folder, ImportRequest request)
    {
        // Without a pin nothing is touched: trust on first use would be silent.
        if (!folder.IsThere && request.Pin is null)
        {
            throw new UsageException(
                $"nothing was imported as \"{folder.Name}\" yet, so the root's fingerprint must be stated",
                "pass --root-fingerprint HEX (SHA-256 of the maintainers' root.json, from a second channel) or --root NAME for a root that offlinekit knows");
        }

        using IDisposable held = folder.TakeLock();
        ImportedTrust? before = null;
        if (folder.IsThere)
        {
            Result<ImportedTrust> loaded = folder.Load(request.Pin, request.At.Time);
            if (loaded.Value is null)
            {
                return new ImportOutcome(Before: null, Now: null, loaded.Finding, IsUnchanged: false);
            }

            before = loaded.Value;
        }

        Result<TufRepository> opened = Verify(request, before?.Repository);
        if (opened.Value is not { } repository)
        {
            return new ImportOutcome(before, Now: null, opened.Finding, IsUnchanged: false);
        }

        if (before is not null && IsSame(before.Repository, repository))
        {
            return new ImportOutcome(before, before, Finding: null, IsUnchanged: true);
        }

        bool aged = repository.FirstExpiry.Expires <= request.At.Time;
        ImportRecord record = new(before?.Record.PinnedRoot ?? request.Pin!, request.At.Time, request.Bundle, aged);
        long generation = folder.Commit(repository, record);
        return new ImportOutcome(before, new ImportedTrust(folder.Name, repository, record, generation), Finding: null, IsUnchanged: false);
    }

    /// <summary>The repository in the bundle, as the successor of <paramref name="trusted"/> or from the pinned root.</summary>
    /// <remarks>The rules of time are those of docs/decisions/0021-trust-and-time.md.</remarks>
    public static Result<TufRepository> Verify(ImportRequest request, TufRepository? trusted)
    {
        if (Earlier(request.At, trusted?.NewestVerifiedTime) is { } reversed)
        {
            return new Result<TufRepository>(Value: null, reversed);
        }

        DateTimeOffset time = Latest(request.At.Time, trusted?.NewestVerifiedTime);
        Result<TufRepository> opened = Open(request, trusted, time);
        if (opened.Value?.NewestVerifiedTime is { } signedOn && signedOn > time)
        {
            // The bundle proves that the clock is slow: a stated time is refused, a clock is corrected and expiry judged again.
            return Earlier(request.At, signedOn) is { } wrong ? new Result<TufRepository>(Value: null, wrong) : Open(request, trusted, signedOn);
        }

        return opened;
    }

    private static Result<TufRepository> Open(ImportRequest request, TufRepository? trusted, DateTimeOffset time) => trusted is null
        ? TufClient.Open(request.Files, request.Pin!, time, request.Rule)
        : TufClient.Update(request.Files, trusted, time, request.Rule);

    private static Finding? Earlier(JudgedAt at, DateTimeOffset? proved) => at.IsStated && at.Time < proved
        ? TufReasons.TimeReversed.Because($"the stated time is {UtcText.Seconds(at.Time)}, but trusted metadata was signed on {UtcText.Seconds(proved.Value)}")
        : null;

    private static DateTimeOffset Latest(DateTimeOffset time, DateTimeOffset? proved) => proved > time ? proved.Value : time;

    private static bool IsSame(TufRepository before, TufRepository now) =>
        before.Root.Version == now.Root.Version && before.Timestamp.File.Content.Span.SequenceEqual(now.Timestamp.File.Content.Span);
}

using OfflineKit.Files;

namespace OfflineKit.Signing.Requests;

/// <summary>What a run tells while it goes on; calls do not overlap.</summary>
internal interface ISigningObserver
{
    /// <summary>The key is open, and signs in <paramref name="format"/>.</summary>
    void Opened(SigningKey key, SignatureFormat format);

    /// <summary>Of <paramref name="all"/> files that wait for each other, <paramref name="done"/> are signed and none is written yet.</summary>
    void Drafted(int done, int all)
    {
    }

    /// <summary>A signature was verified and written.</summary>
    void Signed(SigningReceipt receipt, SigningKey key);

    /// <summary>What would be signed, in a run that signs nothing.</summary>
    void WouldSign(SubjectRequest subject, string target, string what);
}

/// <summary>Carries out a <see cref="SigningRequest"/>: the one way from a request to signatures.</summary>
internal static class SigningRun
{
    /// <summary>Opens the key once and signs every subject with it.</summary>
    /// <exception cref="SigningException">What was told is signed, and nothing else.</exception>
    public static async Task SignAsync(SigningRequest request, ISigningObserver observer, CancellationToken cancellation)
    {
        using PreparedRun prepared = PreparedRun.Locked(request);
        (SigningKey key, SigningSession session) = await OpenAsync(request, prepared, observer, cancellation).ConfigureAwait(false);
        await using (key.ConfigureAwait(false))
        {
            await LookAsync(request, prepared, session).ConfigureAwait(false);
            await (request.Completion == Completion.AllOrNone
                ? TogetherAsync(prepared, session, observer, key, cancellation)
                : EachAsync(request, prepared, session, observer, key, cancellation)).ConfigureAwait(false);
        }
    }

    private static async Task EachAsync(SigningRequest request, PreparedRun prepared, SigningSession session, ISigningObserver observer, SigningKey key, CancellationToken cancellation)
    {
        Lock said = new();
        await Parallel.ForEachAsync(
            prepared.Subjects,
            new ParallelOptions { MaxDegreeOfParallelism = request.Parallel, CancellationToken = cancellation },
            async (subject, token) =>
            {
                SigningReceipt receipt = await session.SignAsync(Order(subject), token).ConfigureAwait(false);
                lock (said)
                {
                    observer.Signed(receipt, key);
                }
            }).ConfigureAwait(false);
    }

    private static async Task TogetherAsync(PreparedRun prepared, SigningSession session, ISigningObserver observer, SigningKey key, CancellationToken cancellation)
    {
        using FileTransaction change = new();
        List<SigningReceipt> receipts = [];
        foreach (PreparedSubject subject in prepared.Subjects)
        {
            receipts.Add(await session.DraftAsync(Order(subject), change, cancellation).ConfigureAwait(false));
            observer.Drafted(receipts.Count, prepared.Subjects.Length);
        }

        try
        {
            change.Commit();
        }
        catch (OutputException fault)
        {
            throw SigningReasons.Refusal(fault);
        }

        receipts.ForEach(receipt => observer.Signed(receipt, key));
    }

    private static SigningOrder Order(PreparedSubject subject) => new(subject.Request.Name, subject.Open(), subject.Target);

    /// <summary>Opens the key and tells what would be signed; nothing is asked of it and nothing is written.</summary>
    /// <exception cref="SigningException">A run would be refused.</exception>
    public static async Task TryAsync(SigningRequest request, ISigningObserver observer, CancellationToken cancellation)
    {
        using PreparedRun prepared = PreparedRun.Unlocked(request);
        (SigningKey key, SigningSession session) = await OpenAsync(request, prepared, observer, cancellation).ConfigureAwait(false);
        await using (key.ConfigureAwait(false))
        {
            foreach (PreparedSubject subject in prepared.Subjects)
            {
                string what = session.DryRun(Order(subject));
                observer.WouldSign(subject.Request, subject.Target.Name, what);
            }
        }
    }

    private static async Task LookAsync(SigningRequest request, PreparedRun prepared, SigningSession session)
    {
        HashSet<string> places = new(StringComparer.Ordinal);
        foreach (PreparedSubject subject in prepared.Subjects)
        {
            if (subject.Target.Place is { } place && !places.Add(place))
            {
                throw SigningReasons.OutputExists.Refusal($"two files would be signed into {subject.Target.Name}");
            }

            session.RefuseIfTaken(subject.Request.Name, subject.Target);
            if (request.FirstLook == FirstLook.Content)
            {
                _ = session.DryRun(Order(subject));
            }
            else if (prepared.Subjects.Length > 1)
            {
                await subject.Open().DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<(SigningKey Key, SigningSession Session)> OpenAsync(SigningRequest request, PreparedRun prepared, ISigningObserver observer, CancellationToken cancellation)
    {
        SigningKey key = await request.Key.OpenAsync(prepared.Format, request.Subjects.Select(subject => subject.Name), request.Audit, cancellation).ConfigureAwait(false);
        observer.Opened(key, prepared.Format);
        return (key, new SigningSession(key, request.Key.Pinned, prepared.Format, request.SignedAt, request.Audit));
    }
}

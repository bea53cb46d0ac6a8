namespace OfflineKit.Signer.Stores;

/// <summary>Work that waits for its place in a transaction.</summary>
internal abstract class Job
{
    /// <summary>Does it; the answer is kept until <see cref="Release"/>.</summary>
    public abstract void Run(SqlSession session);

    /// <summary>The transaction holds: whoever waits may know.</summary>
    public abstract void Release();

    /// <summary>It does not.</summary>
    public abstract void Refuse(Exception fault);
}

/// <summary>Work with an answer.</summary>
internal sealed class Job<T>(Func<SqlSession, T> work) : Job
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>The answer, once the transaction holds.</summary>
    public Task<T> Answer => _answer.Task;

    /// <inheritdoc/>
    public override void Run(SqlSession session) => _result = work(session);

    /// <inheritdoc/>
    public override void Release() => _answer.SetResult(_result!);

    /// <inheritdoc/>
    public override void Refuse(Exception fault) => _answer.SetException(fault);
}

using System.Diagnostics;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>Calls into a module, each on a thread of its own and with a time limit: native code cannot be interrupted, only left behind.</summary>
/// <remarks>After one call that never came back the module is called no more, not even to end it.</remarks>
internal sealed class TokenCalls(string keyName, KeyOpening opening)
{
    private volatile bool _isStuck;

    /// <summary>A call did not come back.</summary>
    public bool IsStuck => _isStuck;

    /// <summary>What <paramref name="call"/> answers, and a line for <c>--verbose</c>.</summary>
    /// <exception cref="SigningException">What the call throws; <c>token.timed-out</c>.</exception>
    public async Task<T> RunAsync<T>(string operation, Func<T> call, CancellationToken cancellation)
    {
        if (_isStuck)
        {
            throw TokenReasons.TimedOut.Refusal($"{keyName}: the module still has not come back from an earlier call");
        }

        long start = Stopwatch.GetTimestamp();
        string status = "no answer";
        Task<T> running = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            T answer = await running.WaitAsync(opening.Timeout, opening.Clock, cancellation).ConfigureAwait(false);
            status = "OK";
            return answer;
        }
        catch (SigningException fault)
        {
            status = fault.Finding.Reason.Code;
            throw;
        }
        catch (TimeoutException)
        {
            throw TokenReasons.TimedOut.Refusal($"{keyName}: {operation}: no answer within {opening.Timeout.TotalSeconds} s");
        }
        finally
        {
            _isStuck |= !running.IsCompleted;
            opening.OnRequest(new ServiceRequest(TokenKeySource.Service, keyName, operation, status, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
    }
}

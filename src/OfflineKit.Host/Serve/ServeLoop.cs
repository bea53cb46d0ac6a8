using OfflineKit.Host.Results;
using System.Collections.Concurrent;
using OfflineKit.Encoding;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Serve;

/// <summary>The engine behind <c>offlinekit serve</c>: reads requests, answers each id exactly once, survives anything in between.</summary>
/// <remarks>Protocol: docs/spec/serve.md. Answers may come in another order than the requests.</remarks>
internal sealed class ServeLoop : IDisposable
{
    private const int LineLimit = 96 * 1024 * 1024, QueueLimit = 4096;
    private readonly ServeAnswers _answers;
    private readonly ServeVerbs _verbs;
    private readonly BlockingCollection<Ticket> _queue = new(QueueLimit);
    private readonly ConcurrentDictionary<string, Ticket> _waiting = new(StringComparer.Ordinal);
    private long _answered;

    /// <summary>An engine on <paramref name="machine"/>.</summary>
    public ServeLoop(ServeAnswers answers, Machine machine, Wording wording) => (_answers, _verbs) = (answers, new ServeVerbs(answers, machine, wording));

    /// <summary>Answers the requests on <paramref name="input"/> until its end or a bye.</summary>
    public void Run(Stream input)
    {
        Thread[] workers = [.. Sequences.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        Array.ForEach(workers, worker => worker.Start());
        bool saidBye = false;
        try
        {
            saidBye = Read(new BoundedLines(input, LineLimit));
        }
        finally
        {
            // What was asked before is answered, also where no more can be read.
            _queue.CompleteAdding();
            Array.ForEach(workers, worker => worker.Join());
        }

        if (saidBye)
        {
            _answers.Bye(_answered);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    private bool Read(BoundedLines lines)
    {
        while (lines.Next(out byte[]? line))
        {
            if (line is null)
            {
                _answers.Error(id: null, UndecidedReasons.MalformedRequest, $"a request is longer than {LineLimit} bytes");
                continue;
            }

            Result<ServeRequest> parsed = Result.Parse(Reasons.MalformedSignature, () => ServeRequest.Parse(line));
            if (parsed.Value is not { } request)
            {
                _answers.Error(id: null, UndecidedReasons.MalformedRequest, parsed.Finding!.Detail);
                continue;
            }

            switch (request.Verb)
            {
                case "bye":
                    return true;
                case "cancel":
                    Cancel(request);
                    break;
                default:
                    Enqueue(request);
                    break;
            }
        }

        return false;
    }

    private void Enqueue(ServeRequest request)
    {
        Ticket ticket = new(request);
        if (_waiting.TryAdd(request.Id, ticket))
        {
            _queue.Add(ticket);
        }
        else
        {
            _answers.Error(id: null, UndecidedReasons.MalformedRequest, $"id \"{request.Id}\" is waiting for its answer already");
        }
    }

    // A request that has begun is answered as if nothing had been said: its id still gets exactly one answer.
    private void Cancel(ServeRequest request)
    {
        Result<string> target = Result.Parse(Reasons.MalformedSignature, () => request.Members.String("target"));
        if (target.Value is { } id && _waiting.TryGetValue(id, out Ticket? ticket) && ticket.Take())
        {
            _ = _waiting.TryRemove(id, out _);
            _answers.Cancelled(id);
            _ = Interlocked.Increment(ref _answered);
        }
    }

    private void Work()
    {
        foreach (Ticket ticket in _queue.GetConsumingEnumerable())
        {
            if (ticket.Take())
            {
                _ = _waiting.TryRemove(ticket.Request.Id, out _);
                _verbs.Answer(ticket.Request);
                _ = Interlocked.Increment(ref _answered);
            }
        }
    }

    /// <summary>A request that waits; whoever takes it answers it.</summary>
    private sealed class Ticket(ServeRequest request)
    {
        private int _taken;

        public ServeRequest Request { get; } = request;

        public bool Take() => Interlocked.Exchange(ref _taken, 1) == 0;
    }
}

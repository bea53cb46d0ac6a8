using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the verifying cmdlets share: many requests in flight, and one result for each path in the order of asking.</summary>
public abstract class VerifyingCmdlet : PathCmdlet
{
    private const int InFlight = 64;
    private readonly Dictionary<string, ResultsInOrder.Place> _asked = new Dictionary<string, ResultsInOrder.Place>(StringComparer.Ordinal);
    private readonly ResultsInOrder _results = new ResultsInOrder();
    private readonly PipelineProgress _progress;
    private readonly JsonLine _options = new JsonLine();
    private (string Id, string Message)? _fault;
    private bool _isTold;

    /// <summary>Reports progress once a pipeline takes long.</summary>
    protected VerifyingCmdlet() => _progress = new PipelineProgress(this, "Verifying signatures");

    /// <summary>What is examined, in a word.</summary>
    private protected abstract string What { get; }

    /// <summary>The verb of the engine.</summary>
    private protected abstract string Verb { get; }

    /// <summary>What becomes of the results.</summary>
    private protected abstract IConclusion Conclusion { get; }

    /// <summary>The result for <paramref name="path"/> that the engine's answer means.</summary>
    private protected abstract PolicyResult ResultOf(string path, JsonNode answer);

    /// <summary>The result for a path about which nothing could be decided.</summary>
    private protected abstract PolicyResult Failed(string path, string errorId, string message);

    /// <inheritdoc/>
    private protected override void Found(string path) => Verify(path, content: null);

    /// <inheritdoc/>
    private protected override void BeginGuard()
    {
        if (Misuse() is string misuse)
        {
            _fault = ("InvalidUsage", misuse);
        }
        else
        {
            GivenValues given = new GivenValues(this);
            AskedParameters.Add(this, _options, given);
            _fault = given.Fault;
        }

        base.BeginGuard();
    }

    /// <inheritdoc/>
    private protected override void EndGuard()
    {
        if (_fault == null)
        {
            Guarded(() =>
            {
                while (_asked.Count > 0)
                {
                    Receive(Engine.Receive());
                }

                FinishEngine();
            });
        }

        Conclude(Questions.Ended);
        _progress.End();
        if (_fault is (string id, string message) && !_isTold)
        {
            Conclusion.Refuse(id, message);
        }

        Conclusion.End(What);
    }

    /// <summary>Asks about one file; <paramref name="content"/> where it was read from there already.</summary>
    private protected void Verify(string path, byte[]? content)
    {
        ResultsInOrder.Place place = _results.OpenFile(path);
        place.Content = content;
        Verify(place);
    }

    /// <summary>Asks about <paramref name="content"/>, which the caller calls <paramref name="name"/>.</summary>
    private protected void VerifyContent(string name, byte[] content) => Verify(_results.OpenContent(name, content));

    /// <inheritdoc/>
    private protected sealed override void Unusable(string path, string errorId, string message)
    {
        _results.Close(_results.OpenOther(path), Failed(path, errorId, message));
        Conclude(Questions.MayFollow);
    }

    private void Verify(ResultsInOrder.Place place)
    {
        if (_fault == null)
        {
            Guarded(() => Ask(place));
        }

        if (_fault is (string id, string message) && place.Result == null)
        {
            Fail(place, id, message);
        }

        Conclude(Questions.MayFollow);
    }

    private void Ask(ResultsInOrder.Place place)
    {
        string id = Send(request => request.Add("verb", Verb).Add("path", place.Path).Add("content", place.Content == null ? null : Convert.ToBase64String(place.Content)).Add(_options));
        _asked.Add(id, place);
        while (Engine.Outstanding >= InFlight)
        {
            Receive(Engine.Receive());
        }

        while (Engine.TryReceive() is JsonNode ready)
        {
            Receive(ready);
        }
    }

    private void Receive(JsonNode answer)
    {
        ResultsInOrder.Place place = _asked[answer.Text("id")];
        _asked.Remove(answer.Text("id"));
        _progress.Step(place.Path);
        PolicyResult result = ResultOf(place.Path, answer);
        result.Say(text => ParameterWords.Of(GetType(), text), advice => ParameterWords.Advised(GetType(), advice));
        _results.Close(place, result);
    }

    // Whatever is still open when the engine is lost gets its result too: silence must not be taken for success.
    private void Guarded(Action talk)
    {
        try
        {
            talk();
        }
        catch (EngineException fault)
        {
            _fault = (fault.ErrorId, fault.Message);
            EndEngine();
            _asked.Clear();
            foreach (ResultsInOrder.Place place in _results.StillOpen())
            {
                Fail(place, fault.ErrorId, fault.Message);
            }
        }
    }

    private void Fail(ResultsInOrder.Place place, string errorId, string message)
    {
        _isTold = true;
        place.IsFile = false;
        _results.Close(place, Failed(place.Path, errorId, message));
    }

    private void Conclude(Questions asked)
    {
        while (_results.Next(asked) is PolicyResult result)
        {
            Conclusion.Take(result);
        }
    }
}

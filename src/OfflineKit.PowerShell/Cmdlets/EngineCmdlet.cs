using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What cmdlets share that put a few questions to an engine, one after the other.</summary>
public abstract class EngineCmdlet : PSCmdlet, IDisposable
{
    private EngineSession? _engine;
    private int _lastId;

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _engine?.Dispose();

    /// <summary>The engine's program: the verifier, unless a cmdlet signs.</summary>
    private protected virtual string Program => "offlinekit";

    /// <summary>The engine's answer to <paramref name="request"/>.</summary>
    /// <exception cref="EngineException">It gave none.</exception>
    private protected JsonNode Answer(Func<JsonLine, JsonLine> request)
    {
        // Signing engines need the environment (credentials of key services); the verifier gets a cleaned one.
        EngineSession engine = _engine ?? (_engine = EngineSource.Open(Program, inheritEnvironment: Program != "offlinekit"));
        string id = (++_lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        engine.Send(id, request(new JsonLine().Add("id", id)));
        return engine.Receive();
    }

    /// <summary>The engine's answer; an engine that fails ends the cmdlet.</summary>
    private protected JsonNode Ask(Func<JsonLine, JsonLine> request)
    {
        try
        {
            return Answer(request);
        }
        catch (EngineException fault)
        {
            ThrowTerminatingError(ErrorRecords.Of(fault.ErrorId, fault.Message, target: null));
            throw;
        }
    }

    /// <summary>Writes the error of an answer that is not <paramref name="wanted"/>; true when it is.</summary>
    private protected bool Succeeded(JsonNode answer, string wanted, object target)
    {
        if (answer.Text("status") == wanted)
        {
            return true;
        }

        JsonNode error = answer.Member("error") ?? JsonNode.OfTruth(null);
        string message = error.Text("message").Length > 0 ? error.Text("message") : "the engine gave no reason";
        WriteError(ErrorRecords.Of(ErrorIds.Of(error.Text("code")), message, target));
        return false;
    }

    /// <summary>The file system path behind <paramref name="path"/>, relative to the current location; null stays null.</summary>
    private protected string? Resolved(string? path) => string.IsNullOrEmpty(path) ? null : GetUnresolvedProviderPathFromPSPath(path!);
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What cmdlets share that put questions to an engine: one child a pipeline, which ends with it.</summary>
public abstract class EngineCmdlet : PSCmdlet, IDisposable
{
    private EngineSession? _engine;
    private int _lastId;

    /// <inheritdoc/>
    public void Dispose()
    {
        EndEngine();
        Left();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Vanished() is string name)
        {
            ThrowTerminatingError(ErrorRecords.Of("InvalidUsage", name + EmptyParameter, name));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => EndEngine();

    /// <summary>The pipeline has ended, however that came about.</summary>
    private protected virtual void Left()
    {
    }

    /// <summary>Ends the engine, whatever it is doing.</summary>
    private protected void EndEngine() => _engine?.Dispose();

    /// <summary>What is wrong with a parameter that <see cref="Vanished"/> names.</summary>
    private protected const string EmptyParameter = " was given but is empty; leave it out where nothing is meant";

    /// <summary>The engine's program: the verifier, unless a cmdlet signs.</summary>
    private protected virtual string Program => "offlinekit";

    // Signing engines need the environment (credentials of key services); the verifier gets a cleaned one.
    private protected EngineSession Engine => _engine ?? (_engine = EngineSource.Open(Program, inheritEnvironment: Program != "offlinekit"));

    /// <summary>The parameter that was given an empty value, or null. A restriction that vanished, as by a misspelt variable, must not count as none.</summary>
    private protected string? Vanished(params string[] except)
    {
        foreach (KeyValuePair<string, object> bound in MyInvocation.BoundParameters)
        {
            if (Array.IndexOf(except, bound.Key) < 0 && IsEmpty(bound.Value))
            {
                return "-" + bound.Key;
            }
        }

        return null;
    }

    /// <summary>Says bye to the engine, if one was started, and checks that it ends well.</summary>
    /// <exception cref="EngineException">It did not.</exception>
    private protected void FinishEngine() => _engine?.Finish();

    /// <summary>Sends a request; the result is its id.</summary>
    /// <exception cref="EngineException">The engine takes none.</exception>
    private protected string Send(Func<JsonLine, JsonLine> request)
    {
        string id = (++_lastId).ToString(CultureInfo.InvariantCulture);
        Engine.Send(id, request(new JsonLine().Add("id", id)));
        return id;
    }

    /// <summary>The engine's answer to <paramref name="request"/>.</summary>
    /// <exception cref="EngineException">It gave none.</exception>
    private protected JsonNode Answer(Func<JsonLine, JsonLine> request)
    {
        Send(request);
        return Engine.Receive();
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

    /// <summary>The file system path behind <paramref name="path"/>, relative to the current location; null stays null. Any other place ends the cmdlet.</summary>
    internal string? Resolved(string? path) => string.IsNullOrEmpty(path) ? null : PathSelection.One(this, path!);

    private protected static bool IsEmpty(object? value)
    {
        if (value == null || value is "" || (value is SecureString secret && secret.Length == 0))
        {
            return true;
        }

        if (!(value is IList list))
        {
            return false;
        }

        foreach (object? one in list)
        {
            if (one == null || one is "")
            {
                return true;
            }
        }

        return list.Count == 0;
    }
}

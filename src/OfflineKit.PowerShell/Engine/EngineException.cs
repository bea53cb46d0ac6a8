using System;

namespace OfflineKit.PowerShell.Engine;

/// <summary>The engine is missing, replaced, dead, silent or not speaking the protocol: nothing was verified.</summary>
internal sealed class EngineException : Exception
{
    public EngineException(string errorId, string message) : base(message) => ErrorId = errorId;

    /// <summary>EngineMissing, EngineTampered, EngineFailure or EngineProtocol.</summary>
    public string ErrorId { get; }
}

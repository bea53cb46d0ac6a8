using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What this module runs: the engine, its version and its pinned hash.</summary>
public sealed class OfflineKitInfo
{
    internal OfflineKitInfo(string path, JsonNode hello)
    {
        EnginePath = path;
        EngineSha256 = EngineLocation.Sha256(path);
        Version = hello.Text("version");
        Runtime = hello.Text("runtime");
        Protocol = hello.Text("protocol");
        TrustBundleDate = hello.Text("trustDate");
    }

    /// <summary>The engine's file.</summary>
    public string EnginePath { get; }

    /// <summary>Its SHA-256, which equals the pinned one.</summary>
    public string EngineSha256 { get; }

    /// <summary>The engine's version.</summary>
    public string Version { get; }

    /// <summary>The runtime that it was built for.</summary>
    public string Runtime { get; }

    /// <summary>The protocol between module and engine.</summary>
    public string Protocol { get; }

    /// <summary>The day of the newest bundled trust root.</summary>
    public string TrustBundleDate { get; }

    /// <summary>Offline: verification never uses a network.</summary>
    public string Mode { get; } = "Offline";
}

/// <summary>Shows the engine that this module runs.</summary>
[Cmdlet(VerbsCommon.Get, "OfflineKitInfo")]
[OutputType(typeof(OfflineKitInfo))]
public sealed class GetOfflineKitInfoCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = EngineSource.PathOf("offlinekit");
            using EngineSession engine = EngineSource.Open("offlinekit", inheritEnvironment: false);
            JsonNode hello = engine.Hello;
            engine.Finish();
            WriteObject(new OfflineKitInfo(path, hello));
        }
        catch (EngineException fault)
        {
            ThrowTerminatingError(ErrorRecords.Of(fault.ErrorId, fault.Message, target: null));
        }
    }
}

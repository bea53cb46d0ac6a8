using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that verify exports: folders or archives with a signed list.</summary>
public abstract class BundleCmdlet : TrustingCmdlet
{
    /// <summary>How the export is arranged; without it its mark decides.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    [AnyText]
    public string? Layout { get; set; }

    /// <summary>The offline-manifest.json that belongs to an update kit.</summary>
    [Parameter]
    [AnyText]
    public string? Manifest { get; set; }

    /// <summary>Accepts files that the signed list does not name; nobody signed them.</summary>
    [Parameter]
    [AnySwitch]
    public SwitchParameter AllowUnlisted { get; set; }

    private protected sealed override Wanted Wanted => Wanted.FileOrFolder;

    private protected sealed override string What => "export";

    private protected sealed override string Verb => "verify-export";

    private protected sealed override PolicyResult ResultOf(string path, JsonNode answer) => PolicyBundleResult.FromAnswer(path, answer);

    private protected sealed override PolicyResult Failed(string path, string errorId, string message) => PolicyBundleResult.Failed(path, errorId, message);

    private protected sealed override void AddOptions(JsonLine request, GivenValues given)
    {
        base.AddOptions(request, given);
        request
            .Add("layout", given.Word("-Layout", Layout, LayoutCompleter.Layouts))
            .Add("offlineManifest", given.File(Manifest))
            .Add("allowUnlisted", AllowUnlisted);
    }
}

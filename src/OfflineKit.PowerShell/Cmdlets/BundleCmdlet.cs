using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that verify exports: folders or archives with a signed list.</summary>
public abstract class BundleCmdlet : PlainSignatureCmdlet
{
    /// <summary>How the export is arranged; without it its mark decides.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    [Asks("layout", Words = typeof(LayoutCompleter))]
    [AnyText]
    public string? Layout { get; set; }

    /// <summary>The name of the signed list in the export.</summary>
    [Parameter]
    [Asks("list")]
    [AnyText]
    public string? List { get; set; }

    /// <summary>The offline-manifest.json that belongs to an update kit.</summary>
    [Parameter]
    [Alias("OfflineManifest")]
    [Asks("offlineManifest", Names = Names.File)]
    [AnyText]
    public string? Manifest { get; set; }

    /// <summary>The detached JWS of the offline manifest.</summary>
    [Parameter]
    [Asks("offlineManifestJws", Names = Names.File)]
    [AnyText]
    public string? OfflineManifestJws { get; set; }

    /// <summary>The signature over the archive itself.</summary>
    [Parameter]
    [Asks("archiveSignature", Names = Names.File)]
    [AnyText]
    public string? ArchiveSignature { get; set; }

    /// <summary>The log entry that the receipt is about.</summary>
    [Parameter]
    [Asks("receiptEntry", Names = Names.File)]
    [AnyText]
    public string? ReceiptEntry { get; set; }

    /// <summary>The manifest of the export that this one builds on.</summary>
    [Parameter]
    [Asks("baseManifest", Names = Names.File)]
    [AnyText]
    public string? BaseManifest { get; set; }

    /// <summary>Public keys of transparency logs to trust for receipts.</summary>
    [Parameter]
    [Asks("logKey", Names = Names.File)]
    [AnyTexts]
    public string?[]? LogKey { get; set; }

    /// <summary>Accepts that listed files are missing; the result says which.</summary>
    [Parameter]
    [Asks("allowMissing")]
    [AnySwitch]
    public SwitchParameter AllowMissing { get; set; }

    /// <summary>Accepts files that the signed list does not name; nobody signed them.</summary>
    [Parameter]
    [Asks("allowUnlisted")]
    [AnySwitch]
    public SwitchParameter AllowUnlisted { get; set; }

    /// <summary>Accepts mirror bundles whose signature covers the text of the payload and not its type.</summary>
    [Parameter]
    [Asks("allowMirrorPayloadText")]
    [AnySwitch]
    public SwitchParameter AllowMirrorPayloadText { get; set; }

    /// <summary>The folder that remembers the newest version of each export; older ones are refused.</summary>
    [Parameter]
    [Asks("exportState", Option = "--state", Names = Names.File)]
    [AnyText]
    public string? ExportState { get; set; }

    /// <summary>Takes an older version all the same; -ForceReason says why.</summary>
    [Parameter]
    [Asks("forceActivate")]
    [AnySwitch]
    public SwitchParameter ForceActivate { get; set; }

    /// <summary>Why an older version is taken.</summary>
    [Parameter]
    [Asks("forceReason")]
    [AnyText]
    public string? ForceReason { get; set; }

    /// <summary>The folder to which a refused export is moved.</summary>
    [Parameter]
    [Asks("quarantine", Names = Names.File)]
    [AnyText]
    public string? Quarantine { get; set; }

    /// <summary>Decides as usual, but remembers and moves nothing.</summary>
    [Parameter]
    [Asks("dryRun")]
    [AnyRestriction]
    public SwitchParameter DryRun { get; set; }

    private protected sealed override Wanted Wanted => Wanted.FileOrFolder;

    private protected sealed override string What => "export";

    private protected sealed override string Verb => "verify-export";

    private protected sealed override PolicyResult ResultOf(string path, JsonNode answer) => PolicyBundleResult.FromAnswer(path, answer);

    private protected sealed override PolicyResult Failed(string path, string errorId, string message) => PolicyBundleResult.Failed(path, errorId, message);
}

using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that verify a container image in an OCI layout: a folder, or a tar archive of one.</summary>
public abstract class ImageCmdlet : TrustingCmdlet
{
    /// <summary>The digest of the image's manifest, sha256:HEX, as it is known from outside the layout.</summary>
    [Parameter]
    [Asks("digest")]
    [AnyText]
    public string? Digest { get; set; }

    /// <summary>The name under which the image must have been signed.</summary>
    [Parameter]
    [Asks("imageReference", Option = "--reference")]
    [AnyText]
    public string? Reference { get; set; }

    /// <summary>The predicate type that the signed statement must have.</summary>
    [Parameter]
    [Asks("predicateType")]
    [AnyText]
    public string? PredicateType { get; set; }

    /// <summary>Every signature of the image must be trusted, not one of them.</summary>
    [Parameter]
    [Asks("all")]
    [AnyRestriction]
    public SwitchParameter EveryPart { get; set; }

    private protected sealed override Wanted Wanted => Wanted.FileOrFolder;

    private protected sealed override string What => "image";

    private protected sealed override string Verb => "verify-image";

    private protected sealed override PolicyResult ResultOf(string path, JsonNode answer) => PolicySignatureResult.FromAnswer(path, answer);

    private protected sealed override PolicyResult Failed(string path, string errorId, string message) => PolicySignatureResult.Failed(path, errorId, message);

    /// <inheritdoc/>
    private protected sealed override string? Misuse() => base.Misuse() ?? (Digest == null ? "-Digest is needed: it says which image is meant, and must come from outside the layout" : null);
}

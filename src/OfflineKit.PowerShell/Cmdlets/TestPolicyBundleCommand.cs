using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Answers with one Boolean: are these exports (folders or archives with a signed list) complete, unchanged and signed by somebody trusted?</summary>
[Cmdlet(VerbsDiagnostic.Test, "PolicyBundle", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool), typeof(PolicyBundleResult))]
public sealed class TestPolicyBundleCommand : EngineCmdlet
{
    private int _examined, _refused;

    /// <summary>The exports: folders or archives; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public string?[]? Path { get; set; }

    /// <summary>The exports by their exact path.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? LiteralPath { get; set; }

    /// <summary>How the export is arranged; without it its mark decides.</summary>
    [Parameter]
    public string? Layout { get; set; }

    /// <summary>Accepts files that the signed list does not name; nobody signed them.</summary>
    [Parameter]
    public SwitchParameter AllowUnlisted { get; set; }

    /// <summary>A public key file to trust.</summary>
    [Parameter]
    public string? PublicKey { get; set; }

    /// <summary>Names of trust roots to trust.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[]? TrustRoot { get; set; }

    /// <summary>The identity that the certificate must name.</summary>
    [Parameter]
    public string? CertificateIdentity { get; set; }

    /// <summary>The OIDC issuer that the certificate must record.</summary>
    [Parameter]
    public string? CertificateOidcIssuer { get; set; }

    /// <summary>The time to judge validity windows by, where nothing verified says one.</summary>
    [Parameter]
    public DateTime At { get; set; }

    /// <summary>One result object an export instead of the Boolean. Never use that in an <c>if</c>: test <c>.IsValid</c>.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The Boolean only, no error records.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathSelection selection = new PathSelection(this, Wanted.FileOrFolder, Examine, (path, id, message) => Refuse(id, message, path));
        if (ParameterSetName == "LiteralPath")
        {
            selection.Literals(LiteralPath);
        }
        else
        {
            selection.Wildcards(Path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_examined == 0 && _refused == 0)
        {
            Refuse("NothingVerified", "no export was examined", "");
        }

        if (!Detailed)
        {
            WriteObject(_examined > 0 && _refused == 0);
        }
    }

    private void Examine(string path)
    {
        JsonNode answer;
        try
        {
            answer = Answer(request => Request(request, path));
        }
        catch (EngineException fault)
        {
            Refuse(fault.ErrorId, fault.Message, path);
            return;
        }

        PolicyBundleResult result = new PolicyBundleResult(path, answer);
        _examined++;
        _refused += result.IsValid ? 0 : 1;
        if (Detailed)
        {
            WriteObject(result);
        }
        else if (!result.IsValid && !Quiet)
        {
            WriteError(ErrorRecords.Of(result.Reason, $"{path}: {result.Detail}", result));
        }
    }

    private JsonLine Request(JsonLine request, string path) => request
        .Add("verb", "verify-export")
        .Add("path", path)
        .Add("layout", Layout)
        .Add("allowUnlisted", AllowUnlisted.IsPresent)
        .Add("publicKey", Resolved(PublicKey))
        .Add("trustRoots", TrustRoot)
        .Add("certificateIdentity", CertificateIdentity)
        .Add("certificateOidcIssuer", CertificateOidcIssuer)
        .Add("at", At == default(DateTime) ? null : UtcTime.Write(At));

    private void Refuse(string errorId, string message, string target)
    {
        _refused++;
        if (!Quiet)
        {
            WriteError(ErrorRecords.Of(errorId, message, target));
        }
    }
}

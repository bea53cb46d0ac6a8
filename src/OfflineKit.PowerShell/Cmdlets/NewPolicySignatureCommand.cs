using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Signs files. All of them are read and found suitable before the key is asked; each signature is verified before it is written.</summary>
[Cmdlet(VerbsCommon.New, "PolicySignature", DefaultParameterSetName = "PathKeyId", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewPolicySignatureCommand : SigningCmdlet
{
    private readonly List<string> _files = new List<string>();
    private bool _incomplete;

    /// <summary>The files to sign; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "PathKeyId", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "PathKey", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath")]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>The files to sign by their exact path.</summary>
    [Parameter(ParameterSetName = "LiteralPathKeyId", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "LiteralPathKey", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    public string[]? LiteralPath { get; set; }

    /// <summary>A key that Get-PolicySigningKey found.</summary>
    [Parameter(ParameterSetName = "PathKey", Mandatory = true)]
    [Parameter(ParameterSetName = "LiteralPathKey", Mandatory = true)]
    public PolicySigningKey? Key { get; set; }

    /// <summary>The key: a path or a URI.</summary>
    [Parameter(ParameterSetName = "PathKeyId", Mandatory = true)]
    [Parameter(ParameterSetName = "LiteralPathKeyId", Mandatory = true)]
    public string? KeyId { get; set; }

    /// <summary>The signature format.</summary>
    [Parameter]
    [ValidateSet("Minisign", "Signify", "Kms", "Sigstore", "Dsse", "Sentinel", "Dossier", "CodeSentinel")]
    public string Format { get; set; } = "Minisign";

    /// <summary>Where the signature goes, for one file; default: next to the file.</summary>
    [Parameter]
    public string? SignaturePath { get; set; }

    /// <summary>The signed comment of a minisign signature; default: time and file name.</summary>
    [Parameter]
    public string? Comment { get; set; }

    /// <summary>Signs an in-toto statement of this type about each file (Dsse, Sigstore).</summary>
    [Parameter]
    public string? PredicateType { get; set; }

    /// <summary>The statement's predicate: a file with a JSON object.</summary>
    [Parameter]
    public string? Predicate { get; set; }

    /// <summary>Signs the file itself as a payload of this type (Dsse, Sigstore).</summary>
    [Parameter]
    public string? PayloadType { get; set; }

    /// <summary>What of a dossier is signed: v3 (front matter and body), v2 or v1 (the body alone).</summary>
    [Parameter]
    [ValidateSet("v1", "v2", "v3")]
    public string? Scheme { get; set; }

    /// <summary>The signer that a dossier claims.</summary>
    [Parameter]
    public string? SignedBy { get; set; }

    /// <summary>The provider that a CodeSentinel event names.</summary>
    [Parameter]
    [ValidateSet("aws_kms", "aws_kms_sdk", "azure_kv")]
    public string? Provider { get; set; }

    /// <summary>Replaces existing signatures.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the FileInfo of each signature to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathSelection selection = new PathSelection(this, Wanted.File, _files.Add, (path, id, message) =>
        {
            _incomplete = true;
            WriteError(ErrorRecords.Of(id, message, path));
        });
        if (ParameterSetName.StartsWith("LiteralPath", StringComparison.Ordinal))
        {
            selection.TakeLiterally(LiteralPath);
        }
        else
        {
            selection.Take(Path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_incomplete || _files.Count == 0)
        {
            WriteError(ErrorRecords.Of("NothingVerified", "not every file was found, so nothing was signed", target: null));
            return;
        }

        string key = Key?.KeyId ?? KeyUri(KeyId ?? "");
        List<string> agreed = _files.FindAll(file => ShouldProcess(file, $"sign ({Format}) by {key}"));
        if (agreed.Count == 0)
        {
            return;
        }

        JsonNode answer = Ask(request => WithKey(request.Add("verb", "sign"), key, Key?.PublicKeyPath)
            .Add("format", Format.ToLowerInvariant())
            .Add("paths", agreed.ToArray())
            .Add("output", Resolved(SignaturePath))
            .Add("comment", Comment)
            .Add("predicateType", PredicateType)
            .Add("predicate", Resolved(Predicate))
            .Add("payloadType", PayloadType)
            .Add("scheme", Scheme)
            .Add("signedBy", SignedBy)
            .Add("provider", Provider)
            .Add("force", Force.IsPresent));
        if (Succeeded(answer, "signed", key) && PassThru)
        {
            foreach (JsonNode signature in answer.Member("signatures")?.Elements ?? Array.Empty<JsonNode>())
            {
                WriteObject(new FileInfo(signature.Text("signaturePath")));
            }
        }
    }
}

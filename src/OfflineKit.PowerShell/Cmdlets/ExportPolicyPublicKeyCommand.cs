using System.IO;
using System.Management.Automation;
using System.Text;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Writes the public half of a signing key: as text, or to a file with -OutputPath.</summary>
[Cmdlet(VerbsData.Export, "PolicyPublicKey", DefaultParameterSetName = "KeyId", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportPolicyPublicKeyCommand : SigningCmdlet
{
    /// <summary>A key that Get-PolicySigningKey found.</summary>
    [Parameter(ParameterSetName = "Key", Mandatory = true, ValueFromPipeline = true)]
    public PolicySigningKey? Key { get; set; }

    /// <summary>The key at a service or on a token.</summary>
    [Parameter(ParameterSetName = "KeyId", Mandatory = true, Position = 0)]
    public string KeyId { get; set; } = "";

    /// <summary>The key file.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true)]
    public string Path { get; set; } = "";

    /// <summary>The form of the public key.</summary>
    [Parameter]
    [ValidateSet("Pem", "Minisign", "Jwk")]
    public string As { get; set; } = "Pem";

    /// <summary>The file to write; without it the text goes to the pipeline.</summary>
    [Parameter]
    public string? OutputPath { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string key = Key?.KeyId ?? KeyUri(ParameterSetName == "Path" ? Path : KeyId);
        JsonNode answer = Ask(request => WithKey(request.Add("verb", "public-key"), key, Key?.PublicKeyPath).Add("as", As.ToLowerInvariant()));
        if (!Succeeded(answer, "public-key", key))
        {
            return;
        }

        string text = answer.Text("text");
        string? path = Resolved(OutputPath);
        if (path == null)
        {
            WriteObject(text.TrimEnd('\n'));
        }
        else if (ShouldProcess(path, $"write the public key of {key}"))
        {
            OutputFile.Write(this, path, Encoding.ASCII.GetBytes(text), Force ? Existing.Replace : Existing.Keep);
        }
    }
}

using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Writes a trust root to a file.</summary>
[Cmdlet(VerbsData.Export, "PolicyTrustRoot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPolicyTrustRootCommand : TrustRootCmdlet
{
    /// <summary>The root's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Path { get; set; } = "";

    /// <summary>Pem: the key as SubjectPublicKeyInfo. Json: what is known of the root, with its file. Minisign: the file of a root that was kept in this form.</summary>
    [Parameter]
    [ValidateSet("Pem", "Json", "Minisign")]
    public string As { get; set; } = "Pem";

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        JsonNode answer = Ask(request => request.Add("verb", "trust-export").Add("name", Name));
        if (!Succeeded(answer, "exported", Name))
        {
            return;
        }

        byte[]? content = Content(answer);
        if (content == null)
        {
            WriteError(ErrorRecords.Of("UnsupportedAlgorithm", $"trust root {Name} has no {As} form; -As Json writes every root", Name));
            return;
        }

        string path = Resolved(Path)!;
        if (ShouldProcess(path, $"write trust root {Name}"))
        {
            OutputFile.Write(this, path, content, Force ? Existing.Replace : Existing.Keep);
        }
    }

    private byte[]? Content(JsonNode answer)
    {
        byte[] file = Convert.FromBase64String(answer.Text("content"));
        switch (As)
        {
            case "Json":
                JsonNode root = answer.Member("trustRoot") ?? JsonNode.OfTruth(null);
                return new JsonLine().Add("name", root.Text("name")).Add("kind", root.Text("kind")).Add("fingerprint", root.Text("fingerprint"))
                    .Add("origin", root.Text("origin")).Add("retrievedOn", root.Text("retrievedOn")).Add("content", answer.Text("content")).Bytes();
            case "Minisign":
                return Encoding.ASCII.GetString(file).StartsWith("untrusted comment:", StringComparison.Ordinal) ? file : null;
            default:
                return answer.Text("pem").Length > 0 ? Encoding.ASCII.GetBytes(answer.Text("pem")) : null;
        }
    }
}

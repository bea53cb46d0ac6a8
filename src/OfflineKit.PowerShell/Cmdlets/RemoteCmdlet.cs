using System.IO;
using System.Management.Automation;
using System.Security;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that have a signing service sign: who asks, and whose signatures are taken. Nothing is written unless it is what was asked for, by the pinned keys.</summary>
public abstract class RemoteCmdlet : EngineCmdlet
{
    /// <summary>The signing service's address.</summary>
    [Parameter(Mandatory = true)]
    public string Service { get; set; } = "";

    /// <summary>The file with the proof of entitlement.</summary>
    [Parameter(Mandatory = true)]
    public string Poe { get; set; } = "";

    /// <summary>The keys that must have signed, each of them.</summary>
    [Parameter(Mandatory = true)]
    public string[] PublicKey { get; set; } = System.Array.Empty<string>();

    /// <summary>The file with the access token.</summary>
    [Parameter]
    public string? Token { get; set; }

    /// <summary>Where the authority issues access tokens, in the place of -Token.</summary>
    [Parameter]
    public string? TokenUrl { get; set; }

    /// <summary>As whom to ask the authority.</summary>
    [Parameter]
    public string? ClientId { get; set; }

    /// <summary>The client's own key (P-256 or Ed25519): a path or a URI. It proves that the token is its own.</summary>
    [Parameter]
    public string? KeyId { get; set; }

    /// <summary>The passphrase of the key.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>The client's certificate (PEM), in the place of -KeyId.</summary>
    [Parameter]
    public string? ClientCertificate { get; set; }

    /// <summary>The certificate's private key (PEM).</summary>
    [Parameter]
    public string? ClientCertificateKey { get; set; }

    /// <summary>The envelope to write; default: next to what it is about.</summary>
    [Parameter]
    [Alias("Output")]
    public string? OutputPath { get; set; }

    /// <summary>Replaces an earlier envelope.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected sealed override string Program => "offlinekit-sign";

    /// <summary>Has the service sign what <paramref name="job"/> adds to a request, and writes the envelope's FileInfo to the pipeline.</summary>
    private protected void Request(string verb, string target, System.Func<JsonLine, JsonLine> job)
    {
        if (!ShouldProcess(target, $"have it signed by {Service}"))
        {
            return;
        }

        JsonNode answer = Ask(request => job(WithClient(request.Add("verb", verb))).Add("output", Resolved(OutputPath)).Add("force", Force.IsPresent));
        if (Succeeded(answer, "signed", target))
        {
            WriteObject(new FileInfo(answer.Text("signaturePath")));
        }
    }

    private JsonLine WithClient(JsonLine request) => request
        .Add("service", Service)
        .Add("poe", Resolved(Poe))
        .Add("publicKey", System.Array.ConvertAll(PublicKey, path => Resolved(path) ?? ""))
        .Add("token", Resolved(Token))
        .Add("tokenUrl", TokenUrl)
        .Add("clientId", ClientId)
        .Add("key", KeyId == null ? null : SigningCmdlet.KeyUri(this, KeyId))
        .Add("passphrase", SigningCmdlet.Plain(Passphrase))
        .Add("clientCertificate", Resolved(ClientCertificate))
        .Add("clientCertificateKey", Resolved(ClientCertificateKey));
}

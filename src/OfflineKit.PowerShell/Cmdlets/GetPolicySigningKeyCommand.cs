using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Finds a signing key and shows its public half. Nothing is signed; a key of a service is looked up online.</summary>
[Cmdlet(VerbsCommon.Get, "PolicySigningKey", DefaultParameterSetName = "Kms")]
[OutputType(typeof(PolicySigningKey))]
public sealed class GetPolicySigningKeyCommand : SigningCmdlet
{
    /// <summary>The key at a service or on a token: awskms:///alias/NAME, gcpkms://…, azurekms://…, pkcs11:… .</summary>
    [Parameter(ParameterSetName = "Kms", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string KeyId { get; set; } = "";

    /// <summary>The key file (PEM, minisign, signify).</summary>
    [Parameter(ParameterSetName = "File", Mandatory = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string key = KeyUri(ParameterSetName == "File" ? Path : KeyId);
        JsonNode answer = Ask(request => WithKey(request.Add("verb", "key"), key, pinnedBy: null));
        if (Succeeded(answer, "opened", key))
        {
            WriteObject(new PolicySigningKey(answer, Resolved(PublicKey)));
        }
    }
}

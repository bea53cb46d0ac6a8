using System.Management.Automation;
using System.Security;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Makes a minisign key pair (Ed25519).</summary>
[Cmdlet(VerbsCommon.New, "PolicySigningKey", DefaultParameterSetName = "Passphrase", SupportsShouldProcess = true)]
[OutputType(typeof(PolicySigningKey))]
public sealed class NewPolicySigningKeyCommand : EngineCmdlet
{
    /// <summary>Where the secret key goes.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>Where the public key goes; default: -Path with the ending .pub.</summary>
    [Parameter]
    public string? PublicKeyPath { get; set; }

    /// <summary>Encrypts the secret key.</summary>
    [Parameter(ParameterSetName = "Passphrase", Mandatory = true)]
    public SecureString? Passphrase { get; set; }

    /// <summary>Stores the secret key unencrypted: whoever reads the file can sign.</summary>
    [Parameter(ParameterSetName = "NoPassphrase", Mandatory = true)]
    public SwitchParameter NoPassphrase { get; set; }

    /// <summary>Replaces existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string Program => "offlinekit-sign";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string secret = Resolved(Path)!, shown = Resolved(PublicKeyPath) ?? System.IO.Path.ChangeExtension(secret, ".pub");
        if (ShouldProcess(secret, "make a signing key"))
        {
            JsonNode answer = Ask(request => request
                .Add("verb", "keygen")
                .Add("secretKey", secret)
                .Add("publicKey", shown)
                .Add("passphrase", SigningCmdlet.Plain(Passphrase))
                .Add("noPassphrase", NoPassphrase.IsPresent)
                .Add("force", Force.IsPresent));
            if (Succeeded(answer, "made", secret))
            {
                WriteObject(new PolicySigningKey(answer, shown));
            }
        }
    }
}

using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Trusts a public key from now on, in every verification of this user.</summary>
/// <remarks>Without -ExpectedFingerprint the fingerprint is shown and has to be confirmed: a key that came with the files proves nothing.</remarks>
[Cmdlet(VerbsData.Import, "PolicyTrustRoot", DefaultParameterSetName = "Path", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PolicyTrustRoot), typeof(PolicyTrustImport))]
public sealed class ImportPolicyTrustRootCommand : TrustImportCmdlet
{
    /// <summary>The public key file (PEM, DER, minisign, signify); wildcards are allowed and must match one file.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0)]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>The public key file by its exact path.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    public string? LiteralPath { get; set; }

    /// <summary>A signed trust bundle (TUF repository): a folder, a .tar or a .tar.zst, by its exact path.</summary>
    [Parameter(ParameterSetName = BundleSet, Mandatory = true)]
    public string? Bundle { get; set; }

    /// <summary>SHA-256 of the maintainers' root.json in hex, from a second channel.</summary>
    [Parameter(ParameterSetName = BundleSet, Mandatory = true)]
    public string? RootFingerprint { get; set; }

    /// <summary>The new root's name: up to 64 lower-case letters, digits, - and dots. A bundle is called default where nothing is said.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = BundleSet)]
    public string? Name { get; set; }

    /// <summary>SHA-256 of the key's SubjectPublicKeyInfo in hex, from a second channel.</summary>
    [Parameter(ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "LiteralPath")]
    public string? ExpectedFingerprint { get; set; }

    /// <summary>Imports without showing the fingerprint for confirmation.</summary>
    [Parameter(ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "LiteralPath")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == BundleSet)
        {
            ImportBundle(Resolved(Bundle) ?? "", Plain(RootFingerprint ?? ""));
            return;
        }

        int files = 0;
        PathSelection selection = new PathSelection(
            this, Wanted.File, path => Import(path, ++files), (path, id, message) => WriteError(ErrorRecords.Of(id, message, path)));
        if (ParameterSetName == "LiteralPath")
        {
            selection.TakeLiterally(LiteralPath);
        }
        else
        {
            selection.Take(Path);
        }
    }

    private void ImportBundle(string path, string fingerprint)
    {
        if (ShouldProcess($"{path}, whose root is sha256:{fingerprint}", "trust what it brings from now on"))
        {
            Bring(path, Name, fingerprint);
        }
    }

    private void Import(string path, int file)
    {
        if (file > 1)
        {
            WriteError(ErrorRecords.Of("PathNotFound", $"{Path} matches more than one file; one name takes one key", path));
            return;
        }

        JsonNode key = Ask(request => request.Add("verb", "trust-read").Add("path", path));
        if (!Succeeded(key, "read", path))
        {
            return;
        }

        string found = key.Text("fingerprint");
        if (ExpectedFingerprint != null && Plain(ExpectedFingerprint) != found)
        {
            WriteError(ErrorRecords.Of("UntrustedKey", $"{path} holds the key sha256:{found}, expected sha256:{Plain(ExpectedFingerprint)}", path));
            return;
        }

        if (ShouldProcess($"{key.Text("keyKind")} key sha256:{found} as \"{Name}\"", "trust from now on") && (ExpectedFingerprint != null || Force || Confirmed(found)))
        {
            JsonNode answer = Ask(request => request.Add("verb", "trust-add").Add("path", path).Add("name", Name).Add("fingerprint", found));
            if (Succeeded(answer, "added", path))
            {
                WriteObject(new PolicyTrustRoot(answer.Member("trustRoot") ?? JsonNode.OfTruth(null)));
            }
        }
    }

    private bool Confirmed(string fingerprint) => ShouldContinue(
        $"No fingerprint was given. Did the owner of the key tell you sha256:{fingerprint} by another way than the one by which the file came?", "Trust this key?");

    // As people copy it: with a prefix, colons, blanks or capitals.
    private static string Plain(string fingerprint)
    {
        string text = fingerprint.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) ? fingerprint.Substring(7) : fingerprint;
        return text.Replace(":", "").Replace(" ", "").ToLowerInvariant();
    }
}

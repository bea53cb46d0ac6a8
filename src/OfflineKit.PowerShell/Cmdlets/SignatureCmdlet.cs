using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that verify files, on disk or in memory, each against its signature.</summary>
public abstract class SignatureCmdlet : PlainSignatureCmdlet
{
    /// <summary>The signature file, where it does not lie next to the artefact.</summary>
    [Parameter]
    [Asks("signaturePath", Option = "--signature", Names = Names.File)]
    [AnyText]
    public string? SignaturePath { get; set; }

    /// <summary>The signature format; Auto recognises it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [Asks("format", Words = typeof(FormatCompleter))]
    [AnyText]
    public string? Format { get; set; } = "Auto";

    /// <summary>A trusted-keys.txt of dossier tools: whose dossiers count.</summary>
    [Parameter]
    [Asks("trustedKeys", Names = Names.File)]
    [AnyText]
    public string? TrustedKeys { get; set; }

    /// <summary>The type that the signed payload must have.</summary>
    [Parameter]
    [Asks("payloadType")]
    [AnyText]
    public string? PayloadType { get; set; }

    /// <summary>The predicate type that the signed statement must have.</summary>
    [Parameter]
    [Asks("predicateType")]
    [AnyText]
    public string? PredicateType { get; set; }

    /// <summary>The algorithm label of a bare signature of a key service.</summary>
    [Parameter]
    [Asks("algorithm")]
    [AnyText]
    public string? Algorithm { get; set; }

    /// <summary>How an ECDSA signature is written: der or p1363.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SignatureEncodingCompleter))]
    [Asks("signatureEncoding", Words = typeof(SignatureEncodingCompleter))]
    [AnyText]
    public string? SignatureEncoding { get; set; }

    /// <summary>How a bare signature is written into its file: raw, base64 or hex.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SignatureTextCompleter))]
    [Asks("signatureText", Words = typeof(SignatureTextCompleter))]
    [AnyText]
    public string? SignatureText { get; set; }

    /// <summary>The file holds the digest of what was signed, not the artefact.</summary>
    [Parameter]
    [Asks("digestInput")]
    [AnyRestriction]
    public SwitchParameter DigestInput { get; set; }

    /// <summary>The certificate (PEM) that belongs to a bare signature: a claim, never trust.</summary>
    [Parameter]
    [Asks("certificate", Names = Names.File)]
    [AnyText]
    public string? SignerCertificate { get; set; }

    /// <summary>Every signed part of the file must be trusted, not one of them.</summary>
    [Parameter]
    [Asks("all")]
    [AnyRestriction]
    public SwitchParameter EveryPart { get; set; }

    private protected sealed override string What => "artefact";

    private protected sealed override string Verb => "verify";

    private protected sealed override PolicyResult ResultOf(string path, JsonNode answer) => PolicySignatureResult.FromAnswer(path, answer);

    private protected sealed override PolicyResult Failed(string path, string errorId, string message) => PolicySignatureResult.Failed(path, errorId, message);
}

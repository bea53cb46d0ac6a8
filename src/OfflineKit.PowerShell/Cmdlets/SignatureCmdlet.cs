using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the verifying cmdlets share: whom to trust, one engine a pipeline, 64 requests in flight.</summary>
public abstract class SignatureCmdlet : ArtifactCmdlet
{
    private const int InFlight = 64;
    private readonly Dictionary<string, string> _asked = new Dictionary<string, string>(StringComparer.Ordinal);
    private EngineSession? _engine;
    private EngineException? _broken;
    private readonly PipelineProgress _progress;
    private int _lastId;

    /// <summary>Reports progress once a pipeline takes long.</summary>
    protected SignatureCmdlet() => _progress = new PipelineProgress(this, "Verifying signatures");

    /// <summary>The signature file, where it does not lie next to the artefact.</summary>
    [Parameter]
    public string? SignaturePath { get; set; }

    /// <summary>The signature format; Auto recognises it.</summary>
    [Parameter]
    [ValidateSet("Auto", "Kms", "Minisign", "Dsse", "Cosign", "Sigstore", "Signify", "Ssh", "Dossier", "Sentinel", "CodeSentinel")]
    public string Format { get; set; } = "Auto";

    /// <summary>A public key file to trust.</summary>
    [Parameter]
    public string? PublicKey { get; set; }

    /// <summary>Names of trust roots to trust; Get-PolicyTrustRoot lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[]? TrustRoot { get; set; }

    /// <summary>Only keys with these names, ids or fingerprints.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[]? KeyId { get; set; }

    /// <summary>The algorithm label of a bare KMS signature.</summary>
    [Parameter]
    public string? Algorithm { get; set; }

    /// <summary>The identity that the certificate must name.</summary>
    [Parameter]
    public string? CertificateIdentity { get; set; }

    /// <summary>The OIDC issuer that the certificate must record.</summary>
    [Parameter]
    public string? CertificateOidcIssuer { get; set; }

    /// <summary>The time to judge validity windows by, where nothing verified says one.</summary>
    [Parameter]
    public DateTime At { get; set; }

    /// <summary>Handles the result of one artefact, on the pipeline thread.</summary>
    private protected abstract void Examined(PolicySignatureResult result);

    /// <summary>Handles an engine that failed: nothing more can be verified.</summary>
    private protected abstract void EngineFailed(EngineException fault);

    /// <summary>Asks the engine about one artefact and hands over whatever answers are there.</summary>
    private protected sealed override void Artifact(string path, byte[]? content)
    {
        Guarded(() =>
        {
            EngineSession engine = _engine ?? (_engine = EngineSource.Open("offlinekit", inheritEnvironment: false));
            string id = (++_lastId).ToString(CultureInfo.InvariantCulture);
            _asked.Add(id, path);
            engine.Send(id, Request(id, path, content));
            while (engine.Outstanding >= InFlight)
            {
                Answer(engine.Receive());
            }

            JsonNode? ready;
            while ((ready = engine.TryReceive()) != null)
            {
                Answer(ready);
            }
        });
    }

    /// <summary>Waits for the last answers; true when every artefact was answered and the engine ended well.</summary>
    private protected bool Drain()
    {
        Guarded(() =>
        {
            while (_engine != null && _engine.Outstanding > 0)
            {
                Answer(_engine.Receive());
            }

            _engine?.Finish();
        });
        _progress.End();
        return _broken == null;
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _engine?.Dispose();

    private protected sealed override void Close() => _engine?.Dispose();

    private void Answer(JsonNode answer)
    {
        string path = _asked[answer.Text("id")];
        _asked.Remove(answer.Text("id"));
        _progress.Step(path);
        Examined(PolicySignatureResult.FromAnswer(path, answer));
    }

    private void Guarded(Action talk)
    {
        if (_broken != null)
        {
            return;
        }

        try
        {
            talk();
        }
        catch (EngineException fault)
        {
            _broken = fault;
            _engine?.Dispose();
            EngineFailed(fault);
        }
    }

    private JsonLine Request(string id, string path, byte[]? content) => new JsonLine()
        .Add("id", id)
        .Add("verb", "verify")
        .Add("path", path)
        .Add("content", content == null ? null : Convert.ToBase64String(content))
        .Add("signaturePath", SignaturePath == null ? null : Resolved(SignaturePath))
        .Add("format", FormatName(Format))
        .Add("publicKey", PublicKey == null ? null : Resolved(PublicKey))
        .Add("trustRoots", TrustRoot)
        .Add("keyIds", KeyId)
        .Add("algorithm", Algorithm)
        .Add("certificateIdentity", CertificateIdentity)
        .Add("certificateOidcIssuer", CertificateOidcIssuer)
        .Add("at", At == default(DateTime) ? null : UtcTime.Write(At));

    // The engine's names; what cosign writes is a Sigstore bundle.
    private static string? FormatName(string format)
    {
        switch (format.ToLowerInvariant())
        {
            case "auto": return null;
            case "kms": return "kms-detached";
            case "cosign": return "sigstore";
            default: return format.ToLowerInvariant();
        }
    }
}

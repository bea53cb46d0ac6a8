using System;
using System.Collections.Generic;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the verifying cmdlets share: whom to trust, and 64 requests in flight.</summary>
public abstract class VerifyingCmdlet : PathCmdlet
{
    private const int InFlight = 64;
    private readonly Dictionary<string, string> _asked = new Dictionary<string, string>(StringComparer.Ordinal);
    private readonly PipelineProgress _progress;
    private Action<JsonLine>? _options;
    private EngineException? _broken;
    private string? _current;

    /// <summary>Reports progress once a pipeline takes long.</summary>
    protected VerifyingCmdlet() => _progress = new PipelineProgress(this, "Verifying signatures");

    /// <summary>A public key file to trust.</summary>
    [Parameter]
    public string? PublicKey { get; set; }

    /// <summary>Names of trust roots to trust; Get-PolicyTrustRoot lists them.</summary>
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
    public DateTime? At { get; set; }

    /// <summary>The verb of the engine.</summary>
    private protected abstract string Verb { get; }

    /// <summary>Adds what the cmdlet's own parameters say; paths go through <paramref name="file"/>.</summary>
    private protected abstract void AddOptions(JsonLine request, Func<string?, string?> file);

    /// <summary>Handles the answer about one file, on the pipeline thread.</summary>
    private protected abstract void Answered(string path, JsonNode answer);

    /// <summary>Handles an engine that failed: nothing more can be verified.</summary>
    private protected abstract void EngineFailed(EngineException fault);

    /// <summary>Handles a file about which the engine that failed has not answered.</summary>
    private protected virtual void Unanswered(string path, EngineException fault)
    {
    }

    /// <inheritdoc/>
    private protected override void Found(string path) => Verify(path, content: null);

    /// <summary>Asks the engine about one file and hands over whatever answers are there.</summary>
    private protected void Verify(string path, byte[]? content)
    {
        if (Options(path) is not { } options)
        {
            return;
        }

        if (_broken != null)
        {
            Unanswered(path, _broken);
            return;
        }

        _current = path;
        Guarded(() =>
        {
            string id = Send(request =>
            {
                options(request.Add("verb", Verb).Add("path", path).Add("content", content == null ? null : Convert.ToBase64String(content)));
                return request;
            });
            _asked.Add(id, path);
            _current = null;
            while (Engine.Outstanding >= InFlight)
            {
                HandOver(Engine.Receive());
            }

            JsonNode? ready;
            while ((ready = Engine.TryReceive()) != null)
            {
                HandOver(ready);
            }
        });
    }

    /// <summary>Waits for the last answers; true when every file was answered and the engine ended well.</summary>
    private protected bool Drain()
    {
        _current = null;
        Guarded(() =>
        {
            while (_asked.Count > 0)
            {
                HandOver(Engine.Receive());
            }

            if (_options != null)
            {
                Engine.Finish();
            }
        });
        _progress.End();
        return _broken == null;
    }

    // What all requests of a pipeline have in common. A parameter that cannot be used refuses every file: it is never left out.
    private Action<JsonLine>? Options(string path)
    {
        if (_options != null)
        {
            return _options;
        }

        if (Vanished("Path", "LiteralPath", "Content") is string name)
        {
            Unusable(path, "InvalidUsage", name + EmptyParameter);
            return null;
        }

        Dictionary<string, string> files = new Dictionary<string, string>(StringComparer.Ordinal);
        bool usable = true;
        string? File(string? given)
        {
            if (given != null && !files.ContainsKey(given))
            {
                new PathSelection(this, Wanted.Anything, found => files.Add(given, found), (_, id, message) => { usable = false; Unusable(path, id, message); }).Literals(new[] { given });
            }

            return given != null && files.TryGetValue(given, out string? full) ? full : null;
        }

        void Add(JsonLine request)
        {
            request.Add("publicKey", File(PublicKey)).Add("trustRoots", TrustRoot).Add("certificateIdentity", CertificateIdentity)
                .Add("certificateOidcIssuer", CertificateOidcIssuer).Add("at", At == null ? null : UtcTime.Write(At.Value));
            AddOptions(request, File);
        }

        Add(new JsonLine());
        return usable ? _options = Add : null;
    }

    private void HandOver(JsonNode answer)
    {
        string path = _asked[answer.Text("id")];
        _asked.Remove(answer.Text("id"));
        _progress.Step(path);
        Answered(path, answer);
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
            Dispose();
            EngineFailed(fault);
            foreach (string path in _asked.Values)
            {
                Unanswered(path, fault);
            }

            if (_current != null)
            {
                Unanswered(_current, fault);
            }
        }
    }
}

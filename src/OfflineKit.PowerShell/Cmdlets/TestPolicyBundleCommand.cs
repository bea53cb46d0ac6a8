using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Answers with one Boolean: are these exports (folders or archives with a signed list) complete, unchanged and signed by somebody trusted?</summary>
[Cmdlet(VerbsDiagnostic.Test, "PolicyBundle", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool), typeof(PolicyBundleResult))]
public sealed class TestPolicyBundleCommand : VerifyingCmdlet, IAnswersOnce
{
    private readonly OneAnswer _answer;

    /// <summary>Nothing is examined yet.</summary>
    public TestPolicyBundleCommand() => _answer = new OneAnswer(this, this);

    /// <summary>How the export is arranged; without it its mark decides.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>The offline-manifest.json that belongs to an update kit.</summary>
    [Parameter]
    public string? Manifest { get; set; }

    /// <summary>Accepts files that the signed list does not name; nobody signed them.</summary>
    [Parameter]
    public SwitchParameter AllowUnlisted { get; set; }

    /// <summary>One result object an export instead of the Boolean. Never use that in an <c>if</c>: test <c>.IsValid</c>.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The Boolean only, no error records.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override Wanted Wanted => Wanted.FileOrFolder;

    private protected override string Verb => "verify-export";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Drain();
        _answer.Write("export");
    }

    private protected override void AddOptions(JsonLine request, Func<string?, string?> file) => request
        .Add("layout", Layout)
        .Add("offlineManifest", file(Manifest))
        .Add("allowUnlisted", AllowUnlisted.IsPresent);

    private protected override void Answered(string path, JsonNode answer)
    {
        PolicyBundleResult result = new PolicyBundleResult(path, answer);
        _answer.Examined(result, result.IsValid, result.Reason, $"{path}: {result.Detail}");
    }

    private protected override void Unusable(string path, string errorId, string message) => _answer.Refuse(errorId, message, path);

    private protected override void EngineFailed(EngineException fault) => _answer.Refuse(fault.ErrorId, fault.Message, target: null);
}

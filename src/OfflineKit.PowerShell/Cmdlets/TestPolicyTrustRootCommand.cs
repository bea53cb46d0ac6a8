using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Answers with one Boolean: are these trust roots what they were when they were pinned, and in use at the given time?</summary>
[Cmdlet(VerbsDiagnostic.Test, "PolicyTrustRoot")]
[OutputType(typeof(bool), typeof(PolicyTrustRootResult))]
public sealed class TestPolicyTrustRootCommand : TrustRootCmdlet
{
    private int _tested, _refused;

    /// <summary>The roots' names; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string?[]? Name { get; set; }

    /// <summary>The time at which they must be valid; default: now.</summary>
    [Parameter]
    public DateTime At { get; set; }

    /// <summary>One result object a root instead of the Boolean. Never use that in an <c>if</c>: test <c>.IsValid</c>.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The Boolean only, no error records.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? Array.Empty<string?>())
        {
            if (string.IsNullOrEmpty(name))
            {
                Refuse("PathNullOrEmpty", "the name is null or empty", target: null);
            }
            else
            {
                Guarded(() => Test(name!));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_tested == 0 && _refused == 0)
        {
            Refuse("NothingVerified", "no trust root was tested", target: null);
        }

        if (!Detailed)
        {
            WriteObject(_tested > 0 && _refused == 0);
        }
    }

    private void Test(string name)
    {
        int matching = 0;
        JsonNode list = Answer(request => request.Add("verb", "trust-list"));
        foreach (JsonNode root in list.Member("trustRoots")?.Elements ?? Array.Empty<JsonNode>())
        {
            if (WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(root.Text("name")))
            {
                matching++;
                Show(Answer(request => request.Add("verb", "trust-test").Add("name", root.Text("name")).Add("at", At == default(DateTime) ? null : UtcTime.Write(At))));
            }
        }

        if (matching == 0)
        {
            Refuse("PathNotFound", $"there is no trust root called {name}", name);
        }
    }

    private void Show(JsonNode answer)
    {
        PolicyTrustRootResult result = new PolicyTrustRootResult(answer);
        _tested++;
        _refused += result.IsValid ? 0 : 1;
        if (Detailed)
        {
            WriteObject(result);
        }
        else if (!result.IsValid && !Quiet)
        {
            WriteError(ErrorRecords.Of(result.Reason, result.Detail, result));
        }
    }

    private void Guarded(Action talk)
    {
        try
        {
            talk();
        }
        catch (EngineException fault)
        {
            Refuse(fault.ErrorId, fault.Message, target: null);
        }
    }

    private void Refuse(string errorId, string message, object? target)
    {
        _refused++;
        if (!Quiet)
        {
            WriteError(ErrorRecords.Of(errorId, message, target));
        }
    }
}

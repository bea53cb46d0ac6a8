using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Answers with one Boolean: are these trust roots what they were when they were pinned, and in use at the given time?</summary>
[Cmdlet(VerbsDiagnostic.Test, "PolicyTrustRoot")]
[OutputType(typeof(bool), typeof(PolicyTrustRootResult))]
public sealed class TestPolicyTrustRootCommand : TrustRootCmdlet, IAnswersOnce
{
    private readonly OneAnswer _answer;

    /// <summary>Nothing is examined yet.</summary>
    public TestPolicyTrustRootCommand() => _answer = new OneAnswer(this, this);

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
    public DateTime? At { get; set; }

    /// <summary>One result object a root instead of the Boolean. Never use that in an <c>if</c>: test <c>.IsValid</c>.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The Boolean only, no error records.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A guard must not be skipped by an error: what is empty is refused below.
        if (Computed("Name") is string name)
        {
            _answer.Refuse("InvalidUsage", name + SkippedObjects, name);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Vanished("Name") is string parameter)
        {
            _answer.Refuse("InvalidUsage", parameter + EmptyParameter, parameter);
            return;
        }

        foreach (string? name in Name ?? new string?[] { null })
        {
            if (string.IsNullOrEmpty(name))
            {
                _answer.Refuse("PathNullOrEmpty", "the name is null or empty", target: null);
            }
            else
            {
                Guarded(() => Test(name!));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _answer.Write("trust root");

    private void Test(string name)
    {
        int matching = 0;
        JsonNode list = Answer(request => request.Add("verb", "trust-list"));
        foreach (JsonNode root in list.Member("trustRoots")?.Elements ?? Array.Empty<JsonNode>())
        {
            if (WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(root.Text("name")))
            {
                matching++;
                Show(Answer(request => request.Add("verb", "trust-test").Add("name", root.Text("name")).Add("at", At == null ? null : UtcTime.Write(At.Value))));
            }
        }

        if (matching == 0)
        {
            _answer.Refuse("PathNotFound", $"there is no trust root called {name}", name);
        }
    }

    private void Show(JsonNode answer)
    {
        PolicyTrustRootResult result = new PolicyTrustRootResult(answer);
        _answer.Examined(result, result.IsValid, result.Reason, result.Detail);
    }

    private void Guarded(Action talk)
    {
        try
        {
            talk();
        }
        catch (EngineException fault)
        {
            _answer.Refuse(fault.ErrorId, fault.Message, target: null);
        }
    }
}

using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Answers with one Boolean: are these trust roots what they were when they were pinned, and in use at the given time?</summary>
[Cmdlet(VerbsDiagnostic.Test, "PolicyTrustRoot")]
[OutputType(typeof(bool))]
public sealed class TestPolicyTrustRootCommand : GuardCmdlet
{
    private readonly OneBoolean _answer;
    private string? _at;

    /// <summary>Nothing is examined yet.</summary>
    public TestPolicyTrustRootCommand() => _answer = new OneBoolean(this);

    /// <summary>The roots' names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    [AnyTexts]
    public string?[]? Name { get; set; }

    /// <summary>Trust roots as objects, or their names.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The time at which they must be valid: ISO 8601, or a DateTime; default: now.</summary>
    [Parameter]
    [AnyText]
    public string? At { get; set; }

    /// <summary>The Boolean only: no error is shown.</summary>
    [Parameter]
    [AnyRestriction]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void BeginGuard()
    {
        _answer.IsQuiet = Quiet;
        GivenValues given = new GivenValues(this);
        _at = given.Time("-At", At);
        if (Misuse() is string misuse)
        {
            _answer.Refuse("InvalidUsage", misuse);
        }
        else if (given.Fault is (string id, string message))
        {
            _answer.Refuse(id, message);
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(Name)))
        {
            Test(Name ?? new string?[] { null });
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessGuard()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            Test(AnyText.AllOf(InputObject));
        }
    }

    /// <inheritdoc/>
    private protected override void EndGuard() => _answer.End("trust root");

    private protected override bool IsSubject(string name) => name == nameof(Name) || name == nameof(InputObject);

    private void Test(string?[] names)
    {
        if (names.Length == 0)
        {
            _answer.Refuse("PathNullOrEmpty", "no name was given");
        }

        foreach (string? name in names)
        {
            if (string.IsNullOrEmpty(name) || ReferenceEquals(name, AnyText.None))
            {
                _answer.Refuse("PathNullOrEmpty", "the name is null, empty or no text");
            }
            else
            {
                Guarded(() => Test(name!));
            }
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
                Conclude(Answer(request => request.Add("verb", "trust-test").Add("name", root.Text("name")).Add("at", _at)));
            }
        }

        if (matching == 0)
        {
            _answer.Refuse("PathNotFound", $"there is no trust root called {name}");
        }
    }

    private void Conclude(JsonNode answer)
    {
        PolicyTrustRootResult result = new PolicyTrustRootResult(answer);
        if (result.IsValid)
        {
            _answer.Accept();
        }
        else
        {
            _answer.Refuse(ErrorRecords.Of(result.Reason, result.Detail, result));
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
            _answer.Refuse(fault.ErrorId, fault.Message);
        }
        catch (WildcardPatternException fault)
        {
            _answer.Refuse("PathNotFound", fault.Message);
        }
    }
}

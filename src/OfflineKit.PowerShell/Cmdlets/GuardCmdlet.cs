using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>A cmdlet that scripts use as a guard. It answers whatever is asked: nothing that a script hands over fails to bind.</summary>
/// <remarks>
/// Each guard has one parameter set without mandatory parameters; each parameter takes anything (<see cref="AnythingAttribute"/>); words that are no parameter end
/// in <see cref="Unrecognized"/>, and names that are cut too short in <see cref="Ambiguous"/>. A test walks all of them. PowerShell
/// itself refuses two things that no cmdlet can take: a parameter that is named twice, and one that is named last and without its value.
/// </remarks>
public abstract class GuardCmdlet : EngineCmdlet
{
    private const string Input = "InputObject";

    private Exception? _fromBehind;
    private bool _isDone, _isRefusing, _hasRefused;

    /// <summary>Whatever else was written behind the cmdlet: misspelt parameters, spare words.</summary>
    [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
    public PSObject?[]? Unrecognized { get; set; }

    /// <summary>A parameter whose name was cut so short that it may be several: PowerShell would end the statement at "-Cert", so that is a name of its own here.</summary>
    [Parameter(DontShow = true)]
    [Alias(
        "a", "al", "all", "allo", "allow", "allowm", "allowmi",
        "c", "ce", "cer", "cert", "certi", "certif", "certifi", "certific", "certifica", "certificat", "certificate", "certificatei", "certificateid",
        "certificateide", "certificateiden", "certificateident", "certificateidenti", "certificateidentit", "certificateo", "certificateoi", "certificateoid",
        "certificateoidc", "certificateoidci", "certificateoidcis", "certificateoidciss", "certificateoidcissu", "certificateoidcissue",
        "d",
        "e", "er", "err", "erro", "error",
        "f", "fo", "for", "forc", "force",
        "i", "in", "inf", "info", "infor", "inform", "informa", "informat", "informati", "informatio", "information",
        "l", "li",
        "m", "ma",
        "n",
        "o", "of", "off", "offl", "offli", "offlin", "offline", "offlinem", "offlinema", "offlineman", "offlinemani", "offlinemanif", "offlinemanife",
        "offlinemanifes", "ou", "out",
        "p", "pa", "pr",
        "q", "qu",
        "r", "re",
        "s", "si", "sig", "sign", "signa", "signat", "signatu", "signatur", "signature",
        "t", "tr", "tru", "trus", "trust", "truste", "trusted",
        "w", "war", "warn", "warni", "warnin", "warning")]
    public PSObject? Ambiguous { get; set; }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Whole(BeginGuard);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Whole(ProcessGuard);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Whole(EndGuard);
        _isDone = true;
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        _isDone = true;
        base.StopProcessing();
    }

    /// <inheritdoc/>
    private protected sealed override void Left()
    {
        // What stands behind may lose the refusal later than it took it: when it ends itself, or when the objects that PowerShell kept back for it come.
        if (!_isDone || (_hasRefused && PipelineFacts.HasFailed(this)))
        {
            UnansweredGuard.EndScript(this);
        }
    }

    /// <summary>Before the first object of the pipeline.</summary>
    private protected virtual void BeginGuard()
    {
    }

    /// <summary>For each object of the pipeline.</summary>
    private protected virtual void ProcessGuard()
    {
    }

    /// <summary>After the last object of the pipeline.</summary>
    private protected virtual void EndGuard()
    {
    }

    /// <summary>What the script got wrong about the parameters, in words; null when nothing is. A restriction that was misspelt or came out empty must not count as none.</summary>
    private protected virtual string? Misuse()
    {
        if (Unrecognized is { Length: > 0 })
        {
            string cmdlet = MyInvocation.MyCommand.Name;
            return $"{cmdlet} has no use for {Words(Unrecognized)}; Get-Help {cmdlet} shows its parameters";
        }

        // PowerShell would examine neither what is named nor what comes: an empty pipeline has no object, and each other one finds the parameter taken.
        if (MyInvocation.ExpectingInput && MyInvocation.BoundParameters.ContainsKey(Input))
        {
            return $"-{Input} was given by its name at the end of a pipeline; name it, or hand it over, not both";
        }

        foreach (KeyValuePair<string, object> bound in MyInvocation.BoundParameters)
        {
            // Nothing at all where a file is asked for is told by what is asked: each path has its answer.
            if (!IsSubject(bound.Key) && Fault(bound.Key, bound.Value) is string fault)
            {
                return fault;
            }
        }

        return LostDefaults.Of(this) is string lost ? OfDefaults(lost) : null;
    }

    /// <summary>The parameter called <paramref name="name"/> says what is examined.</summary>
    private protected abstract bool IsSubject(string name);

    /// <summary>Passes <paramref name="item"/> on, a list as one object.</summary>
    /// <remarks>What is thrown here belongs to whatever stands behind in the pipeline, and passes this cmdlet as it is.</remarks>
    internal void Pass(object item)
    {
        try
        {
            WriteObject(item, enumerateCollection: false);
        }
        catch (Exception fault) when (IsFromBehind(fault))
        {
            throw;
        }
    }

    /// <summary>Passes on <paramref name="item"/>, which says that something was refused. If it gets lost behind this cmdlet the script ends: a variable would keep an older answer.</summary>
    internal void PassRefusal(object item)
    {
        _hasRefused = _isRefusing = true;
        Pass(item);
        _isRefusing = false;
    }

    // A filter sees the exception and catches nothing.
    private bool IsFromBehind(Exception fault)
    {
        _fromBehind = fault;
        return false;
    }

    // Any other exception, one of PowerShell's own too, would end the statement alone, and the script would go on behind its guard.
    private bool EndsAsMeant(Exception fault)
    {
        bool isFromBehind = ReferenceEquals(fault, _fromBehind), endsScript = fault is ActionPreferenceStopException;
        _isDone |= endsScript || !(_isRefusing && isFromBehind && (fault is PipelineStoppedException ? PipelineFacts.HasFailed(this) : fault is RuntimeException));
        return endsScript || isFromBehind || fault is PipelineStoppedException;
    }

    private void Whole(Action step)
    {
        try
        {
            step();
        }
        catch (Exception bug) when (!EndsAsMeant(bug))
        {
            throw PolicyRefusedException.Of(this, new ErrorRecord(bug, "InternalError", ErrorCategory.NotSpecified, null));
        }
    }

    // Of some lost values PowerShell warned already, and where warnings come out with the answer, a list of both would be true.
    private string OfDefaults(string lost)
    {
        string misuse = $"$PSDefaultParameterValues holds {lost}, which has no effect here: PowerShell knows no such parameter, or several values for it";
        return PipelineFacts.MergesWarnings(this) ? throw PolicyRefusedException.Of(this, ErrorRecords.Of("InvalidUsage", misuse, lost)) : misuse;
    }

    private static string? Fault(string name, object? value)
    {
        if (name == nameof(Ambiguous))
        {
            return "a parameter's name was cut so short that it may be several; write it in full";
        }

        return HoldsNoText(value) ? $"-{name} takes text; what it was given is something else, or several things" : IsEmpty(value) ? "-" + name + EmptyParameter : null;
    }

    private static bool HoldsNoText(object? value) =>
        ReferenceEquals(value, AnyText.None) || (value is string?[] texts && Array.Exists(texts, text => ReferenceEquals(text, AnyText.None)));

    private static string Words(PSObject?[] given) => string.Join(" ", Array.ConvertAll(given, one => AnyText.Of(one) ?? "$null"));
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

// A stand-in for System.Management.Automation: just enough to run the real cmdlet classes and to see what they write.
namespace System.Management.Automation;

[AttributeUsage(AttributeTargets.Class)]
public sealed class CmdletAttribute(string verb, string noun) : Attribute
{
    public string Verb { get; } = verb;

    public string Noun { get; } = noun;

    public string? DefaultParameterSetName { get; set; }

    public bool SupportsShouldProcess { get; set; }

    public bool SupportsPaging { get; set; }

    public ConfirmImpact ConfirmImpact { get; set; } = ConfirmImpact.Medium;
}

[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutputTypeAttribute(params Type[] types) : Attribute
{
    public Type[] Types { get; } = types;
}

[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class ParameterAttribute : Attribute
{
    public string? ParameterSetName { get; set; }

    public bool Mandatory { get; set; }

    public int Position { get; set; } = int.MinValue;

    public bool ValueFromPipeline { get; set; }

    public bool ValueFromPipelineByPropertyName { get; set; }

    public bool ValueFromRemainingArguments { get; set; }

    public bool DontShow { get; set; }

    public string? HelpMessage { get; set; }
}

[AttributeUsage(AttributeTargets.Property)]
public sealed class AliasAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}

[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateSetAttribute(params string[] values) : Attribute
{
    public string[] Values { get; } = values;
}

[AttributeUsage(AttributeTargets.Property)]
public sealed class AllowNullAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class AllowEmptyStringAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class AllowEmptyCollectionAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class SupportsWildcardsAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class ArgumentCompleterAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

public enum ConfirmImpact
{
    None,
    Low,
    Medium,
    High,
}

public static class VerbsDiagnostic
{
    public const string Test = "Test";
}

public static class VerbsLifecycle
{
    public const string Assert = "Assert", Disable = "Disable", Enable = "Enable", Request = "Request";
}

public static class VerbsCommon
{
    public const string Get = "Get", New = "New", Remove = "Remove";
}

public static class VerbsData
{
    public const string Export = "Export", Import = "Import", Update = "Update";
}

public readonly struct SwitchParameter(bool isPresent)
{
    public bool IsPresent { get; } = isPresent;

    public static implicit operator bool(SwitchParameter parameter) => parameter.IsPresent;

    public static implicit operator SwitchParameter(bool present) => new(present);
}

public enum ErrorCategory
{
    NotSpecified,
    InvalidArgument,
    InvalidData,
    InvalidOperation,
    ObjectNotFound,
    PermissionDenied,
    AuthenticationError,
    ConnectionError,
    ResourceExists,
    ResourceUnavailable,
    SecurityError,
    WriteError,
}

public sealed class ErrorRecord(Exception exception, string errorId, ErrorCategory category, object? target)
{
    public Exception Exception { get; } = exception;

    public string FullyQualifiedErrorId { get; } = errorId;

    public ErrorCategoryInfo CategoryInfo { get; } = new(category);

    public ErrorCategory Category => CategoryInfo.Category;

    public object? TargetObject { get; } = target;
}

public sealed class ErrorCategoryInfo(ErrorCategory category)
{
    public ErrorCategory Category { get; } = category;
}

public class RuntimeException : Exception
{
    public RuntimeException(string message) : base(message)
    {
    }

    public RuntimeException(string message, Exception inner) : base(message, inner)
    {
    }

    public virtual ErrorRecord ErrorRecord => throw new InvalidOperationException("no record");
}

public class ActionPreferenceStopException(string message, Exception inner) : RuntimeException(message, inner);

public class PipelineStoppedException() : RuntimeException("the pipeline has been stopped");

/// <summary>What ThrowTerminatingError becomes: the end of the pipeline.</summary>
public sealed class PipelineEnded(ErrorRecord record) : Exception(record.Exception.Message)
{
    public ErrorRecord Record { get; } = record;
}

public sealed class ProgressRecord(int activityId, string activity, string statusDescription)
{
    public int ActivityId { get; } = activityId;

    public string Activity { get; } = activity;

    public string StatusDescription { get; } = statusDescription;

    public int PercentComplete { get; set; }

    public string CurrentOperation { get; set; } = "";

    public ProgressRecordType RecordType { get; set; }
}

public enum ProgressRecordType
{
    Processing,
    Completed,
}

public class ItemNotFoundException(string message) : RuntimeException(message);

public class DriveNotFoundException(string message) : RuntimeException(message);

public class ProviderNotFoundException(string message) : RuntimeException(message);

public class PSArgumentException(string message) : RuntimeException(message);

public class PSInvalidOperationException(string message) : InvalidOperationException(message);

public class WildcardPatternException(string message) : RuntimeException(message);

public sealed class ProviderInfo
{
    public string Name { get; init; } = "FileSystem";
}

public sealed class PSDriveInfo;

public sealed class PathIntrinsics
{
    public PathInfo CurrentFileSystemLocation { get; } = new(Environment.CurrentDirectory);

    public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo drive)
    {
        provider = new ProviderInfo { Name = path.StartsWith("env:", StringComparison.OrdinalIgnoreCase) ? "Environment" : "FileSystem" };
        drive = new PSDriveInfo();
        return Path.GetFullPath(path);
    }
}

public sealed class SessionState
{
    public PathIntrinsics Path { get; } = new();

    public ProviderIntrinsics InvokeProvider { get; } = new();

    public PSVariableIntrinsics PSVariable { get; } = new();
}

[Flags]
public enum WildcardOptions
{
    None = 0,
    IgnoreCase = 2,
}

public sealed class WildcardPattern
{
    private readonly string _pattern;

    private WildcardPattern(string pattern) => _pattern = pattern;

    public static WildcardPattern Get(string pattern, WildcardOptions options) => new(pattern);

    public static string Escape(string text) => Regex.Replace(text, "[*?\\[\\]]", "`$0", RegexOptions.None, TimeSpan.FromSeconds(1));

    public static string Unescape(string text) => Regex.Replace(text, "`(.)", "$1", RegexOptions.None, TimeSpan.FromSeconds(1));

    public static bool ContainsWildcardCharacters(string pattern) => pattern.AsSpan().IndexOfAny("*?[]") >= 0;

    public bool IsMatch(string text) => Regex.IsMatch(
        text, "^" + Regex.Escape(_pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal).Replace("\\[", "[", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
}

public abstract class Cmdlet
{
    public List<object?> Written { get; } = [];

    public List<ErrorRecord> Errors { get; } = [];

    public List<ProgressRecord> Progress { get; } = [];

    public List<string> Asked { get; } = [];

    /// <summary>What the engine keeps for the cmdlet.</summary>
    public object? CommandRuntime { get; init; }

    /// <summary>What -WhatIf and -Confirm answer.</summary>
    public bool Agrees { get; set; } = true;

    /// <summary>What a host does that is asked; it may refuse to ask.</summary>
    public Action<string> Prompting { get; set; } = _ => { };

    protected virtual void BeginProcessing()
    {
    }

    protected virtual void ProcessRecord()
    {
    }

    protected virtual void EndProcessing()
    {
    }

    protected virtual void StopProcessing()
    {
    }

    public void WriteObject(object? value) => Written.Add(value);

    public void WriteObject(object? value, bool enumerateCollection)
    {
        if (enumerateCollection && value is IEnumerable many)
        {
            foreach (object? one in many)
            {
                Written.Add(one);
            }
        }
        else
        {
            Written.Add(value);
        }
    }

    /// <summary>Errors that nobody is shown.</summary>
    public List<ErrorRecord> Silent { get; } = [];

    public virtual void WriteError(ErrorRecord record) => Errors.Add(record);

    public void WriteWarning(string text)
    {
    }

    public void WriteVerbose(string text)
    {
    }

    public void WriteProgress(ProgressRecord record) => Progress.Add(record);

    public bool ShouldProcess(string target) => ShouldProcess(target, "");

    public bool ShouldProcess(string target, string action)
    {
        Asked.Add(target);
        Prompting(target);
        return Agrees;
    }

    public bool ShouldContinue(string query, string caption)
    {
        Asked.Add(query);
        return Agrees;
    }

    public void ThrowTerminatingError(ErrorRecord record) => throw new PipelineEnded(record);

    public void Begin() => BeginProcessing();

    public void Process() => ProcessRecord();

    public void End() => EndProcessing();

    public void Stop() => StopProcessing();
}

public sealed class EngineIntrinsics
{
    public SessionState SessionState { get; } = new();
}

public abstract class ArgumentTransformationAttribute : Attribute
{
    public abstract object Transform(EngineIntrinsics engineIntrinsics, object inputData);
}

public abstract class PSCmdlet : Cmdlet
{
    public InvocationInfo MyInvocation => _invocation ??= new InvocationInfo(GetType().Name);

    public string ParameterSetName { get; set; } = "Path";

    public SessionState SessionState { get; } = new();

    public PSEventManager Events { get; } = new();

    public CommandInvocationIntrinsics InvokeCommand { get; } = new();

    private InvocationInfo? _invocation;

    public override void WriteError(ErrorRecord record) => (SessionState.PSVariable.Get("ErrorActionPreference")!.Value is ActionPreference.SilentlyContinue ? Silent : Errors).Add(record);
}

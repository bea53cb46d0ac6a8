using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;

// The stand-in's objects, variables and items.
namespace System.Management.Automation;

public class PSPropertyInfo(object? value)
{
    public object? Value { get; } = value;

    public bool IsInstance => false;
}

public sealed class PSScriptProperty(object? value) : PSPropertyInfo(value);

public sealed class PSProperties(object owner)
{
    public PSPropertyInfo? this[string name] => owner.GetType().GetProperty(name) is { } property ? new PSPropertyInfo(property.GetValue(owner)) : null;
}

public sealed class PSObject(object baseObject)
{
    public object BaseObject { get; } = baseObject;

    public PSProperties Properties => new(BaseObject);

    public Collection<string> TypeNames => [BaseObject.GetType().FullName!];

    public static PSObject AsPSObject(object value) => value as PSObject ?? new PSObject(value);

    public override string? ToString() => BaseObject.ToString();
}

public sealed class PathInfo(string path)
{
    public string Path { get; } = path;

    public string ProviderPath { get; } = path;
}

public enum ActionPreference
{
    SilentlyContinue,
    Stop,
    Continue,
    Inquire,
    Ignore,
}

[Flags]
public enum ScopedItemOptions
{
    None = 0,
    ReadOnly = 1,
    Constant = 2,
}

public sealed class PSVariable
{
    public object Value { get; set; } = ActionPreference.Continue;

    public ScopedItemOptions Options { get; init; }
}

public sealed class PSVariableIntrinsics
{
    private readonly PSVariable _preference = new();

    public PSVariable? Get(string name) => name == "ErrorActionPreference" ? _preference : null;

    public object? GetValue(string name) => Get(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..])?.Value;

    public void Set(string name, object value) => Get(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..])!.Value = value;
}

public delegate void PSEventReceivedEventHandler(object sender, object arguments);

public static class PSEngineEvent
{
    public const string OnIdle = "PowerShell.OnIdle";
}

public sealed class PSEventManager
{
    public object SubscribeEvent(
        object? source, string? eventName, string sourceIdentifier, PSObject? data, PSEventReceivedEventHandler handlerDelegate, bool supportEvent, bool forwardEvent, int maxTriggerCount) => sourceIdentifier;
}

public sealed class ItemCmdletProviderIntrinsics
{
    public Collection<PSObject> Get(string[] path, bool force, bool literalPath)
    {
        if (path[0].StartsWith("env:", StringComparison.OrdinalIgnoreCase))
        {
            return [new PSObject(path[0])];
        }

        int provider = path[0].IndexOf("FileSystem::", StringComparison.Ordinal);
        string full = Path.GetFullPath(provider < 0 ? path[0] : path[0][(provider + 12)..]), folder = Path.GetDirectoryName(full) ?? "/";
        if (!literalPath && WildcardPattern.ContainsWildcardCharacters(path[0]))
        {
            WildcardPattern pattern = WildcardPattern.Get(Path.GetFileName(full), WildcardOptions.IgnoreCase);
            string[] entries = Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];
            return [.. Array.ConvertAll(Array.FindAll(entries, entry => pattern.IsMatch(Path.GetFileName(entry))), Item)];
        }

        return File.Exists(full) || Directory.Exists(full) ? [Item(full)] : throw new ItemNotFoundException($"Cannot find path '{path[0]}' because it does not exist.");
    }

    private static PSObject Item(string path) => new(Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path));
}

public sealed class ProviderIntrinsics
{
    public ItemCmdletProviderIntrinsics Item { get; } = new();
}

public sealed class ParameterMetadata
{
    public Collection<string> Aliases { get; } = [];
}

public sealed class CommandInvocationIntrinsics
{
    /// <summary>The aliases of the session.</summary>
    public List<AliasInfo> Aliases { get; } = [];

    public IEnumerable<CommandInfo> GetCommands(string name, CommandTypes commandTypes, bool nameIsPattern) => Aliases;

    public CommandInfo? GetCommand(string commandName, CommandTypes type) => Aliases.Find(alias => string.Equals(alias.Name, commandName, StringComparison.OrdinalIgnoreCase));

    // The stand-in has one scope.
    public Collection<PSObject> InvokeScript(string script, bool useNewScope, Runspaces.PipelineResultTypes writeToPipeline, IList? input, params object[] args) => [];
}

public enum CommandTypes
{
    Alias = 1,
}

public sealed class AliasInfo(string name, string definition) : CommandInfo(name)
{
    public string Definition { get; } = definition;
}

public class CommandInfo(string name)
{
    public string Name { get; } = name;

    public Dictionary<string, ParameterMetadata> Parameters { get; } = [];
}

public sealed class InvocationInfo(string name)
{
    public CommandInfo MyCommand { get; } = new(name);

    public string InvocationName { get; set; } = name;

    public Dictionary<string, object> BoundParameters { get; } = [];

    public bool ExpectingInput { get; set; }
}

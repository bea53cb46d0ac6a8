using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Selects artefacts by -Path (wildcards), -LiteralPath or -Content, without ever raising a binding error for a missing value.</summary>
/// <remarks>A binding error would skip a guard like <c>if (-not (Test-PolicySignature $f)) { throw }</c>; so null and empty are taken and refused here.</remarks>
public abstract class ArtifactCmdlet : PSCmdlet, IDisposable
{
    /// <summary>Artefacts, wildcards allowed.</summary>
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public string?[]? Path { get; set; }

    /// <summary>Artefacts by their exact path.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? LiteralPath { get; set; }

    /// <summary>The artefact itself, already in memory: what is verified is what is used.</summary>
    [Parameter(ParameterSetName = "Content", Mandatory = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public byte[]? Content { get; set; }

    /// <summary>A name for -Content in results and errors.</summary>
    [Parameter(ParameterSetName = "Content")]
    public string SourceName { get; set; } = "(content)";

    /// <summary>One artefact, on the pipeline thread.</summary>
    private protected abstract void Artifact(string path, byte[]? content);

    /// <summary>One path that names no artefact.</summary>
    private protected abstract void Unusable(string path, string errorId, string message);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    private protected virtual void Close()
    {
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case "Content":
                InMemory();
                break;
            case "LiteralPath":
                Each(LiteralPath, Literal);
                break;
            default:
                // An empty pipeline never comes here; a call without any path does, with null.
                Each(Path, Wildcard);
                break;
        }
    }

    /// <summary>The file system path behind <paramref name="path"/>, relative to the current location.</summary>
    private protected string Resolved(string path) => GetUnresolvedProviderPathFromPSPath(path);

    private void InMemory()
    {
        if (Content == null)
        {
            Unusable(SourceName, "PathNullOrEmpty", "the content is null");
        }
        else
        {
            Artifact(SourceName, Content);
        }
    }

    private void Each(string?[]? paths, Action<string> select)
    {
        if (paths == null || paths.Length == 0)
        {
            Unusable("", "PathNullOrEmpty", "the path is null or empty");
            return;
        }

        foreach (string? path in paths)
        {
            if (string.IsNullOrEmpty(path))
            {
                Unusable("", "PathNullOrEmpty", "the path is null or empty");
            }
            else
            {
                select(path!);
            }
        }
    }

    private void Wildcard(string path)
    {
        try
        {
            Collection<string> found = GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (provider.Name != "FileSystem")
            {
                Unusable(path, "PathNotFileSystem", $"{path} is not in the file system");
                return;
            }

            if (found.Count == 0)
            {
                Unusable(path, "PathNotFound", $"{path} matches nothing");
            }

            foreach (string file in found)
            {
                Existing(file);
            }
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            Unusable(path, "PathNotFound", fault.Message);
        }
    }

    private void Literal(string path)
    {
        try
        {
            string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
            {
                Unusable(path, "PathNotFileSystem", $"{path} is not in the file system");
                return;
            }

            Existing(file);
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            Unusable(path, "PathNotFound", fault.Message);
        }
    }

    private void Existing(string file)
    {
        if (File.Exists(file))
        {
            Artifact(file, content: null);
        }
        else
        {
            Unusable(file, "PathNotFound", Directory.Exists(file) ? $"{file} is a folder" : $"{file} does not exist");
        }
    }

    private static bool IsPathFault(Exception fault) =>
        fault is ItemNotFoundException || fault is System.Management.Automation.DriveNotFoundException || fault is ProviderNotFoundException
        || fault is PSArgumentException || fault is PSInvalidOperationException || fault is NotSupportedException
        || fault is IOException || fault is UnauthorizedAccessException || fault is WildcardPatternException;
}

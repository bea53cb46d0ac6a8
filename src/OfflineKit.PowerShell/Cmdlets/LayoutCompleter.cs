using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OfflineKit.PowerShell;

/// <summary>Completes the layouts of exports that the engine recognises.</summary>
public sealed class LayoutCompleter : IArgumentCompleter
{
    /// <summary>The layouts of <c>offlinekit verify-export --layout</c>.</summary>
    internal static readonly string[] Layouts =
    {
        "offlinekit-kit", "offline-update-kit", "export-center", "export-kit", "devportal", "evidence-locker", "evidence-export", "stella-bundle", "mirror", "checksums",
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return Array.ConvertAll(Array.FindAll(Layouts, layout => layout.StartsWith(typed, StringComparison.OrdinalIgnoreCase)), layout => new CompletionResult(layout));
    }
}

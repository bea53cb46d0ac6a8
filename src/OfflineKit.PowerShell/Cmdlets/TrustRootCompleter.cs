using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Completes the names of trust roots that the engine knows.</summary>
public sealed class TrustRootCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        List<CompletionResult> results = new List<CompletionResult>();
        foreach (string name in Names())
        {
            if (name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            {
                results.Add(new CompletionResult(name));
            }
        }

        return results;
    }

    private static List<string> Names()
    {
        List<string> names = new List<string>();
        try
        {
            using (EngineSession engine = EngineSource.Open("offlinekit", inheritEnvironment: false))
            {
                engine.Send("1", new JsonLine().Add("id", "1").Add("verb", "trust-list"));
                foreach (JsonNode root in engine.Receive().Member("trustRoots")?.Elements ?? Array.Empty<JsonNode>())
                {
                    names.Add(root.Text("name"));
                }
            }
        }
        catch (EngineException)
        {
            // Completion offers nothing rather than an error in the middle of a line.
        }

        return names;
    }
}

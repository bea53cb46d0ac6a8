using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Completes the names, or the kinds, of the trust roots that the engine knows.</summary>
public sealed class TrustRootCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // Names need no quotes; what was typed may have them.
        string typed = wordToComplete.Trim('\'', '"');
        List<CompletionResult> results = new List<CompletionResult>();
        foreach (string name in Texts(parameterName == "Kind" ? "kind" : "name"))
        {
            if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                results.Add(new CompletionResult(name));
            }
        }

        return results;
    }

    private static SortedSet<string> Texts(string member)
    {
        SortedSet<string> texts = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            using (EngineSession engine = EngineSource.Open("offlinekit", inheritEnvironment: false))
            {
                engine.Send("1", new JsonLine().Add("id", "1").Add("verb", "trust-list"));
                foreach (JsonNode root in engine.Receive().Member("trustRoots")?.Elements ?? Array.Empty<JsonNode>())
                {
                    texts.Add(root.Text(member));
                }
            }
        }
        catch (EngineException)
        {
            // Completion offers nothing rather than an error in the middle of a line.
        }

        return texts;
    }
}

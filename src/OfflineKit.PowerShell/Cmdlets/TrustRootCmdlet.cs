using System;
using System.Collections.Generic;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the trust root cmdlets share: one question, one answer.</summary>
public abstract class TrustRootCmdlet : PSCmdlet
{
    /// <summary>The engine's answer to <paramref name="request"/>; an engine that fails ends the cmdlet.</summary>
    private protected JsonNode Ask(Func<JsonLine, JsonLine> request)
    {
        try
        {
            using EngineSession engine = EngineSource.Open("offlinekit", inheritEnvironment: false);
            engine.Send("1", request(new JsonLine().Add("id", "1")));
            JsonNode answer = engine.Receive();
            engine.Finish();
            return answer;
        }
        catch (EngineException fault)
        {
            ThrowTerminatingError(ErrorRecords.Of(fault.ErrorId, fault.Message, target: null));
            throw;
        }
    }

    /// <summary>The trust roots whose names match any of <paramref name="names"/> (wildcards); all of them for null.</summary>
    private protected IEnumerable<PolicyTrustRoot> Roots(string[]? names)
    {
        foreach (JsonNode node in Ask(request => request.Add("verb", "trust-list")).Member("trustRoots")?.Elements ?? Array.Empty<JsonNode>())
        {
            PolicyTrustRoot root = new PolicyTrustRoot(node);
            if (names == null || Array.Exists(names, name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(root.Name)))
            {
                yield return root;
            }
        }
    }

    /// <summary>Writes the error of an answer that is not <paramref name="wanted"/>; true when it is.</summary>
    private protected bool Succeeded(JsonNode answer, string wanted, object target)
    {
        if (answer.Text("status") == wanted)
        {
            return true;
        }

        JsonNode error = answer.Member("error") ?? JsonNode.OfTruth(null);
        string id = error.Text("code") == "trust-root-read-only" ? "TrustRootReadOnly" : ErrorIds.Of(error.Text("code"));
        WriteError(ErrorRecords.Of(id, error.Text("message"), target));
        return false;
    }
}

using System;
using System.Collections.Generic;
using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the trust root cmdlets share: the list of roots.</summary>
public abstract class TrustRootCmdlet : EngineCmdlet
{
    /// <summary>The trust roots whose names match any of <paramref name="names"/> (wildcards); all of them for null.</summary>
    private protected List<PolicyTrustRoot> Roots(string[]? names)
    {
        List<PolicyTrustRoot> roots = new List<PolicyTrustRoot>();
        JsonNode answer = Ask(request => request.Add("verb", "trust-list"));
        if (!Succeeded(answer, "listed", "trust-list"))
        {
            return roots;
        }

        foreach (JsonNode node in answer.Member("trustRoots")?.Elements ?? Array.Empty<JsonNode>())
        {
            PolicyTrustRoot root = new PolicyTrustRoot(node);
            if (names == null || Array.Exists(names, name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(root.Name)))
            {
                roots.Add(root);
            }
        }

        return roots;
    }

    /// <summary>The roots that <paramref name="name"/> means; an error where it means none.</summary>
    private protected List<PolicyTrustRoot> Named(string name)
    {
        List<PolicyTrustRoot> roots = Roots(new[] { name });
        if (roots.Count == 0)
        {
            WriteError(ErrorRecords.Of("PathNotFound", $"there is no trust root called {name}", name));
        }

        return roots;
    }
}

using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Host.Requests;
using OfflineKit.Policy;

namespace OfflineKit.Host.Policies;

/// <summary>Reads policy files in either spelling.</summary>
/// <remarks>Source: docs/spec/policy-file.md.</remarks>
internal static class PolicyText
{
    /// <summary>The policy in <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">It is none, or it contradicts itself.</exception>
    public static PolicyFile Parse(byte[] content)
    {
        PolicyFile policy = PolicyFile.Parse(IsJson(content) ? content : YamlDocument.ToJson(content, "policy"));
        if (policy.Permits.FirstOrDefault(member => !Permissions.Contains(member, StringComparer.Ordinal)) is { } unknown)
        {
            throw new MalformedException(PolicyReasons.Malformed, $"permits: \"{unknown}\" is nothing that can be permitted; known: {string.Join(", ", Permissions)}");
        }

        return AlgorithmContradiction(policy) is { } contradiction ? throw new MalformedException(PolicyReasons.Contradiction, contradiction) : policy;
    }

    private static IEnumerable<string> Permissions => RequestParameters.All.Where(parameter => parameter.WantsPermission).Select(parameter => parameter.Member);

    // A misspelt algorithm would otherwise refuse everything, and nobody would know why.
    private static string? AlgorithmContradiction(PolicyFile policy)
    {
        if (policy.Algorithms.FirstOrDefault(label => SignatureScheme.ByLabel(label) is null) is { } unknown)
        {
            return $"no signature has the algorithm \"{unknown}\"; known: {string.Join(", ", SignatureScheme.All.Select(scheme => scheme.Label))}";
        }

        return !policy.Identities.IsEmpty && !policy.Algorithms.IsEmpty && !policy.Algorithms.Any(label => SigstoreFormat.Algorithms.Contains(label, StringComparer.Ordinal))
            ? $"a certificate identity is demanded and no certificate signs by {string.Join(", ", policy.Algorithms)}; certificates sign by {string.Join(", ", SigstoreFormat.Algorithms)}"
            : null;
    }

    // A JSON policy is an object, and a YAML policy that begins with a brace is read as JSON as well: what is the same in both is accepted.
    private static bool IsJson(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}

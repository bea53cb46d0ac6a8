using System.Collections.Immutable;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>What a key may sign, beyond formats and algorithms. An empty list allows everything.</summary>
/// <remarks>Judged over the evidence after verification, the same for every format. Source: docs/spec/trust-store.md.</remarks>
public sealed record KeyScope
{
    /// <summary>Everything.</summary>
    public static KeyScope Everything { get; } = new();

    /// <summary>Patterns of artefact file names: <c>*</c>, <c>?</c>, <c>[…]</c>.</summary>
    public ImmutableArray<string> Artifacts { get; init; } = [];

    /// <summary>Payload types of signed statements.</summary>
    public ImmutableArray<string> PayloadTypes { get; init; } = [];

    /// <summary>Namespaces: the word that keeps signatures for different purposes apart.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Tenants or plans that the key belongs to; such a key is trusted only when one of them is stated.</summary>
    public ImmutableArray<string> Tenants { get; init; } = [];

    /// <summary>The key counts for <paramref name="tenant"/>; a key without tenants counts for all.</summary>
    public bool IsFor(string? tenant) => Tenants.IsEmpty || (tenant is not null && Tenants.Contains(tenant, StringComparer.Ordinal));

    /// <summary>Why the key called <paramref name="name"/> may not have signed what <paramref name="evidence"/> says, or null.</summary>
    /// <remarks>A limit that the evidence cannot be held against is a refusal: it cannot be shown to hold.</remarks>
    public Finding? Judge(string name, ImmutableArray<Evidence> evidence, string? space)
    {
        string[] artifacts = [.. evidence.OfType<CoversArtifact>().Select(covers => FileName(covers.Name))];
        if (!Artifacts.IsEmpty && (artifacts.Length == 0 || !artifacts.All(artifact => Artifacts.Any(pattern => TargetPath.Matches(pattern, artifact)))))
        {
            return Reasons.KeyNotAllowed.Because($"key \"{name}\" may sign artefacts called {string.Join(", ", Artifacts)}, not {Quoted(artifacts, "one without a name")}");
        }

        string[] payloads = [.. evidence.OfType<States>().Select(states => states.PayloadType)];
        if (!PayloadTypes.IsEmpty && (payloads.Length == 0 || !payloads.All(type => PayloadTypes.Contains(type, StringComparer.Ordinal))))
        {
            return Reasons.KeyNotAllowed.Because($"key \"{name}\" may sign payloads of type {string.Join(", ", PayloadTypes)}, not {Quoted(payloads, "what has no payload type")}");
        }

        return !Namespaces.IsEmpty && !Namespaces.Contains(space ?? "", StringComparer.Ordinal)
            ? Reasons.KeyNotAllowed.Because($"key \"{name}\" may sign in the namespaces {string.Join(", ", Namespaces)}, not in \"{space}\"")
            : null;
    }

    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Quoted(string[] seen, string otherwise) => seen.Length == 0 ? otherwise : string.Join(", ", seen.Select(text => $"\"{text}\""));
}

using System.Collections.Immutable;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>What a key may sign, beyond formats and algorithms. An empty list allows everything.</summary>
/// <remarks>Judged where evidence is made (<see cref="KeyJudgement.Of"/>), the same for every format. Source: docs/spec/trust-store.md.</remarks>
internal sealed record KeyScope
{
    /// <summary>Everything.</summary>
    public static KeyScope Everything { get; } = new();

    /// <summary>Patterns of artefact file names: <c>*</c>, <c>?</c>, <c>[…]</c>.</summary>
    public ImmutableArray<string> Artifacts { get; init; } = [];

    /// <summary>Payload types of signed statements.</summary>
    public ImmutableArray<string> PayloadTypes { get; init; } = [];

    /// <summary>Namespaces: the word that keeps signatures for different purposes apart.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>The same as a pattern list of SSH; null allows every one.</summary>
    public string? NamespacePatterns { get; init; }

    /// <summary>Nothing is limited.</summary>
    public bool IsEverything => Artifacts.IsEmpty && PayloadTypes.IsEmpty && !LimitsNamespaces && Tenants.IsEmpty;

    /// <summary>Only some namespaces are allowed.</summary>
    public bool LimitsNamespaces => !Namespaces.IsEmpty || NamespacePatterns is not null;

    /// <summary>Tenants or plans that the key belongs to; such a key is trusted only when one of them is stated.</summary>
    public ImmutableArray<string> Tenants { get; init; } = [];

    /// <summary>The key counts for <paramref name="tenant"/>; a key without tenants counts for all.</summary>
    public bool IsFor(string? tenant) => Tenants.IsEmpty || (tenant is not null && Tenants.Contains(tenant, StringComparer.Ordinal));

    /// <summary>Why the key called <paramref name="name"/> may not have signed what <paramref name="facts"/> say, or null.</summary>
    /// <remarks>A limit that the facts cannot be held against is a refusal: it cannot be shown to hold.</remarks>
    /// <param name="name">The key's name, for the message.</param>
    /// <param name="facts">What is signed.</param>
    /// <param name="space">The namespace that the caller states; null for none.</param>
    /// <param name="tenant">The tenant that the run is for; null for none.</param>
    public Finding? Judge(string name, SignatureFacts facts, string? space, string? tenant)
    {
        if (!(Artifacts.IsEmpty || (facts.ArtifactName is { } artifact && Covers(artifact))))
        {
            return NotAllowed($"key \"{name}\" may sign artefacts called {string.Join(", ", Artifacts)}, not {Quoted(facts.ArtifactName is { } given ? FileName(given) : null, "one without a name")}");
        }

        if (!PayloadTypes.IsEmpty && !(facts.PayloadType is { } type && PayloadTypes.Contains(type, StringComparer.Ordinal)))
        {
            return NotAllowed($"key \"{name}\" may sign payloads of type {string.Join(", ", PayloadTypes)}, not {Quoted(facts.PayloadType, "what has no payload type")}");
        }

        if (!(Namespaces.IsEmpty || Namespaces.Contains(space ?? "", StringComparer.Ordinal)) || !(NamespacePatterns is not { } patterns || SshPattern.ListMatches(patterns, space ?? "")))
        {
            return NotAllowed($"key \"{name}\" may sign in the namespaces {NamespacePatterns ?? string.Join(", ", Namespaces)}, not in \"{space}\"");
        }

        return IsFor(tenant) ? null : NotAllowed($"key \"{name}\" belongs to {string.Join(", ", Tenants)}, not to {Quoted(tenant, "everybody")}");
    }

    /// <summary>Why the key called <paramref name="name"/> may not vouch for one of <paramref name="files"/>, which what it signed lists by their paths, or null.</summary>
    /// <remarks>Whoever signs a list signs what it lists: a limit that the list's own name meets says nothing of those files.</remarks>
    public Finding? JudgeListed(string name, ImmutableArray<string> files)
    {
        foreach (string file in Artifacts.IsEmpty ? [] : files)
        {
            if (!Covers(file))
            {
                return NotAllowed($"key \"{name}\" may sign artefacts called {string.Join(", ", Artifacts)}, not \"{FileName(file)}\", which is listed");
            }
        }

        return null;
    }

    private bool Covers(string path) => Artifacts.Any(pattern => TargetPath.Matches(pattern, FileName(path)));

    private static Finding NotAllowed(string detail) => Reasons.KeyNotAllowed.Because(detail);

    // Where a backslash parts no folders, it is part of the name.
    private static string FileName(string path) => Path.GetFileName(path);

    private static string Quoted(string? seen, string otherwise) => seen is null ? otherwise : $"\"{seen}\"";
}

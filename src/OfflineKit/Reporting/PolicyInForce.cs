using System.Collections.Immutable;

namespace OfflineKit.Reporting;

/// <summary>Whom a policy binds.</summary>
internal enum PolicyReach
{
    /// <summary>The question that names it.</summary>
    Question,

    /// <summary>Every question on this machine, whoever asks it.</summary>
    Machine,
}

/// <summary>A policy whose demands counted.</summary>
/// <param name="Name">Its own name; empty when it could not be read.</param>
/// <param name="Digest">SHA-256 of the policy as it was read, <c>sha256:hex</c>; empty when it could not be.</param>
/// <param name="Source">Where it came from: the parameter and the file, the target of imported trust, or the machine's folder.</param>
/// <param name="Reach">Whom it binds.</param>
internal sealed record PolicyInForce(string Name, string Digest, string Source, PolicyReach Reach)
{
    /// <summary>Whom the question names and this policy does not let count, by what named them.</summary>
    public ImmutableArray<string> PassesOver { get; init; } = [];

    /// <summary>The policy in a phrase, which may quote untrusted text.</summary>
    public string InWords
    {
        get
        {
            string name = Name.Length > 0 ? Name : "not readable", digest = Digest.Length > 0 ? $" ({Digest})" : "";
            string passed = PassesOver.IsEmpty ? "" : $"; passes over {string.Join(", ", PassesOver)}";
            return $"{name}{digest}, {Source}{(Reach == PolicyReach.Machine ? ", binds this machine" : "")}{passed}";
        }
    }
}

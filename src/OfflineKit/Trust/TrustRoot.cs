using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Trust;

/// <summary>One entry of a trust store: a file with key material, where it came from, and everything that limits it.</summary>
/// <param name="Name">Unique in its store: lower-case letters, digits, <c>-</c> and <c>.</c>.</param>
/// <param name="Kind">What the file holds.</param>
/// <param name="File">The file's name beside the manifest.</param>
/// <param name="ContentDigest">SHA-256 of the file: an edited file is refused.</param>
/// <remarks>Source: docs/spec/trust-store.md.</remarks>
internal sealed record TrustRoot(string Name, TrustRootKind Kind, string File, Digest ContentDigest)
{
    /// <summary>SHA-256 of the SubjectPublicKeyInfo, lower-case hex; empty for kinds that hold more than one key.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Where the file was taken from: <c>owner/repository@commit:path</c>, an address, or words.</summary>
    public string Source { get; init; } = "";

    /// <summary>The day of retrieval (yyyy-MM-dd).</summary>
    public string RetrievedOn { get; init; } = "";

    /// <summary>When its keys may sign.</summary>
    public Validity Validity { get; init; } = Validity.Always;

    /// <summary>Active, deprecated or revoked.</summary>
    public KeyStatus Status { get; init; } = KeyStatus.Active;

    /// <summary>It is trusted without being named.</summary>
    public bool IsOnByDefault { get; init; }

    /// <summary>The only formats that it may sign; empty means every format.</summary>
    public ImmutableArray<string> Formats { get; init; } = [];

    /// <summary>The only schemes that it may be used with; empty means every scheme of its kind.</summary>
    public ImmutableArray<SignatureScheme> Schemes { get; init; } = [];

    /// <summary>Ids under which documents refer to it: hints, never trust.</summary>
    public ImmutableArray<string> Hints { get; init; } = [];

    /// <summary>Words that a format gives a meaning to, such as <c>official</c>.</summary>
    public ImmutableArray<string> Marks { get; init; } = [];

    /// <summary>What its keys may sign, beyond formats and schemes.</summary>
    public KeyScope Scope { get; init; } = KeyScope.Everything;

    /// <summary>What one should know before trusting it.</summary>
    public string Note { get; init; } = "";
}

using System.Collections.Immutable;
using OfflineKit.Timestamping;
using OfflineKit.Transparency;

namespace OfflineKit.Trust;

/// <summary>A Sigstore trusted root: the authorities and logs of one instance, each with its window.</summary>
/// <param name="Name">How reports call it.</param>
/// <param name="RetrievedOn">The day of retrieval (yyyy-MM-dd); empty when unknown.</param>
internal sealed record SigstoreTrustedRoot(string Name, string RetrievedOn)
{
    // GitHub's instance for private repositories names its authority so (github/cli verification of attestations).
    private const string TimestampOnlyAuthority = "fulcio.githubapp.com";

    /// <summary>Active, deprecated or revoked, as a trust store says of the whole instance.</summary>
    public KeyStatus Status { get; init; } = KeyStatus.Active;

    /// <summary>Authorities that issue signing certificates.</summary>
    public ImmutableArray<CertificateAuthority> CertificateAuthorities { get; init; } = [];

    /// <summary>Authorities that stamp times (RFC 3161).</summary>
    public ImmutableArray<TimestampAuthority> TimestampAuthorities { get; init; } = [];

    /// <summary>Transparency logs for signatures (Rekor).</summary>
    public ImmutableArray<TransparencyLog> Logs { get; init; } = [];

    /// <summary>Certificate transparency logs.</summary>
    public ImmutableArray<TransparencyLog> CertificateLogs { get; init; } = [];

    /// <summary>What stands in the root and cannot be used: reported, and never the reason why less is demanded.</summary>
    public ImmutableArray<LeftOutPart> LeftOut { get; init; } = [];

    /// <summary>The root lists logs in its member <paramref name="member"/> (<c>tlogs</c> or <c>ctlogs</c>): usable ones, or some that were left out.</summary>
    public bool Lists(string member) => !(member == "tlogs" ? Logs : CertificateLogs).IsEmpty || LeftOut.Any(part => part.Member == member);

    /// <summary>What this instance promises.</summary>
    public InstanceProfile Profile =>
        !CertificateAuthorities.IsEmpty && LeftOut.All(part => part.Member != "certificateAuthorities") && CertificateAuthorities.All(authority => authority.Uri is TimestampOnlyAuthority or "https://" + TimestampOnlyAuthority)
            ? InstanceProfile.TimestampOnly
            : InstanceProfile.PublicGood;

    /// <summary>The log that is called <paramref name="id"/>, or null.</summary>
    public TransparencyLog? Log(ReadOnlySpan<byte> id)
    {
        foreach (TransparencyLog log in Logs)
        {
            if (log.IsCalled(id))
            {
                return log;
            }
        }

        return null;
    }

    /// <summary>The same, whose chains were verified link by link before.</summary>
    internal SigstoreTrustedRoot WithLinkedChains() => this with
    {
        CertificateAuthorities = [.. CertificateAuthorities.Select(authority => authority with { Linked = authority.Chain })],
        TimestampAuthorities = [.. TimestampAuthorities.Select(authority => authority with { Linked = authority.Chain })],
    };
}

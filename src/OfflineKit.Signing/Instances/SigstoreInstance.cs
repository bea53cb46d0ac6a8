using System.Collections.Immutable;

namespace OfflineKit.Signing.Instances;

/// <summary>A log's base address and the version of its interface.</summary>
internal sealed record LogService(Uri Address, int Version);

/// <summary>The services of one Sigstore instance that a run uses.</summary>
internal sealed record SigstoreInstance
{
    /// <summary>The certificate authority's base address; null when keys stand for themselves.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The OIDC issuer for signing in by browser.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>Logs, in the order in which they are tried.</summary>
    public ImmutableArray<LogService> Logs { get; init; } = [];

    /// <summary>How many logs must record a signature.</summary>
    public int LogsWanted { get; init; }

    /// <summary>Time-stamping authorities (whole addresses), in the order in which they are tried.</summary>
    public ImmutableArray<Uri> TimestampAuthorities { get; init; } = [];

    /// <summary>How many authorities must stamp a signature.</summary>
    public int TimestampsWanted { get; init; }

    /// <summary>The public instance: whatever is signed there is published.</summary>
    public static SigstoreInstance PublicGood { get; } = new()
    {
        Authority = new Uri("https://fulcio.sigstore.dev"),
        Issuer = new Uri("https://oauth2.sigstore.dev/auth"),
        Logs = [new LogService(new Uri("https://rekor.sigstore.dev"), 1)],
        LogsWanted = 1,
        TimestampAuthorities = [new Uri("https://timestamp.sigstore.dev/api/v1/timestamp")],
        TimestampsWanted = 1,
    };

    /// <summary>One of the services belongs to the public instance or its staging.</summary>
    public bool IsPublic => Logs.Select(log => log.Address).Append(Authority).OfType<Uri>()
        .Any(address => Services.ServiceAddress.IsWithin(address.Host, "sigstore.dev") || Services.ServiceAddress.IsWithin(address.Host, "sigstage.dev"));

    /// <summary>Nothing of a signature goes to a log or an authority.</summary>
    public bool IsSilent => LogsWanted == 0 && TimestampsWanted == 0;
}

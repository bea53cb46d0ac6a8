using System.Collections.Immutable;
using OfflineKit.Encoding;
using static OfflineKit.Host.Requests.ParameterKind;

namespace OfflineKit.Host.Requests;

/// <summary>Which imported trust counts, and at what time.</summary>
internal static class ImportedTrustParameters
{
    private const int MostDays = 36_500;

    public static ImmutableArray<RequestParameter> All { get; } =
    [
        new("trustState", "--trust-state", Trusts, ParameterNames.Place, "where imported trust is kept; default: offlinekit/trust under XDG_DATA_HOME")
        {
            Asks = Questions.All,
            Aliases = ["--state"],
            Placeholder = "DIR",
            Land = static (request, given) => request with { Trust = request.Trust with { State = given.Text } },
        },
        new("rootFingerprint", "--root-fingerprint", Narrows, ParameterNames.Text, "use imported trust only under this root (SHA-256 of its first root.json), whatever the folder says")
        {
            NarrowsWithin = static _ => false, // With the other imports go their revocations.
            Asks = Questions.All,
            Placeholder = "HEX",
            Land = static (request, given) => request with { Trust = request.Trust with { PinnedRoot = given.Text } },
        },
        new("tenant", "--tenant", Trusts, ParameterNames.Text, "also trust the keys that belong to this tenant")
        {
            Asks = Questions.All,
            Placeholder = "NAME",
            Land = static (request, given) => request with { Trust = request.Trust with { Tenant = given.Text } },
        },
        new("maxTrustAge", "--max-trust-age", Narrows, ParameterNames.Number, "refuse imported trust that is older than DAYS")
        {
            Asks = Questions.All,
            Placeholder = "DAYS",
            Land = static (request, given) => request with { Trust = request.Trust with { MaxAge = TimeSpan.FromDays(given.Number(0, MostDays)) } },
        },
        new("at", "--at", Permits, ParameterNames.Text, "judge validity windows at TIME (RFC 3339); default: now")
        {
            Asks = Questions.All,
            Placeholder = "TIME",
            Land = static (request, given) => request with { StatedTime = Time(given) },
        },
    ];

    private static DateTimeOffset Time(GivenParameter given)
    {
        try
        {
            return Rfc3339.Parse(given.Text, given.Spelling);
        }
        catch (MalformedException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}

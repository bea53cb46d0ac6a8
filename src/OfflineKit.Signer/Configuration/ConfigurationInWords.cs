using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Configuration;

/// <summary>What a configuration means, one sentence a line, for whoever must answer for it.</summary>
internal static class ConfigurationInWords
{
    /// <summary>The sentences.</summary>
    public static IEnumerable<string> Of(SignerConfiguration configuration)
    {
        yield return $"requests are taken at {configuration.Listen.GetLeftPart(UriPartial.Authority)}, known as {configuration.PublicOrigin}; health is told at {configuration.Operations.GetLeftPart(UriPartial.Authority)}";
        yield return $"tokens are issued by {configuration.Authority.Issuer} for the audience signer; its keys may be {Duration(configuration.Authority.MaxAge)} old";
        yield return configuration.Nonces == NonceDemand.Required ? "DPoP proofs must carry a nonce of this service" : "DPoP proofs need no nonce";
        yield return configuration.Licensing.Introspection is { } asked
            ? $"entitlements are issued by {configuration.Licensing.Issuer} and asked about at {asked.Address}"
            : $"entitlements are issued by {configuration.Licensing.Issuer} and verified here alone: one that is called back is known only by the list of revocations";
        foreach ((string name, QuotaLimits plan) in configuration.Plans.OrderBy(plan => plan.Key, StringComparer.Ordinal))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"plan {name}: {plan.Daily} signatures a day, {plan.Qps} a second with a burst of {plan.Burst}, {plan.Concurrency} at a time, statements of at most {plan.MaxArtifactBytes} bytes");
        }

        foreach (ProfileConfiguration profile in configuration.Profiles)
        {
            yield return $"profile {profile.Name}: for {Anybody(profile.Tenant, "every tenant", "tenant")} of {Anybody(profile.Plan, "every plan", "plan")}, signs {string.Join(", ", profile.Allowed)}{(profile.Scanner == ScannerDemand.Required ? ", made by a released scanner" : "")}";
            if (profile.Keyless is { } keyless)
            {
                yield return $"  signed under the identity of the token in {keyless.TokenFile}, by certificates of {keyless.Authority.Authority}{(keyless.Timestamps is null ? "; an attestor logs what was signed" : $", stamped by {keyless.Timestamps.Authority}")}";
            }

            foreach (SignerKeyConfiguration signer in profile.Signers)
            {
                yield return $"  signer {signer.Name}: {signer.Uri.Text}, sha256:{signer.Pinned.Fingerprint}, {KeyStates.WordOf(signer.State)}{(signer.NotAfter is { } until ? $" until {UtcText.Seconds(until)}" : "")}";
            }
        }

        yield return configuration.Release.Sources.IsEmpty
            ? "no scanner is released: there is no source that could say so"
            : $"scanners are released by {string.Join(", then ", configuration.Release.Sources.Select(source => source.Place))}";
        yield return $"state is kept in {(configuration.Store.Kind == StoreKind.Sqlite ? configuration.Store.Place : "PostgreSQL")}{(configuration.Cache is null ? "" : ", replay and quotas in Redis")}, the audit log in {configuration.Audit.Folder}{(configuration.Audit.Key is null ? ", its lines unsigned" : ", its lines signed")}";
        if (configuration.Authority.DemonstrationKey is not null)
        {
            yield return "DEMONSTRATION: this service issues its own tokens to whoever asks; never use it for anything else";
        }
    }

    private static string Anybody(string pattern, string everybody, string one) => pattern == "*" ? everybody : $"the {one} {pattern}";

    private static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} hours" : $"{(int)time.TotalSeconds} seconds";
}

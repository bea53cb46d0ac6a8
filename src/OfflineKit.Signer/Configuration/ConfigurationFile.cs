using OfflineKit.Files;
using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Policies;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads the configuration: one file, YAML or JSON; what it names is read with it, and every fault is told.</summary>
internal static class ConfigurationFile
{
    private const int Largest = 64 * 1024;

    /// <summary>The configuration at <paramref name="path"/>.</summary>
    /// <exception cref="ConfigurationException">It has faults.</exception>
    /// <exception cref="UsageException">It is not there.</exception>
    public static SignerConfiguration Read(string path, TimeProvider clock) =>
        Parse(InputFile.ReadAll(path, Largest, "configuration"), Path.GetDirectoryName(PhysicalPath.Of(path))!, clock);

    /// <summary>The configuration in <paramref name="content"/>; relative paths are those of <paramref name="folder"/>.</summary>
    /// <exception cref="ConfigurationException">It has faults.</exception>
    public static SignerConfiguration Parse(byte[] content, string folder, TimeProvider clock)
    {
        List<string> faults = [];
        Result<JsonValue> json = Result.Parse(Reasons.MalformedSignature, () => Json(content));
        if (json.Value is not { } root)
        {
            throw new ConfigurationException([json.Finding!.Detail]);
        }

        SignerConfiguration configuration = Root(new Section(root, faults), new ConfigurationPlace(folder, clock));
        return faults.Count == 0 ? configuration : throw new ConfigurationException([.. faults]);
    }

    private static JsonValue Json(byte[] content) => content.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..]
        ? StrictJson.ParseObject(content, "configuration")
        : StrictJson.ParseObject(YamlDocument.ToJson(content, "configuration"), "configuration");

    private static SignerConfiguration Root(Section root, ConfigurationPlace place)
    {
        FrozenDictionary<string, QuotaLimits> plans = Plans(root);
        SignerConfiguration configuration = new()
        {
            Listen = ListenerReader.Address(root, "listen", "http://127.0.0.1:8080"),
            Operations = ListenerReader.Address(root, "operations", "http://127.0.0.1:9090"),
            PublicOrigin = ListenerReader.Origin(root),
            Tls = ListenerReader.Tls(root, place),
            Authority = TokenReader.Authority(root.Needed("authority"), place),
            Nonces = Nonces(root.Child("dpop")),
            MutualTls = TokenReader.MutualTls(root.Child("mtls"), place),
            Licensing = TokenReader.Licensing(root.Needed("licensing"), place),
            Plans = plans,
            Profiles = ProfileReader.Read(root, place, plans),
            Release = ReleaseReader.Read(root.Child("release"), place),
            Store = StoreReader.Store(root.Needed("store"), place),
            Cache = StoreReader.Cache(root.Child("cache"), place),
            Audit = Audit(root.Needed("audit"), place),
            Bypass = Bypass(root.Child("bypass")),
            Telemetry = Telemetry(root.Child("telemetry")),
            Limits = Limits(root.Child("limits")),
        };
        root.End();
        ListenerReader.Check(root, configuration);
        return configuration;
    }

    private static NonceDemand Nonces(Section? dpop)
    {
        NonceDemand demand = dpop?.Switch("requireNonce", NonceDemand.Required, NonceDemand.Optional, NonceDemand.Required) ?? NonceDemand.Required;
        dpop?.End();
        return demand;
    }

    private static BypassUse Bypass(Section? bypass)
    {
        BypassUse use = bypass?.Switch("enabled", BypassUse.ByTwoOperators, BypassUse.Never, BypassUse.Never) ?? BypassUse.Never;
        bypass?.End();
        return use;
    }

    private static FrozenDictionary<string, QuotaLimits> Plans(Section root)
    {
        Dictionary<string, QuotaLimits> plans = new(StringComparer.Ordinal);
        foreach ((string name, Section plan) in root.Named("plans"))
        {
            plans[name] = new QuotaLimits(
                plan.Number("maxArtifactBytes", 1, 64 * 1024 * 1024, 1024 * 1024),
                plan.Number("qps", 1, 1_000_000, 10),
                plan.Number("burst", 0, 1_000_000, 20),
                plan.Number("concurrency", 1, 100_000, 8),
                plan.Number("daily", 0, int.MaxValue, 1000));
            plan.End();
        }

        if (plans.Count == 0)
        {
            root.Fault("\"plans\" names no plan");
        }

        return plans.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static AuditConfiguration Audit(Section audit, ConfigurationPlace place)
    {
        AuditConfiguration read = new(place.File(audit.Text("path")), audit.Try(() => audit.OptionalText("key") is { } key ? place.Key(key) : null, null));
        audit.End();
        return read;
    }

    private static TelemetryConfiguration Telemetry(Section? telemetry)
    {
        TelemetryConfiguration read = new(
            telemetry?.OptionalText("otlp") is { } text ? ListenerReader.Collector(telemetry, text) : null,
            telemetry?.Switch("requestLines", RequestLines.StandardError, RequestLines.None, RequestLines.None) ?? RequestLines.None);
        telemetry?.End();
        return read;
    }

    private static LimitConfiguration Limits(Section? limits)
    {
        LimitConfiguration usual = new();
        if (limits is null)
        {
            return usual;
        }

        LimitConfiguration read = new()
        {
            BodyBytes = limits.Number("bodyBytes", 1024, 64 * 1024 * 1024, usual.BodyBytes),
            ReplayEntries = limits.Number("replayEntries", 1, int.MaxValue, usual.ReplayEntries),
            SignaturesPerKey = limits.Number("signaturesPerKey", 1, 10_000, usual.SignaturesPerKey),
            RequestsPerAddress = limits.Number("requestsPerAddress", 0, 1_000_000, usual.RequestsPerAddress),
            Drain = limits.Seconds("drainSeconds", 0, 600, 30),
        };
        limits.End();
        return read;
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Instances;

/// <summary>Reads a Sigstore signing config, v0.2: which services an instance offers, and when.</summary>
/// <remarks>Of the services that are valid now, those with the highest version that is known here are used. Rekor, Fulcio and issuer addresses are bases, those of time-stamping authorities are whole.</remarks>
internal static class SigningConfig
{
    private const string MediaType = "application/vnd.dev.sigstore.signingconfig.v0.2+json";

    /// <summary>The services of the config in <paramref name="content"/> that are valid at <paramref name="now"/>.</summary>
    /// <exception cref="SigningException"><c>instance.malformed</c>, <c>instance.no-service</c>, <c>service.unsafe-address</c>.</exception>
    public static SigstoreInstance Parse(ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        Result<JsonValue> parsed = Result.Parse(InstanceReasons.Malformed, () => Known(StrictJson.ParseObject(content, "signing config")));
        JsonValue json = parsed.Value ?? throw new SigningException(parsed.Finding!);
        ImmutableArray<LogService> logs = Valid(json, "rekorTlogUrls", highest: 2, now), stamps = Valid(json, "tsaUrls", highest: 1, now);
        return new SigstoreInstance
        {
            Authority = Valid(json, "caUrls", highest: 1, now).FirstOrDefault()?.Address,
            Issuer = Valid(json, "oidcUrls", highest: 1, now).FirstOrDefault()?.Address,
            Logs = logs,
            LogsWanted = Wanted(json, "rekorTlogConfig", "rekorTlogUrls", logs.Length),
            TimestampAuthorities = [.. stamps.Select(service => service.Address)],
            TimestampsWanted = Wanted(json, "tsaConfig", "tsaUrls", stamps.Length),
        };
    }

    private static JsonValue Known(JsonValue json)
    {
        json.RefuseOtherMembers("mediaType", "caUrls", "oidcUrls", "rekorTlogUrls", "rekorTlogConfig", "tsaUrls", "tsaConfig");
        return json.String("mediaType") == MediaType
            ? json
            : throw new MalformedException($"signing config: media type \"{json.String("mediaType")}\", wanted {MediaType}");
    }

    private static ImmutableArray<LogService> Valid(JsonValue json, string member, int highest, DateTimeOffset now)
    {
        Result<LogService[]> parsed = Result.Parse<LogService[]>(
            InstanceReasons.Malformed, () => [.. Elements(json, member).Where(service => IsValid(service, now)).Select(Service).Where(service => service.Version >= 1 && service.Version <= highest)]);
        LogService[] valid = parsed.Value ?? throw new SigningException(parsed.Finding!);
        int best = valid.Select(service => service.Version).DefaultIfEmpty(0).Max();
        return [.. valid.Where(service => service.Version == best).Distinct()];
    }

    private static ImmutableArray<JsonValue> Elements(JsonValue json, string member)
    {
        ImmutableArray<JsonValue> elements = json.OptionalNotNull(member)?.Elements ?? [];
        return elements.Length <= 32 ? elements : throw new MalformedException($"{json.Path}.{member}: {elements.Length} services, limit 32");
    }

    private static LogService Service(JsonValue json)
    {
        json.RefuseOtherMembers("url", "majorApiVersion", "validFor", "operator");
        return new LogService(ServiceAddress.Parse(json.String("url"), json.Path), (int)Math.Clamp(json["majorApiVersion"].Integer, 0, int.MaxValue));
    }

    private static bool IsValid(JsonValue json, DateTimeOffset now)
    {
        JsonValue window = json.Object("validFor");
        window.RefuseOtherMembers("start", "end");
        return Rfc3339.Parse(window.String("start"), window.Path) <= now && (window.OptionalNotNull("end") is not { } end || now < Rfc3339.Parse(end.Text, end.Path));
    }

    // ANY wants one, ALL every, EXACT the number that it names. No service at all is a choice of the instance.
    private static int Wanted(JsonValue json, string config, string member, int valid)
    {
        Result<string> selector = Result.Parse(InstanceReasons.Malformed, () => Selector(json, config));
        (string name, long count) = (selector.Value ?? throw new SigningException(selector.Finding!)) switch
        {
            "ANY" => ("ANY", 1L),
            "ALL" => ("ALL", Math.Max(1, valid)),
            string exact => ("EXACT", DecimalText.Digits(exact)!.Value),
        };
        return json.OptionalNotNull(member) is not { Elements.IsEmpty: false } ? 0
            : valid >= count ? (int)count
            : throw InstanceReasons.NoService.Refusal($"{member}: {valid} services are valid now, {name} wants {count}");
    }

    private static string Selector(JsonValue json, string config)
    {
        JsonValue? choice = json.OptionalNotNull(config);
        choice?.RefuseOtherMembers("selector", "count");
        return choice?.OptionalNotNull("selector")?.Text switch
        {
            null or "ANY" => "ANY",
            "ALL" => "ALL",
            "EXACT" when choice["count"].Integer is >= 1 and <= 32 and long count => count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            string other => throw new MalformedException($"{config}.selector: \"{other}\", wanted ANY, ALL, or EXACT with a count from 1 to 32"),
        };
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Transparency;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>Reads one trusted root part by part: what this version cannot use is left out and named, and the rest counts.</summary>
/// <remarks>
/// A part that is left out only takes trust away. What its absence would grant (an instance without logs, one of a single authority) asks for it by <see cref="SigstoreTrustedRoot.LeftOut"/>.
/// Source: docs/spec/trusted-root.md §1.
/// </remarks>
internal sealed class TrustedRootReader(string name)
{
    private const string Logs = "tlogs", CertificateLogs = "ctlogs", Authorities = "certificateAuthorities", Stampers = "timestampAuthorities";

    private readonly List<LeftOutPart> _leftOut = [];

    /// <summary>The root in <paramref name="json"/>, whose media type is known.</summary>
    public SigstoreTrustedRoot Read(JsonValue json, string retrievedOn)
    {
        PassOver(json, "mediaType", Logs, CertificateLogs, Authorities, Stampers);
        return new SigstoreTrustedRoot(name, retrievedOn)
        {
            Logs = Parts(json, Logs, Log, TrustedRootLog.Fingerprints),
            CertificateLogs = Parts(json, CertificateLogs, Log, TrustedRootLog.Fingerprints),
            CertificateAuthorities = Parts(json, Authorities, Authority, FingerprintsOfChain),
            TimestampAuthorities = [.. Parts(json, Stampers, Authority, FingerprintsOfChain).Select(authority => new TimestampAuthority(authority.Uri, authority.Chain, authority.Validity, name))],
            LeftOut = [.. _leftOut],
        };
    }

    private ImmutableArray<T> Parts<T>(JsonValue json, string member, Func<JsonValue, T> parse, Func<JsonValue, IEnumerable<string>> fingerprints)
        where T : class
    {
        ImmutableArray<JsonValue> elements = json.FieldElements(member);
        if (elements.Length > Limits.TrustRoots)
        {
            throw new MalformedException(Reasons.MalformedTrust, $"{json.Path}.{member}: {elements.Length} elements, limit {Limits.TrustRoots}");
        }

        var parts = ImmutableArray.CreateBuilder<T>();
        foreach (JsonValue element in elements)
        {
            Result<T> part = Result.Parse(Reasons.MalformedTrust, () => parse(element));
            if (part.Value is { } usable)
            {
                parts.Add(usable);
            }
            else
            {
                _leftOut.Add(new LeftOutPart(member, part.Finding!.Detail, [.. Result.Parse<IEnumerable<string>>(Reasons.MalformedTrust, () => [.. fingerprints(element)]).Value ?? []]));
            }
        }

        return parts.ToImmutable();
    }

    private TransparencyLog Log(JsonValue json)
    {
        PassOver(json, "baseUrl", "hashAlgorithm", "publicKey", "logId", "checkpointKeyId", "operator");
        JsonValue key = json.FieldObject("publicKey");
        PassOver(key, "rawBytes", "keyDetails", "validFor");
        Validity window = Window(key.FieldObject("validFor"));
        return window.From is null ? throw new MalformedException($"{key.Path}.validFor: a log's window has no start") : TrustedRootLog.Read(json, window, name);
    }

    private CertificateAuthority Authority(JsonValue json)
    {
        PassOver(json, "subject", "uri", "certChain", "validFor", "operator");
        ImmutableArray<JsonValue> chain = json.FieldObject("certChain").FieldElements("certificates");
        return chain.Length is > 0 and <= Limits.BundleCertificates
            ? new CertificateAuthority(
                json.FieldText("uri"),
                [.. chain.Select(certificate => Certificate.Parse(certificate.FieldBytes("rawBytes")))],
                json.Field("validFor") is { } window ? Window(window) : Validity.Always)
            : throw new MalformedException($"{json.Path}.certChain: {chain.Length} certificates, wanted 1 to {Limits.BundleCertificates}");
    }

    private static IEnumerable<string> FingerprintsOfChain(JsonValue json)
    {
        ImmutableArray<JsonValue> chain = json.Field("certChain") is { Kind: JsonKind.Object } list && list.Field("certificates") is { Kind: JsonKind.Array } all ? all.Elements : [];
        return chain.Select(one => Result.Parse(Reasons.MalformedTrust, () => Certificate.Parse(one.FieldBytes("rawBytes"))).Value)
            .OfType<Certificate>().Select(certificate => Crypto.Digest.Sha256(certificate.SubjectPublicKeyInfo.Span).Hex);
    }

    private static Validity Window(JsonValue json) => new(Time(json, "start"), Time(json, "end"));

    private static DateTimeOffset? Time(JsonValue json, string member) => json.Field(member) is { } time ? Rfc3339.Parse(time.Text, time.Path) : null;

    private void PassOver(JsonValue json, params ImmutableArray<string> known) =>
        _leftOut.AddRange(json.UnknownFields(known).Select(member => new LeftOutPart("", $"{json.Path}: member \"{member}\" is not known", [])));
}

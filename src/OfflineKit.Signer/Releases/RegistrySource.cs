using System.Formats.Tar;
using System.Net;
using System.Text.RegularExpressions;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Signer.Http;
using OfflineKit.Signing;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Releases;

/// <summary>A registry: what refers to the image is fetched, hashed, put into a layout in memory, and judged as every layout is.</summary>
/// <remarks>Source: OCI distribution specification 1.1 (referrers, and the tag schema where a registry has none), cosign's tags; bounded in number and size.</remarks>
internal sealed partial class RegistrySource : ReleaseSource, IDisposable
{
    private const int MostParts = 64, LargestPart = 4 * 1024 * 1024;
    private const string TagAnnotation = "org.opencontainers.image.ref.name";
    private const string IndexType = "application/vnd.oci.image.index.v1+json", ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private readonly RestClient _client;
    private readonly Uri _repository;
    private readonly IReadOnlyList<TrustedKey> _keys;

    /// <summary>The repository at <paramref name="address"/>, such as <c>https://registry.example/v2/stella/scanner</c>.</summary>
    /// <param name="address">The repository.</param>
    /// <param name="keys">The pinned keys of releases.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="handler">Sends the requests; null: over the network.</param>
    public RegistrySource(Uri address, IReadOnlyList<TrustedKey> keys, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        (_repository, _keys) = (address, keys);
        _client = new RestClient("the registry", new KeyOpening { Clock = clock }, handler, patience: TimeSpan.FromSeconds(10)) { Retries = 1, LongestBody = LargestPart };
    }

    /// <inheritdoc/>
    public override string Name => "registry";

    /// <inheritdoc/>
    public override async Task<ReleaseAnswer> AskAsync(string digest, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            Fetched fetched = new();
            await FetchReferrersAsync(fetched, digest, cancellation).ConfigureAwait(false);
            foreach (string suffix in (string[])[".sig", ".att"])
            {
                await FetchTagAsync(fetched, $"sha256-{digest[7..]}{suffix}", cancellation).ConfigureAwait(false);
            }

            Result<OciLayout> layout = Result.Parse(ImageReasons.MalformedLayout, () => fetched.Layout());
            return layout.Value is { } read ? LayoutSource.Judge(read, digest, _keys, now) : new ReleaseAnswer.Refused($"the registry's answer is malformed: {layout.Finding!.Reason.Code}");
        }
        catch (SigningException)
        {
            throw Problems.ReleaseCheckUnavailable.Because("the registry does not answer").After(30);
        }
        catch (MalformedException fault)
        {
            return new ReleaseAnswer.Refused($"the registry's answer is malformed: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task FetchReferrersAsync(Fetched fetched, string digest, CancellationToken cancellation)
    {
        RestAnswer answer = await GetAsync($"referrers/{digest}", cancellation).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            // A registry that has no referrers keeps a list of them under a tag.
            answer = await GetAsync($"manifests/sha256-{digest[7..]}", cancellation).ConfigureAwait(false);
        }

        for (int pages = 0; answer.Status == HttpStatusCode.OK; pages++)
        {
            JsonValue index = StrictJson.ParseObject(answer.Body, "referrers");
            foreach (JsonValue descriptor in index.Array("manifests"))
            {
                await FetchManifestAsync(fetched, descriptor.String("digest"), tag: null, cancellation).ConfigureAwait(false);
            }

            if (NextPage().Match(answer.Header("Link")) is not { Success: true } next)
            {
                return;
            }

            answer = pages < MostParts ? await GetAsync(Beside(next.Groups["target"].Value), cancellation).ConfigureAwait(false) : throw new MalformedException("referrers without end");
        }

        RefuseOtherAnswers(answer);
    }

    private async Task FetchTagAsync(Fetched fetched, string tag, CancellationToken cancellation)
    {
        RestAnswer answer = await GetAsync($"manifests/{tag}", cancellation).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.OK)
        {
            await TakeManifestAsync(fetched, answer.Body, tag, cancellation).ConfigureAwait(false);
        }
        else
        {
            RefuseOtherAnswers(answer);
        }
    }

    private async Task FetchManifestAsync(Fetched fetched, string digest, string? tag, CancellationToken cancellation)
    {
        RestAnswer answer = await GetAsync($"manifests/{Signing.SubjectList.ImageDigest(digest)}", cancellation).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.OK && Digest.Sha256(answer.Body.Span).ToString() != digest)
        {
            throw new MalformedException("a manifest has another digest than it was asked for by");
        }

        RefuseOtherAnswers(answer);
        if (answer.Status == HttpStatusCode.OK)
        {
            await TakeManifestAsync(fetched, answer.Body, tag, cancellation).ConfigureAwait(false);
        }
    }

    private async Task TakeManifestAsync(Fetched fetched, ReadOnlyMemory<byte> manifest, string? tag, CancellationToken cancellation)
    {
        JsonValue json = StrictJson.ParseObject(manifest, "manifest");
        fetched.Name(manifest, json.OptionalString("mediaType") ?? ManifestType, tag is null ? ("kind", KindOf(json)) : (TagAnnotation, tag));
        foreach (JsonValue layer in json.Optional("layers")?.Elements ?? [])
        {
            string digest = Signing.SubjectList.ImageDigest(layer.String("digest"));
            RestAnswer blob = await GetAsync($"blobs/{digest}", cancellation).ConfigureAwait(false);
            if (blob.Status == HttpStatusCode.OK)
            {
                fetched.Take(digest, blob.Body);
            }

            RefuseOtherAnswers(blob);
        }
    }

    // What refers to the image without a tag is told by its layers; where it stands binds nothing, what is signed does.
    private static string KindOf(JsonValue manifest) => manifest.Optional("layers")?.Elements.FirstOrDefault()?.OptionalString("mediaType") switch
    {
        SimpleSigning.MediaType => "dev.cosignproject.cosign/sigs",
        "application/vnd.dsse.envelope.v1+json" => "dev.cosignproject.cosign/atts",
        _ => "",
    };

    private Task<RestAnswer> GetAsync(string path, CancellationToken cancellation) => GetAsync(ServiceAddress.Below(_repository, "/" + path), cancellation);

    private Task<RestAnswer> GetAsync(Uri address, CancellationToken cancellation) => _client.SendAsync("get", address.AbsolutePath, () =>
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", $"{IndexType}, {ManifestType}, */*");
        return request;
    }, cancellation);

    // A list goes on at the same registry, or not at all.
    private Uri Beside(string target)
    {
        Uri address = new(_repository, target);
        return address.GetLeftPart(UriPartial.Authority) == _repository.GetLeftPart(UriPartial.Authority) ? address : throw new MalformedException("referrers that go on at another registry");
    }

    private static void RefuseOtherAnswers(RestAnswer answer)
    {
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
        {
            throw ServiceReasons.Failed.Refusal($"the registry: {(int)answer.Status}");
        }
    }

    [GeneratedRegex("""<(?<target>[^>]+)>\s*;\s*rel="?next"?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextPage();

    /// <summary>What was fetched, as an OCI layout.</summary>
    private sealed class Fetched
    {
        private readonly Dictionary<string, ReadOnlyMemory<byte>> _blobs = new(StringComparer.Ordinal);
        private readonly List<string> _index = [];

        public void Take(string digest, ReadOnlyMemory<byte> content)
        {
            if (Digest.Sha256(content.Span).ToString() != digest)
            {
                throw new MalformedException("a blob has another digest than it was asked for by");
            }

            _blobs[digest[7..]] = content;
            if (_blobs.Count > MostParts)
            {
                throw new MalformedException($"more than {MostParts} manifests and blobs");
            }
        }

        public void Name(ReadOnlyMemory<byte> manifest, string mediaType, (string Name, string Value) annotation)
        {
            string digest = Digest.Sha256(manifest.Span).ToString();
            Take(digest, manifest);
            string annotations = annotation.Value.Length == 0 ? "" : $",\"annotations\":{{\"{annotation.Name}\":{CanonicalJson.Quoted(annotation.Value)}}}";
            _index.Add($"{{\"mediaType\":{CanonicalJson.Quoted(mediaType)},\"digest\":\"{digest}\",\"size\":{manifest.Length}{annotations}}}");
        }

        public OciLayout Layout()
        {
            using MemoryStream archive = new();
            using (TarWriter tar = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
            {
                Add(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray());
                Add(tar, "index.json", Utf8Text.Encode($"{{\"schemaVersion\":2,\"manifests\":[{string.Join(',', _index)}]}}"));
                _blobs.ToList().ForEach(blob => Add(tar, $"blobs/sha256/{blob.Key}", blob.Value));
            }

            archive.Position = 0;
            return OciLayout.FromTar(archive);
        }

        private static void Add(TarWriter tar, string name, ReadOnlyMemory<byte> content)
        {
            using MemoryStream data = new(content.ToArray(), writable: false);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
        }
    }
}

using System.Collections.Immutable;
using OfflineKit.FileSystem;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads what scanners' releases are checked by.</summary>
internal static class ReleaseReader
{
    /// <summary>The section <c>release</c>; without one no scanner is released.</summary>
    public static ReleaseConfiguration Read(Section? section, ConfigurationPlace place)
    {
        if (section is null)
        {
            return new ReleaseConfiguration([], []);
        }

        ImmutableArray<TrustedKey> keys = [.. section.Texts("keys")
            .Select(path => section.Try(() => KeyFile.Parse(place.Content(path, "release key"), Path.GetFileName(path), "release"), null))
            .OfType<TrustedKey>()];
        ImmutableArray<ReleaseSourceConfiguration> sources = [.. section.Children("sources").Select(source => Source(source, place))];
        section.End();
        if (keys.IsEmpty && sources.Any(source => source.Kind != ReleaseSourceKind.Approval))
        {
            section.Fault("no keys: nothing that is signed could be believed");
        }

        return new ReleaseConfiguration(sources, keys);
    }

    private static ReleaseSourceConfiguration Source(Section section, ConfigurationPlace place)
    {
        ReleaseSourceKind kind = section.Choice(
            "kind", ReleaseSourceKind.Approval, ("allow-list", ReleaseSourceKind.AllowList), ("layout", ReleaseSourceKind.Layout), ("registry", ReleaseSourceKind.Registry), ("approval", ReleaseSourceKind.Approval));
        string found = kind switch
        {
            ReleaseSourceKind.Approval => "",
            ReleaseSourceKind.Registry => Repository(section),
            _ => place.File(section.Text("path")),
        };
        if (kind is ReleaseSourceKind.AllowList or ReleaseSourceKind.Layout && section.Try(() => FileStatus.IsAbsent(found), otherwise: false))
        {
            section.Fault($"{found} does not exist");
        }

        section.End();
        return new ReleaseSourceConfiguration(kind, found);
    }

    private static string Repository(Section section)
    {
        string text = section.Text("url");
        bool isRepository = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) && address.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal);
        if (!isRepository)
        {
            section.Fault($"url is \"{text}\", wanted https://REGISTRY/v2/NAME, or http on loopback");
        }

        return isRepository ? text : "http://127.0.0.1/v2/none";
    }
}

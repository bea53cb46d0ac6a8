using OfflineKit.FileSystem;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads where the service listens and what it is called.</summary>
internal static class ListenerReader
{
    /// <summary>The address <paramref name="name"/>: scheme, host, port.</summary>
    public static Uri Address(Section root, string name, string otherwise)
    {
        string text = root.OptionalText(name) ?? otherwise;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/" && address.Query.Length == 0)
        {
            return address;
        }

        root.Fault($"{name} is \"{text}\", wanted http://HOST:PORT or https://HOST:PORT");
        return new Uri(otherwise);
    }

    /// <summary>The public origin, without a final slash.</summary>
    public static string Origin(Section root) => Address(root, "publicOrigin", "http://127.0.0.1:8080").GetLeftPart(UriPartial.Authority);

    /// <summary>The collector of traces at <paramref name="text"/>.</summary>
    public static Uri? Collector(Section section, string text)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback));
        if (!isAddress)
        {
            section.Fault($"otlp is \"{text}\", wanted https://HOST:PORT/v1/traces, or http on loopback");
        }

        return isAddress ? address : null;
    }

    /// <summary>Certificate and key.</summary>
    public static TlsFiles? Tls(Section root, ConfigurationPlace place)
    {
        if (root.Child("tls") is not { } tls)
        {
            return null;
        }

        TlsFiles files = new(place.File(tls.Text("certificate")), place.File(tls.Text("key")));
        tls.End();
        foreach (string path in (ReadOnlySpan<string>)[files.Certificate, files.Key])
        {
            if (tls.Try(() => FileStatus.IsAbsent(path), otherwise: false))
            {
                tls.Fault($"{path} does not exist");
            }
        }

        return files;
    }

    /// <summary>Refuses combinations that would be open to the network.</summary>
    public static void Check(Section root, SignerConfiguration configuration)
    {
        if (configuration.Listen.Scheme == "http" && !configuration.Listen.IsLoopback)
        {
            root.Fault("listen: http is for loopback alone");
        }

        if (configuration.Listen.Scheme == "https" && configuration.Tls is null)
        {
            root.Fault("listen: https needs \"tls\"");
        }

        if (configuration.Operations.Scheme != "http")
        {
            root.Fault("operations: http only; put it on loopback or a network of its own");
        }

        if (configuration.MutualTls.Roots.Count > 0 && configuration.Listen.Scheme != "https")
        {
            root.Fault("mtls: client certificates need https");
        }

        if (configuration.Authority.DemonstrationKey is not null && !configuration.Listen.IsLoopback)
        {
            root.Fault("authority.demonstrationKey: a demonstration listens on loopback alone");
        }
    }
}

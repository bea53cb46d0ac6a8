namespace OfflineKit.Signing.Services;

/// <summary>Where requests with credentials may go.</summary>
internal static class ServiceAddress
{
    /// <summary>The base address that <paramref name="setting"/> holds: https, or http to this machine.</summary>
    public static Uri Parse(string text, string setting)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
        {
            throw ServiceReasons.UnsafeAddress.Refusal($"{setting} is \"{text}\", wanted an https:// address");
        }

        RefuseUnencrypted(address, setting);
        return address;
    }

    /// <summary>Refuses plain http to any other machine.</summary>
    public static void RefuseUnencrypted(Uri address, string what)
    {
        if (address.Scheme != "https" && !address.IsLoopback)
        {
            throw ServiceReasons.UnsafeAddress.Refusal($"{what} is {address.Scheme}://{address.Authority}, wanted https");
        }
    }

    /// <summary>What lies at <paramref name="path"/> below the base address <paramref name="address"/>.</summary>
    public static Uri Below(Uri address, string path) => new(address.AbsoluteUri.TrimEnd('/') + path);

    /// <summary>The host is <paramref name="domain"/> or below it.</summary>
    public static bool IsWithin(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}

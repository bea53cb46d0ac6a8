using System.Net;

namespace OfflineKit.Signing.Services;

/// <summary>The proxy of the standard variables, for every host but this machine: plain http to a loopback address is allowed because it stays here.</summary>
internal sealed class ProxyForOthers(IWebProxy standard) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => standard.Credentials;
        set => standard.Credentials = value;
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : standard.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || standard.IsBypassed(host);
}

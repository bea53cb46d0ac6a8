using System.Text.RegularExpressions;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Azure;

/// <summary>What a vault says about who issues its tokens; believed only as far as it concerns the vault itself.</summary>
/// <param name="Authority">The issuer's address.</param>
/// <param name="Tenant">The tenant in it.</param>
/// <param name="Scope">What the token is for.</param>
internal sealed partial record AzureChallenge(Uri Authority, string Tenant, string Scope)
{
    private static readonly string[] Issuers =
    [
        "login.microsoftonline.com", "login.windows.net", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn",
    ];

    /// <summary>The challenge in <paramref name="header"/> of the vault at <paramref name="vaultHost"/>.</summary>
    /// <exception cref="SigningException"><c>service.unsafe-address</c>: a foreign vault must not collect tokens.</exception>
    public static AzureChallenge Parse(string header, string vaultHost)
    {
        string authorization = Parameter(header, "authorization") ?? Parameter(header, "authorization_uri") ?? "", resource = Parameter(header, "resource") ?? Parameter(header, "scope") ?? "";
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(authorization, UriKind.Absolute, out Uri? authority) || !Uri.TryCreate(resource, UriKind.Absolute, out Uri? audience))
        {
            throw ServiceReasons.MalformedAnswer.Refusal($"{AzureVault.Service} at {vaultHost}: the answer names no issuer of tokens");
        }

        bool isOwn = audience.Scheme == "https" && audience.Host.Contains('.', StringComparison.Ordinal) && vaultHost.EndsWith("." + audience.Host, StringComparison.OrdinalIgnoreCase);
        bool isKnown = authority is { Scheme: "https", IsDefaultPort: true } && Issuers.Contains(authority.Host, StringComparer.OrdinalIgnoreCase);
        if (!isOwn || !isKnown)
        {
            throw ServiceReasons.UnsafeAddress.Refusal($"{vaultHost} asks for a token for {audience.Host} issued by {authority.Host}; wanted its own domain and an issuer of Microsoft's");
        }

        return new AzureChallenge(authority, authority.AbsolutePath.Trim('/').Split('/')[0], $"https://{audience.Host}/.default");
    }

    private static string? Parameter(string header, string name) =>
        Pair().Matches(header).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["value"].Value;

    [GeneratedRegex(@"(?<name>[a-z_]+)=""?(?<value>[^"", ]+)""?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();
}

namespace OfflineKit.Signing.Keyless;

/// <summary>Who signs without a key of their own.</summary>
/// <param name="Name">The name in the certificate: mail address, workflow, account.</param>
/// <param name="Issuer">The OIDC issuer who vouches.</param>
/// <param name="Certificate">SHA-256 of the certificate, lower-case hex; empty before there is one.</param>
internal sealed record SignerIdentity(string Name, string Issuer, string Certificate);

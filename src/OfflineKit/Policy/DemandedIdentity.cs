using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>A certificate identity and the issuer that vouches for it.</summary>
/// <param name="Identity">The exact subject alternative name.</param>
/// <param name="Issuer">The exact OIDC issuer.</param>
internal sealed record DemandedIdentity(string Identity, string Issuer)
{
    internal static DemandedIdentity Parse(JsonValue value)
    {
        value.RefuseOtherMembers("identity", "issuer");
        return new DemandedIdentity(PolicyValues.NotEmpty(value["identity"]), PolicyValues.NotEmpty(value["issuer"]));
    }
}

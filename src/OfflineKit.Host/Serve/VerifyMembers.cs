using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Serve;

/// <summary>The JSON members that mean what the options of <c>offlinekit verify</c> mean: of a serve request, and of a line of a batch list.</summary>
/// <remarks>Source: docs/spec/serve.md.</remarks>
internal static class VerifyMembers
{
    // A request says what the command line says; this table is the whole difference.
    private static readonly ImmutableArray<(string Member, string Option)> Options =
    [
        ("signaturePath", "--signature"),
        ("publicKey", "--key"),
        ("trustRoots", "--trust-root"),
        ("trustFolders", "--trust"),
        ("trustedRoots", "--trusted-root"),
        ("format", "--format"),
        ("at", "--at"),
        ("algorithm", "--algorithm"),
        ("signatureEncoding", "--signature-encoding"),
        ("certificateIdentity", "--certificate-identity"),
        ("certificateOidcIssuer", "--certificate-oidc-issuer"),
        ("allowedSigners", "--allowed-signers"),
        ("identity", "--identity"),
        ("namespace", "--namespace"),
        ("policy", "--policy"),
    ];

    private static readonly ImmutableArray<(string Member, string Flag)> Flags =
    [
        ("noBundledTrust", "--no-bundled-trust"),
        ("allowLegacyMinisign", "--allow-legacy-minisign"),
        ("digestInput", "--digest-input"),
    ];

    /// <summary>Every member's name.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Options.Select(option => option.Member), .. Flags.Select(flag => flag.Member)];

    /// <summary>The words of a command line that mean the same as <paramref name="members"/>.</summary>
    public static IEnumerable<string> Words(JsonValue members)
    {
        foreach ((string member, string option) in Options)
        {
            foreach (string value in RequestPaths.Texts(members, member))
            {
                // One word, so that no value can be read as another option.
                yield return $"{option}={value}";
            }
        }

        foreach ((string _, string flag) in Flags.Where(flag => members.Optional(flag.Member)?.Boolean == true))
        {
            yield return flag;
        }
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Cli.Serve;

/// <summary>One request of the serve protocol: a verb and its members.</summary>
/// <param name="Id">The caller's id, echoed in the one answer.</param>
/// <param name="Verb">verify, inspect, trust-list, cancel or bye.</param>
/// <param name="Members">The whole request.</param>
/// <remarks>Source: docs/spec/serve.md. Unknown members are refused: a misspelt restriction must not be ignored.</remarks>
internal sealed record ServeRequest(string Id, string Verb, JsonValue Members)
{
    private const int IdLimit = 128;

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

    /// <summary>The request on one line.</summary>
    public static ServeRequest Parse(ReadOnlyMemory<byte> line)
    {
        JsonValue members = StrictJson.ParseObject(line, "request");
        string verb = members.String("verb");
        string id = verb == "bye" ? "" : members.String("id");
        return id.Length <= IdLimit && (id.Length > 0 || verb == "bye")
            ? new ServeRequest(id, verb, members)
            : throw new MalformedException($"request: the id is empty or longer than {IdLimit} characters");
    }

    /// <summary>The artefact's bytes, where the request carries them.</summary>
    public byte[]? Content => Members.Optional("content") is null ? null : Members.Base64("content");

    /// <summary>The path, or the name of the content.</summary>
    public string Path => Members.String("path");

    /// <summary>The options that decide whom to trust: requests that agree in them share one store.</summary>
    public string TrustKey => string.Join('\0', TrustMembers().Select(member => Members.Optional(member) is { } value ? System.Text.Encoding.UTF8.GetString(value.Raw.Span) : ""));

    /// <summary>The <c>verify</c> command line that means the same.</summary>
    public ImmutableArray<string> VerifyLine()
    {
        RefuseUnknown();
        List<string> line = ["verify"];
        foreach ((string member, string option) in Options)
        {
            foreach (string value in Texts(member))
            {
                // One word, so that no value can be read as another option.
                line.Add($"{option}={value}");
            }
        }

        line.AddRange(Flags.Where(flag => Members.Optional(flag.Member)?.Boolean == true).Select(flag => flag.Flag));
        return [.. line, "--", Path];
    }

    private static string[] TrustMembers() => ["publicKey", "trustRoots", "trustFolders", "trustedRoots", "allowedSigners", "noBundledTrust"];

    private IEnumerable<string> Texts(string member) => Members.Optional(member) switch
    {
        null => [],
        { Kind: JsonKind.Array } values => values.Elements.Select(value => value.Text),
        { } value => [value.Text],
    };

    private void RefuseUnknown() => Members.RefuseOtherMembers(
        [.. Options.Select(option => option.Member), .. Flags.Select(flag => flag.Member), "id", "verb", "path", "content"]);
}

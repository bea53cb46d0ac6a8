using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Serve;

/// <summary>One request of the serve protocol: a verb and its members.</summary>
/// <param name="Id">The caller's id, echoed in the one answer.</param>
/// <param name="Verb">verify, inspect, trust-list, …, cancel or bye.</param>
/// <param name="Members">The whole request.</param>
/// <remarks>Source: docs/spec/serve.md. Unknown members are refused: a misspelt restriction must not be ignored.</remarks>
internal sealed record ServeRequest(string Id, string Verb, JsonValue Members)
{
    private const int IdLimit = 128;

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

    /// <summary>The names, ids or fingerprints to which the trusted keys are narrowed; empty: all of them.</summary>
    public ImmutableArray<string> KeyIds => [.. RequestPaths.Texts(Members, "keyIds")];

    /// <summary>The options that decide whom to trust: requests that agree in them share one store.</summary>
    public string TrustKey => string.Join('\0', TrustMembers().Select(member => Members.Optional(member) is { } value ? System.Text.Encoding.UTF8.GetString(value.Raw.Span) : ""));

    /// <summary>The <c>verify</c> command line that means the same.</summary>
    public ImmutableArray<string> VerifyLine()
    {
        Members.RefuseOtherMembers([.. VerifyMembers.Names, "id", "verb", "path", "content", "keyIds"]);
        RefuseSpecialFiles();
        return ["verify", .. VerifyMembers.Words(Members), "--", Path];
    }

    /// <summary>The words after <c>verify-export</c> that mean the same.</summary>
    public ImmutableArray<string> ExportLine()
    {
        Members.RefuseOtherMembers(
            "id", "verb", "path", "layout", "offlineManifest", "receiptEntry", "logKey", "allowUnlisted", "publicKey", "trustRoots", "trustFolders", "trustedRoots", "noBundledTrust", "certificateIdentity", "certificateOidcIssuer", "policy", "at");
        RefuseSpecialFiles();
        string[] layout = Members.OptionalString("layout") is { } name ? [$"--layout={name}"] : [];
        string[] manifest = Members.OptionalString("offlineManifest") is { } file ? [$"--offline-manifest={file}"] : [];
        string[] entry = Members.OptionalString("receiptEntry") is { } body ? [$"--receipt-entry={body}"] : [];
        string[] log = Members.OptionalString("logKey") is { } key ? [$"--log-key={key}"] : [];
        string[] unlisted = Members.Optional("allowUnlisted")?.Boolean == true ? ["--allow-unlisted"] : [];
        return [.. VerifyMembers.Words(Members), .. layout, .. manifest, .. entry, .. log, .. unlisted, "--", Path];
    }

    /// <summary>Refuses paths that are no files: standard input carries the requests, and a pipe or a device would hold the engine up.</summary>
    public void RefuseSpecialFiles()
    {
        // The path of a content in memory is only its name.
        RequestPaths.Refuse(Members, Members.Optional("content") is null ? ["path"] : []);
        RequestPaths.Refuse(Members, "signaturePath", "publicKey", "trustedRoots", "trustFolders", "allowedSigners", "policy", "offlineManifest", "receiptEntry", "logKey");
    }

    // The identity, which a policy may demand, decides which kind of roots is consulted; time and policy decide how old imported trust may be.
    private static string[] TrustMembers() =>
        ["publicKey", "trustRoots", "trustFolders", "trustedRoots", "allowedSigners", "noBundledTrust", "certificateIdentity", "certificateOidcIssuer", "policy", "at"];
}

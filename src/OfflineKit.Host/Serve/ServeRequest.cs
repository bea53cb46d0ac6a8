using OfflineKit.Encoding;
using OfflineKit.Host.Requests;

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

    /// <summary>What the request asks beside its files, with every file that it names read now.</summary>
    /// <param name="asks">The question.</param>
    /// <param name="subject">The members that say what it is about.</param>
    /// <exception cref="MalformedException">It has a member that does not belong to the question, or one of a wrong kind.</exception>
    /// <exception cref="UsageException">It contradicts itself, or a file that it names is missing.</exception>
    public VerifyRequest Ask(Questions asks, params ReadOnlySpan<string> subject)
    {
        Members.RefuseOtherMembers([.. RequestMembers.Names(asks), "id", "verb", .. subject]);
        RefuseSpecialFiles();
        return VerifyRequest.Of(asks, RequestMembers.Given(Members, asks, new Inputs(standardInput: null)));
    }

    /// <summary>Refuses paths that are no files: standard input carries the requests, and a pipe or a device would hold the engine up.</summary>
    public void RefuseSpecialFiles()
    {
        // The path of a content in memory is only its name.
        RequestPaths.Refuse(Members, Members.Optional("content") is null ? ["path"] : []);
        RequestPaths.Refuse(Members, "signaturePath", "artifactPath");
    }
}

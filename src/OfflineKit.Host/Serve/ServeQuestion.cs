using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Serve;

/// <summary>A verb that asks what a command of the command line asks.</summary>
/// <param name="Verb">Its name.</param>
/// <param name="Asks">The question: its members are the parameters of the table.</param>
/// <param name="Subject">The further members, which say what it is about.</param>
/// <param name="Answer">The verdict.</param>
/// <remarks>A test demands a verb for every question and every command that ends in a verdict.</remarks>
internal sealed record ServeQuestion(string Verb, Questions Asks, ImmutableArray<string> Subject, Func<HostQuestion, Report> Answer)
{
    private const string Path = "path", Content = "content", Signature = "signaturePath", Artifact = "artifactPath", Digest = "digest", Enforcement = "enforcement", Parameter = "policyParameter";

    /// <summary>Every such verb whose answer is a report.</summary>
    public static ImmutableArray<ServeQuestion> All { get; } =
    [
        new("verify", Questions.File, [Path, Content, Signature], static asked => FileAnswer.Of(asked.Trust, FileAnswer.FoundOrListed(asked.Request, asked.Subject), asked.Request.Format, asked.Time)),
        new("verify-bundle", Questions.Bundle, [Path, Content, Signature], static asked => BundleAnswer.Of(asked.Trust, BundleAnswer.Named(asked.Subject with { Signature = asked.Needed(Signature) }), asked.Time)),
        new("verify-envelope", Questions.Envelope, [Path, Content, Artifact], static asked =>
            EnvelopeAnswer.Of(asked.Trust, asked.Subject, asked.Optional(Artifact) is { } artifact ? HostQuestion.SubjectAt(artifact) : null, asked.Time)),
        new("verify-image", Questions.Image, [Path, Digest], static asked => ImageAnswer.Of(asked.Trust, asked.Needed(Path), ImageAnswer.DigestOf(asked.Needed(Digest), Digest), asked.Time)),
        new("verify-export", Questions.Export, [Path], static asked => ExportAnswer.Of(asked.Trust, asked.Needed(Path), asked.Time, asked.Notes.Add)),
        new("verify-dossier", Questions.Dossier, [Path, Content], static asked => DossierAnswer.Of(asked.Trust, asked.Subject, asked.Time)),
        new("verify-policy", Questions.Sentinel, [Path, Content, Signature, Enforcement, Parameter], static asked =>
            SentinelAnswer.Of(asked.Trust, asked.Subject with { Signature = asked.Needed(Signature) }, SentinelAnswer.LoaderOf(asked.Optional(Enforcement), asked.Optional(Parameter) ?? asked.Needed(Path)), asked.Time).Report),
    ];
}

/// <summary>A question that a host asked, while it is answered.</summary>
/// <param name="members">The whole request.</param>
/// <param name="request">What is asked.</param>
/// <param name="session">The trust of the session.</param>
internal sealed class HostQuestion(ServeRequest members, VerifyRequest request, TrustSession session)
{
    /// <summary>What is asked.</summary>
    public VerifyRequest Request => request;

    /// <summary>Its trust as it is now.</summary>
    public Resolution Trust => session.Resolve(request);

    /// <summary>The time of verification.</summary>
    public DateTimeOffset Time { get; } = request.TimeOr(TimeProvider.System.GetUtcNow());

    /// <summary>What was done besides.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The file that the request is about, or the content that it carries.</summary>
    public Subject Subject => SubjectAt(Needed("path")) with { Content = members.Content?.AsMemory(), Signature = Optional("signaturePath") };

    /// <summary>The file <paramref name="path"/>.</summary>
    public static Subject SubjectAt(string path) => new(path) { Inputs = new Inputs(standardInput: null) { Folders = Folders, NotLists = NotLists } };

    private static readonly FolderLooks Folders = new();

    private static readonly NotLists NotLists = new();

    /// <summary>The text of the member <paramref name="name"/>.</summary>
    /// <exception cref="MalformedException">It is not there.</exception>
    public string Needed(string name) => members.Members.String(name);

    /// <summary>The same, or null.</summary>
    public string? Optional(string name) => members.Members.OptionalString(name);
}

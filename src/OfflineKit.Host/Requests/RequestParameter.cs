using System.Collections.Immutable;

namespace OfflineKit.Host.Requests;

/// <summary>One thing that a question can say, under whatever name: an option of the command line, a member of a serve request, a member of a line of a batch.</summary>
/// <param name="Member">Its name in JSON, which is its name everywhere that is no command line.</param>
/// <param name="Option">Its name on the command line.</param>
/// <param name="Kind">What it can do to a verdict.</param>
/// <param name="Names">What its words name.</param>
/// <param name="Meaning">What it is for, in one line.</param>
/// <remarks>
/// The one table of them is <see cref="RequestParameters"/>; every surface is made from it, so that none can forget one.
/// Source: docs/decisions/0052-one-request.md.
/// </remarks>
internal sealed record RequestParameter(string Member, string Option, ParameterKind Kind, ParameterNames Names, string Meaning)
{
    /// <summary>Which questions it belongs to.</summary>
    public required Questions Asks { get; init; }

    /// <summary>The request with what was given.</summary>
    public required Func<VerifyRequest, GivenParameter, VerifyRequest> Land { get; init; }

    /// <summary>What a file that it names holds and what gives no trust, for people; null: a file is used whole or not at all.</summary>
    public Func<NamedFile, IEnumerable<string>>? LeavesOut { get; init; }

    /// <summary>In which batches a line that says it can only take trust away; elsewhere a file could be trusted because of it, and the line is refused.</summary>
    public Func<VerifyRequest, bool> NarrowsWithin { get; init; } = static _ => true;

    /// <summary>By what it names the signer.</summary>
    public SignerWay Way { get; init; } = SignerWay.Any;

    /// <summary>It says itself who may have signed; anything else that belongs to a <see cref="Way"/> is a demand on whoever did.</summary>
    public bool NamesSigner => Way != SignerWay.Any && (Kind != ParameterKind.Narrows || SaysIdentity);

    /// <summary>It names the signer by what a certificate says.</summary>
    public bool SaysIdentity { get; init; }

    /// <summary>Further names on the command line, unless another parameter of the question has them.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>What stands for its words in help texts.</summary>
    public string Placeholder { get; init; } = "";

    /// <summary>The only words that it takes; empty: any.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>What its file is, for messages.</summary>
    public string Noun { get; init; } = "file";

    /// <summary>The most bytes that its file may have.</summary>
    public int Limit { get; init; } = Limits.KeyFile;

    /// <summary>It may be given several times: any of them, or all of them, as its meaning says.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>It can change a verdict, and not only what is written down of it.</summary>
    public bool ChangesVerdict { get; init; } = true;

    /// <summary>It says that what was signed means something else than it does by default.</summary>
    public bool Reinterprets { get; init; }

    /// <summary>It makes trusted what is refused without it, so a policy that binds the machine must permit it.</summary>
    public bool WantsPermission => ChangesVerdict && (Kind == ParameterKind.Permits || Reinterprets);

    /// <summary>Its words are paths.</summary>
    public bool NamesPath => Names is not (ParameterNames.Nothing or ParameterNames.Text or ParameterNames.Number);
}

using System.Collections.Immutable;

namespace OfflineKit.Host.Requests;

/// <summary>What a parameter can do to a verdict.</summary>
internal enum ParameterKind
{
    /// <summary>It demands more, or says what the files cannot say themselves; nothing is trusted because of it.</summary>
    Narrows,

    /// <summary>It accepts what is refused without it. It may stay unused.</summary>
    Permits,

    /// <summary>It names somebody to trust. It may stay unused.</summary>
    Trusts,

    /// <summary>It names somebody to trust, and demands to be used: a layout that has no use for it is refused.</summary>
    Requires,
}

/// <summary>By what a parameter names the signer. A question has one way; over a medium each way that is given is asked.</summary>
internal enum SignerWay
{
    /// <summary>It belongs to all of them.</summary>
    Any,

    /// <summary>By a key.</summary>
    Key,

    /// <summary>By the identity in a certificate.</summary>
    Identity,

    /// <summary>By a line of SSH signers.</summary>
    Ssh,
}

/// <summary>What the words of a parameter name.</summary>
internal enum ParameterNames
{
    /// <summary>Nothing: the parameter is a switch and has no words.</summary>
    Nothing,

    /// <summary>Text with a meaning of its own.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A file.</summary>
    File,

    /// <summary>A key: <c>FILE</c>, or <c>ID=FILE</c>.</summary>
    Key,

    /// <summary>A file, or <c>trust:IMPORT/PATH</c>.</summary>
    Policy,

    /// <summary>A folder with a trust store.</summary>
    Store,

    /// <summary>A place for the program's own state.</summary>
    Place,
}

/// <summary>What can be asked.</summary>
[Flags]
internal enum Questions
{
    None = 0,

    /// <summary>A file and its signature, whatever the format.</summary>
    File = 1,

    /// <summary>A Sigstore bundle.</summary>
    Bundle = 2,

    /// <summary>A DSSE envelope.</summary>
    Envelope = 4,

    /// <summary>A container image.</summary>
    Image = 8,

    /// <summary>A whole export.</summary>
    Export = 16,

    /// <summary>A dossier.</summary>
    Dossier = 32,

    /// <summary>A Sentinel policy.</summary>
    Sentinel = 64,

    /// <summary>What a policy file demands, and of whom.</summary>
    PolicyCheck = 128,

    /// <summary>An audit log whose lines carry HMACs: nobody is trusted, a secret is known.</summary>
    Log = 256,

    /// <summary>Everything that ends in a verdict on a signature.</summary>
    Verdicts = File | Bundle | Envelope | Image | Export | Dossier | Sentinel,

    All = Verdicts | PolicyCheck,
}

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

    /// <summary>By what it names the signer.</summary>
    public SignerWay Way { get; init; } = SignerWay.Any;

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

    /// <summary>Its words are paths.</summary>
    public bool NamesPath => Names is not (ParameterNames.Nothing or ParameterNames.Text or ParameterNames.Number);
}

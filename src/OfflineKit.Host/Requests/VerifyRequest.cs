using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>One question, but for the file that it is about: whom to trust, what is known from outside, what is demanded.</summary>
/// <remarks>
/// Made exactly once by a surface, from parameters that are the same for all of them, with every file that they name already read. Below it there is no
/// option, no JSON of a request and no path of a key or policy. Immutable.
/// </remarks>
internal sealed record VerifyRequest
{
    private VerifyRequest(Questions asks) => Asks = asks;

    /// <summary>What is asked.</summary>
    public Questions Asks { get; }

    /// <summary>Whom it trusts.</summary>
    public TrustRequest Trust { get; init; } = new();

    /// <summary>The identity that must have signed.</summary>
    public IdentityRequest Identity { get; init; } = new();

    /// <summary>What is known from outside. How the signer is named follows from the rest.</summary>
    public Expectations Expectations { get; init; } = Expectations.None;

    /// <summary>What else is demanded of the evidence.</summary>
    public ImmutableArray<Requirement> Requirements { get; init; } = [];

    /// <summary>The policy that somebody wrote down; null: none.</summary>
    public PolicySource? Policy { get; init; }

    /// <summary>The format; null: recognised.</summary>
    public Format? Format { get; init; }

    /// <summary>The time that the operator states; null: the clock's.</summary>
    public DateTimeOffset? StatedTime { get; init; }

    /// <summary>The time of verification, when it is <paramref name="now"/>.</summary>
    public DateTimeOffset TimeOr(DateTimeOffset now) => StatedTime ?? now;

    /// <summary>What only an export can be asked.</summary>
    public ExportTerms Export { get; init; } = new();

    /// <summary>Why a file that a parameter names cannot be used, which refuses whatever is asked about; null: nothing is wrong.</summary>
    public Finding? Refusal { get; init; }

    /// <summary>The only kinds of roots that are consulted without being named; null: those that the question needs. A line of a batch has those of its batch.</summary>
    public ImmutableArray<TrustRootKind>? Kinds { get; init; }

    /// <summary>SHA-256 over all that was given, files by their content: two requests with one digest ask the same, wherever their files lie.</summary>
    /// <remarks>Computed when somebody compares: most questions are asked once.</remarks>
    public string Digest => _digest ??= RequestDigest.Of(Asks, Given, OfBatch);

    /// <summary>What tells two requests of one session apart: the digest, every word as it was spelled, and the kinds of roots.</summary>
    public string SessionKey => Netstring.List(Digest, _words ??= Netstring.List(Given.Select(one => Netstring.List(one.Texts.Prepend(one.Spelling)))), Kinds is { } kinds ? string.Join(',', kinds) : null);

    /// <summary>What was given that accepts what is refused without it.</summary>
    public IEnumerable<GivenParameter> Loosening => Given.Where(given => given.Parameter.WantsPermission);

    /// <summary>Whoever asks says who may have signed, and does not leave it to the trust that is there.</summary>
    public bool NamesSigners => Trust.NamesKey || Trust.AllowedSigners is not null || !Identity.Identity.IsEmpty;

    /// <summary>What was left out of what the parameters name, and why: a surface says it once. Untrusted text.</summary>
    public ImmutableArray<string> Remarks => [.. Given.SelectMany(given => given.Remarks)];

    /// <summary>The question of the whole batch, of which this is what one line asks; null: no line narrowed it.</summary>
    public VerifyRequest? OfBatch { get; private init; }

    /// <summary>Every parameter that was given.</summary>
    public ImmutableArray<GivenParameter> Given { get; private init; } = [];

    // Kept once computed, and taken away where more is given.
    private string? _digest, _words;

    /// <summary>The question that <paramref name="given"/> ask.</summary>
    /// <exception cref="UsageException">They contradict each other, or a file that they name is missing.</exception>
    public static VerifyRequest Of(Questions asks, IEnumerable<GivenParameter> given) => new VerifyRequest(asks).And(given);

    /// <summary>This question with what a line of a batch adds, which may narrow and nothing else.</summary>
    /// <exception cref="UsageException">A parameter permits or trusts, or says again what the batch says already.</exception>
    public VerifyRequest Narrowed(IEnumerable<GivenParameter> line)
    {
        ImmutableArray<GivenParameter> given = [.. line];
        foreach (GivenParameter one in given)
        {
            if (Widening(one.Parameter) is { } what)
            {
                throw one.Fault($"{what}, which a line of a batch cannot do", "say it once for the whole batch; a line can narrow the trusted keys with keyIds");
            }

            if (Given.Any(known => known.Parameter == one.Parameter))
            {
                throw one.Fault("is said for the whole batch already", "say it on the lines, or for the batch");
            }
        }

        return (this with { OfBatch = OfBatch ?? this }).And(given);
    }

    // Whoever writes a list chooses the files, and neither whom to trust nor what of a file is signed.
    private string? Widening(RequestParameter parameter) =>
        parameter.Kind != ParameterKind.Narrows ? "would add trust" : !parameter.NarrowsWithin(this) ? "could make a file trusted that is not trusted without it" : null;

    private VerifyRequest And(IEnumerable<GivenParameter> more)
    {
        ImmutableArray<GivenParameter> given = [.. more], all = [.. Given, .. given];
        if (given.FirstOrDefault(one => one.Parameter.Kind != ParameterKind.Permits && (one.Parameter.Asks & Asks) == Questions.None) is { } other)
        {
            throw other.Fault("says something of exports, and this is asked as a file", "`offlinekit verify-export` asks about one export, `offlinekit verify FOLDER` about everything in a folder");
        }

        VerifyRequest request = given.Aggregate(this, static (left, one) => one.Parameter.Land(left, one));
        request.Identity.Check();
        request.Export.Check();
        request.CheckSigners();
        return request with
        {
            Given = all,
            _digest = null,
            _words = null,
        };
    }

    private void CheckSigners()
    {
        if (Trust.NamesKey && !Identity.Identity.IsEmpty)
        {
            throw new UsageException("both a key and an identity were given", "a signature is by a key or by an identity: give one");
        }

        if (Trust.AllowedSigners is not null && (Expectations.Identity is null || Expectations.Namespace is null))
        {
            throw new UsageException("{allowedSigners} needs {identity} and {namespace}", "name the signer's principal and the purpose, such as file");
        }
    }
}

using System.CommandLine;
using OfflineKit.Cli.Batches;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify FILE</c>: the artefact, its signature, and a verdict.</summary>
/// <remarks>One instance answers any number of parsed command lines: `serve` and batches ask through it as well, so that an option means the same everywhere.</remarks>
internal sealed class VerifyCommand
{
    private readonly Argument<string[]> _artifacts = new("FILE")
    {
        Description = "the artefact; - reads standard input; several make a batch",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _signature = new("--signature", "-s") { Description = "the signature file; default: found next to FILE, or in FILE itself", HelpName = "SIG" };
    private readonly TrustOptions _trust = TrustOptions.OneKey();
    private readonly FormatOption _format = new();
    private readonly TimeOption _time = new();
    private readonly ExpectationOptions _expectations = new();
    private readonly KmsOptions _kms = new();
    private readonly SshOptions _ssh = new();
    private readonly IdentityOptions _identity = new();
    private readonly EnvelopeOptions _envelope = new();
    private readonly PolicyOption _policy = new();
    private readonly CollectionOptions _collection = new();
    private readonly SecretOption _secret = new("--hmac-key-file");
    private readonly BatchOptions _batch = new();
    private readonly OutputOption _output = OutputOption.WithLines();

    public VerifyCommand()
    {
        Command = new CommandWithExample(
            "verify", "Verify a file against its signature and the keys that you trust.", "offlinekit verify app.tar.gz --signature app.tar.gz.minisig --key release.pub",
            "offlinekit verify --batch files.txt --key release.pub > results.ndjson")
        {
            _artifacts, _signature,
        };
        _trust.AddTo(Command);
        _format.AddTo(Command);
        _expectations.AddTo(Command);
        _kms.AddTo(Command);
        _ssh.AddTo(Command);
        _identity.AddTo(Command);
        _envelope.AddTo(Command);
        _policy.AddTo(Command);
        _collection.AddTo(Command);
        _secret.AddTo(Command);
        _time.AddTo(Command);
        _batch.AddTo(Command);
        _output.AddTo(Command);
        Command.SetAction(arguments => _batch.IsBatch(arguments, Artifacts(arguments)) ? AnswerMany(arguments) : AnswerOne(arguments));
    }

    /// <summary>The command with its options and help.</summary>
    public Command Command { get; }

    /// <summary>The command alone.</summary>
    public static Command Create() => new VerifyCommand().Command;

    /// <summary>The store that the command line trusts.</summary>
    public Result<TrustStore> Trust(ParseResult arguments) => _ssh.Read(arguments) is { } signers
        ? _trust.Limit(signers, arguments)
        : _trust.Read(arguments, KindsFor(SignerOf(arguments), _ssh.NamesSigner(arguments) ? [TrustRootKind.AllowedSigners] : []));

    /// <summary>Which versions of imported trust the command line is answered under.</summary>
    public IEnumerable<string> ImportedTrust(ParseResult arguments) => _trust.ImportedVersions(arguments);

    // Beside a demanded identity, an npm registry may say that it published the package; its keys sign nothing else.
    private static TrustRootKind[] KindsFor(DemandedSigner signer, TrustRootKind[] ssh) =>
        signer == DemandedSigner.Identity ? [TrustRootKind.SigstoreTrustedRoot, TrustRootKind.NpmKeys] : [TrustRootKind.PublicKey, .. ssh];

    /// <summary>What the command line asks.</summary>
    /// <param name="arguments">A parsed <c>verify</c> command line.</param>
    /// <param name="content">The artefact's bytes, where the caller holds them already; FILE is then only its name.</param>
    public Question QuestionOf(ParseResult arguments, ReadOnlyMemory<byte>? content) => Artifacts(arguments) switch
    {
        [string only] => QuestionOf(arguments, only, arguments.GetValue(_signature), content),
        [] => throw new UsageException("no FILE was named", "name the file to verify, or a list of files with --batch LIST"),
        _ => throw new UsageException("more than one FILE was named", "name one"),
    };

    /// <summary>The same about <paramref name="name"/>, whatever FILE the command line names.</summary>
    public Question QuestionOf(ParseResult arguments, string name, string? signature, ReadOnlyMemory<byte>? content)
    {
        Format? named = _format.Of(arguments);
        bool namesKey = _trust.NamesKey(arguments);
        Expectations known = _expectations.Of(arguments) with { AllowBareSignature = namesKey, DemandedSigner = SignerOf(arguments) };
        Expectations expected = _collection.Amend(_envelope.Amend(_ssh.Apply(_kms.Apply(known, arguments), arguments), arguments), arguments);
        bool carriesItsOwn = named?.IsSelfContained == true || (content is { } held && KnownFormats.Recognise(held.Span, expected)?.IsSelfContained == true);
        string? beside = signature ?? (carriesItsOwn ? null : SignatureSearch.Beside(name, named, expected));
        Result<SharedSecret>? secret = _secret.Read(arguments);
        (SignaturePolicy policy, Finding? finding) = _policy.Amend(PolicyOf(arguments), arguments, _time.Of(arguments));
        return new Question(name, beside, named, expected with { Secrets = secret?.Value is { } shared ? [shared] : [] }, _time.Of(arguments))
        {
            Content = content,
            Policy = policy,
            Finding = finding ?? secret?.Finding,
        };
    }

    // What the options demand holds for every format: one that cannot answer is refused, the option is not passed over.
    private SignaturePolicy PolicyOf(ParseResult arguments) => _ssh.Amend(_envelope.AmendForAnyFormat(_identity.PolicyOf(arguments), arguments), arguments);

    private string[] Artifacts(ParseResult arguments) => arguments.GetValue(_artifacts) ?? [];

    private int AnswerOne(ParseResult arguments)
    {
        OutputForm form = _output.Of(arguments) == OutputForm.Text ? OutputForm.Text : OutputForm.Json;
        Question question = QuestionOf(arguments, content: null);
        return VerdictOutput.Of(question.Artifact, question.Signature ?? "", form, () => Answer(question, Trust(arguments)));
    }

    private int AnswerMany(ParseResult arguments)
    {
        if (arguments.GetValue(_signature) is not null)
        {
            throw new UsageException("--signature names one signature, and there are many files", "write {\"path\":…,\"signaturePath\":…} on the lines of a --batch LIST");
        }

        bool asText = _output.IsStated(arguments) ? _output.Of(arguments) == OutputForm.Text : !Console.IsOutputRedirected;
        return _batch.Run(arguments, Artifacts(arguments), this, asText ? OutputForm.Text : OutputForm.Ndjson);
    }

    private DemandedSigner SignerOf(ParseResult arguments)
    {
        DemandedSigner named = _identity.SignerOf(arguments, _trust.NamesKey(arguments));
        return named == DemandedSigner.Unnamed && _policy.DemandsIdentity(arguments) ? DemandedSigner.Identity : named;
    }

    /// <summary>What is asked: a file, its signature (null: in the file itself), and what the caller knows.</summary>
    internal sealed record Question(string Artifact, string? Signature, Format? Format, Expectations Expectations, DateTimeOffset Time)
    {
        /// <summary>The artefact's bytes; null: they are read from the file.</summary>
        public ReadOnlyMemory<byte>? Content { get; init; }

        /// <summary>What is demanded of the evidence.</summary>
        public SignaturePolicy Policy { get; init; } = SignaturePolicy.AnyPinnedSigner;

        /// <summary>The reading of a large artefact is shown.</summary>
        public bool IsWatched { get; init; } = true;

        /// <summary>What the caller gave cannot be used, whatever the files say.</summary>
        public Finding? Finding { get; init; }
    }

    /// <summary>The report on <paramref name="question"/>.</summary>
    internal static Report Answer(Question question, Result<TrustStore> trust) =>
        question.Signature is { } signature ? OfPair(question, signature, trust) : OfDocument(question, trust);

    /// <summary>The report on a document of <paramref name="format"/> that carries its own signature; trusting nobody is allowed.</summary>
    internal static Report OfDocument(string path, Format format, Result<TrustStore> trust, Expectations expectations, DateTimeOffset time)
    {
        byte[] document = InputFile.ReadAll(path, Limits.SignedDocument, "document");
        Verdict verdict = trust.Value is { } store
            ? Verifier.Verify(new VerificationRequest(Artifact: null, document, new VerificationContext(store, expectations, time), SignaturePolicy.AnyPinnedSigner)
            {
                Format = format,
                DocumentName = path,
            })
            : Verdict.Refused(format.Name, trust.Finding!);
        return OfDocument(path, document, verdict, trust);
    }

    private static Report OfPair(Question question, string signaturePath, Result<TrustStore> trust)
    {
        byte[] signature = InputFile.ReadAll(signaturePath, Limits.SignatureFile, "signature file");
        Stream? stream = question.Content is null ? InputFile.Open(question.Artifact, "artefact") : null;
        using Artifact artifact = stream is null
            ? Artifact.FromBytes(question.Artifact, question.Content!.Value)
            : Artifact.FromStream(question.Artifact, stream);
        using Progress? progress = stream is null || !question.IsWatched ? null : Progress.Watch(stream.CanSeek ? stream.Length : -1);
        artifact.OnRead = progress is null ? null : progress.Show;
        Verdict verdict = Decide(question, artifact, signature, trust);
        return new Report(
            question.Artifact, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], signaturePath, verdict, TrustOptions.InForce(trust.Value));
    }

    private static Report OfDocument(Question question, Result<TrustStore> trust)
    {
        ReadOnlyMemory<byte> document = question.Content ?? InputFile.ReadAll(question.Artifact, Limits.SignedDocument, "document");
        return OfDocument(question.Artifact, document, Decide(question, artifact: null, document, trust), trust);
    }

    private static Report OfDocument(string path, ReadOnlyMemory<byte> document, Verdict verdict, Result<TrustStore> trust) =>
        new(path, document.Length, [Digest.Sha256(document.Span).ToString()], SignatureName: "", verdict, TrustOptions.InForce(trust.Value));

    private static Verdict Decide(Question question, Artifact? artifact, ReadOnlyMemory<byte> signature, Result<TrustStore> trust)
    {
        if ((question.Finding ?? trust.Finding) is { } finding)
        {
            return Verdict.Refused(format: "", finding);
        }

        TrustStore store = trust.Value!;

        if (store.IsEmpty)
        {
            // A malformed signature is told even to somebody who trusts nobody yet.
            Result<Envelope> envelope = Verifier.Parse(signature, question.Format, question.Expectations);
            if (envelope.Finding is { } malformed)
            {
                return Verdict.Refused(question.Format?.Name ?? "", malformed);
            }

            if (envelope.Value!.NeedsTrust)
            {
                throw TrustOptions.NobodyIsTrusted();
            }
        }

        // A minisign key makes no bare signatures: with it, content without a mark stays unknown.
        bool bare = question.Expectations.Algorithm is not null || store.Keys.Any(key => !key.Material.IsMinisign);
        Expectations expectations = question.Expectations with { AllowBareSignature = question.Expectations.AllowBareSignature && bare };
        VerificationContext context = new(store, expectations, question.Time);
        return Verifier.Verify(new VerificationRequest(artifact, signature, context, question.Policy)
        {
            Format = question.Format,
            DocumentName = question.Artifact,
        });
    }
}

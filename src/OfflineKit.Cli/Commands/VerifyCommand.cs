using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Cli.Batches;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify PATH…</c>: a file, its signatures, and a verdict; everything on a medium; a list of files as a batch.</summary>
internal sealed class VerifyCommand
{
    private readonly Argument<string[]> _artifacts = new("PATH")
    {
        Description = "a file; a folder or an archive, of which everything is judged; - reads standard input; several make a batch",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _signatures = new("--signature", "-s")
    {
        Description = "the signature file, or a signed list that names PATH; several are several signers; default: every one found next to PATH, or in PATH itself",
        HelpName = "SIG",
        DefaultValueFactory = _ => [],
    };


    private readonly ParameterOptions _parameters;
    private readonly BatchOptions _batch = new();
    private readonly OutputOption _output = OutputOption.OfVerdict();

    private VerifyCommand(LineWords words) => _parameters = new ParameterOptions(Questions.File, words, Questions.Medium);

    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        VerifyCommand verify = new(words);
        CommandWithExample command = new(
            "verify", "Verify a file, a folder or a whole medium against the keys that you trust.", "offlinekit verify app.tar.gz --signature app.tar.gz.minisig --key release.pub",
            "offlinekit verify /media/usb --key keys/ --html report.html",
            "offlinekit verify --batch files.txt --key release.pub > results.ndjson")
        {
            verify._artifacts, verify._signatures,
        };
        verify._parameters.AddTo(command);
        verify._batch.AddTo(command);
        verify._output.AddTo(command);
        command.SetAction(verify.Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        string[] artifacts = arguments.GetValue(_artifacts) ?? [];
        bool isMedium = !_batch.IsOfList(arguments) && Signatures(arguments).IsEmpty && MediumRun.HoldsFolder(artifacts);
        return isMedium ? AnswerAll(arguments, artifacts, _parameters.Given(arguments, ThisRun.Inputs))
            : _batch.IsBatch(arguments, artifacts) ? AnswerMany(arguments, artifacts)
            : artifacts is [string only] ? AnswerOne(arguments, only)
            : throw new UsageException("no FILE was named", "name the file to verify, or a list of files with --batch LIST");
    }

    private ImmutableArray<string> Signatures(ParseResult arguments) => [.. (arguments.GetValue(_signatures) ?? []).Distinct(StringComparer.Ordinal)];

    private OutputForm FormOfMany(ParseResult arguments)
    {
        bool asText = _output.IsStated(arguments) ? _output.Of(arguments) is OutputForm.Text or OutputForm.FullText : !Console.IsOutputRedirected;
        return asText ? OutputForm.Text : OutputForm.Ndjson;
    }

    private int AnswerAll(ParseResult arguments, string[] paths, ImmutableArray<GivenParameter> given) =>
        new MediumRun(paths).Run(given, FormOfMany(arguments), _output.Page(arguments), _batch.Jobs(arguments));

    private int AnswerOne(ParseResult arguments, string path)
    {
        Lazy<ImmutableArray<GivenParameter>> given = new(() => _parameters.Given(arguments, ThisRun.Inputs));
        try
        {
            return AnswerFile(arguments, path, given);
        }
        catch (NoSignatureException) when (MediumRun.IsArchive(path))
        {
            // Nobody signed it as a file: it may be an export or an image.
            return AnswerAll(arguments, [path], given.Value);
        }
        catch (NoSignatureException) when (!Inputs.IsStandardInput(path) && _output.VerdictForm(arguments) is { Form: OutputForm.Ndjson } or { Page: not null })
        {
            // Lines and pages say of a file that nobody signed it.
            return AnswerMany(arguments, [path]);
        }
    }

    private int AnswerFile(ParseResult arguments, string path, Lazy<ImmutableArray<GivenParameter>> given)
    {
        ImmutableArray<string> signatures = Signatures(arguments);
        using Progress progress = new();
        return VerdictOutput.Of(path, signatures.FirstOrDefault(""), _output.VerdictForm(arguments), () => VerifyRequest.Of(Questions.File, given.Value), request =>
        {
            Subject subject = FileAnswer.FoundOrListed(request, ThisRun.Subject(path, progress) with { Signature = signatures.FirstOrDefault(), Others = signatures.IsEmpty ? [] : signatures[1..] });
            return FileAnswer.Of(Resolution.Of(request, ThisRun.Machine), subject, request.Format, request.TimeOr(DateTimeOffset.UtcNow));
        });
    }

    private int AnswerMany(ParseResult arguments, string[] artifacts)
    {
        if (!Signatures(arguments).IsEmpty)
        {
            throw new UsageException("--signature names the signatures of one file, and there are many files", "write {\"path\":…,\"signaturePath\":…} on the lines of a --batch LIST");
        }

        return _batch.Run(arguments, artifacts, _parameters.Request(arguments, ThisRun.Inputs), new VerdictForm(FormOfMany(arguments), _output.Page(arguments)));
    }
}

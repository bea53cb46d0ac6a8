using System.CommandLine;
using OfflineKit.Cli.Batches;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify FILE</c>: the artefact, its signature, and a verdict; several files, or a list of them, make a batch.</summary>
internal sealed class VerifyCommand
{
    private readonly Argument<string[]> _artifacts = new("FILE")
    {
        Description = "the artefact; - reads standard input; several make a batch",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _signature = new("--signature", "-s") { Description = "the signature file, or a signed list that names FILE; default: found next to FILE, or in FILE itself", HelpName = "SIG" };
    private readonly ParameterOptions _parameters = new(Questions.File);
    private readonly BatchOptions _batch = new();
    private readonly OutputOption _output = OutputOption.WithLines();

    private VerifyCommand()
    {
    }

    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        VerifyCommand verify = new();
        CommandWithExample command = new(
            "verify", "Verify a file against its signature and the keys that you trust.", "offlinekit verify app.tar.gz --signature app.tar.gz.minisig --key release.pub",
            "offlinekit verify --batch files.txt --key release.pub > results.ndjson")
        {
            verify._artifacts, verify._signature,
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
        return _batch.IsBatch(arguments, artifacts) ? AnswerMany(arguments, artifacts)
            : artifacts is [string only] ? AnswerOne(arguments, only)
            : throw new UsageException("no FILE was named", "name the file to verify, or a list of files with --batch LIST");
    }

    private int AnswerOne(ParseResult arguments, string path)
    {
        OutputForm form = _output.Of(arguments) == OutputForm.Text ? OutputForm.Text : OutputForm.Json;
        string? signature = arguments.GetValue(_signature);
        using Progress progress = new();
        return VerdictOutput.Of(path, signature ?? "", form, () =>
        {
            VerifyRequest request = _parameters.Request(arguments, ThisRun.Inputs);
            Subject subject = FileAnswer.FoundOrListed(request, ThisRun.Subject(path, progress) with { Signature = signature });
            return FileAnswer.Of(Resolution.Of(request, ThisRun.Machine), subject, request.Format, request.TimeOr(DateTimeOffset.UtcNow));
        });
    }

    private int AnswerMany(ParseResult arguments, string[] artifacts)
    {
        if (arguments.GetValue(_signature) is not null)
        {
            throw new UsageException("--signature names one signature, and there are many files", "write {\"path\":…,\"signaturePath\":…} on the lines of a --batch LIST");
        }

        bool asText = _output.IsStated(arguments) ? _output.Of(arguments) == OutputForm.Text : !Console.IsOutputRedirected;
        return _batch.Run(arguments, artifacts, _parameters.Request(arguments, ThisRun.Inputs), asText ? OutputForm.Text : OutputForm.Ndjson);
    }
}

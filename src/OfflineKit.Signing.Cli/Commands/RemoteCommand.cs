using System.CommandLine;
using OfflineKit.Reporting;
using OfflineKit.Signing.Cli.Remote;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign remote</c>: has a signing service sign, and takes only what was asked for, by the pinned keys.</summary>
internal sealed class RemoteCommand
{
    private readonly RemoteOptions _remote = new();
    private readonly Option<string?> _output = new("--output", "-o") { Description = "where the envelope goes; - is standard output; default: next to the first FILE", HelpName = "OUT" };
    private readonly Option<bool> _force = new("--force") { Description = "replace an earlier envelope" };

    /// <summary>The group of commands.</summary>
    public static Command CreateGroup() => new("remote", "Have a signing service sign.") { new RemoteCommand().Sign(), new RemoteCommand().Export() };

    private CommandWithExample Sign()
    {
        Argument<string[]> files = new("FILE") { Description = "what the statement is about", Arity = ArgumentArity.OneOrMore };
        Option<string> type = new("--predicate-type") { Description = "what kind of statement", HelpName = "TYPE", Required = true };
        Option<string> predicate = new("--predicate") { Description = "what it says: a JSON object in a file", HelpName = "JSON", Required = true };
        Option<string?> scanner = new("--scanner") { Description = "the image of the scanner that made it", HelpName = "sha256:HEX" };
        CommandWithExample command = Command(
            new CommandWithExample(
                "sign",
                "Have a statement about files signed.",
                "offlinekit-sign remote sign app.tar --service https://signer.example --token-url https://authority.example/token --client-id ci --key client.pem --poe poe.jwt --predicate-type stella.ops/sbom@v1 --predicate sbom.json --public-key signing.pub"),
            type, predicate, scanner);
        command.Arguments.Add(files);
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments,
            RemoteJob.Statement(
                _remote.Client(arguments), arguments.GetRequiredValue(files), arguments.GetRequiredValue(type), arguments.GetRequiredValue(predicate), arguments.GetValue(scanner)),
            cancellation));
        return command;
    }

    private CommandWithExample Export()
    {
        Argument<string> manifest = new("MANIFEST") { Description = "the export's manifests/export.json" };
        Option<string> archive = new("--archive") { Description = "the export's archive", HelpName = "FILE", Required = true };
        Option<string> id = new("--export-id") { Description = "the export's id", HelpName = "ID", Required = true };
        Option<string> tool = new("--tool") { Description = "what made the export", HelpName = "NAME=VERSION", Required = true };
        Option<string[]> materials = new("--material") { Description = "what it was made of", HelpName = "URI=sha256:HEX" };
        CommandWithExample command = Command(
            new CommandWithExample(
                "export",
                "Have the provenance of an export signed.",
                "offlinekit-sign remote export manifests/export.json --archive export.tar --export-id exp-000001 --tool stella=2.4.1 --service https://signer.example --token op.jwt --key client.pem --poe poe.jwt --public-key signing.pub --output manifests/provenance.json"),
            archive, id, tool, materials);
        command.Arguments.Add(manifest);
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments,
            RemoteJob.Provenance(
                _remote.Client(arguments), arguments.GetRequiredValue(id), arguments.GetRequiredValue(manifest), arguments.GetRequiredValue(archive), arguments.GetRequiredValue(tool),
                arguments.GetValue(materials) ?? []),
            cancellation));
        return command;
    }

    private CommandWithExample Command(CommandWithExample command, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        _remote.AddTo(command);
        command.Options.Add(_output);
        command.Options.Add(_force);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, RemoteJob job, CancellationToken cancellation)
    {
        string path = arguments.GetValue(_output) ?? job.UsualOutput;
        OutputTarget target = path == "-" ? OutputTarget.To(Terminal.OpenOutput(), RunOptions.StandardOutput)
            : arguments.GetValue(_force) ? OutputTarget.ReplacedFile(path) : OutputTarget.NewFile(path);
        string service = await job.RunAsync(target, _remote.Opening(arguments), cancellation);
        if (path != "-")
        {
            Terminal.Out.WriteLine($"signed by {service} -> {TerminalText.Escape(path)}");
        }

        return ExitCode.Done;
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Remote;
using OfflineKit.Signing.Services;

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
        command.SetAction(async (arguments, cancellation) =>
        {
            string[] named = arguments.GetRequiredValue(files);
            JsonValue said = StrictJson.ParseObject(InputFile.ReadAll(arguments.GetRequiredValue(predicate), Limits.SignedDocument, "predicate"), "predicate");
            ImmutableArray<(string Name, string Sha256)> subjects = [.. named.Select(file => (Path.GetFileName(file), Sha256Of(file)))];
            byte[] body = RemoteBodies.Statement(subjects, arguments.GetRequiredValue(type), said, arguments.GetValue(scanner), _remote.Poe(arguments));
            return await RunAsync(arguments, "sign/dsse", body, named[0] + ".intoto.json", answer =>
                RemoteAnswer.Read(answer, _remote.Pinned(arguments), [.. subjects.Select(subject => subject.Sha256)], arguments.GetRequiredValue(type)).Saying(said), cancellation);
        });
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
        command.SetAction(async (arguments, cancellation) =>
        {
            RemoteFile listed = FileAt(arguments.GetRequiredValue(manifest)), packed = FileAt(arguments.GetRequiredValue(archive));
            byte[] body = RemoteBodies.Export(arguments.GetRequiredValue(id), listed, packed, arguments.GetRequiredValue(tool), arguments.GetValue(materials) ?? [], _remote.Poe(arguments));
            return await RunAsync(arguments, "sign/export", body, Path.Combine(Path.GetDirectoryName(arguments.GetRequiredValue(manifest)) ?? "", "provenance.json"), answer =>
                RemoteAnswer.Read(answer, _remote.Pinned(arguments), [listed.Sha256, packed.Sha256], "https://slsa.dev/provenance/v1"), cancellation);
        });
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

    private async Task<int> RunAsync(ParseResult arguments, string endpoint, byte[] body, string usual, Func<JsonValue, RemoteAnswer> read, CancellationToken cancellation)
    {
        string path = arguments.GetValue(_output) ?? usual;
        OutputTarget target = path == "-" ? OutputTarget.To(Terminal.OpenOutput(), RunOptions.StandardOutput)
            : arguments.GetValue(_force) ? OutputTarget.ReplacedFile(path) : OutputTarget.NewFile(path);
        OutputShape shape = new(OutputKinds.Signature("dsse"));
        target.RefuseIfTaken(shape);
        RemoteService service = await _remote.ServiceAsync(arguments, cancellation);
        await using SigningKey? key = service.Key;
        JsonValue answer = await service.PostAsync(endpoint, body, cancellation);
        RemoteAnswer signed = read(answer);
        target.Write(shape, new SignedOutput(signed.Envelope, RequestId: ""));
        if (path != "-")
        {
            Terminal.Out.WriteLine($"signed by {service.Address.Authority} -> {TerminalText.Escape(path)}");
        }

        return ExitCode.Done;
    }

    private static string Sha256Of(string file) => FileAt(file).Sha256;

    private static RemoteFile FileAt(string file)
    {
        using Stream content = InputFile.Open(file, "file");
        using Artifact artifact = Artifact.FromStream(file, content);
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        return new RemoteFile(artifact.Digest(DigestAlgorithm.Sha256)!.Hex, artifact.Size);
    }
}

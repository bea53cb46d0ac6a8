using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.FileSystem;
using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign dossier sign PATH…</c>: signs dossiers in place, all of them or none.</summary>
internal sealed class DossierCommand
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "a dossier, or a folder that stands for the *.ds.md in and below it; each is replaced as a whole unless --output names another file",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _scheme = new("--scheme")
    {
        Description = "what is signed: v3 (front matter and body, Agent Skills layout), v2 (both, JSON) or v1 (the body alone); default: v3",
        HelpName = "v1|v2|v3",
        DefaultValueFactory = _ => "v3",
    };

    private readonly Option<string?> _signedBy = new("--signed-by") { Description = "the claimed signer", HelpName = "NAME" };
    private readonly Option<string?> _keyName = new("--key-name") { Description = "key_id of a local key", HelpName = "NAME" };
    private readonly KeyOptions _keys = new("--key", "-k", "--key-id");
    private readonly RunOptions _options = new();

    public static Command Create() => new("dossier", "Dossiers (*.ds.md).") { new DossierCommand().Sign(), DossierKeysCommand.Create() };

    private CommandWithExample Sign()
    {
        CommandWithExample command = new(
            "sign",
            "Sign dossiers in place: checksums are updated, signatures made or replaced; of several all are written, or none.",
            "offlinekit-sign dossier sign guide.ds.md --key ~/.minisign/minisign.key --signed-by \"Ada <ada@example.org>\"",
            "offlinekit-sign dossier sign dossiers/ --key team.pem",
            "offlinekit-sign dossier sign guide.ds.md --key awskms:///alias/dossiers --public-key dossiers.pem --dry-run");
        command.Arguments.Add(_paths);
        command.Options.Add(_scheme);
        command.Options.Add(_signedBy);
        command.Options.Add(_keyName);
        _keys.AddTo(command);
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        KeyRequest key = _keys.Request(arguments);
        if (arguments.GetValue(_keyName) is not null && key.Uri is not FileKeyUri)
        {
            throw new UsageException("--key-name with a key at a service: nothing reads it", "such a key is called by its own full name");
        }

        DossierInPlace format = new()
        {
            Scheme = SchemeNamed(arguments.GetRequiredValue(_scheme)),
            SignedBy = arguments.GetValue(_signedBy),
            KeyName = arguments.GetValue(_keyName),
            AllowsOfficialKey = _options.IsForced(arguments),
        };
        format.RefuseOfficial(key.Uri);
        SigningRequest request = await _options.RequestAsync(arguments, key, Subjects(arguments), cancellation) with { Format = format };
        bool isMany = request.Subjects.Length > 1;
        return await _options.RunAsync(
            arguments,
            isMany ? request with { Completion = Completion.AllOrNone, FirstLook = FirstLook.Content } : request,
            isMany ? new DossiersObserver() : new ConsoleObserver(),
            cancellation);
    }

    private ImmutableArray<SubjectRequest> Subjects(ParseResult arguments)
    {
        string[] paths = arguments.GetRequiredValue(_paths);
        ImmutableArray<string> files = [.. paths.SelectMany(Files).Distinct(StringComparer.Ordinal)];
        string? output = _options.Output(arguments);
        if (files is [string only] && !FileStatus.IsFolder(paths[0]))
        {
            string place = output ?? only;
            return [RunOptions.Subject(only, place == only && place != "-" ? null : _options.Target(arguments, place))];
        }

        return output is not null ? throw new UsageException("--output with more than one dossier", "leave it out: each is signed in place")
            : files.Contains("-", StringComparer.Ordinal) ? throw new UsageException("standard input among several dossiers", "sign it alone, with --output")
            : [.. files.Select(file => RunOptions.Subject(file, target: null))];
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!FileStatus.IsFolder(path))
        {
            return [path];
        }

        DossierFolder folder = DossierFolder.Of(path);
        foreach (string link in folder.Links)
        {
            Stderr.Note($"{link} is a link and stays as it is; name it to sign where it leads");
        }

        return folder.Files.IsEmpty ? throw new UsageException($"there is no *.ds.md in or below {path}", "name a dossier, or a folder with dossiers") : folder.Files;
    }

    private static DossierScheme SchemeNamed(string text) => text switch
    {
        "v1" => DossierScheme.V1,
        "v2" => DossierScheme.V2,
        "v3" => DossierScheme.V3,
        _ => throw new UsageException($"--scheme {text}: wanted v1, v2 or v3"),
    };
}

using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>A page whose commands are run in its own order, in one folder, against moto.</summary>
internal sealed class MotoGuide : IDisposable
{
    private readonly string _page;
    private readonly Moto _moto;
    private readonly Folder _programs = new();

    private MotoGuide(string page, Moto moto) => (_page, _moto) = (page, moto);

    public Folder Folder { get; } = new();

    public static async Task<MotoGuide> OfAsync(params string[] path)
    {
        MotoGuide guide = new(File.ReadAllText(Repository.Path(["docs", .. path])), await Moto.StartAsync());
        guide._programs.Wrap("offlinekit-sign", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")}'");
        guide._programs.Wrap("offlinekit", $"'{string.Join("' '", Client.Command)}'");
        guide._programs.Wrap("aws", $"'{Peer.Needed("aws")}' --endpoint-url {guide._moto.Url}");
        return guide;
    }

    /// <summary>Runs every console block; one marked <c>fails</c> must exit with 1. How many commands there were.</summary>
    public int RunConsole()
    {
        int count = 0;
        foreach ((string kind, string[] lines) in Blocks())
        {
            if (kind is "console" or "console fails")
            {
                string[] commands = [.. lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..])];
                Run(string.Join('\n', commands), kind == "console" ? 0 : 1);
                count += commands.Length;
            }
        }

        return count;
    }

    /// <summary>Runs what the page's CI recipes run of ours.</summary>
    public int RunRecipes()
    {
        string[] commands = [.. Blocks().Where(block => block.Kind == "yaml").SelectMany(block => block.Lines)
            .Where(line => line.TrimStart().StartsWith("- run: offlinekit", StringComparison.Ordinal)).Select(line => line.Split("- run: ")[1])];
        commands.ToList().ForEach(command => Run(command, 0));
        return commands.Length;
    }

    public void Dispose()
    {
        _moto.Dispose();
        _programs.Dispose();
        Folder.Dispose();
    }

    private IEnumerable<(string Kind, string[] Lines)> Blocks()
    {
        string[] parts = _page.Split("```");
        for (int i = 1; i < parts.Length; i += 2)
        {
            string[] lines = parts[i].Split('\n');
            yield return (lines[0], lines[1..]);
        }
    }

    // Variables of one block are known to the next ones.
    private void Run(string commands, int wanted)
    {
        string script = $"[ ! -f .state ] || . ./.state; PATH={_programs.Path}:$PATH; set -e\n{commands}\nprintf 'KEY_ID=%s\\n' \"$KEY_ID\" > .state";
        (int exit, string output) = Peer.Run(Folder.Path, "sh", ["-c", script], "", [.. _moto.WithKeys, ("AWS_DEFAULT_REGION", "us-east-1")]);
        Assert.True(exit == wanted, $"exit {exit}, wanted {wanted}: {commands}\n{output}");
    }
}

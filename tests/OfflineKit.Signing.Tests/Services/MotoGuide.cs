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

    public static async Task<MotoGuide> OfAsync(string page)
    {
        MotoGuide guide = new($"docs/{page}", await Moto.StartAsync());
        guide._programs.Wrap("offlinekit-sign", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")}'");
        guide._programs.Wrap("offlinekit", $"'{string.Join("' '", Client.Command)}'");
        guide._programs.Wrap("aws", $"'{Peer.Needed("aws")}' --endpoint-url {guide._moto.Url}");
        return guide;
    }

    /// <summary>Runs every console block; one marked <c>fails</c> must exit with 1. How many commands there were.</summary>
    public int RunConsole()
    {
        int count = 0;
        foreach (PageBlock block in PageBlock.Of(_page).Where(block => block.Kind is PageBlock.Console or PageBlock.ConsoleFails))
        {
            Run(string.Join('\n', block.Commands), block.Kind == PageBlock.Console ? 0 : 1);
            count += block.Commands.Count();
        }

        return count;
    }

    /// <summary>Runs every step of the page's CI recipes.</summary>
    public int RunRecipes()
    {
        string[] commands = [.. PageBlock.Of(_page).Where(block => block.Kind == PageBlock.Recipe).SelectMany(block => block.Commands)];
        commands.ToList().ForEach(command => Run(command, 0));
        return commands.Length;
    }

    public void Dispose()
    {
        _moto.Dispose();
        _programs.Dispose();
        Folder.Dispose();
    }

    // Variables of one block are known to the next ones.
    private void Run(string commands, int wanted)
    {
        string script = $"[ ! -f .state ] || . ./.state; PATH={_programs.Path}:$PATH; set -e\n{commands}\nprintf 'KEY_ID=%s\\n' \"$KEY_ID\" > .state";
        (int exit, string output) = Peer.Run(Folder.Path, "sh", ["-c", script], "", [.. _moto.WithKeys, ("AWS_DEFAULT_REGION", "us-east-1")]);
        Assert.True(exit == wanted, $"exit {exit}, wanted {wanted}: {commands}\n{output}");
    }
}

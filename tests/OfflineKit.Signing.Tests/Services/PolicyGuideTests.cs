using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>docs/policy-signing.md: every console block does what the page says.</summary>
public sealed class PolicyGuideTests
{
    [Fact]
    public async Task Every_command_of_the_guide_runs()
    {
        using Moto moto = await Moto.StartAsync();
        using Folder folder = new(), programs = new();
        programs.Wrap("offlinekit-sign", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")}'");
        programs.Wrap("offlinekit", $"'{string.Join("' '", Client.Command)}'");
        programs.Wrap("aws", $"'{Peer.Needed("aws")}' --endpoint-url {moto.Url}");
        int count = 0;
        foreach ((bool fails, string commands) in Blocks(File.ReadAllText(Repository.Path("docs", "policy-signing.md"))))
        {
            // Variables of one block are known to the next ones.
            string script = $"[ ! -f state ] || . ./state; PATH={programs.Path}:$PATH; set -e\n{commands}\nprintf 'KEY_ID=%s\\n' \"$KEY_ID\" > state";
            (int exit, string output) = Peer.Run(folder.Path, "sh", ["-c", script], "", [.. moto.WithKeys, ("AWS_DEFAULT_REGION", "us-east-1")]);
            Assert.True(exit == (fails ? 1 : 0), $"exit {exit}: {commands}\n{output}");
            count += commands.Split('\n').Length;
        }

        Assert.True(count >= 18, $"{count} commands");
    }

    private static IEnumerable<(bool Fails, string Commands)> Blocks(string page)
    {
        string[] parts = page.Split("```");
        for (int i = 1; i < parts.Length; i += 2)
        {
            string[] lines = parts[i].Split('\n');
            if (lines[0] is "console" or "console fails")
            {
                yield return (lines[0] != "console", string.Join('\n', lines.Skip(1).Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..])));
            }
        }
    }
}

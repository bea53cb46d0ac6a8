using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What the pages tell people to type.</summary>
public sealed class PageCommandsTests
{
    [Fact]
    public void Every_command_on_every_page_is_one()
    {
        (int count, string[] refused) = PageCommands.Of(Program.Name, Program.Root);
        Assert.True(refused.Length == 0, string.Join("\n", refused));
        Assert.True(count > 150, $"{count} commands");
    }
}

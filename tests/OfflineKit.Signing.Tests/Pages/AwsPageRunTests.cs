using System.Runtime.Versioning;
using OfflineKit.Signing.Tests.Services;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>The commands of the pages that ask AWS, each at one stand-in of it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AwsPageRunTests : IAsyncLifetime, IClassFixture<Amazon>
{
    private readonly Folder _folder = new();
    private readonly Amazon _amazon;
    private Moto _moto = null!;

    public AwsPageRunTests(Amazon amazon) => _amazon = amazon;

    public static TheoryData<string> Typed => [.. TypedLine.Table.Values.Where(line => line.NotRun is null && line.AsksAws).Select(line => line.Text)];

    public async ValueTask InitializeAsync() => _moto = await _amazon.MotoAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Typed))]
    public void The_command_succeeds(string text) => TypedLine.Table[text].MustSucceed(_folder, _moto);
}

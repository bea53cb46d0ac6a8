using System.Text.Json;
using OfflineKit.Signing;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Tests.Dossier;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>A medium in a folder, and beside it the keys of whoever looks at it.</summary>
internal sealed class Stick : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-stick-").FullName;

    public Stick()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(Beside("keys"));
        File.WriteAllBytes(Beside("keys/team.pem"), PublicKeyText.Write(Team, PublicKeyForm.Pem));
        File.WriteAllBytes(Beside("keys/team.pub"), PublicKeyText.Write(Team, PublicKeyForm.Minisign));
    }

    /// <summary>Whom the keys are of.</summary>
    public DossierTeam Team { get; } = DossierTeam.Create();

    /// <summary>Whom nobody knows.</summary>
    public DossierTeam Stranger { get; } = DossierTeam.Create();

    /// <summary>The medium.</summary>
    public string Path => System.IO.Path.Combine(_folder, "stick");

    /// <summary>A file on the medium.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A file that is not on it.</summary>
    public string Beside(string name) => System.IO.Path.Combine(_folder, name);

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
    }

    /// <summary>A file that <paramref name="signer"/> signed, in each of <paramref name="formats"/>.</summary>
    public async Task SignedAsync(string name, string content, SigningKey signer, params SignatureFormat[] formats)
    {
        Write(name, content);
        foreach (SignatureFormat format in formats)
        {
            await SignAsync(name, signer, format, this[name + format.Suffix]);
        }
    }

    public async Task SignAsync(string name, SigningKey signer, SignatureFormat format, string output)
    {
        SigningSession session = new(signer, pinned: null, format, DateTimeOffset.UnixEpoch, audit: null);
        OutputTarget target = format.IsDocumentItself ? OutputTarget.InPlace(output, await File.ReadAllBytesAsync(this[name], TestContext.Current.CancellationToken)) : OutputTarget.NewFile(output);
        await session.SignAsync(new SigningOrder(System.IO.Path.GetFileName(name), new MemoryStream(await File.ReadAllBytesAsync(this[name], TestContext.Current.CancellationToken)), target), TestContext.Current.CancellationToken);
    }

    /// <summary>Runs <c>verify</c> beside the medium.</summary>
    public Execution Verify(params string[] arguments) => Client.Run(["verify", .. arguments], _folder);

    /// <summary>What a run over the medium says of each file: its path in it, and the word of its standing.</summary>
    public Dictionary<string, string> Standings(Execution run) => run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.TryGetProperty("path", out _)).ToDictionary(line => Inside(line.GetProperty("path").GetString()!), line => line.GetProperty("standing").GetString()!, StringComparer.Ordinal);

    /// <remarks>.NET deletes no file whose name it cannot say.</remarks>
    public void Dispose() => _ = OperatingSystem.IsWindows() ? 0 : Execution.Of(["rm", "-rf", _folder]).ExitCode;

    private static string Inside(string path) => path == "stick" ? "." : path["stick/".Length..];
}

using OfflineKit.Campaign.Cases;
using OfflineKit.Campaign.Running;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;
using OfflineKit.Host.State;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OfflineKit.Cli.Tests.Changes;

using CaseFile = OfflineKit.Campaign.Cases.CaseFile;

/// <summary>A copy of a case's files, in which one at a time is changed, and the engine of <c>serve</c> that is asked about them in this process.</summary>
internal sealed class AskedInProcess : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("offlinekit-changed-").FullName;
    private readonly MemoryStream _output = new();
    private readonly ServeVerbs _verbs;
    private readonly ServeRequest _request;
    private readonly AskedInMemory? _inMemory;

    /// <summary>Fresh copies of the files of <paramref name="accepted"/>.</summary>
    public AskedInProcess(AcceptedCase accepted)
    {
        foreach (string file in accepted.Copied.SelectMany(path => CaseFolder.Below(accepted.Base, path)))
        {
            Write(file, File.ReadAllBytes(Path.Combine(accepted.Base, file)));
        }

        string place = Path.Combine(_root, accepted.Folder);
        Directory.CreateDirectory(place);
        JsonObject request = accepted.Request.Below(place, Path.Combine(accepted.Base, accepted.Folder));
        request["id"] = "1";
        _request = ServeRequest.Parse(JsonSerializer.SerializeToUtf8Bytes(request));
        Machine machine = new(Path.Combine(_root, "machine"));
        _verbs = new ServeVerbs(new ServeAnswers(new AnswerLines(_output), SurfaceWording.CommandLine), machine, SurfaceWording.CommandLine);
        _inMemory = AskedInMemory.Of(accepted, _request, machine);
    }

    /// <summary>The answer about the files as they are.</summary>
    public Answer Ask()
    {
        _output.SetLength(0);
        _verbs.Answer(_request);
        using JsonDocument answer = JsonDocument.Parse(_output.GetBuffer().AsMemory(0, (int)_output.Length));
        return Answer.Of(answer.RootElement.Clone(), isImport: false);
    }

    /// <summary>Asking does not go through files, and costs little.</summary>
    public bool IsQuick => _inMemory is not null;

    /// <summary>The answer when <paramref name="file"/> holds <paramref name="content"/>, or is not there (null); afterwards it holds <paramref name="original"/> again.</summary>
    public Answer Ask(CaseFile file, byte[]? content, byte[] original)
    {
        if (content is not null && _inMemory?.Ask(file, content) is { } answered)
        {
            return answered;
        }

        if (content is null)
        {
            File.Delete(Path.Combine(_root, file.Path));
        }
        else
        {
            Write(file.Path, content);
        }

        Answer answer = Ask();
        Write(file.Path, original);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private void Write(string path, byte[] content)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Running;

/// <summary>Copies of a case's files, in each of which one at a time is changed, and the engine that is asked about all of them at once.</summary>
/// <remarks>One question at a time would wait for the other process most of the time.</remarks>
internal sealed class Slots : IDisposable
{
    private const int Most = 16, ChangesOfEach = 40;

    private readonly AcceptedCase _case;
    private readonly IReadOnlyList<string> _program;
    private readonly JsonObject[] _requests;
    private readonly string _root = Directory.CreateTempSubdirectory("offlinekit-campaign-").FullName;
    private Engine? _engine;
    private (string Path, byte[] Original, int Copies)? _changed;

    /// <summary>Fresh copies of the files of <paramref name="accepted"/>, as many as <paramref name="changes"/> are worth.</summary>
    public Slots(AcceptedCase accepted, IReadOnlyList<string> program, long changes)
    {
        // Imports change what all of them share.
        bool isImport = (string?)accepted.Request.Json["verb"] == "trust-import";
        (_case, _program, Count) = (accepted, program, isImport ? 1 : (int)Math.Clamp(changes / ChangesOfEach, 1, Most));
        string first = Path.Combine(_root, "0", accepted.Folder);
        _requests = [.. Enumerable.Range(0, Count).Select(at => at == 0 ? accepted.Request.Json : accepted.Request.Below(Path.GetRelativePath(first, Path.Combine(_root, $"{at}", accepted.Folder)), Path.Combine(accepted.Base, accepted.Folder)))];
    }

    /// <summary>How many copies there are.</summary>
    public int Count { get; }

    /// <summary>The answers when the file <paramref name="path"/> holds each of <paramref name="contents"/>, or is not there (null), and all others are as they were.</summary>
    /// <param name="path">The file, below the case's base.</param>
    /// <param name="contents">At most <see cref="Count"/>.</param>
    /// <param name="original">What the file holds.</param>
    public Answer[] Ask(string path, byte[]?[] contents, byte[] original)
    {
        Engine engine = Ready();
        if (_changed?.Path != path)
        {
            Restore();
        }

        for (int at = 0; at < contents.Length; at++)
        {
            Write(at, path, contents[at]);
        }

        _changed = (path, original, Math.Max(contents.Length, _changed?.Copies ?? 0));
        Answer[] answers = engine.Ask(_requests.AsSpan(0, contents.Length));
        RenewAfter(answers);
        return answers;
    }

    /// <summary>The answer about the files as they are.</summary>
    public Answer AskUnchanged()
    {
        Engine engine = Ready();
        Restore();
        Answer[] answers = engine.Ask(_requests.AsSpan(0, 1));
        RenewAfter(answers);
        return answers[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private string Memory => Path.Combine(_root, "memory");

    // Most changes follow one of the same file, which they overwrite.
    private void Restore()
    {
        for (int at = 0; at < (_changed?.Copies ?? 0); at++)
        {
            Write(at, _changed!.Value.Path, _changed.Value.Original);
        }

        _changed = null;
    }

    private void Write(int slot, string path, byte[]? content)
    {
        string file = Path.Combine(_root, $"{slot}", path);
        if (content is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllBytes(file, content);
        }
    }

    // What was accepted may be remembered, and what failed may have left anything.
    private void RenewAfter(Answer[] answers)
    {
        bool remembers = Directory.Exists(Memory) || _case.Copied.Any(path => Path.GetFileName(path) == "state");
        if (answers.Any(answer => answer.Outcome == Outcome.Failed || (answer.Outcome == Outcome.Accepted && remembers)))
        {
            _engine?.Dispose();
            _engine = null;
        }
    }

    private Engine Ready() => _engine ??= Start();

    private Engine Start()
    {
        _changed = null;
        foreach (string old in Directory.GetDirectories(_root))
        {
            Directory.Delete(old, recursive: true);
        }

        string copies = string.Join(' ', Enumerable.Range(0, Count).Select(at => Path.Combine(_root, $"{at}")));
        foreach (int at in Enumerable.Range(0, Count))
        {
            Directory.CreateDirectory(Path.Combine(_root, $"{at}", _case.Folder));
        }

        using Process copy = Process.Start(new ProcessStartInfo("sh", ["-ec", $"for copy in {copies}; do cp -a --parents -- \"$@\" $copy; done", "sh", .. _case.Copied]) { WorkingDirectory = _case.Base })!;
        copy.WaitForExit();
        if (copy.ExitCode != 0)
        {
            throw new IOException($"cp ended with {copy.ExitCode} for {_case.Name}");
        }

        return new Engine(_program, Path.Combine(_root, "0", _case.Folder), Memory);
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Requests;

/// <summary>A parameter as somebody gave it: in words that are not empty, and with every file that they name already read.</summary>
/// <param name="Parameter">Which one.</param>
/// <param name="Spelling">What the surface calls it, for messages and for the report: <c>--key</c>, <c>publicKey</c>.</param>
/// <param name="Words">Its words; none for a switch, and at least one for everything else.</param>
internal sealed record GivenParameter(RequestParameter Parameter, string Spelling, ImmutableArray<GivenWord> Words)
{
    /// <summary><paramref name="parameter"/> with the words <paramref name="texts"/>, whose files are read from <paramref name="inputs"/>.</summary>
    /// <exception cref="UsageException">There is no word, one is empty, or there are more than it takes: what is empty restricts nothing, and nobody meant that.</exception>
    public static GivenParameter Of(RequestParameter parameter, string spelling, ImmutableArray<string> texts, Inputs inputs)
    {
        GivenParameter given = new(parameter, spelling, []);
        given.RefuseEmpty(texts);
        if (texts.Length > 1 && !parameter.IsRepeatable)
        {
            throw given.Fault("was given more than once", "give one");
        }

        if (texts.FirstOrDefault(text => !parameter.Choices.IsEmpty && !parameter.Choices.Contains(text, StringComparer.Ordinal)) is { } other)
        {
            throw given.Fault($"is \"{other}\", wanted {string.Join(", ", parameter.Choices[..^1])} or {parameter.Choices[^1]}", hint: null);
        }

        KeyFolder?[] folders = [.. texts.Select(text => parameter.Names == ParameterNames.Key && OfflineKit.FileSystem.FileStatus.IsFolder(text) ? KeyFolder.Read(text, file => given.Read(file, inputs)) : null)];
        ImmutableArray<GivenWord> words = [.. texts.Zip(folders).SelectMany(pair => pair.Second?.Words ?? [given.Word(pair.First, inputs)])];
        IEnumerable<string> leftOut = parameter.LeavesOut is { } leavesOut ? words.Select(word => word.File).OfType<NamedFile>().SelectMany(leavesOut) : [];
        return given with { Words = words, Remarks = [.. folders.OfType<KeyFolder>().SelectMany(folder => folder.Remarks), .. leftOut] };
    }

    /// <summary>What was left out of what was named, and why; untrusted text, to be said once.</summary>
    public ImmutableArray<string> Remarks { get; private init; } = [];

    /// <summary>What was given, as it was spelled, each word by itself; untrusted text.</summary>
    public ImmutableArray<string> InWords => Words.IsEmpty ? [Spelling] : [.. Words.Select(word => $"{Spelling} {word.Text}")];

    /// <summary>The only word.</summary>
    public string Text => Words[0].Text;

    /// <summary>The only file.</summary>
    public NamedFile File => Words[0].File!;

    /// <summary>Every word.</summary>
    public ImmutableArray<string> Texts => [.. Words.Select(word => word.Text)];

    /// <summary>Every file.</summary>
    public ImmutableArray<NamedFile> Files => [.. Words.Select(word => word.File!)];

    /// <summary>The number that the word is.</summary>
    /// <exception cref="UsageException">It is none from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public int Number(int least, int most) =>
        DecimalText.Digits(Text) is { } number && number >= least && number <= most
            ? (int)number
            : throw Fault($"is {Text}", $"give a whole number from {least} to {most}");

    /// <summary>The error that says what is wrong with it.</summary>
    public UsageException Fault(string why, string? hint) => new($"{Spelling} {why}", hint);

    private void RefuseEmpty(ImmutableArray<string> texts)
    {
        if (Parameter.Names != ParameterNames.Nothing && texts.IsEmpty)
        {
            throw Fault("is an empty list, which would restrict nothing", "name at least one, or leave it out");
        }

        if (texts.Any(text => text.Length == 0))
        {
            throw Fault("is empty, which would restrict nothing", "say what is meant, or leave it out");
        }
    }

    private GivenWord Word(string text, Inputs inputs)
    {
        GivenWord word = new(text);
        switch (Parameter.Names)
        {
            case ParameterNames.File:
            case ParameterNames.Policy when PolicySource.Carried.Of(text) is null:
                return word with { File = Read(text, inputs) };
            case ParameterNames.Key:
                KeyWord key = KeyWord.Of(text);
                return word with { File = key.File(Spelling, path => Read(path, inputs)), KeyId = key.Id };
            case ParameterNames.Store:
                return word with { Store = inputs.Store(text) };
            default:
                return word;
        }
    }

    private NamedFile Read(string path, Inputs inputs) => new(path, inputs.Read(path, Parameter.Limit, Parameter.Noun, Spelling), $"{Spelling} {path}");
}

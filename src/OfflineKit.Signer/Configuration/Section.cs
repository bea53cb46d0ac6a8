using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Configuration;

/// <summary>The configuration has faults; all of them are told at once.</summary>
internal sealed class ConfigurationException(ImmutableArray<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>Every fault, with the place of each.</summary>
    public ImmutableArray<string> Faults { get; } = faults;
}

/// <summary>One object of the configuration. A fault is written down and reading goes on; keys that nobody asked for are faults.</summary>
/// <param name="json">The object.</param>
/// <param name="faults">Where faults are written down.</param>
internal sealed class Section(JsonValue json, List<string> faults)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Where it stands, for messages.</summary>
    public string Path => json.Path;

    /// <summary>Writes down a fault of this section.</summary>
    public void Fault(string what) => faults.Add($"{Path}: {what}");

    /// <summary>What <paramref name="read"/> makes, or <paramref name="otherwise"/> and a fault.</summary>
    public T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is MalformedException or SigningException or UsageException or IOException or UnauthorizedAccessException or InputTooLargeException)
        {
            faults.Add(fault is MalformedException ? fault.Message : $"{Path}: {fault.Message}");
            return otherwise;
        }
    }

    /// <summary>The text <paramref name="name"/>, which must be there.</summary>
    public string Text(string name) => Try(() => Asked(name) is { } value ? value.Text : throw new MalformedException($"{Path}: \"{name}\" is missing"), "");

    /// <summary>The text <paramref name="name"/>, or null.</summary>
    public string? OptionalText(string name) => Try(() => Asked(name)?.Text, null);

    /// <summary>The texts of the list <paramref name="name"/>; empty when it is not there.</summary>
    public ImmutableArray<string> Texts(string name) => Try<ImmutableArray<string>>(() => Asked(name) is { } list ? [.. list.Elements.Select(element => element.Text)] : [], []);

    /// <summary>A number between two bounds, or <paramref name="otherwise"/> when it is not there.</summary>
    public int Number(string name, int least, int most, int otherwise) => Try(
        () => Asked(name) is not { } value ? otherwise
            : value.Integer is var number && number >= least && number <= most ? (int)number
            : throw new MalformedException($"{value.Path}: {number}, wanted {least} to {most}"),
        otherwise);

    /// <summary>A duration in seconds.</summary>
    public TimeSpan Seconds(string name, int least, int most, int otherwise) => TimeSpan.FromSeconds(Number(name, least, most, otherwise));

    /// <summary>Yes or no, <paramref name="otherwise"/> when it is not there.</summary>
    public T Choice<T>(string name, T otherwise, params ReadOnlySpan<(string Word, T Value)> words)
    {
        string? word = OptionalText(name);
        foreach ((string known, T value) in words)
        {
            if (string.Equals(known, word, StringComparison.Ordinal))
            {
                return value;
            }
        }

        if (word is not null)
        {
            string[] known = new string[words.Length];
            for (int at = 0; at < words.Length; at++)
            {
                known[at] = words[at].Word;
            }

            Fault($"{name} is \"{word}\", wanted {string.Join(" or ", known)}");
        }

        return otherwise;
    }

    /// <summary><c>true</c> or <c>false</c>, or <paramref name="otherwise"/>.</summary>
    public T Switch<T>(string name, T whenTrue, T whenFalse, T otherwise) => Try(() => Asked(name) is { } value ? (value.Boolean ? whenTrue : whenFalse) : otherwise, otherwise);

    /// <summary>The section <paramref name="name"/>, or null.</summary>
    public Section? Child(string name) => Try(
        () => Asked(name) is not { } value ? null : value.Kind == JsonKind.Object ? new Section(value, faults) : throw value.Wanted("a section"), null);

    /// <summary>The section <paramref name="name"/>, which must be there.</summary>
    public Section Needed(string name) => Child(name) ?? Missing(name);

    /// <summary>The sections of the list <paramref name="name"/>.</summary>
    public ImmutableArray<Section> Children(string name) => Try<ImmutableArray<Section>>(
        () => Asked(name) is { } list ? [.. list.Elements.Select(element => element.Kind == JsonKind.Object ? new Section(element, faults) : throw element.Wanted("a section"))] : [], []);

    /// <summary>The names and sections in the section <paramref name="name"/>.</summary>
    public ImmutableArray<(string Name, Section Section)> Named(string name) => Try<ImmutableArray<(string, Section)>>(
        () => Asked(name) is { } map
            ? [.. map.Members.Select(member => (member.Key, member.Value.Kind == JsonKind.Object ? new Section(member.Value, faults) : throw member.Value.Wanted("a section")))]
            : [],
        []);

    /// <summary>The names and texts in the section <paramref name="name"/>.</summary>
    public ImmutableArray<(string Name, string Text)> NamedTexts(string name) => Try<ImmutableArray<(string, string)>>(
        () => Asked(name) is { } map ? [.. map.Members.Select(member => (member.Key, member.Value.Text))] : [], []);

    /// <summary>Nothing else is asked: what is left was misspelt, or belongs elsewhere.</summary>
    public void End()
    {
        foreach (KeyValuePair<string, JsonValue> member in json.Members.Where(member => !_asked.Contains(member.Key)))
        {
            Fault($"unknown key \"{member.Key}\"");
        }
    }

    private JsonValue? Asked(string name)
    {
        _asked.Add(name);
        return json.OptionalNotNull(name);
    }

    private Section Missing(string name)
    {
        Fault($"\"{name}\" is missing");
        return new Section(StrictJson.Parse("{}"u8.ToArray(), $"{Path}.{name}"), []);
    }
}

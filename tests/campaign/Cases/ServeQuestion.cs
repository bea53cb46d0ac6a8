using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OfflineKit.Host.Requests;

namespace OfflineKit.Campaign.Cases;

/// <summary>A command line as a request of the serve protocol: the two ask the same, by one table of parameters.</summary>
/// <param name="Json">The request, without its id.</param>
/// <param name="Paths">The words that name a file or a folder, and what it is.</param>
internal sealed record ServeQuestion(JsonObject Json, ImmutableArray<(string Path, FileRole Role)> Paths)
{
    private sealed record Verb(string Words, string Name, Questions Asks, ImmutableArray<(string Member, FileRole Role)> Operands, ImmutableArray<(string Option, string Member, FileRole Role)> Options);

    private static readonly (string, string, FileRole) Signature = ("--signature", "signaturePath", FileRole.Signature), Short = ("-s", "signaturePath", FileRole.Signature);

    private static readonly ImmutableArray<Verb> Verbs =
    [
        new("dossier verify", "verify-dossier", Questions.Dossier, [("path", FileRole.Document)], []),
        new("policy verify", "verify-policy", Questions.Sentinel, [("path", FileRole.Artifact)], [Signature, Short]),
        new("trust check", "trust-import", Questions.None, [("path", FileRole.Document)], [("--root-fingerprint", "rootFingerprint", FileRole.Root), ("--at", "at", FileRole.Root)]),
        new("verify-bundle", "verify-bundle", Questions.Bundle, [("path", FileRole.Artifact)], [("--bundle", "signaturePath", FileRole.Signature)]),
        new("verify-envelope", "verify-envelope", Questions.Envelope, [("path", FileRole.Signature), ("artifactPath", FileRole.Artifact)], []),
        new("verify-image", "verify-image", Questions.Image, [("path", FileRole.Export)], [("--digest", "digest", FileRole.Root)]),
        new("verify-export", "verify-export", Questions.Export, [("path", FileRole.Export)], []),
        new("verify-logs", "verify-logs", Questions.Log, [("path", FileRole.Document)], []),
        new("verify", "verify", Questions.File, [("path", FileRole.Document)], [Signature, Short]),
    ];

    /// <summary>The request that <paramref name="words"/> make, or why serve is not asked so.</summary>
    public static (ServeQuestion? Question, string Why) Of(ImmutableArray<string> words)
    {
        string line = string.Join(' ', words);
        return Verbs.FirstOrDefault(verb => line.StartsWith(verb.Words + " ", StringComparison.Ordinal)) is { } verb
            ? Of(verb, [.. words.Skip(verb.Words.Split(' ').Length)])
            : (null, "serve has no verb for it");
    }

    /// <summary>The same question about the files below <paramref name="place"/> instead of <paramref name="folder"/>, where it is asked.</summary>
    public JsonObject Below(string place, string folder)
    {
        JsonObject moved = (JsonObject)Json.DeepClone();
        foreach (string member in moved.Select(one => one.Key).Where(member => RequestParameters.All.FirstOrDefault(one => one.Member == member) is not { NamesPath: false }).ToArray())
        {
            moved[member] = moved[member] switch
            {
                JsonArray list => new JsonArray([.. list.Select(word => (JsonNode)Moved((string)word!, place, folder))]),
                JsonValue value when value.TryGetValue(out string? word) => Moved(word, place, folder),
                var other => other?.DeepClone(),
            };
        }

        return moved;
    }

    // A word that names a file, a key with a name before its file, or a place that is yet to be made.
    private string Moved(string word, string place, string folder)
    {
        int name = Path.Exists(Path.Combine(folder, word)) ? 0 : word.IndexOf('=', StringComparison.Ordinal) + 1;
        bool isFile = Path.Exists(Path.Combine(folder, word[name..])), isPlace = Paths.Any(path => path == (word, FileRole.Root)) && !IsFact(word);
        return Paths.Any(path => path.Path == word) && (isFile || isPlace) ? word[..name] + Path.Combine(place, word[name..]) : word;
    }

    // What stands where a path could, and is none.
    private bool IsFact(string word) => ((string[])["digest", "rootFingerprint", "at"]).Any(member => Json[member]?.ToString() == word);

    private static (ServeQuestion? Question, string Why) Of(Verb verb, ImmutableArray<string> words)
    {
        JsonObject json = new() { ["verb"] = verb.Name };
        List<(string, FileRole)> paths = [];
        int operands = 0;
        for (int at = 0; at < words.Length; at++)
        {
            if (!words[at].StartsWith('-'))
            {
                if (operands == verb.Operands.Length)
                {
                    return (null, "it names several files");
                }

                (string member, FileRole role) = verb.Operands[operands++];
                json[member] = words[at];
                paths.Add((words[at], role));
            }
            else if (verb.Options.FirstOrDefault(option => option.Option == words[at]) is { Member: { } named } own)
            {
                if (json.ContainsKey(named))
                {
                    return (null, "serve takes one signature");
                }

                json[named] = words[++at];
                paths.Add((words[at], own.Role));
            }
            else if (RequestParameters.Of(verb.Asks).FirstOrDefault(parameter => parameter.Option == words[at] || parameter.Aliases.Contains(words[at])) is { } parameter)
            {
                Add(json, paths, parameter, parameter.Names == ParameterNames.Nothing ? "" : words[++at]);
            }
            else
            {
                return (null, $"serve has no {words[at]}");
            }
        }

        return (new ServeQuestion(json, [.. WithSignature(json, paths)]), "");
    }

    private static void Add(JsonObject json, List<(string, FileRole)> paths, RequestParameter parameter, string word)
    {
        if (parameter.Names == ParameterNames.Nothing)
        {
            json[parameter.Member] = true;
            return;
        }

        JsonNode value = parameter.Names == ParameterNames.Number ? JsonValue.Create(long.Parse(word, System.Globalization.CultureInfo.InvariantCulture)) : JsonValue.Create(word);
        Put(json, parameter.Member, value);
        if (parameter.NamesPath)
        {
            paths.Add((word, RoleOf(parameter)));
        }
    }

    // One value, or a list where there are several.
    private static void Put(JsonObject json, string member, JsonNode value)
    {
        switch (json[member])
        {
            case null:
                json[member] = value;
                break;
            case JsonArray list:
                list.Add(value);
                break;
            case { } first:
                json[member] = new JsonArray(first.DeepClone(), value);
                break;
        }
    }

    private static FileRole RoleOf(RequestParameter parameter) => parameter switch
    {
        { Member: "policy" } => FileRole.Policy,
        { Names: ParameterNames.Store or ParameterNames.Place } or { Option: "--trusted-root" or "--trust-root" or "--log-key" } => FileRole.Root,
        { Kind: ParameterKind.Trusts or ParameterKind.Requires } or { Member: "hmacKeyFile" or "secretFile" } => FileRole.Key,
        _ => FileRole.Export,
    };

    // A file with a signature beside it is an artefact, and not a document that carries its own.
    private static IEnumerable<(string, FileRole)> WithSignature(JsonObject json, List<(string Path, FileRole Role)> paths) =>
        json.ContainsKey("signaturePath") ? paths.Select(path => path.Role == FileRole.Document ? path with { Role = FileRole.Artifact } : path) : paths;
}

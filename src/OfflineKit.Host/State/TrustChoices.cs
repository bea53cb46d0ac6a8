using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>Which bundled trust roots the user switched on or off for good.</summary>
/// <remarks>
/// Kept in <c>offlinekit/trust.json</c> in the user's configuration folder; only the command line reads it, never the core.
/// Shape: <c>{"version":1,"enabled":[…],"disabled":[…]}</c>.
/// </remarks>
internal sealed record TrustChoices(ImmutableArray<string> Enabled, ImmutableArray<string> Disabled)
{
    private static readonly OutputKind OwnFile = new("configuration file", static _ => true);
    private readonly bool _allOff;

    private TrustChoices(ImmutableArray<string> enabled, ImmutableArray<string> disabled, bool allOff)
        : this(enabled, disabled) => _allOff = allOff;

    /// <summary>Nothing was chosen: each root's own default holds.</summary>
    public static TrustChoices Defaults { get; } = new([], []);

    /// <summary>No root is on by itself.</summary>
    public static TrustChoices AllOff { get; } = new([], [], allOff: true);

    /// <summary>The user's choices.</summary>
    /// <exception cref="MalformedException">The file is not well-formed, or cannot be read.</exception>
    public static TrustChoices Read()
    {
        byte[]? content = FilePath() is { } path ? StateFile.Read(path, Limits.KeyFile, "configuration file") : null;
        return content is null ? Defaults : Parse(content);
    }

    /// <summary>The user's choices, where a bad configuration file is the end of the run.</summary>
    /// <exception cref="UsageException">The configuration file is not well-formed.</exception>
    public static TrustChoices Current()
    {
        Result<TrustChoices> choices = Result.Parse(Reasons.MalformedTrust, Read);
        return choices.Value ?? throw new UsageException(choices.Finding!.Detail, $"mend or remove {FilePath()}");
    }

    /// <summary><paramref name="root"/> is trusted without being named.</summary>
    public bool IsOn(TrustRoot root) =>
        !_allOff && !Disabled.Contains(root.Name, StringComparer.Ordinal) && (root.IsOnByDefault || Enabled.Contains(root.Name, StringComparer.Ordinal));

    /// <summary>The choices after <paramref name="name"/> was switched on.</summary>
    public TrustChoices Enabling(string name) => new([.. Enabled.Remove(name, StringComparer.Ordinal), name], Disabled.Remove(name, StringComparer.Ordinal));

    /// <summary>The choices after <paramref name="name"/> was switched off.</summary>
    public TrustChoices Disabling(string name) => new(Enabled.Remove(name, StringComparer.Ordinal), [.. Disabled.Remove(name, StringComparer.Ordinal), name]);

    /// <summary>Makes the choices what <paramref name="change"/> makes of them, in one step and alone.</summary>
    /// <returns>The file that holds them.</returns>
    public static string Update(Func<TrustChoices, TrustChoices> change)
    {
        string path = FilePath() ?? throw new UsageException("there is no configuration folder", "set XDG_CONFIG_HOME to a folder, or name roots with --trust-root");
        using FolderLock held = FolderLock.Take(Path.GetDirectoryName(path)!, new Disk());
        TrustChoices next = change(Current());
        using FileTransaction file = new();
        file.Write(new OutputFile(path, OwnFile, Replacing.EarlierOutput), next.Write);
        file.Commit();
        return path;
    }

    private static TrustChoices Parse(byte[] content)
    {
        JsonValue choices = StrictJson.ParseObject(content, "configuration file");
        choices.RefuseOtherMembers("version", "enabled", "disabled");
        return choices["version"].Integer == 1
            ? new TrustChoices(Names(choices, "enabled"), Names(choices, "disabled"))
            : throw choices["version"].Wanted("1");
    }

    private static ImmutableArray<string> Names(JsonValue choices, string member) => [.. choices.Array(member).Select(name => name.Text)];

    private void Write(Stream file)
    {
        using Utf8JsonWriter json = new(file);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        WriteNames(json, "enabled", Enabled);
        WriteNames(json, "disabled", Disabled);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string member, ImmutableArray<string> names)
    {
        json.WriteStartArray(member);
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    /// <summary>Where they are kept; null where the system names no folder for it.</summary>
    public static string? FilePath() => UserFolder.Configuration is { } folder ? Path.Combine(folder, "offlinekit", "trust.json") : null;
}

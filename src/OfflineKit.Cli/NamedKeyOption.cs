using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Cli;

/// <summary><c>--key [ID=]FILE</c>, repeatable: keys of which each may have the id that envelopes call it by.</summary>
internal sealed class NamedKeyOption
{
    private readonly Option<string[]> _keys = new("--key", "-k")
    {
        Description = "trust the public key in FILE; signatures call it ID (empty: it has no id); repeatable",
        HelpName = "[ID=]FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_keys);

    /// <summary>The store that the options describe, or the finding that says which key is bad.</summary>
    public Parsed<TrustStore> Read(ParseResult arguments)
    {
        string[] values = arguments.GetValue(_keys) ?? [];
        if (values.Length == 0)
        {
            throw new UsageException("no key is trusted", "name one with --key [ID=]FILE");
        }

        List<(string Id, string Path, byte[] Content)> files = [.. values.Select(Open)];
        return Attempt.Parse(Reasons.MalformedKey, () => new TrustStore { Keys = [.. files.Select(file => Key(file.Id, file.Path, file.Content))] });
    }

    private static (string Id, string Path, byte[] Content) Open(string value)
    {
        // An id may hold "=" itself (base64), so the longest rest that is a file wins.
        for (int split = value.IndexOf('=', StringComparison.Ordinal); split >= 0; split = value.IndexOf('=', split + 1))
        {
            if (File.Exists(value[(split + 1)..]))
            {
                return (value[..split], value[(split + 1)..], InputFile.ReadAll(value[(split + 1)..], Limits.KeyFile, "key file"));
            }
        }

        return ("", value, InputFile.ReadAll(value, Limits.KeyFile, "key file"));
    }

    private static TrustedKey Key(string id, string path, byte[] content)
    {
        TrustedKey key = KeyFile.Parse(content, id.Length > 0 ? id : Path.GetFileName(path), $"--key {path}");
        return key with { Hints = id.Length > 0 ? [id] : [] };
    }
}

namespace OfflineKit.Cli.Tests.State;

/// <summary>What a power cut takes.</summary>
public enum Loss
{
    /// <summary>Every content, name and rename that no flush covered.</summary>
    EverythingUnflushed,

    /// <summary>Contents alone: names and renames reached the disk before the data that they name, as journals write them.</summary>
    ContentsUnflushed,
}

/// <summary>Follows the steps of <see cref="OfflineKit.Files.Disk"/> and takes back what a cut may take back.</summary>
internal sealed class LossyDisk
{
    private readonly HashSet<string> _contents = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<(string From, string To, byte[]? Old, byte[] New)> _renames = [];

    /// <summary>A step is about to be made.</summary>
    public void Before(string step)
    {
        int blank = step.StartsWith("write on ", StringComparison.Ordinal) ? "write on".Length : step.IndexOf(' ', StringComparison.Ordinal);
        (string verb, string path) = (step[..blank], step[(blank + 1)..]);
        switch (verb)
        {
            case "mkdir":
                _names.Add(path);
                break;
            case "create":
                _names.Add(path);
                _contents.Add(path);
                break;
            case "write" or "write on":
                _contents.Add(path);
                break;
            case "fsync" when Directory.Exists(path):
                _names.RemoveAll(name => Path.GetDirectoryName(name) == path);
                _renames.RemoveAll(rename => Path.GetDirectoryName(rename.To) == path);
                break;
            case "fsync":
                _contents.Remove(path);
                break;
            case "rename":
                string from = path + ".new";
                _renames.Add((from, path, File.Exists(path) ? File.ReadAllBytes(path) : null, File.ReadAllBytes(from)));
                _names.Remove(from);
                break;
            case "remove":
                break;
            default:
                throw new InvalidOperationException($"a step that this disk does not know: {step}");
        }
    }

    /// <summary>The power is cut now.</summary>
    public void Cut(Loss loss)
    {
        if (loss == Loss.EverythingUnflushed)
        {
            foreach ((string from, string to, byte[]? old, byte[] renamed) in Enumerable.Reverse(_renames).Where(rename => !File.Exists(rename.From)))
            {
                File.WriteAllBytes(from, renamed);
                File.Delete(to);
                if (old is not null)
                {
                    File.WriteAllBytes(to, old);
                }
            }
        }

        foreach (string file in _contents.Where(File.Exists))
        {
            File.WriteAllBytes(file, []);
        }

        foreach (string name in loss == Loss.EverythingUnflushed ? Enumerable.Reverse(_names) : [])
        {
            if (Directory.Exists(name))
            {
                Directory.Delete(name, recursive: true);
            }
            else
            {
                File.Delete(name);
            }
        }
    }
}

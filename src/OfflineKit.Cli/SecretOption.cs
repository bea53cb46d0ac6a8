using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Cli;

/// <summary>A file that holds a shared secret in hex; <c>-</c> is standard input.</summary>
internal sealed class SecretOption(string name)
{
    private readonly Option<string?> _file = new(name)
    {
        Description = "the HMAC secret in FILE: hex in either case, white space dropped; - reads standard input",
        HelpName = "FILE",
    };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>The path that was given, or null.</summary>
    public string? PathOf(ParseResult arguments) => arguments.GetValue(_file);

    /// <summary>The secret that was named, or why it is none; null when none was named.</summary>
    public Result<SharedSecret>? Read(ParseResult arguments) => PathOf(arguments) is { } path ? Read(path) : null;

    /// <summary>The secret in the file at <paramref name="path"/>, or why there is none.</summary>
    public static Result<SharedSecret> Read(string path)
    {
        byte[] content = InputFile.ReadAll(path, Limits.KeyFile, "secret file");
        return Result.Parse(Reasons.MalformedKey, () => SharedSecret.FromHex(Utf8Text.Decode(content, "secret file"), "secret file"));
    }
}

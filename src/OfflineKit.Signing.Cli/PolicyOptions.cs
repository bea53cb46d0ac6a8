using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Signing.Aws;

namespace OfflineKit.Signing.Cli;

/// <summary>The options that say which policy in the parameter store is meant.</summary>
internal sealed class PolicyOptions
{
    private const int PolicyLimit = 8192;
    private readonly Argument<string> _profile = new("PROFILE") { Description = "the profile whose policy it is" };
    private readonly Option<string?> _root = new("--policy-root") { Description = "where policies are; default: SENTINEL_POLICY_ROOT, then /sentinel/policies", HelpName = "PATH" };
    private readonly Option<string?> _parameter = new("--policy-parameter") { Description = "the whole name of the policy's parameter; default: SENTINEL_POLICY_PARAMETER, then ROOT/PROFILE", HelpName = "NAME" };
    private readonly Option<bool> _verbose = new("--verbose-requests") { Description = "say every request to the parameter store" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_profile);
        command.Options.Add(_root);
        command.Options.Add(_parameter);
        command.Options.Add(_verbose);
    }

    /// <summary>The name of the policy's parameter.</summary>
    public string Parameter(ParseResult arguments) =>
        arguments.GetValue(_parameter) ?? Set("SENTINEL_POLICY_PARAMETER")
        ?? ParameterName.OfProfile(arguments.GetRequiredValue(_profile), arguments.GetValue(_root) ?? Set("SENTINEL_POLICY_ROOT") ?? "/sentinel/policies");

    public Task<ParameterStore> StoreAsync(ParseResult arguments, CancellationToken cancellation) => ParameterStore.OpenAsync(
        new KeyOpening { OnRemark = Stderr.Note, Secrets = Stderr.Secrets, OnRequest = arguments.GetValue(_verbose) ? Stderr.Request : static _ => { } }, cancellation);

    /// <summary>The text of a policy or signature file: what a parameter can hold, unchanged.</summary>
    public static string Text(string path, string what) => Utf8Text.Decode(InputFile.ReadAll(path, PolicyLimit, what), $"{what} {path}");

    /// <summary>An environment variable that is set and not empty.</summary>
    public static string? Set(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}

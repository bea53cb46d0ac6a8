using System.CommandLine;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign policy sign FILE</c>: Sentinel's policy signatures.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "Sentinel policies.") 
    {
        Sign(), PolicyPushCommand.Create(), PolicyReadCommands.Validate(), PolicyReadCommands.Diff(), PolicyReadCommands.Pull(), PolicyReadCommands.Load(),
    };

    private static CommandWithExample Sign()
    {
        Argument<string> file = new("FILE") { Description = "the policy" };
        Option<bool> parameter = new("--ssm") { Description = "write the one-line layout of a parameter value" };
        Option<bool> strict = new("--require-valid") { Description = "refuse a policy that Sentinel's validator would refuse; default: only say so" };
        KeyOptions keys = new("--key-id", "--key", "-k");
        RunOptions options = new();
        CommandWithExample command = new(
            "sign",
            "Sign a policy; without --output the signature goes to standard output.",
            "offlinekit-sign policy sign policy.yaml --key-id awskms:///alias/sentinel --public-key sentinel.pem -o policy.yaml.sig.json");
        command.Arguments.Add(file);
        command.Options.Add(parameter);
        command.Options.Add(strict);
        keys.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            string output = options.Output(arguments) ?? "-";
            KeyRequest key = keys.Request(arguments);
            SentinelLayout layout = arguments.GetValue(parameter) ? SentinelLayout.Parameter : output == "-" ? SentinelLayout.StandardOutput : SentinelLayout.File;
            SentinelSignature format = new(layout, KeyId(key.Uri)) { RefusesInvalidPolicies = arguments.GetValue(strict) };
            SubjectRequest subject = RunOptions.Subject(arguments.GetRequiredValue(file), options.Target(arguments, output));
            return await options.RunAsync(arguments, await options.RequestAsync(arguments, key, [subject], cancellation) with { Format = format }, cancellation);
        });
        return command;
    }

    // What the original would have been given. A path would only say how this machine is laid out.
    internal static string KeyId(KeyUri uri) => uri switch
    {
        AwsKeyUri aws => aws.Id,
        FileKeyUri file => Path.GetFileName(file.Path),
        _ => uri.Text,
    };
}

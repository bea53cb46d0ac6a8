using OfflineKit.Host.Requests;
using System.CommandLine;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust add|remove NAME</c>: single public keys that this user trusts from now on.</summary>
internal static class TrustKeyCommand
{
    /// <summary><c>trust add NAME FILE --fingerprint HEX</c>.</summary>
    public static Command CreateAdd()
    {
        Argument<string> name = new("NAME") { Description = "a new name: up to 64 lower-case letters, digits, - and ." };
        Argument<string> file = new("FILE") { Description = "the public key (PEM, DER, minisign, signify)" };
        Option<string> fingerprint = new("--fingerprint")
        {
            Description = "what `trust fingerprint` says of the key, by a second way: SHA-256 of its SubjectPublicKeyInfo",
            HelpName = "HEX",
            Required = true,
        };
        CommandWithExample command = new(
            "add",
            "Trust a public key from now on, in every run of this user.",
            "offlinekit trust add release-2026 release.pub --fingerprint 5b7d5a0f1c5a9c7d0e2f4a6b8c0d1e3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d")
        {
            name, file, fingerprint,
        };
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(file);
            byte[] content = ThisRun.ReadAll(path, Limits.PublicKeys, "key file");
            TrustRoot root = Decided(() => UserRoots.OfThisUserOrRefuse().Add(
                arguments.GetRequiredValue(name), content, arguments.GetRequiredValue(fingerprint), Path.GetFileName(path), TimeProvider.System.GetUtcNow()));
            Terminal.Out.WriteLine($"added {root.Name}: sha256:{root.Fingerprint}");
            // What was switched off stays off: an imported root may have the same name.
            if (!TrustChoices.Current().IsOn(root))
            {
                Terminal.Error.WriteLine($"offlinekit: note: {root.Name} was switched off before and still is; `offlinekit trust enable {root.Name}` trusts it");
            }

            return ExitCode.Trusted;
        });
        return command;
    }

    /// <summary><c>trust remove NAME</c>.</summary>
    public static Command CreateRemove()
    {
        Argument<string> name = new("NAME") { Description = "the name that `trust add` gave" };
        CommandWithExample command = new("remove", "Stop trusting a key that `trust add` added.", "offlinekit trust remove release-2026") { name };
        command.SetAction(arguments =>
        {
            string wanted = arguments.GetRequiredValue(name);
            _ = Decided(() =>
            {
                UserRoots.OfThisUserOrRefuse().Remove(wanted);
                return wanted;
            });
            Terminal.Out.WriteLine($"removed {TerminalText.Escape(wanted)}");
            return ExitCode.Trusted;
        });
        return command;
    }

    private static T Decided<T>(Func<T> change) where T : class
    {
        Result<T> parsed = Result.Parse(Reasons.MalformedTrust, change);
        return parsed.Value ?? throw new UsageException($"{TerminalText.Escape(parsed.Finding!.Detail)} [{parsed.Finding.Reason.Code}]", parsed.Finding.Advice.In(SurfaceWording.CommandLine));
    }
}

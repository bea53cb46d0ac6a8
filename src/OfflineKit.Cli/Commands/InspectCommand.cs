using System.Collections.Immutable;
using OfflineKit.Host.Requests;
using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit inspect FILE</c>: what a file claims; nothing is checked, so nothing is trusted.</summary>
internal static class InspectCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "a signature, envelope, bundle or signed document; - reads standard input" };
        FormatOption format = new();
        Command command = new CommandWithExample(
            "inspect", "Say what a file claims about itself. Nothing is checked; exit 0 says only that it is well-formed.", "offlinekit inspect app.tar.gz.minisig") { file };
        format.AddTo(command);
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file), format.Of(arguments)));
        return command;
    }

    private static int Run(string path, Format? named)
    {
        byte[] content = ThisRun.ReadAll(path, Limits.SignedDocument, "file");
        Format? format = named ?? KnownFormats.Recognise(content, Expectations.None);
        Result<Envelope> parsed = Verifier.Parse(content, format, Expectations.None);
        if (parsed.Value is not { } envelope)
        {
            Terminal.Out.WriteLine($"{parsed.Finding!.Reason.Code}: {TerminalText.Escape(parsed.Finding.Detail)}");
            Terminal.Out.WriteLine($"  {parsed.Finding.Reason.Meaning}");
            Terminal.Out.WriteLine($"  next: {parsed.Finding.Advice.In(SurfaceWording.CommandLine)}");
            return ExitCode.NotTrusted;
        }

        Terminal.Out.WriteLine($"{TerminalText.Escape(path)}: {format!.Title}");
        foreach (Claim claim in envelope.Claims)
        {
            Terminal.Out.WriteLine($"  claims {TerminalText.Escape(claim.Name) + ":",-20} {TerminalText.Escape(claim.Value)}");
        }

        if (Demanding(envelope.Claims) is { } options)
        {
            Terminal.Out.WriteLine($"  to demand them:             {options}");
        }

        Terminal.Out.WriteLine("  nothing was checked: these are claims of the file");
        return ExitCode.Trusted;
    }

    // The options that demand the one identity that is claimed, as they are typed. What a shell could take for something else is not offered to be typed.
    private static string? Demanding(ImmutableArray<Claim> claims)
    {
        Claim[] identities = [.. claims.Where(claim => claim.Name == "identity")], issuers = [.. claims.Where(claim => claim.Name == "issuer")];
        return identities.Length == 1 && issuers.Length == 1 && IsPlain(identities[0].Value) && IsPlain(issuers[0].Value)
            ? $"--certificate-identity {identities[0].Value} --certificate-oidc-issuer {issuers[0].Value}" : null;
    }

    private static bool IsPlain(string text) => text.Length > 0 && text[0] != '-' && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "@%+=:,./_-".Contains(letter, StringComparison.Ordinal));
}

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
            Console.Out.WriteLine($"{parsed.Finding!.Reason.Code}: {TerminalText.Escape(parsed.Finding.Detail)}");
            Console.Out.WriteLine($"  {parsed.Finding.Reason.Meaning}");
            Console.Out.WriteLine($"  next: {parsed.Finding.Advice.In(SurfaceWording.CommandLine)}");
            return ExitCode.NotTrusted;
        }

        Console.Out.WriteLine($"{TerminalText.Escape(path)}: {format!.Title}");
        foreach (Claim claim in envelope.Claims)
        {
            Console.Out.WriteLine($"  claims {TerminalText.Escape(claim.Name) + ":",-20} {TerminalText.Escape(claim.Value)}");
        }

        Console.Out.WriteLine("  nothing was checked: these are claims of the file");
        return ExitCode.Trusted;
    }
}

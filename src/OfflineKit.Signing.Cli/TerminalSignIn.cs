using System.ComponentModel;
using System.Diagnostics;
using OfflineKit.Signing.Keyless;

namespace OfflineKit.Signing.Cli;

/// <summary>A sign-in by somebody at a terminal.</summary>
internal sealed class TerminalSignIn(bool isByCode) : SignInPrompt
{
    /// <inheritdoc/>
    public override bool IsByCode => isByCode;

    /// <inheritdoc/>
    public override void Show(Uri address)
    {
        Stderr.Note($"sign in at {address.AbsoluteUri}");
        if (isByCode)
        {
            return;
        }

        (string program, string[] arguments) = OperatingSystem.IsWindows() ? ("rundll32", ["url.dll,FileProtocolHandler", address.AbsoluteUri])
            : OperatingSystem.IsMacOS() ? ("open", new[] { address.AbsoluteUri })
            : ("xdg-open", [address.AbsoluteUri]);
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            // No browser can be started from here: the address was shown.
            Stderr.Note("no browser could be started here; open the address yourself, or use --sign-in-by-code");
        }
    }

    /// <inheritdoc/>
    public override string AskCode()
    {
        Terminal.Error.Write("code: ");
        return Console.In.ReadLine() ?? "";
    }

    /// <summary>Somebody typed y or yes.</summary>
    public static bool Agrees(string question)
    {
        Terminal.Error.Write(question);
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}

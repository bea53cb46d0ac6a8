namespace OfflineKit.Cli;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Trusted = 0, NotTrusted = 1, Undecided = 2;
}

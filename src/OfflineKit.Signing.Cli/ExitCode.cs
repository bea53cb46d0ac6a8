namespace OfflineKit.Signing.Cli;

/// <summary>The exit codes of every command. Whatever is not 0 left no output of what failed.</summary>
internal static class ExitCode
{
    public const int Done = 0, Refused = 1, Undecided = 2;
}

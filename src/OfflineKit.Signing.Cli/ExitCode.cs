namespace OfflineKit.Signing.Cli;

/// <summary>The exit codes of every command. Whatever is not 0 left no new output file.</summary>
internal static class ExitCode
{
    public const int Done = 0, Refused = 1, Undecided = 2;
}

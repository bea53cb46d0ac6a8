namespace OfflineKit.CommandLine;

/// <summary>The exit codes of every command of both programs.</summary>
internal static class ExitCode
{
    /// <summary>Trusted, or done.</summary>
    public const int Trusted = 0, Done = 0;

    /// <summary>Not trusted, or refused.</summary>
    public const int NotTrusted = 1, Refused = 1;

    /// <summary>Usage, a file that cannot be read, or a bug: nothing was decided.</summary>
    public const int Undecided = 2;
}

namespace OfflineKit.Cli;

/// <summary>How this program ends, by what it came to.</summary>
internal static class ExitCodes
{
    /// <summary>The exit code of a run that came to <paramref name="outcome"/>.</summary>
    public static int Of(Outcome outcome) => outcome switch
    {
        Outcome.Trusted => ExitCode.Trusted,
        Outcome.NotTrusted => ExitCode.NotTrusted,
        _ => ExitCode.Undecided,
    };
}

using System.CommandLine;
using System.CommandLine.Help;
using OfflineKit.CommandLine.Manual;

namespace OfflineKit.CommandLine;

/// <summary><c>--help</c> and <c>--version</c>, which answer the same in every program.</summary>
internal static class AboutOptions
{
    /// <summary>Lets the options of <paramref name="root"/> answer with <paramref name="help"/> and <paramref name="version"/>.</summary>
    public static void AnswerWith(this Command root, HelpWithExamples help, VersionText version)
    {
        foreach (Option option in root.Options)
        {
            if (!OperatingSystem.IsWindows())
            {
                // Where a path begins with a slash, /h is the name of a file: help for it would end a verification with 0.
                option.Aliases.Remove("/h");
                option.Aliases.Remove("/?");
            }

            option.Action = option switch
            {
                HelpOption => help,
                VersionOption => version,
                _ => option.Action,
            };
        }
    }
}

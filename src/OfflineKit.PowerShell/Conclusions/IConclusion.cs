using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What a verifying cmdlet makes of its results: one Boolean, each of them, or the end of the script.</summary>
internal interface IConclusion
{
    /// <summary>The result for one path, in the order in which they were asked.</summary>
    void Take(PolicyResult result);

    /// <summary>A fault of the whole: nothing that was said so far may count.</summary>
    void Refuse(string errorId, string message);

    /// <summary>Nothing more comes; <paramref name="what"/> names what should have been examined.</summary>
    void End(string what);
}

/// <summary>Texts that all conclusions share.</summary>
internal static class Refusals
{
    /// <summary>The error for a result that is not valid.</summary>
    public static ErrorRecord Of(PolicyResult result) => ErrorRecords.Of(result.Reason, Text(result), result);

    /// <summary>What the error says.</summary>
    public static string Text(PolicyResult result)
    {
        string what = result.FullName.Length > 0 && !result.Detail.StartsWith(result.FullName, System.StringComparison.Ordinal) ? result.FullName + ": " + result.Detail : result.Detail;
        return result.NextStep.Length > 0 ? what + "; " + result.NextStep : what;
    }
}

using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Running;

/// <summary>A change that was answered wrongly.</summary>
/// <param name="Case">The question.</param>
/// <param name="File">The changed file.</param>
/// <param name="What">What was changed.</param>
/// <param name="Outcome">unexplained, undecided or failed.</param>
/// <param name="Detail">The answer, where it is no acceptance.</param>
/// <param name="Content">The changed file's content.</param>
internal sealed record Fault(AcceptedCase Case, CaseFile File, string What, string Outcome, string Detail, byte[] Content)
{
    /// <summary>The case and the file.</summary>
    public string Where => $"{Case.Name}: {File.Path} ({File.Role})";

    /// <summary>The fault, and how it is seen again with the content in <paramref name="saved"/>.</summary>
    public string Text(string saved) => $"""
        {Outcome.ToUpperInvariant()} {Where}: {What}{(Detail.Length > 0 ? $"\n    {Detail}" : "")}
            cp {saved} {Path.Combine(Case.Base, File.Path)}; cd {Path.Combine(Case.Base, Case.Folder)}; offlinekit {string.Join(' ', Case.Arguments)}
        """;
}

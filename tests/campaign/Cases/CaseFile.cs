namespace OfflineKit.Campaign.Cases;

/// <summary>One file of a case.</summary>
/// <param name="Path">Where it is, below the case's base.</param>
/// <param name="Role">What it is in the question.</param>
internal sealed record CaseFile(string Path, FileRole Role);

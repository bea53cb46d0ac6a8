namespace OfflineKit.Campaign.Changes;

/// <summary>One changed file.</summary>
/// <param name="What">What was changed and where, enough to make it again.</param>
/// <param name="Content">The file afterwards.</param>
internal sealed record Change(string What, byte[] Content);

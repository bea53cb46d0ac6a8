namespace OfflineKit;

/// <summary>Something a file says about itself: nobody checked it.</summary>
/// <param name="Name">What is claimed, such as <c>key id</c>.</param>
/// <param name="Value">The claim, untrusted text.</param>
public sealed record Claim(string Name, string Value);

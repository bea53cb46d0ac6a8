namespace OfflineKit.Host;

/// <summary>An input is over its limit: a refusal, since whoever made the file chose its size.</summary>
internal sealed class InputTooLargeException(string message) : Exception(message);

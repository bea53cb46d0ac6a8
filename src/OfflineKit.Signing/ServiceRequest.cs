namespace OfflineKit.Signing;

/// <summary>One request to a service, for <c>--verbose</c>: no header, body or secret is ever in it.</summary>
internal sealed record ServiceRequest(string Service, string KeyReference, string Operation, string Status, long Milliseconds);

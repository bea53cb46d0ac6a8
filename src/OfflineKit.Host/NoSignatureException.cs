namespace OfflineKit.Host;

/// <summary>An artefact has no signature: nothing to decide for the command line, <c>not-signed</c> for a host program.</summary>
internal sealed class NoSignatureException(string message, string hint) : UsageException(message, hint);

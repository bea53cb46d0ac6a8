namespace OfflineKit.Host.Answers;

/// <summary>The question trusts nobody, so nothing can be decided.</summary>
internal sealed class NobodyTrustedException() : UsageException(
    "no key and no trust root was given, so nothing can be decided",
    "name the signer's public key with {publicKey}, or a trust root with {trustRoots}; `offlinekit trust list` shows the roots");

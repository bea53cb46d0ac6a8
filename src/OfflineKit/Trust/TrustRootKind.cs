namespace OfflineKit.Trust;

/// <summary>What the file of a trust root holds.</summary>
internal enum TrustRootKind
{
    /// <summary>One public key in any container that <see cref="KeyFile"/> reads.</summary>
    PublicKey,

    /// <summary>The authorities and logs of Sigstore instances (<c>trusted_root.json</c>).</summary>
    SigstoreTrustedRoot,

    /// <summary>The keys of the npm registry (<c>keys.json</c>).</summary>
    NpmKeys,

    /// <summary>SSH signers by name, as ssh-keygen lists them (<c>allowed_signers</c>).</summary>
    AllowedSigners,
}

namespace OfflineKit.Host.Requests;

/// <summary>By what a parameter names the signer: over a medium each way that is given is a question of its own. One that narrows several ways belongs to each of them.</summary>
[Flags]
internal enum SignerWay
{
    /// <summary>It belongs to all of them.</summary>
    Any = 0,

    /// <summary>By a key.</summary>
    Key = 1,

    /// <summary>By the identity in a certificate.</summary>
    Identity = 2,

    /// <summary>By a line of SSH signers.</summary>
    Ssh = 4,

    /// <summary>By a certificate under an authority of the caller's.</summary>
    Authority = 8,
}

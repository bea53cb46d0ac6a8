namespace OfflineKit.Host.Requests;

/// <summary>By what a parameter names the signer. A question has one way; over a medium each way that is given is asked.</summary>
internal enum SignerWay
{
    /// <summary>It belongs to all of them.</summary>
    Any,

    /// <summary>By a key.</summary>
    Key,

    /// <summary>By the identity in a certificate.</summary>
    Identity,

    /// <summary>By a line of SSH signers.</summary>
    Ssh,
}

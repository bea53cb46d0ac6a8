namespace OfflineKit.Host.Requests;

/// <summary>What can be asked.</summary>
[Flags]
internal enum Questions
{
    None = 0,

    /// <summary>A file and its signature, whatever the format.</summary>
    File = 1,

    /// <summary>A Sigstore bundle.</summary>
    Bundle = 2,

    /// <summary>A DSSE envelope.</summary>
    Envelope = 4,

    /// <summary>A container image.</summary>
    Image = 8,

    /// <summary>A whole export.</summary>
    Export = 16,

    /// <summary>A dossier.</summary>
    Dossier = 32,

    /// <summary>A Sentinel policy.</summary>
    Sentinel = 64,

    /// <summary>What a policy file demands, and of whom.</summary>
    PolicyCheck = 128,

    /// <summary>An audit log whose lines carry HMACs: nobody is trusted, a secret is known.</summary>
    Log = 256,

    /// <summary>Everything on a medium: what is asked of an export alone may be said for it too, where it says something of every export.</summary>
    Medium = 512,

    /// <summary>Everything that ends in a verdict on a signature.</summary>
    Verdicts = File | Bundle | Envelope | Image | Export | Dossier | Sentinel,

    All = Verdicts | PolicyCheck,
}

namespace OfflineKit.Campaign.Cases;

/// <summary>What a file is in a question.</summary>
internal enum FileRole
{
    /// <summary>What is signed. No change of it may be accepted.</summary>
    Artifact,

    /// <summary>A signature, or a document that says who signed something else.</summary>
    Signature,

    /// <summary>A file that carries its own signature.</summary>
    Document,

    /// <summary>A part of an export or an image.</summary>
    Export,

    /// <summary>A key, a certificate or a list of them, which the caller trusts.</summary>
    Key,

    /// <summary>A root, a store or imported trust, which the caller trusts.</summary>
    Root,

    /// <summary>What the caller demands.</summary>
    Policy,

    /// <summary>It lies in the folder of the case and nothing names it.</summary>
    Beside,
}

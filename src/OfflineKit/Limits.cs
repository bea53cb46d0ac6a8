namespace OfflineKit;

/// <summary>Every bound on untrusted input, in one place. Units: bytes unless the name says otherwise.</summary>
/// <remarks>A bound that is hit is a refusal with its own reason, never a crash.</remarks>
internal static class Limits
{
    /// <summary>Nesting of a JSON document (levels).</summary>
    public const int JsonDepth = 64;

    /// <summary>Values in one JSON document (count): the list of a million files has no more.</summary>
    public const int JsonValues = 4_100_000;

    /// <summary>A signature, envelope or bundle file: an attestation of 64 MiB in base64, with what stands around it.</summary>
    public const int SignatureFile = 96 * 1024 * 1024;

    /// <summary>A key, certificate, policy or list of trust.</summary>
    public const int KeyFile = 1024 * 1024;

    /// <summary>A file of OpenPGP certificates, every other key being a <see cref="KeyFile"/>: projects keep hundreds of certificates with everything that others certified, and pictures.</summary>
    public const int PublicKeys = 64 * 1024 * 1024;

    /// <summary>A document that carries its own signature (dossier, signed event).</summary>
    public const int SignedDocument = 64 * 1024 * 1024;

    /// <summary>A message that a scheme cannot hash ahead (pure Ed25519) and that is therefore held in memory.</summary>
    public const int WholeMessage = 256 * 1024 * 1024;

    /// <summary>An artefact that is read again after a refusal, so that a signature over another hash of it can be told from an edited file.</summary>
    public const int ExplainedArtifact = 16 * 1024 * 1024;

    /// <summary>Roots of one trust store (count).</summary>
    public const int TrustRoots = 1024;

    /// <summary>One read of an artefact while it is hashed.</summary>
    public const int ReadBlock = 256 * 1024;

    /// <summary>Signatures of one DSSE envelope that are evaluated (count).</summary>
    public const int EnvelopeSignatures = 64;

    /// <summary>Subjects of one in-toto statement, and digests of one subject (count).</summary>
    public const int StatementSubjects = 1024, SubjectDigests = 32;

    /// <summary>Envelopes or bundles in one JSON Lines file (count).</summary>
    public const int CollectionLines = 1024;
    /// <summary>One line of a signed log.</summary>
    public const int LogLine = 1024 * 1024;

    /// <summary>Failures of one log that are told in detail (count).</summary>
    public const int LogFailures = 10;

    /// <summary>Signature lines of one signed note (count).</summary>
    public const int NoteSignatures = 128;

    /// <summary>Log entries, and timestamps, of one Sigstore bundle (count).</summary>
    public const int BundleEntries = 32;

    /// <summary>Certificates in a Sigstore bundle (count); only the first is used.</summary>
    public const int BundleCertificates = 10;

    /// <summary>The canonical body of one log entry.</summary>
    public const int LogEntryBody = 1024 * 1024;

    /// <summary>RSA modulus (bits).</summary>
    public const int RsaBitsMinimum = 2048, RsaBitsMaximum = 8192;
}

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>How much of a dossier is signed, and in which layout. Source: docs/spec/dossier.md §3.</summary>
internal enum DossierScheme
{
    /// <summary>The body alone, in the legacy layout: what readers before July 2026 know.</summary>
    V1 = 1,

    /// <summary>Front matter and body, in the legacy layout.</summary>
    V2 = 2,

    /// <summary>Front matter and body, in the layout of Agent Skills.</summary>
    V3 = 3,
}

using System.Collections.Immutable;

namespace OfflineKit.Formats.Pypi;

/// <summary>Reasons that only attestations of Python distributions give.</summary>
internal static class PypiReasons
{
    public static readonly Reason Version = new(
        "pypi.version",
        "the attestation is of a version that offlinekit does not know",
        "ask for an attestation or provenance object of version 1 (PEP 740)");

    public static readonly Reason FileName = new(
        "pypi.file-name",
        "the artefact's name is not that of a wheel or source distribution",
        "keep the name under which the index serves the file: it is part of what was signed");

    public static readonly Reason Subject = new(
        "pypi.subject",
        "the signed statement does not name exactly this distribution",
        "fetch the attestation that belongs to exactly this file");

    public static readonly Reason PredicateType = new(
        "pypi.predicate-type",
        "the attestation is of a type that the index does not publish",
        "ask for a publish attestation or SLSA provenance");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Version, FileName, Subject, PredicateType];
}

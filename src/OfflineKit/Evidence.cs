using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>Something that the mathematics proved with trusted key material. Policy looks at evidence and at nothing else.</summary>
/// <remarks>
/// Hashes without a signature, HMACs and claims are never evidence: they are <see cref="Remark"/>s.
/// All members are plain text, so that policy needs neither keys nor formats.
/// </remarks>
public abstract record Evidence
{
    private protected Evidence()
    {
    }
}

/// <summary>A pinned public key made the signature.</summary>
/// <param name="Signer">The name of the key in the trust store.</param>
/// <param name="Fingerprint">SHA-256 of the SubjectPublicKeyInfo, lower-case hex: the signer's real identity.</param>
/// <param name="Algorithm">The scheme's label.</param>
/// <param name="Root">Where the trust comes from: the trust root's name, or the option that gave the key.</param>
public sealed record SignedByKey(string Signer, string Fingerprint, string Algorithm, string Root) : Evidence;

/// <summary>A certificate under a trusted authority, valid at every verified time, names the signer.</summary>
/// <param name="Identity">The subject alternative name.</param>
/// <param name="Issuer">The OIDC issuer that the certificate authority recorded.</param>
/// <param name="Algorithm">The label of the scheme with which the certificate's key signed.</param>
/// <param name="Extensions">Further facts in the certificate by their field names (repository, ref, workflow …).</param>
/// <param name="Root">The trusted root that holds the authority.</param>
public sealed record SignedByIdentity(string Identity, string Issuer, string Algorithm, ImmutableArray<KeyValuePair<string, string>> Extensions, string Root) : Evidence;

/// <summary>The signature covers exactly this artefact.</summary>
/// <param name="Name">The artefact's name as the caller gave it.</param>
/// <param name="Algorithm">Digest algorithm, or <c>content</c> where the bytes themselves were verified.</param>
/// <param name="Digest">Lower-case hex.</param>
public sealed record CoversArtifact(string Name, string Algorithm, string Digest) : Evidence;

/// <summary>The signature existed at this time.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Source">Who says so: the log or time-stamping authority.</param>
/// <param name="Root">The trusted root that holds that authority.</param>
public sealed record SignedAt(DateTimeOffset Time, string Source, string Root) : Evidence;

/// <summary>The signature is recorded in a transparency log.</summary>
/// <param name="Log">The log's name.</param>
/// <param name="Index">Leaf index, counted from 0.</param>
/// <param name="TreeSize">Leaves of the tree that the signed checkpoint describes; 0 where only a promise was verified.</param>
/// <param name="Root">The trusted root that holds the log's key.</param>
public sealed record LoggedIn(string Log, long Index, long TreeSize, string Root) : Evidence;

/// <summary>A signed statement says something of this type about the artefact.</summary>
/// <param name="PayloadType">The authenticated payload type.</param>
/// <param name="PredicateType">The in-toto predicate type; empty for payloads that are no statements.</param>
public sealed record States(string PayloadType, string PredicateType) : Evidence;

/// <summary>A signed part says which version of something this is.</summary>
/// <param name="Subject">Of what: a package, a kit.</param>
/// <param name="Version">The version, as it is written there.</param>
/// <param name="Source">Where it is written: <c>predicate</c>, <c>subject</c>, a manifest.</param>
/// <remarks>What stands in unsigned metadata is a <see cref="Claim"/>, never this. Source: docs/spec/policy-file.md.</remarks>
public sealed record StatesVersion(string Subject, string Version, string Source) : Evidence;

/// <summary>A signed list names files by digest, and every one of them was checked.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their size together.</param>
public sealed record ListsFiles(long Files, long Bytes) : Evidence;

/// <summary>A comment that is covered by the signature.</summary>
/// <param name="Text">Its exact text; untrusted for display, authenticated in content.</param>
public sealed record TrustedComment(string Text) : Evidence;

using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>How a policy can name a key: by its name in the trust store, or by its fingerprint.</summary>
/// <param name="Name">Its name in the trust store.</param>
/// <param name="Fingerprints">SHA-256 of every SubjectPublicKeyInfo that is this key, lower-case hex; the canonical one, by which keys are counted, comes first.</param>
internal sealed record KeyName(string Name, ImmutableArray<string> Fingerprints);
